"""Measuring a part of the page leaves the other part as it is."""

from __future__ import annotations

import pytest

from tests.bench.migrations import CALLS, JOBS, Limit
from tests.bench.migrations_report import HEAD, part_of, with_part


def test_a_part_takes_the_place_of_its_older_self() -> None:
    page = f"# Benchmarks\n\nObjects\n{HEAD}\nold\n"
    assert with_part(page, f"{HEAD}\nnew\n") == f"# Benchmarks\n\nObjects\n{HEAD}\nnew\n"
    assert (
        with_part("# Benchmarks\n\nother objects\n", part_of(page)) == f"# Benchmarks\n\nother objects\n{HEAD}\nold\n"
    )
    assert part_of("# Benchmarks\n") == ""


@pytest.mark.parametrize(
    ("limit", "calls", "jobs", "seconds"),
    [(JOBS, 1, {"people": 21, "tickets": 20}, 30), (JOBS, 10_000, {}, 0), (CALLS, 1000, {"tickets": 99}, 150)],
)
def test_what_a_limit_allows(limit: Limit, calls: int, jobs: dict[str, int], seconds: float) -> None:
    assert limit.least(calls, jobs) == seconds
