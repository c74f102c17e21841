"""A state and files that belong together are saved together."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pulumi.automation import Deployment

from config.writing.files import write_text
from golive.running import Session, unmoved_state
from golive.screens.ending import leave
from stacks.interruption import Interruption


def keep(session: Session, verb: str, state: Deployment, texts: Mapping[str, str] = MappingProxyType({})) -> None:
    """Keep a copy of the state, write the files, save the new state. Raises Fault where another run came first.

    texts: files by their place in the workspace. They come first: should the rest fail, they say what is meant, and the
    same command finds it again.
    """
    with Interruption(on_overdue=leave) as interruption:
        session.interruption = interruption
        with session.stack("plan") as (stack, _):
            unmoved_state(session, stack)
            session.keep_copy(verb)
            for file, text in texts.items():
                write_text(session.opened.workspace.root / file, text)
            stack.import_state(state)
