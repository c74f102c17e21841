"""From pydantic's errors to mistakes: what people would call one slip is one mistake, however many errors it makes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pydantic_core import ErrorDetails

from config.document import Path_
from config.kinds.actions import VERBS
from config.locations import place_of
from config.schema_hints import PARTS, is_action, is_rest
from config.vocabulary import PRIORITIES

EXPECTED = {
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
"""pydantic's errors about the type of a value → what should stand there."""
WHOLE = {*EXPECTED, "literal_error", "string_pattern_mismatch"}
"""Errors about a value as a whole, of which a union gives one per member."""


@dataclass
class Mistake:
    """What is wrong at one place: one error, or several that say the same.

    place: in the data that is checked. sort: what the errors are about.
    """

    place: Path_
    of_key: bool
    sort: str
    errors: list[ErrorDetails]
    also: list[str] = field(default_factory=list)
    """Further keys of the same map with which the same is wrong."""

    @property
    def error(self) -> ErrorDetails:
        return self.errors[0]

    @property
    def name(self) -> str:
        return str(self.place[-1]) if self.place else ""

    @property
    def missing(self) -> list[str]:
        """The attributes that are missing, where it is about those."""
        return [each["ctx"]["name"] for each in self.errors] if self.sort == "missing" else []


def mistakes_of(errors: Iterable[ErrorDetails], data: Any) -> list[Mistake]:
    """The mistakes behind the errors that were found in some data."""
    return _without_parts(_without_other_members(_with_wrong_keys(_grouped(errors, data))))


def _grouped(errors: Iterable[ErrorDetails], data: Any) -> list[Mistake]:
    found: dict[tuple[Path_, bool, str], Mistake] = {}
    for error in errors:
        place, of_key = place_of(error, data)
        kind = error["type"]
        alone = kind in ("missing", "extra_forbidden")
        sort = "outermost" if kind in WHOLE else kind if alone else f"{kind} {error['msg']}"
        found.setdefault((place, of_key, sort), Mistake(place, of_key, sort, [])).errors.append(error)
    return list(found.values())


def _with_wrong_keys(mistakes: list[Mistake]) -> list[Mistake]:
    """Where a key of a map is not one of the known words, what stands below it needs no word; and priorities that
    stand where something else should be are one mistake."""
    wrong = [each for each in mistakes if each.of_key and each.error["type"] == "literal_error"]
    places = {each.place for each in wrong}
    first: dict[Path_, Mistake] = {}
    for each in wrong:
        one = each.place[:-1] if each.name in PRIORITIES else each.place
        if first.setdefault(one, each) is not each:
            first[one].also.append(each.name)
    below = [each for each in mistakes if not any(each.place[: len(place)] == place for place in places)]
    return [*below, *first.values()]


def _without_other_members(mistakes: list[Mistake]) -> list[Mistake]:
    """What fits one member of a union as a whole, and is wrong inside, needs no word about the other members."""
    return [
        each
        for each in mistakes
        if each.sort != "outermost"
        or not any(
            other.place[: len(each.place)] == each.place
            and (len(other.place) > len(each.place) or other.sort not in _OF_ALL or _lacks(other, each))
            for other in mistakes
        )
    ]


_OF_ALL = ("outermost", "missing")
"""What each member of a union may say of a value that fits none."""


def _lacks(other: Mistake, each: Mistake) -> bool:
    """Whether a map stands where one may, so that what it lacks is all that is wrong with it."""
    maps = {"dict_type", "model_type", "model_attributes_type"}
    is_map = other.sort == "missing" and isinstance(each.error["input"], dict)
    return is_map and not any(error["type"] in maps for error in each.errors)


def _without_parts(mistakes: list[Mistake]) -> list[Mistake]:
    """One mistake where an entry of a list was divided in two, where an action's verb holds the whole action, and
    where the word `then` is missing above the actions, so that they stand among the conditions."""
    torn = {
        (*each.place[:-1], each.place[-1] - 1)
        for each in mistakes
        if each.error["type"] in PARTS and is_rest(each.error["type"], each.error["input"])
        if isinstance(each.place[-1], int)
    }
    verbs = {each.place[:-1] for each in mistakes if each.sort == "outermost" and each.name in VERBS}
    actions = [each for each in mistakes if each.error["type"] == "condition_form" and is_action(each.error["input"])]
    first = {each.place[:-1]: each for each in reversed(actions)}
    rules = {place[:-1] for place in first}
    return [
        each
        for each in mistakes
        if not (each.place in torn and each.error["type"] in ("missing", "one_operator"))
        and not (each.place in verbs and each.sort == "missing")
        and not (each in actions and each is not first[each.place[:-1]])
        and not (each.place in rules and each.sort == "missing" and each.missing == ["then"])
    ]
