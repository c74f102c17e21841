"""User groups. Slack cannot delete one: golive switches it off, and a group that is off keeps its name.

Source: docs.slack.dev, “usergroups.create”, “usergroups.users.update” (it replaces all members, and cannot remove the
last one), “usergroups.disable”, “usergroups.list” (one answer, without pages).
"""

from __future__ import annotations

from typing import Any, TypeAlias

from provisioners.collection import Collection, Live, Switch, Write
from provisioners.errors import SystemFault
from provisioners.resource import Payload
from provisioners.slack.channel import plain
from provisioners.slack.client import SlackClient

Words: TypeAlias = list[str]
"""E-mail addresses or ids."""
TEXTS = {"handle": "handle", "purpose": "description"}
"""Attributes that are only managed where they are given → the vendor's word."""


class UserGroup(Collection):
    """A user group.

    Payload: `name`, `active`, `people` (e-mail addresses, sorted; all of them and nobody else), and `handle`, `purpose`
    where they are managed. Of a group that is off, members are not compared: they are set when it comes on.
    """

    type = "slack:UserGroup"
    kind_word = "Slack user group"
    calls_per_write = 4  # its members are set by themselves, and people are looked up
    comes_back = True
    switch = Switch("active")

    def __init__(self, client: SlackClient) -> None:
        self.client = client

    def natural_key(self, payload: Payload) -> str:
        return str(payload["name"]).lower()

    def live_key(self, live: Live) -> str | None:
        """None for a group that golive itself has switched off: its name is free for it to come back."""
        return None if self._is_ours_and_off(live) else str(live.body["name"]).lower()

    def list(self, payload: Payload) -> list[Live]:
        """All groups with their members, those that are off, too."""
        answer = self.client.call("usergroups.list", include_disabled=True, include_users=True)
        return [_live(body) for body in answer.get("usergroups") or ()]

    def get(self, identifier: str, payload: Payload) -> Live | None:
        return next((live for live in self.list(payload) if live.id == identifier), None)

    def canonical(self, live: Live, payload: Payload) -> Payload:
        found: Payload = {}
        for name in payload:
            if name == "people":
                found[name] = self._members(live, payload[name])
            elif name in TEXTS:
                found[name] = plain(live.body.get(TEXTS[name]) or "")
            elif name == "active":
                found[name] = bool(live.active)
            else:
                found[name] = plain(live.body[name])
        return found

    def create(self, payload: Payload) -> Write:
        """Make it, then put people into it; what fails after the making is a warning. One of that name which golive
        has switched off before comes on again instead."""
        people = self.client.people(payload["people"], _called(payload))
        try:
            body = self.client.call("usergroups.create", **_texts(payload))["usergroup"]
        except SystemFault as refused:
            returning = self._off_before(payload) if refused.code == "collision" else None
            if returning is not None:
                return self.update(returning.id, payload, {"active": False})
            raise self._taken(payload, refused) from None
        warnings = []
        body = {**body, "users": []}
        try:
            body |= self._set_people(body["id"], people)
            if not payload["active"]:
                body = {**body, **self.client.call("usergroups.disable", usergroup=body["id"])["usergroup"]}
        except SystemFault as late:  # it is made, so it must not be forgotten
            warnings.append(str(late))
        return Write(_live(body), warnings=tuple(warnings))

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        people = self.client.people(payload["people"], _called(payload))
        if not people and old.get("people") and payload["active"]:
            raise SystemFault(
                "refused",
                _called(payload),
                "nobody would be left in it, and Slack keeps no user group without people",
                "Name somebody, or say `active: false`.",
            )
        body: dict[str, Any] = {}
        if payload["active"] and not old.get("active"):
            body |= self.client.call("usergroups.enable", usergroup=identifier)["usergroup"]
        if any(payload[name] != old.get(name) for name in ("name", *TEXTS) if name in payload):
            try:
                body |= self.client.call("usergroups.update", usergroup=identifier, **_texts(payload))["usergroup"]
            except SystemFault as refused:
                raise self._taken(payload, refused) from None
        if payload["active"]:
            body |= self._set_people(identifier, people)
        elif old.get("active", True):
            body |= self.client.call("usergroups.disable", usergroup=identifier)["usergroup"]
        live = _live(body) if "users" in body or (not payload["active"] and body) else self.get(identifier, payload)
        if live is None:
            raise SystemFault("not_found", _called(payload), "Slack no longer has it")
        return Write(live)

    def delete(self, identifier: str, payload: Payload) -> None:
        """Switch it off; that is the most that Slack allows."""
        live = self.get(identifier, payload)
        if live is None or not live.active:
            return
        self.client.call("usergroups.disable", usergroup=identifier)

    def switch_off(self, identifier: str, payload: Payload) -> None:
        self.delete(identifier, payload)

    def turn(self, identifier: str, payload: Payload, *, on: bool) -> Write:
        method = "usergroups.enable" if on else "usergroups.disable"
        return Write(_live(self.client.call(method, usergroup=identifier)["usergroup"]))

    def if_taken(self, live: Live) -> str:
        if live.active:
            return ""
        return (
            f"“{live.body['name']}” is switched off and keeps its name: `golive adopt` takes it over and "
            "switches it on again; or choose another name."
        )

    def _is_ours_and_off(self, live: Live) -> bool:
        by = live.body.get("deleted_by")
        return not live.active and bool(by) and by == self.client.own_user()

    def _off_before(self, payload: Payload) -> Live | None:
        name = self.natural_key(payload)
        mine = (live for live in self.list(payload) if str(live.body["name"]).lower() == name)
        return next((live for live in mine if self._is_ours_and_off(live)), None)

    def _set_people(self, identifier: str, people: Words) -> dict[str, Any]:
        """The group as it is then; nothing where nobody is named, because the vendor refuses an empty list."""
        if not people:
            return {}
        users = ",".join(people)
        answer = self.client.call("usergroups.users.update", usergroup=identifier, users=users, include_users=True)
        return {"users": people, **answer["usergroup"]}

    def _members(self, live: Live, emails: Words) -> Words:
        """The members' addresses: the declared ones that are in it as the files write them, then all others."""
        if not live.active:
            return emails
        members = set(live.body.get("users") or ())
        ids = {email: self.client.person(email) for email in emails}
        others = members - set(ids.values())
        return sorted([*(email for email in emails if ids[email] in members), *map(self.client.address, others)])

    def _taken(self, payload: Payload, refused: SystemFault) -> SystemFault:
        """A refusal that says who has the name or the handle; any other as it is."""
        if refused.code != "collision":
            return refused
        if refused.why.startswith("name"):
            holder = next((live for live in self.list(payload) if live.label.lower() == payload["name"].lower()), None)
            off = holder is not None and not holder.active
            why = f"a user group{' that is switched off' if off else ''} has the name already"
            do = (holder and self.if_taken(holder)) or "Take it over with `golive adopt`, or choose another name."
            return SystemFault("collision", _called(payload), why, do)
        who = handle_holder(self.client, str(payload.get("handle")), payload["name"])
        why = f"the handle @{payload.get('handle')} belongs to {who or 'a person of the workspace'}"
        do = "Choose another handle: people, channels and user groups share one set of them."
        return SystemFault("collision", _called(payload), why, do)


def handle_holder(client: SlackClient, handle: str, own_name: str) -> str:
    """The user group or channel that has a handle, in words; "" where it is neither. own_name: of the group that
    asks."""
    for live in UserGroup(client).list({}):
        if live.body.get("handle") == handle and live.label.lower() != own_name.lower():
            return f"the user group “{live.label}”{'' if live.active else ', which is switched off'}"
    types = "public_channel,private_channel"
    taken = any(body["name"] == handle for body in client.pages("conversations.list", "channels", types=types))
    return f"the channel #{handle}" if taken else ""


def _texts(payload: Payload) -> dict[str, str]:
    """What is said of a group in one call."""
    return {
        "name": str(payload["name"]),
        **{word: str(payload[name]) for name, word in TEXTS.items() if name in payload},
    }


def _called(payload: Payload) -> str:
    return f"Slack user group “{payload['name']}”"


def _live(body: dict[str, Any]) -> Live:
    return Live(str(body["id"]), body, plain(body["name"]), active=not body.get("date_delete"))
