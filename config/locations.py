"""Where an error of pydantic stands: in the data, and in the models."""

from __future__ import annotations

from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from config.document import Path_
from config.model import Object


def place_of(error: ErrorDetails, data: Any) -> tuple[Path_, bool]:
    """The path in the data that an error is about, and whether it is about a key.

    Locations also hold names of union members, which the data does not; `at` in the error's context
    leads from an object to the attribute that is wrong.
    """
    path: list[str | int] = []
    here: Any = data
    loc = error["loc"]
    at = "type" if error["type"] == "channel_type" else str(error.get("ctx", {}).get("at", ""))
    steps = [*loc, *(at.split(".") if at else [])]
    for index, step in enumerate(steps):
        inside_map = isinstance(here, dict) and step in here
        inside_list = isinstance(here, list) and isinstance(step, int) and step < len(here)
        if inside_map or inside_list:
            path.append(step)
            here = here[step]
        elif step == "[key]" and index == len(steps) - 1:
            return tuple(path), True
    return tuple(path), False


def attributes_at(model: Any, loc: tuple[str | int, ...]) -> list[str]:
    """Names that the model at an error's location knows, to suggest one of them."""
    found = model_at(model, loc[:-1])
    return attributes_of(found) if found else []


def attributes_of(annotation: Any) -> list[str]:
    """Names that a model, or one of several, knows: its own first, then what all objects have in common."""
    infos = [pair for found in members_of(annotation) for pair in found.model_fields.items()]
    own = [info.alias or name for name, info in infos if name not in Object.model_fields]
    common = [info.alias or name for name, info in infos if name in Object.model_fields and name != "vendor"]
    return list(dict.fromkeys([*own, *common]))


def model_at(annotation: Any, loc: tuple[str | int, ...]) -> type[BaseModel] | None:
    """The model that validates what stands at a location; None where that cannot be told."""
    members = members_of(annotation)
    if not loc:
        return members[0] if len(members) == 1 else None
    step = loc[0]
    for member in members:
        # A location names a union's member by its tag or, where it has none, by its model's validators.
        if step == f"~{member.__name__}" or (str(step).startswith("function-") and len(members) == 1):
            return model_at(member, loc[1:])
    for member in members:
        for name, info in member.model_fields.items():
            if step in (info.alias, name):
                return model_at(info.annotation, loc[1:])
    inner = _inside(annotation)
    return model_at(inner, loc[1:]) if inner is not None else None


def members_of(annotation: Any) -> list[type[BaseModel]]:
    """The models that an annotation allows, outside lists and maps."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if getattr(annotation, "__origin__", None) in (list, dict):
        return []
    return [model for argument in get_args(annotation) for model in members_of(argument)]


def _inside(annotation: Any) -> Any:
    """The item type of a list, or the value type of a map, within an annotation."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is list:
        return arguments[0]
    if origin is dict:
        return arguments[1]
    for argument in arguments:
        found = _inside(argument)
        if found is not None:
            return found
    return None
