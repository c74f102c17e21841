"""Channels. Slack cannot delete one: golive archives it, and an archived channel keeps its name."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from provisioners.collection import Collection, Live, Write
from provisioners.errors import SystemFault
from provisioners.resource import Payload
from provisioners.slack.client import Body, SlackClient

Words: TypeAlias = list[str]
"""E-mail addresses, ids or warnings."""

TEXTS = {"topic": "conversations.setTopic", "purpose": "conversations.setPurpose"}
_MOST_INVITED = 100
"""People in one invitation; the vendor takes up to 100 ids for a bot."""


class Channel(Collection):
    """A channel.

    Payload: `name`, `private`, `archived` (always false), `people` (e-mail addresses), and `topic`, `purpose` where
    they are managed. People who joined by themselves are never removed: of a live channel only the declared ones are
    compared. A channel cannot become private later, and its name stays taken, so it is never replaced.
    """

    type = "slack:Channel"
    kind_word = "Slack channel"
    calls_per_write = 8  # its parts are set one by one, and people are looked up
    carries_data = True
    outputs_from = frozenset({"name"})
    gone_for_good = "it is archived, and Slack lets no bot unarchive a channel: a person does"

    def __init__(self, client: SlackClient) -> None:
        self.client = client

    def natural_key(self, payload: Payload) -> str:
        return str(payload["name"])

    def live_key(self, live: Live) -> str:
        return str(live.body["name"])

    def list(self, payload: Payload) -> list[Live]:
        """All channels that the bot can see, archived ones too."""
        types = "public_channel,private_channel"
        return [_live(body) for body in self.client.pages("conversations.list", "channels", types=types)]

    def get(self, identifier: str, payload: Payload) -> Live | None:
        try:
            return _live(self.client.call("conversations.info", channel=identifier)["channel"])
        except SystemFault as missing:
            if missing.code == "not_found":
                return None
            raise

    def canonical(self, live: Live, payload: Payload) -> Payload:
        body = live.body
        found: Payload = {}
        for name in payload:
            if name == "people":
                found[name] = self._members_among(payload["people"], live)
            elif name in TEXTS:
                found[name] = plain((body.get(name) or {}).get("value") or "")
            elif name in ("private", "archived"):
                found[name] = bool(body[f"is_{name}"])
            else:
                found[name] = body[name]
        return found

    def create(self, payload: Payload) -> Write:
        """Make it, then set topic and purpose and invite people; what fails after the making is a warning."""
        people = self.client.people(payload["people"], f"Slack channel #{payload['name']}")
        try:
            body = self.client.call("conversations.create", name=payload["name"], is_private=payload["private"])[
                "channel"
            ]
        except SystemFault as refused:
            if refused.code == "collision":
                raise self._name_taken(payload) from None
            raise
        warnings: Words = []
        try:
            self._set_texts(body["id"], payload, {})
            self._invite(body["id"], people)
            body = self.client.call("conversations.info", channel=body["id"])["channel"]
            members = sorted(self._members(body["id"])) if people else []
        except SystemFault as late:  # it is made, so it must not be forgotten
            members = []
            warnings.append(str(late))
        return Write(_live({**body, "members": members}), warnings=tuple(warnings))

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        body = self.client.call("conversations.info", channel=identifier)["channel"]
        if body["is_archived"]:
            raise SystemFault(
                "refused",
                f"Slack channel #{payload['name']}",
                "it is archived, and Slack lets no bot unarchive a channel",
                f"A person opens #{body['name']} in Slack and chooses Unarchive; then run the same command again.",
            )
        if body["is_private"] != payload["private"]:
            now, wanted = ("private", "public") if body["is_private"] else ("public", "private")
            raise SystemFault(
                "refused",
                f"Slack channel #{payload['name']}",
                f"it is {now} and should be {wanted}, which only a person can change in Slack",
                "Change it there under the channel's settings, or say in the files what it is.",
            )
        people = self.client.people(payload["people"], f"Slack channel #{payload['name']}")
        self._join(body)
        if body["name"] != payload["name"]:
            try:
                self.client.call("conversations.rename", channel=identifier, name=payload["name"])
            except SystemFault as refused:
                if refused.code == "collision":
                    raise self._name_taken(payload) from None
                raise
        self._set_texts(identifier, payload, body)
        members = self._members(identifier) if people else set()
        self._invite(identifier, [person for person in people if person not in members])
        return Write(_live(self.client.call("conversations.info", channel=identifier)["channel"]))

    def delete(self, identifier: str, payload: Payload) -> None:
        """Archive it; that is the most that Slack allows."""
        live = self.get(identifier, payload)
        if live is None or live.body["is_archived"]:
            return
        self._join(live.body)
        self.client.call("conversations.archive", channel=identifier)

    def switch_off(self, identifier: str, payload: Payload) -> None:
        self.delete(identifier, payload)

    def if_taken(self, live: Live) -> str:
        return _unarchive_first(str(live.body["name"])) if live.body["is_archived"] else ""

    def outputs(self, live: Live) -> dict[str, str]:
        return {"name": str(live.body["name"])}

    def standing(self, live: Live) -> dict[str, Any]:
        return {"member": bool(live.body.get("is_member")), "archived": bool(live.body["is_archived"])}

    def _members(self, identifier: str) -> set[str]:
        return set(self.client.pages("conversations.members", "members", channel=identifier))

    def _members_among(self, emails: Words, live: Live) -> Words:
        if not emails:
            return []
        members = live.body["members"] if "members" in live.body else self._members(live.id)
        return [email for email in emails if self.client.person(email) in members]

    def _set_texts(self, identifier: str, payload: Payload, body: Body) -> None:
        for name, method in TEXTS.items():
            wanted = payload.get(name)
            if wanted is not None and wanted != plain((body.get(name) or {}).get("value") or ""):
                self.client.call(method, **{"channel": identifier, name: wanted})

    def _invite(self, identifier: str, people: Words) -> None:
        for start in range(0, len(people), _MOST_INVITED):
            users = ",".join(people[start : start + _MOST_INVITED])
            self.client.call("conversations.invite", channel=identifier, users=users)

    def _join(self, body: Body) -> None:
        """Slack lets only members change a channel."""
        if body.get("is_member"):
            return
        if body["is_private"]:
            raise SystemFault(
                "refused",
                f"Slack channel #{body['name']}",
                "the bot is not in this private channel",
                "A person of the channel invites the bot there; then run the same command again.",
            )
        self.client.call("conversations.join", channel=body["id"])

    def _name_taken(self, payload: Payload) -> SystemFault:
        name = payload["name"]
        holder = next((live for live in self.list(payload) if live.body["name"] == name), None)
        if holder is None:
            why = "the name is taken by a private channel that golive's bot cannot see"
            remedy = "Ask who owns it to invite the bot there and adopt it, or choose another name."
        elif holder.body["is_archived"]:
            why = f"an archived channel (id {holder.id}) has the name"
            remedy = _unarchive_first(name)
        else:
            why = f"a channel of that name (id {holder.id}) is there already, and golive did not make it"
            remedy = "Take it over with `golive adopt`, or choose another name."
        return SystemFault("collision", f"Slack channel #{name}", why, remedy)


def _unarchive_first(name: str) -> str:
    return (
        f"#{name} is archived and keeps its name, and Slack lets no bot unarchive it. A person unarchives it in Slack, "
        "then `golive adopt` takes it over; or a person renames it there; or choose another name."
    )


def _live(body: Body) -> Live:
    archived = bool(body["is_archived"])
    label = f"#{body['name']} (archived)" if archived else f"#{body['name']}"
    return Live(str(body["id"]), body, label, active=not archived, default=bool(body.get("is_general")))


_LINK = re.compile(r"<((?:https?|mailto):[^|>]+)(?:\|[^>]*)?>")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}


def plain(text: Any) -> str:
    """A topic as a person typed it: Slack gives links back in <> and three signs as entities."""
    without_links = _LINK.sub(lambda link: link[1].removeprefix("mailto:"), str(text))
    return re.sub("|".join(_ENTITIES), lambda found: _ENTITIES[found[0]], without_links)
