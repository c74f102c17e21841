"""`x-allow` names rules that exist, each with a reason (grammar 23)."""

from __future__ import annotations

from collections.abc import Iterator

from config.findings import Finding
from config.rules.scope import Scope


def check(scope: Scope) -> Iterator[Finding]:
    for item in scope.declaration:
        for rule, reason in getattr(item.value, "allow", {}).items():
            if not reason.strip():
                yield item.finding(
                    "x-allow.reason", "error", ("x-allow", rule), f"`x-allow` gives no reason for breaking `{rule}`",
                    "Say why; whoever reads this next year will ask.",
                )  # fmt: skip
