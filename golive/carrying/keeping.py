"""A state and files that belong together are saved together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from pulumi.automation import Deployment

from config.writing.files import read_text, write_text
from golive.runs.running import Session, unmoved_state
from golive.screens.ending import leave
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from stacks.interruption import Interruption

_NONE: Mapping[str, str] = MappingProxyType({})


def keep(
    session: Session,
    verb: str,
    state: Deployment,
    texts: Mapping[str, str] = _NONE,
    as_read: Mapping[str, str] = _NONE,
    *,
    state_first: bool = False,
) -> None:
    """Keep a copy of the state, write the files, save the new state. Raises Fault where another run came first, or
    where somebody has saved a file meanwhile.

    texts: files by their place in the workspace. as_read: all of them as they were read. The files come first: should
    the rest fail, they say what is meant, and the same command finds it again. state_first: what leaves both leaves the
    state first, as the next run deletes what the state has and the files have not; what the files still have is then
    there already, and a plan stops at it.
    """
    root = session.opened.workspace.root
    with Interruption(on_overdue=leave) as interruption:
        session.interruption = interruption
        with session.stack("plan") as (stack, _):
            unmoved_state(session, stack)
            if texts:
                _check_unmoved(root, {**dict.fromkeys(texts), **as_read})
            session.keep_copy(verb)
            if state_first:
                stack.import_state(state)
            for file, text in texts.items():
                write_text(root / file, text)
            if not state_first:
                stack.import_state(state)


def _check_unmoved(root: Path, as_read: Mapping[str, str | None]) -> None:
    """Nobody has saved a file since it was read; None: there was none. Raises Fault."""
    for file, before in as_read.items():
        if _text(root / file) != before:
            raise Fault(
                "moved",
                "A file was changed in the meantime; nothing was written.",
                where=file,
                why="What was shown does not fit the file any more.",
                do="Run the command again.",
                exits=Exit.FAILED,
            )


def _text(path: Path) -> str | None:
    """What a file holds now; None where there is none, or none that can be read."""
    try:
        return read_text(path)
    except (OSError, UnicodeDecodeError):
        return None
