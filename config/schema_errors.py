"""From pydantic's errors to findings: one clear sentence at the right place, with a hint."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from config.document import Document, Path_, show_path
from config.findings import Finding

_EXPECTED = {
    "bool_type": "true or false",
    "int_type": "a whole number",
    "float_type": "a number",
    "string_type": "text",
    "list_type": "a list",
    "dict_type": "attributes below it",
    "model_type": "attributes below it",
    "model_attributes_type": "attributes below it",
    "none_required": "nothing",
}
_BOOLEAN_LIKE = {"yes", "no", "on", "off", "y", "n", "Yes", "No", "On", "Off", "True", "False", "TRUE", "FALSE"}


def findings_of(model: Any, data: Any, document: Document, path: Path_) -> tuple[Any, list[Finding]]:
    """Validate data that stands at `path` of a document against a model (or any annotation).

    Returns the made value (None where it is not valid) and findings.
    """
    try:
        return TypeAdapter(model).validate_python(data), []
    except ValidationError as broken:
        grouped: dict[tuple[Path_, bool, str], list[ErrorDetails]] = {}
        for error in broken.errors():
            place, of_key = _place(error["loc"], data)
            # A union of plain types gives one error per member; together they are one finding.
            group = "plain" if error["type"] in _EXPECTED else f"{error['type']} {error['msg']}"
            grouped.setdefault((place, of_key, group), []).append(error)
        return None, [
            _finding(errors, (*path, *place), of_key, document, model) for (place, of_key, _), errors in grouped.items()
        ]


def _place(loc: tuple[str | int, ...], data: Any) -> tuple[Path_, bool]:
    """The path in the data that an error's location means, and whether it is about a key.

    Locations also hold names of union members, which the data does not.
    """
    path: list[str | int] = []
    here: Any = data
    for index, step in enumerate(loc):
        inside_map = isinstance(here, dict) and step in here
        inside_list = isinstance(here, list) and isinstance(step, int) and step < len(here)
        if inside_map or inside_list:
            path.append(step)
            here = here[step]
        elif step == "[key]" and index == len(loc) - 1:
            return tuple(path), True
    return tuple(path), False


def _finding(errors: list[ErrorDetails], path: Path_, of_key: bool, document: Document, model: Any) -> Finding:
    error = errors[0]
    kind, context, given = error["type"], error.get("ctx", {}), error["input"]
    message, hint = error["msg"], ""
    if kind in _EXPECTED:
        wanted = list(dict.fromkeys(_EXPECTED.get(each["type"], "") for each in errors))
        message = f"{_shown(given)} stands where {' or '.join(word for word in wanted if word)} belongs"
        if isinstance(given, str) and given in _BOOLEAN_LIKE and "true or false" in wanted:
            hint = "Write true or false."
        elif isinstance(given, (int, float, bool)) and "text" in wanted:
            hint = f'If it is meant as text, put it in quotes: "{str(given).lower()}".'
        elif given is None:
            message = f"nothing stands where {' or '.join(word for word in wanted if word)} belongs"
    elif kind == "extra_forbidden":
        name = str(path[-1])
        message = f"`{name}` is not an attribute here"
        known = _attributes(model, error["loc"])
        near = get_close_matches(name, known, n=1)
        hint = f"Did you mean `{near[0]}`?" if near else f"Known here: {', '.join(sorted(known))}." if known else ""
        of_key = True
    elif kind == "missing":
        message = f"`{context.get('name', path[-1] if path else '')}` is missing"
        of_key = True
    elif kind in ("literal_error", "enum"):
        expected = str(context.get("expected", ""))
        message = f"{_shown(given)} is not one of {expected}"
        words = [word.strip().strip("'") for word in expected.replace(" or ", ", ").split(",")]
        near = get_close_matches(str(given), words, n=1)
        hint = f"Did you mean `{near[0]}`?" if near else ""
    elif kind == "string_pattern_mismatch":
        message, hint = _pattern_message(given, str(context.get("pattern", "")), of_key)
    elif kind == "too_short":
        message, hint = "this is empty", "Say at least one entry, or leave the attribute out."
    return Finding(f"schema.{kind.replace('_', '-')}", "error", document.position(path, of_key=of_key),
                   show_path(path), message, hint)  # fmt: skip


def _pattern_message(given: Any, pattern: str, of_key: bool) -> tuple[str, str]:
    if of_key:
        return (
            f"{_shown(given)} cannot be a key",
            "Keys are lower-case letters, digits and underscores, and begin with a letter, for example `tier_2`.",
        )
    hints = {
        r"^[1-9][0-9]*[mhd]$": "A duration is a whole number with m, h or d: 30m, 4h, 2d.",
        r"^[^@\s]+@[^@\s]+\.[^@\s]+$": "An e-mail address looks like name@company.example.",
        r"^[a-z0-9_-]{1,80}$": "Slack's channel names are lower-case letters, digits, - and _, up to 80.",
        r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$": "A date is written YYYY-MM-DD.",
        r"^[1-9][0-9]?%$": "A share is written 75%.",
    }
    span = "A span is written 09:00-17:30; the day ends at 24:00."
    hint = hints.get(pattern, span if "24:00" in pattern else f"It must match {pattern}")
    return f"{_shown(given)} has the wrong form", hint


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a map"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    text = str(value)
    return f"`{text if len(text) <= 60 else text[:57] + '…'}`"


def _attributes(model: Any, loc: tuple[str | int, ...]) -> list[str]:
    """Names that the model at an error's location knows, to suggest one of them."""
    found = _model_at(model, loc[:-1])
    if found is None:
        return []
    return [info.alias or name for name, info in found.model_fields.items() if name != "vendor"]


def _model_at(annotation: Any, loc: tuple[str | int, ...]) -> type[BaseModel] | None:
    """The model that validates what stands at a location; None where that cannot be told."""
    members = _members(annotation)
    if not loc:
        return members[0] if len(members) == 1 else None
    step = loc[0]
    if isinstance(step, str) and step.startswith("~"):
        chosen = [member for member in members if f"~{member.__name__}" == step]
        return _model_at(chosen[0], loc[1:]) if chosen else None
    for member in members:
        for name, info in member.model_fields.items():
            if step in (info.alias, name):
                return _model_at(info.annotation, loc[1:])
    inner = _inside(annotation)
    return _model_at(inner, loc[1:]) if inner is not None else None


def _members(annotation: Any) -> list[type[BaseModel]]:

    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if getattr(annotation, "__origin__", None) in (list, dict):
        return []
    return [model for argument in get_args(annotation) for model in _members(argument)]


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
