"""Old pages that lead to the new ones: by the help centre's rules, and by files for other hosts."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from golive.migrating.opening import open_migration
from migrations.records.article import Article
from tests.cli.conftest import Rewinding, account, empty_workspace
from tests.cli.gated import Gated, bare_checklist
from tests.cli.old_desk import FILE, with_old_desk
from tests.cli.workspace import Ran, Workspace
from tests.live_sandbox import running_sandbox

pytestmark = pytest.mark.engine

CONFIG = """
help_center:
  categories: {money: {name: Money}}
  sections: {refunds: {name: Refunds, category: money}}
  articles:
    refund: {name: How refunds work, section: refunds, body: <p>So.</p>, customers: {can: see}}
    cards: {name: Cards, section: refunds, body: <p>So.</p>, customers: {can: see}}
    later: {name: Later, section: refunds, body: <p>So.</p>, customers: {can: see}, active: false}
"""
HERE = "https://quayside.zendesk.com"
PAGES: tuple[Article, ...] = (
    Article(id="1", title="Refunds", url=f"{HERE}/support/solutions/articles/1-refunds", language="en-US"),
    Article(id="2", title="Cards", url=f"{HERE}/support/solutions/articles/2", language="en"),
    Article(id="3", title="Elsewhere", url="https://old.example/faq?id=3"),
    Article(id="4", title="Nothing", url="https://old.example/four"),
)  # fmt: skip


def decide(workspace: Workspace, **rows: Mapping[str, Any]) -> None:
    """Write what becomes of the pages."""
    said = {key.lstrip("_"): dict(row) for key, row in rows.items()}
    path = workspace.root / "migrations" / "old_desk.yaml"
    path.write_text(FILE + yaml.safe_dump({"articles": said}), encoding="utf-8")


@pytest.fixture(scope="module")
def world(empty_state: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rewinding]:
    with running_sandbox(account()) as sandbox:
        made = empty_workspace(tmp_path_factory.mktemp("redirects"), sandbox, empty_state)
        made.speaks("en-us")
        yield Rewinding(made, tmp_path_factory.mktemp("copies"))


@pytest.fixture
def workspace(world: Rewinding) -> Workspace:
    made = world.set_up(CONFIG)
    with_old_desk(made, *PAGES)
    decide(made, _1={"to": "refund"}, _2={"to": "cards"}, _3={"to": "cards"}, _4={"drop": True, "decision": "Old"})
    return made


def ran(workspace: Workspace, *more: str, code: int = 0) -> Ran:
    found = workspace.golive("migrate", "redirects", "old_desk", *more)
    assert found.code == code, f"{found.out}\n{found.err}"
    return found


def document(workspace: Workspace, *more: str, code: int = 0) -> dict[str, Any]:
    return ran(workspace, *more, "--json", code=code).checked("migrate-redirects")


def rules(workspace: Workspace) -> dict[str, str]:
    rows = workspace.sandbox.store.table("zendesk", "redirect_rules").values()
    return {row["redirect_from"]: row["redirect_to"] for row in rows}


def address(workspace: Workspace, title: str) -> str:
    return str(workspace.one("articles", title, "help_center/articles")["html_url"])


def test_rules_are_set_once_and_lead_there(workspace: Workspace) -> None:
    said = ran(workspace, code=2)
    assert "Nobody can be asked here" in said.err and rules(workspace) == {}
    assert "/support/solutions/articles/2  leads to" in said.out and "old.example: 1 page" in said.out
    done = document(workspace, "--yes")
    assert rules(workspace) == {
        "/support/solutions/articles/1-refunds": address(workspace, "How refunds work"),
        "/support/solutions/articles/2": address(workspace, "Cards"),
    }
    assert (done["pages"], done["dropped"], done["hosts"]) == (4, 1, {"old.example": 1})
    again = document(workspace, "--yes")
    assert (again["rules"], again["there"]) == ([], 2)

    decide(
        workspace, _1={"to": "refund"}, _2={"to": "cards"}, **{each: {"drop": True, "decision": "x"} for each in "34"}
    )
    checked = document(workspace, "--check")["checked"]
    assert (checked["asked"], checked["statuses"], checked["hops"], checked["then"], checked["wrong"]) == (
        2, {"301": 2}, {"1": 2}, {"200": 2}, [],
    )  # fmt: skip
    assert "Each of 2 old pages leads to the new one" in ran(workspace, "--check").out


def test_with_an_address_of_the_clients_own_it_is_one_step_too(workspace: Workspace) -> None:
    brand = workspace.one("brands", "Quayside Payments")
    workspace.zendesk("PUT", f"brands/{brand['id']}", {"brand": {"host_mapping": "help.quayside.example"}})
    drop = {each: {"drop": True, "decision": "x"} for each in "34"}
    decide(workspace, _1={"to": "refund", "url": "https://help.quayside.example/ü"}, _2={"to": "cards"}, **drop)
    document(workspace, "--yes")
    new = address(workspace, "How refunds work").replace("quayside.zendesk.com", "help.quayside.example")
    assert rules(workspace)["/%C3%BC"] == new and len(rules(workspace)) == 2
    assert document(workspace, "--check")["checked"]["then"] == {"200": 2}


def test_what_is_changed_or_dropped_follows_and_somebody_elses_rules_stay(workspace: Workspace) -> None:
    document(workspace, "--yes")
    theirs = {"redirect_from": "/mine", "redirect_to": "/hc/en-us", "redirect_status": 301}
    workspace.zendesk("POST", "guide/redirect_rules", {"redirect_rule": theirs})
    decide(workspace, _1={"to": "cards"}, **{each: {"drop": True, "decision": "x"} for each in "234"})
    done = document(workspace, "--yes")
    assert {each["action"] for each in done["rules"]} == {"change", "remove"}
    assert rules(workspace) == {
        "/mine": "/hc/en-us", "/support/solutions/articles/1-refunds": address(workspace, "Cards"),
    }  # fmt: skip
    assert document(workspace, "--remove", "--yes")["rules"] and rules(workspace) == {"/mine": "/hc/en-us"}
    assert document(workspace, "--remove", "--yes")["rules"] == []

    theirs |= {"redirect_from": "/support/solutions/articles/1-refunds"}
    workspace.zendesk("POST", "guide/redirect_rules", {"redirect_rule": theirs})
    [refused] = document(workspace, "--yes", code=1)["refused"]
    assert (refused["code"], refused["page"]) == ("others", "1") and "/hc/en-us" in refused["why"]
    assert rules(workspace)["/support/solutions/articles/1-refunds"] == "/hc/en-us"


def test_a_run_that_dies_is_simply_run_again(workspace: Workspace) -> None:
    workspace.sandbox.fault(system="zendesk", method="POST", path="guide/redirect_rules", kind="cut_after", times=1)
    assert workspace.golive("migrate", "redirects", "old_desk", "--yes").code == 1 and len(rules(workspace)) == 1
    workspace.sandbox.heal()
    document(workspace, "--yes")
    assert len(rules(workspace)) == 2
    document(workspace, "--remove", "--yes")
    assert rules(workspace) == {}, "a rule whose answer was lost is golive's all the same"


def test_no_two_runs_set_rules_at_once(workspace: Workspace) -> None:
    with open_migration(workspace.root, "old_desk").held():  # whoever only reads: nobody's rules change meanwhile
        assert "is in use; nothing was done" in ran(workspace, "--yes", code=1).err and rules(workspace) == {}
        ran(workspace, "--format", "csv")
    with open_migration(workspace.root, "old_desk").held(alone=True):  # as another that sets them
        assert "is in use; nothing was done" in ran(workspace, "--yes", code=1).err and rules(workspace) == {}
    document(workspace, "--yes")


@pytest.mark.parametrize(
    ("row", "code", "word"),
    [
        ({}, "undecided", "nobody has said where it leads"),
        ({"to": "nowhere"}, "no_article", "known: refund, cards, later"),
        ({"to": "later"}, "not_live", "a draft, which nobody can read"),
        ({"to": "cards", "url": "mailto:x"}, "no_page", "not the address of a page"),
        (
            {"to": "cards", "url": f"{HERE}/support/solutions/articles/1#there"},
            "conflict",
            "has the same address, and leads to",
        ),
        ({"to": "cards", "url": f"{HERE}/page?id=2"}, "no_rule", "no rule of the help centre can act"),
        ({"to": "cards", "url": f"{HERE}/knowledge/page"}, "no_rule", "no rule of the help centre can act"),
        ({"to": "cards", "url": f"{HERE}/hc/en-us"}, "answers", "a page is still there"),
    ],
)
def test_what_leads_nowhere_is_named_and_nothing_is_set(
    workspace: Workspace, row: dict[str, Any], code: str, word: str
) -> None:
    drop = {each: {"drop": True, "decision": "x"} for each in "34"}
    decide(workspace, _1={"to": "refund"}, _2=row, **drop)
    [refused] = document(workspace, "--yes", code=1)["refused"]
    assert (refused["code"], refused["page"] in "12") == (code, True)
    assert word in refused["why"] + refused["do"] and rules(workspace) == {}
    assert "Lead nowhere: 1 old page" in ran(workspace, "--yes", code=1).out


def test_files_are_for_other_hosts(workspace: Workspace) -> None:
    text = ran(workspace, "--format", "csv").out
    assert text == f"old,new,status\nhttps://old.example/faq?id=3,{address(workspace, 'Cards')},301\n"
    path = workspace.root / "redirects.conf"
    assert f"{path}: 1 old page" in ran(workspace, "--format", "nginx", "--out", str(path)).out
    assert f'"old.example/faq?id=3" "{address(workspace, "Cards")}";' in path.read_text(encoding="utf-8")
    assert document(workspace, "--format", "netlify")["text"].splitlines()[1].startswith("/faq id=3 https://")
    assert rules(workspace) == {} and "one of --format" in ran(workspace, "--check", "--remove", code=2).err


@contextmanager
def old_host(pages: Mapping[str, tuple[int, str]]) -> Iterator[str]:
    """A server of old pages, each with its answer."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            assert "Authorization" not in self.headers
            status, location = pages.get(self.path, (404, ""))
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()


def test_what_does_not_lead_there_is_named(workspace: Workspace) -> None:
    new = address(workspace, "Cards")
    answers = {
        "/good": (301, new),
        "/temporary": (302, new),
        "/wrong": (301, "https://quayside.zendesk.com/hc/en-us"),
        "/here": (200, ""),
    }
    with old_host(answers) as host:
        pages = [Article(id=each.lstrip("/"), title=each, url=f"{host}{each}") for each in (*answers, "/gone")]
        with_old_desk(workspace, *pages)
        drop = {each: {"drop": True, "decision": "x"} for each in "1234"}
        decide(workspace, **{each.id: {"to": "cards"} for each in pages}, **drop)
        found = document(workspace, "--check", code=1)["checked"]
    assert {each["old"].rpartition("/")[2]: each["code"] for each in found["wrong"]} == {
        "temporary": "not_permanent", "wrong": "elsewhere", "here": "not_led", "gone": "not_led",
    }  # fmt: skip
    assert found["statuses"] == {"301": 2, "302": 1, "200": 1, "404": 1}


def test_what_was_seen_is_noted_for_the_gates(workspace: Workspace) -> None:
    item = {
        "name": "Old pages lead on", "phase": "build", "owner": "lead", "why": "Bookmarks.",
        "fix": "golive migrate redirects", "probe": {"redirects_answer": {"status": 301, "hops": 1, "then": 200}},
    }  # fmt: skip
    gated = Gated.of(workspace, bare_checklist({"led": item}))

    def seen() -> str:
        [found] = [each for each in gated.status("soft_launch")["items"] if each["key"] == "led"]
        return str(found)

    decide(workspace, _1={"to": "refund"}, **{each: {"drop": True, "decision": "x"} for each in "234"})
    assert "Nobody has asked" in seen()
    assert "It stands in checklists/log/sandbox.jsonl" in ran(workspace, "--check", "--as", "ben", code=1).out
    assert "1 do not lead there" in seen()
    document(workspace, "--yes")
    ran(workspace, "--check", "--as", "ben")
    assert "4 old pages decided, and led there" in seen()
    decide(workspace, _1={"to": "cards"}, **{each: {"drop": True, "decision": "x"} for each in "234"})
    assert "other things were decided" in seen()
