"""`golive unlock`: release the lock of a run that has died."""

from __future__ import annotations

import click
from rich.markup import escape

from golive.carrying.approval import ask
from golive.runs.engine import engine_of
from golive.runs.resuming import moved
from golive.screens.ending import leave
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.options import agreement_options, environment_option, screen_of
from golive.workspace.heading import first_line
from golive.workspace.opening import open_environment
from stacks.backend import LOCAL
from stacks.interruption import Interruption


@click.command("unlock")
@environment_option
@agreement_options
@click.pass_context
def command(ctx: click.Context, environment: str | None, yes: bool, client: str | None) -> int:
    """Release the lock of a run that has died on another machine. One that died here is released by itself.

    Example:  golive unlock -e production
    """
    screen = screen_of(ctx)
    opened = open_environment(ctx.obj["folder"], environment, checked=False)
    first_line(screen, opened)
    with Interruption(on_overdue=leave) as interruption, engine_of(opened, screen, interruption) as engine:
        holders = engine.holders()
        local = opened.environment.state == LOCAL
        if local and not holders:
            screen.say("[good]There is no lock.[/]")
            return int(Exit.DONE)
        alive = next((each for each in holders if each.is_here and not each.is_dead), None)
        if alive:
            raise Fault(
                "busy",
                f"That run is at work: {alive}.",
                why="Its lock keeps two runs from overwriting each other.",
                do="Wait until it has ended, or stop it with Ctrl-C where it runs.",
                exits=Exit.FAILED,
            )
        for holder in holders:
            screen.say(f"Locked by {escape(str(holder))}")
        if not local:
            screen.say("Who holds the lock is said where a run meets it; golive cannot see it from here.")
    screen.say("If it is still at work and its lock is released, two runs write at once: ask whoever it is first.")
    ask(opened, screen, "\nIs it certain that this run is dead? Release its lock?", yes=yes, client=client)
    with Interruption(on_overdue=leave) as interruption, engine_of(opened, screen, interruption) as engine:
        if engine.holders() != holders:
            raise moved()
        engine.release_lock(holders)
    screen.say(f"[good]Released.[/] `golive up{opened.option}` first looks up what that run left open.")
    return int(Exit.DONE)
