"""`golive gate decide`: go or no-go, with what was said against it and what it depends on."""

from __future__ import annotations

from typing import Any

import click
from rich.markup import escape

from checklists.binding import whole_digest
from checklists.moments import day_words, moment
from checklists.waiving import accepted_risks
from checklists.words import role_words
from config.words import counted, some
from golive.gates.opened import open_gates
from golive.gates.reading import known_of
from golive.gates.telling import SHORT
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.options import environment_option, screen_of
from golive.verbs.gate.acting import acting_options, settled
from golive.workspace.heading import heading
from golive.workspace.log_history import check_pulled, check_written_down


@click.command("decide")
@click.argument("phase")
@click.argument("decision", type=click.Choice(["go", "no-go"]))
@environment_option
@acting_options
@click.option("--why", default="", metavar="TEXT", help="Why; a no-go needs it.")
@click.option("--dissent", "dissents", multiple=True, metavar="'NAME: TEXT'", help="What somebody said against it.")
@click.option(
    "--condition",
    "conditions",
    multiple=True,
    metavar="'WHAT | WHO | YYYY-MM-DD'",
    help="What it depends on, who sees to it and until when; the next gate looks at it.",
)
@click.pass_context
def decide(
    ctx: click.Context,
    phase: str,
    decision: str,
    environment: str | None,
    practises_as: str | None,
    yes: bool,
    why: str,
    dissents: tuple[str, ...],
    conditions: tuple[str, ...],
) -> int:
    """Decide go or no-go for a phase, in the role that decides it. The review can be held once the entrance holds.

    \b
    Example:  golive gate decide soft_launch go \\
                --condition "Train the night shift | Mei Tan | 2026-12-10"
    """
    if decision == "no-go" and not why.strip():
        raise click.UsageError("--why is needed with a no-go: whoever reads it has to know what to change.", ctx)
    screen = screen_of(ctx)
    gates = open_gates(ctx, environment)
    heading(screen, gates.opened)
    asked, me = gates.gate(phase), gates.me(practises_as)
    gate = gates.checklist.gates[asked]
    roles = sorted(set(me.roles) & set(gate.decision or ()))
    if not roles:
        names = ", ".join(map(role_words, gate.decision or ()))
        raise Fault(
            "role",
            f"{me.name} does not decide about the {gate.name}.",
            why=f"It is decided by: {names}." if names else "Nobody has said who decides.",
            do="Let one of them decide." if names else f"Write under `gates:`  {asked}: {{decision: {{ROLE: 1}}}}",
            exits=Exit.USAGE,
        )
    parsed = [_condition(each) for each in conditions]
    check_pulled(gates.logbook, gates.logbook.read())
    if not gates.all_sandbox:
        check_written_down(gates.logbook)
    known = known_of(gates, asked, screen)
    verdict = known.gate(asked)
    if decision == "go" and not verdict.reviewable:
        first = [each for each in verdict.conditions if each.part == "entrance" and not each.left_out]
        missing = list(dict.fromkeys(name for each in first for name in each.items if verdict.items[name].blocks))
        names = some([gates.checklist.items[each].item.name for each in missing], 2)
        raise Fault(
            "not_reviewable",
            f"The review of the {gate.name} cannot be held yet.",
            why=f"{counted(len(missing), 'item is', 'items are')} open at its entrance: {names}.",
            do=f"See the first:  golive gate explain {missing[0]}{gates.opened.option}",
            exits=Exit.GATE,
        )
    open_ = [each for each in verdict.items.values() if each.blocks]
    if decision == "go" and open_:
        screen.say(f"[change]{len(open_)} items do not hold yet[/]; the gate stays closed until they do.")
    settled(screen, f"Decide {decision} for the {gate.name}?", yes=yes)
    data: dict[str, Any] = {
        "phase": asked,
        "decision": decision.replace("-", "_"),
        "why": why,
        "gate": verdict.digest,
        "config": whole_digest(gates.opened.loaded.declaration),
        "waivers": [each.id for each in accepted_risks(known.circumstances)],
        "states": {name: each.state for name, each in verdict.items.items()},
        "dissent": [_dissent(each) for each in dissents],
        "conditions": parsed,
    }
    entry = gates.logbook.append("decided", me, data, gates.signature())
    for each in data["dissent"]:
        screen.say(f"  Against it, {escape(each['who'])}: {escape(each['said'])}")
    screen.say(f"[good]{decision}[/] for the {escape(gate.name)}, decided by {escape(me.name)}.")
    for number, each in enumerate(parsed, 1):
        due = day_words(moment(each["due"]))
        screen.say(
            f"  {escape(each['what'])}, {escape(each['who'])}, until {due}  [quiet]{entry.digest[:SHORT]}.{number}[/]"
        )
    screen.say(f"[quiet]It stands in {gates.logbook.shown}; commit it.[/]")
    return int(Exit.DONE)


@click.command("done")
@click.argument("identifier", metavar="ID")
@environment_option
@acting_options
@click.option("--note", default="", metavar="TEXT", help="What was done.")
@click.pass_context
def done(
    ctx: click.Context, identifier: str, environment: str | None, practises_as: str | None, yes: bool, note: str
) -> int:
    """Say that a condition of a decision is fulfilled. The board names its ID.

    Example:  golive gate done 3f2a91bc.1 --note "All six were trained" -e production
    """
    del yes
    screen = screen_of(ctx)
    gates = open_gates(ctx, environment)
    me = gates.me(practises_as)
    start, _, number = identifier.partition(".")
    found = [
        each
        for each in gates.book.actions
        if start and each.decision.startswith(start) and str(each.number + 1) == number and each.done is None
    ]
    if len(found) != 1:
        raise Fault(
            "no_action",
            f"No open condition is called `{identifier}`.",
            do=f"See them:  golive gate status{gates.opened.option}",
            exits=Exit.USAGE,
        )
    data = {"decision": found[0].decision, "number": found[0].number, "note": note}
    gates.logbook.append("action_done", me, data, gates.signature())
    screen.say(f"[good]Done[/]: {escape(found[0].what)}")
    screen.say(f"[quiet]It stands in {gates.logbook.shown}; commit it.[/]")
    return int(Exit.DONE)


def _condition(text: str) -> dict[str, str]:
    parts = [part.strip() for part in text.split("|")]
    try:
        what, who, due = parts
        moment(due)
    except ValueError:
        raise Fault(
            "condition", f"“{text}” is not a condition.", do="Write it as  'WHAT | WHO | YYYY-MM-DD'", exits=Exit.USAGE
        ) from None
    return {"what": what, "who": who, "due": due}


def _dissent(text: str) -> dict[str, str]:
    who, colon, said = text.partition(":")
    if not colon or not said.strip():
        raise Fault(
            "dissent", f"“{text}” does not say who said what.", do="Write it as  'NAME: TEXT'", exits=Exit.USAGE
        )
    return {"who": who.strip(), "said": said.strip()}
