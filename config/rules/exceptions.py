"""`x-allow` names rules that exist, each with a reason (grammar 23)."""

from __future__ import annotations

from collections.abc import Iterator

from config.findings import Finding
from config.registry import facts
from config.rules.ids import RULE_IDS
from config.rules.scope import Scope, did_you_mean


def check(scope: Scope) -> Iterator[Finding]:
    for item in scope.declaration:
        for rule, reason in getattr(item.value, "allow", {}).items():
            known = _known()
            if rule not in known:
                yield item.finding(
                    "x-allow.unknown", "warning", ("x-allow", rule), f"there is no rule `{rule}` to allow",
                    did_you_mean(rule, known), of_key=True,
                )  # fmt: skip
            if not reason.strip():
                yield item.finding(
                    "x-allow.reason", "error", ("x-allow", rule), f"`x-allow` gives no reason for breaking `{rule}`",
                    "Say why; whoever reads this next year will ask.",
                )  # fmt: skip


def _known() -> list[str]:
    """The ids of all rules, those of installed systems included."""
    return sorted({*RULE_IDS, *(rule for each in facts().values() for rule in each.get("rule_ids", ()))})
