"""Who changed live objects by hand, and when, as far as a vendor keeps that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Asked:
    """An object that somebody has changed. name: the resource's. since: when our last run altered what it knows of it
    (ISO 8601, UTC), so that an earlier change is not the one. paths: which attributes differ, in the YAML's words."""

    name: str
    type: str
    id: str
    since: str
    paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class Author:
    """by: the person's name. at: when (ISO 8601, UTC)."""

    by: str
    at: str


@dataclass(frozen=True)
class Authors:
    """found: a resource's name → who changed it. unknown: why nothing is known, in words; empty where the vendor has
    been asked."""

    found: Mapping[str, Author] = field(default_factory=dict)
    unknown: str = ""
