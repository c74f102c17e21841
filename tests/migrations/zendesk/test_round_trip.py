"""Tickets that were sent into a Zendesk and are read from it again: what can be equal is equal."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.declaration import Declaration
from migrations.declared.migration import migration_model
from migrations.ledger.ledger import Ledger
from migrations.records.attachment import Attachment
from migrations.records.comment import Comment
from migrations.records.moment import Moment
from migrations.records.organization import Organization
from migrations.records.person import Person
from migrations.records.ticket import Ticket
from migrations.sending.jobs import Jobs
from migrations.sending.places import Places
from migrations.sending.selection import Selection
from migrations.sending.sending import Sending
from migrations.staging.staging import Staging
from migrations.verifying.normalised import normalised
from provisioners.history import FieldPlace
from provisioners.zendesk import SYSTEM
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.migrations.zendesk.old_account import found_id, read
from tests.provisioners.declared import declaration
from tests.provisioners.zendesk_workspace import connection, context

STATUSES = ("open", "pending", "hold", "solved", "closed")
WORDS = ["Ünïcödé 漢字 🙂", "a < b & c > d", "  two  spaces\n\nand a new paragraph", "&amp; stays", "x" * 3000]
MIGRATION = {
    "name": "There",
    "source": {"mailbox": {"paths": ["none.mbox"]}},
    "mark": "there",
    "mapping": {
        "statuses": {each: {"to": each} for each in STATUSES},
        "priorities": {each: {"to": each} for each in ("urgent", "high", "normal", "low")},
        "kinds": {each: {"to": each} for each in ("question", "incident", "problem")},
        "groups": {"Billing": {"to": "billing"}},
        "people": {"g": {"to": "placeholder"}},
        "ticket_fields": {
            "Area": {"to": "area", "values": {"Cards": {"to": "cards"}, "Other": {"to": "other"}}},
            "Seats": {"to": "seats"},
        },
    },
}


@pytest.fixture
def sandbox() -> Iterator[LiveSandbox]:
    with running_sandbox({"zendesk": {"groups": [{"name": "Billing"}]}}) as live:
        yield live


def at(day: int, hour: int = 8) -> Moment:
    said = f"2024-03-{day:02}T{hour:02}:15:00Z"
    return Moment(said, said)


def originals(staging: Staging) -> None:
    staging.put(Organization(id="o", name="Ferry Ltd", domains=("ferry.example",)))
    for number in range(3):
        email = f"c{number}@ferry.example"
        staging.put(Person(id=f"c{number}", name=f"Customer {number}", email=email, organization="o", language="de"))
    staging.put(Person(id="g", name="Grace", email="grace@quayside.example", side="team"))
    for number, status in enumerate([*STATUSES, *STATUSES]):
        key, who = f"t{number}", f"c{number % 3}"
        solved = at(20) if status in ("solved", "closed") else None
        staging.put(
            Ticket(
                id=key,
                subject=f"{number}: {WORDS[0]}",
                requester=who,
                group="Billing",
                status=status,
                priority=("urgent", "high", "normal", "low", "")[number % 5],
                kind=("question", "incident", "problem")[number % 3],
                language="de",
                organization="o",
                copied=(f"c{(number + 1) % 3}",),
                tags=("vip", f"n{number}"),
                values={"Area": ("Cards", "Other")[number % 2], "Seats": number},
                created=at(1, number),
                updated=at(21),
                solved=solved,
            )
        )
        for place in range(1 + number % 4):
            text = WORDS[(number + place) % len(WORDS)]
            comment = f"{key}.{place}"
            is_team, is_html = place % 2 == 1, place == 2
            html = f"<p>See</p><p><img src='cid:p{comment}'> <b>it</b></p>" if is_html else ""
            staging.put(Comment(comment, key, "g" if is_team else who, place != 1, text, html, at(2 + place, number)))
            if place in (0, 2):
                content = f"content of {comment}".encode()
                digest = hashlib.sha256(content).hexdigest()
                staging.files.keep(digest, content)
                staging.put(
                    Attachment(
                        id=f"{comment}/0",
                        comment=comment,
                        ticket=key,
                        name=f"{comment}.png",
                        media_type="image/png",
                        size=len(content),
                        digest=digest,
                        content_id=f"p{comment}" if is_html else "",
                    )
                )


def sent(sandbox: LiveSandbox, staging: Staging, ledger: Ledger, declared: Declaration) -> None:
    """Everything of the staging, through the real way in."""
    live: dict[str, str] = {}
    options = SYSTEM.import_fields(context(declared), {"area": "0"})["area"]
    for key, kind, more in (
        ("area", "tagger", {"custom_field_options": _options(options)}),
        ("seats", "integer", {}),
    ):
        body = {"ticket_field": {"title": key.title(), "type": kind, **more}}
        live[key] = str(sandbox.zendesk("POST", "ticket_fields", body)["ticket_field"]["id"])
    billing, owner = found_id(sandbox, "groups", "groups", "Billing"), sandbox.zendesk("GET", "users/me")["user"]["id"]
    # Whoever sends a solved ticket of nobody becomes its assignee, and has to be in its group to leave it there.
    membership = {"user_id": owner, "group_id": billing}
    sandbox.zendesk("POST", "group_memberships", {"group_membership": membership})
    places = Places(
        {"billing": str(billing)},
        {},
        SYSTEM.import_fields(context(declared), live),
    )
    imports = SYSTEM.imports(connection(sandbox.url))
    assert imports is not None
    jobs = Jobs(imports, ledger, ledger.begin("run", "0", ""), lambda *told: None, lambda seconds: None)
    migration = migration_model().model_validate(MIGRATION)
    Sending("there", staging, migration, declared, places, imports, ledger, jobs).send(Selection())


def _options(place: FieldPlace) -> list[dict[str, str]]:
    return [{"name": key.title(), "value": tag} for key, tag in place.choices.items()]


@dataclass(frozen=True)
class Seen:
    """What of a ticket has to be the same on both sides."""

    facts: tuple[object, ...]
    comments: tuple[tuple[object, ...], ...]
    files: tuple[tuple[str, str], ...]


def seen(staging: Staging, ticket: Ticket, without: str = "") -> Seen:
    people = {each.id: re.sub(r" \(has left\)$", "", each.name) for each in staging.all(Person)}
    comments = staging.all(Comment, "ticket = ?", (ticket.id,), "at, id")
    files = staging.all(Attachment, "ticket = ?", (ticket.id,))
    homes = {each.id: each.name for each in staging.all(Organization)}
    named = ([people[each] for each in ticket.copied], homes.get(ticket.organization, ""))
    times = [each.at if each is not None else "" for each in (ticket.created, ticket.updated, ticket.solved)]
    facts = (ticket.subject, people[ticket.requester], ticket.group, ticket.status, ticket.priority, ticket.kind)
    return Seen(
        (*facts, *named, sorted({*ticket.tags} - {without}), ticket.values, ticket.language, *times),
        tuple((people[each.author], each.public, each.created, normalised(each.body, each.html)) for each in comments),
        tuple(sorted((each.name, each.digest) for each in files)),
    )


def test_what_was_sent_is_what_is_read(sandbox: LiveSandbox, tmp_path: Path) -> None:
    before = Staging(tmp_path / "before")
    originals(before)
    ledger = Ledger(tmp_path / "ledger.sqlite")
    area = {"name": "Area", "type": "dropdown", "options": {"cards": "Cards", "other": "Other"}}
    declared = declaration(
        groups={"billing": {"name": "Billing"}},
        ticket_fields={"area": area, "seats": {"name": "Seats", "type": "integer"}},
    )
    sent(sandbox, before, ledger, declared)
    sandbox.forward(120)
    after = read(sandbox, tmp_path / "after")
    targets = ledger.targets("tickets", [each.id for each in before.all(Ticket)])
    assert len(targets) == 10 == after.count("tickets")
    for ticket in before.all(Ticket):
        again = after.get(Ticket, targets[ticket.id])
        assert again is not None
        assert seen(after, again, without="there") == seen(before, ticket)
    addresses = {each.email for each in before.all(Person) if each.side == "customer"}
    assert {each.email for each in after.all(Person)} >= addresses
    assert [each.domains for each in after.all(Organization)] == [("ferry.example",)]
    assert not after.reasons() and not after.remarks()
