"""`golive init`: a new workspace."""

from __future__ import annotations

import re
from pathlib import Path

import click

from golive.exits import Exit
from golive.fault import Fault
from golive.options import screen_of
from golive.template import write_workspace

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,60}")


@click.command("init")
@click.argument("name")
@click.option("--empty", "form", flag_value="empty", default="empty", help="Only what every workspace has (default).")
@click.option("--example", "form", flag_value="example", help="With the reference client: a payments company.")
@click.pass_context
def command(ctx: click.Context, name: str, form: str) -> int:
    """Make a workspace in the folder NAME. It runs against the local sandbox at once.

    Example:  golive init acme --example
    """
    screen = screen_of(ctx)
    if not _NAME.fullmatch(name):
        raise Fault(
            "name",
            f"`{name}` cannot be a workspace's name.",
            why="The name becomes the project's name.",
            do="Use lower-case letters, digits, - and _, for example `acme`.",
            exits=Exit.USAGE,
        )
    root = (ctx.obj["folder"] / name).resolve()
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise Fault(
            "exists",
            f"`{name}` is there already, and is not empty.",
            where=str(root),
            do="Choose another name, or remove the folder.",
            exits=Exit.USAGE,
        )
    files = write_workspace(root, name, example=form == "example")
    screen.say(f"[good]The workspace is in {_short(root)}[/] ({files} files).\n")
    screen.say(f"  cd {name}")
    screen.say("  golive plan        what would be set up; nothing is written")
    screen.say("  golive up          set it up, in the local sandbox")
    if form == "empty":
        screen.say("\nconfig/company.yaml is where you begin. `golive init NAME --example` shows a whole client.")
    return int(Exit.DONE)


def _short(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
