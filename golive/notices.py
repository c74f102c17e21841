"""Who gets mail or loses access through a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from config.results.plan import Change, PlanDocument
from golive.words import count_of
from provisioners.resource import Compiled, ObjectName

_CUSTOMERS = ("requester", "requester_and_ccs")
_ENDS = ("delete", "release", "switch_off")

Sides = Mapping[ObjectName, tuple[dict[str, Any], dict[str, Any]]]
"""Changed objects as they are and as they will be."""


@dataclass
class Notices:
    """mails: how many messages this run itself causes. deletions: how many objects it deletes."""

    lines: list[str] = field(default_factory=list)
    mails: int = 0
    deletions: int = 0


def notices_of(document: PlanDocument, compiled: Compiled, sides: Sides) -> Notices:
    """What a plan means for people."""
    notices = Notices()
    made = {(each.system, each.kind, each.key) for each in document.changes if each.action in ("create", "replace")}
    invited: list[str] = []
    verified: list[str] = []
    for resource in compiled.resources:
        instance, kind, key = resource.named.object
        if resource.sends_mail and (instance, kind, key) in made and resource.mode == "managed":
            notices.mails += resource.sends_mail
            (invited if kind == "people" else verified).append(str(resource.payload.get("email", key)))
    if invited:
        notices.lines.append(f"Agents: {_get(invited)} an invitation by mail: {', '.join(invited)}")
    if verified:
        notices.lines.append(f"Addresses: {_get(verified)} a mail to be verified: {', '.join(verified)}")
    notices.lines += _customers(document, sides)
    for change in document.changes:
        was, will = sides.get((change.system, change.kind, change.key), ({}, {}))
        notices.lines += _access(change, was, will)
    notices.deletions = sum(change.action in ("delete", "replace") for change in document.changes)
    return notices


def _customers(document: PlanDocument, sides: Sides) -> Iterator[str]:
    """Rules that begin, cease or change to mail customers; a rule that is switched off mails nobody."""
    begin, cease, differ = [], [], []
    for change in document.changes:
        if change.kind not in ("triggers", "automations"):
            continue
        was, will = sides.get((change.system, change.kind, change.key), ({}, {}))
        before, after = _mails(was), _mails({} if change.action in _ENDS else will)
        name = change.name or change.key
        if after and not before:
            begin.append(name)
        elif before and not after:
            cease.append(name)
        elif after and was != will:
            differ.append(name)
    for names, what in (
        (begin, "begin to mail customers"),
        (cease, "no longer mail customers"),
        (differ, "that mail customers change"),
    ):
        if names:
            yield f"Customers: {count_of(len(names), 'triggers')} {_singular(what, len(names))}: {', '.join(names)}"


def _singular(what: str, count: int) -> str:
    if count > 1:
        return what
    words = {"begin to mail": "begins to mail", "longer mail": "longer mails", "that mail": "that mails",
             "customers change": "customers changes"}  # fmt: skip
    for many, one in words.items():
        what = what.replace(many, one)
    return what


def _mails(declared: Mapping[str, Any]) -> bool:
    """Whether a rule that is on sends mail to customers."""
    actions = declared.get("then") or []
    on = bool(declared) and declared.get("active", True) is not False
    return on and any(isinstance(action, dict) and action.get("email") in _CUSTOMERS for action in actions)


def _access(change: Change, was: Mapping[str, Any], will: Mapping[str, Any]) -> Iterator[str]:
    """What a change gives to people or takes from them."""
    name = change.name or change.key
    ends = change.action in _ENDS
    if change.kind == "groups" and change.action == "delete":
        yield f"Access: the group {name} is deleted; its tickets have no group any more"
    elif change.kind == "people":
        if change.action == "delete":
            yield f"Access: {name} loses the seat in the helpdesk"
        elif not ends and was:
            for group in _less(was.get("groups"), will.get("groups")):
                yield f"Access: {name} leaves the group {group}; open tickets there lose their assignee"
            if was.get("role") != will.get("role"):
                yield f"Access: {name} becomes {will.get('role')} (was {was.get('role')})"
    elif change.kind == "crm_access":
        for who in _less(will.get("people"), was.get("people")) if not ends else ():
            yield f"Access: {who} gets “{name}” in the CRM"
        for who in _less(was.get("people"), {} if ends else will.get("people")):
            yield f"Access: {who} loses “{name}” in the CRM"
    elif change.kind == "slack_channels" and not ends:
        invited = _less(will.get("people"), was.get("people"))
        if invited:
            yield f"Slack: {', '.join(invited)} {'is' if len(invited) == 1 else 'are'} invited to #{name}"
    elif change.kind == "slack_channels" and change.action == "delete":
        yield f"Slack: #{name} is archived; nobody can write there any more"


def _get(people: list[str]) -> str:
    return "1 gets" if len(people) == 1 else f"{len(people)} get"


def _less(first: Any, second: Any) -> list[str]:
    gone = second or []
    return [str(entry) for entry in first or [] if entry not in gone]
