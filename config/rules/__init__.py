"""Rules over all objects together. Each is a function from the scope to findings; each has a stable id."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from config.findings import Finding
from config.rules import (
    applied,
    conditions,
    exceptions,
    fields,
    identity,
    naming,
    order,
    placeholders,
    references,
    secrets,
    slas,
    systems,
    texts,
)
from config.rules.scope import Scope

RULES: tuple[Callable[[Scope], Iterator[Finding]], ...] = (
    references.check,
    identity.check,
    naming.check,
    order.check,
    conditions.check,
    fields.check,
    slas.check,
    placeholders.check,
    texts.check,
    secrets.check,
    exceptions.check,
    systems.check,
    applied.check,
)

__all__ = ["RULES", "Scope"]
