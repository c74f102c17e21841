"""A ticket in the new helpdesk's own words, before anybody knows its ids there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from config.declaration import Declaration
from config.kinds.fields import CHOICE_TYPES
from migrations.declared.mapping import PLACEHOLDER, FieldRow, Row, WordMapping
from migrations.declared.migration import Migration
from migrations.records.attachment import Attachment
from migrations.records.comment import Comment
from migrations.records.record import Value
from migrations.records.ticket import Ticket
from migrations.sending.fitting import Misfit, fitted
from migrations.staging.staging import Staging

MERGED = "merged"
"""The tag of a ticket that became part of another one. Its texts stand nowhere else, so it comes by itself, closed."""

DONE = ("solved", "closed")
WAITS = "it is not finished in the old tool yet, and `open_tickets` says that it waits for that"


@dataclass(frozen=True)
class Outgoing:
    """requester, assignee, copied and organization: ids of the old tool; assignee is empty for somebody without a seat.
    group and the keys of `values`: as the files have them. misfits: values that the new field cannot hold, which stay
    behind."""

    source: str
    subject: str
    requester: str
    assignee: str
    group: str
    status: str
    priority: str
    kind: str
    tags: tuple[str, ...]
    values: Mapping[str, Value]
    created: str
    updated: str
    solved: str
    organization: str
    copied: tuple[str, ...]
    comments: Sequence[Comment]
    files: Mapping[str, Sequence[Attachment]] = field(default_factory=dict)
    """Comment → what it brings."""
    seats: Mapping[str, str] = field(default_factory=dict)
    """Of the people whom it names, those who have a seat → their keys in the files."""
    misfits: Sequence[Misfit] = ()

    @property
    def people(self) -> set[str]:
        """Everybody whom it names, by their old ids."""
        return {self.requester, self.assignee, *self.copied, *(each.author for each in self.comments)} - {""}

    @property
    def is_closed(self) -> bool:
        return self.status == "closed"


def left_out_because(ticket: Ticket, migration: Migration) -> str:
    """Why a ticket is not sent; empty where it is."""
    window = migration.window
    day = ticket.created.at[:10] if ticket.created is not None else ""
    if window is not None and window.since and day < window.since:
        return f"it began before {window.since}"
    if window is not None and window.before and day >= window.before:
        return f"it began on {window.before} or later"
    if migration.open_tickets == "wait" and new_status(ticket, migration) not in DONE:
        return WAITS
    return ""


def new_status(ticket: Ticket, migration: Migration) -> str:
    """The status with which a ticket comes."""
    if ticket.merged_into:
        return "closed"
    return _place((migration.mapping or WordMapping()).statuses, ticket.status) or "closed"


def outgoing(ticket: Ticket, staging: Staging, migration: Migration, declared: Declaration) -> Outgoing:
    """The ticket as it is sent, with its comments and files; the mapping is whole (`migrations.mapping.checking`)."""
    comments = list(staging.all(Comment, "ticket = ?", (ticket.id,), "at, id"))
    files: dict[str, list[Attachment]] = {}
    for each in staging.all(Attachment, "ticket = ?", (ticket.id,)):
        files.setdefault(each.comment, []).append(each)
    mapping = migration.mapping or WordMapping()
    values, misfits = _values(ticket, mapping, declared)
    named = {ticket.requester, ticket.assignee, *ticket.copied, *(each.author for each in comments)}
    seats = {each: to for each in named if (to := seat_key(each, mapping))}
    created = ticket.created.at if ticket.created is not None else ""
    updated = ticket.updated.at if ticket.updated is not None else created
    return Outgoing(
        source=ticket.id,
        subject=ticket.subject,
        requester=ticket.requester,
        assignee=ticket.assignee if ticket.assignee in seats else "",
        group=_place(mapping.groups, ticket.group),
        status=new_status(ticket, migration),
        priority=_place(mapping.priorities, ticket.priority),
        kind=_place(mapping.kinds, ticket.kind),
        tags=_tags(ticket, mapping, migration.mark),
        values=values,
        created=created,
        updated=updated,
        solved=ticket.solved.at if ticket.solved is not None else updated,
        organization=ticket.organization,
        copied=ticket.copied,
        comments=comments,
        files=files,
        seats=seats,
        misfits=misfits,
    )


def digest_of(out: Outgoing) -> str:
    """The same as long as the old tool holds the same and the file decides the same about it; without the new
    helpdesk's ids, of which each sending makes others."""
    comments = [
        (
            each.author,
            each.public,
            each.created.at if each.created is not None else "",
            each.body,
            each.html,
            [(file.name, file.digest, file.size) for file in out.files.get(each.id, ())],
        )
        for each in out.comments
    ]
    facts = {
        name: getattr(out, name)
        for name in out.__dataclass_fields__
        if name not in ("comments", "files", "misfits", "seats", "values")
    }
    text = json.dumps([facts, dict(out.values), dict(out.seats), comments], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def seat_key(person: str, mapping: WordMapping) -> str:
    """The key, in the files, of whoever of the client's own people an old id is; empty for somebody without a seat."""
    to = mapping.people.get(person, Row()).to
    return "" if to in (None, PLACEHOLDER) else str(to)


def _place(rows: Mapping[str, Row], word: str) -> str:
    return (rows[word].to or "") if word in rows else ""


def _tags(ticket: Ticket, mapping: WordMapping, mark: str) -> tuple[str, ...]:
    """As they are, unless the mapping says otherwise; and the mark of what was brought over."""
    kept = []
    for tag in ticket.tags:
        row = mapping.tags.get(tag)
        if row is None or not row.is_decided:
            kept.append(tag)
        elif row.to is not None:
            kept.append(row.to)
    merged = (MERGED,) if ticket.merged_into else ()
    return tuple(dict.fromkeys((*("_".join(tag.split()) for tag in kept), *merged, mark)))


def _values(ticket: Ticket, mapping: WordMapping, declared: Declaration) -> tuple[dict[str, Value], list[Misfit]]:
    found: dict[str, Value] = {}
    misfits: list[Misfit] = []
    for word, value in ticket.values.items():
        row = mapping.ticket_fields.get(word)
        if row is None or row.to is None or value in (None, "", []):
            continue
        target = declared.get("ticket_fields", row.to)
        if target is None:
            continue
        said = _translated(row, value) if target.value.type in CHOICE_TYPES else value
        held, misfit = fitted(said, target)
        if misfit:
            misfits.append(Misfit(ticket.id, word, str(value), misfit))
        elif held not in (None, "", []):
            found[row.to] = held
    return found, misfits


def _translated(row: FieldRow, value: Value) -> Value:
    """Choices by the keys of the new field's options; what is dropped is not there any more."""
    each = value if isinstance(value, list) else [str(value)]
    return [place for one in each if (place := row.values.get(str(one), Row()).to) is not None]
