"""What an entry of the log is bound to, when it is made."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from checklists.binding import bindings, whole_digest
from checklists.book import Book
from checklists.checklist import Listed
from golive.gates.collecting import file_digest
from golive.gates.opened import OpenedGates
from golive.workspace.authorship import authorship


def binds(gates: OpenedGates, listed: Listed, files: Iterable[str] = ()) -> dict[str, Any]:
    """By what a signature or evidence is found out of date: the item's definition, the objects that it is about, their
    order, the texts in files that they name, and files of the workspace."""
    root = gates.opened.workspace.root
    return {
        "item": listed.digest,
        **bindings(listed.item.concerns, gates.opened.loaded.declaration),
        "files": {path: file_digest(root / path) for path in files},
    }


def seen_files(book: Book, listed: Listed) -> list[str]:
    """The files that are signed with an item: those attached to it, and to the items that it sees."""
    sees = listed.item.sign_off.sees if listed.item.sign_off else []
    entries = [entry for name in (listed.key, *sees) for entry in book.attached.get(name, ())]
    return sorted({path for entry in entries for path in entry.data.get("files", {})})


def circumstances(gates: OpenedGates) -> dict[str, Any]:
    """From which commit of the files, and what they declare in all."""
    root: Path = gates.opened.workspace.root
    run = authorship(root)
    return {"commit": run.commit, "config": whole_digest(gates.opened.loaded.declaration)}
