"""`golive gate explain`: one item with everything that is known of it."""

from __future__ import annotations

from dataclasses import replace

import click

from checklists.binding import BY_HAND
from checklists.checklist import Listed
from golive.gates.collecting import Known, next_gate
from golive.gates.opened import OpenedGates, open_gates
from golive.gates.reading import known_of
from golive.gates.telling import gate_document, item_told
from golive.screens.gate import PARTS, show_item
from golive.terminal.exits import Exit
from golive.terminal.options import environment_option, json_option, screen_of
from golive.workspace.heading import heading


@click.command("explain", short_help="Say everything about one item.")
@click.argument("item")
@environment_option
@json_option
@click.pass_context
def explain(ctx: click.Context, item: str, environment: str | None, json_wanted: bool) -> int:
    """Say everything about one item, by its key or its id: its state, why, what to do, who, and which gates ask for it.

    Example:  golive gate explain channels_tried -e production
    """
    screen = screen_of(ctx, json_wanted)
    gates = open_gates(ctx, environment)
    heading(screen, gates.opened)
    listed = gates.item(item)
    phase = next_gate(gates.book)
    known = known_of(gates, phase, screen)
    told = item_told(known.verdicts[listed.key], known.circumstances, gates.opened.environment_name)
    if json_wanted:
        document = gate_document(known, gates.opened, phase)
        screen.document(replace(document, items=[told]).to_json())
        return int(Exit.DONE)
    show_item(
        screen,
        told,
        known.circumstances.now,
        asked_by=_gates(gates, listed),
        effort=[*_how(gates, listed, told.fix), *_tasks(listed, known)],
    )
    return int(Exit.DONE)


def _tasks(listed: Listed, known: Known) -> list[str]:
    """What a person has to set up, object by object, of an item about all of them."""
    plan = known.facts.plan.value
    if BY_HAND not in listed.item.concerns or plan is None:
        return []
    return [f"{each.kind}/{each.key}: {each.why}" for each in plan.by_hand]


def _gates(gates: OpenedGates, listed: Listed) -> list[str]:
    """The gates that ask for an item, and where."""
    found = []
    for gate in gates.checklist.gates.values():
        for part, key, condition in gate.conditions():
            if listed.key in condition.items:
                found.append(f"{gate.name}, {PARTS[part].lower()}: {condition.id or key}")
    return found


def _how(gates: OpenedGates, listed: Listed, fix: str) -> list[str]:
    """The command with which somebody establishes an item that is no probe, unless it is said already."""
    option = gates.opened.option
    if "golive gate" in fix:
        return []
    match listed.item.sort if not listed.item.drop else "":
        case "evidence":
            return [f"golive gate attach {listed.key} FILE{option}"]
        case "by_hand":
            return [f'golive gate attach {listed.key} --note "…"{option}']
        case "sign_off":
            return [f"golive gate sign {listed.key}{option}"]
    return []
