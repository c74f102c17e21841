"""References between objects: how models declare them, and how they are found in a model."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

Path_ = tuple[str | int, ...]


@dataclass(frozen=True)
class RefersTo:
    """Marks a text as the key of another object.

    kinds: where the key is looked up. More than one kind, or `qualified`, means `kind/key`.
    words: texts that are allowed beside keys (`requester`). or_word: a text that is no key is a word of the system's
    own, which nobody can list.
    """

    kinds: tuple[str, ...]
    words: tuple[str, ...] = ()
    qualified: bool = False
    or_word: bool = False

    @property
    def needs_kind(self) -> bool:
        return self.qualified or len(self.kinds) > 1


def refers_to(*kinds: str, words: tuple[str, ...] = (), qualified: bool = False, or_word: bool = False) -> RefersTo:
    return RefersTo(kinds, words, qualified, or_word)


@dataclass(frozen=True)
class Reference:
    """One reference as it stands in an object: `path` from the object, the text, and what it may name."""

    path: Path_
    text: str
    target: RefersTo

    def resolve(self) -> tuple[str, str] | None:
        """(kind, key) that the text names, or None where it is a word or cannot be a reference."""
        if self.text in self.target.words:
            return None
        if not self.target.needs_kind:
            return self.target.kinds[0], self.text
        kind, slash, key = self.text.partition("/")
        return (kind, key) if slash and kind in self.target.kinds else None


def references_of(model: BaseModel) -> Iterator[Reference]:
    """Every reference in a model: those that types mark, and those that a model finds itself
    (a method `references() -> Iterator[Reference]`, for values whose meaning depends on their neighbour)."""
    yield from _in_model(model, ())


def _in_model(model: BaseModel, path: Path_) -> Iterator[Reference]:
    own = getattr(model, "references", None)
    if own is not None:
        for reference in own():
            yield Reference((*path, *reference.path), reference.text, reference.target)
    for name, word, mark, annotation in _attributes(type(model)):
        value = getattr(model, name)
        if value is None:
            continue
        here = (*path, word)
        if mark and isinstance(value, str):
            yield Reference(here, value, mark)
        else:
            yield from _in_value(value, annotation, here)


@cache
def _attributes(model: type[BaseModel]) -> list[tuple[str, str, RefersTo | None, Any]]:
    """Of each attribute: its name, the YAML's word for it, what it refers to, its annotation."""
    found = []
    for name, info in model.model_fields.items():
        mark = next((mark for mark in info.metadata if isinstance(mark, RefersTo)), None)
        found.append((name, info.alias or name, mark, info.annotation))
    return found


def _in_value(value: Any, annotation: Any, path: Path_) -> Iterator[Reference]:
    if isinstance(value, BaseModel):
        yield from _in_model(value, path)
        return
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        marks = [mark for mark in arguments[1:] if isinstance(mark, RefersTo)]
        if marks and isinstance(value, str):
            yield Reference(path, value, marks[0])
        else:
            yield from _in_value(value, arguments[0], path)
    elif origin in (Union, types.UnionType):
        for argument in arguments:
            if _may_be(value, argument):
                yield from _in_value(value, argument, path)
                return
    elif isinstance(value, list) and arguments:
        for index, item in enumerate(value):
            yield from _in_value(item, arguments[0], (*path, index))
    elif isinstance(value, dict) and len(arguments) == 2:
        for key, item in value.items():
            yield from _in_value(key, arguments[0], (*path, key))
            yield from _in_value(item, arguments[1], (*path, key))


def _may_be(value: Any, annotation: Any) -> bool:
    """Whether a value can be of an annotation, told by its outermost type alone."""
    if get_origin(annotation) is Annotated:
        return _may_be(value, get_args(annotation)[0])
    origin = get_origin(annotation) or annotation
    if origin in (Union, types.UnionType):
        return any(_may_be(value, argument) for argument in get_args(annotation))
    return isinstance(origin, type) and isinstance(value, origin)
