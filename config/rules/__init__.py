"""Rules over all objects together. Each is a function from the scope to findings; each has a stable id.

They run in this order, and those of systems after the vocabulary's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from config.findings import Finding
from config.rules import (
    actions,
    applied,
    characters,
    conditions,
    exceptions,
    fields,
    identity,
    limits,
    naming,
    order,
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

RULES: tuple[Callable[[Scope], Iterator[Finding]], ...] = (
    references.check,
    identity.check,
    naming.check,
    limits.check,
    order.check,
    conditions.check,
    actions.check,
    tags.check,
    fields.check,
    slas.check,
    rollout.check,
    placeholders.check,
    texts.check,
    characters.check,
    secrets.check,
    exceptions.check,
    systems.check,
    applied.check,
)

__all__ = ["RULES", "Scope"]
