"""Rules over all objects together. Each is a function from the scope to findings; each has a stable id.

They run in this order, and those of systems after the vocabulary's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import ModuleType

from config.findings import Finding
from config.rules import (
    actions,
    applied,
    characters,
    conditions,
    engineering,
    fields,
    identity,
    limits,
    logic,
    mapping,
    method,
    naming,
    order,
    people,
    placeholders,
    references,
    rollout,
    secrets,
    slas,
    systems,
    tags,
    texts,
)
from config.rules.scope import Scope

FAMILIES: tuple[ModuleType, ...] = (
    references,
    identity,
    naming,
    limits,
    order,
    conditions,
    actions,
    tags,
    fields,
    mapping,
    slas,
    engineering,
    people,
    rollout,
    placeholders,
    texts,
    characters,
    secrets,
    systems,
    applied,
    logic,
    method,
)
"""Each has `check`, and beside it `CATALOGUE`: the rules whose findings it yields."""
RULES: tuple[Callable[[Scope], Iterator[Finding]], ...] = tuple(family.check for family in FAMILIES)

__all__ = ["FAMILIES", "RULES", "Scope"]
