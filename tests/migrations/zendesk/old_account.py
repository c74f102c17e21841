"""An old Zendesk in the sandbox, with something of everything that comes over, and the way to read it."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path
from typing import Any

from migrations.sources.source import Reading
from migrations.sources.zendesk import SOURCE
from migrations.staging.staging import Staging
from tests.live_sandbox import LiveSandbox
from tests.migrations.staged import read_whole

PAST = "2024-03-01T08:15:00Z"
LATER = "2024-03-02T08:15:00Z"
SEED: dict[str, Any] = {
    "zendesk": {
        "groups": [{"name": "Billing"}],
        "user_fields": [
            {
                "key": "tier",
                "title": "Tier",
                "type": "dropdown",
                "custom_field_options": [{"name": "Gold", "value": "t_g"}],
            }
        ],
        "organizations": [{"name": "Ferry Ltd", "domain_names": ["ferry.example"], "tags": ["vip"], "notes": "Kind"}],
        "users": [
            {"name": "Cleo", "email": "Cleo@ferry.example", "locale": "de", "user_fields": {"tier": "t_g"}},
            {"name": "Grace", "email": "grace@quayside.example", "role": "agent", "verified": True},
        ],
        "ticket_fields": [
            {
                "title": "Area",
                "type": "tagger",
                "custom_field_options": [{"name": "Cards", "value": "area_c"}, {"name": "Other", "value": "area_o"}],
            },
            {"title": "Seats", "type": "integer"},
        ],
        "custom_statuses": [{"agent_label": "Waiting for courier", "status_category": "pending"}],
        "macros": [
            {
                "title": "Billing::Refund::Late",
                "actions": [
                    {"field": "comment_value", "value": "We are sorry."},
                    {"field": "comment_mode_is_public", "value": "false"},
                    {"field": "status", "value": "solved"},
                ],
            }
        ],
        "triggers": [
            {
                "title": "Tell the customer",
                "conditions": {"all": [{"field": "update_type", "operator": "is", "value": "Create"}], "any": []},
                "actions": [{"field": "notification_user", "value": ["requester_id", "We have it", "Text"]}],
            }
        ],
        "help_centers": [{"locales": ["en-us", "de"]}],
        "categories": [{"name": "Using it"}],
        "sections": [{"name": "Cards", "category": "Using it"}],
        "articles": [
            {
                "section": "Cards",
                "label_names": ["card"],
                "translations": [
                    {"locale": "en-us", "title": "Lost", "body": "<p>Call us</p>"},
                    {"locale": "de", "title": "Verloren", "body": "<p>Ruf an</p>", "draft": True},
                ],
            }
        ],
    }
}  # fmt: skip


def found_id(sandbox: LiveSandbox, path: str, many: str, name: str) -> int:
    listed = sandbox.zendesk("GET", path)[many]
    return int(
        next(each["id"] for each in listed if name in (each.get("name"), each.get("title"), each.get("agent_label")))
    )


def imported(sandbox: LiveSandbox, *, query: str = "", **more: Any) -> int:
    """A ticket of then. Its comments are `comments`, one of Cleo's unless said."""
    said = {"subject": "Broken", "status": "closed", "created_at": PAST, "updated_at": LATER, **more}
    said.setdefault("requester_id", found_id(sandbox, "users", "users", "Cleo"))
    said.setdefault("comments", [said_by(said["requester_id"])])
    return int(sandbox.zendesk("POST", f"imports/tickets{query}", {"ticket": said})["ticket"]["id"])


def said_by(author: int, value: str = "It is broken", **more: Any) -> dict[str, Any]:
    return {"value": value, "author_id": author, "created_at": PAST, **more}


def uploaded(sandbox: LiveSandbox, name: str, content: bytes, kind: str = "application/pdf") -> dict[str, Any]:
    """The upload, with its token and the file as it is."""
    request = urllib.request.Request(
        f"{sandbox.url}/zendesk/api/v2/uploads?filename={name}",
        data=content,
        method="POST",
        headers={"Authorization": "Bearer sandbox", "Content-Type": kind},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        found: dict[str, Any] = json.loads(answer.read())["upload"]
    return found


def reading(staging: Staging, url: str, root: Path = Path(), **more: Any) -> Reading:
    api = {"url": f"{url}/zendesk", "token": "sandbox"}
    settings = SOURCE.Settings.model_validate({"api": api, **more.pop("settings", {})})
    return Reading(settings, root, staging, **more)


def read(sandbox: LiveSandbox, folder: Path, **more: Any) -> Staging:
    """What the whole of the account comes to."""
    return read_whole(SOURCE, reading(Staging(folder), sandbox.url, **more))
