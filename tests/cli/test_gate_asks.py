"""What gates ask of the account itself and of the client's pages, from the board down to the calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.cli.gated import Gated, bare_checklist
from tests.cli.site import Site, serving
from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]
SNIPPET = '<script id="ze-snippet" src="https://static.zdassets.com/ekr/snippet.js?key=1"></script>'
HELP = '<a href="/hc/en-us/requests/new">Write to us</a>'
CONFIG = """
groups:
  day: {name: Day shift}
channels:
  mail: {type: email, name: Acme, address: help@acme.zendesk.com}
"""
ASKED = {
    "log": {"audit_log": {}},
    "sign_in": {"sign_in_page": {}},
    "dealt": {"assignment_method": {"method": "round_robin"}},
    "own_address": {"separate_address": {}},
    "widget": {"web_page": {"what": "widget", "url": "${figures.contact_page}"}},
    "easy": {"form_is_easy": {"url": "${figures.contact_page}"}},
    "host": {"help_center_host": {}},
}


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        running.pages["/help"] = SNIPPET + HELP
        yield running


@pytest.fixture
def gated(set_up: Small, site: Site) -> Gated:
    about = {"phase": "build", "owner": "lead", "why": "W.", "fix": "F."}
    items: dict[str, Any] = {key: {"name": f"Is it {key}", **about, "probe": probe} for key, probe in ASKED.items()}
    figures = {"contact_page": f"http://{site.host}/help"}
    profiles = {"chat": True, "help_center": True}
    return Gated.of(set_up(CONFIG), bare_checklist(items, figures=figures, profiles=profiles))


def said(gated: Gated, key: str, *more: str) -> str:
    (item,) = [each for each in gated.status("soft_launch", *more)["items"] if each["key"] == key]
    return str(item)


def test_a_new_account_and_a_page(gated: Gated, site: Site) -> None:
    assert gated.states() == {
        "log": "fail", "sign_in": "fail", "dealt": "fail", "own_address": "pass", "widget": "pass", "easy": "pass",
        "host": "fail",
    }  # fmt: skip
    assert [path for path, _ in site.calls] == ["/help"], "two items ask for one page, which is opened once"
    gated.workspace.sandbox.clear_log()
    gated.status("soft_launch")
    log = gated.workspace.sandbox.log()
    assert [entry for entry in log if entry["writes"]] == []
    for path in ("security_settings", "audit_logs"):
        assert len([entry for entry in log if entry["path"].endswith(path)]) == 1


def test_once_it_is_set_up_it_holds(gated: Gated) -> None:
    gated.workspace.on_enterprise()
    sandbox = gated.workspace.sandbox
    sandbox.settings("zendesk", sign_in={"remote_login": True, "zendesk_login": False})
    sandbox.zendesk("PUT", "account/settings", {"settings": {"routing": {"enabled": True}}})
    states = gated.states()
    assert {key: states[key] for key in ("log", "sign_in", "dealt")} == dict.fromkeys(
        ("log", "sign_in", "dealt"), "pass"
    )


def test_what_cannot_be_asked_is_not_known_and_says_why(gated: Gated) -> None:
    gated.workspace.sandbox.fault(kind="error_503", system="zendesk", path="security_settings")
    assert gated.states()["sign_in"] == "unknown"
    assert "could not be asked how the team signs in, because " in said(gated, "sign_in")


def test_offline_nobody_is_called(gated: Gated, site: Site) -> None:
    gated.workspace.sandbox.clear_log()
    states = {each["key"]: each["state"] for each in gated.status("soft_launch", "--offline")["items"]}
    assert {states[key] for key in ASKED if key not in ("own_address", "host")} == {"unknown"}
    assert (states["own_address"], site.calls) == ("pass", [])
    assert gated.workspace.sandbox.log() == []
    assert "The live systems were not read" in said(gated, "widget", "--offline")


def test_a_page_that_is_gone_shows_nothing(gated: Gated, site: Site) -> None:
    site.pages.clear()
    assert gated.states()["widget"] == "fail"
    site.redirects["/help"] = "http://localhost:1/elsewhere"
    assert gated.states()["widget"] == "unknown"
    assert "which the project does not name" in said(gated, "widget")
