"""What may stand behind an attribute, in words, and what leaving the attribute out means."""

from __future__ import annotations

import types
from collections.abc import Iterator
from inspect import get_annotations
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from checklists.gate import Gated
from checklists.item import Bound, Drop, Figure, Probes, Profile, Roles, Stage
from checklists.project import Form
from config.duration import Duration
from config.kinds import ALL_KINDS, PLACES, kind_path
from config.kinds.actions import Actions, Tags
from config.kinds.conditions import Conditions
from config.kinds.fields import Options
from config.kinds.people import Email
from config.kinds.routing import SkillValues
from config.kinds.schedules import Day, Span, Spans, TimeZone
from config.kinds.sla import Hours, Metric
from config.model import From, Key, Object, Phase
from config.references import RefersTo
from config.share import Share
from config.text import FileText, Locale, OneText, Text
from golive.documentation.words import FORMS, LEFT_OUT

_TEXT = "[text, file, or a text per language](#texts-and-placeholders)"
_NAMED: tuple[tuple[Any, str], ...] = (
    (Actions, "list of [actions](#actions)"),
    (Bound, "number, share, time or [figure](#figures)"),
    (Conditions, "list of [conditions](#conditions)"),
    (Day, "day, such as `2026-12-25`"),
    (Drop, "why it is left out, or `true`"),
    (Duration, "[duration](#durations)"),
    (Email, "mail address"),
    (Figure, "[figure](#figures)"),
    (Form, "[form](#figures)"),
    (Gated, "[phase](#phases-and-gates)"),
    (Key, "key"),
    (Locale, "language, such as `de` or `en-US`"),
    (Hours, "`calendar`, `business`, or a map"),
    (Metric, "[metric](#metrics)"),
    (OneText, "[text or file](#texts-and-placeholders)"),
    (Probes, "map: [probe](#all-probes) → its parameters"),
    (Profile, "[profile](#profiles)"),
    (Roles, "map: [role](#roles) → how many people"),
    (Options, "map: option key → name, or a map with `name`, `tag`, `was`"),
    (SkillValues, "map: your key → name, or a map with `name`, `people`, `was`"),
    (Share, "share, such as `75%`"),
    (Span, 'hours, such as `"09:00-17:30"`'),
    (Stage, "[phase](#phases-and-gates)"),
    (Spans, "list of [hours](#hours-and-holidays); `[]` = closed"),
    (Tags, "list of tags"),
    (Text, _TEXT),
    (TimeZone, "time zone, such as `Europe/Berlin`"),
)
"""Named types of the vocabulary and what they are called."""
_PLAIN = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "`true` or `false`",
    Any: "anything",
    object: "anything",
}
_CHAPTERS = (Actions, Conditions, Metric, Phase, Stage, Gated, Profile, Form)
"""Annotations that a chapter explains."""
_APART = (From, FileText)
"""Models that a chapter explains."""
_BELOW = {ALL_KINDS[word].model: word for word in PLACES}
"""Models of the kinds that stand below a single object; each has a section of its own."""
_TOLD = (("header", "value"), ("username", "password"), ("urgent", "high", "normal", "low", "others"))
"""Closed sets whose words say what they mean."""


def hints(model: type[BaseModel]) -> dict[str, Any]:
    """The annotations of a model's attributes as they are written."""
    return get_type_hints(model, include_extras=True)


def form(annotation: Any) -> str:
    """What may stand there, in words."""
    for named, words in _NAMED:
        if annotation == named:
            return words
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        marks = [mark for mark in arguments[1:] if isinstance(mark, RefersTo)]
        return _reference(marks[0]) if marks else form(arguments[0])
    if origin is Literal:
        return _or([f"`{str(value).lower() if isinstance(value, bool) else value}`" for value in arguments])
    if origin in (Union, types.UnionType):
        return _or(list(dict.fromkeys(form(each) for each in arguments if each is not type(None))))
    if origin is list:
        return f"list of {_several(arguments[0])}"
    if origin is dict:
        plain = arguments[1] in (Any, object)
        return "map" if plain else f"map: {_key(arguments[0])} → {form(arguments[1])}"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation is From:
            return "[span of phases](#phases)"
        if annotation in _BELOW:
            return f"see {link(_BELOW[annotation])}"
        names = ", ".join(f"`{word}`" for word, _, _ in attributes(annotation))
        return f"map with {names}"
    return _PLAIN[annotation]


def _key(annotation: Any) -> str:
    words = form(annotation)
    return "your key" if words in ("key", "text") else words


def _several(annotation: Any) -> str:
    words = form(annotation)
    plurals = {"text": "texts", "map": "maps", "key": "keys", _TEXT: "texts"}
    if words.startswith("["):
        return words.replace("]", "s]", 1)
    if words.startswith("language"):
        return words.replace("language", "languages")
    if words.startswith("key of "):
        return f"keys of {words.removeprefix('key of ')}"
    return words.replace("map with", "maps with") if words.startswith("map with") else plurals.get(words, words)


def _reference(mark: RefersTo) -> str:
    kinds = [f"`{kind}/KEY`" if mark.needs_kind else f"key of {link(kind)}" for kind in mark.kinds]
    return _or([*(f"`{word}`" for word in mark.words), *kinds])


def link(kind: str) -> str:
    """Where a kind stands, leading to its section."""
    return f"[`{heading(kind)}`](#{anchor(heading(kind))})"


def heading(kind: str) -> str:
    """A kind's heading: where it stands."""
    return ": ".join(kind_path(kind))


def anchor(title: str) -> str:
    """The anchor that Markdown readers make of a heading."""
    kept = "".join(sign for sign in title.lower() if sign.isalnum() or sign in " _-")
    return kept.replace(" ", "-")


def _or(words: list[str]) -> str:
    if all(word.startswith("`") for word in words) or len(words) == 1:
        return ", ".join(words)
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def attributes(model: type[BaseModel]) -> Iterator[tuple[str, str, FieldInfo]]:
    """(word in the YAML, name in the model, what is known of it); the common ones only where a model has its own."""
    for name, info in model.model_fields.items():
        inherited = issubclass(model, Object) and model is not Object and name in Object.model_fields
        if name != "vendor" and not (inherited and name not in get_annotations(model)):
            yield info.alias or name, name, info


def form_of(model: type[BaseModel], name: str) -> str:
    """What may stand behind an attribute of a model, in words."""
    said = [FORMS[owner.__name__, name] for owner in model.__mro__ if (owner.__name__, name) in FORMS]
    return said[0] if said else form(hints(model)[name])


def left_out(model: type[BaseModel], name: str, info: FieldInfo) -> str:
    """What it means that an attribute is left out."""
    for owner in model.__mro__:
        if (owner.__name__, name) in LEFT_OUT:
            return LEFT_OUT[owner.__name__, name]
    extra = info.json_schema_extra
    klass = extra.get("x-class") if isinstance(extra, dict) else "leave"
    if klass == "required":
        return "**must be given**"
    if klass == "leave":
        return "left alone"
    value = info.default_factory() if info.default_factory else info.default  # type: ignore[call-arg]
    if value is None or value == [] or value == {}:
        return "none"
    if isinstance(value, list):
        return f"`[{', '.join(map(str, value))}]`"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def parts(annotation: Any) -> list[type[BaseModel]]:
    """The models that an annotation names, in order, but for those that have a chapter of their own."""
    if annotation in _CHAPTERS:
        return []
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [] if annotation in _APART or annotation in _BELOW else [annotation]
    found = [model for argument in get_args(annotation) for model in parts(argument)]
    return list(dict.fromkeys(found))


def closed_sets(annotation: Any) -> list[tuple[str, ...]]:
    """The closed sets of words that an annotation names, each of two words or more."""
    if annotation in _CHAPTERS:
        return []
    if get_origin(annotation) is Literal:
        values = get_args(annotation)
        words = len(values) > 1 and all(isinstance(value, str) for value in values)
        return [values] if words and values not in _TOLD else []
    return list(dict.fromkeys(each for argument in get_args(annotation) for each in closed_sets(argument)))
