"""What only the project can say, as people read it: what is still to be said first, then what has been."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from rich.markup import escape

from checklists.checklist import Checklist
from checklists.gate import Gate
from checklists.item import STAGES, Profile, Stage
from checklists.project import Participant, ProfileAnswer
from checklists.rules.questions import asked_roles, unanswered_profiles
from checklists.words import FORMS, PROFILES, ROLES, role_words
from config.phases import phase_words
from config.words import some
from golive.terminal.screen import Screen

COLUMN = 24
"""Where the words behind a name begin."""
Row = tuple[str, str, str]
"""A name, what is said of it, and a note below."""


def show_figures(screen: Screen, checklist: Checklist, people: Mapping[str, Participant]) -> None:
    """Everything that no method gives. What is not said comes first, with how to write it."""
    for stage in STAGES:
        _section(
            screen, f"Figures to be set before {phase_words(stage)}", _unset(checklist, stage), "figures: {NAME: VALUE}"
        )
    silent = [(name, PROFILES[name], "") for name in unanswered_profiles(checklist)]
    _section(
        screen, "Does it apply to this project?", silent, "profiles: {NAME: true}  or  {NAME: {applies: false, why: …}}"
    )
    undecided = [(key, gate.name, "") for key, gate in checklist.gates.items() if not gate.decision]
    _section(screen, "Who decides go or no-go?", undecided, "gates: {NAME: {decision: {ROLE: 1}}}")
    held = {role: checklist.with_role(role) for role in asked_roles(checklist)}
    nobody = [(role, ROLES.get(role, ""), "") for role, keys in held.items() if not keys]
    _section(screen, "Who has these roles?", nobody, "people: {KEY: {roles: [ROLE]}}")
    _section(screen, "Figures", _set(checklist))
    _section(screen, "What the project is like", [_profile(*each) for each in checklist.profiles.items()])
    _section(screen, "Who decides go or no-go", [_deciders(gate) for gate in checklist.gates.values() if gate.decision])
    who = [(role_words(role), some([people[key].name or key for key in keys], 9), "") for role, keys in held.items()]
    _section(screen, "Who is who", [each for each in who if each[1]])
    screen.say("[quiet]All of it stands in a file of checklists/, such as checklists/project.yaml.[/]")


def _unset(checklist: Checklist, stage: Stage) -> list[Row]:
    """Figures that nobody has set, of those that this gate is the first to ask for."""
    return [
        (key, f"{figure.name}: {FORMS[figure.form].replace('`', '')}", figure.why)
        for key, figure in checklist.asked_figures()
        if figure.value is None and figure.needed_by == stage
    ]


def _set(checklist: Checklist) -> list[Row]:
    return [
        (key, _value(figure.value), figure.name)
        for key, figure in checklist.asked_figures()
        if figure.value is not None
    ]


def _profile(name: Profile, answer: Literal[True] | ProfileAnswer) -> Row:
    return (name, "yes", PROFILES[name]) if answer is True else (name, f"no: {answer.why}", "")


def _deciders(gate: Gate) -> Row:
    return gate.name, ", ".join(f"{many} × {role_words(role)}" for role, many in (gate.decision or {}).items()), ""


def _section(screen: Screen, name: str, rows: Sequence[Row], how: str = "") -> None:
    """Nothing where there is nothing to say."""
    if not rows:
        return
    screen.say(f"[head]{escape(name)}[/]")
    if how:
        screen.say(f"  [quiet]{escape(how)}[/]")
    for key, text, note in rows:
        screen.say(f"  {escape(key):<{COLUMN - 2}}{escape(text)}", hang=COLUMN)
        if note:
            screen.say(f"{'':<{COLUMN}}[quiet]{escape(note)}[/]")
    screen.say()


def _value(value: Any) -> str:
    """A figure as people write it: lists without quotes."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
