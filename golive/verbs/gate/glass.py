"""`golive gate glass`: look at what somebody did although it should not be done."""

from __future__ import annotations

import click
from rich.markup import escape

from checklists.book import BrokenGlass
from checklists.circumstances import Circumstances
from checklists.glass import (
    confirmed,
    for_what,
    is_late,
    others_than,
    reviewed,
    reviewing_roles,
    why_no_confirmation,
    why_no_review,
)
from checklists.moments import day_words, moment
from checklists.people import is_same_person
from checklists.words import role_words
from config.results.log_entry import Actor, LogEntry
from config.words import some
from golive.gates.opened import OpenedGates, open_gates
from golive.gates.telling import SHORT
from golive.screens.times import when
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.options import environment_option, screen_of
from golive.terminal.screen import Screen
from golive.verbs.gate.acting import acting_options, settled
from golive.workspace.heading import first_line


@click.command("glass", short_help="List, confirm or review broken glass.")
@click.argument("identifier", metavar="[ID]", required=False)
@environment_option
@acting_options
@click.option("--confirm", "answer", flag_value="confirm", help="As a second person: yes, it was an emergency.")
@click.option("--review", "answer", flag_value="review", help="In the role that decides: it was looked into.")
@click.option("--note", default="", metavar="TEXT", help="What was found, and what follows from it.")
@click.pass_context
def glass(
    ctx: click.Context,
    identifier: str | None,
    environment: str | None,
    practises_as: str | None,
    yes: bool,
    answer: str | None,
    note: str,
) -> int:
    """List broken glass; confirm it within 24 hours as a second person (--confirm), or review it (--review).

    A gate that was passed although it was closed, and a run in a freeze, stay red on the board until somebody else, who
    decides about the gate, has reviewed them. Until then no other gate opens.

    \b
    Example:  golive gate glass 3f2a91bc --review -e production \\
                --note "Right to do; the rule was put in order"
    """
    if answer and identifier is None:
        raise click.UsageError("Say which: the board and `golive gate glass` name its ID.", ctx)
    screen = screen_of(ctx)
    gates = open_gates(ctx, environment)
    first_line(screen, gates.opened)
    if identifier is None:
        return _list(screen, gates)
    found, known = _found(gates, identifier), gates.known
    _show(screen, found, known)
    if answer is None:
        return int(Exit.DONE)
    me = gates.me(practises_as)
    if answer == "confirm":
        _check_second(gates, found, me, "confirm")
        second = confirmed(found, known)
        if second is not None:
            review = f"Review it:  golive gate glass {found.id[:SHORT]} --review --note TEXT{gates.opened.option}"
            raise _done_already("confirm", f"{second.by.name} has confirmed it.", review)
        late = is_late(found, gates.now)
    else:
        _check_second(gates, found, me, "review")
        _check_decider(gates, found, me)
        first = reviewed(found, known)
        if first is not None:
            said = f"{first.by.name} has reviewed it on {day_words(moment(first.at))}."
            raise _done_already("review", said, f"Read it:  golive gate glass {found.id[:SHORT]}{gates.opened.option}")
        if not note.strip():
            raise click.UsageError("--review needs --note: what was found, and what follows from it.", ctx)
        late = False
    settled(screen, "\nConfirm it?" if answer == "confirm" else "\nNote that it is reviewed?", yes=yes)
    data = {"glass": found.id, "note": note.strip(), **({"late": late} if answer == "confirm" else {})}
    sort = "glass_confirmed" if answer == "confirm" else "glass_reviewed"
    gates.logbook.append(sort, me, data, gates.signature())  # type: ignore[arg-type]
    if answer == "review":
        screen.say(f"[good]Reviewed[/] by {escape(me.name)}. It is not red any more.")
    else:
        said = " [change]later than 24 hours after it; that stands in the log.[/]" if late else "."
        screen.say(f"[good]Confirmed[/] by {escape(me.name)}{',' if late else ''}{said}")
        option = gates.opened.option
        screen.say("Somebody who decides about it reviews it:")
        screen.say(f"  golive gate glass {found.id[:SHORT]} --review --note TEXT{option}")
    screen.say(f"[quiet]It stands in {gates.logbook.shown}; commit it.[/]")
    return int(Exit.DONE)


def _list(screen: Screen, gates: OpenedGates) -> int:
    known = gates.known
    for each in known.book.glass:
        _show(screen, each, known)
        screen.say()
    if not known.book.glass:
        screen.say("No glass was broken.")
    return int(Exit.DONE)


def _show(screen: Screen, each: BrokenGlass, known: Circumstances) -> None:
    by = each.broken.by.name
    screen.say(
        f"[head]{each.id[:SHORT]}[/]  {escape(by)} broke the glass {escape(for_what(each))}, {when(each.broken.at)}"
    )
    screen.say(f"  Why        {escape(each.reason)}")
    if each.freeze:
        screen.say(f"  Frozen     until {escape(each.freeze)}")
    if each.items:
        screen.say(f"  Passed by  {escape(some(each.items, 5))}")
    second, review = confirmed(each, known), reviewed(each, known)
    if second:
        late = ", late" if is_late(each, moment(second.at)) else ""
        screen.say(f"  Confirmed  by {escape(second.by.name)}, {when(second.at)}{late}")
    else:
        screen.say("  Confirmed  [danger]not yet[/]")
    for entry in each.confirmations:
        _show_void(screen, entry, why_no_confirmation(each, entry, known))
    if review:
        note = f": {escape(review.data['note'])}" if review.data.get("note") else ""
        screen.say(f"  Reviewed   by {escape(review.by.name)} on {day_words(moment(review.at))}{note}")
    else:
        screen.say("  Reviewed   [danger]not yet[/]")
    for entry in each.reviews:
        _show_void(screen, entry, why_no_review(each, entry, known))


def _show_void(screen: Screen, entry: LogEntry, why: str) -> None:
    """What somebody noted and does nothing."""
    if why:
        screen.say(f"    [quiet]not by {escape(entry.by.name)}, {when(entry.at)}: {escape(why)}[/]")


def _found(gates: OpenedGates, identifier: str) -> BrokenGlass:
    """The broken glass of an ID. Raises Fault."""
    found = [each for each in gates.book.glass if identifier and each.id.startswith(identifier.lower())]
    if len(found) == 1:
        return found[0]
    raise Fault(
        "no_glass",
        f"No broken glass is called `{identifier}`." if not found else f"`{identifier}` is the beginning of several.",
        do=f"See them:  golive gate glass{gates.opened.option}",
        exits=Exit.USAGE,
    )


def _check_second(gates: OpenedGates, found: BrokenGlass, me: Actor, word: str) -> None:
    """Raises Fault where it is the same person."""
    if is_same_person(gates.people, found.broken.by, me):
        raise Fault(
            "own_glass",
            f"{me.name} broke it, so that somebody else has to {word} it.",
            why="A second pair of eyes is what it is for.",
            do=f"Let another of the project's people do it: {_others(gates, found)}.",
            exits=Exit.USAGE,
        )


def _check_decider(gates: OpenedGates, found: BrokenGlass, me: Actor) -> None:
    roles = reviewing_roles(found, gates.checklist)
    if roles & set(me.roles):
        return
    names = ", ".join(map(role_words, sorted(roles)))
    raise Fault(
        "role",
        f"{me.name} does not decide about it, and so cannot review it.",
        why=f"It is reviewed by: {names}." if names else "Nobody has said who decides about the gates.",
        do="Let one of them do it." if names else "Write under `gates:`  soft_launch: {decision: {ROLE: 1}}",
        exits=Exit.USAGE,
    )


def _done_already(word: str, why: str, do: str) -> Fault:
    return Fault("done_already", f"There is nothing to {word} any more.", why=why, do=do, exits=Exit.USAGE)


def _others(gates: OpenedGates, found: BrokenGlass) -> str:
    names = [gates.people[key].name or key for key in others_than(found, gates.people)]
    return ", ".join(names) or "there is nobody else yet"
