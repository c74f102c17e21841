"""Who gets mail or loses access through a plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from config.results.plan import Change, PlanDocument, Seats
from golive.changes.publicity import widened_lines
from golive.wording.phrases import phrase_of
from golive.wording.words import listed
from provisioners.resource import Compiled, ObjectName
from provisioners.run_file import SystemSettings
from provisioners.system import systems

_CUSTOMERS = ("requester", "requester_and_ccs")
_ENDS = ("delete", "release", "switch_off")
_RULES = ("triggers", "automations")
_CHAT = "chat"

Side = dict[str, Any]
Sides = Mapping[ObjectName, tuple[Side, Side]]
"""Changed objects as they are and as they will be."""


@dataclass
class Notices:
    """mails: how many messages this run itself causes. deletions: how many objects it deletes."""

    lines: list[str] = field(default_factory=list)
    mails: int = 0
    deletions: int = 0


def notices_of(
    document: PlanDocument, compiled: Compiled, sides: Sides, settings: Mapping[str, SystemSettings]
) -> Notices:
    """What a plan means for people. What is in the way of a live object is not made, and means nothing yet.

    settings: instance → its system.
    """
    notices = Notices()
    made = {(each.system, each.kind, each.key) for each in document.changes if each.action in ("create", "replace")}
    made -= {(each.system, each.kind, each.key) for each in document.collisions}
    invited: list[str] = []
    verified: list[str] = []
    for resource in compiled.resources:
        if resource.named.object not in made or resource.mode != "managed" or resource.untouched:
            continue
        mails = systems()[settings[resource.instance].type].mails(resource.type, resource.payload)
        if mails:
            notices.mails += mails
            people = resource.named.kind == "people"
            (invited if people else verified).append(str(resource.payload["name" if people else "email"]))
    notices.lines += widened_lines(
        (change.kind, change.name or change.key, *sides[named])
        for change in document.changes
        if change.action not in _ENDS and (named := (change.system, change.kind, change.key)) in sides
    )
    rules = _rules(document, sides)
    notices.lines += _mailing("Customers", "customers", rules)
    notices.lines += _addresses(document, sides, verified)
    if invited:
        notices.lines.append(f"Agents: {_get(invited)} an invitation by mail: {', '.join(invited)}")
    notices.lines += _mailing("Agents", "agents", rules)
    notices.lines += _seats(document.seats)
    team = _Team(compiled, settings)
    for change in document.changes:
        was, will = sides.get((change.system, change.kind, change.key), ({}, {}))
        notices.lines += team.access(change, was, will)
    notices.deletions = sum(change.action in ("delete", "replace") for change in document.changes)
    return notices


def _seats(seats: Mapping[str, Seats]) -> Iterator[str]:
    for each in seats.values():
        pieces = [
            *([f"{each.taken} more {'is' if each.taken == 1 else 'are'} taken"] if each.taken else []),
            *([f"{each.given_back} {'is' if each.given_back == 1 else 'are'} given back"] if each.given_back else []),
        ]
        now = "" if each.in_use is None else f"; {each.in_use} {'is' if each.in_use == 1 else 'are'} in use now"
        paid = (
            " (how many are paid for stands in the account's billing)"
            if each.paid_for is None
            else f"; {each.paid_for} {'is' if each.paid_for == 1 else 'are'} paid for"
        )
        yield f"Seats for agents: {' and '.join(pieces)}{now}{paid}"


def _addresses(document: PlanDocument, sides: Sides, verified: list[str]) -> Iterator[str]:
    """Addresses that come and go: who sends to one that goes is not heard any more."""
    pieces = []
    if len(verified) == 1:
        pieces.append(f"{verified[0]} gets a mail to be verified")
    elif verified:
        pieces.append(f"{len(verified)} get a mail to be verified: {', '.join(verified)}")
    for change in document.changes:
        was, _ = sides.get((change.system, change.kind, change.key), ({}, {}))
        if change.kind == "channels" and change.action in ("replace", "delete") and was.get("address"):
            pieces.append(f"{was['address']} stops taking mail")
    if pieces:
        yield f"Addresses: {'; '.join(pieces)}"


def _rules(document: PlanDocument, sides: Sides) -> list[tuple[str, Side, Side]]:
    """Changed rules with their names, as they are and as they will be; the vendor's that ours replace are among them.

    A rule that is let go goes on as it is.
    """
    found = []
    for change in document.changes:
        if change.kind not in _RULES or change.action == "release":
            continue
        for (instance, kind, key), (was, will) in sides.items():
            if (instance, kind, key.partition("/")[0]) == (change.system, change.kind, change.key):
                gone = change.action in ("delete", "switch_off")
                found.append((str(will.get("name") or was.get("name") or key), was, {} if gone else will))
    return found


def _mailing(head: str, whom: str, rules: list[tuple[str, Side, Side]]) -> Iterator[str]:
    """Rules that begin, cease or change to mail somebody; a rule that is switched off mails nobody."""
    begin, cease, differ = [], [], []
    for name, was, will in rules:
        before, after = whom in _mailed(was), whom in _mailed(will)
        if after and not before:
            begin.append(name)
        elif before and not after:
            cease.append(name)
        elif after and was != will:
            differ.append(name)
    for names, one, many in (
        (begin, f"rule begins to mail {whom}", f"rules begin to mail {whom}"),
        (cease, f"rule no longer mails {whom}", f"rules no longer mail {whom}"),
        (differ, f"rule that mails {whom} changes", f"rules that mail {whom} change"),
    ):
        if names:
            yield f"{head}: {len(names)} {one if len(names) == 1 else many}: {listed(names)}"


def _mailed(declared: Mapping[str, Any]) -> set[str]:
    """Whom a rule mails: nobody while it is off. Where its actions are not declared, what was read of it says so."""
    if not declared or declared.get("active", True) is False:
        return set()
    if "then" not in declared:
        return set(declared.get("mails", ()))
    recipients = [
        action["email"] for action in declared["then"] or [] if isinstance(action, dict) and "email" in action
    ]
    return {"customers" if each in _CUSTOMERS else "agents" for each in recipients}


def keeps(name: str, *, groups: bool, in_chat: bool) -> str:
    """What a person keeps who has left the files: `Ana keeps seat, groups and Slack: take them away by hand`."""
    kept = ["seat", *(["groups"] if groups else []), *(["Slack"] if in_chat else [])]
    said = f"{', '.join(kept[:-1])} and {kept[-1]}: take them" if kept[1:] else "the seat: take it"
    return f"{name} keeps {said} away by hand"


class _Team:
    """What changes give to people or take from them, with their names as far as they are known."""

    def __init__(self, compiled: Compiled, settings: Mapping[str, SystemSettings]) -> None:
        self._called, self._settings = compiled.called, settings
        self._in_chat = any(resource.instance == _CHAT for resource in compiled.resources)

    def _names(self, keys: Iterable[str], kind: str = "people") -> list[str]:
        return [self._called.get((kind, key), key) for key in keys]

    def access(self, change: Change, was: Side, will: Side) -> Iterator[str]:
        name = change.name or change.key
        ends = change.action in _ENDS
        if change.kind == "groups" and change.action == "delete":
            yield f"Access: the group {name} is deleted; its tickets have no group any more"
        elif change.kind == "people":
            yield from self._person(change, was, will)
        elif change.kind in ("crm_access", "crm_queues"):
            what = f"{'the queue ' if change.kind == 'crm_queues' else ''}“{name}” in the CRM"
            get = self._names(_less(will.get("people"), was.get("people"))) if not ends else []
            lose = self._names(_less(was.get("people"), {} if ends else will.get("people")))
            for who, one, many in ((get, "gets", "people get"), (lose, "loses", "people lose")):
                if who[1:]:
                    yield f"Access: {len(who)} {many} {what}: {', '.join(who)}"
                elif who:
                    yield f"Access: {who[0]} {one} {what}"
        elif change.kind == "crm_objects" and was.get("sharing") and not ends and was["sharing"] != will.get("sharing"):
            said = phrase_of("crm_objects", "sharing").values.get(str(will.get("sharing")), "shared otherwise")
            yield f"Access: “{name}” records of others are {said} from now on"
        elif change.kind == "slack_channels" and change.system == _CHAT:
            yield from self._channel(change, was, will)
        elif change.kind == "slack_user_groups":
            yield from self._user_group(change, was, will)

    def _person(self, change: Change, was: Side, will: Side) -> Iterator[str]:
        name = change.name or change.key
        if change.action == "delete":
            yield f"Access: {name} loses the seat in the helpdesk"
        elif change.action == "release" and "role" in was:
            yield f"Access: {keeps(name, groups=bool(was.get('groups')), in_chat=self._in_chat)}"
        elif change.action not in _ENDS and was:
            for group in self._names(_less(was.get("groups"), will.get("groups")), "groups"):
                yield f"Access: {name} leaves the group {group}; open tickets there lose their assignee"
            if was.get("role") != will.get("role"):
                yield f"Access: {name} becomes {self._role(will)} (was {self._role(was)})"
            if will.get("active") is False and was.get("active") is not False:
                title = systems()[self._settings[change.system].type].title
                yield f"Access: {name} cannot sign in to {title} any more; tickets and groups stay"

    def _role(self, side: Side) -> str:
        said = str(side.get("role"))
        return phrase_of("people", "role").values.get(said) or self._called.get(("roles", said), said)

    def _channel(self, change: Change, was: Side, will: Side) -> Iterator[str]:
        """Only the channel itself: the helpdesk's way into it is none that people have."""
        name = change.name or change.key
        invited = self._names(_less(will.get("people"), was.get("people"))) if change.action not in _ENDS else []
        if invited[1:]:
            yield f"Slack: {len(invited)} people are invited to #{name}: {', '.join(invited)}"
        elif invited:
            yield f"Slack: {invited[0]} is invited to #{name}"
        elif change.action == "delete":
            yield f"Slack: #{name} is archived; nobody can write there any more"
        stay = self._names(_less(was.get("people"), will.get("people"))) if change.action not in _ENDS else []
        if stay:
            verb = "stay" if stay[1:] else "stays"
            yield f"Slack: {', '.join(stay)} {verb} in #{name}; golive takes nobody out of a channel, a person does"

    def _user_group(self, change: Change, was: Side, will: Side) -> Iterator[str]:
        name = change.name or change.key
        if change.action in ("delete", "switch_off") or (was.get("active") is True and will.get("active") is False):
            yield f"Slack: the user group {name} is switched off; nobody can mention it any more"
        if change.action in _ENDS:
            return
        gone = self._names(_less(was.get("people"), will.get("people")))
        if gone:
            yield f"Slack: {', '.join(gone)} {'leave' if gone[1:] else 'leaves'} the user group {name}"


def _get(people: list[str]) -> str:
    return "1 gets" if len(people) == 1 else f"{len(people)} get"


def _less(first: Any, second: Any) -> list[str]:
    gone = second or []
    return [str(entry) for entry in first or [] if entry not in gone]
