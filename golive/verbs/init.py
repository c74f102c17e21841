"""`golive init`: a new workspace."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.markup import escape

from config.workspace import NoWorkspace, find_workspace
from golive.ownership.adoption import Wanted, adoption
from golive.ownership.saved_adoption import adopt_document, save_adoption
from golive.runs.engine import engine_faults
from golive.runs.running import open_session
from golive.screens.adoption import show_adoption
from golive.screens.ending import leave
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.options import account_options, screen_of
from golive.terminal.screen import Screen
from golive.workspace.beginning import account_to_begin_with
from golive.workspace.embedded import free_port
from golive.workspace.heading import heading
from golive.workspace.opening import open_environment
from golive.workspace.repository import place_in_repository
from golive.workspace.template import write_workspace
from stacks.interruption import Interruption

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,60}")


@click.command("init")
@click.argument("name")
@click.option("--empty", is_flag=True, help="Only what every workspace has (default).")
@click.option("--example", is_flag=True, help="With the reference client: a payments company.")
@click.option("--from-account", is_flag=True, help="With everything that is in a running account; it is only read.")
@account_options
@click.pass_context
def command(
    ctx: click.Context, /, name: str, empty: bool, example: bool, from_account: bool, url: str | None, **said: Any
) -> int:
    """Make a workspace in the folder NAME. It runs against the local sandbox at once, on a port of its own.

    With --from-account the files say what is in a client's helpdesk, and golive looks after it from then on, in the
    environment `production`. Nothing is changed there.

    \b
    Example:  golive init acme --example
              golive init acme --from-account --url https://acme.zendesk.com \\
                --token env:ZENDESK_TOKEN
    """
    screen = screen_of(ctx)
    if empty + example + from_account > 1:
        raise click.UsageError("Say one of --empty, --example and --from-account.", ctx)
    if from_account != bool(url):
        raise click.UsageError("--from-account and --url belong together: which account?", ctx)
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
    begun = account_to_begin_with(str(url), said) if from_account else None
    files = write_workspace(root, name, example=example, port=free_port(root.parent), from_account=begun)
    if begun is not None:
        return _take_over(screen, root, name)
    screen.say(f"[good]The workspace is in {_short(root)}[/] ({files} files).\n")
    screen.say(f"  cd {name}")
    screen.say("  golive plan        what would be set up; nothing is written")
    screen.say("  golive up          set it up, in the local sandbox")
    place = place_in_repository(root)
    if not place:
        screen.say("\nBefore anybody signs anything, so that golive sees who wrote what:")
        screen.say("  git init && git add -A && git commit -m Begun")
    if place:
        screen.say("\nThis folder stands in another repository, and GitHub reads workflows at a repository's root:")
        screen.say(f"move {escape(place)}.github there.")
    if not example:
        screen.say("\nconfig/company.yaml is where you begin. `golive init NAME --example` shows a whole client.")
    return int(Exit.DONE)


def _take_over(screen: Screen, root: Path, name: str) -> int:
    """Everything that is in the account, into the new files."""
    with _removed_unless_read(root):
        opened = open_environment(root, "production")
        heading(screen, opened)
        with Interruption(on_overdue=leave) as interruption, engine_faults(interruption, opened.option):
            session = open_session(opened, screen, interruption, writes=True)
            found = adoption(session, Wanted(everything=True))
            interruption.check()
    show_adoption(screen, adopt_document(found, opened, dry_run=False))
    save_adoption(session, found)
    screen.say(f"[good]The workspace is in {_short(root)}.[/]")
    screen.say(f"[good]golive looks after {len(found.taken)} objects from now on[/]; nothing was changed there.\n")
    screen.say(f"  cd {name}")
    screen.say("  git init && git add -A && git commit    so that every change can be reviewed")
    screen.say("  golive plan -e production               what would be changed: nothing, until you change a file")
    screen.say("  golive look -e production               what could be better in the account")
    return int(Exit.DONE)


@contextmanager
def _removed_unless_read(root: Path) -> Iterator[None]:
    """A workspace that could not be begun leaves nothing behind, so that the same command can be run again."""
    read = False
    try:
        yield
        read = True
    except Fault as fault:
        if fault.code == "unreachable":  # there is no workspace in which anything else could be run
            fault.do = "Run the command again in a moment."
        raise
    finally:
        if not read:
            shutil.rmtree(root)


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
