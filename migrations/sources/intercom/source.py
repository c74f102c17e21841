"""Intercom, over its API. What only reading needs is imported where it is used: checking files has to start at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any, ClassVar

from config.model import Model
from migrations.records.record import RecordType
from migrations.sources.intercom.settings import IntercomSettings
from migrations.sources.source import Reading, Source, Trap
from migrations.staging.page import Page

if TYPE_CHECKING:
    from migrations.sources.intercom.api import ApiReading


class IntercomSource(Source):
    name = "intercom"
    title = "Intercom"
    Settings: ClassVar[type[Model]] = IntercomSettings
    gives: ClassVar[tuple[RecordType, ...]] = (
        "organizations", "people", "tickets", "comments", "attachments", "articles", "groups",
    )  # fmt: skip
    raw_becomes: ClassVar[Mapping[str, RecordType]] = {
        "conversation": "tickets", "contact": "people", "company": "organizations",
    }  # fmt: skip
    statuses: ClassVar = {
        "open": "open",
        "closed": "closed",
        "snoozed": "pending",
        "submitted": "open",
        "in progress": "open",
        "waiting on customer": "pending",
        "resolved": "solved",
    }
    priorities: ClassVar = {"priority": "high", "not_priority": "normal"}
    traps: ClassVar[Sequence[Trap]] = (
        Trap(
            "Of a conversation, and of a ticket, only the newest 500 parts can be had, events among them",
            "the first message is always there; each ticket of which older messages are missing has a remark with how "
            "many. Where they matter, export the transcript by hand in Intercom",
        ),
        Trap(
            "The message with which a conversation began is none of its parts",
            "it becomes the ticket's first comment; where a campaign or a bot began it, it is theirs",
        ),
        Trap(
            "Assignments, changes of state, snoozing and the like are parts as well",
            "they are no comments: each sort is counted and left out with the reason",
        ),
        Trap(
            "Colleagues can write while they assign, open or snooze, and Intercom does not say who read it",
            "each such text has a remark and is private, unless `texts_of_actions` says `public`: look at some of them "
            "in Intercom first. What customers wrote and what was written while closing is public",
        ),
        Trap("Notes no customer has seen", "they are private, whoever reopened or assigned with them"),
        Trap(
            "A customer's ticket is a conversation as well",
            "it is one ticket: the conversation's messages, and number, state, type and fields of the ticket",
        ),
        Trap(
            "Tickets for colleagues (back-office, tracker) have comments that customers never saw",
            "all of such a ticket is private, unless Intercom says that it is shared; the conversations to which it is "
            "linked stand in the field `linked`",
        ),
        Trap(
            "States and types of tickets are the workspace's own",
            "they are kept by the word that agents see; the mapping says what each becomes",
        ),
        Trap("There is one step of priority, yes or no", "`priority` is proposed as high, `not_priority` as normal"),
        Trap(
            "What changes while the list is read moves to its other end",
            "after each list, what has changed since its beginning is asked for once more, and read once",
        ),
        Trap(
            "A contact that was merged into another one is gone, but its old id stays in what it wrote",
            "it is found by its address; otherwise it becomes a person by the name that stands beside its words",
        ),
        Trap(
            "Colleagues and contacts that were deleted are in no list",
            "each is looked up by the id, and whoever cannot be found becomes a named person who is not active",
        ),
        Trap(
            "Bots write in their own name (Fin, Operator, workflows)",
            "what they wrote is kept, marked as automatic, by a person on the tool's side",
        ),
        Trap(
            "Messages that came over X (Twitter) have neither words nor author in the API",
            "they are carried over as Intercom gives them, by a customer without a name",
        ),
        Trap("Redacted messages have no words any more", "each stays as a comment that says so, and has a remark"),
        Trap(
            "Only one list of companies can be gone through at a time, and it ends after a minute",
            "golive waits for another one to end, and begins anew where an answer was lost; companies without any user "
            "are in no list",
        ),
        Trap(
            "A contact can belong to several companies",
            "the first is the organization; the others stand in the field `more_companies`",
        ),
        Trap(
            "Links to attachments and pictures end after 30 minutes",
            "they are downloaded while reading; one whose link has ended is asked for once more; what cannot be had "
            "keeps its name and the reason. Pictures of other hosts stay links: fetching them would tell their owners "
            "who reads",
        ),
        Trap(
            "A token that may not read tickets, people or articles reads the rest",
            "golive stops and names what is missing instead of leaving it out; what the plan does not have is a remark",
        ),
        Trap(
            "Each conversation has to be asked for by itself",
            "one call each: the vendor's limit of 10,000 a minute is far, the way there and back is what takes time",
        ),
        Trap("Macros cannot be had over the API", "copy them by hand; golive has none of them"),
        Trap(
            "Workflows, assignment rules, SLAs and Fin's guidance cannot be had either",
            "list them by hand from Intercom's settings, to be rebuilt",
        ),
        Trap(
            "Articles for colleagues, news, call recordings, custom objects, events, segments and calls",
            "they are not read; of a custom object, a field keeps what the conversation says of it",
        ),
        Trap("The export of Intercom's own is statistics without words", "it is not read"),
    )

    def tells_changes(self, settings: Any) -> bool:
        return True

    def parts(self, reading: Reading) -> Sequence[str]:
        return self._opened(reading).parts

    def pages(self, reading: Reading, part: str, checkpoint: str) -> Iterator[Page]:
        yield from self._opened(reading).pages(part, checkpoint)

    def settle(self, reading: Reading) -> None:
        """What was left out once and read later is there."""
        said = "DELETE FROM left_out WHERE type = 'tickets' AND id IN (SELECT id FROM tickets)"
        reading.staging.database.execute(said)

    def _opened(self, reading: Reading) -> ApiReading:
        from migrations.sources.intercom.api import ApiReading

        tables = files("migrations.sources.intercom").joinpath("tables.sql").read_text(encoding="utf-8")
        reading.staging.database.executescript(tables)
        return ApiReading(reading)
