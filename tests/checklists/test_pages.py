"""What gates ask of the client's own pages: found in their HTML, and unknown where it cannot be found there."""

from __future__ import annotations

from typing import Any

import pytest

from checklists.facts import Page
from checklists.page_parts import parts_of
from checklists.probes import PROBES
from tests.checklists.asking import SIGNS, asked
from tests.checklists.building import checklist_of

URL = "https://acme.example/help"
SNIPPET = '<script id="ze-snippet" src="https://static.zdassets.com/ekr/snippet.js?key=1"></script>'
LINK = '<a href="https://help.acme.example/hc/en-us">Help</a>'
BRAND = "brands: {acme: {name: Acme, subdomain: acme-shop, zendesk: {host_mapping: help.acme.example}}}\n"
PROFILES = "profiles:\n  chat: true\n  help_center: true\n"


def page(text: str = "", status: int = 200, **more: Any) -> Page:
    return Page(URL, "answered", status=status, url=URL, text=text, **more)


def lost(came: Any, why: str = "acme.example does not answer") -> Page:
    return Page(URL, came, url=URL, why=why)


def web_page(found: Page | None, what: str = "widget_and_help_links", **more: Any) -> tuple[str, str]:
    more.setdefault("config", BRAND)
    more.setdefault("checklist", checklist_of(PROFILES))
    return asked("web_page", {"what": what, "url": URL}, pages={} if found is None else {URL: found}, **more)


@pytest.mark.parametrize(
    ("text", "seen", "word"),
    [
        (SNIPPET + LINK, "pass", "the chat and links to the help centre"),
        (SNIPPET, "fail", "no link to the help centre"),
        (LINK, "fail", "shows no chat"),
        (f"<!-- {SNIPPET} -->{LINK}", "fail", "shows no chat"),
        (f"<script>load('https://static.zdassets.com/ekr/snippet.js?key=1')</script>{LINK}", "pass", "the chat"),
        (SNIPPET + '<a href="https://acme.zendesk.com/hc/de">Hilfe</a>', "pass", "links"),
        (SNIPPET + '<a href="https://acme-shop.zendesk.com/hc/de">Hilfe</a>', "pass", "links"),
        (SNIPPET + '<a href="https://other.zendesk.com/hc/de">Hilfe</a>', "fail", "no link"),
        (SNIPPET + '<a href="https://help.acme.example/blog">Blog</a>', "fail", "no link"),
        (SNIPPET + '<a href="http://[">?</a>', "fail", "no link"),
        (LINK + '<script src="https://www.googletagmanager.com/gtm.js?id=1"></script>', "unknown", "tag manager"),
        (SNIPPET + '<script src="https://www.googletagmanager.com/gtm.js?id=1"></script>', "fail", "no link"),
        ("", "fail", "shows no chat and link"),
    ],
)
def test_a_page_shows_chat_and_help(text: str, seen: str, word: str) -> None:
    found, said = web_page(page(text))
    assert (found, word in said) == (seen, True), said


@pytest.mark.parametrize(
    ("found", "seen"),
    [
        (page(SNIPPET + LINK, 404), "fail"),
        (page(SNIPPET + LINK, 403), "unknown"),
        (page(SNIPPET + LINK, 503), "unknown"),
        (lost("no_certificate", "The certificate of acme.example is not valid"), "fail"),
        (lost("silent"), "unknown"),
        (lost("led_away", "acme.example leads on to evil.example, which the project does not name"), "unknown"),
        (lost("refused"), "unknown"),
        (None, "unknown"),
    ],
)
@pytest.mark.parametrize("probe", ["web_page", "form_is_easy"])
def test_a_page_that_does_not_answer_is_never_right(probe: str, found: Page | None, seen: str) -> None:
    given = {"url": URL, **({"what": "widget"} if probe == "web_page" else {})}
    pages = {} if found is None else {URL: found}
    state, said = asked(probe, given, pages=pages, config=BRAND, checklist=checklist_of(PROFILES))
    assert state == seen
    assert said.endswith(".")


def test_only_what_belongs_to_the_project_has_to_be_there() -> None:
    no_chat = checklist_of("profiles:\n  chat: {applies: false, why: In spring.}\n  help_center: true\n")
    assert web_page(page(LINK), checklist=no_chat)[0] == "pass"
    assert web_page(page(SNIPPET), checklist=no_chat)[0] == "fail"
    nothing = checklist_of("profiles:\n  chat: {applies: false, why: A.}\n  help_center: {applies: false, why: B.}\n")
    found, said = web_page(page(SNIPPET + LINK), checklist=nothing)
    assert (found, "leave the item out" in said) == ("unknown", True)
    found, said = web_page(page(SNIPPET + LINK), checklist=checklist_of(""))
    assert (found, "`chat`" in said) == ("unknown", True)


def test_another_helpdesk_has_signs_of_its_own_or_nobody_knows() -> None:
    assert web_page(page(SNIPPET + LINK), signs=None)[0] == "unknown"
    assert asked("web_page", {"what": "widget", "url": URL}, config=BRAND)[0] == "unknown", "no page was opened"


def help_center(config: str = BRAND, **pages: Page) -> tuple[str, str]:
    return asked("help_center_host", config=config, pages={f"https://{key}/hc": each for key, each in pages.items()})


def test_the_help_centre_answers_under_the_companys_own_address() -> None:
    def host(found: Page) -> tuple[str, str]:
        return asked("help_center_host", config=BRAND, pages={"https://help.acme.example/hc": found})

    assert host(page()) == ("pass", "The help centre answers at help.acme.example.")
    assert host(page(status=404))[0] == "fail"
    assert host(lost("no_certificate", "The certificate of help.acme.example is not valid: expired")) == (
        "fail", "The certificate of help.acme.example is not valid: expired.",
    )  # fmt: skip
    assert host(lost("silent"))[0] == "unknown"
    unnamed = asked("help_center_host", config="brands: {a: {name: A, subdomain: acme}}", pages={})
    assert (unnamed[0], "host_mapping" in unnamed[1]) == ("fail", True)


def test_every_brand_with_an_address_counts() -> None:
    two = BRAND.replace(
        "}}}\n", "}}, bank: {name: B, subdomain: acme-bank, zendesk: {host_mapping: help.bank.example}}}\n"
    )
    good, bad = "https://help.acme.example/hc", "https://help.bank.example/hc"
    assert asked("help_center_host", config=two, pages={good: page(), bad: page()})[0] == "pass"
    assert (
        asked("help_center_host", config=two, pages={good: page(), bad: Page(bad, "answered", 404, bad)})[0] == "fail"
    )
    assert asked("help_center_host", config=two, pages={good: page()})[0] == "unknown"


FIELDS = """
ticket_fields:
  product: {name: Product, type: text, customers: {can: edit, required: true}HELP}
  order: {name: Order, type: text, customers: {can: edit, required: REQUIRED}, help: {customers: It is on the bill.}}
channels: {mail: {type: email, name: A, address: support@acme.zendesk.com, forwards_from: help@acme.example}}
"""


def form(text: str, help_: bool = True, required: bool = True, at_most: int = 5) -> tuple[str, str]:
    said = ", help: {customers: Which one.}" if help_ else ""
    config = FIELDS.replace("HELP", said).replace("REQUIRED", str(required).lower())
    return asked("form_is_easy", {"url": URL, "at_most": at_most}, config=config, pages={URL: page(text)})


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ('<a href="https://help.acme.example/hc/en-us/requests/new/">Write</a>', "pass"),
        ('<a href="mailto:Help@acme.example?subject=x">Write</a>', "pass"),
        ('<a href="mailto:info@acme.example">Write</a>', "fail"),
        ('<a href="tel:+4930123">Call</a>', "pass"),
        ("<form><textarea name=text></textarea></form>", "pass"),
        ('<form><input name="search"></form>', "fail"),
    ],
)
def test_a_way_to_the_team_is_on_the_page(text: str, seen: str) -> None:
    assert form(text)[0] == seen


def test_the_form_is_short_and_says_what_is_meant() -> None:
    call = '<a href="tel:+4930123">Call</a>'
    assert form(call, at_most=1)[0] == "fail"
    assert form(call, at_most=1, required=False)[0] == "pass"
    found, said = form(call, help_=False)
    assert (found, "product" in said) == ("warn", True)


def test_probes_name_the_pages_that_they_want_opened() -> None:
    given = PROBES["web_page"].Parameters.model_validate({"what": "widget", "url": URL})
    assert list(PROBES["web_page"].pages(given, None)) == [URL]  # type: ignore[arg-type]
    assert [name for name, probe in PROBES.items() if "web" in probe.looks_at] == [
        "help_center_host", "web_page", "form_is_easy",
    ]  # fmt: skip


def test_links_count_from_where_the_page_was_found() -> None:
    parts = parts_of('<a href="../hc/en">x</a><a href="">y</a><a>z</a>', "https://help.acme.example/en/start")
    assert parts.links == ["https://help.acme.example/hc/en"]
    assert not parts.names(SIGNS.widget)
