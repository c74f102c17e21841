"""Values that a pattern takes and refuses, made from the pattern."""

from __future__ import annotations

import re

import pytest

from config.pattern_samples import samples_of

PATTERNS = {
    "^[A-Z]{2}[0-9]+$": "AA1",
    r"\A(?:HB|HK)-\d{6}\Z": "HB-111111",
    r"^\d{4}-(?:0[1-9]|1[0-2])$": "1111-01",
    r"[^a-z]{3}": "AAA",
    r"\w+@\w+\.\w{2,}": "a@a.aa",
    r"^(?P<year>x{0,3})y??$": "",
    r"^[\]\-]$": "-",
    "colou?r": "color",
    "^é$": "é",
}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_one_that_fits_and_one_that_does_not(pattern: str) -> None:
    found = samples_of(pattern)
    assert found is not None
    good, bad = found
    assert good == PATTERNS[pattern]
    assert re.search(pattern, good)
    assert not re.search(pattern, bad)


@pytest.mark.parametrize(
    "pattern", [".*", "x*", "(?=a)b", "(?i)abc", r"^(a)\1$", "(", r"\p{L}", "^[^\x00-\U0010ffff]$"]
)
def test_none_where_none_are_found(pattern: str) -> None:
    assert samples_of(pattern) is None
