"""People with a seat, their roles, their groups (grammar 38)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from config.declaration import Declaration, Declared
from config.kinds.people import InviteAt
from config.phases import PHASES
from provisioners.collection import Live
from provisioners.resource import Payload, Resource
from provisioners.sighting import Data, Look, Part, Sighting
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.base import NotApplied, ZendeskTranslation, extras_back, extras_of, made

_MEMBER = "groups/"
_EXTRAS = ("alias",)
_DEFAULT = "default_group"
_ROLES = {"admin": "admin", "agent": "agent"}


def vendor_role(item: Declared, declared: Declaration) -> str:
    """What the vendor calls a person's built-in role. Raises NotApplied."""
    role = declared.get("roles", item.value.role)
    like = (role.value.like if role else None) or "agent"
    if role and (role.value.rights or role.value.existing):
        raise NotApplied("a role of the account's own", ("role",))
    if like not in _ROLES:
        raise NotApplied("the seat of a light agent", ("role",))
    return _ROLES[like]


class Roles(ZendeskTranslation):
    """The built-in roles are there already: nothing is made for them."""

    kind = "roles"
    type_ = "zendesk:CustomRole"
    natural = "name"

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        if item.value.rights:
            raise NotApplied("a role with rights of its own")
        return []

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        return {}


class People(ZendeskTranslation):
    """Only who is invited is made. Who is not, and never was, is listed with the reason."""

    kind = "people"
    type_ = "zendesk:User"
    natural = "email"

    def sightings(self, look: Look) -> Iterable[Sighting]:
        of: dict[str, list[Live]] = {}
        for membership in look.lives("zendesk:GroupMembership"):
            of.setdefault(str(membership.body["user_id"]), []).append(membership)
        for live in look.lives(self.type_):
            form: Payload = {"name": "", "email": "", "role": ""}
            alias = {"alias": ""} if live.body.get("alias") else {}
            parts = {"": look.part(self.type_, live, {**form, **alias})}
            memberships = of.get(live.id, [])
            for each in memberships:
                group = str(each.body["group_id"])
                payload = {"user_id": live.id, "group_id": group}
                parts[f"{_MEMBER}{group}"] = Part("zendesk:GroupMembership", each, payload)
                if each.body.get("default") and memberships[1:]:
                    parts[_DEFAULT] = Part("zendesk:DefaultGroup", each, payload)
            yield Sighting(self.kind, str(live.body.get("name") or live.label), parts, beyond=_beyond(live))

    def said(self, sighting: Sighting, names: Names, context: Context) -> Data:
        known = {part: each for part, each in sighting.parts.items() if _has_group(each, names)}
        data = super().said(replace(sighting, parts=known), names, context)
        like = {value: word for word, value in _ROLES.items()}.get(str(data["role"]), "")
        roles = context.declared.of("roles").values()
        mine = next((role.key for role in roles if role.value.like == like and not role.value.rights), like)
        return {**data, "role": mine}

    def existing_name(self, item: Declared) -> str:
        existing = item.value.existing
        return existing if isinstance(existing, str) else str(item.value.email or item.name)

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        invited = self._is_invited(item, context)
        if not invited and context.last_known(self.kind, item.key) is None:
            self._say_why_not(item, context)
            return []
        value = item.value
        payload: Payload = {"name": value.name, "email": value.email, "role": vendor_role(item, context.declared)}
        if not invited:  # who has been invited stays held to the files; who has left by hand comes back without a mail
            payload["skip_verify_email"] = True
        payload |= extras_of(item, *_EXTRAS)
        person = made(item, context, self.type_, payload, sends_mail=int(invited))
        memberships = [
            made(
                item,
                context,
                "zendesk:GroupMembership",
                {"user_id": context.ref("people", item.key), "group_id": context.ref("groups", group)},
                part=f"{_MEMBER}{group}",
                former_part=_former_membership(group, context),
                on_remove="delete",
            )
            for group in value.groups
        ]
        return [person, *memberships, *self._default_group(item, context)]

    def _is_invited(self, item: Declared, context: Context) -> bool:
        invite = item.value.invite
        if isinstance(invite, InviteAt):
            return PHASES.index(context.phase) >= PHASES.index(invite.phase)
        return bool(invite == "now")

    def _say_why_not(self, item: Declared, context: Context) -> None:
        if isinstance(item.value.invite, InviteAt):
            context.asleep(item, item.value.invite.phase)
        else:
            context.leave_out(item, "no invitation (`invite: never`)")

    def _default_group(self, item: Declared, context: Context) -> list[Resource]:
        group = item.value.default_group
        if group is None:
            return []
        payload = {"user_id": context.ref("people", item.key), "group_id": context.ref("groups", group)}
        everywhere = tuple(context.name("people", item.key, f"{_MEMBER}{other}") for other in item.value.groups)
        return [
            made(
                item,
                context,
                "zendesk:DefaultGroup",
                payload,
                part=_DEFAULT,
                on_remove="release",
                depends_on=everywhere,
            )
        ]

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        result: dict[str, Any] = {}
        if "" in parts:
            person = parts[""][1]
            result = {name: person[name] for name in ("name", "email", "role") if name in person}
            result |= extras_back(person, *_EXTRAS)
        groups = [
            names.key("zendesk:Group", payload["group_id"])
            for part, (_, payload) in parts.items()
            if part.startswith(_MEMBER)
        ]
        result["groups"] = groups
        if _DEFAULT in parts:
            result["default_group"] = names.key("zendesk:Group", parts[_DEFAULT][1]["group_id"])
        return result


def _has_group(part: Part, names: Names) -> bool:
    """False for what is in a group that the files do not name."""
    group = part.payload.get("group_id")
    return group is None or not names.key("zendesk:Group", group).startswith("#")


def _beyond(live: Live) -> str:
    """Why golive cannot look after an agent's seat. The numbers are the vendor's `role_type`."""
    if not live.body.get("email"):
        return "no mail address is known, by which people are told apart"
    if live.body.get("role_type") == 1:
        return "the seat of a light agent is not applied by this version"
    own = live.body.get("role_type") == 0 and live.body.get("custom_role_id")
    return "a role of the account's own is not applied by this version" if own else ""


def _former_membership(group: str, context: Context) -> str:
    """The name of a membership before its group was renamed, empty where it was not."""
    found = context.declared.get("groups", group)
    return f"{_MEMBER}{found.value.was}" if found is not None and found.value.was else ""
