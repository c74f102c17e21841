"""Custom objects: the client's own sorts of records, with their fields and the order of these (grammar 31)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from config.declaration import Declared
from config.kinds.fields import TARGETS, CustomObjectField, Option
from provisioners.collection import Live
from provisioners.lasting import VALUES, lasting_values
from provisioners.resource import Payload, Ref, Resource, ResourceName
from provisioners.sighting import Data, Look, Sighting
from provisioners.translation import Context, Names
from provisioners.zendesk.attribute_words import OPTIONS
from provisioners.zendesk.translations.base import ZendeskTranslation, made
from provisioners.zendesk.translations.fields import (
    MADE_SAMPLES,
    TICKET_TYPES,
    common_back,
    options_back,
    with_keys,
    with_samples,
)
from provisioners.zendesk.translations.helps import help_back, help_for_agents, own_help
from provisioners.zendesk.translations.lookups import CUSTOM_OBJECT, TARGET, target
from provisioners.zendesk.translations.orders import in_position
from provisioners.zendesk.translations.texts import without_nothing

FIELD = "zendesk:CustomObjectField"
FIELDS = "fields/"
"""With this begins the part of a field."""
ORDER = "order"
TYPES = {word: vendor for word, vendor in TICKET_TYPES.items() if word != "card"} | {"dropdown": "dropdown"}
NO_TARGET = "what it points to has no word here"
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_CUSTOM = re.compile(r"custom_objects/[a-z][a-z0-9_]*")
_SYMBOL = "ref:"


class CustomObjects(ZendeskTranslation):
    """The vendor's key of an object is ours. An existing one is looked up by that key, or by the name in `existing`."""

    kind = "custom_objects"
    type_ = CUSTOM_OBJECT
    natural = "key"
    form: ClassVar = {"key": "", "title": "", "title_pluralized": ""}

    def sightings(self, look: Look) -> Iterable[Sighting]:
        for live in look.lives(self.type_):
            form = {**self.form, **({"description": ""} if live.body.get("description") else {})}
            parts = {"": look.part(self.type_, live, form)}
            for field in in_position(look.lives(FIELD, {"object": live.id})):
                parts[f"{FIELDS}{field.body['key']}"] = look.part(FIELD, field, _form_of(field, live.id))
            yield Sighting(self.kind, live.label, parts, hint=str(live.body["key"]))

    def said(self, sighting: Sighting, names: Names, context: Context) -> Data:
        data = super().said(sighting, names, context)
        if "fields" in data:
            parts = {name.removeprefix(FIELDS): part.payload for name, part in sighting.parts.items()}
            whole = {key: with_samples(_with_options(field, key, parts[key])) for key, field in data["fields"].items()}
            data["fields"] = {key: field for key, field in whole.items() if not _why_not(key, field)}
        key = sighting.main.payload["key"]
        return data if key == names.own else {**data, "zendesk": {"key": key}}

    def unsaid(self, sighting: Sighting, data: Data) -> str:
        """Fields that stay as they are beside those in the files, and why."""
        said: Mapping[str, Data] = data.get("fields") or {}
        found = []
        for name, part in sighting.parts.items():
            key = name.removeprefix(FIELDS)
            if not name.startswith(FIELDS):
                continue
            if key not in said:
                field = with_samples(_field_back(part.payload, name, Names()))
                found.append(f"without its field `{key}`: {_why_not(key, field) or NO_TARGET}")
            elif said[key].get("samples"):
                found.append(f"of its field `{key}`, {MADE_SAMPLES}")
        return "; ".join(found)

    def existing_name(self, item: Declared) -> str:
        return custom_object_key(item)

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        value = item.value
        payload = without_nothing(
            {
                "key": custom_object_key(item, context),
                "title": value.name,
                "title_pluralized": value.plural,
                "description": help_for_agents(item),
            }
        )
        fields = [_field(item, key, field, context) for key, field in value.fields.items()]
        return [made(item, context, self.type_, payload), *fields, *_order(item, fields, context)]

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        result: dict[str, Any] = {}
        if "" in parts:
            payload = parts[""][1]
            result["name"] = payload.get("title", payload["key"])
            if "title_pluralized" in payload:
                result["plural"] = payload["title_pluralized"]
            result |= help_back(agents=payload.get("description"))
        listed = list(_in_order(parts, names))
        if listed:
            result["fields"] = {part.removeprefix(FIELDS): _field_back(parts[part][1], part, names) for part in listed}
        return result


def _with_options(field: Data, key: str, payload: Payload) -> Data:
    """The words for a live field, its options under keys that may stand in the YAML."""
    options = payload.get(OPTIONS)
    return field if options is None else {**field, "options": with_keys(options, key)}


def _why_not(key: str, field: Data) -> str:
    """Why a live field cannot be looked after; "" where it can."""
    if not _KEY.fullmatch(key):
        return "its key cannot be one here, and never changes"
    if "pattern" in field and "samples" not in field:
        return "no value is known that its pattern takes, and none that it refuses"
    if "to" in field and field["to"] not in TARGETS and not _CUSTOM.fullmatch(field["to"]):
        return NO_TARGET
    return ""


def custom_object_key(item: Declared, context: Context | None = None) -> str:
    """What the vendor calls an object: the key under which it was made, which it can never change."""
    if isinstance(item.value.existing, str):
        return item.value.existing
    said = item.value.vendor.get("zendesk", {}).get("key")
    known = context.last_known(item.kind, item.key) if context else None
    return str(said or (known.payload.get("key") if known else None) or item.value.was or item.key)


def _part(key: str) -> str:
    return f"{FIELDS}{key}"


def _known(item: Declared, field: CustomObjectField, key: str, context: Context) -> Any:
    """What the state holds of a field, under the former keys of both too."""
    for own in (item.key, item.value.was):
        for each in (key, field.was):
            if own and each and (found := context.known.get(context.name(item.kind, own, _part(each)))):
                return found
    return None


def _field(item: Declared, key: str, field: CustomObjectField, context: Context) -> Resource:
    known = _known(item, field, key, context)
    vendors = str(known.payload["key"]) if known and "key" in known.payload else field.was or key
    payload = without_nothing(
        {
            "object": context.ref(item.kind, item.key),
            "key": vendors,
            "type": TYPES[field.type],
            "title": field.name,
            "description": own_help(field),
            "active": field.active,
            "regexp_for_validation": field.pattern,
            TARGET: target(field.to, context),
        }
    )
    notes: dict[str, Any] = {}
    options = _options(field, context)
    if options:
        before = known.notes.get(VALUES, {}) if known else {}
        tags = lasting_values(options, before, lambda option: f"{field.was or key}_{option}")
        payload[OPTIONS] = [{"name": option.name, "value": tags[name]} for name, option in options.items()]
        notes = {VALUES: {**before, **tags}}
    former = _part(field.was) if field.was else ""
    return made(item, context, FIELD, payload, part=_part(key), former_part=former, notes=notes)


def _options(field: CustomObjectField, context: Context) -> Mapping[str, Option]:
    if field.options_from:
        others = context.declared.of(field.options_from)
        return {key: Option(name=other.name, was=other.value.was) for key, other in others.items()}
    return field.choices()


def _order(item: Declared, fields: list[Resource], context: Context) -> list[Resource]:
    if len(fields) < 2:
        return []
    payload = {"object": context.ref(item.kind, item.key), "order": [Ref(each.name) for each in fields]}
    order = made(item, context, "zendesk:CustomObjectFieldOrder", payload, part=ORDER, on_remove="release")
    return [replace(order, only_orders=True)]


def _in_order(parts: Mapping[str, tuple[str, Payload]], names: Names) -> Iterator[str]:
    """The parts of the fields in their order; those that it does not name come last."""
    listed = parts[ORDER][1]["order"] if ORDER in parts else []
    found = [_part_of(each, names) for each in listed]
    yield from (each for each in found if each in parts)
    yield from (each for each in parts if each.startswith(FIELDS) and each not in found)


def _part_of(field: Any, names: Names) -> str:
    text = str(field)
    name = text.removeprefix(_SYMBOL) if text.startswith(_SYMBOL) else names.by_id.get((FIELD, text))
    return ResourceName.of(name).part if name else ""


def _field_back(payload: Payload, part: str, names: Names) -> dict[str, Any]:
    key = part.removeprefix(FIELDS)
    result = common_back(payload, TYPES, names) | help_back(agents=payload.get("description"))
    if result.get("active"):
        del result["active"]
    if payload.get(OPTIONS) is not None:
        result["options"] = (
            options_back(payload, key, Names(own=key))["options"]
            if all(str(each["value"]).startswith(f"{key}_") for each in payload[OPTIONS])
            else with_keys(payload[OPTIONS], key, str(payload.get("key", "")))
        )
    return result


def _form_of(field: Live, owner: str) -> Payload:
    body = field.body
    said: Payload = {"object": owner, "key": "", "type": "", "title": "", "active": True}
    if body.get("description"):
        said["description"] = ""
    if body.get("regexp_for_validation"):
        said["regexp_for_validation"] = ""
    if body.get("type") == "lookup":
        said[TARGET] = ""
    if body.get(OPTIONS) is not None:
        said[OPTIONS] = [
            {"name": str(each.get("raw_name") or each.get("name")), "value": str(each["value"])}
            for each in body[OPTIONS]
        ]
    return said
