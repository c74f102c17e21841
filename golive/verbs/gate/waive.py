"""`golive gate waive`: live with a risk for a while."""

from __future__ import annotations

from datetime import datetime, timedelta

import click
from rich.markup import escape

from checklists.book import Waiver, signer_of
from checklists.checklist import Listed
from checklists.circumstances import Circumstances
from checklists.moments import day_words, moment
from checklists.people import is_same_person
from checklists.waiving import WaiverState, accepted_risks, waiver_of, waiver_state
from checklists.words import role_words
from config.results.log_entry import Actor
from golive.gates.opened import OpenedGates, open_gates
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.options import environment_option, screen_of
from golive.verbs.gate.acting import acting_options, settled
from golive.workspace.heading import first_line

_ANSWERED = {
    "approve": "The risk is accepted",
    "deny": "The risk is not accepted",
    "revoke": "The risk is not accepted any more",
}


@click.command("waive", short_help="Ask to live with a risk, or answer.")
@click.argument("item")
@environment_option
@acting_options
@click.option("--reason", default="", metavar="TEXT", help="Why the risk can be lived with.")
@click.option("--until", default=None, metavar="YYYY-MM-DD", help="The last day (UTC).")
@click.option("--approve", "answer", flag_value="approve", help="Agree to what somebody else has asked for.")
@click.option("--deny", "answer", flag_value="deny", help="Refuse it.")
@click.option("--revoke", "answer", flag_value="revoke", help="End it before its day, or ask for it no longer.")
@click.pass_context
def waive(
    ctx: click.Context,
    item: str,
    environment: str | None,
    practises_as: str | None,
    yes: bool,
    reason: str,
    until: str | None,
    answer: str | None,
) -> int:
    """Ask to live with an item's risk until a day (--reason, --until), or answer somebody who asked (--approve).

    One person asks, another one agrees who decides about the gate. It is never shown as passed, ends by itself, and
    there can only be a few at a time.

    \b
    Example:  golive gate waive dashboards_built -e production \\
                --reason "It comes in January" --until 2026-12-20
    """
    screen = screen_of(ctx)
    gates = open_gates(ctx, environment)
    first_line(screen, gates.opened)
    me, listed = gates.me(practises_as), gates.item(item)
    if answer:
        was = _answer(gates, listed, me, answer, reason)
        said = "Nobody is asked any more to accept it" if was == "asked" and answer == "revoke" else _ANSWERED[answer]
        screen.say(f"[change]{said}[/]: {escape(listed.item.name)}")
        screen.say(f"[quiet]It stands in {gates.logbook.shown}; commit it.[/]")
        return int(Exit.DONE)
    if not reason.strip() or until is None:
        raise click.UsageError("--reason and --until say why the risk can be lived with, and how long.", ctx)
    ends = _end(gates, listed, until)
    screen.say(f"[head]{escape(listed.item.name)}[/]\n  {escape(listed.item.why)}")
    names = _others_who_decide(gates, listed, me)
    if not names:
        screen.say("  [change]Nobody else decides about the gate yet[/]: see `decision` of the gate, and `people`.")
    settled(screen, f"Ask to live with that until {day_words(ends)}?", yes=yes)
    data = {"item": listed.key, "reason": reason.strip(), "until": until, "definition": listed.digest}
    gates.logbook.append("waiver_asked", me, data, gates.signature())
    screen.say(f"[change]Asked.[/] Now somebody else agrees{': ' + escape(names) if names else ''}:")
    screen.say(f"  golive gate waive {listed.key} --approve{gates.opened.option}")
    screen.say(f"[quiet]It stands in {gates.logbook.shown}; commit it.[/]")
    return int(Exit.DONE)


def _others_who_decide(gates: OpenedGates, listed: Listed, me: Actor) -> str:
    """Who can agree to what somebody asks, by name."""
    deciders = gates.checklist.deciders_of(listed.key)
    able = (key for key, person in gates.people.items() if key != me.key and deciders & set(person.roles))
    return ", ".join(gates.people[key].name or key for key in able)


def _end(gates: OpenedGates, listed: Listed, until: str) -> datetime:
    limits, now = gates.checklist.waivers, gates.now
    if listed.item.drop or not listed.item.waivable:
        why = "It is left out." if listed.item.drop else "Its risk can never be accepted."
        raise Fault(
            "not_waivable",
            f"“{listed.item.name or listed.key}” cannot be waived.",
            why=why,
            do=f"See what to do:  golive gate explain {listed.key}{gates.opened.option}",
            exits=Exit.USAGE,
        )
    try:
        ends = moment(until)
    except ValueError:
        raise Fault("day", f"`{until}` is no day.", do="Write it as YYYY-MM-DD.", exits=Exit.USAGE) from None
    latest = now + timedelta(days=limits.days)
    if not now < ends <= latest.replace(hour=23, minute=59, second=59):
        what = "is over already" if ends <= now else f"is later than {limits.days} days from now"
        raise Fault(
            "day",
            f"{until} {what}.",
            why=f"A risk is accepted for {limits.days} days at most.",
            do=f"Say a day until {latest:%Y-%m-%d}.",
            exits=Exit.USAGE,
        )
    return ends


def _answer(gates: OpenedGates, listed: Listed, me: Actor, answer: str, reason: str) -> WaiverState:
    """What the waiver was before. Raises Fault where there is nothing to answer, or where somebody else has to."""
    known = gates.known
    wanted = ("approved", "asked") if answer == "revoke" else ("asked",)
    waiver = waiver_of(listed.key, known) if answer == "revoke" else known.book.waiver_of(listed.key)
    was = waiver_state(waiver, known) if waiver else "denied"
    if waiver is None or was not in wanted:
        asked = "accepted or asked for" if answer == "revoke" else "asked for"
        raise Fault(
            "no_waiver",
            f"No risk of “{listed.item.name}” is {asked}.",
            do=f"See the board:  golive gate status{gates.opened.option}",
            exits=Exit.USAGE,
        )
    if answer == "approve":
        _check_approver(gates, known, listed, waiver, me)
    elif not is_same_person(gates.people, signer_of(waiver.asked), me):
        _check_decides(gates, listed, me)
    sort = {"approve": "waiver_approved", "deny": "waiver_denied", "revoke": "waiver_revoked"}[answer]
    gates.logbook.append(sort, me, {"waiver": waiver.id, "item": listed.key, "why": reason}, gates.signature())  # type: ignore[arg-type]
    return was


def _check_decides(gates: OpenedGates, listed: Listed, me: Actor) -> None:
    """Raises Fault where somebody does not decide about the gate."""
    deciders = gates.checklist.deciders_of(listed.key)
    if deciders and not deciders & set(me.roles):
        names = ", ".join(map(role_words, sorted(deciders)))
        raise Fault(
            "role",
            f"{me.name} does not decide about the gate that asks for it.",
            why=f"Its risk is accepted or refused by: {names}.",
            do="Let one of them answer.",
            exits=Exit.USAGE,
        )


def _check_approver(gates: OpenedGates, known: Circumstances, listed: Listed, waiver: Waiver, me: Actor) -> None:
    asker = signer_of(waiver.asked)
    if is_same_person(gates.people, asker, me):
        raise Fault(
            "own_waiver",
            f"{me.name} asked for it, so that somebody else has to agree.",
            do="Let somebody sign who decides about the gate.",
            exits=Exit.USAGE,
        )
    _check_decides(gates, listed, me)
    limit = gates.checklist.waivers.at_most
    if len({each.item for each in accepted_risks(known)} - {listed.key}) >= limit:
        raise Fault(
            "too_many",
            f"{limit} risks are accepted already.",
            why="More at once are a decision of another kind.",
            do="Let one of them end first:  golive gate waive ITEM --revoke",
            exits=Exit.USAGE,
        )
