"""Documents in which something is not what Freshdesk's pages say: whatever stands there, a record comes out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from migrations.records.record import Record
from migrations.sources.freshdesk import SOURCE, knowledge, older_words, people
from migrations.sources.freshdesk.attachments import Downloads
from migrations.sources.freshdesk.client import Client
from migrations.sources.freshdesk.gathering import Gathering
from migrations.sources.freshdesk.labels import Labels, labels_of
from migrations.sources.freshdesk.tickets import TicketReader
from migrations.sources.source import Reading
from migrations.staging.page import Page
from migrations.staging.staging import Staging

NOW = datetime(2026, 9, 21, tzinfo=UTC)
ODD: tuple[Any, ...] = (
    None,
    0,
    -1.5,
    True,
    "x",
    "\x00",
    [],
    [None, 1, "x", [], {}],
    [{"id": [], "name": 1}],
    {},
    {"a": 1},
)
SHELF = knowledge.Shelf("1", "a", "b", "", "https://x.freshdesk.com")
CONTACT = {"id": 1, "name": "A", "email": "a@x.example", "other_emails": [], "phone": "1", "mobile": "2", "tags": [],
           "company_id": 3, "custom_fields": {}, "created_at": "", "description": "", "language": "en"}  # fmt: skip
RULE = {"id": 1, "name": "A", "active": True, "conditions": [], "actions": [], "summary": {
    "performer": "", "events": [], "conditions": {}, "actions": []}}  # fmt: skip
SAMPLES: list[tuple[Callable[[Any], Record], dict[str, Any]]] = [
    (lambda said: people.contact(said, lambda _: False, NOW), CONTACT),
    (lambda said: people.agent(said, NOW), {"id": 1, "contact": {"name": "A"}, "name": "", "created_at": ""}),
    (lambda said: people.company(said, NOW), {"id": 1, "name": "A", "domains": [], "note": "", "custom_field": {}}),
    (people.group, {"id": 1, "name": "A"}),
    (lambda said: knowledge.canned_response(said, ""), {
        "id": 1, "title": "A", "content": "", "content_html": "", "attachments": [], "visibility": 0}),
    (knowledge.scenario, {"id": 1, "name": "A", "actions": [], "private": False, "description": ""}),
    (lambda said: knowledge.article(said, SHELF, "en", NOW), {
        "id": 1, "title": "A", "description": "", "status": 2, "tags": [], "created_at": ""}),
    (lambda said: knowledge.rule(said, 1), RULE),
]  # fmt: skip


def variants(sample: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The sample with each of its attributes in turn being something else, those inside others as well."""
    for name, value in sample.items():
        yield from ({**sample, name: odd} for odd in ODD if name != "id")
        yield {each: held for each, held in sample.items() if each != name or name == "id"}
        if isinstance(value, dict):
            yield from ({**sample, name: one} for one in variants(value))


@pytest.mark.parametrize(("make", "sample"), SAMPLES)
def test_things_of_lists(make: Callable[[Any], Record], sample: dict[str, Any]) -> None:
    for document in variants(sample):
        record = make(document)
        assert type(record).from_json(record.to_json()) == record, document
        assert "\\u0000" not in record.to_json()


def test_folders_and_fields() -> None:
    for document in variants({"id": 1, "name": "A", "visibility": 1}):
        knowledge.Shelf.of(document, "", "", "")
    for odd in ODD:
        assert list(labels_of([odd, {"name": "status", "choices": odd}, {"name": odd}])) in ([], [("status", "1", "a")])


TICKET = {
    "id": 1, "subject": "", "description": "", "description_text": "", "status": 2, "priority": 1, "source": 1,
    "type": "",
    "requester_id": 1, "responder_id": 1, "group_id": 1, "company_id": 1, "product_id": 1, "to_emails": [],
    "cc_emails": [], "custom_fields": {"a": 1}, "tags": [], "created_at": "", "updated_at": "",
    "stats": {"closed_at": ""},
    "attachments": [{"id": 1, "name": "", "size": 1, "content_type": "", "attachment_url": ""}], "spam": False,
}  # fmt: skip
COMMENT = {"id": 5, "body": "", "body_text": "", "private": False, "incoming": True, "source": 0, "user_id": 1,
           "from_email": "", "to_emails": [], "cc_emails": [], "created_at": "", "attachments": []}  # fmt: skip
OLDER = {"display_id": 1, "cc_email": {"cc_emails": []}, "custom_field": {"a_1": 1}, "tags": [], "notes": [],
         "attachments": [{"content_file_name": ""}], "to_email": ""}  # fmt: skip


@pytest.fixture
def read(tmp_path: Path) -> Callable[[Any, Any], Page]:
    """Reads a ticket and one thing of its conversation, and keeps them."""
    export = SOURCE.Settings.model_validate({"export": {"path": "x"}})
    staging = Staging(tmp_path)
    reading = Reading(export, tmp_path, staging)
    SOURCE.settle(reading)  # makes the tables
    staging.checkpoint("tickets")
    gathering = Gathering()
    downloads = Downloads(Client(""), staging.files, gathering, 100)
    reader = TicketReader(reading, gathering, Labels(staging.database), downloads, "")

    def take(ticket: Any, comment: Any) -> Page:
        reader.is_seen(ticket)
        if not reader.unwanted(ticket):
            reader.ticket(ticket)
            reader.comment(comment, ticket)
        reader.end(ticket)
        page = gathering.page("x")
        staging.take("tickets", page)
        return page

    return take


def test_tickets_and_conversations(read: Callable[[Any, Any], Page]) -> None:
    for ticket in variants(TICKET):
        assert read(ticket, COMMENT).records or ticket["spam"]
    for comment in variants(COMMENT):
        assert read(TICKET, comment).records
    for older in variants(OLDER):
        older_words.notes(older)
        read(older_words.ticket({"display_id": 1, **older}), older_words.conversation({"id": 5, **older}))
