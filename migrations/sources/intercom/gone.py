"""People whom something names and no list has: deleted, archived, merged into others, or nobody knows any more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from migrations.records.person import Person
from migrations.sources.gathering import Gathering
from migrations.sources.intercom.authors import ADMIN, Side
from migrations.sources.source import Reading
from migrations.staging.page import Page

_AT_ONCE = 50
_NAMED = """
SELECT id, kind, name, email FROM intercom_named
WHERE id > ? AND id NOT IN (SELECT id FROM people) ORDER BY id LIMIT ?
"""


def people_gone(
    reading: Reading,
    gathering: Gathering,
    checkpoint: str,
    ask: Callable[[str, str], Person | None],
) -> Iterator[Page]:
    """Each of them, from the vendor where it still knows the id, otherwise somebody with what stood beside it. ask: a
    person by kind and id, None where there is none."""
    last = checkpoint
    while True:
        rows = reading.staging.database.execute(_NAMED, (last, _AT_ONCE)).fetchall()
        if not rows:
            return
        for number, kind, name, email in rows:
            found = ask(str(kind), str(number))
            if found is None:
                gathering.remark("people", str(number), "nobody has this id in Intercom any more", name)
                named = str(name) or f"Somebody who is gone from Intercom ({number})"
                side: Side = "team" if kind == ADMIN else "customer"
                found = Person(id="", name=named, email=str(email), side=side, active=False)
            gathering.add(replace(found, id=str(number)))
        last = str(rows[-1][0])
        yield gathering.page(last)
