"""Values that a pattern takes and refuses, made from the pattern."""

from __future__ import annotations

import re

import pytest
from pydantic import ValidationError

from config.kinds.fields import TicketField
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
    "pattern", [".*", "x*", "(?=a)b", "(?i)abc", r"^(a)\1$", "(", r"\p{L}", "^[[:alpha:]]+$", "^[^\x00-\U0010ffff]$"]
)
def test_none_where_none_are_found(pattern: str) -> None:
    assert samples_of(pattern) is None


def test_samples_of_a_pattern_that_only_the_vendor_reads_are_for_people() -> None:
    """Python takes `[[:alpha:]]` for one of these letters and a bracket."""
    samples = {"good": ["Ana"], "bad": ["17"]}
    field = TicketField.model_validate(
        {"name": "First name", "type": "pattern", "pattern": "^[[:alpha:]]+$", "samples": samples}
    )
    assert field.pattern == "^[[:alpha:]]+$"
    with pytest.raises(ValidationError, match="a pattern needs samples"):
        TicketField.model_validate({"name": "First name", "type": "pattern", "pattern": "^[[:alpha:]]+$"})
