"""Zendesk's own rules over what is declared: what it cannot do, refuses, or takes and does something else with.

Their ids are `ZD###`; those from 100 on only the account can answer
(`provisioners.zendesk.asking`). Each family is a
module with `check`, and beside it `CATALOGUE`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from config.findings import Finding
from config.rules.rule import Rule
from config.rules.scope import Scope
from provisioners.zendesk import asking, plans
from provisioners.zendesk.rules import acting, articles, inactive, repeated_mails, sendable, settings, sizes, taken

FAMILIES = (sendable, sizes, settings, taken, acting, repeated_mails, inactive, articles)
RULES: tuple[Callable[[Scope], Iterator[Finding]], ...] = tuple(family.check for family in FAMILIES)
CATALOGUE: tuple[Rule, ...] = tuple(rule for family in (*FAMILIES, plans, asking) for rule in family.CATALOGUE)

__all__ = ["CATALOGUE", "FAMILIES", "RULES"]
