"""Who gets mail or loses access through a plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from config.results.plan import Change, PlanDocument
from golive.words import count_of
from provisioners.resource import Compiled

_CUSTOMER_MAIL = ("requester", "requester_and_ccs")


@dataclass
class Notices:
    """mails: how many messages this run itself causes. deletions: how many objects it deletes."""

    lines: list[str] = field(default_factory=list)
    mails: int = 0
    deletions: int = 0
    not_read: dict[str, str] = field(default_factory=dict)


def notices_of(document: PlanDocument, compiled: Compiled, not_read: dict[str, str]) -> Notices:
    """What a plan means for people."""
    notices = Notices(not_read=dict(not_read))
    made = {(change.system, change.kind, change.key) for change in document.changes if change.action == "create"}
    invited: list[str] = []
    verified: list[str] = []
    for resource in compiled.resources:
        instance, kind, key, *_ = resource.name.split("/")
        if resource.sends_mail and (instance, kind, key) in made and resource.mode == "managed":
            notices.mails += resource.sends_mail
            (invited if kind == "people" else verified).append(str(resource.payload.get("email", key)))
    if invited:
        notices.lines.append(f"Agents: {_get(invited)} an invitation by mail: {', '.join(invited)}")
    if verified:
        notices.lines.append(f"Addresses: {_get(verified)} a mail to be verified: {', '.join(verified)}")
    mailing = [change for change in document.changes if change.action != "delete" and _mails_customers(change)]
    if mailing:
        names = ", ".join(change.name or change.key for change in mailing)
        notices.lines.append(
            f"Customers: {count_of(len(mailing), 'triggers')} that mail customers from now on: {names}"
        )
    for change in document.changes:
        if change.kind == "slack_channels" and change.action != "delete":
            people = _added(change, "people")
            if people:
                notices.lines.append(f"Slack: {', '.join(people)} are invited to #{change.name or change.key}")
        if change.kind == "people" and change.action == "delete":
            notices.lines.append(f"Access: {change.name or change.key} loses the seat in the helpdesk")
        if change.kind == "crm_access":
            lost = _removed(change, "people")
            if lost:
                notices.lines.append(f"Access: {', '.join(lost)} lose “{change.name or change.key}” in the CRM")
    notices.deletions = sum(change.action in ("delete", "replace") for change in document.changes)
    return notices


def _mails_customers(change: Change) -> bool:
    """Whether a new or changed rule that is on sends mail to customers."""
    if change.kind not in ("triggers", "automations"):
        return False
    values = {each.path: each.new for each in change.diff}
    actions = values.get("then")
    if values.get("active") is False or actions is None:
        return False
    return any(isinstance(action, dict) and action.get("email") in _CUSTOMER_MAIL for action in actions)


def _get(people: list[str]) -> str:
    return "1 gets" if len(people) == 1 else f"{len(people)} get"


def _added(change: Change, path: str) -> list[str]:
    return [entry for each in change.diff if each.path == path for entry in _less(each.new, each.old)]


def _removed(change: Change, path: str) -> list[str]:
    return [entry for each in change.diff if each.path == path for entry in _less(each.old, each.new)]


def _less(first: Any, second: Any) -> list[str]:
    gone = second or []
    return [str(entry) for entry in first or [] if entry not in gone]
