"""What becomes of a declared object's attributes, round by round."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ABSENT = object()
"""The attribute does not stand in the files."""


@dataclass(frozen=True)
class Step:
    """What one or more attributes are, from one round to the next. The last value stays.

    full: which of the values stands where all attributes are said at once.
    """

    values: tuple[Mapping[str, Any], ...]
    full: int = 1


def step(*values: Mapping[str, Any], full: int = 1) -> Step:
    """Attributes that change together, by their paths."""
    return Step(values, full)


def one(path: str, *values: Any, full: int = 1) -> Step:
    """One attribute, which is gone from the files at last unless the last value says otherwise."""
    return Step(tuple({path: value} for value in values), full)


@dataclass(frozen=True)
class Story:
    """An object and its steps."""

    base: Mapping[str, Any]
    steps: tuple[Step, ...]

    def at(self, number: int) -> dict[str, Any]:
        """The object in a round."""
        stages = [number - begins for begins in range(1, len(self.steps) + 1)]
        told = zip(self.steps, stages, strict=True)
        return self._with([each.values[min(stage, len(each.values) - 1)] for each, stage in told if stage >= 0])

    def in_full(self) -> dict[str, Any]:
        """The object with everything said at once."""
        return self._with([each.values[each.full] for each in self.steps])

    @property
    def rounds(self) -> int:
        """The round after which nothing changes any more."""
        return max(begins + len(each.values) - 1 for begins, each in enumerate(self.steps, start=1))

    def _with(self, changes: list[Mapping[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for path, value in (item for each in (self.base, *changes) for item in each.items()):
            _put(found, path.split("."), value)
        return found

    def backwards(self, **base: Any) -> Story:
        """The same steps from the last to the first."""
        return Story({**self.base, **base}, self.steps[::-1])


def _put(found: dict[str, Any], path: list[str], value: Any) -> None:
    name, *rest = path
    if rest:
        below = dict(found.get(name) or {})
        _put(below, rest, value)
        value = below or ABSENT
    if value is ABSENT:
        found.pop(name, None)
    else:
        found[name] = value


def value_at(data: Any, path: str) -> Any:
    """What stands at a path; ABSENT where nothing does."""
    for name in path.split("."):
        if not isinstance(data, Mapping) or name not in data:
            return ABSENT
        data = data[name]
    return data


def with_new_keys(data: Any, new: Mapping[str, str]) -> Any:
    """The same data with other keys, wherever they are named. Names and addresses never are a key."""
    pattern = re.compile(rf"(?<![\w-])({'|'.join(new)})(?![\w-])")

    def renamed(value: Any) -> Any:
        if isinstance(value, dict):
            return {renamed(name): renamed(part) for name, part in value.items()}
        if isinstance(value, list):
            return [renamed(part) for part in value]
        return pattern.sub(lambda found: new[found[1]], value) if isinstance(value, str) else value

    return renamed(data)
