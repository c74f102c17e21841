"""Statuses of the client's own, and which is the default of its category (grammar 16)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from config.declaration import Declared
from provisioners.collection import Live
from provisioners.resource import Payload, Resource
from provisioners.sighting import Look, Part, Sighting
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.base import CannotSend, ZendeskTranslation, made
from provisioners.zendesk.translations.helps import help_back, help_for_agents, help_for_customers
from provisioners.zendesk.translations.speech import Hearing, Speech
from provisioners.zendesk.translations.texts import without_nothing

_DEFAULT, _NAME = "default", "name"
_YES = "true"
_CATEGORIES = {"on_hold": "hold"}
_HELPS = ("description", "end_user_description")


class TicketStatuses(ZendeskTranslation):
    kind = "ticket_statuses"
    type_ = "zendesk:CustomStatus"
    natural = "agent_label"
    form: ClassVar = {"status_category": "", "agent_label": "", "end_user_label": "", "active": True}
    further: ClassVar = dict.fromkeys(_HELPS, "")

    def sightings(self, look: Look) -> Iterable[Sighting]:
        lives = self.listed(look)
        vendors = _vendors_own(lives)
        for live in lives:
            parts = {"": look.part(self.type_, live, self.form_of(live))}
            if live.body.get("default") and live.id not in vendors:
                payload = {"status_id": live.id, "default": _YES}
                parts[_DEFAULT] = Part("zendesk:DefaultStatus", live, payload)
            yield Sighting(self.kind, live.label, parts, vendors=live.id in vendors)

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        value, speech = item.value, Speech(context, item)
        name = value.customers.name
        seen = None if name is None else speech.text(name, _NAME)
        active = context.active(item)
        payload = without_nothing(
            {
                "status_category": vendor_category(item),
                "agent_label": value.name,
                "end_user_label": seen or value.name,
                "active": active,
                "description": help_for_agents(item),
                "end_user_description": help_for_customers(item, speech),
            }
        )
        before = () if active else _other_defaults(item, context)
        status = made(item, context, self.type_, payload, depends_on=(*speech.needs, *before))
        return [*speech.resources, status, *self._default(item, context)]

    def _default(self, item: Declared, context: Context) -> list[Resource]:
        """Being the default is a resource of its own; the vendor takes no status for it that is off."""
        if not item.value.default or not context.active(item):
            return []
        payload = {"status_id": context.ref(self.kind, item.key), "default": _YES}
        return [made(item, context, "zendesk:DefaultStatus", payload, part=_DEFAULT, on_remove="release")]

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        result: dict[str, Any] = {}
        if "" in parts:
            payload, hearing = parts[""][1], Hearing(names, parts)
            words = {vendor: word for word, vendor in _CATEGORIES.items()}
            result["name"] = payload["agent_label"]
            if "status_category" in payload:
                result["category"] = words.get(payload["status_category"], payload["status_category"])
            if payload.get("end_user_label") not in (None, "", payload["agent_label"]):
                result["customers"] = {"name": hearing.text(payload["end_user_label"], _NAME)}
            if "active" in payload:
                result["active"] = payload["active"]
            result |= help_back(
                agents=payload.get("description"), customers=hearing.text(payload.get("end_user_description"), "help")
            )
        if _DEFAULT in parts:
            result["default"] = parts[_DEFAULT][1].get("default") == _YES
        return result


def vendor_category(item: Declared) -> str:
    """What the vendor calls a status's category. Raises CannotSend: nobody can add one to that of new tickets."""
    said = str(item.value.category)
    if said == "new":
        raise CannotSend(
            "Zendesk takes no further status of new tickets",
            "Name the one that is there, with `existing:`, or use the category open.",
            ("category",),
        )
    return _CATEGORIES.get(said, said)


def _other_defaults(item: Declared, context: Context) -> tuple[str, ...]:
    """What makes another status of the category the default, which is before this one can be switched off."""
    others = (each for each in context.declared.of(item.kind).values() if each.key != item.key)
    return tuple(
        context.name(item.kind, other.key, _DEFAULT)
        for other in others
        if not other.value.existing
        and not other.value.by_hand
        and other.value.category == item.value.category
        and other.value.default
        and context.active(other)
    )


def _vendors_own(lives: Iterable[Live]) -> set[str]:
    """The statuses that every account has: the oldest of each category, whatever somebody calls it now."""
    oldest: dict[str, Live] = {}
    for live in sorted(lives, key=lambda live: (len(live.id), live.id)):
        oldest.setdefault(str(live.body.get("status_category")), live)
    return {live.id for live in oldest.values()}
