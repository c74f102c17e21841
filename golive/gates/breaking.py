"""Breaking the glass: somebody goes on although the gate is closed or nothing may change, in their own name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

import click
from rich.markup import escape

from checklists.book import BrokenGlass
from checklists.circumstances import Circumstances
from checklists.glass import reviewed
from checklists.loading import load_checklist
from checklists.moments import moment
from config.chain import Chain
from config.results.log_entry import Actor, LogEntry
from golive import clock
from golive.gates.opened import OpenedGates
from golive.gates.publishing import publish
from golive.gates.telling import SHORT
from golive.runs.running import Session
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.screen import Screen
from golive.workspace.logbook import Logbook
from golive.workspace.opening import Opened

Command = TypeVar("Command", bound=Callable[..., Any])
_SAME = timedelta(hours=24)
"""So long several runs for the same reason are one emergency."""


def emergency_options(command: Command) -> Command:
    """How somebody goes on although nothing may change."""
    options = (
        click.option(
            "--break-glass", is_flag=True, help="Go on although nothing may change now; on record until reviewed."
        ),
        click.option("--reason", default="", metavar="TEXT", help="With --break-glass: why it cannot wait."),
        click.option(
            "--as", "practises_as", default=None, metavar="KEY", help="With --break-glass in the sandbox: as whom."
        ),
        click.option("--no-push", is_flag=True, help="With --break-glass: commit the log here only."),
    )
    for each in reversed(options):
        command = each(command)
    return command


@dataclass(frozen=True)
class Emergency:
    """Somebody who breaks the glass. push: whether the log is pushed where its branch is."""

    gates: OpenedGates
    by: Actor
    reason: str
    push: bool = True

    def note(self, screen: Screen, session: Session, verb: str) -> None:
        """Let the log say it before anything is changed, where others see it; nothing where nothing is frozen. Raises
        Fault."""
        frozen = self.gates.opened.environment.frozen(clock.now())
        if frozen is None:
            screen.say("[quiet]Nothing is frozen now, so no glass was broken.[/]")
            return
        glass = open_glass(self.gates.known, verb, self.by.key, self.reason)
        if glass is None:
            entry = break_glass(self.gates, self.by, verb, self.reason, (), frozen.said, session.log)
            show_broken(screen, self.gates, self.by, entry)
        else:
            show_open(screen, glass)
        publish(self.gates.logbook, f"{self.gates.opened.environment_name}: glass broken for {verb}", push=self.push)
        session.log = self.gates.logbook.read()


def open_glass(known: Circumstances, phase: str, key: str, reason: str) -> BrokenGlass | None:
    """What the same person broke for the same reason a short while ago: a run that is repeated is no second one."""
    for each in reversed(known.book.glass):
        same = (each.phase, each.broken.by.key, each.reason) == (phase, key, reason.strip())
        if same and reviewed(each, known) is None and known.now - moment(each.broken.at) < _SAME:
            return each
    return None


def show_open(screen: Screen, glass: BrokenGlass) -> None:
    """That no second one is broken."""
    screen.say(f"[danger]The glass is broken already[/], for the same reason  [quiet]{glass.id[:SHORT]}[/]\n")


def emergency_of(
    ctx: click.Context, opened: Opened, *, break_glass: bool, reason: str, practises_as: str | None, push: bool
) -> Emergency | None:
    """Who breaks the glass; None where nobody does. Raises Fault for strangers.

    Mistakes in the checklists are nothing to stumble over now; of them only the people are needed.
    """
    if not break_glass:
        if reason or practises_as:
            raise click.UsageError("--reason and --as belong to --break-glass.", ctx)
        return None
    if not reason.strip():
        raise click.UsageError("--break-glass needs --reason: whoever reviews it has to know why.", ctx)
    logbook = Logbook(opened.workspace.root, opened.environment_name)
    gates = OpenedGates(opened, load_checklist(opened.workspace), logbook)
    return Emergency(gates, gates.me(practises_as), reason.strip(), push)


def break_glass(
    gates: OpenedGates, by: Actor, phase: str, reason: str, items: Sequence[str], freeze: str, seen: Chain | None = None
) -> LogEntry:
    """Let the log say that the glass is broken. phase: the one that is entered, or the verb that runs in a freeze.
    items: those that it passes by. seen: the log as it was looked at. Raises Fault where it has moved since."""

    def unmoved(chain: Chain) -> None:
        if seen is not None and chain.head != seen.head:
            raise Fault(
                "moved",
                "Somebody added to the log meanwhile; nothing was changed.",
                where=gates.logbook.shown,
                do="Run the command again: it looks at what was added.",
                exits=Exit.FAILED,
            )

    data: dict[str, Any] = {"phase": phase, "reason": reason.strip(), "items": list(items)}
    if freeze:
        data["freeze"] = freeze
    return gates.logbook.append("glass_broken", by, data, gates.signature(), unmoved)


def show_broken(screen: Screen, gates: OpenedGates, by: Actor, entry: LogEntry) -> None:
    """In whose name, and who has to look at it."""
    option = gates.opened.option
    screen.say(f"\n[danger]The glass is broken[/], in the name of {escape(by.name)}: {escape(entry.data['reason'])}")
    screen.say(
        f"Within 24 hours a second person confirms it:  golive gate glass {entry.digest[:SHORT]} --confirm{option}\n"
    )
