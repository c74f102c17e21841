"""`golive init`: a new workspace."""

from __future__ import annotations

import re
from pathlib import Path

import click
from rich.markup import escape

from config.workspace import NoWorkspace, find_workspace
from golive.embedded import free_port
from golive.exits import Exit
from golive.fault import Fault
from golive.options import screen_of
from golive.repository import place_in_repository
from golive.template import write_workspace

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,60}")


@click.command("init")
@click.argument("name")
@click.option("--empty", is_flag=True, help="Only what every workspace has (default).")
@click.option("--example", is_flag=True, help="With the reference client: a payments company.")
@click.pass_context
def command(ctx: click.Context, name: str, empty: bool, example: bool) -> int:
    """Make a workspace in the folder NAME. It runs against the local sandbox at once, on a port of its own.

    Example:  golive init acme --example
    """
    screen = screen_of(ctx)
    if empty and example:
        raise click.UsageError("--empty and --example exclude each other.", ctx)
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
    _check_outside(root)
    files = write_workspace(root, name, example=example, port=free_port(root.parent))
    screen.say(f"[good]The workspace is in {_short(root)}[/] ({files} files).\n")
    screen.say(f"  cd {name}")
    screen.say("  golive plan        what would be set up; nothing is written")
    screen.say("  golive up          set it up, in the local sandbox")
    place = place_in_repository(root)
    if place:
        screen.say("\nThis folder stands in another repository, and GitHub reads workflows at a repository's root:")
        screen.say(f"move {escape(place)}.github there.")
    if not example:
        screen.say("\nconfig/company.yaml is where you begin. `golive init NAME --example` shows a whole client.")
    return int(Exit.DONE)


def _check_outside(root: Path) -> None:
    """A workspace inside another one would be found in its place, and read as part of it. Raises Fault."""
    try:
        around = find_workspace(root.parent)
    except NoWorkspace:
        return
    raise Fault(
        "nested",
        f"`{root.name}` would stand inside another workspace.",
        where=str(around.root / "Pulumi.yaml"),
        why="One folder is one client: verbs in it would not know which of the two is meant.",
        do=f"Make it beside that one:  golive -C {around.root.parent} init {root.name}",
        exits=Exit.USAGE,
    )


def _short(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
