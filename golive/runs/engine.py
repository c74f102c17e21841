"""The engine of an opened environment: installed, started in a folder of its own, and its errors in words."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from rich.markup import escape

from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.screen import Screen
from golive.workspace.logbook import Logbook
from golive.workspace.opening import Opened
from provisioners.run_file import RunFolder, RunRequest
from stacks.automation import EngineBusy, EngineFailed, EnvironmentStack, StackInput
from stacks.engine.install import EngineMissing, install
from stacks.interruption import Interrupted, Interruption
from stacks.lock import Holder, is_alive
from stacks.program import ProgramError
from stacks.remaking import AnotherSort
from stacks.soundness import BadState

KEPT_RUNS = 20
_RUN = re.compile(r"\d{8}T\d{6}-\d+-\d+-[0-9a-f]{4}")


def engine_ready(screen: Screen) -> Path:
    """The engine, installed where it was missing. Raises Fault that says what to install."""
    try:
        return install(lambda text: screen.note(f"[quiet]{text}[/]")).path
    except EngineMissing as missing:
        raise Fault(
            "no_engine",
            "There is no Pulumi engine, and none could be installed.",
            why="; ".join(f"{source}: {why}" for source, why in missing.reasons.items()),
            do="Install Go 1.25.11 or newer, or put a pulumi 3.259.0 on PATH; then:  golive engine install",
            exits=Exit.FAILED,
        ) from missing


def new_run_folder(opened: Opened) -> RunFolder:
    """A folder for one run; only the last runs are kept."""
    runs = opened.workspace.scratch / "runs"
    runs.mkdir(parents=True, exist_ok=True)
    ours = [path for path in runs.iterdir() if _RUN.fullmatch(path.name) and path.is_dir() and not path.is_symlink()]
    for path in sorted(ours)[:-KEPT_RUNS]:
        if not is_alive(int(path.name.split("-")[1])):  # otherwise it is still needed
            shutil.rmtree(path, ignore_errors=True)  # another run may be at it, too
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    folder = runs / f"{stamp}-{os.getpid()}-{threading.get_native_id()}-{secrets.token_hex(2)}"
    folder.mkdir()
    return RunFolder(folder)


def open_stack(opened: Opened, screen: Screen, interruption: Interruption) -> EnvironmentStack:
    """The environment's stack, in a run folder for reading."""
    folder = new_run_folder(opened)
    folder.write_request(RunRequest("plan", {}))
    return EnvironmentStack(
        StackInput(
            workspace=opened.workspace.root,
            project=opened.workspace.name,
            environment=opened.environment_name,
            run=folder.folder,
            state=opened.environment.state,
            interruption=interruption,
            log=Logbook(opened.workspace.root, opened.environment_name).read,
            on_released=lambda holder: screen.note(
                f"[change]An earlier run has died[/] ({escape(str(holder))}); its lock is released."
            ),
        )
    )


@contextmanager
def engine_of(opened: Opened, screen: Screen, interruption: Interruption) -> Iterator[EnvironmentStack]:
    """The environment's stack for a verb that reaches no system; its errors become Fault."""
    engine_ready(screen)
    with engine_faults(interruption, opened.option):
        yield open_stack(opened, screen, interruption)


def check_lock(engine: EnvironmentStack) -> None:
    """Raises EngineBusy where it can be seen that another run is at work."""
    alive = [holder for holder in engine.holders() if not engine.is_dead(holder)]
    if alive:
        raise EngineBusy("", alive)


@contextmanager
def engine_faults(interruption: Interruption, option: str) -> Iterator[None]:
    """The engine's errors as faults that a person can act on. option: ` -e NAME` where it was said."""
    try:
        yield
    except EngineBusy as busy:
        raise _busy(busy.holders, option) from busy
    except Interrupted as interrupted:
        raise Fault("cancelled", "Cancelled. Nothing was changed.", exits=Exit.CANCELLED) from interrupted
    except AnotherSort as other:
        raise Fault(
            "another_sort", "A key means another sort of object now.", why=str(other), exits=Exit.USAGE
        ) from other
    except ProgramError as broken:
        raise Fault("program", "The objects cannot be put in order.", why=str(broken), exits=Exit.USAGE) from broken
    except BadState as bad:
        raise Fault(
            "bad_state",
            "golive does not trust the state of this environment; nothing was changed.",
            why=f"{bad}. The state is what golive remembers; the systems themselves are as they were.",
            do=f"See the copies that golive has kept:  golive state list{option}   and put one back with"
            f"  golive state restore NAME{option}",
            exits=Exit.FAILED,
        ) from bad
    except EngineFailed as failed:
        if interruption.noted:
            raise Fault(
                "cancelled", "Cancelled.", do=f"See how far it got:  golive plan{option}", exits=Exit.CANCELLED
            ) from failed
        raise Fault(
            "engine",
            "The engine could not do its work; some of it may be done already.",
            why=_last_line(str(failed)),
            do="Run the command again: it finds out how far this one came. If it stays, report it with the run's folder"
            " under .golive/runs/.",
            exits=Exit.FAILED,
        ) from failed


def _busy(holders: list[Holder], option: str) -> Fault:
    who = ", ".join(map(str, holders)) or "another run"
    foreign = not holders or not all(holder.is_here for holder in holders)
    return Fault(
        "busy",
        f"Another run is at work in this environment: {who}.",
        why="Two runs at once would overwrite each other.",
        do="Wait until it has ended, then run the command again."
        + (f" If it is certain that it has died:  golive unlock{option}" if foreign else ""),
        exits=Exit.FAILED,
    )


def _last_line(text: str) -> str:
    """The engine's own reason; where it broke down, the first line of what it says, which is not its trace."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("error:")]
    broken = [line for line in lines if "integrity" in line]
    return (broken[:1] or errors[-1:] or lines[:1] or [""])[0].removeprefix("error:").strip()
