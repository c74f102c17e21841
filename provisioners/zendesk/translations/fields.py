"""Fields of tickets and of customers (grammar 31–33)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import takewhile
from typing import Any, ClassVar

from config.declaration import Declaration, Declared
from config.keys import unique_key
from config.kinds.fields import Option
from config.pattern_samples import samples_of
from provisioners.collection import Live
from provisioners.lasting import FORMER
from provisioners.resource import Payload, Resource
from provisioners.sighting import Data, Look, Sighting
from provisioners.translation import Context, Names
from provisioners.zendesk.attribute_words import OPTIONS
from provisioners.zendesk.translations.base import (
    CannotSend,
    ZendeskTranslation,
    known_by_name,
    left_to,
    made,
)
from provisioners.zendesk.translations.helps import (
    check_customers_help,
    help_back,
    help_for_agents,
    help_for_customers,
)
from provisioners.zendesk.translations.lookups import TARGET, target, target_back
from provisioners.zendesk.translations.options import customer_field_key, notes_of, options_of, tags_of
from provisioners.zendesk.translations.orders import in_position, kind_order, order_back
from provisioners.zendesk.translations.speech import Hearing, Speech
from provisioners.zendesk.translations.texts import without_nothing

TICKET_TYPES = {
    "text": "text",
    "textarea": "textarea",
    "integer": "integer",
    "decimal": "decimal",
    "date": "date",
    "checkbox": "checkbox",
    "dropdown": "tagger",
    "multiselect": "multiselect",
    "pattern": "regexp",
    "lookup": "lookup",
    "card": "partialcreditcard",
}
MADE_SAMPLES = "which values people really enter is not known: its `samples` are made from the pattern"
CUSTOMERS_NAME = "name"
"""What the text that customers see instead of the agents' name is called in the names of parts."""
_WITH_OPTIONS = ("tagger", "dropdown", "multiselect")
CUSTOMER_TYPES = {word: vendor for word, vendor in TICKET_TYPES.items() if word != "card"} | {"dropdown": "dropdown"}


def vendor_type(item: Declared) -> str:
    """What the vendor calls the field's type. Raises CannotSend."""
    types = CUSTOMER_TYPES if item.kind == "customer_fields" else TICKET_TYPES
    said: str = item.value.type
    if said not in types:
        raise CannotSend(
            f"customers have no fields of type {said} in Zendesk", "Its types: " + ", ".join(types) + ".", ("type",)
        )
    return types[said]


class _Fields(ZendeskTranslation):
    types: ClassVar[Mapping[str, str]]
    helps: ClassVar[Mapping[str, str]]
    """Attributes that hold help texts, and for whom."""

    def sightings(self, look: Look) -> Iterable[Sighting]:
        for type_ in self.types_:
            for live in in_position(look.lives(type_)):
                part = look.part(type_, live, self.form_of(live))
                vendors = live.body.get("removable") is False or bool(live.body.get("system"))
                type_word = str(live.body.get("type"))
                beyond = "" if type_word in self.types.values() else f"a field of type {type_word} has no word here"
                hint = str(live.body.get("key") or "")
                yield Sighting(self.kind, live.label, {"": part}, hint, beyond, left_to(live), vendors=vendors)

    @property
    def types_(self) -> tuple[str, ...]:
        """Types of objects at the vendor."""
        return (self.type_,)

    def form_of(self, live: Live) -> Payload:
        body = live.body
        said: Payload = {
            name: ""
            for name in self.helps
            if body.get(name) and body[name] not in (body.get("title"), body.get("raw_title"))
        }
        if body.get("regexp_for_validation"):
            said["regexp_for_validation"] = ""
        if body.get("type") == "lookup":
            said[TARGET] = ""
        if body.get(OPTIONS) is not None and body.get("type") in _WITH_OPTIONS:
            said[OPTIONS] = [
                {"name": str(each.get("raw_name") or each.get("name")), "value": str(each["value"])}
                for each in body[OPTIONS]
            ]
        return {**self.form, **said}

    def said(self, sighting: Sighting, names: Names, context: Context) -> Data:
        data = super().said(sighting, names, context)
        payload = sighting.main.payload
        options = payload.get(OPTIONS)
        if options is not None:
            data["options"] = with_keys(options, names.own, payload.get("key", ""))
        return with_samples(data)

    def unsaid(self, sighting: Sighting, data: Data) -> str:
        if sighting.main.live.body.get("tag"):
            return f"the tag `{sighting.main.live.body['tag']}`, which it sets where it is ticked, stays as it is"
        return MADE_SAMPLES if data.get("samples") else ""

    def options(self, item: Declared, declared: Declaration) -> Mapping[str, Option]:
        return options_of(item, declared)


def _field(
    item: Declared, context: Context, type_: str, payload: Payload, depends_on: tuple[str, ...] = ()
) -> Resource:
    """The resource of a field, with its options and their tags."""
    needs = (*depends_on, *known_by_name(item, context))
    options = options_of(item, context.declared)
    if not options:
        return made(item, context, type_, payload, depends_on=needs)
    tags, notes = tags_of(item, context), notes_of(item, context)
    payload[OPTIONS] = [{"name": option.name, "value": tags[key]} for key, option in options.items()]
    if FORMER in notes:
        payload[FORMER] = notes[FORMER]
    return made(item, context, type_, payload, notes=notes, depends_on=needs)


def options_back(payload: Payload, name: str, names: Names) -> dict[str, Any]:
    """`options` as the YAML has them. name: the field as conditions write it."""
    options = payload[OPTIONS] or []
    prefix = f"{names.own}_" if names.own else _common_prefix([option["value"] for option in options])
    result: dict[str, Any] = {}
    for option in options:
        tag = option["value"]
        key = names.values.get((name, tag), tag.removeprefix(prefix))
        standard = prefix + key == tag
        result[key] = option["name"] if standard else {"name": option["name"], "tag": tag}
    return {"options": result}


def with_keys(options: Iterable[Mapping[str, str]], field: str, vendors: str = "") -> dict[str, Any]:
    """Live options under keys that may stand in the YAML; where a key would make another tag, the tag is written out.

    field: the field's key. vendors: what the vendor calls the field, with which its tags may begin.
    """
    found: dict[str, Any] = {}
    listed = list(options)
    before = (f"{field}_", f"{vendors}_", _common_prefix([option["value"] for option in listed]) or "_")
    for option in listed:
        name, tag = option["name"], option["value"]
        short = next((tag[len(each) :] for each in before if each != "_" and tag.startswith(each) and tag != each), tag)
        key = unique_key([short, name, f"option {tag}"], found)
        found[key] = name if tag == f"{field}_{key}" else {"name": name, "tag": tag}
    return found


def _common_prefix(tags: list[str]) -> str:
    """What all tags begin with, up to its last `_`; for objects whose key is not known."""
    letters = takewhile(lambda column: len(set(column)) == 1, zip(*tags, strict=False))
    shared = "".join(column[0] for column in letters)
    return shared[: shared.rfind("_") + 1] if len(tags) > 1 else ""


class TicketFields(_Fields):
    kind = "ticket_fields"
    type_ = "zendesk:TicketField"
    types = TICKET_TYPES
    form: ClassVar = {
        "type": "",
        "title": "",
        "title_in_portal": "",
        "active": True,
        "visible_in_portal": True,
        "editable_in_portal": True,
        "required_in_portal": True,
        "required": True,
    }
    helps: ClassVar = {"description": "customers", "agent_description": "agents"}

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        value = item.value
        speech = Speech(context, item)
        seen = None if value.customers.name is None else speech.text(value.customers.name, CUSTOMERS_NAME)
        payload = without_nothing(
            {
                "type": vendor_type(item),
                "title": value.name,
                "title_in_portal": seen or value.name,
                "description": help_for_customers(item, speech),
                "agent_description": help_for_agents(item),
                "active": context.active(item),
                "visible_in_portal": value.customers.can != "hidden",
                "editable_in_portal": value.customers.can == "edit",
                "required_in_portal": value.customers.required,
                "required": value.agents.required == "on_solve",
                "regexp_for_validation": value.pattern,
                TARGET: target(value.to, context),
            }
        )
        needs = (*speech.needs, *_left_before(item, context))
        return [*speech.resources, _field(item, context, self.type_, payload, needs)]

    def together(self, items: list[Declared], context: Context) -> list[Resource]:
        """Their order, where the files say one: forms have orders of their own."""
        given = context.declared.single("order")
        if given is None or given.ticket_fields is None:
            return []
        return kind_order(self.kind, items, context, "zendesk:TicketFieldOrder")

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        ordered = order_back(parts, "zendesk:TicketFieldOrder", self.type_, names)
        if ordered:
            return ordered
        payload, hearing = parts[""][1], Hearing(names, parts)
        result = common_back(payload, TICKET_TYPES, names)
        if "visible_in_portal" in payload:
            can = "hidden"
            if payload["visible_in_portal"]:
                can = "edit" if payload.get("editable_in_portal") else "see"
            customers: dict[str, Any] = {"can": can, "required": payload.get("required_in_portal", False)}
            if payload.get("title_in_portal") not in (None, payload["title"]):
                customers["name"] = hearing.text(payload["title_in_portal"], CUSTOMERS_NAME)
            result["customers"] = customers
        if "required" in payload:
            result["agents"] = {"required": "on_solve" if payload["required"] else "never"}
        result |= help_back(
            customers=hearing.text(payload.get("description"), "help"), agents=payload.get("agent_description")
        )
        if OPTIONS in payload:
            result |= options_back(payload, names.own, names)
        return result


def _left_before(item: Declared, context: Context) -> tuple[str, ...]:
    """A field that is switched off waits until the forms have let go of it: the vendor keeps on what a form's
    conditions name."""
    if context.active(item):
        return ()
    forms = context.declared.of("ticket_forms").values()
    others = [form for form in forms if not (form.value.existing or form.value.by_hand)]
    return tuple(context.name(form.kind, form.key) for form in others if item.key not in form.value.fields)


def with_samples(data: Data) -> Data:
    """The words for a live field; one with a pattern gets values that show what the pattern takes, where there are."""
    made = samples_of(str(data["pattern"])) if "pattern" in data else None
    return data if made is None else {**data, "samples": {"good": [made[0]], "bad": [made[1]]}}


def common_back(payload: Payload, types: Mapping[str, str], names: Names) -> dict[str, Any]:
    """What all fields have, as the YAML has it."""
    back = {vendor: word for word, vendor in types.items()}
    result: dict[str, Any] = {"name": payload["title"]} if "title" in payload else {}
    if "type" in payload:
        result["type"] = back.get(payload["type"], payload["type"])
    if "active" in payload:
        result["active"] = payload["active"]
    if "regexp_for_validation" in payload:
        result["pattern"] = payload["regexp_for_validation"]
    if TARGET in payload:
        result["to"] = target_back(payload[TARGET], names)
    return result


class CustomerFields(_Fields):
    """The vendor's key of a field is ours. An existing one is looked up by that key, or by the name in `existing`."""

    kind = "customer_fields"
    type_ = "zendesk:OrganizationField"
    natural = "key"
    types = CUSTOMER_TYPES
    form: ClassVar = {"key": "", "type": "", "title": "", "active": True}
    helps: ClassVar = {"description": "agents"}

    _TYPES = {"organization": "zendesk:OrganizationField", "requester": "zendesk:UserField"}  # noqa: RUF012

    @property
    def types_(self) -> tuple[str, ...]:
        return tuple(self._TYPES.values())

    def said(self, sighting: Sighting, names: Names, context: Context) -> Data:
        data = super().said(sighting, names, context)
        key = sighting.main.payload["key"]
        return data if key == names.own else {**data, "zendesk": {"key": key}}

    def found(self, item: Declared, context: Context) -> Resource:
        type_ = self._TYPES.get(item.value.of, self.type_)
        return made(item, context, type_, {self.natural: self.existing_name(item)}, mode="found")

    def existing_name(self, item: Declared) -> str:
        existing = item.value.existing
        return existing if isinstance(existing, str) else item.key

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        value = item.value
        check_customers_help(item)
        payload = without_nothing(
            {
                "key": customer_field_key(item.key, context),
                "type": vendor_type(item),
                "title": value.name,
                "description": help_for_agents(item),
                "active": context.active(item),
                "regexp_for_validation": value.pattern,
                TARGET: target(value.to, context),
            }
        )
        return [_field(item, context, self._TYPES[value.of], payload)]

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        type_, payload = parts[""]
        of = next(word for word, known in self._TYPES.items() if known == type_)
        result = {"of": of, **common_back(payload, CUSTOMER_TYPES, names)}
        result |= help_back(agents=payload.get("description"))
        if OPTIONS in payload:
            own = payload.get("key", names.own)
            own = names.values.get((f"{of}.", own), own)
            result |= options_back(payload, f"{of}.{own}", Names(names.by_id, names.values, own))
        return result
