"""Which mails are one conversation, found out as they are read, in any order.

A mail names those that it answers. Each name belongs to one conversation, whether its mail was read already or never
will be; a mail that names two conversations makes one of them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field


@dataclass
class Threads:
    """Conversations by the names of mails. What a page adds stands in memory until the page is kept."""

    database: sqlite3.Connection
    names: dict[str, int] = field(default_factory=dict)
    merges: dict[int, int] = field(default_factory=dict)
    held: dict[str, int | None] = field(default_factory=dict)
    """What the database says of names that a page has; None for those that it does not know."""

    def ask(self, names: Collection[str]) -> None:
        """Ask for all names of a page at once."""
        said = "SELECT name, thread FROM mailbox_names WHERE name IN (SELECT value FROM JSON_EACH(?))"
        self.held = {**dict.fromkeys(names), **dict(self.database.execute(said, (json.dumps([*names]),)))}

    def of(self, position: int, names: Iterable[str]) -> tuple[int, str]:
        """The conversation of a mail, and the name by which it was found; empty for one that begins it. names: its
        own, then those of the mails that it answers."""
        known: dict[int, str] = {}
        new: list[str] = []
        for name in names:
            thread = self._thread(name)
            if thread is None:
                new.append(name)
            else:
                known.setdefault(self.root(thread), name)
        root = min(known, default=position)
        for other in known:
            if other != root:
                self.merges[other] = root
        self.names.update(dict.fromkeys(new, root))
        return root, known.get(root, "")

    def _thread(self, name: str) -> int | None:
        if name in self.names:
            return self.names[name]
        if name in self.held:
            return self.held[name]
        row = self.database.execute("SELECT thread FROM mailbox_names WHERE name = ?", (name,)).fetchone()
        return int(row[0]) if row else None

    def root(self, thread: int) -> int:
        """The conversation that one has become part of."""
        while True:
            into = self.merges.get(thread)
            if into is None:
                row = self.database.execute("SELECT into_ FROM mailbox_merges WHERE thread = ?", (thread,)).fetchone()
                if row is None:
                    return thread
                into = int(row[0])
            thread = into

    def taken(self) -> list[tuple[str, list[tuple[object, ...]]]]:
        """What the page has added, as statements; the memory is empty afterwards."""
        said: list[tuple[str, list[tuple[object, ...]]]] = [
            ("INSERT OR IGNORE INTO mailbox_names VALUES (?, ?)", list(self.names.items())),
            ("INSERT OR REPLACE INTO mailbox_merges VALUES (?, ?)", list(self.merges.items())),
        ]
        self.names, self.merges, self.held = {}, {}, {}
        return said
