"""`golive look`: the health page of an account, on the screen, as a document and in a browser. Nothing is written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from config.results.look import LookDocument
from golive.cli import run
from provisioners.system import Account, Connection, systems
from provisioners.zendesk.client import ZendeskClient
from provisioners.zendesk.system import ZendeskSystem
from sandbox.gate import NARROW_TOKEN
from tests.cli.workspace import Ran, Workspace, golive
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.messy_account import CUSTOMER_MAIL, HOSTILE, LONG_TITLE, SECRET, SEED, make_messy
from tests.provisioners.declared import connection

CALLS = 24
"""Brands, who we are, 20 lists but the brands, settings, the number of organizations."""


@pytest.fixture(scope="module")
def messy() -> Iterator[LiveSandbox]:
    """An account after five years in many hands; no test changes it."""
    with running_sandbox(SEED) as sandbox:
        make_messy(sandbox)
        yield sandbox


@pytest.fixture
def new() -> Iterator[LiveSandbox]:
    """An account as the vendor makes it, on a small plan."""
    with running_sandbox({"zendesk": {"subdomain": "acme", "name": "Acme", "plan": "team"}}) as sandbox:
        yield sandbox


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOOK_TOKEN", "sandbox")


def look(sandbox: LiveSandbox, *more: str) -> Ran:
    """With a token from a variable, and no workspace."""
    return golive("look", "--url", f"{sandbox.url}/zendesk", "--token", "env:LOOK_TOKEN", *more)


def discreet(text: str) -> None:
    """Nothing that opens doors, and no customer."""
    assert SECRET not in text
    assert CUSTOMER_MAIL not in text
    assert "jane.doe" not in text


def test_the_screen(messy: LiveSandbox) -> None:
    messy.clear_log()
    ran = look(messy)
    assert ran.code == 0, ran.err
    assert messy.writes() == []
    first, second, _, totals, *rest = ran.out.splitlines()
    assert first.startswith("Northwind Tools · 127.0.0.1:")
    assert re.match(r"Read on \d+ \w+ 20\d\d, \d\d:\d\d UTC by helga@northwind.example, in \d+ calls\. ", second)
    assert f"in {len(messy.log())} calls. Nothing was written; no ticket and no customer was read." in second
    counted = re.fullmatch(
        r"(\d+) checks: 13 serious · 22 worth a look · 28 to tidy up · (\d+) in order · (\d+) with nothing to look at",
        totals,
    )
    assert counted is not None, totals
    assert int(counted[1]) == 13 + 22 + 28 + int(counted[2]) + int(counted[3])
    text = "\n".join(rest)
    assert "  triggers                 43      5\n" in text
    assert "trigger “Solved”\n      why  An internal note" in text
    assert "and 3 more" in text  # admins: three on the screen
    assert text.index("Serious (13)") < text.index("Worth a look (22)") < text.index("To tidy up (28)")
    assert all(len(line) < 220 for line in rest)
    assert "look.mail-every-update" not in text, "a name of a check is of use only beside what explains it"
    assert "means golive's own figures" in text and "docs/checks.md" in text
    assert re.search(r"trigger “Welcome to Pro” \(runs first, no\. \d+ in “Mail”\): the same as “Pro: welcome”", text)
    discreet(ran.out + ran.err)


def test_titles_do_nothing_to_the_screen(messy: LiveSandbox) -> None:
    out = look(messy, "--all").out
    discreet(out)
    assert "\x1b" not in out and "\u202e" not in out
    for title in HOSTILE[:3]:
        assert title in out
    assert LONG_TITLE[:69] + "…" in out and LONG_TITLE not in out
    assert f"{messy.url}/zendesk/admin/objects-rules/rules/triggers/" in out
    assert "Triggers that write to the customer at every update  look.mail-every-update" in out


def test_the_document(messy: LiveSandbox) -> None:
    messy.clear_log()
    ran = look(messy, "--json", "--exit-code")
    assert ran.code == 7  # something serious was found
    document = ran.checked("look")
    discreet(ran.out)
    assert (document["account"], document["name"], document["system"]) == ("northwind", "Northwind Tools", "zendesk")
    assert document["calls"] == len(messy.log()) == CALLS - 1  # the list of brands is read once
    assert messy.writes() == []
    assert document["not_read"] == []
    kinds = {each["kind"]: each for each in document["kinds"]}
    assert (kinds["triggers"]["total"], kinds["triggers"]["off"]) == (48, 5)
    assert kinds["organizations"] == {
        "kind": "organizations", "many": "organizations", "total": 2, "off": 0, "detail": "counted only", "entries": [],
    }  # fmt: skip
    assert all(len(each["entries"]) == each["total"] for each in document["kinds"] if each["kind"] != "organizations")
    asked = len(document["findings"]) + len(document["in_order"]) + len(document["nothing_to_check"])
    assert (document["checks"], document["not_asked"]) == (asked, [])
    welcome = next(each for each in document["findings"] if each["rule"] == "look.trigger-duplicate")
    assert welcome["what"] == "Triggers that ask and do the same: 2 triggers in 1 set"
    assert welcome["places"][0]["where"].startswith("runs first, no. ")
    [twin] = welcome["places"][0]["twins"]
    assert twin["page"].endswith(f"/triggers/{twin['id']}") and twin["where"].endswith(" in “Mail”")
    (solved,) = next(each for each in document["findings"] if each["rule"] == "look.mail-every-update")["places"]
    assert (solved["name"], solved["one"]) == ("Solved", "trigger")
    assert solved["page"] == f"{messy.url}/zendesk/admin/objects-rules/rules/triggers/{solved['id']}"


class Page(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.links: set[str] = set()
        self.ids: set[str] = set()
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in ("meta", "br"):
            self.open.append(tag)
        given = dict(attrs)
        self.links |= {value for value in (given.get("href"), given.get("src")) if value}
        self.ids |= {given["id"]} if given.get("id") else set()  # type: ignore[arg-type]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page(messy: LiveSandbox, tmp_path: Path) -> None:
    file = tmp_path / "health.html"
    ran = look(messy, "--html", str(file))
    assert (ran.code, [each.name for each in tmp_path.iterdir()]) == (0, ["health.html"])
    assert str(file) in ran.err
    source = file.read_text(encoding="utf-8")
    discreet(source)
    page = Page(source)
    assert page.open == []
    assert not {"script", "iframe", "img", "link", "form"} & set(page.tags)
    assert {link.partition("/admin/")[0] for link in page.links if not link.startswith("#")} == {f"{messy.url}/zendesk"}
    assert {link[1:] for link in page.links if link.startswith("#")} <= page.ids
    for title in HOSTILE[:3]:
        assert title in page.text
    assert "‮" not in source
    assert "Nothing was written; no ticket and no customer was read." in page.text
    assert "Customers are told that their message has arrived." in page.text  # what is healthy, too
    assert re.search(r"\d+ checks: 63 found something, \d+ are in order, \d+ had nothing to look at\.", page.text)
    assert "Check look.mail-every-update" in page.text and "means golive's own figures" in page.text
    assert re.search(r"Welcome to Pro \(runs first, no\. \d+ in “Mail”\): the same as Pro: welcome \(no\. ", page.text)


def test_a_small_plan_is_no_empty_list(new: LiveSandbox, tmp_path: Path) -> None:
    ran = look(new, "--exit-code")
    assert ran.code == 0  # nothing serious
    read = ran.out[ran.out.index("Could not be read") : ran.out.index("Worth a look")]
    for what in ("SLA policies", "schedules", "custom roles"):
        assert f"{what}: You do not have access to this page" in read
    document = look(new, "--json").checked("look")
    assert {each["what"] for each in document["not_read"]} == {"SLA policies", "schedules", "custom roles"}
    not_asked = {each["rule"]: each["unread"] for each in document["not_asked"]}
    assert not_asked["look.sla-behind"] == "SLA policies" and not_asked["look.tickets-deletable"] == "custom roles"
    first = ran.out.splitlines()[3:5]
    assert first[0].endswith(f" · {len(not_asked)} not asked")
    file = tmp_path / "health.html"
    look(new, "--html", str(file))
    page = Page(file.read_text(encoding="utf-8"))
    assert (
        f", {len(not_asked)} could not be asked (schedules, SLA policies, custom roles could not be read)." in page.text
    )
    assert f"Not asked ({len(not_asked)})" in page.text
    assert first[1] == "Not asked, because these could not be read: schedules, SLA policies, custom roles"
    assert not {"sla_policies", "schedules", "roles"} & {each["kind"] for each in document["kinds"]}
    assert not any("sla" in each["rule"] for each in (*document["findings"], *document["in_order"]))


def test_one_list_that_fails_stops_nothing(new: LiveSandbox) -> None:
    new.fault(kind="error_500", system="zendesk", path="dynamic_content")
    document = look(new, "--json").checked("look")
    assert "dynamic content" in {each["what"] for each in document["not_read"]}
    assert "triggers" in {each["kind"] for each in document["kinds"]}


def test_its_connection_refuses_every_write(new: LiveSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    def writing(self: ZendeskSystem, connection: Connection, account: Account) -> None:
        ZendeskClient(connection).post("groups", {"group": {"name": "Never"}})

    monkeypatch.setattr(ZendeskSystem, "look", writing)
    new.clear_log()
    ran = look(new)
    assert ran.code == 1 and "this run only reads" in ran.err
    assert new.writes() == [] and new.log() != []


def test_the_right_to_read_is_enough(new: LiveSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOOK_TOKEN", NARROW_TOKEN)
    assert look(new, "--json").checked("look")["account"] == "acme"


def test_who_is_no_admin_sees_less(new: LiveSandbox) -> None:
    reader = connection("zendesk", new.url, read_only=True)
    account = replace(systems()["zendesk"].account(reader), missing_rights=("admin: only one can change rules",))
    document = systems()["zendesk"].look(reader, account)
    assert document is not None
    assert document.not_read[-1].what == "what only admins see"
    assert "look.group-empty" not in {each.rule for each in document.in_order}


def test_lists_are_read_by_the_page(new: LiveSandbox) -> None:
    store = new.store.table("zendesk", "macros")
    template = next(iter(store.values()))
    for number in range(250):
        store[str(number)] = {**template, "id": number, "title": f"Macro {number}"}
    new.clear_log()
    kinds = {each["kind"]: each for each in look(new, "--json").checked("look")["kinds"]}
    assert kinds["macros"]["total"] == 254
    assert len([each for each in new.log() if each["path"].endswith("/macros")]) == 3


WRONG: list[tuple[list[str], int, str]] = [
    (["--token", "xoxb-a-real-token"], 2, "takes the name of a variable"),
    (["--client-id", "golive", "--client-secret", "hush-hush"], 2, "takes the name of a variable"),
    ([], 2, "How to sign in is not said"),
    (["--token", "env:LOOK_TOKEN", "--type", "slack"], 2, "no health page for `slack`"),
    (["--token", "env:NOT_SET"], 3, "NOT_SET is not set"),
    (["--token", "env:WRONG_TOKEN"], 3, "does not accept the token in WRONG_TOKEN"),
    (["--token", "env:LOOK_TOKEN", "--client-id", "golive"], 2, "exactly one"),
    (["--token", "env:LOOK_TOKEN", "--html", "/no/such/folder/page.html"], 2, "There is no folder /no/such/folder"),
    (["--token", "env:LOOK_TOKEN", "-e", "sandbox"], 2, "say one of them"),
]


@pytest.mark.parametrize(("said", "code", "why"), WRONG, ids=[each[2] for each in WRONG])
def test_what_is_said_wrong(
    messy: LiveSandbox, monkeypatch: pytest.MonkeyPatch, said: list[str], code: int, why: str
) -> None:
    monkeypatch.setenv("WRONG_TOKEN", "nonsense")
    messy.clear_log()
    ran = golive("look", "--url", f"{messy.url}/zendesk", *said)
    assert ran.code == code, ran.err
    assert why in " ".join(ran.err.split())
    for secret in ("xoxb-a-real-token", "hush-hush", "nonsense"):
        assert secret not in ran.err + ran.out
    again = golive("look", "--url", f"{messy.url}/zendesk", *said, "--json")
    assert again.code == code and again.checked("look")["error"]["what"]
    assert messy.writes() == []


def test_addresses_that_cannot_be(messy: LiveSandbox) -> None:
    opened = golive("look", "--url", "https://me:hush@acme.zendesk.com", "--token", "env:LOOK_TOKEN")
    assert opened.code == 2 and "hush" not in opened.err
    plain = golive("look", "--url", "http://acme.zendesk.com", "--token", "env:LOOK_TOKEN")
    assert plain.code == 2 and "write https" in plain.err
    nowhere = golive("look", "--url", f"{messy.url}/nowhere", "--token", "env:LOOK_TOKEN")
    assert nowhere.code == 1 and "Correct the address after --url" in nowhere.err
    for said, meant in (("acme", "acme"), ("https://acme/", "acme"), ("Acme Inc", "acme")):
        ran = golive("look", "--url", said, "--token", "env:LOOK_TOKEN")
        assert ran.code == 2 and f"`{said}` is no address." in ran.err
        assert f"Did you mean https://{meant}.zendesk.com?" in ran.err
    assert golive("look", "--token", "env:LOOK_TOKEN").code == 2


def test_every_way_to_sign_in(new: LiveSandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GOLIVE_USER_FOLDER", str(tmp_path))
    new.settings("zendesk", oauth_clients=[{"identifier": "golive", "secret": "shh", "refresh_token": "first"}])
    monkeypatch.setenv("CLIENT_SECRET", "shh")
    monkeypatch.setenv("FIRST_REFRESH", "first")
    client = ["look", "--url", f"{new.url}/zendesk", "--client-id", "golive", "--client-secret", "env:CLIENT_SECRET"]
    assert golive(*client).code == 0
    assert golive(*client, "--refresh-token", "env:FIRST_REFRESH").code == 0


def test_without_a_workspace_it_says_how(tmp_path: Path) -> None:
    ran = golive("-C", str(tmp_path), "look")
    assert ran.code == 2
    assert "golive look --url https://acme.zendesk.com --token env:ZENDESK_TOKEN" in " ".join(ran.err.split())


@pytest.fixture
def small(sandbox: LiveSandbox, tmp_path: Path) -> Iterator[Callable[[str], Workspace]]:
    """A workspace whose engine and state are never needed."""
    from tests.cli.conftest import new_workspace

    def with_config(text: str) -> Workspace:
        workspace = new_workspace(tmp_path, sandbox)
        workspace.config(text)
        return workspace

    yield with_config


def test_in_a_workspace_it_takes_the_helpdesk_whatever_the_files_say(small: Callable[[str], Workspace]) -> None:
    workspace = small("groups: {billing: {no_such_word: 1}}\n")
    workspace.sandbox.clear_log()
    ran = workspace.golive("look")
    assert ran.code == 0, ran.err
    assert ran.out.startswith("Quayside Payments · sandbox · 127.0.0.1")
    assert workspace.sandbox.writes() == []
    assert not (workspace.root / ".pulumi-state" / ".pulumi").exists()  # no state

    settings = workspace.settings()
    workspace.set({**settings, "expect": {"helpdesk": "somebody-else"}})
    other = workspace.golive("look", "-e", "sandbox")
    assert other.code == 3 and "open another account: quayside" in other.err
    workspace.set({**settings, "systems": {"chat": settings["systems"]["chat"]}})
    assert workspace.golive("look").code == 2


def test_every_severity_has_its_words() -> None:
    from golive.screens.look import MARKS, STYLES, TITLES, TOPICS
    from provisioners.zendesk.look.catalogue import TOPICS as KNOWN
    from provisioners.zendesk.look.catalogue import WEIGHTS

    assert set(TITLES) == set(STYLES) == set(MARKS) == set(WEIGHTS)
    assert set(TOPICS) == set(KNOWN)
    assert json.loads(json.dumps(LookDocument().to_json()))["schema"] == "golive/look/1"
    assert run(["look", "--help"]) == 0
