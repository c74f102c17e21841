"""Secrets that stand where none belong are not repeated: what is shown has a mask in their place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from config.results.plan import Difference
from config.secret_forms import is_secret, names_secret_perhaps, without_secrets

MASK = "(masked)"
SHORTEST = 6
"""A text of fewer characters is masked nowhere else than in its own place: it would be found in every other word."""
Thing = TypeVar("Thing")


def masked(text: str, known: Iterable[str] = ()) -> str:
    """The text without what has the form of a secret. known: secrets by their values."""
    for secret in known:
        if len(secret) >= SHORTEST:
            text = text.replace(secret, MASK)
    return without_secrets(text, MASK)


def named_secrets(values: Mapping[str, Any]) -> list[str]:
    """Values whose names say that they are secret."""
    return [str(value) for name, value in values.items() if names_secret_perhaps(name) and value not in (None, "")]


def masked_data(kind: str, data: Mapping[str, Any], mask: Callable[[str], str]) -> dict[str, Any]:
    """What an object says, without secrets. mask: takes those out of any text; what stands in the place of a secret and
    is none by name (`env:NAME`) goes, too."""
    return {name: _in_place(kind, name, part, mask) for name, part in data.items()}


def masked_differences(kind: str, diff: Iterable[Difference], mask: Callable[[str], str]) -> list[Difference]:
    """The same of differences."""
    return [
        Difference(each.path, *(_in_place(kind, each.path, side, mask) for side in (each.old, each.new)))
        for each in diff
    ]


def masked_document(document: Thing) -> Thing:
    """A whole document, as data or as what it is made from, without secrets: every text, and in differences also what
    stands under a secret's name."""
    result: Thing = _masked_part(document, "")
    return result


def _masked_part(part: Any, kind: str) -> Any:
    if isinstance(part, Difference):
        return with_texts(masked_differences(kind, [part], masked)[0], masked)
    if isinstance(part, Mapping):
        kind = str(part.get("kind", kind))
        if {"path", "old", "new"} <= set(part):
            part = {**part, **{side: _in_place(kind, str(part["path"]), part[side], masked) for side in ("old", "new")}}
        return {masked(name): _masked_part(each, kind) for name, each in part.items()}
    if isinstance(part, list | tuple):
        return type(part)(_masked_part(each, kind) for each in part)
    if is_dataclass(part) and not isinstance(part, type):
        kind = getattr(part, "kind", kind)
        return replace(part, **{each.name: _masked_part(getattr(part, each.name), kind) for each in fields(part)})
    return masked(part) if isinstance(part, str) else part


def _in_place(kind: str, path: str, value: Any, mask: Callable[[str], str]) -> Any:
    if isinstance(value, Mapping):
        return {name: _in_place(kind, f"{path}.{name}", part, mask) for name, part in value.items()}
    if isinstance(value, list):
        in_query = path.rpartition(".")[2] == "query"
        if in_query and len(value) == 2 and isinstance(value[0], str) and is_secret(value[0], value[1]):
            return [value[0], MASK]  # a name and its value
        return [_in_place(kind, path, part, mask) for part in value]
    if not isinstance(value, str) or value.startswith("env:"):
        return value
    name = path.rpartition(".")[2].partition("[")[0]
    signs_in = path.startswith("auth.") and not path.endswith((".username", ".header"))
    secret = kind == "webhooks" and (signs_in or path == "signing")
    secret = secret or (kind == "environments" and names_secret_perhaps(name)) or is_secret(name, value)
    return MASK if secret and value != "sandbox" else mask(value)


def with_texts(thing: Thing, change: Callable[[str], str]) -> Thing:
    """The same document or data with every text changed; keys of maps, too."""
    made: Any = thing
    if isinstance(thing, str):
        made = change(thing)
    elif isinstance(thing, list):
        made = [with_texts(part, change) for part in thing]
    elif isinstance(thing, dict):
        made = {with_texts(name, change): with_texts(part, change) for name, part in thing.items()}
    elif is_dataclass(thing) and not isinstance(thing, type):
        made = replace(thing, **{each.name: with_texts(getattr(thing, each.name), change) for each in fields(thing)})
    result: Thing = made
    return result
