"""Whether people to whom rules give tickets can take any."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from config.findings import Finding
from provisioners.intent import Intent
from provisioners.zendesk.asking.asked_account import AskedAccount
from provisioners.zendesk.asking.question import Question, rule_of_account
from provisioners.zendesk.seats import LIGHT

NO_SEAT = rule_of_account(
    "ZD103",
    "error",
    "A rule gives tickets to somebody who has no seat, is suspended, or is a light agent.",
    "Zendesk refuses the rule, or nobody gets the tickets.",
    "Give the person a seat, or name somebody else, or a group.",
    source="developer.zendesk.com, “Users”",
    excused=True,
)
CATALOGUE = (NO_SEAT,)
AT_ONCE = 100
"""People whom the vendor shows in one call."""


def assignees(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    """People whom the run itself changes are left out: the files say what they will be."""
    touched = {each.id for each in intent.changes if each.type == "zendesk:User"}
    asked = []
    for rule in intent.of("zendesk:Trigger", "zendesk:Automation", "zendesk:Macro"):
        for action in intent.resolved((rule.will or {}).get("actions") or []):
            person = str(action.get("value"))
            if action.get("field") == "assignee_id" and person.isdecimal() and person not in touched:
                asked.append((rule, person))
    ids = list(dict.fromkeys(person for _, person in asked))
    live: dict[str, dict[str, Any]] = {}
    for start in range(0, len(ids), AT_ONCE):
        answer = account.client.get("users/show_many", ids=",".join(ids[start : start + AT_ONCE]))
        live |= {str(body["id"]): body for body in answer.body.get("users") or []}
    for rule, person in asked:
        why = _cannot(live[person]) if person in live else "is not in the account"
        if why:
            name = live.get(person, {}).get("name") or person
            yield intent.found(NO_SEAT, rule.name, f"{rule.said} gives tickets to {name}, who {why}")


def _cannot(body: dict[str, Any]) -> str:
    if body.get("active") is False:
        return "has been deleted"
    if body.get("suspended"):
        return "is suspended"
    if body.get("role") == "end-user":
        return "has no seat"
    return "is a light agent and can only write notes" if body.get("role_type") == LIGHT else ""


QUESTIONS = (Question("who can take tickets", assignees),)
