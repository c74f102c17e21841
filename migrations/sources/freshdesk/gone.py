"""People whom tickets and comments name and no list has: deleted, blocked, or nobody knows any more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from migrations.records.person import Person
from migrations.sources.freshdesk.gathering import Gathering
from migrations.sources.freshdesk.people import Document, contact
from migrations.sources.source import Reading
from migrations.staging.page import Page

_AT_ONCE = 50
_FIND = """
INSERT OR REPLACE INTO freshdesk_gone
SELECT id, MAX(is_team) FROM (
  SELECT requester AS id, 0 AS is_team FROM tickets
  UNION ALL SELECT data ->> '$.assignee', 1 FROM tickets
  UNION ALL SELECT author, public = 0 FROM comments
)
WHERE id <> '' AND id NOT IN (SELECT id FROM people) GROUP BY id
"""
_BEGUN = "-"


def people_gone(
    reading: Reading, checkpoint: str, ask: Callable[[str], Document | None], now: datetime
) -> Iterator[Page]:
    """Each of them, from the vendor where it still knows the id, otherwise somebody named by it. ask: a contact by its
    id, None where there is none. Only a colleague is assigned tickets or writes what customers do not see."""
    gathering = Gathering()
    if not checkpoint:
        gathering.note(_FIND)
        yield gathering.page(_BEGUN)
        checkpoint = _BEGUN
    last = "" if checkpoint == _BEGUN else checkpoint
    while True:
        said = "SELECT id, is_team FROM freshdesk_gone WHERE id > ? ORDER BY id LIMIT ?"
        rows = reading.staging.database.execute(said, (last, _AT_ONCE)).fetchall()
        if not rows:
            return
        for number, is_team in rows:
            document = ask(str(number))
            if document is not None:
                gathering.add_raw("contact", str(number), document)
                gathering.add(contact(document, reading.own, now))
            else:
                name = f"Somebody who is gone from Freshdesk ({number})"
                gathering.add(Person(id=str(number), name=name, side="team" if is_team else "customer", active=False))
                gathering.remark("people", str(number), "nobody has this id in Freshdesk any more")
        last = str(rows[-1][0])
        yield gathering.page(last)
