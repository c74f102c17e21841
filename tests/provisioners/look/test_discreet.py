"""What names may tell on a page that goes from hand to hand."""

from __future__ import annotations

import pytest

from provisioners.zendesk.look.discreet import LONGEST, discreet, host_of
from provisioners.zendesk.look.inventory import name_of

SAID = {
    "Mail jane.doe+x@customer.example now": "Mail …@customer.example now",
    "see https://hooks.example/services/T1/B2/s3cr3t.": "see hooks.example",
    "<https://a.example/x?token=1>": "<a.example>",
    "key sk_live_51HabcDEFghiJKLmnoPQRstu here": "key … here",
    "Kundenzufriedenheitsbefragungsauswertung": "Kundenzufriedenheitsbefragungsauswertung",
    "  two\n lines ": "two lines",
    "half of a pair \ud83d": "half of a pair ?",
    "x" * 400: "x" * LONGEST + "…",
}


@pytest.mark.parametrize("name", SAID, ids=range(len(SAID)))
def test_names(name: str) -> None:
    assert discreet(name) == SAID[name]


def test_support_addresses_are_the_clients_own() -> None:
    assert name_of("channels", {"email": "help@acme.example"}) == "help@acme.example"
    assert name_of("people", {"name": "ann@acme.example"}) == "…@acme.example"
    assert name_of("triggers", {"title": None}) == "(without a name)"


def test_a_webhook_shows_its_host_only() -> None:
    assert host_of("https://me:pw@hooks.example:8443/services/x?y") == "hooks.example"
    assert host_of("http://[") == host_of("") == "…"
