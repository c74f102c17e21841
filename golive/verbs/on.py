"""`golive on`: switch on again what `golive off` has switched off."""

from __future__ import annotations

from datetime import datetime

import click
from rich.markup import escape

from golive.carrying.answers import Answers
from golive.carrying.approval import ask, check_freeze
from golive.carrying.looking_up import answered, looked_up
from golive.carrying.numbers import Caused, Numbers, check_numbers
from golive.changes.reaching import mails_of, reach_lines
from golive.runs.switched import Switched, begun
from golive.runs.switching import Switching
from golive.screens.ending import leave_noted, stopping
from golive.screens.notes import note_line
from golive.screens.switching import document_of, say_done, say_object
from golive.screens.times import Clock
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.options import (
    agreement_options,
    environment_option,
    json_option,
    reach_options,
    screen_of,
)
from golive.workspace.opening import Opened, open_environment
from stacks.interruption import Interruption


@click.command("on")
@click.argument("address", metavar="KIND/KEY")
@environment_option
@json_option
@agreement_options
@reach_options
@click.pass_context
def command(
    ctx: click.Context,
    address: str,
    environment: str | None,
    json_wanted: bool,
    yes: bool,
    client: str | None,
    mail: int,
    delete_records: int,
) -> int:
    """Switch on again what `golive off` has switched off, in one writing call, and forget why it was off.

    The account is asked first, as for a plan: what it would refuse is not sent, and of an automation that mails or
    closes it is said on how many tickets it would act. Outside the sandbox its mails are named as a number (--mail),
    and what a deletion schedule would delete (--delete-records).

    Example:  golive on triggers/route_billing -e production
    """
    screen, clock = screen_of(ctx, json_wanted), Clock()
    opened = open_environment(ctx.obj["folder"], environment, checked=False)
    one, engine = looked_up(screen, opened, address, f"golive on {address}")
    say_object(screen, one)
    noted = one.note
    if noted is None:
        raise _not_noted(one)
    screen.say(f"  switched off with golive {note_line(noted.since, noted.by, noted.why)}")
    stays, sends = one.kept_off_by(), not one.is_on
    if sends and not stays:
        _check_freeze(opened, noted.since)
    if sends and stays:
        sends = False
        screen.say(f"  It stays off all the same: {escape(stays)}. That somebody switched it off is forgotten.")
    answers = answered(screen, one) if sends else Answers()
    caused = Caused(mails=mails_of(answers.reach), reach=answers.reach)
    check_numbers(caused, Numbers(mail=mail, delete_records=delete_records), all_sandbox=one.settings.sandbox)
    with clock.stopped():
        ask(opened, screen, "\nSwitch it on?" if sends else "\nForget that?", yes=yes, client=client)
    run = begun(one, "", on=True, sends=sends)
    with Interruption(stopping(screen), leave_noted(opened.option)) as interruption:
        switched = Switched(one, engine, run, None, on=True)
        switched.carry_out(interruption, sends=sends)
    seconds = clock.seconds
    say_done(screen, one, seconds, sends=sends, on=True)
    if json_wanted:
        result = document_of(
            one,
            None,
            "done" if sends else "noted",
            seconds,
            switched.run.number,
            on=True,
            notices=reach_lines(answers.reach),
            cautions=answers.cautions,
            said=answers.said,
        )
        screen.document(result.to_json())
    return int(Exit.DONE)


def _check_freeze(opened: Opened, since: str) -> None:
    """What was switched off in a freeze may be taken back in it; what was off before stays off. Raises Fault."""
    days = opened.environment.frozen_days
    began = days.begins if days else None
    if began is None or not since or datetime.fromisoformat(since) < began:
        check_freeze(opened)


def _not_noted(one: Switching) -> Fault:
    address, option, stays = one.name.address, one.opened.option, one.kept_off_by()
    if one.is_on:
        do = "There is nothing to do."
    elif stays:
        do = f"It is off because {stays}: change that in the files, then  golive up{option}"
    else:
        do = f"Somebody switched it off in {one.title} by hand: see  golive plan{option}"
    return Fault(
        "not_noted",
        f"`{address}` was not switched off with golive, so there is nothing to take back.",
        where=one.page,
        why=f"It is {'on' if one.is_on else 'off'} now.",
        do=do,
        exits=Exit.USAGE,
    )
