"""`golive state …`: what golive remembers of an environment, and the copies of it."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import click
from pulumi.automation import Deployment
from rich.markup import escape

from golive.carrying.approval import ask
from golive.runs.engine import check_lock, engine_of
from golive.runs.journaling import with_done
from golive.runs.left_open import FEW
from golive.runs.resuming import moved
from golive.screens.ending import leave
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.options import agreement_options, environment_option, json_option, screen_of
from golive.terminal.screen import Screen
from golive.workspace.heading import first_line
from golive.workspace.opening import open_environment
from provisioners.resource import ResourceName
from stacks.automation import EnvironmentStack
from stacks.backups import Backup, Backups, NoBackup
from stacks.interruption import Interruption
from stacks.journal import merged
from stacks.record import RECORD_NAME
from stacks.soundness import BadState, defects
from stacks.state import ids, record, with_record
from stacks.unfinished import noted, unfinished


@click.group("state")
def command() -> None:
    """What golive remembers of an environment: which live object belongs to which key.

    A copy is kept before every run that changes something, in .pulumi-state/golive/.

    Example:  golive state list -e production
    """


@command.command("list")
@environment_option
@json_option
@click.pass_context
def list_copies(ctx: click.Context, environment: str | None, json_wanted: bool) -> int:
    """List the copies, the newest first."""
    screen = screen_of(ctx, json_wanted)
    opened = open_environment(ctx.obj["folder"], environment, checked=False)
    backups = Backups(opened.workspace.root, opened.environment_name)
    copies = [(each, *_content(backups, each)) for each in reversed(backups.all())]
    if json_wanted:
        listed = [
            {"name": each.name, "at": each.at.isoformat(), "before": each.before, "objects": count, "damaged": bad}
            for each, count, bad in copies
        ]
        screen.document({"schema": "golive/state/1", "environment": opened.environment_name, "copies": listed})
        return int(Exit.DONE)
    first_line(screen, opened)
    if not copies:
        screen.say("There is no copy yet: the first is made before the first `golive up`.")
    for each, count, bad in copies:
        said = "[danger]damaged[/]" if bad else "1 object" if count == 1 else f"{count} objects"
        screen.say(f"[head]{each.name}[/]  {_when(each)}, before {escape(each.before)}: {said}")
    if copies:
        screen.say(
            "\nA copy is what golive remembered then. Putting one back changes nothing in the systems, and golive"
            " forgets what it made since.\n"
            f"Put one back, as a rule the newest:  golive state restore NAME{opened.option}"
        )
    return int(Exit.DONE)


@command.command("backup")
@environment_option
@click.pass_context
def make_copy(ctx: click.Context, environment: str | None) -> int:
    """Make a copy now."""
    screen = screen_of(ctx)
    opened = open_environment(ctx.obj["folder"], environment, checked=False)
    first_line(screen, opened)
    with Interruption(on_overdue=leave) as interruption, engine_of(opened, screen, interruption) as engine:
        made = Backups(opened.workspace.root, opened.environment_name).keep(engine.trusted_state(), "backup")
    screen.say(f"[good]Copied[/] to {escape(str(made.file.relative_to(opened.workspace.root)))}")
    return int(Exit.DONE)


@command.command("restore")
@click.argument("name")
@environment_option
@agreement_options
@click.pass_context
def put_back(ctx: click.Context, name: str, environment: str | None, yes: bool, client: str | None) -> int:
    """Put a copy back. Nothing changes in the systems; the next plan shows what differs.

    Example:  golive state restore 20261128T141502.311870Z-before-up
    """
    screen = screen_of(ctx)
    opened = open_environment(ctx.obj["folder"], environment, checked=False)
    first_line(screen, opened)
    backups = Backups(opened.workspace.root, opened.environment_name)
    state = _copy(backups, name, opened.option)
    with Interruption(on_overdue=leave) as interruption, engine_of(opened, screen, interruption) as engine:
        check_lock(engine)
        now = _readable(engine)
    if now is None:
        screen.say("The present state cannot be read; it is kept beside the copies. What it had left open is lost.")
    else:
        _show_difference(screen, now, state, "is forgotten: golive made it since", "is looked after again")
    ask(opened, screen, "\nPut the copy back?", yes=yes, client=client)
    with Interruption(on_overdue=leave) as interruption, engine_of(opened, screen, interruption) as engine:
        if now is None:
            _set_aside(engine, backups.folder)
        elif engine.has_moved(now):
            raise moved()
        else:
            backups.keep(now, "restore")
        engine.export_state()
        journal = merged(record(now).journal if now else (), record(state).journal)
        off = record(now or state).switched_off  # whatever was remembered when the copy was made
        back = with_record(state, journal=journal, switched_off=off) if RECORD_NAME in ids(state) else state
        back = with_done(back, opened, "restore", about=name, journal=journal)
        engine.import_state(noted(back, unfinished(now) if now else []))
    screen.say(f"[good]Put back.[/] See what differs from the systems:  golive plan{opened.option}")
    return int(Exit.DONE)


@command.command("accept", short_help="Trust a state that was changed elsewhere, once.")
@environment_option
@agreement_options
@click.pass_context
def accept(ctx: click.Context, environment: str | None, yes: bool, client: str | None) -> int:
    """Trust a state that something else than golive has changed, on purpose."""
    screen = screen_of(ctx)
    opened = open_environment(ctx.obj["folder"], environment, checked=False)
    first_line(screen, opened)
    backups = Backups(opened.workspace.root, opened.environment_name)
    with Interruption(on_overdue=leave) as interruption, engine_of(opened, screen, interruption) as engine:
        check_lock(engine)
        state = engine.export_state()
        wrong = list(defects(state))
        if wrong:
            raise BadState(wrong[0])
    if engine.seal is None:
        screen.say("The state is not in this workspace: golive trusts it, and cannot see who has changed it.")
        return int(Exit.DONE)
    if not engine.seal.is_broken:
        screen.say("[good]Nothing but golive has changed the state[/] since its last run.")
        return int(Exit.DONE)
    newest = _newest(backups)
    if newest:
        copy, before = newest
        screen.say(f"Compared with the copy of {_when(copy)}, made before {escape(copy.before)}:")
        _show_difference(screen, before, state, "is not in it any more", "is in it now")
    ask(opened, screen, "\nTrust it as it is?", yes=yes, client=client)
    with Interruption(on_overdue=leave) as interruption, engine_of(opened, screen, interruption) as engine:
        if engine.has_moved(state):
            raise moved()
        if RECORD_NAME in ids(state):
            state = noted(with_done(state, opened, "accept"), [])
        engine.import_state(state)
    screen.say(f"[good]Accepted.[/] See what differs from the systems:  golive plan{opened.option}")
    return int(Exit.DONE)


def _newest(backups: Backups) -> tuple[Backup, Deployment] | None:
    """The newest copy that can be read, with what it holds."""
    for each in reversed(backups.all()):
        with suppress(NoBackup):
            return each, backups.read(each)
    return None


def _content(backups: Backups, backup: Backup) -> tuple[int, bool]:
    """How many objects a copy holds, and whether it is damaged."""
    try:
        state = backups.read(backup)
    except NoBackup:
        return 0, True
    return len({ResourceName.of(name).object for name in ids(state) if name != RECORD_NAME}), False


def _copy(backups: Backups, name: str, option: str) -> Deployment:
    try:
        return backups.read(backups.named(name))
    except NoBackup as missing:
        raise Fault(
            "no_copy",
            f"{str(missing)[0].upper()}{str(missing)[1:]}.",
            do=f"See which there are:  golive state list{option}",
            exits=Exit.USAGE,
        ) from missing


def _when(backup: Backup) -> str:
    """In the time of whoever looks."""
    return f"{backup.at.astimezone():%d %b %Y %H:%M:%S}"


def _readable(engine: EnvironmentStack) -> Deployment | None:
    """The state as it is, whatever golive thinks of it; None where it is broken."""
    try:
        return engine.export_state()
    except BadState:
        return None


def _set_aside(engine: EnvironmentStack, folder: Path) -> None:
    """Move a broken state out of the way. Raises Fault where that is not in golive's hands."""
    file = engine.file
    if file is None:
        raise Fault(
            "bad_state",
            "The state cannot be read where it is kept, so that nothing can be put in its place.",
            where=engine.given.state,
            do="Put an earlier version of the object back by the store's own means, then run the command again.",
            exits=Exit.FAILED,
        )
    folder.mkdir(parents=True, exist_ok=True)
    file.replace(folder / f"unreadable-{datetime.now(UTC):%Y%m%dT%H%M%S}.json")


def _show_difference(screen: Screen, now: Deployment, then: Deployment, lost: str, back: str) -> None:
    """Objects that only one of two states knows, or of which they know another."""
    before, after = ids(now), ids(then)
    told = {
        lost: before.keys() - after.keys(),
        back: after.keys() - before.keys(),
        "is another live object": {name for name in before.keys() & after.keys() if before[name] != after[name]},
    }
    for word, names in told.items():
        if len(names) > FEW:
            screen.say(f"  {len(names)} objects: {word}")
        else:
            for name in sorted(names):
                screen.say(f"  {escape(name)} {word}")
    if not any(told.values()):
        screen.say("  The same objects; only what is remembered of them may differ.")
