"""What one row says, and what tickets become of rows."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from migrations.records.comment import Comment
from migrations.records.moment import Moment
from migrations.records.record import Value
from migrations.records.ticket import Ticket

NO_SUBJECT = "(no subject)"
LONGEST_SUBJECT = 150
RESOLVED, UNRESOLVED = "resolved", "unresolved"
"""The status of a ticket that says none, by whether it has a time `resolved`."""


@dataclass(slots=True)
class Note:
    """author: the id of a person; empty where nobody is named."""

    body: str
    author: str
    public: bool
    created: Moment | None


@dataclass(slots=True)
class Entry:
    """A row, understood. It holds what is said; empty is what is not."""

    ticket: str
    number: str
    date: Moment
    subject: str = ""
    requester: str = ""
    assignee: str = ""
    organization: str = ""
    status: str = ""
    priority: str = ""
    channel: str = ""
    group: str = ""
    kind: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    values: dict[str, Value] = field(default_factory=dict)
    updated: Moment | None = None
    first_answer: Moment | None = None
    resolved: Moment | None = None
    notes: list[Note] = field(default_factory=list)

    def to_json(self) -> str:
        """For a table, until all rows of the ticket are known."""
        said = [getattr(self, name) for name in _NAMES]
        return _ENCODER.encode([*said, [[each.body, each.author, each.public, each.created] for each in self.notes]])

    @classmethod
    def from_json(cls, text: str) -> Entry:
        """What `to_json` has written."""
        *said, notes = json.loads(text)
        entry = cls(*said)
        entry.date = Moment(*entry.date)
        for name in ("updated", "first_answer", "resolved"):
            held = getattr(entry, name)
            setattr(entry, name, Moment(*held) if held else None)
        entry.notes = [
            Note(body, author, public, Moment(*created) if created else None) for body, author, public, created in notes
        ]
        return entry


_FROM_FIRST = ("subject", "requester", "organization", "channel", "language", "notes")
_FROM_LAST = ("assignee", "status", "priority", "group", "kind", "resolved")
_NAMES = tuple(name for name in Entry.__slots__ if name != "notes")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


class Folding:
    """The ticket that rows come to, given in the order of their times: what it is about stands in the first that says
    it, how far it got in the last."""

    def __init__(self, first: Entry) -> None:
        self._one = first

    def add(self, entry: Entry) -> None:
        one = self._one
        for name in _FROM_FIRST:
            if not getattr(one, name):
                setattr(one, name, getattr(entry, name))
        for name in _FROM_LAST:
            if said := getattr(entry, name):
                setattr(one, name, said)
        answers = [each for each in (one.first_answer, entry.first_answer) if each]
        one.first_answer = min(answers, key=_at, default=None)
        one.updated = max(one.updated or one.date, entry.updated or entry.date, key=_at)
        one.tags = tuple(dict.fromkeys((*one.tags, *entry.tags)))
        one.values |= entry.values

    def ticket(self) -> Ticket:
        one = self._one
        values = {**one.values, "first_answer": one.first_answer.at} if one.first_answer else one.values
        return Ticket(
            id=one.ticket,
            number=one.number,
            subject=one.subject or _subject(one, values),
            requester=one.requester,
            assignee=one.assignee,
            group=one.group,
            status=one.status or (RESOLVED if one.resolved else UNRESOLVED),
            priority=one.priority,
            kind=one.kind,
            channel=one.channel,
            language=one.language,
            organization=one.organization,
            tags=one.tags,
            values=values,
            created=one.date,
            updated=one.updated or one.resolved or one.date,
            solved=one.resolved,
        )


def _at(moment: Moment) -> str:
    return moment.at


def _subject(entry: Entry, values: dict[str, Value]) -> str:
    """Of a ticket that says none: the first line of what was written, or its category."""
    for note in entry.notes:
        if line := note.body.split("\n", 1)[0].strip():
            return line[:LONGEST_SUBJECT]
    return str(values.get("category") or NO_SUBJECT)


def comments_of(entry: Entry, sort: str, before: int = 0) -> list[Comment]:
    """What was written in a row. sort: in their ids, so that those of tickets and of events differ. before: how many
    comments the ticket has from earlier rows."""
    return [
        Comment(
            id=f"{entry.ticket}/{sort}-{number:05}",
            ticket=entry.ticket,
            author=note.author,
            public=note.public,
            body=note.body,
            created=note.created or entry.date,
        )
        for number, note in enumerate(entry.notes, start=before + 1)
    ]
