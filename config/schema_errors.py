"""From pydantic's errors to findings: one clear sentence at the right place, with a hint."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from config.document import Document, Path_, show_path
from config.findings import Finding
from config.kinds.actions import VERBS
from config.kinds.channels import CHANNEL_TYPES
from config.model import Object
from config.vocabulary import TICKET

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
_OUTERMOST = {*_EXPECTED, "literal_error", "string_pattern_mismatch"}
"""Errors about a value as a whole, of which a union gives one per member."""
_RULES = {
    **dict.fromkeys(_EXPECTED, "type"),
    "literal_error": "word",
    "string_pattern_mismatch": "form",
    "extra_forbidden": "unknown-attribute",
    "too_short": "empty",
    "too_long": "length",
    "greater_than_equal": "too-small",
}
"""pydantic's name of an error → ours, which is part of the rule's id."""
_ANY_VALUE = {"text", "a whole number", "a number", "true or false"}
_BOOLEAN_LIKE = {"yes", "no", "on", "off", "y", "n", "Yes", "No", "On", "Off", "True", "False", "TRUE", "FALSE"}

_OTHER_WORDS = {
    "description": "There is no `description`: `why` is for people who read these files, `help` is what is shown.",
    "position": "There is no `position`: the order is that of the file, or `order:` says it.",
    "title": "It is called `name`.",
    "enabled": "It is called `active`.",
    "conditions": "Conditions stand under `when` (all) and `when_any` (at least one).",
    "all": "It is called `when`.",
    "any": "It is called `when_any`.",
    "actions": "It is called `then`.",
    "do": "It is called `then`.",
    "equals": "It is called `is`.",
    "in": "It is called `is_one_of`.",
    "not_in": "It is called `is_none_of`.",
    "includes": "It is called `has` (tags), or `contains` (text).",
    "greater_than": "It is called `more_than`.",
    "timezone": "It is called `time_zone`.",
    "channel": "It is called `to`.",
}
"""Words that people bring from elsewhere, and what is said here instead."""

_FORMS = {
    r"^[1-9][0-9]*[mhd]$": "A duration is a whole number with m, h or d: 30m, 4h, 2d.",
    r"^[^@\s]+@[^@\s]+\.[^@\s]+$": "An e-mail address looks like name@company.example.",
    r"^[a-z0-9_-]{1,80}$": "Slack's channel names are lower-case letters, digits, - and _, up to 80, without the #.",
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$": "A date is written YYYY-MM-DD.",
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}( .*)?$": "Write the last day as YYYY-MM-DD, then a space and the reason.",
    r"^([1-9][0-9]?|100)%$": "A share is written 75%.",
    r"^[^\s,]+$": "A tag is one word, without spaces and commas.",
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$": "A language is written de or en-US.",
    r"^[a-z][a-z0-9_]*$": "A key is lower-case letters, digits and underscores, and begins with a letter: `tier_2`.",
    r"^https?://[^\s]+$": "An address begins with https:// (or http://).",
    r"^organization\.[a-z][a-z0-9_]*$": "Write organization.KEY, with the key of a customer field.",
    r"^(external_id|organization\.[a-z][a-z0-9_]*)$": "Write external_id or organization.KEY.",
}


@cache
def _adapter(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(model)


def findings_of(model: Any, data: Any, document: Document, path: Path_) -> tuple[Any, list[Finding]]:
    """Validate data that stands at `path` of a document against a model (or any annotation).

    Returns the made value (None where it is not valid) and findings, one per mistake.
    """
    try:
        return _adapter(model).validate_python(data), []
    except ValidationError as broken:
        grouped: dict[tuple[Path_, bool, str], list[ErrorDetails]] = {}
        for error in broken.errors():
            place, of_key = _place(error, data)
            kind = error["type"]
            group = "outermost" if kind in _OUTERMOST else kind if kind == "missing" else f"{kind} {error['msg']}"
            grouped.setdefault((place, of_key, group), []).append(error)
        return None, [
            _finding(errors, (*path, *place), of_key, document, model)
            for (place, of_key, group), errors in grouped.items()
            # What fits one member of a union as a whole, and is wrong inside, needs no word about the other members.
            if group != "outermost"
            or not any(
                other[: len(place)] == place and (len(other) > len(place) or about != "outermost")
                for other, _, about in grouped
                if about != "missing" or len(other) > len(place)
            )
        ]


def _place(error: ErrorDetails, data: Any) -> tuple[Path_, bool]:
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


def _finding(errors: list[ErrorDetails], path: Path_, of_key: bool, document: Document, model: Any) -> Finding:
    error = errors[0]
    kind, context, given = error["type"], error.get("ctx", {}), error["input"]
    message, hint = error["msg"], str(context.get("hint", ""))
    if kind in _OUTERMOST:
        kind, message, hint = _outermost(errors, given, of_key)
        if given is None and "~FieldCondition" in error["loc"]:
            hint = "For a field that has no value write  empty: true"
    elif kind == "extra_forbidden":
        name = str(path[-1])
        message, hint = f"`{name}` is not an attribute here", _known_words(name, model, error["loc"])
        of_key = True
    elif kind == "missing":
        names = [f"`{each['ctx']['name']}`" for each in errors]
        are = "is" if len(names) == 1 else "are"
        hint = hint if len(names) == 1 or hint == errors[-1]["ctx"]["hint"] else ""
        message = f"{' and '.join(filter(None, (', '.join(names[:-1]), names[-1])))} {are} missing"
        of_key = True
    elif kind == "condition_form":
        hint = _condition_hint(given)
    elif kind == "action_form":
        hint = _action_hint(given)
    elif kind == "channel_type" and isinstance(given, dict) and given.get("type") is not None:
        near = get_close_matches(str(given["type"]), CHANNEL_TYPES, n=1)
        message = f"{_shown(given['type'])} is not one of {', '.join(CHANNEL_TYPES[:-1])} or {CHANNEL_TYPES[-1]}"
        hint = f"Did you mean `{near[0]}`?" if near else ""
    elif kind == "too_short":
        length = context.get("min_length", 1)
        message, hint = "this is empty", "Say at least one entry, or leave the attribute out."
        if length > 1:
            message, hint = f"{length} entries are needed here, and there are {len(given)}", ""
    elif kind == "too_long":
        message = f"{context.get('max_length')} entries are expected here, and there are {len(given)}"
    elif kind == "greater_than_equal":
        message = f"{_shown(given)} is too small: the least is {context.get('ge')}"
    rule = _RULES.get(kind, kind.replace("_", "-"))
    return Finding(f"schema.{rule}", "error", document.position(path, of_key=of_key),
                   show_path(path), message, hint)  # fmt: skip


def _outermost(errors: list[ErrorDetails], given: Any, of_key: bool) -> tuple[str, str, str]:
    """(kind, message, hint) of a value that fits no member of a union, or not its only type."""
    literals = [word for each in errors if each["type"] == "literal_error" for word in _words(each)]
    patterns = [str(each["ctx"]["pattern"]) for each in errors if each["type"] == "string_pattern_mismatch"]
    types = [_EXPECTED[each["type"]] for each in errors if each["type"] in _EXPECTED]
    if patterns:
        form = _form(patterns[0])
        more = f" Or write {' or '.join(literals)}." if literals else ""
        what = "cannot be a key here" if of_key else "has the wrong form"
        return "string_pattern_mismatch", f"{_shown(given)} {what}", form + more
    if literals and (isinstance(given, str) or not types):
        near = get_close_matches(str(given), literals, n=1)
        shown = f"{', '.join(literals[:-1])} or {literals[-1]}" if len(literals) > 1 else literals[0]
        message = f"{_shown(given)} is not one of {shown}" if len(literals) > 1 else f"{_shown(given)} is not {shown}"
        return "literal_error", message, f"Did you mean `{near[0]}`?" if near else ""
    wanted = list(dict.fromkeys([*literals, *types]))
    if set(wanted) >= _ANY_VALUE:
        wanted = ["a value", *(word for word in wanted if word not in _ANY_VALUE)]
    expected = " or ".join(word for word in wanted if word != "nothing")
    hint = ""
    if given is None:
        return errors[0]["type"], f"nothing stands where {expected} should be", hint
    if isinstance(given, str) and given in _BOOLEAN_LIKE and "true or false" in wanted:
        hint = "Write true or false."
    elif isinstance(given, (int, float, bool)) and "text" in wanted:
        hint = f'If it is meant as text, put it in quotes: "{str(given).lower()}".'
    elif isinstance(given, str) and wanted == ["attributes below it"]:
        hint = "Write its attributes below it, indented, each as  name: value"
    elif isinstance(given, str) and wanted == ["a list"]:
        hint = f"Write  [{given}]" if len(given) <= 40 else "Put it in square brackets."
    return errors[0]["type"], f"{_shown(given)} stands where {expected} should be", hint


def _words(error: ErrorDetails) -> list[str]:
    """The words that a `Literal` allows, as the YAML writes them."""
    expected = str(error["ctx"]["expected"])
    if expected in ("True", "False"):
        return [expected.lower()]
    return [word.strip().strip("'") for word in expected.replace(" or ", ", ").split(",")]


def _form(pattern: str) -> str:
    if pattern in _FORMS:
        return _FORMS[pattern]
    if "24:00" in pattern:
        return "A span is written 09:00-17:30; the day ends at 24:00."
    if "env:" in pattern and "https" in pattern:
        return "Write an address that begins with https://, or name a secret: env:NAME."
    if "env:" in pattern:
        return "Name an environment variable: env:NAME."
    return f"It must match {pattern}"


def _known_words(name: str, model: Any, loc: tuple[str | int, ...]) -> str:
    """What to say instead of an attribute that is not there."""
    known = _attributes(model, loc)
    near = get_close_matches(name, known, n=1)
    if near:
        return f"Did you mean `{near[0]}`?"
    if name in _OTHER_WORDS:
        return _OTHER_WORDS[name]
    return f"Known here: {', '.join(known[:12])}{', …' if len(known) > 12 else ''}." if known else ""


def _action_hint(given: Any) -> str:
    if not isinstance(given, dict):
        return ""
    verbs = [word for word in given if word in VERBS]
    if len(verbs) > 1:
        return "Write each action as an entry of its own: " + ", ".join(f"`{verb}: …`" for verb in verbs) + "."
    near = [near for word in given for near in get_close_matches(str(word), VERBS, n=1)]
    return f"Did you mean `{near[0]}`?" if near else ""


def _condition_hint(given: Any) -> str:
    if isinstance(given, dict) and len(given) == 1:
        name, value = next(iter(given.items()))
        if name in TICKET and isinstance(value, str | int):
            return f"Write  {{field: {name}, is: {value}}}"
    return "Each entry of the list is one condition, for example  {field: priority, is: high}"


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
    own = [name for name in found.model_fields if name not in Object.model_fields]
    common = [name for name in found.model_fields if name in Object.model_fields and name != "vendor"]
    return [found.model_fields[name].alias or name for name in (*own, *common)]


def _model_at(annotation: Any, loc: tuple[str | int, ...]) -> type[BaseModel] | None:
    """The model that validates what stands at a location; None where that cannot be told."""
    members = _members(annotation)
    if not loc:
        return members[0] if len(members) == 1 else None
    step = loc[0]
    for member in members:
        # A location names a union's member by its tag or, where it has none, by its model's validators.
        if step == f"~{member.__name__}" or (str(step).startswith("function-") and len(members) == 1):
            return _model_at(member, loc[1:])
    for member in members:
        for name, info in member.model_fields.items():
            if step in (info.alias, name):
                return _model_at(info.annotation, loc[1:])
    inner = _inside(annotation)
    return _model_at(inner, loc[1:]) if inner is not None else None


def _members(annotation: Any) -> list[type[BaseModel]]:
    """The models that an annotation allows, outside lists and maps."""
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
