"""What becomes of what a Freshdesk holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from migrations.records.article import Article
from migrations.records.attachment import Attachment
from migrations.records.comment import Comment
from migrations.records.macro import Macro
from migrations.records.organization import Organization
from migrations.records.person import Person
from migrations.records.rule import Rule
from migrations.records.ticket import Ticket
from migrations.staging.raw_file import raw_records
from migrations.staging.staging import Staging
from tests.migrations.freshdesk.desk import ANN, GRACE, freshdesk, staged


@pytest.fixture(scope="module")
def staging(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staging]:
    with freshdesk() as sandbox:
        found = staged(sandbox, tmp_path_factory.mktemp("desk"), archived=["4-6"])
        assert not sandbox.writes()
        yield found


def person(staging: Staging, email: str) -> Person:
    [found] = staging.all(Person, "email = ?", (email,))
    return found


def comments(staging: Staging, ticket: str) -> list[Comment]:
    return list(staging.all(Comment, "ticket = ?", (ticket,), "at, id"))


def test_a_ticket_has_its_facts_in_freshdesks_own_words(staging: Staging) -> None:
    ticket = staging.get(Ticket, "1")
    assert ticket is not None
    assert (ticket.subject, ticket.status, ticket.priority, ticket.kind, ticket.channel, ticket.group) == (
        "Where is it?", "Waiting on Customer", "High", "Question", "Email", "Tier 1",
    )  # fmt: skip
    assert ticket.requester == person(staging, ANN).id and ticket.assignee == person(staging, GRACE).id
    assert ticket.values == {"cf_reason": "Refund"} and ticket.tags == ("late",)
    assert ticket.address == "support@quayside.example" and ticket.copied == ("mail-cid@tidewater.example",)
    assert ticket.created is not None and (ticket.created.at, ticket.created.said) == ("2026-03-01T10:00:00Z",) * 2
    [company] = staging.all(Organization)
    assert ticket.organization == company.id and company.domains == ("tidewater.example",)
    assert company.values == {"account_tier": "Premium", "cf_region": "North"}


def test_the_description_comes_first_and_what_is_private_stays_so(staging: Staging) -> None:
    said = comments(staging, "1")
    assert [(each.body, each.public) for each in said[:4]] == [
        ("Hello\n\nWhere is it?", True), ("Which one?", True), ("She is angry", False), ("Look", True),
    ]  # fmt: skip
    assert said[0].author == person(staging, ANN).id and said[1].author == person(staging, GRACE).id
    assert said[1].copied == ("mail-cid@tidewater.example",) and said[2].copied == ()
    assert not any("secret@" in each.email for each in staging.all(Person))


def test_files_are_there_and_pictures_are_named_in_the_text(staging: Staging) -> None:
    found = {each.name: each for each in staging.all(Attachment, "ticket = '1'")}
    assert {name: staging.files.content(each.digest) for name, each in found.items()} == {
        "bill.pdf": b"%PDF", "note.txt": b"hush", "picture-0": b"PNG",
    }  # fmt: skip
    picture = found["picture-0"]
    shown = staging.get(Comment, picture.comment)
    assert shown is not None and f'src="cid:{picture.content_id}"' in shown.html and picture.inline


def test_a_merged_ticket_says_into_which(staging: Staging) -> None:
    assert {each.id: each.merged_into for each in staging.all(Ticket)} == {"1": "", "2": "1", "5": ""}


def test_spam_and_the_bin_are_counted_and_left_out(staging: Staging) -> None:
    assert staging.reasons() == {("tickets", "skipped", "in the bin"): 1, ("tickets", "skipped", "marked as spam"): 1}
    row = staging.database.execute("SELECT * FROM left_out WHERE id = '3'").fetchone()
    assert row == ("tickets", "3", "skipped", "marked as spam", "Casino", "2026-03", "Open", "Email")


def test_whoever_is_named_is_somebody(staging: Staging) -> None:
    ann, bob, otis = (
        person(staging, f"{name}.example") for name in ("ann@tidewater", "bob@tidewater", "otis@quayside")
    )
    assert (ann.phone, ann.values["mobile"], ann.tags, ann.side) == ("1", "2", ("vip",), "customer")
    assert (bob.name, bob.active, otis.active, otis.side) == ("Bob", False, False, "team")
    assert person(staging, "ida@quayside.example").side == "team"  # a colleague without a seat
    gone = staging.get(Person, "77")
    assert gone is not None and gone.name == "Somebody who is gone from Freshdesk (77)" and not gone.active
    assert staging.remarks()["people", "nobody has this id in Freshdesk any more"] == 1


def test_what_agents_have_ready_articles_and_rules(staging: Staging) -> None:
    macros = {each.name: each for each in staging.all(Macro)}
    ready = macros["How long"]
    assert (ready.folder, ready.text, ready.does, ready.public) == (
        "Refunds",
        "Five days.",
        ("attaches form.pdf",),
        True,
    )
    assert not macros["Mine"].public and macros["Escalate"].does == ("priority: 4",)
    articles = {each.title: each for each in staging.all(Article)}
    assert {title: (each.section, each.published, each.language) for title, each in articles.items()} == {
        "First": ("Start", True, "en"), "Erstes": ("Start", True, "de"), "Draft": ("Start / More", False, "en"),
        "For agents": ("Inside", False, "en"),
    }  # fmt: skip
    assert articles["First"].url.endswith(f"/freshdesk/support/solutions/articles/{articles['First'].id}")
    [rule] = staging.all(Rule)
    assert (rule.sort, rule.name, rule.asks, rule.does) == (
        "on a new ticket", "Route", ("If Status is Open",), ("Set Group",),
    )  # fmt: skip
    [raw] = raw_records(staging.folder / "raw" / "rules.jsonl.gz")
    assert "very-secret" not in raw.content and "trigger_webhook" in raw.content


def test_spam_and_the_bin_can_be_carried_over_and_files_left(tmp_path: Path) -> None:
    with freshdesk() as sandbox:
        staging = staged(sandbox, tmp_path, spam=True, deleted=True, attachments=False)
    assert {each.id for each in staging.all(Ticket)} == {"1", "2", "3", "4"} and not staging.reasons()
    assert {each.digest for each in staging.all(Attachment)} == {""}
