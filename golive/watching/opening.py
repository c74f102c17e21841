"""A watch prepared: files, state and systems, and everything that a look needs."""

from __future__ import annotations

import fcntl
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.markup import escape

from golive.gates.opened import OpenedGates
from golive.runs.engine import engine_faults, open_stack
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault, of_system
from golive.terminal.screen import Screen
from golive.watching.numbers import Threshold
from golive.watching.promises import Rules
from golive.watching.setup import Setup, setup_of
from golive.watching.telling import Teller
from golive.watching.texts import Wording
from golive.workspace.connection import reach, settings_of
from golive.workspace.hosts import check_hosts
from golive.workspace.opening import Opened
from provisioners.clocks import Clocks, Promises
from provisioners.errors import SystemFault
from provisioners.posts import Posts
from provisioners.provider import ABSENT
from provisioners.run_file import SystemSettings
from provisioners.system import Connection, systems
from stacks.interruption import Interruption
from stacks.state import ids, record


@dataclass(frozen=True)
class Remembered:
    """What the state says. ids: resource name → id. accounts: instance → account that earlier runs had."""

    ids: Mapping[str, str]
    accounts: Mapping[str, str]


def remembered(opened: Opened, screen: Screen, interruption: Interruption) -> Remembered:
    """Read the state. Raises Fault where it cannot be trusted."""
    with engine_faults(interruption, opened.option):
        state = open_stack(opened, screen, interruption).trusted_state()
    known = {name: each for name, each in ids(state).items() if each != ABSENT}
    return Remembered(known, record(state).accounts)


@dataclass
class Sources:
    """What is declared, read anew whenever the watch reads everything: files and promises change while it runs.

    reopen: opens the files again. What cannot be read leaves everything as it was, and is said once.
    """

    setup: Setup
    settings: Mapping[str, SystemSettings]
    post: str | None
    reopen: Callable[[], OpenedGates]
    state: Callable[[Opened], Remembered]
    say: Callable[[str], None]
    teller: Teller | None = None
    _asked: bool = False
    _said: str = ""

    def rules(self, clocks: Clocks, live: Promises) -> tuple[Rules, Wording, Sequence[Threshold]]:
        """What is declared of what is promised live."""
        if self._asked:
            self._read_again()
        self._asked = True
        return self.setup.rules(live), self.setup.wording(clocks.page), self.setup.thresholds

    def _read_again(self) -> None:
        try:
            gates = self.reopen()
            self.setup = setup_of(gates, self.settings, self.state(gates.opened).ids, self.post)
        except Fault as fault:
            if fault.what != self._said and fault.exits is not Exit.CANCELLED:
                self._said = fault.what
                self.say(f"The files cannot be read again, and the watch goes on with what they said: {fault.what}")
            return
        self._said = ""
        if self.teller is not None:
            self.teller.channels, self.teller.people = self.setup.channels, self.setup.people
            self.teller.mail = self.setup.mail


@dataclass
class Reached:
    """The systems of a watch. calls: made so far, by instance."""

    clocks: Clocks
    posts: Posts | None
    calls: Counter[str] = field(default_factory=Counter)


def reach_systems(
    setup: Setup,
    settings: Mapping[str, SystemSettings],
    known: Mapping[str, str],
    interruption: Interruption,
    *,
    once: bool,
    say: Callable[[str], None],
    pause: float,
) -> Reached | None:
    """Sign in, and see that these are the right accounts. A helpdesk that does not answer is waited for, unless one
    look was asked for; None where it was stopped meanwhile. Raises Fault.

    The helpdesk is only read; in the chat nothing is done but to join open channels and to post.
    """
    own = {name: settings[name] for name in (setup.helpdesk, setup.chat) if name}
    expect = {name: each for name, each in setup.gates.opened.environment.expect.items() if name in own}
    said = False
    while True:
        reached = reach(own, expect, known, interruption.stopped)
        why = reached.down.get(setup.helpdesk)
        if why is None:
            break
        if once:
            raise Fault("unreachable", f"{setup.helpdesk} does not answer.", where=own[setup.helpdesk].url, why=why,
                        do="Run the command again in a moment.", exits=Exit.FAILED)  # fmt: skip
        if not said:
            say(f"The helpdesk does not answer ({why}). golive tries again until it does.")
            said = True
        if interruption.stopped.wait(pause):
            return None
    calls: Counter[str] = Counter()

    def count(instance: str) -> Callable[[str, Mapping[str, Any]], None]:
        def report(event: str, facts: Mapping[str, Any]) -> None:
            calls[instance] += event == "call"

        return report

    helpdesk, stop = settings[setup.helpdesk], interruption.stopped
    clocks = systems()[helpdesk.type].clocks(Connection(setup.helpdesk, helpdesk, True, count(setup.helpdesk), stop))
    assert clocks is not None  # noqa: S101 - `setup_of` has chosen it for that
    posts = posts_of(setup, settings, count(setup.chat), interruption)
    if posts is not None and setup.chat not in reached.down:
        _check_channels(setup, posts)
    return Reached(clocks, posts, calls)


def posts_of(
    setup: Setup,
    settings: Mapping[str, SystemSettings],
    report: Callable[[str, Mapping[str, Any]], None],
    interruption: Interruption,
) -> Posts | None:
    """What posts in the chat; None where there is none."""
    if not setup.chat:
        return None
    chat = settings[setup.chat]
    return systems()[chat.type].posts(Connection(setup.chat, chat, False, report, interruption.stopped))


def _check_channels(setup: Setup, posts: Posts) -> None:
    """Whether every channel that may hear something can be posted into. Raises Fault."""
    for channel in setup.told:
        if channel in setup.channels:
            try:
                posts.ready(setup.channels[channel])
            except SystemFault as fault:
                if fault.code not in ("unreachable", "throttled", "stopped"):
                    raise of_system(fault, channel) from fault


def settled_settings(opened: Opened, screen: Screen) -> dict[str, SystemSettings]:
    """The systems' settings, their hosts confirmed. Raises Fault."""
    settings = settings_of(opened.environment)
    check_hosts(settings, screen)
    return settings


@contextmanager
def alone(lock: Path, option: str) -> Iterator[None]:
    """Nobody else on this machine watches this environment meanwhile. Raises Fault where somebody does."""
    lock.parent.mkdir(exist_ok=True)
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Fault(
                "watched_already",
                "This environment is being watched on this machine already.",
                why="Two watches at once would tell everybody twice.",
                do=f"See whether it is alive:  golive watch --check{option}",
                exits=Exit.FAILED,
            ) from None
        yield


def say_beside(screen: Screen) -> Callable[[str], None]:
    """What says something beside the result."""
    return lambda text: screen.note(f"[change]Note:[/] {escape(text)}")
