"""Secrets that stand where none belong are not repeated: what is shown has a mask in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from config.results.plan import Difference

MASK = "(masked)"
SHORTEST = 6
"""A text of fewer characters is masked nowhere else than in its own place: it would be found in every other word."""
Thing = TypeVar("Thing")

_SECRET_NAME = re.compile(r"token|secret|passw|private|credential|api_?key|_key$|^key$", re.IGNORECASE)
_FORMS = re.compile(
    r"""
      -----BEGIN[ A-Z]*PRIVATE\ KEY-----.*?(?:-----END[ A-Z]*PRIVATE\ KEY-----|\Z)
    | \bxox[abeoprs]-[\w-]{8,} | \bxapp-[\w-]{8,}                          # Slack
    | \bgh[opsur]_[A-Za-z0-9]{20,} | \bgithub_pat_\w{20,}                   # GitHub
    | \b(?:AKIA|ASIA)[0-9A-Z]{16}\b                                         # AWS
    | \bsk[-_][\w-]{16,} | \b[rs]k_(?:live|test)_\w{10,}                    # sellers of keys that begin like this
    | \bAIza[\w-]{30,}                                                      # Google
    | \beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*                                     # JSON Web Tokens
    | (?<=hooks\.slack\.com/services/)[\w/]+ | (?<=hooks\.slack\.com/workflows/)[\w/]+
    | (?<=://)[^\s/@:]+:[^\s/@]+(?=@)                                       # a name and password in an address
    | (?<=\bBearer\ )[\w.~+/-]{12,}=* | (?<=\bBasic\ )[\w+/-]{12,}=*
    """,
    re.VERBOSE | re.DOTALL,
)


def masked(text: str, known: Iterable[str] = ()) -> str:
    """The text without what has the form of a secret. known: secrets by their values."""
    for secret in known:
        if len(secret) >= SHORTEST:
            text = text.replace(secret, MASK)
    return _FORMS.sub(MASK, text)


def named_secrets(values: Mapping[str, Any]) -> list[str]:
    """Values whose names say that they are secret."""
    return [str(value) for name, value in values.items() if _SECRET_NAME.search(name) and value not in (None, "")]


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


def _in_place(kind: str, path: str, value: Any, mask: Callable[[str], str]) -> Any:
    if isinstance(value, Mapping):
        return {name: _in_place(kind, f"{path}.{name}", part, mask) for name, part in value.items()}
    if isinstance(value, list):
        return [_in_place(kind, path, part, mask) for part in value]
    if not isinstance(value, str) or value.startswith("env:"):
        return value
    secret = kind == "webhooks" and path.startswith("auth.") and not path.endswith((".username", ".header"))
    secret = secret or (kind == "environments" and bool(_SECRET_NAME.search(path.rpartition(".")[2])))
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
