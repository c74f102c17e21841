"""People with a seat, their roles, their groups (grammar 38)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from config.declaration import Declared
from config.kinds.people import InviteAt
from config.phases import PHASES, asleep_until
from provisioners.collection import Live
from provisioners.errors import SystemFault
from provisioners.resource import Payload, Ref, Resource
from provisioners.sighting import Data, Look, Part, Sighting
from provisioners.translation import Context, Names
from provisioners.zendesk.attribute_words import UNINVITED
from provisioners.zendesk.seats import LIGHT, OTHER_PRODUCTS, OTHER_ROLE, has_own_role
from provisioners.zendesk.translations.base import ZendeskTranslation, extras_back, extras_of, made

_MEMBER = "groups/"
_EXTRAS = ("alias",)
_DEFAULT = "default_group"
_ROLE = "role"
"""The part of a light agent that is the vendor's role of light agents, looked up."""
_OWN_ROLE = "custom_role_id"
_ROLES = {"admin": "admin", "agent": "agent"}
_LIKE_LIGHT = "light_agent"
_UNKNOWN_ROLE = "another role of the account's own"


def seat_of(item: Declared, context: Context) -> tuple[Payload, list[Resource]]:
    """What the vendor calls a person's role, and what has to be looked up for it."""
    role = context.declared.get("roles", item.value.role)
    if role is not None and not role.value.is_built_in:
        return {"role": "agent", _OWN_ROLE: context.ref("roles", role.key)}, []
    like = (role.value.like if role else None) or "agent"
    if like == "light_agent":
        light = made(item, context, "zendesk:LightAgentRole", {"role_type": str(LIGHT)}, part=_ROLE, mode="found")
        return {"role": "agent", _OWN_ROLE: Ref(light.name)}, [light]
    known = context.last_known("people", item.key)
    had_another = known is not None and _OWN_ROLE in known.payload
    return {"role": _ROLES[like], **({_OWN_ROLE: None} if had_another else {})}, []


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
            form: Payload = {"name": "", "email": "", "role": "", "suspended": False}
            alias = {"alias": ""} if live.body.get("alias") else {}
            own = {_OWN_ROLE: ""} if has_own_role(live.body) else {}
            parts = {"": look.part(self.type_, live, {**form, **alias, **own})}
            light = _light_role(live, look)
            if light is not None:
                parts[_ROLE] = Part("zendesk:LightAgentRole", light, {"role_type": str(LIGHT)})
            memberships = of.get(live.id, [])
            for each in memberships:
                group = str(each.body["group_id"])
                payload = {"user_id": live.id, "group_id": group}
                parts[f"{_MEMBER}{group}"] = Part("zendesk:GroupMembership", each, payload)
                if each.body.get("default") and memberships[1:]:
                    parts[_DEFAULT] = Part("zendesk:DefaultGroup", each, payload)
            yield Sighting(self.kind, str(live.body.get("name") or live.label), parts, beyond=_beyond(live, light))

    def said(self, sighting: Sighting, names: Names, context: Context) -> Data:
        known = {part: each for part, each in sighting.parts.items() if _has_group(each, names)}
        data = super().said(replace(sighting, parts=known), names, context)
        if _ROLE in sighting.parts:
            data["role"] = _LIKE_LIGHT
        like = {**{value: word for word, value in _ROLES.items()}, _LIKE_LIGHT: _LIKE_LIGHT}.get(str(data["role"]))
        if like is None:
            return data
        roles = context.declared.of("roles").values()
        mine = next((role.key for role in roles if role.value.like == like and role.value.is_built_in), like)
        return {**data, "role": mine}

    def existing_name(self, item: Declared) -> str:
        existing = item.value.existing
        return existing if isinstance(existing, str) else str(item.value.email or item.name)

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        invited, active = self._is_invited(item, context), context.active(item)
        if not (invited and active) and context.last_known(self.kind, item.key) is None:
            self._say_why_not(item, context)
            return []
        value = item.value
        seat, looked_up = seat_of(item, context)
        payload: Payload = {"name": value.name, "email": value.email, **seat, "suspended": not active}
        if not invited:  # who has been invited stays held to the files; who has left by hand comes back without a mail
            payload[UNINVITED] = True
        payload |= extras_of(item, *_EXTRAS)
        person = made(item, context, self.type_, payload)
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
        return [person, *looked_up, *memberships, *self._default_group(item, context)]

    def _is_invited(self, item: Declared, context: Context) -> bool:
        begins = item.value.invited_with
        return begins is not None and PHASES.index(context.phase) >= PHASES.index(begins)

    def _say_why_not(self, item: Declared, context: Context) -> None:
        if asleep_until(item.value, context.phase) is not None:
            return  # which is said of every object
        if not item.value.active:
            context.leave_out(item, "nobody is invited who may not sign in (`active: false`)")
        elif isinstance(item.value.invite, InviteAt):
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
            result = {name: person[name] for name in ("name", "email") if name in person}
            if "role" in person:
                result["role"] = _role_word(person, names)
            if "suspended" in person:
                result["active"] = not person["suspended"]
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


def _role_word(person: Payload, names: Names) -> str:
    """A person's role: the vendor's word of a built-in one, `light_agent`, or the key of one of the account's own."""
    own = person.get(_OWN_ROLE) or str(person["role"]).partition(OTHER_ROLE)[2]
    if not own:
        return str(person["role"])
    of_light = names.address("zendesk:LightAgentRole", own)
    if of_light.startswith("people/"):
        return _LIKE_LIGHT
    key = names.key("zendesk:CustomRole", own)
    return _UNKNOWN_ROLE if key.startswith("#") else key


def _light_role(live: Live, look: Look) -> Live | None:
    """The vendor's role of light agents, where somebody has it and the account's plan lists it."""
    if live.body.get("role_type") != LIGHT:
        return None
    try:
        return look.with_id("zendesk:LightAgentRole", str(live.body.get(_OWN_ROLE)))
    except SystemFault as fault:
        if fault.status != 403:
            raise
        return None


def _beyond(live: Live, light: Live | None) -> str:
    """Why golive cannot look after an agent's seat."""
    if not live.body.get("email"):
        return "no mail address is known, by which people are told apart"
    if live.body.get("role_type") in OTHER_PRODUCTS:
        return "the seat belongs to another product of the vendor's"
    if live.body.get("role_type") == LIGHT and light is None:
        return "the account's plan does not list its role of light agents"
    return ""


def _former_membership(group: str, context: Context) -> str:
    """The name of a membership before its group was renamed, empty where it was not."""
    found = context.declared.get("groups", group)
    return f"{_MEMBER}{found.value.was}" if found is not None and found.value.was else ""
