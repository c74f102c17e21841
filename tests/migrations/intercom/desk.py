"""An Intercom to read from, and what becomes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from migrations.declared.migration import own_matcher
from migrations.sources.intercom import SOURCE
from migrations.sources.source import Reading
from migrations.staging.staging import Staging
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.migrations.staged import content, read_whole

OWN = ("quayside.example",)
NOW = 1_790_000_000.0  # 2026-09-21T13:33:20Z
ANN, BOB, GRACE = "ann@tidewater.example", "bob@tidewater.example", "grace@quayside.example"
AT = "2026-03-01T10:00:00Z"
SINCE = 1_772_359_200  # AT
GONE = {"type": "lead", "id": "lead0gone", "name": "Ann as a lead", "email": ANN}
LOST = {"type": "user", "id": "user0lost", "name": "Lou", "email": "lou@lost.example"}
LEFT = {"type": "admin", "id": "4711", "name": "Otis", "email": "otis@quayside.example"}

SEED: dict[str, Any] = {
    "admins": [{"name": "Grace", "email": GRACE}],
    "teams": [{"name": "Tier 1"}],
    "data_attributes": [{"model": "contact", "name": "renews_at", "data_type": "date"},
                        {"model": "company", "name": "arr", "data_type": "integer"}],
    "companies": [{"name": "Tidewater", "custom_attributes": {"arr": 12000}, "tags": ["gold"], "website": "x.example"},
                  {"name": "Other"}],
    "contacts": [
        {"name": "Ann", "email": ANN, "companies": ["Tidewater", "Other"], "tags": ["vip"], "phone": "+1",
         "notes": [{"body": "<p>Careful</p>", "from": GRACE}], "created_at": AT,
         "custom_attributes": {"renews_at": 1_800_000_000, "seats": 5}},
        {"name": "Bob", "email": BOB, "role": "lead"},
    ],
    "ticket_types": [{"name": "Bug"}, {"name": "Inside", "category": "Back-office"}],
    "ticket_states": [{"label": "With the bank"}],
    "conversations": [
        {"id": "1", "title": "Where is it?", "type": "email", "from": ANN, "contacts": [ANN, BOB], "admin": GRACE,
         "team": "Tier 1", "body": "<p>Hello</p><p>Where is it?</p>", "state": "closed", "priority": "priority",
         "tags": ["late"], "custom_attributes": {"Reason": "Refund"}, "rating": 4, "created_at": AT,
         "updated_at": "2026-03-05T10:00:00Z", "attachments": [{"name": "bill.pdf", "content": "%PDF"}],
         "parts": [
             {"type": "assignment", "from": GRACE, "created_at": "2026-03-01T10:30:00Z"},
             {"from": GRACE, "body": "<p>Which one?</p>", "created_at": "2026-03-01T11:00:00Z",
              "headers": [{"type": "to", "email_address": ANN, "name": "Ann"},
                          {"type": "cc", "email_address": "Cid@tidewater.example", "name": "Cid"},
                          {"type": "cc", "email_address": "boss@quayside.example", "name": "Boss"}]},
             {"type": "note", "from": GRACE, "body": "<p>She is angry</p>", "created_at": "2026-03-01T12:00:00Z",
              "attachments": [{"name": "note.txt", "content": "hush"}]},
             {"from": GONE, "body": '<p>Look</p><img src="{file:shot.png}">', "created_at": "2026-03-02T10:00:00Z",
              "attachments": [{"name": "shot.png", "content": "PNG", "inline": True}]},
             {"type": "assignment", "from": GRACE, "body": "<p>Yours?</p>", "created_at": "2026-03-03T10:00:00Z"},
             {"type": "close", "from": GRACE, "body": "<p>Done</p>", "created_at": "2026-03-04T10:00:00Z"},
         ]},
        {"id": "2", "from": "bot:Fin", "contacts": [BOB], "body": "<p>May I help?</p>", "state": "snoozed",
         "created_at": AT, "snoozed_until": 1_800_000_000,
         "parts": [{"from": LOST, "body": "4111", "redacted": True}, {"from": LEFT, "body": "<p>Sorry</p>"},
                   {"from": "team:Tier 1", "body": "<p>We</p>"}, {"from": None, "body": "<p>x</p>"}]},
        {"id": "3", "from": BOB, "body": "<p>It breaks</p>", "created_at": AT, "state": "open",
         "ticket": {"type": "Bug", "state": "With the bank", "title": "Payment fails", "description": "Card declined",
                    "attributes": {"Amount": 12}},
         "parts": [{"from": BOB, "body": "<p>Well?</p>"}]},
    ],
    "tickets": [
        {"id": "9", "type": "Inside", "state": "Resolved", "title": "Ask the bank", "description": "Which card?",
         "linked": ["1"], "from": ANN, "admin": GRACE, "created_at": AT,
         "parts": [{"from": GRACE, "body": "<p>Waiting</p>", "created_at": "2026-03-02T10:00:00Z"},
                   {"type": "ticket_state_updated_by_admin", "from": GRACE, "created_at": "2026-03-03T10:00:00Z",
                    "ticket_state": "resolved", "previous_ticket_state": "in_progress"}]},
    ],
    "collections": [{"name": "Help"}, {"name": "Start", "parent": "Help"}],
    "articles": [{"title": "First", "body": "<p>1</p>", "collection": "Start",
                  "translations": {"de": {"title": "Erstes", "body": "<p>eins</p>", "state": "draft"}}}],
}  # fmt: skip


@contextmanager
def intercom(seed: dict[str, Any] | None = None, **settings: Any) -> Iterator[LiveSandbox]:
    """Served until the block ends. Its time stands still."""
    with running_sandbox({"intercom": SEED if seed is None else seed}) as sandbox:
        sandbox.store.clock = lambda: NOW
        if settings:
            sandbox.settings("intercom", **settings)
        yield sandbox


def reading(sandbox: LiveSandbox, staging: Staging, **more: Any) -> Reading:
    """more: of the settings, or of the reading."""
    names = ("token", "calls_per_minute", "attachments", "largest_attachment_mb", "texts_of_actions")
    own = {"token": "sandbox"} | {name: more.pop(name) for name in names if name in more}
    settings = SOURCE.Settings.model_validate({"url": f"{sandbox.url}/intercom", **own})
    return Reading(settings, staging.folder, staging, own=own_matcher(OWN), **more)


def staged(sandbox: LiveSandbox, folder: Path, **more: Any) -> Staging:
    """What becomes of all that it holds."""
    return read_whole(SOURCE, reading(sandbox, Staging(folder), **more))


def run_again(sandbox: LiveSandbox, staging: Staging, **more: Any) -> None:
    """Read once more from the beginning, into the same staging; some minutes later, so that no scroll is open."""
    sandbox.forward(120)
    staging.database.execute("UPDATE parts SET is_read = 0, checkpoint = ''")
    read_whole(SOURCE, reading(sandbox, staging, **more))


def without_ends(staging: Staging) -> str:
    """What stands in a staging, without the ends of links, which are others at each reading."""
    return re.sub(r"expires=\d+&signature=\w+", "", repr(content(staging)))
