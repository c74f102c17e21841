"""From pydantic's errors to findings: one clear sentence at the right place, with a hint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from config.document import Document, Path_, show_path
from config.findings import Finding
from config.forms import form_hint
from config.kinds.channels import CHANNEL_TYPES
from config.locations import attributes_at, model_at
from config.mistakes import EXPECTED, WHOLE, Mistake, mistakes_of
from config.schema_hints import (
    action_form,
    boolean_hint,
    condition_form,
    list_hint,
    map_hint,
    shown,
    text_hint,
    verb_hint,
)
from config.vocabulary import METRICS, OPERATORS, PRIORITIES
from config.words import attribute_hint, did_you_mean, joined, known_here

_RULES = {
    **dict.fromkeys(EXPECTED, "type"),
    "literal_error": "word",
    "string_pattern_mismatch": "form",
    "extra_forbidden": "unknown-attribute",
    "too_short": "empty",
    "too_long": "length",
    "string_too_long": "length",
    "greater_than_equal": "too-small",
    "less_than_equal": "too-large",
}
"""pydantic's name of an error → ours, which is part of the rule's id."""
_ANY_VALUE = {"text", "a whole number", "a number", "true or false"}
MANY = 3
"""How many attributes of one object must be unknown before they are taken for one mistake."""


@cache
def _adapter(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(model)


def findings_of(model: Any, data: Any, document: Document, path: Path_) -> tuple[Any, list[Finding]]:
    """Validate data that stands at `path` of a document against a model (or any annotation).

    Returns the made value (None where it is not valid) and findings, one per mistake.
    """
    try:
        return _adapter(model).validate_python(data), []
    except ValidationError as broken:
        return None, list(_findings(mistakes_of(broken.errors(), data), data, document, path, model))


def _findings(mistakes: list[Mistake], data: Any, document: Document, path: Path_, model: Any) -> Iterator[Finding]:
    """One finding per mistake. Attributes of an object that are not known and those that are missing are one, and so
    are several in one line: most often somebody has called the same things otherwise."""
    missing = {each.place: each for each in mistakes if each.sort == "missing"}
    unknown: dict[Path_, list[Mistake]] = {}
    for each in mistakes:
        if each.sort == "extra_forbidden":
            unknown.setdefault(each.place[:-1], []).append(each)
    for place, several in unknown.items():
        lines = {document.position((*path, *each.place), of_key=True).line for each in several}
        if place in missing or len(lines) == 1 or len(several) >= MANY or _without_operator(several[0], data):
            yield _unknown(several, missing.get(place), document, path, model)
        else:
            for each in several:
                yield _unknown([each], None, document, path, model)
    for each in mistakes:
        if each.sort != "extra_forbidden" and not (each.sort == "missing" and each.place in unknown):
            yield _finding(each, document, path, model)


def _without_operator(mistake: Mistake, data: Any) -> bool:
    """Whether the object in which something is unknown is a condition that lacks its operator."""
    for step in mistake.place[:-1]:
        data = data[step]
    return "~FieldCondition" in mistake.error["loc"] and not set(data) & set(OPERATORS)


def _unknown(unknown: list[Mistake], missing: Mistake | None, document: Document, path: Path_, model: Any) -> Finding:
    """Attributes of one object that are not there, and what is missing beside them."""
    first = unknown[0]
    known = attributes_at(model, first.error["loc"])
    hints = [attribute_hint(each.name, known) for each in unknown]
    meant = [word for _, words in hints for word in words]
    rest = [name for name in (missing.missing if missing else []) if name not in meant]
    message = f"{joined(each.name for each in unknown)} {_are(unknown, 'an attribute', 'attributes')} here"
    if rest:
        message += f", and {joined(rest)} {'is' if len(rest) == 1 else 'are'} missing"
    hint = next((said for said, words in hints if words), hints[0][0])
    given = first.error["input"]
    if len(unknown) > 1 and all(len(words) == 1 for _, words in hints):
        hint = f"They are called {joined(meant)}."
    elif len(unknown) > 2 and not all(words for _, words in hints):
        hint = known_here(known)
    elif not meant and given is None and " " in first.name:
        hint = "If it belongs to the text before it, put that text in quotes: between brackets a comma ends it."
    elif not meant and isinstance(given, dict) and len(path) == 1 and set(given) & set(known):
        hint = f"There is one {path[0]} only: write `{next(iter(given))}` directly below it, without a key."
    elif not meant and isinstance(given, dict) and len(path) == 2 and not first.place[:-1]:
        hint = f"If it is an object of its own, let it begin where `{path[-1]}` begins. {hint}"
    if set(PRIORITIES) <= set(known) and "called" in hint:
        hint += " What you call a priority is its `name`, under `priorities:`."
    whole = (*path, *first.place)
    place = document.position(whole, of_key=True)
    return Finding("schema.unknown-attribute", "error", place, show_path(whole), message, hint)


def _are(several: list[Any], one: str, many: str) -> str:
    return f"is not {one}" if len(several) == 1 else f"are not {many}"


def _finding(mistake: Mistake, document: Document, path: Path_, model: Any) -> Finding:
    error, whole = mistake.error, (*path, *mistake.place)
    kind, context, given, of_key = error["type"], error.get("ctx", {}), error["input"], mistake.of_key
    message, hint = error["msg"], str(context.get("hint", ""))
    if kind in WHOLE:
        behind = document.behind(document.position(whole))
        kind, message, hint = _outermost(mistake, given, model, behind)
    elif kind == "missing":
        names = mistake.missing
        hint = hint if len(names) == 1 or hint == mistake.errors[-1]["ctx"]["hint"] else ""
        message = f"{joined(names)} {'is' if len(names) == 1 else 'are'} missing"
        of_key = True
    elif kind == "condition_form":
        said, hint = condition_form(given)
        message = said or message
    elif kind == "action_form":
        said, hint = action_form(given)
        message = said or message
    elif kind == "channel_type" and isinstance(given, dict):
        if given.get("type") is not None:
            message = f"{shown(given['type'])} is not one of {', '.join(CHANNEL_TYPES[:-1])} or {CHANNEL_TYPES[-1]}"
            hint = _meant(given["type"], CHANNEL_TYPES)
        elif "address" in given or "email" in given:
            hint = "Add  type: email"
    elif kind == "too_short":
        length = context.get("min_length", 1)
        message, hint = "this is empty", "Say at least one entry, or leave the attribute out."
        if length > 1:
            message, hint = f"{length} entries are needed here, and there are {len(given)}", ""
    elif kind == "too_long":
        message = f"{context.get('max_length')} entries are expected here, and there are {len(given)}"
    elif kind == "string_too_long":
        message = f"this has {len(given)} characters, and the most is {context.get('max_length')}"
        hint = "Shorten it."
    elif kind == "greater_than_equal":
        message = f"{shown(given)} is too small: the least is {context.get('ge')}"
    elif kind == "less_than_equal":
        message = f"{shown(given)} is too large: the most is {context.get('le')}"
    rule = _RULES.get(kind, kind.replace("_", "-"))
    place = document.position(whole, of_key=of_key)
    return Finding(f"schema.{rule}", "error", place, show_path(whole), message, hint)


def _meant(given: Any, words: Iterable[str]) -> str:
    """A hint that names the word that was meant, if that can be told; the message lists them all."""
    hint = did_you_mean(shown(given).strip("`"), words)
    return hint if hint.startswith("Did") else ""


def _outermost(mistake: Mistake, given: Any, model: Any, behind: str) -> tuple[str, str, str]:
    """(kind, message, hint) of a value that fits no member of a union, or not its only type."""
    errors, name = mistake.errors, mistake.name
    literals = [word for each in errors if each["type"] == "literal_error" for word in _words(each)]
    patterns = [str(each["ctx"]["pattern"]) for each in errors if each["type"] == "string_pattern_mismatch"]
    types = [EXPECTED[each["type"]] for each in errors if each["type"] in EXPECTED]
    verb = verb_hint(name, given) if "Action" in str(mistake.error["loc"]) else ""
    if patterns and "env:" in patterns[0]:  # it may be a secret, so it is not repeated
        return "string_pattern_mismatch", "this has the wrong form", form_hint(patterns[0], "")
    if patterns:
        what = "cannot be a key here" if mistake.of_key else "has the wrong form"
        near = _meant(given, literals) if literals else ""
        form = near or form_hint(patterns[0], given)
        more = f" Or write {' or '.join(literals)}." if literals and not form.startswith(("Write", "Did")) else ""
        return "string_pattern_mismatch", f"{shown(given)} {what}", form + more
    if literals and (isinstance(given, str) or not types):
        one_of = f"one of {', '.join(literals[:-1])} or {literals[-1]}" if len(literals) > 1 else literals[0]
        hint = _only_true(name, given) if literals == ["true"] else verb or _meant(given, literals)
        if mistake.of_key and set(literals) >= set(METRICS) and name in PRIORITIES:
            hint = f"Write the metric first, and the priorities below it:  first_reply: {{{name}: …}}"
        said = f"{joined([name, *mistake.also])} are not" if mistake.also else f"{shown(given)} is not"
        return "literal_error", f"{said} {one_of}", hint
    wanted = list(dict.fromkeys([*literals, *types]))
    if set(wanted) >= _ANY_VALUE:
        wanted = ["a value", *(word for word in wanted if word not in _ANY_VALUE)]
    expected = " or ".join(word for word in wanted if word != "nothing")
    if wanted == ["a list"] and given is not None:
        hint = list_hint(name, given, behind)
    elif wanted == ["attributes below it"] and given is not None:
        found = model_at(model, mistake.error["loc"])
        needed = found.needed({}) if found and hasattr(found, "needed") else []
        hint = map_hint(needed, attributes_at(model, (*mistake.error["loc"], "")), given)
    elif wanted == ["true or false"] and given is not None:
        hint = boolean_hint(given)
    elif literals and given is not None:
        hint = _meant(given, literals)
    else:
        hint = verb or text_hint(name, given, behind)
    if given is None:
        if not hint and "~FieldCondition" in mistake.error["loc"]:
            hint = "For a field that has no value write  empty: true"
        elif not hint and "none" in literals:
            hint = "Write  none"
        return mistake.error["type"], f"nothing stands where {expected} should be", hint
    return mistake.error["type"], f"{shown(given)} stands where {expected} should be", hint


def _only_true(name: str, given: Any) -> str:
    opposite = name.removeprefix("not_") if name.startswith("not_") else f"not_{name}"
    said = boolean_hint(given)
    return f"For the opposite write  {opposite}: true" if said == "Write  false" else "Write  true"


def _words(error: ErrorDetails) -> list[str]:
    """The words that a `Literal` allows, as the YAML writes them."""
    expected = str(error["ctx"]["expected"])
    if expected in ("True", "False"):
        return [expected.lower()]
    return [word.strip().strip("'") for word in expected.replace(" or ", ", ").split(",")]
