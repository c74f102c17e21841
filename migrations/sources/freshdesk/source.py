"""Freshdesk, over its API or from an account export. What only reading needs is imported where it is used: checking
files has to start at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING, Any, ClassVar

from config.model import Model
from migrations.records.record import RecordType
from migrations.records.ticket import Ticket
from migrations.sources.freshdesk.placeholders import placeholder
from migrations.sources.freshdesk.settings import FreshdeskSettings
from migrations.sources.source import Reading, Source, Trap
from migrations.staging.page import Page
from migrations.staging.staging import Staging

if TYPE_CHECKING:
    from migrations.sources.freshdesk.api import ApiReading
    from migrations.sources.freshdesk.export import ExportReading


class FreshdeskSource(Source):
    name = "freshdesk"
    title = "Freshdesk"
    Settings: ClassVar[type[Model]] = FreshdeskSettings
    gives: ClassVar[tuple[RecordType, ...]] = (
        "organizations", "people", "tickets", "comments", "attachments", "articles", "macros", "rules", "groups",
    )  # fmt: skip
    raw_becomes: ClassVar[Mapping[str, RecordType]] = {
        "ticket": "tickets", "contact": "people", "agent": "people", "company": "organizations",
    }  # fmt: skip
    statuses: ClassVar = {
        "Open": "open",
        "Pending": "pending",
        "Resolved": "solved",
        "Closed": "closed",
        "Waiting on Customer": "pending",
        "Waiting on Third Party": "hold",
    }
    priorities: ClassVar = {"Low": "low", "Medium": "normal", "High": "high", "Urgent": "urgent"}
    traps: ClassVar[Sequence[Trap]] = (
        Trap(
            "The list of tickets begins thirty days ago and ends after 300 pages (30,000 tickets)",
            "it is asked for from the oldest change on, and again from the last change that was seen, so that its end "
            "is never met and a ticket that changes meanwhile is read again; where more than 30,000 changed in one "
            "second, golive asks for the export instead",
        ),
        Trap(
            "Closed tickets that nobody touched for 120 days are archived: only their number leads there, and no list",
            "tickets into which others were merged are looked up by themselves; for all others `archived` says among "
            "which numbers to look, one call each, and Freshdesk does not say there when one was solved; the account "
            "export holds them all",
        ),
        Trap(
            "Spam and the bin are in no ordinary list",
            "both are listed, counted and left out with the reason; `spam` and `deleted` carry them over",
        ),
        Trap("A ticket's description is no conversation", "it becomes the ticket's first comment"),
        Trap(
            "The list of tickets names no attachments, and a ticket brings ten conversations at most",
            "each ticket is asked for by itself, and from ten conversations on its list, page by page: two of the "
            "account's calls for most tickets, so at 400 a minute 100,000 tickets take about eight hours",
        ),
        Trap(
            "The limit of calls is that of the whole account, shared with all of the client's other tools",
            "golive waits as long as Freshdesk says; `calls_per_minute` keeps it below that",
        ),
        Trap(
            "Private notes, and what was forwarded to somebody else, no customer has seen",
            "only what Freshdesk calls not private is public, and nothing that was forwarded",
        ),
        Trap(
            "Nothing but a note names the ticket into which another was merged",
            "the note that Freshdesk writes by itself, in English, is understood; one that somebody wrote in its place "
            "is not, and such a ticket looks like any other closed one",
        ),
        Trap(
            "Links to attachments and pictures end after minutes",
            "they are downloaded while reading; one whose link ended is asked for once more; what cannot be had keeps "
            "its name and the reason. The links of an account export are as old as the export",
        ),
        Trap(
            "Pictures of other hosts stand in texts", "they stay links: fetching them would tell their owners who reads"
        ),
        Trap(
            "Deleted and blocked contacts are in no list, and some are nowhere",
            "each person whom a ticket or a comment names is looked up by the id; who cannot be found becomes a named "
            "placeholder, so that nothing falls to somebody else",
        ),
        Trap(
            "Statuses, ticket types and sources can be the account's own",
            "each is kept by the word that agents see; the mapping says what it becomes",
        ),
        Trap(
            "Rules (on a new ticket, every hour, on a change) are only listed with an administrator's key",
            "they are listed in Freshdesk's own sentences, to be rebuilt by hand, without the secrets of their "
            "webhooks; the account export has none",
        ),
        Trap(
            "Canned responses in somebody's own folder are seen by that agent only",
            "those of the key's owner are read; others' have to be shared first",
        ),
        Trap(
            "Articles for agents or for some companies look like all others",
            "they are read and marked as not published",
        ),
        Trap(
            "The account export is asked for in Freshdesk, by an administrator: golive never writes there",
            "Freshdesk makes it for a while and mails a link to the ZIP; only JSON is understood, and a status whose "
            "name it does not say keeps its number",
        ),
        Trap(
            "Time entries, satisfaction ratings, forums, threads among colleagues, products and SLA policies",
            "they are not read",
        ),
    )

    def tells_changes(self, settings: Any) -> bool:
        held: FreshdeskSettings = settings
        return held.api is not None

    def parts(self, reading: Reading) -> Sequence[str]:
        return self._way(reading).parts

    def pages(self, reading: Reading, part: str, checkpoint: str) -> Iterator[Page]:
        yield from self._way(reading).pages(part, checkpoint)

    def placeholder(self, name: str, staging: Staging) -> str:
        return placeholder(name)

    def settle(self, reading: Reading) -> None:
        """Say of merged tickets what they became part of; what was left out once and read later is there."""
        self._prepare(reading)
        staging = reading.staging
        with staging.transaction():
            staging.database.execute("DELETE FROM left_out WHERE type = 'tickets' AND id IN (SELECT id FROM tickets)")
            for number, into in staging.database.execute("SELECT ticket, into_ FROM freshdesk_merges ORDER BY ticket"):
                ticket = staging.get(Ticket, str(number))
                if ticket is not None and ticket.merged_into != into:
                    staging.put(replace(ticket, merged_into=str(into)))

    def _way(self, reading: Reading) -> ApiReading | ExportReading:
        from migrations.sources.freshdesk.api import ApiReading
        from migrations.sources.freshdesk.export import ExportReading

        self._prepare(reading)
        return ApiReading(reading) if reading.settings.api else ExportReading(reading)

    def _prepare(self, reading: Reading) -> None:
        tables = files("migrations.sources.freshdesk").joinpath("tables.sql").read_text(encoding="utf-8")
        reading.staging.database.executescript(tables)
