"""What a live account says against a run, asked before anything is sent: the rules from `ZD100` on.

The vendor's pages say what rules can ask; an account's plan, settings and lists decide what it really takes (grammar
22). Each module is a family of questions, with `CATALOGUE` and `QUESTIONS`. A question makes calls only where the run
has to do with it.
"""

from __future__ import annotations

from collections.abc import Iterator

from config.findings import Finding
from config.rules.rule import Rule
from provisioners.errors import SystemFault
from provisioners.intent import NOWHERE, Intent
from provisioners.zendesk.asking import (
    amounts,
    defaults,
    features,
    languages,
    leaving,
    looked_up,
    macro_files,
    names,
    options,
    others,
    people,
    signing,
    unchangeable,
    vocabulary,
    webhook_formats,
)
from provisioners.zendesk.asking.asked_account import AskedAccount
from provisioners.zendesk.asking.question import rule_of_account

UNANSWERED = rule_of_account(
    "ZD100",
    "warning",
    "The account did not answer what it was asked about the run.",
    "What it might refuse is found out only when it is sent.",
    "Look whether golive's user may read it, and plan again.",
)
_FAMILIES = (
    names,
    people,
    features,
    vocabulary,
    unchangeable,
    leaving,
    defaults,
    amounts,
    others,
    languages,
    looked_up,
    options,
    macro_files,
    signing,
    webhook_formats,
)
_RULES = sorted((rule for family in _FAMILIES for rule in family.CATALOGUE), key=lambda rule: rule.id)
CATALOGUE: tuple[Rule, ...] = (UNANSWERED, *_RULES)
_ENDS_IT = ("stopped", "not_allowed", "credentials")


def asked(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    """All that the account says against a run. Raises SystemFault where the run itself has come to an end."""
    for family in _FAMILIES:
        for question in family.QUESTIONS:
            try:
                yield from list(question.check(account, intent))
            except SystemFault as fault:
                if fault.code in _ENDS_IT:
                    raise
                message = f"Zendesk did not say {question.asks}: {fault.why}"
                yield Finding(UNANSWERED.id, UNANSWERED.weight, NOWHERE, "", message, UNANSWERED.fix)
