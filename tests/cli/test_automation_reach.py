"""A plan says on how many tickets an automation that mails or closes would act now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.cli.workspace import Workspace, written

SetUp = Callable[[str], Workspace]

FIELDS = {"reason": {"name": "Reason", "type": "dropdown", "options": {"late": "Late", "lost": "Lost"}}}


def _objects(**more: Any) -> str:
    when = [
        {"hours_since": "created", "less_than": "24h"},
        {"field": "reason", "is": "late"},
        {"field": "tags", "has_none": ["asked"]},
    ]
    then = [{"email": "requester", "subject": "Still there?", "body": "Look."}, {"add_tags": ["asked"]}]
    ask = {"name": "Ask again", "when": when, "then": then, **more}
    return written({"ticket_fields": FIELDS, "automations": {"ask": ask}})


def _cautions(workspace: Workspace) -> list[str]:
    return [each for each in workspace.plan().document["cautions"] if "Ask again" in each]


def test_what_is_switched_on_or_changed_says_on_how_many_tickets_it_acts(set_up: SetUp) -> None:
    workspace = set_up(_objects(active=False))
    field = workspace.one("ticket_fields", "Reason")["id"]
    for tags, reason in (([], "reason_late"), (["asked"], "reason_late"), ([], "reason_lost"), ([], "reason_late")):
        ticket = {"subject": "S", "comment": {"body": "B"}, "tags": tags}
        workspace.zendesk("POST", "tickets", {"ticket": {**ticket, "custom_fields": [{"id": field, "value": reason}]}})
    assert _cautions(workspace) == []
    workspace.config(_objects())
    said = "“Ask again” mails: it fits about 2 tickets now, and acts on them within the hour."
    assert _cautions(workspace) == [said]
    assert said in " ".join(workspace.golive("plan").out.split())
    workspace.up()
    assert _cautions(workspace) == [], "nothing about it changes any more"
    workspace.config(_objects(name="Ask again, once"))
    assert _cautions(workspace) == [said.replace("Ask again", "Ask again, once")]
