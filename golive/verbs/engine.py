"""`golive engine install|status`: the Pulumi engine that golive uses."""

from __future__ import annotations

import click

from golive.terminal.exits import Exit
from golive.terminal.options import json_option, screen_of


@click.group("engine")
def command() -> None:
    """The Pulumi engine, in exactly the version that golive is tested with.

    Example:  golive engine install
    """


@command.command("install")
@click.pass_context
def install_engine(ctx: click.Context) -> int:
    """Put the engine into golive's cache folder: from PATH, from its makers, or built with Go (about 4 minutes)."""
    from golive.runs.engine import engine_ready

    screen = screen_of(ctx)
    path = engine_ready(screen)
    screen.say(f"[good]The engine is ready:[/] {path}")
    return int(Exit.DONE)


@command.command("status")
@json_option
@click.pass_context
def status_of_engine(ctx: click.Context, json_wanted: bool) -> int:
    """Say which engine is there."""
    from stacks.engine.locate import status

    screen = screen_of(ctx, json_wanted)
    found = status()
    if json_wanted:
        screen.document(
            {
                "schema": "golive/engine/1",
                "version": found.version,
                "installed": found.installed,
                "path": str(found.path),
            }
        )
    elif found.installed:
        screen.say(f"Pulumi {found.version}: {found.path}")
    else:
        screen.say(f"Pulumi {found.version} is not installed yet. Install it:  golive engine install")
    return int(Exit.DONE if found.installed else Exit.FAILED)
