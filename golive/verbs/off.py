"""`golive off`: switch one object off, in one writing call."""

from __future__ import annotations

import shlex

import click

from golive.carrying.approval import ask
from golive.carrying.looking_up import looked_up, redacted
from golive.runs.switched import Switched, begun
from golive.screens.ending import leave_noted, stopping
from golive.screens.notes import note_line
from golive.screens.switching import (
    document_of,
    say_done,
    say_how_long,
    say_object,
    say_sleeping,
    say_unanswered,
)
from golive.screens.times import Clock
from golive.terminal.exits import Exit
from golive.terminal.options import agreement_options, environment_option, json_option, screen_of
from golive.workspace.opening import open_environment
from stacks.interruption import Interruption
from stacks.switches import SwitchedOff


@click.command("off")
@click.argument("address", metavar="KIND/KEY")
@click.option("--reason", required=True, metavar="TEXT", help="Why. Every plan shows it until it is settled.")
@environment_option
@json_option
@agreement_options
@click.pass_context
def command(
    ctx: click.Context,
    address: str,
    reason: str,
    environment: str | None,
    json_wanted: bool,
    yes: bool,
    client: str | None,
) -> int:
    """Switch one object off at once: one writing call, without a plan, whatever is wrong with the files.

    It stays off: no later `golive up` switches it on again, unless `--switch-on` says so. Every plan shows it until
    somebody says `golive on`, or the files say `active: false`. It signs in and reads this one object first, in a
    few calls; nothing else is read or changed, so that it works whatever else is wrong.

    Example:  golive off triggers/route_billing --reason "It loops with the CRM" -e production
    """
    screen, clock = screen_of(ctx, json_wanted), Clock()
    if not reason.strip():
        raise click.UsageError("--reason says nothing: whoever reads the next plan has to know why.", ctx)
    opened = open_environment(ctx.obj["folder"], environment, checked=False)
    one, engine = looked_up(screen, opened, address, f"golive off {address} --reason {shlex.quote(reason)}")
    say_object(screen, one)
    say_sleeping(screen, one)
    noted, sends = one.note, one.is_on
    if noted:
        screen.say(f"  switched off with golive {note_line(noted.since, noted.by, noted.why)}")
    if noted and not sends and not one.is_open:
        screen.say("\n[good]It is off already.[/] Nothing was sent.")
        if json_wanted:
            done = document_of(one, noted, "already", clock.seconds, None, on=False)
            screen.document(done.to_json())
        return int(Exit.DONE)
    with clock.stopped():
        ask(opened, screen, "\nSwitch it off?" if sends else "\nNote that it stays off?", yes=yes, client=client)
    run = begun(one, redacted(one, reason), on=False, sends=sends)
    note = noted or SwitchedOff(str(one.name), run.at, run.by, run.about)
    with Interruption(stopping(screen), leave_noted(opened.option)) as interruption:
        switched = Switched(one, engine, run, note, on=False)
        switched.carry_out(interruption, sends=sends)
    seconds = clock.seconds
    say_done(screen, one, seconds, sends=sends, on=False)
    say_unanswered(screen, one)
    say_how_long(screen, one)
    if json_wanted:
        result = document_of(one, note, "done" if sends else "noted", seconds, switched.run.number, on=False)
        screen.document(result.to_json())
    return int(Exit.DONE)
