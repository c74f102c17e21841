"""Forms with which tickets are made, their conditions, their order, and the default one (grammar 32)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from config.declaration import Declared
from config.kinds.ticket_forms import FormCondition
from provisioners.collection import Live
from provisioners.resource import Payload, Ref, Resource
from provisioners.sighting import Look, Part, Sighting
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.base import CannotSend, ZendeskTranslation, known_by_name, made
from provisioners.zendesk.translations.orders import in_position, kind_order, order_back
from provisioners.zendesk.translations.speech import Hearing, Speech
from provisioners.zendesk.translations.vendor_fields import value_word, vendor_value

FIELD = "zendesk:TicketField"
_OWN = {"type": "tickettype"}
"""The vendor's own fields that it calls otherwise than this vocabulary; all others by the same word."""
_OWN_BACK = {vendor: word for word, vendor in _OWN.items()}
_DEFAULT = "default"
_NAME = "name"
_SIDES = {"agents": "agent_conditions", "customers": "end_user_conditions"}
_ON_SOLVE = ["solved"]
_STATUSES = {"on_hold": "hold"}
_STATUSES_BACK = {vendor: word for word, vendor in _STATUSES.items()}


class TicketForms(ZendeskTranslation):
    kind = "ticket_forms"
    type_ = "zendesk:TicketForm"
    natural = "name"
    form: ClassVar = {
        "name": "",
        "display_name": "",
        "active": True,
        "end_user_visible": True,
        "in_all_brands": True,
        "restricted_brand_ids": [],
        "ticket_field_ids": [],
        "agent_conditions": [],
        "end_user_conditions": [],
    }

    def listed(self, look: Look) -> list[Live]:
        return in_position(look.lives(self.type_))

    def sightings(self, look: Look) -> Iterable[Sighting]:
        for sighting in super().sightings(look):
            live = sighting.main.live
            if live.body.get("default"):
                part = Part("zendesk:DefaultForm", live, {"form_id": live.id, "default": True})
                yield Sighting(sighting.kind, sighting.name, {**sighting.parts, _DEFAULT: part}, left=sighting.left)
            else:
                yield sighting

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        value, speech = item.value, Speech(context, item)
        seen = None if value.customers.name is None else speech.text(value.customers.name, _NAME)
        payload: Payload = {
            "name": value.name,
            "display_name": seen or value.name,
            "active": context.active(item),
            "end_user_visible": value.customers.can != "hidden",
            "in_all_brands": value.brands is None,
            "restricted_brand_ids": [context.ref("brands", brand) for brand in value.brands or []],
            "ticket_field_ids": [_field(name, context) for name in value.fields],
            **{part: _conditions(value.conditions, side, context) for side, part in _SIDES.items()},
        }
        needs = (*speech.needs, *known_by_name(item, context), *self._before(item, context))
        form = made(item, context, self.type_, payload, depends_on=needs)
        return [*speech.resources, form, *self._default(item, context)]

    def _before(self, item: Declared, context: Context) -> tuple[str, ...]:
        """A form that is switched off waits until another one is the default: the vendor keeps the default one on."""
        if item.value.default or context.active(item):
            return ()
        others = (other for other in context.declared.of(self.kind).values() if other.value.default)
        return tuple(context.name(self.kind, each.key, _DEFAULT) for each in others if _is_made(each, context))

    def _default(self, item: Declared, context: Context) -> list[Resource]:
        if not item.value.default or not context.active(item):
            return []
        payload = {"form_id": context.ref(self.kind, item.key), "default": True}
        return [made(item, context, "zendesk:DefaultForm", payload, part=_DEFAULT, on_remove="release")]

    def together(self, items: list[Declared], context: Context) -> list[Resource]:
        """The order in which they are offered."""
        return kind_order(self.kind, items, context, "zendesk:TicketFormOrder")

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        ordered = order_back(parts, "zendesk:TicketFormOrder", self.type_, names)
        if ordered:
            return ordered
        result: dict[str, Any] = {}
        if "" in parts:
            result = _form_back(parts[""][1], Hearing(names, parts))
        if _DEFAULT in parts:
            result["default"] = bool(parts[_DEFAULT][1]["default"])
        return result


def check_conditions(form: Declared, context: Context) -> None:
    """Whether the vendor can have a form's conditions. Raises CannotSend."""
    for side in _SIDES:
        _conditions(form.value.conditions, side, context)


def _is_made(form: Declared, context: Context) -> bool:
    return not form.value.existing and not form.value.by_hand and context.active(form)


def _form_back(payload: Payload, hearing: Hearing) -> dict[str, Any]:
    names = hearing.names
    result: dict[str, Any] = {"name": payload["name"]}
    if "active" in payload:
        result["active"] = payload["active"]
    if "end_user_visible" in payload:
        customers: dict[str, Any] = {"can": "edit" if payload["end_user_visible"] else "hidden"}
        if payload["display_name"] != payload["name"]:
            customers["name"] = hearing.text(payload["display_name"], _NAME)
        result["customers"] = customers
    if "ticket_field_ids" in payload:
        result["fields"] = [_field_back(each, names) for each in payload["ticket_field_ids"]]
        result["conditions"] = _conditions_back(payload, names)
    if payload.get("in_all_brands") is False:
        result["brands"] = [names.key("zendesk:Brand", each) for each in payload["restricted_brand_ids"]]
    return result


def _field(name: str, context: Context) -> str | Ref:
    """A field of the account's own as a reference, one of the vendor's by its type."""
    if context.declared.get("ticket_fields", name) is not None:
        return context.ref("ticket_fields", name)
    return _OWN.get(name, name)


def _field_back(sent: Any, names: Names) -> str:
    word = str(sent)
    if word.isdecimal() or word.startswith("ref:"):
        return names.key(FIELD, sent)
    return _OWN_BACK.get(word, word)


def _conditions(declared: list[FormCondition], side: str, context: Context) -> list[Payload]:
    """The conditions of one side; those on the same value of the same field are one at the vendor."""
    found: dict[tuple[str, str], Payload] = {}
    for index, condition in enumerate(declared):
        if side not in condition.for_:
            continue
        children = [
            {"id": _field(name, context), **_asked(condition.required.get(name), side, ("conditions", index))}
            for name in condition.fields
        ]
        value = condition.value
        sent = value if isinstance(value, bool) else vendor_value(condition.field, value, context)
        place = (condition.field, str(sent))
        before = found.setdefault(
            place, {"parent_field_id": _field(condition.field, context), "value": sent, "child_fields": []}
        )
        known = [each["id"] for each in before["child_fields"]]
        before["child_fields"] += [each for each in children if each["id"] not in known]
    return list(found.values())


def _asked(when: Any, side: str, at: tuple[str | int, ...]) -> Payload:
    """When a field must be filled in, as the vendor has it."""
    if side == "customers":
        if isinstance(when, list):
            raise CannotSend(
                "customers do not see a ticket's status, so that they cannot be asked in some of them",
                "Write two conditions: one for agents, and one for customers with `always`.",
                (*at, "required"),
            )
        return {"is_required": when == "always"}
    if when is None:
        return {"is_required": False, "required_on_statuses": {"type": "NO_STATUSES"}}
    if when == "always":
        return {"is_required": True, "required_on_statuses": {"type": "ALL_STATUSES"}}
    statuses = [_STATUSES.get(each, each) for each in when] if isinstance(when, list) else _ON_SOLVE
    return {"is_required": True, "required_on_statuses": {"type": "SOME_STATUSES", "statuses": statuses}}


def _asked_back(child: Mapping[str, Any]) -> Any:
    on_statuses = child.get("required_on_statuses")
    if on_statuses is None:
        return "always" if child.get("is_required") else None
    if on_statuses["type"] != "SOME_STATUSES":
        return "always" if on_statuses["type"] == "ALL_STATUSES" else None
    statuses = list(on_statuses.get("statuses") or [])
    return "on_solve" if statuses == _ON_SOLVE else [_STATUSES_BACK.get(each, each) for each in statuses]


def _conditions_back(payload: Payload, names: Names) -> list[dict[str, Any]]:
    """`conditions` as the YAML has them: what both sides have alike stands once."""
    found: list[dict[str, Any]] = []
    for side, part in _SIDES.items():
        for each in payload.get(part) or []:
            name = _field_back(each["parent_field_id"], names)
            value = each["value"]
            said = value if isinstance(value, bool) else value_word(name, value, names)
            children = {_field_back(child["id"], names): _asked_back(child) for child in each["child_fields"]}
            condition: dict[str, Any] = {"when": {name: said}, "show": list(children)}
            required = {key: when for key, when in children.items() if when is not None}
            if required:
                condition["required"] = required
            same = next((one for one in found if _is_alike(one, condition)), None)
            if same is not None and side == "customers":
                same["for"].append(side)
            else:
                found.append({"for": [side], **condition})
    return found


def _is_alike(agents: Mapping[str, Any], customers: Mapping[str, Any]) -> bool:
    """Whether two conditions differ in whose they are only; customers solve nothing, so that `on_solve` is for agents,
    and the form says in which order fields stand."""
    always = {key: when for key, when in (agents.get("required") or {}).items() if when == "always"}
    is_same = agents["when"] == customers["when"] and always == (customers.get("required") or {})
    return is_same and sorted(agents["show"]) == sorted(customers["show"])
