"""The tables of docs/checklists.md: gates, items, probes, words, and what the method asks besides."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from checklists import left_out, words
from checklists.checklist import Checklist, Listed
from checklists.facts import Source
from checklists.gate import Condition, Gate
from checklists.gating import TRACK
from checklists.item import Item, Metric
from checklists.loading import merged, method
from checklists.probes import PROBES
from checklists.probes.base import Probe
from checklists.probes.later import LaterProbe
from checklists.project import Delegation, FigureNeeded, Participant, Signatures, Waivers
from checklists.verdict import HOLDS, STATES, State
from checklists.words import role_words
from config.model import Model
from golive.documentation.forms import attributes, form_of
from golive.documentation.forms import left_out as omitted
from golive.documentation.kinds import attribute_table, model_tables, table
from golive.screens.gate import WORDS as STATE_WORDS

FIRST_FILE = Path(__file__).parent / "checklist_file.yaml"
_SOURCES: dict[Source, str] = {
    "configuration": "the files",
    "files": "the workspace",
    "plan": "a plan",
    "standing": "what is live",
    "migrations": "what was read of old tools, decided and sent",
    "context": "the CRM's accounts",
    "state": "the state",
    "log": "the log",
    "web": "pages of the web",
}
GAPS = (
    ("Times for the third and fourth priority, and for each channel", "each SLA policy in `config/` says all four"),
    ("When the largest customers' tickets go up", "your triggers and automations; `escalation_hours` is the latest"),
    ("How often customers hear of us while they wait", "`periodic_update` of the SLA policies; P3.3.i asks for it"),
    ("What customers read before a ticket closes by itself", "your automation, when it may work: P3.4.a"),
    ("Which priority becomes which in the issue tracker", "the mapping; P4.3.c asks for it"),
    ("What each role may do exactly", "`roles` in `config/`; P2.2.c asks for it"),
    ("How a phone line is set up, and what the card rules say", "the files that P2.3.g and P5.2.j-pci ask for"),
    ("Who decides go or no-go", "`decision` of each gate"),
    ("The name of the support address", "`channels` in `config/`"),
)
"""What no document gives and is no figure of a checklist, and where a project says it."""


@cache
def _method() -> Checklist:
    return merged(method(), []).checklist


@cache
def checklist_tables() -> dict[str, list[str]]:
    """Every table that the page names, by its name there."""
    made: dict[str, Callable[[], list[str]]] = {
        "first file": lambda: ["```yaml", FIRST_FILE.read_text(encoding="utf-8").strip(), "```"],
        "states": _states,
        "sorts": lambda: _words(("way", "what it means"), words.SORTS),
        "words": lambda: _words(("word", "what stands below it"), words.WORDS),
        "item": lambda: model_tables(Item),
        "condition": lambda: model_tables(Condition),
        "gate": lambda: attribute_table(Gate, attributes(Gate)),
        "figures": _figures,
        "figure": lambda: model_tables(FigureNeeded),
        "figure forms": lambda: _words(("form", "what it looks like"), words.FORMS),
        "gaps": lambda: table(("what", "where the project says it"), GAPS),
        "profiles": lambda: _words(("profile", "the project …"), words.PROFILES),
        "waivers": lambda: model_tables(Waivers),
        "signatures": lambda: model_tables(Signatures),
        "person": lambda: attribute_table(Participant, attributes(Participant)),
        "delegation": lambda: model_tables(Delegation),
        "roles": lambda: _words(("role", "who that is"), words.ROLES),
        "phases": _phases,
        "parts": lambda: _words(("part", "what it asks"), words.PARTS),
        "gates": _gates,
        "items": _items,
        "probes": _probes,
        "later probes": _later,
        "left out items": _left_out_items,
        "left out figures": _left_out_figures,
        "sides": _sides,
    }
    return {name: lines() for name, lines in made.items()}


def phrases() -> dict[str, str]:
    """What stands within a line of the page, by its name there."""
    checklist = _method()
    fixed = [f"{each.item.id} (`{key}`)" for key, each in checklist.items.items() if not each.item.waivable]
    return {
        "size": f"{len(checklist.items)} items and {sum(len(each.conditions()) for each in checklist.gates.values())} "
        "conditions",
        "never waived": f"{', '.join(fixed[:-1])} and {fixed[-1]}",
    }


def _words(head: tuple[str, str], meanings: Mapping[Any, str]) -> list[str]:
    return table(head, [[f"`{word}`", meaning] for word, meaning in meanings.items()])


def _states() -> list[str]:
    rows = [[STATE_WORDS[state], words.STATES[state], _opens(state)] for state in reversed(STATES)]
    return table(("the board says", "what it means", "a gate may open"), rows)


def _opens(state: State) -> str:
    return "yes" if state in HOLDS else "no"


def _figures() -> list[str]:
    rows = []
    for key, figure in _method().figures.items():
        rows.append(
            [f"`{key}`", figure.name, f"`{figure.form}`", figure.why, _said(figure.needed_by), _listed(figure.only_if)]
        )
    return table(("figure", "what it is", "form", "what it decides", "needed by", "for"), rows)


def _phases() -> list[str]:
    before = {"soft_launch": "build", **dict(zip(TRACK[1:], TRACK, strict=False)), "handoff": "rollout"}
    rows = []
    for stage, meaning in words.STAGES.items():
        comes = f"after the {_said(before[stage])}" if stage in before else "where every environment begins"
        rows.append([f"`{stage}`", meaning, comes])
    return table(("phase", "what it is", "entered"), rows)


def _gates() -> list[str]:
    lines: list[str] = []
    for name, gate in _method().gates.items():
        rows = [
            [
                f"{condition.id}{'' if condition.lasting else '°'}",
                part,
                condition.name,
                _asked(condition),
                _listed(condition.only_if),
            ]
            for part, _, condition in gate.conditions()
        ]
        lines += [f"### {gate.name}", "", f"`{name}`", ""]
        lines += [*table(("condition", "part", "what must hold", "items", "for"), rows), ""]
    return lines


def _asked(condition: Condition) -> str:
    outcome = f"all of the outcome of `{condition.outcome_of}`" if condition.outcome_of else ""
    return ", ".join(filter(None, [outcome, *(f"`{each}`" for each in condition.items)]))


def _items() -> list[str]:
    lines: list[str] = []
    items = _method().items
    asked = _asked_by()
    for step, title in words.STEPS.items():
        rows = [_row(each, asked) for each in items.values() if _is_of(each, step)]
        lines += [f"### {f'{step} ' if '.' in step else ''}{title}", ""]
        lines += [*table(("id", "key", "what must be true", "by", "owner", "asked by", "for"), rows), ""]
    return lines


def _is_of(listed: Listed, step: str) -> bool:
    return bool(re.match(rf"{re.escape(step)}[.0-9]", listed.item.id or ""))


def _row(listed: Listed, asked: Mapping[str, list[str]]) -> list[str]:
    item = listed.item
    note = " (advises only)" if item.advisory else " (can be dropped without a reason)" if not item.required else ""
    return [
        item.id or "",
        f"`{listed.key}`",
        f"{item.name}{note}",
        "; ".join(_established(item)),
        role_words(item.owner),
        ", ".join(asked.get(listed.key, ())) or "–",
        _listed(item.only_if),
    ]


def _established(item: Item) -> Iterator[str]:
    """How an item is established, in few words."""
    for name in item.probe or {}:
        yield f"*{name}*" if isinstance(PROBES[name], LaterProbe) else f"`{name}`"
    if item.metric:
        yield _number(item.metric)
    if item.evidence:
        one = {"file": "a file", "link": "a link", "either": "a file or link"}[item.evidence.form]
        many = {"file": "files", "link": "links", "either": "files or links"}[item.evidence.form]
        needed = item.evidence.at_least
        yield f"{one} is attached" if needed == 1 else f"{needed} {many} are attached"
    if item.sign_off:
        yield f"signed by {', '.join(role.replace('_', ' ') for role in item.sign_off.roles)}"
    if item.by_hand:
        yield f"by hand, with a {item.by_hand.proof}"


def _number(metric: Metric) -> str:
    """A metric with its limits."""
    said = []
    for word in ("good", "red"):
        limits = getattr(metric, word)
        if limits is not None:
            bounds = [f"{_said(name)} {value}" for name, value in limits.model_dump(exclude_unset=True).items()]
            said.append(f"{word}: {' and '.join(bounds)}")
    limits_said = f" ({', '.join(said)})" if said else ""
    return f"{_said(metric.name)} over {metric.window}{limits_said}"


def _asked_by() -> dict[str, list[str]]:
    """Item → the conditions that ask for it."""
    found: dict[str, list[str]] = {}
    for gate in _method().gates.values():
        for _, key, condition in gate.conditions():
            for name in condition.items:
                found.setdefault(name, []).append(condition.id or key)
    return found


def _probes() -> list[str]:
    rows = [
        [
            f"`{name}`",
            _about(probe),
            "; ".join(_parameters(probe.Parameters)) or "–",
            ", ".join(_SOURCES[each] for each in probe.looks_at),
            probe.lasts,
        ]
        for name, probe in PROBES.items()
        if not isinstance(probe, LaterProbe)
    ]
    return table(("probe", "what it finds out", "parameters", "reads", "holds"), rows)


def _about(probe: Probe) -> str:
    return " ".join((probe.__doc__ or "").split())


def _parameters(model: type[Model]) -> Iterator[str]:
    if not model.model_fields and model.model_config.get("extra") == "allow":
        yield "any names, each with a figure"
    for word, name, info in attributes(model):
        without = omitted(model, name, info)
        needed = "must be given" if without == "**must be given**" else f"left out: {without}"
        yield f"`{word}` ({form_of(model, name)}; {needed}): {(info.description or '').rstrip('.')}"


def _later() -> list[str]:
    brings: dict[str, list[str]] = {}
    for name, probe in PROBES.items():
        if isinstance(probe, LaterProbe):
            brings.setdefault(probe.brings, []).append(f"`{name}`")
    rows = [[said, ", ".join(names)] for said, names in brings.items()]
    numbers = list(dict.fromkeys(each.item.metric.name for each in _method().items.values() if each.item.metric))
    rows.append(["the indicators: the numbers of metrics", ", ".join(f"`{each}`" for each in numbers)])
    return table(("what brings them", "probes"), rows)


def _left_out_items() -> list[str]:
    return table(("id", "what says it instead"), [[name, said] for name, said in left_out.ITEMS.items()])


def _left_out_figures() -> list[str]:
    rows = [[each.figure, each.about, each.instead] for each in left_out.FIGURES]
    return table(("figure", "of what", "where it stands instead, and why"), rows)


def _sides() -> list[str]:
    rows = [[name, each.about, each.taken, each.where or "–"] for name, each in left_out.SIDES.items()]
    return table(("id", "about what", "golive's side", "where"), rows)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(name.replace("_", " ") for name in names)


def _said(name: str) -> str:
    """A phase, a role or another name as people say it."""
    return name.replace("_", " ")
