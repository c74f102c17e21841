"""Warnings that come in time, and policies that can match (grammar 15, 22, 37)."""

from __future__ import annotations

from collections.abc import Iterator

from config.duration import minutes, show
from config.findings import Finding
from config.rules.scope import Scope

HOURLY_NEEDS = 120
"""Minutes that must remain after an hourly warning: the vendor's automations run once an hour."""


def check(scope: Scope) -> Iterator[Finding]:
    items = list(scope.declaration.of("sla_policies").values())
    for item in items:
        if not item.value.when and not item.value.when_any and item is not items[-1] and not item.value.existing:
            yield item.finding(
                "sla_policies.unreachable", "warning", (),
                "this policy matches every ticket, so those below it never apply",
                "Put it last: the first policy that matches wins.", of_key=True,
            )  # fmt: skip
        warn = item.value.warn
        if warn is None:
            continue
        share = int(warn.at.rstrip("%")) / 100
        for metric, targets in item.value.targets.items():
            how = warn.how.get(metric, "none") if isinstance(warn.how, dict) else warn.how
            for priority, cell in targets.cells().items():
                if cell == "none" or how != "hourly":
                    continue
                total = minutes(cell)
                left = total - round(total * share)
                if left < HOURLY_NEEDS:
                    yield item.finding(
                        "sla_policies.warning-late", "error", ("warn", "how"),
                        f"{metric}, {priority}: {warn.at} of {cell} leaves {show(left)}, "
                        "and the helpdesk's hourly rules may come an hour late",
                        "Use `how: watch` for it, or a lower share.",
                    )  # fmt: skip
