"""The profile of a staging: counted by the database itself, so that its size does not matter."""

from __future__ import annotations

from collections.abc import Iterator

from config.results.migration_profile import FieldProfile, LeftOutReason, Odd, ProfileDocument, Share
from migrations.profiling.drivers import drivers
from migrations.records.record import RecordType
from migrations.staging.field_values import different_values, filled_fields, values_of
from migrations.staging.staging import RECORDS, Staging

MOST_VALUES = 60
"""Values of a field that are named."""
EXAMPLES = 5
LARGEST_BODY = 65_535
"""Bytes of a comment that Zendesk takes as one; see the facts on imports in docs/zendesk.md."""
MOST_COMMENTS = 5_000
"""Of one ticket, in Zendesk."""
LARGEST_FILE = 50_000_000
"""Bytes of an attachment, in Zendesk."""
_ODD = (
    ("tickets", "nobody asked", "SELECT id FROM tickets WHERE requester = ''"),
    ("tickets", "no comment", "SELECT id FROM tickets WHERE id NOT IN (SELECT ticket FROM comments)"),
    ("tickets", "no time", "SELECT id FROM tickets WHERE at IS NULL"),
    (
        "tickets", "the person who asked is not there",
        "SELECT id FROM tickets WHERE requester <> '' AND requester NOT IN (SELECT id FROM people)",
    ),
    (
        "tickets", f"more than {MOST_COMMENTS:,} comments",
        f"SELECT ticket FROM comments GROUP BY ticket HAVING COUNT(*) > {MOST_COMMENTS}",
    ),
    ("comments", "no author", "SELECT id FROM comments WHERE author = ''"),
    (
        "comments", "its ticket is not there",
        "SELECT id FROM comments WHERE ticket NOT IN (SELECT id FROM tickets UNION SELECT id FROM left_out)",
    ),
    (
        "comments", "so long that it has to be split",
        f"SELECT id FROM comments WHERE LENGTH(CAST(data ->> '$.body' AS BLOB)) > {LARGEST_BODY}",
    ),
    ("attachments", "the content is not there", "SELECT id FROM attachments WHERE digest = ''"),
    ("attachments", "too large for Zendesk", f"SELECT id FROM attachments WHERE size > {LARGEST_FILE}"),
    (
        "people", "several of one address",
        "SELECT MIN(id) FROM people WHERE email <> '' GROUP BY email HAVING COUNT(*) > 1",
    ),
)  # fmt: skip


def profile(staging: Staging, source: str, name: str) -> ProfileDocument:
    """What was read so far. source: the migration's key; name: what people call it."""
    tickets = staging.count("tickets")
    database = staging.database
    first, last = database.execute("SELECT COALESCE(MIN(at), ''), COALESCE(MAX(at), '') FROM tickets").fetchone()
    public = staging.count("comments", "public = 1")
    files = database.execute(
        "SELECT COALESCE(SUM(size), 0) FROM (SELECT DISTINCT digest, size FROM attachments)"
    ).fetchone()
    subjects = (str(row[0]) for row in database.execute("SELECT data ->> '$.subject' FROM tickets"))
    return ProfileDocument(
        source=source,
        name=name,
        is_whole=staging.is_whole,
        records={type_: number for type_ in RECORDS if (number := staging.count(type_))},
        first=str(first),
        last=str(last),
        months=_shares(staging, "SUBSTR(at, 1, 7)", by_word=True),
        statuses=_shares(staging, "status"),
        channels=_shares(staging, "channel"),
        groups=_shares(staging, "team"),
        languages=_shares(staging, "language"),
        priorities=_shares(staging, "data ->> '$.priority'"),
        public=public,
        private=staging.count("comments") - public,
        bytes_of_files=int(files[0]),
        fields=[*_fields(staging)],
        drivers=drivers(subjects, tickets) if tickets else [],
        odd=[*_odd(staging)],
        left_out=[*_left_out(staging)],
    )


def _shares(staging: Staging, column: str, *, by_word: bool = False) -> list[Share]:
    order = "1" if by_word else "2 DESC, 1"
    said = f"SELECT COALESCE({column}, ''), COUNT(*) FROM tickets GROUP BY 1 ORDER BY {order}"
    return [Share(str(word), int(number)) for word, number in staging.database.execute(said)]


def _fields(staging: Staging) -> Iterator[FieldProfile]:
    """Every field of the old tool's own; each of several choices counts by itself."""
    owners: tuple[RecordType, ...] = ("tickets", "people", "organizations")
    for owner in owners:
        for key, filled in filled_fields(staging, owner):
            values = [Share(value, number) for value, number in values_of(staging, owner, key, MOST_VALUES)]
            yield FieldProfile(owner, key, filled, different_values(staging, owner, key), values)


def _odd(staging: Staging) -> Iterator[Odd]:
    for type_, what, said in _ODD:
        number = int(staging.database.execute(f"SELECT COUNT(*) FROM ({said})").fetchone()[0])
        if number:
            rows = staging.database.execute(f"SELECT * FROM ({said}) ORDER BY 1 LIMIT {EXAMPLES}")
            yield Odd(type_, what, number, [str(row[0]) for row in rows])
    for (of, said_of), number in staging.remarks().items():
        named = f"SELECT id FROM remarks WHERE type = ? AND what = ? ORDER BY id LIMIT {EXAMPLES}"
        rows = staging.database.execute(named, (of, said_of))
        yield Odd(of, said_of, number, [str(row[0]) for row in rows])


def _left_out(staging: Staging) -> Iterator[LeftOutReason]:
    for (type_, fate, reason), number in staging.reasons().items():
        named = f"SELECT id FROM left_out WHERE type = ? AND fate = ? AND reason = ? ORDER BY id LIMIT {EXAMPLES}"
        rows = staging.database.execute(named, (type_, fate, reason))
        yield LeftOutReason(type_, fate, reason, number, [str(row[0]) for row in rows])
