"""The help center's redirect rules, and its pages as anybody sees them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.client import Answer, Zendesk
from tests.sandbox.test_zendesk_help_center import article, category, section

RULES = "guide/redirect_rules"


@pytest.fixture
def zendesk() -> Zendesk:
    return Zendesk({"help_centers": [{"locales": ["en-us", "de"]}]})


def opened(zendesk: Zendesk, path: str) -> Answer:
    """A page as a browser asks for it, without a token."""
    token, zendesk.token, zendesk.prefix = zendesk.token, None, "/zendesk"
    try:
        return zendesk.call("GET", path)
    finally:
        zendesk.token, zendesk.prefix = token, "/zendesk/api/v2/"


def set_rule(zendesk: Zendesk, start: str, to: str, status: Any = 301) -> Answer:
    sent = {"redirect_from": start, "redirect_to": to, "redirect_status": status}
    return zendesk.call("POST", RULES, {"redirect_rule": sent})


def records(zendesk: Zendesk, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = zendesk.get(f"{RULES}{query}").json()["records"]
    return found


def test_a_rule_is_set_by_its_address_and_says_nothing(zendesk: Zendesk) -> None:
    first = set_rule(zendesk, "/faq", "https://acme.zendesk.com/hc/en-us/articles/1")
    assert (first.status_code, first.content) == (204, b"")
    assert set_rule(zendesk, "/faq", "/hc/de", "308").status_code == 204
    [rule] = records(zendesk)
    assert (rule["redirect_to"], rule["redirect_status"], type(rule["id"])) == ("/hc/de", "308", str)
    assert zendesk.get(f"{RULES}/{rule['id']}").json()["redirect_rule"] == rule
    assert zendesk.call("DELETE", f"{RULES}/{rule['id']}").status_code == 204 and records(zendesk) == []
    assert zendesk.get(f"{RULES}/{rule['id']}").status_code == 404


def test_thirty_are_on_a_page(zendesk: Zendesk) -> None:
    for number in range(31):
        set_rule(zendesk, f"/{number:02}", "/hc/de")
    first = zendesk.get(f"{RULES}?sort=-redirect_from").json()
    assert (len(first["records"]), first["meta"]["has_more"]) == (30, True)
    last = records(zendesk, f"?sort=-redirect_from&page[size]=30&page[after]={first['meta']['after_cursor']}")
    assert [each["redirect_from"] for each in last] == ["/00"]
    assert len(records(zendesk, "?filter[redirect_from_prefix]=/3")) == 1


@pytest.mark.parametrize(
    ("start", "to", "status"),
    [("faq", "/hc", 301), ("/faq", "mailto:x", 301), ("/faq", "/hc", 200), ("/faq", "/hc", True)],
)
def test_what_is_no_rule_is_refused(zendesk: Zendesk, start: str, to: str, status: Any) -> None:
    assert set_rule(zendesk, start, to, status).status_code == 422 and records(zendesk) == []


def test_a_rule_acts_only_where_nothing_is(zendesk: Zendesk) -> None:
    made = article(zendesk, section(zendesk, category(zendesk)))
    path = f"/hc/en-us/articles/{made['id']}"
    set_rule(zendesk, path, "https://elsewhere.example/")
    set_rule(zendesk, "/old/page", "https://elsewhere.example/")
    set_rule(zendesk, "/hc/en-us/articles/9", "https://elsewhere.example/9")
    set_rule(zendesk, "/an%20old/%C3%BC", "https://elsewhere.example/")
    assert opened(zendesk, "/an old/ü").status_code == 301
    set_rule(zendesk, "/knowledge/page", "https://elsewhere.example/")
    shown = opened(zendesk, f"{path}-First-steps")
    assert (shown.status_code, "<h1>First steps</h1>" in shown.text) == (200, True)
    led = opened(zendesk, "/old/page")
    assert (led.status_code, led.headers["location"]) == (301, "https://elsewhere.example/")
    assert opened(zendesk, "/hc/en-us/articles/9-Some-headline").headers["location"] == "https://elsewhere.example/9"
    assert opened(zendesk, "/nothing").status_code == 404
    assert opened(zendesk, "/knowledge/page").status_code == 200, "it is Knowledge's own"
    zendesk.call("DELETE", f"help_center/articles/{made['id']}")
    assert opened(zendesk, path).status_code == 301


def test_what_not_everybody_may_read_asks_to_sign_in(zendesk: Zendesk) -> None:
    parent = section(zendesk, category(zendesk))
    segments = zendesk.get("help_center/user_segments").json()["user_segments"]
    inside = article(zendesk, parent, user_segment_id=segments[0]["id"])
    draft = article(zendesk, parent, draft=True)
    assert "signin" in opened(zendesk, f"/hc/en-us/articles/{inside['id']}").headers["location"]
    assert opened(zendesk, f"/hc/en-us/articles/{draft['id']}").status_code == 404
    assert opened(zendesk, f"/hc/de/articles/{inside['id']}").status_code == 404, "it has no text in that language"


def test_only_pages_need_no_name(zendesk: Zendesk) -> None:
    assert opened(zendesk, "/api/v2/groups.json").status_code == 401
