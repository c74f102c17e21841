"""A Freshdesk to read from, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from migrations.declared.migration import own_matcher
from migrations.sources.freshdesk import SOURCE
from migrations.sources.source import Reading
from migrations.staging.staging import Staging
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.migrations.staged import read_whole

OWN = ("quayside.example",)
NOW = 1_790_000_000.0  # 2026-09-21T13:33:20Z
ANN, GRACE = "ann@tidewater.example", "grace@quayside.example"
AT = "2026-03-01T10:00:00Z"

SEED: dict[str, Any] = {
    "account": {"language": "en", "languages": ["de"]},
    "statuses": [{"id": 6, "label": "Waiting on Customer"}],
    "ticket_fields": [{"name": "cf_reason", "type": "custom_dropdown", "choices": ["Refund", "Return"]}],
    "groups": [{"name": "Tier 1"}],
    "agents": [{"name": "Grace", "email": GRACE}, {"name": "Otis", "email": "otis@quayside.example", "active": False}],
    "companies": [{"name": "Tidewater", "domains": ["tidewater.example"], "account_tier": "Premium",
                   "custom_fields": {"cf_region": "North"}}],
    "contacts": [
        {"name": "Ann", "email": ANN, "company": "Tidewater", "phone": "1", "mobile": "2", "tags": ["vip"]},
        {"name": "Bob", "email": "bob@tidewater.example", "state": "deleted"},
        {"name": "Ida", "email": "ida@quayside.example"},
    ],
    "tickets": [
        {"id": 1, "subject": "Where is it?", "description": "<p>Hello</p><p>Where is it?</p>", "from": ANN,
         "agent": GRACE, "group": "Tier 1", "company": "Tidewater", "status": "Waiting on Customer",
         "priority": "High", "type": "Question", "tags": ["late"], "to_emails": ["support@quayside.example"],
         "cc_emails": ["Cid <CID@tidewater.example>", "boss@quayside.example"],
         "custom_fields": {"cf_reason": "Refund", "cf_empty": None}, "created_at": AT,
         "updated_at": "2026-09-02T10:00:00Z", "attachments": [{"name": "bill.pdf", "content": "%PDF"}],
         "conversations": [
             {"from": GRACE, "body": "<div>Which one?</div>", "created_at": "2026-03-01T11:00:00Z",
              "to_emails": [ANN], "cc_emails": ["cid@tidewater.example"], "bcc_emails": ["secret@x.example"]},
             {"from": GRACE, "body": "<div>She is angry</div>", "private": True, "to_emails": ["otis@x.example"],
              "created_at": "2026-03-01T12:00:00Z", "attachments": [{"name": "note.txt", "content": "hush"}]},
             {"from": "bob@tidewater.example", "body": '<p>Look</p><img src="{attachment:shot.png}">',
              "created_at": "2026-03-02T10:00:00Z",
              "attachments": [{"name": "shot.png", "content": "PNG", "inline": True}]},
         ]},
        {"id": 2, "subject": "Again", "description": "<p>Hello?</p>", "from": ANN, "merged_into": 1, "created_at": AT,
         "updated_at": "2026-09-03T10:00:00Z"},
        {"id": 3, "subject": "Casino", "spam": True, "created_at": AT},
        {"id": 4, "subject": "Gone", "deleted": True, "created_at": AT},
        {"id": 5, "subject": "Long ago", "description": "<p>Old</p>", "from": ANN, "status": "Closed",
         "created_at": "2025-01-01T10:00:00Z", "conversations": [{"from": 77, "body": "Bye", "private": False}]},
    ],
    "canned_folders": [{"name": "Refunds", "responses": [
        {"title": "How long", "content": "<p>Five days.</p>", "attachments": [{"name": "form.pdf"}]},
        {"title": "Mine", "content": "x", "visibility": 1}]}],
    "categories": [{"name": "Help", "folders": [
        {"name": "Start", "articles": [{"title": "First", "description": "<p>1</p>", "tags": ["a"],
                                        "translations": {"de": {"title": "Erstes", "description": "<p>eins</p>"}}}],
         "folders": [{"name": "More", "articles": [{"title": "Draft", "status": 1}]}]},
        {"name": "Inside", "visibility": 3, "articles": [{"title": "For agents"}]}]}],
    "rules": [{"name": "Route", "on": "creation", "asks": ["If <b>Status</b> is Open"], "does": ["Set <b>Group</b>"],
               "actions": [{"field_name": "trigger_webhook", "api_key": "very-secret"}]}],
    "scenarios": [{"name": "Escalate", "actions": [{"name": "priority", "value": "4"}]}],
}  # fmt: skip


@contextmanager
def freshdesk(seed: dict[str, Any] | None = None, **settings: Any) -> Iterator[LiveSandbox]:
    """Served until the block ends. Its time stands still."""
    with running_sandbox({"freshdesk": SEED if seed is None else seed}) as sandbox:
        sandbox.store.clock = lambda: NOW
        if settings:
            sandbox.settings("freshdesk", **settings)
        yield sandbox


def reading(sandbox: LiveSandbox, staging: Staging, **more: Any) -> Reading:
    """Over the API. more: of the settings, of their `api`, or of the reading."""
    api = {"url": f"{sandbox.url}/freshdesk", "api_key": "sandbox"}
    api |= {name: more.pop(name) for name in ("archived", "calls_per_minute", "api_key") if name in more}
    own = {name: more.pop(name) for name in ("spam", "deleted", "attachments", "largest_attachment_mb") if name in more}
    settings = SOURCE.Settings.model_validate({"api": api, **own})
    return Reading(settings, staging.folder, staging, own=own_matcher(OWN), **more)


def staged(sandbox: LiveSandbox, folder: Path, **more: Any) -> Staging:
    """What becomes of all that it holds."""
    return read_whole(SOURCE, reading(sandbox, Staging(folder), **more))
