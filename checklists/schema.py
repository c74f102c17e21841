"""The JSON Schema (draft 7) of a file of `checklists/`, made from the models, the probes and the method's own keys.

What the method has, a project changes attribute by attribute, so that none of them is required there; what is new has
to say everything. Editors know the method's keys by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checklists.binding import ALL, BY_HAND
from checklists.gate import PARTS, Condition, Gate
from checklists.item import FIGURE, SORTS, Item
from checklists.loading import WORDS, method
from checklists.probes import PROBES
from checklists.probes.later import LaterProbe
from checklists.project import FigureNeeded, Form, Participant, ProfileAnswer, Signatures, Waivers
from checklists.words import PARTS as PART_WORDS
from checklists.words import PROFILES
from checklists.words import WORDS as ABOUT
from config.kinds import ALL_KINDS
from config.schema import DRAFT, KEY_PATTERN, OPEN_KEYS, schemas_of, with_values

Schema = dict[str, Any]

_FIGURE = {
    "description": "What the project says under `figures:`.",
    "type": "string",
    "pattern": FIGURE,
}
_DROPPED = {
    "properties": {"drop": {"anyOf": [{"const": True}, {"type": "string", "minLength": 1}]}},
    "required": ["drop"],
}
_ONE_SORT = [{"required": [sort]} for sort in SORTS]
_FORMS: dict[Form, Schema] = {
    "duration": {"type": "string", "pattern": "^[1-9][0-9]*[mhd]$"},
    "count": {"type": "integer", "minimum": 0},
    "share": {"type": "string", "pattern": "^([0-9]|[1-9][0-9]|100)%$"},
    "amount": {"type": "number", "minimum": 0},
    "text": {"type": "string", "pattern": r"\S"},
    "words": {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}},
    "role": {"type": "string", "pattern": KEY_PATTERN},
    "time_zone": {"type": "string"},
    "day_sort": {"enum": ["calendar", "business"]},
    "address": {"type": "string", "pattern": r"^https?://[^\s/@?#]+([/?#]\S*)?$"},
}
"""What a figure's value looks like; `checklists.figures.misfit` says the same in words."""


def checklist_schema() -> Schema:
    """A file of `checklists/`: the method's own, or a project's."""
    models = (Item, Gate, Condition, FigureNeeded, Participant, ProfileAnswer, Waivers, Signatures)
    _, definitions = schemas_of({model.__name__: model for model in models})
    for model in (Item, Condition, FigureNeeded):
        definitions |= _in_two_forms(definitions.pop(model.__name__), model.__name__)
    definitions["Item"]["else"]["oneOf"] = _ONE_SORT
    definitions["ItemChange"] |= {"if": _DROPPED, "else": {"oneOf": [*_ONE_SORT, {"not": {"anyOf": _ONE_SORT}}]}}
    definitions["Limits"]["minProperties"] = 1
    attributes = definitions["ItemAttributes"]["properties"]
    for sort in SORTS:
        attributes[sort] = _without_null(attributes[sort])
    probes, below = _probes()
    attributes["probe"] = {"description": attributes["probe"]["description"], "allOf": [_ref("Probes")]}
    attributes["about"]["items"] = _concerns()
    gate = definitions.pop("Gate")
    words = {
        "people": _by_key(_ref("Participant")),
        "profiles": _profiles(),
        "figures": _by_key(_ref("FigureNeeded"), {key: _figure(data) for key, data in _methods("figures").items()}),
        "items": _by_key(
            _ref("Item"), {key: _named("ItemChange", data["name"]) for key, data in _methods("items").items()}
        ),
        "gates": _gates(gate),
        "waivers": _nothing_or(_ref("Waivers")),
        "signatures": _nothing_or(_ref("Signatures")),
    }
    return {
        "$schema": DRAFT,
        "title": "golive: a file of checklists/",
        "description": "What must hold before each phase begins: items, gates, and what the project says of itself.",
        "type": ["object", "null"],
        "properties": {word: {"description": ABOUT[word], **words[word]} for word in WORDS},
        "patternProperties": OPEN_KEYS,
        "additionalProperties": False,
        "definitions": dict(sorted({**definitions, **below, "Figure": _FIGURE, "Probes": probes}.items())),
    }


def _in_two_forms(made: Schema, name: str) -> dict[str, Schema]:
    """A model as what is new has to say it, and as a change of what the method says, where nothing is required."""
    needed = made.pop("required")
    new: Schema = {"allOf": [_ref(f"{name}Attributes")]}
    if "drop" in made["properties"]:
        new |= {"if": _DROPPED, "else": {"required": needed}}
    else:
        new["required"] = needed
    return {f"{name}Attributes": made, name: new, f"{name}Change": {"allOf": [_ref(f"{name}Attributes")]}}


def _probes() -> tuple[Schema, dict[str, Schema]]:
    """(A map from probes to their parameters, definitions of what stands below these)."""
    properties: dict[str, Schema] = {}
    below: dict[str, Schema] = {}
    for name, probe in PROBES.items():
        _, found = schemas_of({name: probe.Parameters})
        parameters = found.pop(probe.Parameters.__name__)
        below |= {each: with_values(part, "Figure") for each, part in found.items()}
        said = " ".join((probe.__doc__ or "").split())
        if isinstance(probe, LaterProbe):
            said = f"golive cannot find this out yet; it comes with {probe.brings}."
        parameters = with_values(parameters, "Figure")
        optional = not parameters.get("required")
        properties[name] = {"description": said, **(_or_null(parameters) if optional else parameters)}
        properties[name].pop("title", None)
    whole: Schema = {"type": "object", "minProperties": 1, "properties": properties, "additionalProperties": False}
    return whole, below


def _or_null(schema: Schema) -> Schema:
    return {**schema, "type": ["object", "null"]}


def _concerns() -> Schema:
    """A kind, an object of one, or all of them."""
    objects = {"type": "string", "pattern": f"^({'|'.join(ALL_KINDS)})/[a-z][a-z0-9_]*$"}
    return {"anyOf": [{"enum": [ALL, BY_HAND, *ALL_KINDS]}, objects]}


def _profiles() -> Schema:
    properties = {
        name: {"description": f"{said[0].upper()}{said[1:]}.", "anyOf": [{"const": True}, _ref("ProfileAnswer")]}
        for name, said in PROFILES.items()
    }
    return {"type": ["object", "null"], "properties": properties, "additionalProperties": False}


def _figure(data: Mapping[str, Any]) -> Schema:
    """A figure that the method asks for: the value alone, or with other attributes beside it."""
    said = f"{data['name']}. {data['why']}"
    return {"description": said, "anyOf": [_FORMS[data["form"]], {"type": "null"}, _ref("FigureNeededChange")]}


def _gates(gate: Schema) -> Schema:
    """The method's gates; a project has no others."""
    properties = {}
    for key, data in _methods("gates").items():
        parts = {
            part: {
                "description": f"{PART_WORDS[part][0].upper()}{PART_WORDS[part][1:]}",
                **_by_key(
                    _ref("Condition"),
                    {each: _named("ConditionChange", said["name"]) for each, said in data.get(part, {}).items()},
                ),
                "type": "object",
            }
            for part in PARTS
        }
        own = {**gate, "title": data["name"], "properties": {**gate["properties"], **parts}}
        own.pop("required")
        properties[key] = own
    return {"type": ["object", "null"], "properties": properties, "additionalProperties": False}


def _methods(word: str) -> dict[str, Any]:
    """What the method says below a word, by key."""
    return {key: data for document in method() for key, data in (document.data.get(word) or {}).items()}


def _by_key(content: Schema, known: Mapping[str, Schema] | None = None) -> Schema:
    """A map from keys to contents, with keys that are known beforehand."""
    made: Schema = {"type": ["object", "null"], "propertyNames": {"pattern": KEY_PATTERN}}
    if known:
        made["properties"] = dict(known)
    return {**made, "additionalProperties": content}


def _named(definition: str, title: str) -> Schema:
    return {"description": title, "allOf": [_ref(definition)]}


def _without_null(schema: Schema) -> Schema:
    """An attribute whose word decides; where nothing stands behind it, it says nothing."""
    members = [each for each in schema.get("anyOf", ()) if each != {"type": "null"}]
    if not members:
        return schema
    rest = {word: part for word, part in schema.items() if word != "anyOf"}
    return {**rest, "allOf": members} if len(members) == 1 else {**rest, "anyOf": members}


def _nothing_or(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _ref(definition: str) -> Schema:
    return {"$ref": f"#/definitions/{definition}"}
