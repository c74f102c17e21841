"""What probes make of entries of the log of which nobody can rely on who made them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from checklists.checklist import Checklist
from checklists.facts import Facts, Found
from checklists.moments import written
from checklists.probes import PROBES
from config.results.log_entry import EntrySort
from tests.checklists.logs import added, chain_of

NOW = datetime(2026, 9, 21, 8, tzinfo=UTC)
Noted = tuple[EntrySort, int, dict[str, Any]]
"""Sort, days ago, data."""
INTERNAL: Noted = ("cohort_grown", 9, {"stage": "internal", "organizations": 0, "of": 100})
CUSTOMERS: Noted = ("cohort_grown", 2, {"stage": "customers", "organizations": 15, "of": 100})
WATCHED: Noted = (
    "watched", 1, {"began": written(NOW - timedelta(days=4)), "until": written(NOW - timedelta(days=1)), "looks": 100,
                   "longest_gap": 60, "gaps": []},
)  # fmt: skip


def answer(probe: str, given: dict[str, Any], *noted: Noted, unproven: int | None = None) -> str:
    """What a probe sees. unproven: which of the entries proves nothing."""
    lines: list[str] = []
    for sort, days, data in noted:
        lines = added(lines, sort, written(NOW - timedelta(days=days)), data)
    chain = chain_of(lines)
    refused = frozenset() if unproven is None else frozenset({chain.entries[unproven].digest})
    facts = Facts(NOW, "rollout", Checklist(), log=chain, unproven=refused, configuration=Found())
    found = PROBES[probe]
    return found.observe(found.Parameters.model_validate(given), facts).seen


def test_a_watch_counts_where_it_is_proven() -> None:
    assert answer("watched", {"for": "48h"}, WATCHED) == "pass"
    assert answer("watched", {"for": "48h"}, WATCHED, unproven=0) == "unknown"


def test_that_ones_own_people_came_first_has_to_be_proven() -> None:
    assert answer("internal_stage_lasted", {"at_least": "5d"}, INTERNAL, CUSTOMERS) == "pass"
    assert answer("internal_stage_lasted", {"at_least": "5d"}, INTERNAL, CUSTOMERS, unproven=0) == "fail"
    assert answer("internal_stage_lasted", {"at_least": "8d"}, INTERNAL, CUSTOMERS, unproven=1) == "fail", (
        "that customers came ends it, whoever says so"
    )
