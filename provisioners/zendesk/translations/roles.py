"""Roles with rights of their own (grammar 38). The built-in roles are there already: nothing is made for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from config.declaration import Declared
from config.names import folded
from provisioners.collection import Live
from provisioners.errors import SystemFault
from provisioners.resource import Payload, Resource
from provisioners.sighting import Data, Look, Sighting
from provisioners.translation import Context, Names
from provisioners.zendesk.seats import OWN
from provisioners.zendesk.translations.base import CannotSend, ZendeskTranslation, extras_back, extras_of, made
from provisioners.zendesk.translations.rights import RIGHTS, configuration, declared_rights, nearest_like

LIKE = "like"
"""In a payload: the built-in role from which ours starts. golive's own."""
_EXTRAS = ("description",)
_ENTERPRISE = "enterprise"
_RESERVED = frozenset(
    {"agent", "administrator", "admin", "light agent", "contributor", "billing admin", "legacy agent"}
)
"""Names of the vendor's own roles, which no other role can have; small letters."""
CALLED = {"admin": "administrator", "agent": "agent", "light_agent": "light agent"}


def check_role(item: Declared) -> None:
    """Raises CannotSend for the name of one of the vendor's own roles."""
    if item.value.rights and item.value.name and folded(item.value.name) in _RESERVED:
        raise CannotSend(
            f"“{item.value.name}” is the name of one of Zendesk's own roles",
            "Give this one another name, or leave out its `rights`.",
            ("name",),
        )


def without_own_roles(context: Context) -> str:
    """The account's plan, where that is known and has no roles of the account's own; "" otherwise."""
    plan = context.settings.plan or ""
    return "" if plan.endswith(_ENTERPRISE) else plan


class Roles(ZendeskTranslation):
    kind = "roles"
    type_ = "zendesk:CustomRole"
    natural = "name"
    form: ClassVar = {"name": ""}
    further: ClassVar = {"description": ""}

    def sightings(self, look: Look) -> Iterable[Sighting]:
        """The account's own roles. Where the plan has none, the vendor does not even list its own."""
        try:
            lives = self.listed(look)
        except SystemFault as fault:
            if fault.status != 403:
                raise
            return
        for live in lives:
            if live.body.get("role_type") == OWN:
                part = look.part(self.type_, live, self.form_of(live))
                rights = declared_rights(live.body.get("configuration") or {})
                beyond = "" if rights is not None else "it has a right that has no word here"
                yield Sighting(self.kind, live.label, {"": part}, beyond=beyond)

    def form_of(self, live: Live) -> Payload:
        live_rights = live.body.get("configuration") or {}
        known = {right.key: None for right in RIGHTS.values() if live_rights.get(right.key) is not None}
        return {**super().form_of(live), "configuration": known}

    def said(self, sighting: Sighting, names: Names, context: Context) -> Data:
        data = super().said(sighting, names, context)
        if data.get("rights"):
            return data
        every = declared_rights(sighting.main.payload["configuration"]) or {}
        return {**data, "rights": dict(list(every.items())[:1])}  # without any it would be a built-in role

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        value = item.value
        if not value.rights:
            return []
        check_role(item)
        plan = without_own_roles(context)
        if plan:
            context.leave_out(
                item,
                f"the plan {plan} has no roles with rights of their own; the nearest is the built-in role: leave out "
                f"`rights`, and it is {CALLED[value.like]}",
            )
            return []
        payload: Payload = {
            "name": value.name,
            LIKE: value.like,
            "configuration": configuration(value.like, value.rights.said()),
            **extras_of(item, *_EXTRAS),
        }
        return [made(item, context, self.type_, payload)]

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        if "" not in parts:
            return {}
        payload = parts[""][1]
        result: dict[str, Any] = {"name": payload["name"]}
        if "configuration" in payload:
            every = declared_rights(payload["configuration"]) or {}
            like, differ = nearest_like(every)
            if LIKE in payload:
                like = payload[LIKE]
                differ = {word: value for word, value in every.items() if value != getattr(RIGHTS[word], like)}
            result |= {"like": like, "rights": differ}
        return {**result, **extras_back(payload, *_EXTRAS)}
