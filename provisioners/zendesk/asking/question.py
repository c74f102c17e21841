"""A question to a live account, and the rule that its answer decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from config.findings import Finding
from config.rules.rule import Rule, Weight
from provisioners.intent import Intent
from provisioners.zendesk.asking.asked_account import AskedAccount

ASKED = "asked of the account when planning"


def rule_of_account(
    id: str, severity: Weight, what: str, why: str, fix: str, *, source: str = "", excused: bool | None = None
) -> Rule:
    """A rule that only the account can answer. excused: an error that rests on what the vendor's pages say, and not on
    the account's own words, may be set aside with a reason."""
    return Rule(id, severity, what, why, fix, source=source, excused=excused, elsewhere=ASKED, of_account=True)


@dataclass(frozen=True)
class Question:
    """asks: what is to be found out, as the end of “Zendesk did not say …”. check: it makes calls only where the run
    has to do with it; it may raise SystemFault."""

    asks: str
    check: Callable[[AskedAccount, Intent], Iterator[Finding]]
