"""What becomes of what an Intercom holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from migrations.records.article import Article
from migrations.records.attachment import Attachment
from migrations.records.comment import Comment
from migrations.records.organization import Organization
from migrations.records.person import Person
from migrations.records.ticket import Ticket
from migrations.sources.intercom import SOURCE
from migrations.staging.staging import Staging
from tests.migrations.intercom.desk import ANN, BOB, GRACE, intercom, staged


@pytest.fixture(scope="module")
def staging(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staging]:
    with intercom() as sandbox:
        found = staged(sandbox, tmp_path_factory.mktemp("desk"))
        assert not sandbox.writes()
        yield found


def person(staging: Staging, email: str) -> Person:
    [found] = staging.all(Person, "email = ?", (email,))
    return found


def ticket(staging: Staging, number: str) -> Ticket:
    found = staging.get(Ticket, number)
    assert found is not None
    return found


def comments(staging: Staging, number: str) -> list[Comment]:
    return list(staging.all(Comment, "ticket = ?", (number,), "at, id"))


def test_a_conversation_has_its_facts_in_intercoms_own_words(staging: Staging) -> None:
    found = ticket(staging, "1")
    assert (found.subject, found.status, found.priority, found.channel, found.group) == (
        "Where is it?", "closed", "priority", "email", "Tier 1",
    )  # fmt: skip
    ann, bob, grace = (person(staging, each) for each in (ANN, BOB, GRACE))
    assert (found.requester, found.copied, found.assignee) == (ann.id, (bob.id,), grace.id)
    assert found.tags == ("late",) and found.values == {
        "Reason": "Refund", "rating": 4, "delivered_as": "customer_initiated",
    }  # fmt: skip
    assert found.created is not None and (found.created.at, found.created.said) == (
        "2026-03-01T10:00:00Z", "1772359200",
    )  # fmt: skip
    assert found.solved is not None and found.solved.at == "2026-03-04T10:00:00Z"
    snoozed = ticket(staging, "2")
    assert (snoozed.status, snoozed.requester) == ("snoozed", bob.id)
    assert snoozed.values["snoozed_until"] == "2027-01-15T08:00:00Z" and snoozed.solved is None


def test_the_first_message_comes_first_and_notes_stay_private(staging: Staging) -> None:
    said = comments(staging, "1")
    assert [(each.body, each.public) for each in said] == [
        ("Hello\n\nWhere is it?", True), ("Which one?", True), ("She is angry", False), ("Look", True),
        ("Yours?", False), ("Done", True),
    ]  # fmt: skip
    ann, grace = person(staging, ANN).id, person(staging, GRACE).id
    assert [each.author for each in said[:3]] == [ann, grace, grace]
    assert said[1].copied == (ann, "mail-cid@tidewater.example") and said[2].copied == ()
    assert ("comments", "whether the customer read it, Intercom does not say") in staging.remarks()


def test_what_is_no_comment_is_counted(staging: Staging) -> None:
    assert staging.reasons() == {
        ("comments", "skipped", "an event, no comment: assignment"): 1,
        ("comments", "skipped", "an event, no comment: ticket_state_updated_by_admin"): 1,
    }


def test_files_are_there_and_pictures_are_named_in_the_text(staging: Staging) -> None:
    found = {each.name: each for each in staging.all(Attachment, "ticket = '1'")}
    assert {name: staging.files.content(each.digest) for name, each in found.items()} == {
        "bill.pdf": b"%PDF", "note.txt": b"hush", "picture-0": b"PNG",
    }  # fmt: skip
    picture = found["picture-0"]
    shown = staging.get(Comment, picture.comment)
    assert shown is not None and f'src="cid:{picture.content_id}"' in shown.html and picture.inline


def test_whoever_wrote_is_somebody(staging: Staging) -> None:
    look = comments(staging, "1")[3]
    assert look.author == person(staging, ANN).id  # merged: the lead's id is nobody's any more
    written = {each.body: each for each in comments(staging, "2")}
    people = {body: staging.get(Person, each.author) for body, each in written.items()}
    assert {body: (each.name, each.side, each.active) for body, each in people.items() if each} == {
        "May I help?": ("Fin", "tool", False), "[redacted in Intercom]": ("Lou", "customer", False),
        "Sorry": ("Otis", "team", False), "We": ("Tier 1", "team", False),
        "x": ("Customer whom Intercom does not name", "customer", False),
    }  # fmt: skip
    assert written["May I help?"].automatic and not written["Sorry"].automatic
    remarks = staging.remarks()
    assert remarks["people", "nobody has this id in Intercom any more"] == 2
    assert remarks["people", "merged into another contact, found by the address"] == 1
    assert remarks["comments", "somebody has redacted it in Intercom"] == 1


def test_people_and_companies_have_what_belongs_to_them(staging: Staging) -> None:
    ann = person(staging, ANN)
    [tidewater] = staging.all(Organization, "name = 'Tidewater'")
    assert (ann.organization, ann.tags, ann.notes, ann.phone) == (tidewater.id, ("vip",), "Careful", "+1")
    assert ann.values == {
        "role": "user", "more_companies": ["Other"], "renews_at": "2027-01-15T08:00:00Z", "seats": 5,
    }  # fmt: skip
    assert tidewater.tags == ("gold",) and tidewater.values["arr"] == 12000
    assert person(staging, BOB).values["role"] == "lead" and person(staging, GRACE).side == "team"


def test_a_customers_ticket_and_its_conversation_are_one(staging: Staging) -> None:
    found = ticket(staging, "3")
    assert (found.subject, found.status, found.kind, found.number) == ("Payment fails", "With the bank", "Bug", "11")
    assert found.values["Amount"] == 12 and found.channel == "conversation"
    assert sorted(each.body for each in comments(staging, "3")) == ["Card declined", "It breaks", "Well?"]
    assert all(each.public for each in comments(staging, "3"))
    assert {each.id for each in staging.all(Ticket)} == {"1", "2", "3", "ticket-9"}


def test_a_ticket_for_colleagues_is_private(staging: Staging) -> None:
    found = ticket(staging, "ticket-9")
    assert (found.subject, found.status, found.kind, found.requester) == (
        "Ask the bank", "Resolved", "Inside", person(staging, ANN).id,
    )  # fmt: skip
    assert found.values == {"ticket_category": "Back-office", "linked": ["conversation 1"]}
    assert found.solved is not None and found.solved.at == "2026-03-03T10:00:00Z"
    assert [(each.body, each.public) for each in comments(staging, "ticket-9")] == [
        ("Which card?", False), ("Waiting", False),
    ]  # fmt: skip


def test_articles_in_each_language(staging: Staging) -> None:
    found = {each.title: each for each in staging.all(Article)}
    assert {title: (each.category, each.section, each.language, each.published) for title, each in found.items()} == {
        "First": ("Help", "Start", "en", True), "Erstes": ("Help", "Start", "de", False),
    }  # fmt: skip
    assert found["First"].url.startswith("https://help.sandbox.example/en/")
    assert found["Erstes"].id == f"{found['First'].id}/de"


def test_words_are_looked_up_in_small_letters() -> None:
    assert [each for each in (*SOURCE.statuses, *SOURCE.priorities) if each != each.casefold()] == []


def test_what_colleagues_wrote_while_assigning_can_be_public_and_files_left(tmp_path: Path) -> None:
    with intercom() as sandbox:
        staging = staged(sandbox, tmp_path, texts_of_actions="public", attachments=False)
    public = {each.body: each.public for each in comments(staging, "1")}
    assert public["Yours?"] and not public["She is angry"]
    assert {each.digest for each in staging.all(Attachment)} == {""}
