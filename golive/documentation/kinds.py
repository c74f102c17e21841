"""The sections of the kinds: what each is, where it stands, an example, its attributes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from config.kinds import ALL_KINDS, PLACES, Kind, kind_path
from config.model import Object
from config.registry import facts, fragment
from config.schema import members
from golive.documentation import words
from golive.documentation.examples import example, not_sent
from golive.documentation.forms import attributes, closed_sets, form, form_of, heading, hints, left_out, link, parts

_SAME_FILE = {
    "help_center_categories": "help_center",
    "help_center_sections": "help_center",
    "articles": "help_center",
}
"""Kinds whose example stands in that of another one."""
_REMOVAL = {
    "switch_off": "it is switched off in the system, and stays there",
    "delete": "it is deleted",
    "delete_ours": "it is deleted if golive made it",
    "release": "it stays in the system with all that it holds, and golive forgets it",
}


def index() -> list[str]:
    """A table of all kinds."""
    rows = [
        [link(kind.word), _about(kind), "yes" if kind.applied else "checked only"]
        for kind in (*_sorted(applied=True), *_sorted(applied=False))
    ]
    return table(("kind", "what it is", "set up by this version"), rows)


def sections(*, applied: bool) -> list[str]:
    """The sections of all kinds that this version applies, or of the others."""
    return [line for kind in _sorted(applied=applied) for line in _section(kind)]


def _sorted(*, applied: bool) -> list[Kind]:
    """Kinds in the grammar's order; those below a single object follow it."""
    order: list[Kind] = []
    for word, kind in ALL_KINDS.items():
        if word not in PLACES:
            order += [kind, *(ALL_KINDS[below] for below, place in PLACES.items() if place[0] == word)]
    return [kind for kind in order if kind.applied == applied]


def _about(kind: Kind) -> str:
    if kind.word in words.KINDS:
        return words.KINDS[kind.word]
    (model,) = members(kind.model)
    return " ".join((model.__doc__ or "").split())


def _section(kind: Kind) -> list[str]:
    note = words.NOTES.get(kind.word, "")
    lines = [f"### {heading(kind.word)}", "", f"{_about(kind)} {note}".strip(), ""]
    lines += [*_facts(kind), ""]
    if kind.word in _SAME_FILE:
        lines += [f"The example stands at {link(_SAME_FILE[kind.word])}.", ""]
    else:
        lines += ["```yaml", example(kind.word), "```", "", *_checked_only(kind)]
    models = list(members(kind.model))
    for model in models:
        if len(models) > 1:
            lines += [f"With `type: {_type_of(model)}`: {words.CHANNEL_TYPES[_type_of(model)]}", ""]
        lines += model_tables(model, kind.word)
        if model.model_config.get("extra") == "allow":
            lines += ["Other attributes can be written and are not checked.", ""]
    return lines


def _type_of(model: type[BaseModel]) -> str:
    return form(hints(model)["type"]).replace("`", "")


def _facts(kind: Kind) -> list[str]:
    *above, own = kind_path(kind.word)
    place = f"`{': '.join([*above, own])}:`"
    what = "a single object" if kind.single else "below it your own keys"
    lines = [f"- **Stands** under {place}, {what}."]
    if above and not kind.single:
        lines.append(f"- **Its word** is `{kind.word}/KEY`, where references and `golive adopt` name the kind, too.")
    if not kind.applied:
        others = "" if kind.single else ", and others can name it"
        lines.append(f"- **Not set up** by this version. It is checked{others}.")
    elif not kind.single:
        model = next(iter(members(kind.model)))
        lines.append(f"- **When it leaves the files**, {_leaving(kind, model)}.")
    return lines


def _leaving(kind: Kind, model: Any) -> str:
    if kind.word == "slack_channels":
        return "the channel is archived if golive made it; Slack cannot delete"
    if kind.word == "slack_user_groups":
        return "it is switched off if golive made it; Slack cannot delete"
    if kind.word == "roles":
        return "it is deleted if golive made it and nobody has it; the helpdesk's own roles stay"
    if kind.word in ("segments", "priorities", "on_call", "tags"):
        return "nothing happens in the systems"
    return _REMOVAL[model.model_construct().removal]


def _checked_only(kind: Kind) -> list[str]:
    """What this version does not send of the example."""
    if not kind.applied:
        return []
    place = ".".join(kind_path(kind.word))
    notes = [each for each in not_sent(place) if each.position.file in (f"{kind.word}.yaml", "alerts.yaml")]
    if kind.word == "integrations":
        notes = [each for each in notes if not any(each.path.startswith(".".join(path)) for path in PLACES.values())]
    if not notes:
        return []
    said = [f"- `{each.path.removeprefix(f'{place}.')}`: {each.message}. {each.hint}" for each in notes]
    return ["Of this example, this version checks and does not set up:", "", *said, ""]


def model_tables(model: type[BaseModel], kind: str = "") -> list[str]:
    """A model's attributes, what their words mean, and the same for each map that stands below one of them."""
    own = list(attributes(model))
    lines = [*attribute_table(model, own, kind), "", *_meanings(model, own)]
    annotations = hints(model)
    below: dict[type[BaseModel], list[str]] = {}
    for word, name, _ in own:
        for part in parts(annotations[name]):
            below.setdefault(part, []).append(f"`{word}:`")
    for part, named in below.items():
        said = " ".join((part.__doc__ or "").split())
        lines += [f"**Below {' and '.join(named)}** {said}", "", *model_tables(part)]
    return lines


def attribute_table(model: type[BaseModel], own: Iterable[tuple[str, str, FieldInfo]], kind: str = "") -> list[str]:
    """One row for each attribute."""
    rows = [
        [f"`{word}`", left_out(model, name, info), form_of(model, name), info.description or ""]
        for word, name, info in own
    ]
    for system in facts():
        for word, schema in (fragment(system, kind) or {}).get("properties", {}).items() if kind else ():
            rows.append([f"`{system}: {word}`", "left alone", "text", schema.get("description", "")])
    return table(("attribute", "left out", "what it may be", "meaning"), rows)


def _meanings(model: type[BaseModel], own: Iterable[tuple[str, str, FieldInfo]]) -> list[str]:
    annotations = hints(model)
    lines = []
    for word, name, _ in own:
        for values in closed_sets(annotations[name]):
            said = "; ".join(f"`{value}`: {meaning}" for value, meaning in words.of_literal(values).items())
            lines.append(f"- `{word}:` {said}.")
    return [*lines, ""] if lines else []


def removal_defaults() -> list[str]:
    """What leaving the files does, and to which kinds."""
    by_words: dict[str, list[str]] = {}
    for kind in _sorted(applied=True):
        if not kind.single:
            by_words.setdefault(_leaving(kind, next(iter(members(kind.model)))), []).append(link(kind.word))
    return table(("unless said otherwise", "kinds"), [[said, ", ".join(kinds)] for said, kinds in by_words.items()])


def common_attributes() -> list[str]:
    """What every object can carry."""
    return model_tables(Object)


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """A Markdown table."""
    titles = list(head)
    body = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return ["| " + " | ".join(titles) + " |", "| " + " | ".join("---" for _ in titles) + " |", *body]
