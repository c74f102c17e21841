"""The people of a team, as a system has them: who they are there, and what they belong to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Belonging:
    """A group, a channel or a permission set that somebody is in. type, id: the vendor's object; see `Collection`.
    through: (type, id) of what puts them in, where that is an object of its own."""

    type: str
    id: str
    name: str
    through: tuple[str, str] | None = None


@dataclass(frozen=True)
class LivePerson:
    """Somebody in a system. active: whether they can sign in. role: in the vendor's words. page: their page in the
    vendor's admin centre; empty where it has none."""

    email: str
    name: str
    active: bool
    role: str
    belongs: tuple[Belonging, ...] = ()
    page: str = ""
