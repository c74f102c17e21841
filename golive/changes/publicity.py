"""What a change lets more people see: an article, a field, a form, what a macro or rule writes.

Only what was there and was kept from them counts. What is new and public from the start is no news, nor is a draft that
is published for those for whom it was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from golive.wording.words import count_of, listed, title_of

_SEEN = ("ticket_fields", "ticket_forms")
_WRITING = ("macros", "triggers", "automations")
_SOME, _TEAM, _SEGMENT, _EVERYBODY = range(4)
"""Who reads an article: some of the team, all of it, those of a user segment, everybody."""
_ONLY = {
    _SOME: "only some of the team could read {}",
    _TEAM: "only the team could read {}",
    _SEGMENT: "only those of a user segment could read {}",
}
FEW = 4
"""So many objects that change in the same way are named."""


@dataclass(frozen=True)
class Widened:
    """That more people see something. whom: `Customers` or `Agents`. one, many: what happens to one object, to several;
    what stands in brackets says how it was."""

    whom: str
    one: str
    many: str


def widened(kind: str, was: Mapping[str, Any], will: Mapping[str, Any]) -> Widened | None:
    """What a change of an object lets more people see, in the vocabulary's words; None where nothing does."""
    if not was or not will or will.get("active", True) is False:
        return None
    if kind == "articles":
        return _article(was, will)
    if kind in _SEEN and _customers_can(was) == "hidden" and (can := _customers_can(will)) != "hidden":
        edit = can == "edit" and kind == "ticket_fields"
        return Widened(
            "Customers",
            f"becomes visible to them{', and they can fill it in' if edit else ''}",
            f"become visible to them{', and they can fill them in' if edit else ''}",
        )
    if kind in _WRITING and "public" in _replies(will) and "public" not in _replies(was):
        internal = "internal" in _replies(was)
        return Widened(
            "Customers",
            f"begins to answer publicly{' (it wrote internal notes)' if internal else ''}",
            f"begin to answer publicly{' (they wrote internal notes)' if internal else ''}",
        )
    return None


def widened_lines(changed: Iterable[tuple[str, str, Mapping[str, Any], Mapping[str, Any]]]) -> Iterator[str]:
    """Lines for who gets to see what, those alike together. changed: kind, name, and both sides of each object."""
    alike: dict[tuple[str, Widened], list[str]] = {}
    for kind, name, was, will in changed:
        found = widened(kind, was, will)
        if found:
            alike.setdefault((kind, found), []).append(name)
    for (kind, each), names in alike.items():
        if len(names) == 1:
            yield f"{each.whom}: the {title_of(kind)} “{names[0]}” {each.one}"
        else:
            more = f" and {len(names) - FEW} more" if names[FEW:] else ""
            yield f"{each.whom}: {count_of(len(names), kind)} {each.many}: {listed(names[:FEW])}{more}"


def _article(was: Mapping[str, Any], will: Mapping[str, Any]) -> Widened | None:
    before, after = _readers(was), _readers(will)
    if after <= before:
        return None
    whom, becomes = "Customers", "public"
    if after == _TEAM:
        whom, becomes = "Agents", "readable for the whole team"
    elif after == _SEGMENT:
        segment = _segment(will)
        readers = "customers who have signed in" if segment == "signed_in" else f"the user segment “{segment}”"
        becomes = f"readable for {readers}"
    only = _ONLY[before]
    return Widened(whom, f"becomes {becomes} ({only.format('it')})", f"become {becomes} ({only.format('them')})")


def _readers(article: Mapping[str, Any]) -> int:
    if _segment(article):
        return _SEGMENT
    if _customers_can(article) == "see":
        return _EVERYBODY
    return _SOME if article.get("for") else _TEAM


def _segment(article: Mapping[str, Any]) -> str:
    return str((article.get("zendesk") or {}).get("user_segment") or "")


def _customers_can(side: Mapping[str, Any]) -> str:
    return str((side.get("customers") or {}).get("can", "hidden"))


def _replies(side: Mapping[str, Any]) -> set[str]:
    """How a macro or rule writes: `public`, `internal`."""
    return {str(each["reply"]) for each in side.get("then") or [] if isinstance(each, Mapping) and "reply" in each}
