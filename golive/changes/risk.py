"""One reason why a change deserves a second look, and what such reasons are told with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from config.results.review import RiskKind
from golive.changes.changed import Changed
from golive.changes.given import Given
from golive.wording.words import Terms, title_of


@dataclass(frozen=True)
class Note:
    """One risk. path: the attribute that it is about, empty for the object."""

    risk: RiskKind
    text: str
    path: str = ""


@dataclass(frozen=True)
class Context:
    """What risks are told with. likes: role → the built-in role that it is like, before and after. waits: from when on
    the object works, where it does not at once."""

    terms: Terms = field(default_factory=Terms)
    likes_before: Mapping[str, str] = field(default_factory=dict)
    likes_after: Mapping[str, str] = field(default_factory=dict)
    waits: str = ""
    in_chat: bool = False
    """Whether people are in Slack channels of these files."""
    helpdesk: str = "the helpdesk"
    """What people call the product."""
    given: tuple[Given, ...] = ()
    """What the files give a person, before and after, whom they switch off or on."""


Rule = Callable[[Changed, Context], Iterable[Note]]


def called(change: Changed) -> str:
    """`trigger “Rich first”`."""
    return f"{title_of(change.kind)} “{change.name}”"


def gone(change: Changed, what: str, then: str) -> str:
    """What follows from an object's leaving; no more than the files can tell."""
    if change.only_if_made:
        return f"{what} leaves the files. Where golive made it, {then}; where it was taken over, it stays."
    return f"{what} leaves the files: {then}."


def lacking(first: Any, second: Any) -> list[str]:
    """What the second list lacks of the first."""
    there = second or []
    return [str(entry) for entry in first or [] if entry not in there]


def spaced(word: Any) -> str:
    """A word of the vocabulary as people write it."""
    return str(word or "").replace("_", " ")
