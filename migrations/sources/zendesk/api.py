"""Reading an old Zendesk through its API.

Source: developer.zendesk.com, “Incremental Exports” (tickets and users by cursor; organizations by time, of which some
come again; what was changed in the last minute is left out; deleted tickets come with that status, archived ones as any
other), “Ticket Comments” (`include_inline_images`), “Suspended Tickets”, “Articles” (side-loaded translations).
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from migrations.records.person import Person
from migrations.sources.source import Reading
from migrations.sources.zendesk.access import OldZendesk
from migrations.sources.zendesk.account import OldAccount
from migrations.sources.zendesk.articles import Shelves, articles_of
from migrations.sources.zendesk.gathered import Gathered
from migrations.sources.zendesk.json_values import Body, bodies_in, body_in, one_line, text
from migrations.sources.zendesk.people import organization_of, person_of
from migrations.sources.zendesk.tickets import DELETED, Merging, deleted_ticket, keep_ticket, ticket_of
from migrations.sources.zendesk.writings import Writings
from migrations.staging.page import LeftOut, Page
from provisioners.errors import SystemFault
from provisioners.zendesk.replies import NOT_GIVEN

PAGE = 100
"""Tickets of one call of the export. Each takes a call of its own for its comments: more would not be quicker."""
TICKETS_IN_PAGE = 25
"""So that whoever stops the reading does not wait for long, and little is read again."""
AT_ONCE = 6
"""Tickets of which comments are asked for at the same time."""
PEOPLE = 1000
LIST = "list:"
"""Before a cursor in a list, where an export was left."""
END = "end"
"""The place behind the last page."""
CHARACTERS_IN_PAGE = 16_000_000
SUSPENDED = "suspended in the old Zendesk as spam or from nobody who is known; it deletes them after 14 days"
SIDE_LOADED = "metric_sets,comment_count"


_Answer = Future[Mapping[str, Any]]
_NOTHING: _Answer = Future()
"""For a deleted ticket, of which nothing is asked."""


@dataclass
class _Place:
    """Where in the tickets reading is. done: those of the page behind the cursor that are kept. ticket: the one of
    which comments are missing: `comments` of them are kept, and the next ones stand behind the cursor `after`;
    `closing` and `certain` are what its merging came to."""

    cursor: str = ""
    done: list[str] = field(default_factory=list)
    ticket: str = ""
    after: str = ""
    comments: int = 0
    closing: str = ""
    certain: bool = False

    def begin(self, ticket: str) -> Merging:
        """Where a ticket's comments are read from: on behind those that are kept, else from the first."""
        if ticket != self.ticket:
            self.ticket, self.after, self.comments, self.closing, self.certain = "", "", 0, "", False
        return Merging(ticket, self.closing, self.certain)

    def to_json(self) -> str:
        return json.dumps(asdict(self))


class ApiReader:
    """The parts of an account that are read page by page. Raises SystemFault."""

    def __init__(self, account: OldZendesk, reading: Reading) -> None:
        self._account = account
        self._reading = reading
        self._names = OldAccount.of(reading.staging.database)
        self._writings = Writings(account)
        self._gathered = Gathered()

    def pages(self, part: str, checkpoint: str) -> Iterator[Page]:
        """The pages of one part, by its name."""
        of_part = {
            "organizations": self.organizations,
            "people": self.people,
            "tickets": self.tickets,
            "suspended": self.suspended,
            "articles": self.articles,
        }
        yield from of_part[part](checkpoint)

    # ---------------------------------------------------------------- organizations and people

    def organizations(self, checkpoint: str) -> Iterator[Page]:
        """checkpoint: the time at which the next page begins, in seconds since 1970; behind `LIST`, a cursor. What
        comes again with that second is written anew.

        An export by time never comes past a second in which more was changed than a page has, as after an import: what
        is left is then read from the list, which has no deleted ones.
        """
        start = checkpoint or self._since()
        while start != END and not start.startswith(LIST):
            body = self._account.get("incremental/organizations", start_time=start, per_page=PEOPLE)
            gathered = Gathered()
            for each in bodies_in(body.get("organizations")):
                self._keep_organization(each, gathered)
            end = text(body.get("end_time"))
            is_last = body.get("end_of_stream") is True or not end
            before, start = start, END if is_last else end
            start = LIST if start == before else start
            yield gathered.page(start)
        if start == END:
            return
        for bodies, after in self._listed("organizations", "organizations", start.removeprefix(LIST)):
            gathered = Gathered()
            for each in bodies:
                self._keep_organization(each, gathered)
            yield gathered.page(f"{LIST}{after}")

    def _keep_organization(self, body: Body, gathered: Gathered) -> None:
        gathered.read += 1
        plain = gathered.keep_body("organizations", text(body.get("id")), body)
        organization = organization_of(plain, self._names)
        if plain.get("deleted_at"):
            why = "deleted in the old Zendesk"
            gathered.left_out.append(LeftOut("organizations", organization.id, "skipped", why, organization.name[:200]))
        else:
            gathered.records.append(organization)

    def people(self, checkpoint: str) -> Iterator[Page]:
        for body, cursor in self._export("users", checkpoint, PEOPLE):
            gathered = Gathered()
            for each in bodies_in(body.get("users")):
                gathered.read += 1
                plain = gathered.keep_body("people", text(each.get("id")), each)
                gathered.records.append(person_of(plain, self._names))
            if gathered.read:
                yield gathered.page(cursor)

    # ---------------------------------------------------------------- tickets

    def tickets(self, checkpoint: str) -> Iterator[Page]:
        """The tickets with all that was written in them. One that the account cannot give is put aside, whole."""
        place = _Place(**json.loads(checkpoint)) if checkpoint else _Place()
        for body, cursor in self._export("tickets", place.cursor, PAGE, include=SIDE_LOADED):
            for each, first in self._with_comments(_left(body, place), place):
                for _ in self._ticket(each, first, place):
                    if self._gathered.size > CHARACTERS_IN_PAGE:
                        yield self._flushed(place.to_json())
                place.done.append(text(each.get("id")))
                if self._gathered.size > CHARACTERS_IN_PAGE or self._gathered.read >= TICKETS_IN_PAGE:
                    yield self._flushed(place.to_json())
            place = _Place(cursor)
            if self._gathered.read:
                yield self._flushed(place.to_json())

    def _flushed(self, checkpoint: str) -> Page:
        page, self._gathered = self._gathered.page(checkpoint), Gathered()
        return page

    def _with_comments(self, bodies: list[Body], place: _Place) -> Iterator[tuple[Body, _Answer]]:
        """Each ticket, with the page of its comments that is asked for next: of a few tickets at the same time, so that
        the account's limit, and not the way there and back, says how quick it goes."""
        left, asked = iter(bodies), deque[tuple[Body, _Answer]]()
        with ThreadPoolExecutor(AT_ONCE) as threads:
            try:
                while True:
                    for body in islice(left, AT_ONCE - len(asked)):
                        key = text(body.get("id"))
                        after = place.after if key == place.ticket else ""
                        if text(body.get("status")) == DELETED:
                            asked.append((body, _NOTHING))
                        else:
                            asked.append((body, threads.submit(self._page_of_comments, key, after)))
                    if not asked:
                        return
                    yield asked.popleft()
            finally:
                threads.shutdown(cancel_futures=True)

    def _page_of_comments(self, key: str, after: str) -> Mapping[str, Any]:
        query = {"page[size]": PAGE, **({"page[after]": after} if after else {})}
        return self._account.get(f"tickets/{key}/comments", include_inline_images="true", **query)

    def _ticket(self, body: Body, first: _Answer, place: _Place) -> Iterator[None]:
        """One ticket; it yields where the page may end before more of its comments are read. first: the answer with the
        comments behind the place."""
        key = text(body.get("id"))
        self._gathered.read += 1
        if text(body.get("status")) == DELETED:
            self._gathered.ticket_is_gone(deleted_ticket(self._gathered.keep_body("tickets", key, body)))
            return
        merging = place.begin(key)
        try:
            after = self._comments(first.result(), body, place, merging)
            while after:
                place.after, place.ticket = after, key
                place.closing, place.certain = merging.closing, merging.certain
                self._gathered.read -= 1  # it is not whole yet
                yield
                self._gathered.read += 1
                after = self._comments(self._page_of_comments(key, after), body, place, merging)
        except SystemFault as fault:
            if not self._account.is_about_one(fault):
                raise
            plain = self._gathered.keep_body("tickets", key, body)
            left = deleted_ticket(plain)
            why = "the old Zendesk does not give it"
            self._gathered.ticket_is_gone(
                replace(left, fate="quarantined", reason=why, detail=fault.why, status=text(plain.get("status")))
            )
            return
        self._whole(self._gathered.keep_body("tickets", key, body), place, merging)

    def _comments(self, answer: Mapping[str, Any], body: Body, place: _Place, merging: Merging) -> str:
        """Keep one page of a ticket's comments; where the next one begins, empty behind the last."""
        gathered = Gathered()
        for each in bodies_in(answer.get("comments")):
            plain = self._writings.keep(each, text(body.get("id")), gathered)
            merging.heard(plain, text(body.get("requester_id")), gathered)
            place.comments += 1
        self._gathered.take(gathered)
        meta = body_in(answer.get("meta"))
        return text(meta.get("after_cursor")) if meta.get("has_more") is True else ""

    def _whole(self, body: Body, place: _Place, merging: Merging) -> None:
        requester = self._reading.staging.get(Person, text(body.get("requester_id")))
        language = requester.language if requester is not None else ""
        ticket = ticket_of(body, self._names, self._account.page, language)
        keep_ticket(body, ticket, self._gathered)
        merging.told(body, self._gathered)
        expected = body.get("comment_count")
        if isinstance(expected, int) and place.comments < expected:
            detail = f"{place.comments} were given, and it says that it has {expected}"
            self._gathered.remark("tickets", ticket.id, "not all comments", detail)

    def suspended(self, checkpoint: str) -> Iterator[Page]:
        """Mails that became no ticket: counted, and left where they are."""
        for bodies, after in self._listed("suspended_tickets", "suspended_tickets", checkpoint):
            gathered = Gathered()
            for each in bodies:
                gathered.read += 1
                subject = one_line(each.get("subject"))[:200]
                month = text(each.get("created_at"))[:7]
                key = f"suspended-{text(each.get('id'))}"
                plain = gathered.keep_body("tickets", key, each)
                channel = text(body_in(plain.get("via")).get("channel"))
                gathered.left_out.append(LeftOut("tickets", key, "skipped", SUSPENDED, subject, month, "", channel))
            yield gathered.page(after)

    # ---------------------------------------------------------------- articles

    def articles(self, checkpoint: str) -> Iterator[Page]:
        """Nothing where there is no help centre."""
        if checkpoint == END:
            return
        try:
            sections = self._account.client.pages("help_center/sections", "sections")
            categories = self._account.client.pages("help_center/categories", "categories")
        except SystemFault as fault:
            if fault.status not in NOT_GIVEN:
                raise
            return
        shelves = Shelves.of(sections, categories)
        for bodies, after in self._listed("help_center/articles", "articles", checkpoint, include="translations"):
            gathered = Gathered()
            for each in bodies:
                gathered.read += 1
                plain = gathered.keep_body("articles", text(each.get("id")), each)
                gathered.records += articles_of(plain, shelves)
            yield gathered.page(after)

    # ---------------------------------------------------------------- pages of the vendor's

    def _export(self, what: str, cursor: str, size: int, **more: Any) -> Iterator[tuple[Mapping[str, Any], str]]:
        """Each answer of an export by cursor, and the cursor behind it; `END` where there is none."""
        asked = {"cursor": cursor} if cursor else {"start_time": self._since()}
        while cursor != END:
            body = self._account.get(f"incremental/{what}/cursor", per_page=size, **asked, **more)
            cursor = text(body.get("after_cursor")) or END
            yield body, cursor
            if body.get("end_of_stream") is not False:
                return
            asked = {"cursor": cursor}

    def _listed(self, path: str, plural: str, checkpoint: str, **more: Any) -> Iterator[tuple[list[Body], str]]:
        """Each page of a list by cursor, and where the next one begins. A list that the account does not have is
        empty."""
        after = checkpoint
        while after != END:
            query = {"page[size]": PAGE, **({"page[after]": after} if after else {})}
            try:
                body = self._account.get(path, **query, **more)
            except SystemFault as fault:
                if fault.status not in NOT_GIVEN:
                    raise
                return
            meta = body_in(body.get("meta"))
            after = (text(meta.get("after_cursor")) if meta.get("has_more") is True else "") or END
            yield bodies_in(body.get(plural)), after

    def _since(self) -> str:
        day = self._reading.since
        return str(int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())) if day else "0"


def _left(answer: Body, place: _Place) -> list[Body]:
    """The tickets of a page of the export that are not kept yet, with their metrics, which may stand beside them."""
    metrics = {text(each.get("ticket_id")): each for each in bodies_in(answer.get("metric_sets"))}
    tickets = ((text(each.get("id")), each) for each in bodies_in(answer.get("tickets")))
    return [
        {"metric_set": metrics[key], **each} if key in metrics else each
        for key, each in tickets
        if key not in place.done
    ]
