"""Tickets of an old Zendesk.

Source: developer.zendesk.com, “Tickets”, “Incremental Exports”, “Via object reference”, “Merge Tickets into Target
Ticket”; support.zendesk.com, “Merging tickets”: a merged ticket is closed, gets the tag `closed_by_merge`, and its last
comment says, in words that agents can change, into which one it was merged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from migrations.records.ticket import MOST_COPIED, Ticket
from migrations.sources.zendesk.account import OldAccount
from migrations.sources.zendesk.gathered import Gathered
from migrations.sources.zendesk.json_values import Body, body_in, listed, moment, one_line, text, texts_in
from migrations.staging.page import LeftOut

DELETED = "deleted"
MERGED_TAG = "closed_by_merge"
_INTO = re.compile(r"merged into request #(\d+)")
_NUMBER = re.compile(r"#(\d+)")
_MERGED_INTO_IT = "INSERT OR REPLACE INTO zendesk_taken_in VALUES (?, ?)"
_MERGED = "INSERT OR REPLACE INTO zendesk_merged VALUES (?, ?)"
_NOT_MERGED = "DELETE FROM zendesk_merged WHERE ticket = ?"


def ticket_of(body: Body, account: OldAccount, page: str, language: str) -> Ticket:
    """page: where agents open tickets, before the number. language: the requester's, which is what Zendesk itself
    takes for the ticket's."""
    identifier = text(body.get("id"))
    copied = body.get("email_cc_ids")
    shadows = account.tags_of_fields(body)
    return Ticket(
        id=identifier,
        number=identifier,
        subject=one_line(body.get("subject") or body.get("raw_subject")),
        requester=text(body.get("requester_id")),
        assignee=text(body.get("assignee_id")),
        group=account.groups.get(text(body.get("group_id")), text(body.get("group_id"))),
        status=account.status(body),
        priority=text(body.get("priority")),
        kind=text(body.get("type")),
        channel=text(body_in(body.get("via")).get("channel")),
        language=language,
        organization=text(body.get("organization_id")),
        address=one_line(body.get("recipient")).lower(),
        copied=texts_in(body.get("collaborator_ids") if copied is None else copied)[:MOST_COPIED],
        tags=tuple(each for each in texts_in(body.get("tags")) if each not in shadows),
        values=account.ticket_values(body),
        created=moment(body.get("created_at")),
        updated=moment(body.get("updated_at")),
        solved=moment(body_in(body.get("metric_set")).get("solved_at")),
        url=f"{page}{identifier}" if page else "",
    )


def keep_ticket(body: Body, ticket: Ticket, gathered: Gathered) -> None:
    """The ticket, and what a person should know of it."""
    gathered.records.append(ticket)
    gathered.ticket_is_there(ticket.id)
    if ticket.created is None:
        gathered.remark("tickets", ticket.id, "no time", text(body.get("created_at")))
    copied = max(len(listed(body.get("email_cc_ids"))), len(ticket.copied))
    if copied > MOST_COPIED:
        gathered.remark("tickets", ticket.id, "many receivers", f"{copied}; the first {MOST_COPIED} are kept in copy")


def deleted_ticket(body: Body) -> LeftOut:
    return LeftOut(
        "tickets",
        text(body.get("id")),
        "skipped",
        "deleted in the old Zendesk",
        one_line(body.get("subject"))[:200],
        text(body.get("created_at"))[:7],
        DELETED,
        text(body_in(body.get("via")).get("channel")),
    )


@dataclass
class Merging:
    """What a ticket's comments say of merging, in their order. closing: the number that the latest one names which may
    be the one that closed it; certain: whether that one says outright that it was merged."""

    ticket: str
    closing: str = ""
    certain: bool = False

    def heard(self, comment: Body, requester: str, gathered: Gathered) -> None:
        via = body_in(comment.get("via"))
        source = body_in(via.get("source"))
        by_merge = source.get("rel") == "merge" or via.get("channel") == "merge"
        said = text(comment.get("plain_body")) or text(comment.get("body"))
        by_requester = text(comment.get("author_id")) == requester
        into = _INTO.search(said)
        if into and (by_merge or not by_requester):
            self.closing, self.certain = into[1], True
            return
        if by_merge:
            for each in _sources(body_in(source.get("from"))):
                if each != self.ticket:
                    gathered.do(_MERGED_INTO_IT, each, self.ticket)
        named = None if by_requester else _NUMBER.search(said)
        self.closing, self.certain = (named[1] if named else ""), False

    def told(self, body: Body, gathered: Gathered) -> None:
        """Keep what came out. A ticket that only happens to have such a comment in its middle was not merged."""
        is_merged = text(body.get("status")) == "closed" and (MERGED_TAG in texts_in(body.get("tags")) or self.certain)
        if not is_merged:
            gathered.do(_NOT_MERGED, self.ticket)
            return
        gathered.do(_MERGED, self.ticket, self.closing if self.closing != self.ticket else "")


def _sources(origin: Body) -> tuple[str, ...]:
    """The tickets that were merged into the one in which the comment stands."""
    return texts_in([*listed(origin.get("ticket_ids")), origin.get("ticket_id")])
