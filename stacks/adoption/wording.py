"""What the files say of a live object: only what is not so anyway, in the order in which people read it."""

from __future__ import annotations

from functools import cache
from typing import Any, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from config.kinds import ALL_KINDS
from config.kinds.fields import FieldType
from config.model import Object
from config.registry import vendor_words
from provisioners.sighting import Data, Sighting

_FIRST = ("name", "of", "type", "object", "email", "address")
_COMMON = tuple(Object.model_fields)
_INSIDE = {"articles": "section", "help_center_sections": "category"}
"""Kinds whose names repeat, with what tells them apart."""
WHY_ALLOWED = "It was so when golive took it over."


@cache
def adapter(kind: str) -> TypeAdapter[Any]:
    """What checks the data of one object of a kind."""
    return TypeAdapter(ALL_KINDS[kind].model)


def without_defaults(kind: str, data: Data) -> Data:
    """The data without attributes that are the same when nobody says them, and without those that are nothing.

    Data that is not valid loses only what is nothing.
    """
    said = {name: value for name, value in data.items() if value is not None}
    try:
        whole = adapter(kind).validate_python(said)
    except ValidationError:
        return said
    return _needed(whole, said, lambda less: adapter(kind).validate_python(less))


def _needed(whole: BaseModel, said: Data, made: Any) -> Data:
    found = dict(said)
    for name, value in said.items():
        inner = getattr(whole, _attribute(whole, name), None)
        if isinstance(value, dict) and isinstance(inner, BaseModel):
            found[name] = _needed(inner, value, type(inner).model_validate)
        less = {other: each for other, each in found.items() if other != name}
        try:
            same = made(less) == whole
        except ValidationError:
            continue
        if same:
            found = less
    return found


def _attribute(model: BaseModel, word: str) -> str:
    """An attribute's name in Python, by the YAML's word for it."""
    fields = type(model).model_fields
    return next((name for name, info in fields.items() if (info.alias or name) == word), word)


def in_order(data: Data) -> Data:
    """The same attributes: what it is called and what it is, its own, what every object can carry, and the rest."""
    rank = {name: place for place, name in enumerate(_FIRST)}

    def place(name: str) -> tuple[int, int]:
        if name in rank:
            return 0, rank[name]
        if name in ("existing", "active", "category"):
            return 1, 0
        if name in _COMMON or name == "x-allow":
            return 3, 0
        return (4, 0) if name in vendor_words() and name not in _COMMON else (2, 0)

    return {name: data[name] for name in sorted(data, key=place)}


def only_named(sighting: Sighting, data: Data) -> Data:
    """What the files say of an object that golive only looks up: what it is found by."""
    kind = sighting.kind
    main = sighting.main.payload
    name = data.get("name") or sighting.name
    said: Data = {"name": name, "existing": True if isinstance(name, str) else sighting.name}
    if kind == "people":
        return {"name": said["name"], "email": main.get("email"), "existing": True}
    if kind == "channels":
        return {"type": "email", "existing": main["email"]}
    if sighting.found_by:
        about: Data = {word: data[word] for word in ("object", "type") if word in data}
        return {**said, **about, "existing": sighting.found_by}
    if kind == "crm_fields":
        owner, _, api_name = str(main["FullName"]).partition(".")
        return {**said, "object": owner, "type": data["type"], "existing": api_name}
    if kind == "crm_objects":
        return {**said, "existing": main["FullName"]}
    if kind == "crm_record_types":
        return {**said, "object": data["object"], "existing": main["DeveloperName"]}
    if kind == "crm_access":
        return {**said, "existing": main["Name"]}
    if kind == "crm_queues":
        return {**said, "existing": main["DeveloperName"]}
    if kind == "custom_objects":
        return {**said, "existing": main["key"]}
    if kind in _INSIDE:
        return {**said, _INSIDE[kind]: data[_INSIDE[kind]]}
    if kind == "customer_fields":
        said = {"of": data["of"], "name": said["name"], "existing": main["key"]}
    if kind in ("customer_fields", "ticket_fields") and data.get("type") in get_args(FieldType):
        said["type"] = data["type"]
    return said
