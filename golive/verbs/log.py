"""`golive log …`: the log of who signed and decided what."""

from __future__ import annotations

import click

from checklists.moments import moment
from config.progress import progress_of
from config.results.log import LogDocument
from config.words import counted
from golive.screens.times import when
from golive.terminal.exits import Exit
from golive.terminal.options import environment_option, json_option, screen_of
from golive.workspace.heading import first_line
from golive.workspace.log_history import check_committed
from golive.workspace.logbook import Logbook
from golive.workspace.opening import open_environment


@click.group("log")
def command() -> None:
    """The log of an environment, in checklists/log/: every signature, decision and change of phase, in git.

    Each line names those before it, so that no edit, cut or reordering stays unseen.

    Example:  golive log verify -e production
    """


@command.command("verify", short_help="Check that no line was changed, cut or moved.")
@environment_option
@json_option
@click.pass_context
def verify(ctx: click.Context, environment: str | None, json_wanted: bool) -> int:
    """Check that no line was changed, cut out or moved: by itself, and against every version that git has.

    Example:  golive log verify -e production
    """
    screen = screen_of(ctx, json_wanted)
    opened = open_environment(ctx.obj["folder"], environment, checked=False)
    first_line(screen, opened)
    logbook = Logbook(opened.workspace.root, opened.environment_name)
    chain = logbook.read()
    versions = check_committed(logbook, chain)
    progress = progress_of(chain)
    if json_wanted:
        document = LogDocument(
            environment=opened.environment_name,
            entries=len(chain.entries),
            head=chain.head,
            newest=chain.newest,
            versions=versions,
            phase=progress.phase,
            under_way=progress.goes_to,
        )
        screen.document(document.to_json())
        return int(Exit.DONE)
    if not chain.entries:
        screen.say("The log is empty: nothing was noted yet.")
        return int(Exit.DONE)
    entries = counted(len(chain.entries), "entry", "entries")
    screen.say(f"[good]The log is as golive wrote it[/]: {entries}, the newest of {when(chain.newest)}.")
    screen.say(f"  {_versions_said(versions)}")
    screen.say(f"  Its head: {chain.head[:16]}…   [quiet]({moment(chain.newest):%Y-%m-%d %H:%M} UTC)[/]")
    return int(Exit.DONE)


def _versions_said(versions: int) -> str:
    """What git has shown beyond the lines themselves."""
    if not versions:
        return "[change]git has none of it yet[/], and only git shows whether its end was cut off: commit it."
    if versions == 1:
        return "Everything of the one version that git has is still there."
    return f"Everything of the {versions} versions that git has is still there."


@command.command("merge", short_help="Put right what git has merged badly.")
@environment_option
@click.pass_context
def merge(ctx: click.Context, environment: str | None) -> int:
    """Put right what git has merged badly: lines that stand twice, the marks of a conflict, an order that cannot be.

    Mostly there is nothing to do: checklists/log/.gitattributes tells git to keep the lines of both branches.

    Example:  golive log merge -e production
    """
    screen = screen_of(ctx)
    opened = open_environment(ctx.obj["folder"], environment, checked=False)
    first_line(screen, opened)
    logbook = Logbook(opened.workspace.root, opened.environment_name)
    chain = logbook.gather()
    check_committed(logbook, chain)
    screen.say(f"[good]The log is in order[/]: {counted(len(chain.entries), 'entry', 'entries')}.")
    return int(Exit.DONE)
