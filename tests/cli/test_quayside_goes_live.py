"""The reference client's whole way: from the first run to the rollout, back, and there again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from checklists.loading import merged, method
from checklists.probes.later import lacking
from config.cohort import is_drawn
from golive import clock
from golive.terminal.exits import Exit
from tests.cli.conftest import new_workspace
from tests.cli.gated import Gated
from tests.cli.site import Site, serving
from tests.cli.test_support_addresses import verify
from tests.cli.workspace import Workspace
from tests.live_sandbox import LiveSandbox

CLIENT = Path(__file__).parents[1] / "clients" / "quayside"
LATER = CLIENT / "checklists" / "later.yaml"
PEOPLE = {
    "ines": ("Inês Duarte", "ines@harbour-support.example"),
    "aoife": ("Aoife Brennan", "aoife@quayside.example"),
    "grace": ("Grace Oduya", "grace@quayside.example"),
}
SHOPS, DRAWN = 60, 9


def left_out() -> dict[str, str]:
    """Items that this version cannot establish yet, with what they need."""
    said = yaml.safe_load(LATER.read_text(encoding="utf-8"))["items"]
    return {key: each["drop"] for key, each in said.items()}


def test_only_what_cannot_be_established_yet_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever brings a probe takes its items out of the list."""
    checklist = merged(method(), []).checklist
    asked = {name for phase in checklist.gates for _, _, name, _ in checklist.asked_by(phase)}
    cannot = set()
    for key in asked:
        item = checklist.items[key].item
        if lacking(item.probe or {}) or item.metric:
            cannot.add(key)
    with capsys.disabled():
        print(f"\n{len(left_out())} items of the gates wait:")  # noqa: T201 - a list that somebody works off
        for key, why in sorted(left_out().items(), key=lambda each: each[1]):
            print(f"  {why:20} {key}")  # noqa: T201
    assert set(left_out()) == cannot


@dataclass
class Quayside(Gated):
    """The reference client in its repository."""

    def is_now(self, key: str) -> None:
        name, email = PEOPLE.get(key, PEOPLE["ines"])
        self.git("config", "user.name", name)
        self.git("config", "user.email", email)

    def does(self, who: str, *arguments: str) -> Any:
        ran = super().does(who, *arguments)
        self.is_now("ines")
        return ran

    def item(self, key: str, phase: str) -> dict[str, Any]:
        return next(each for each in self.status(phase)["items"] if each["key"] == key)

    def shows(self, key: str, how_many: int = 1) -> None:
        """Somebody attaches what an item asks for."""
        files = []
        for number in range(how_many):
            file = self.root / "docs" / f"{key}-{number}.md"
            file.parent.mkdir(exist_ok=True)
            file.write_text(f"Evidence {number} of {key}.\n", encoding="utf-8")
            files.append(str(file))
        self.does("ines", "gate", "attach", key, *files)

    def fulfils(self, phase: str) -> None:
        """Whatever people can do for a gate, they do."""
        checklist = merged(method(), []).checklist
        document = self.status(phase)
        asked = {name for each in document["conditions"] if each["part"] != "outcome" for name in each["items"]}
        for each in document["items"]:
            if each["key"] not in asked or not each["blocks"]:
                continue
            item = checklist.items[each["key"]].item
            if item.evidence is not None:
                if item.evidence.form == "link":
                    links = [part for number in range(item.evidence.at_least)
                             for part in ("--link", f"https://quayside.example/{each['key']}/{number}")]  # fmt: skip
                    self.does("ines", "gate", "attach", each["key"], *links)
                else:
                    self.shows(each["key"], item.evidence.at_least)
            elif item.by_hand is not None and item.by_hand.proof == "note":
                self.does("ines", "gate", "attach", each["key"], "--note", "Done.")
            elif item.by_hand is not None:
                self.shows(each["key"])
            elif item.sign_off is not None:
                for role in item.sign_off.roles:
                    who = {"head_of_support": "aoife", "finance": "aoife", "support_lead": "grace"}[role]
                    self.does(who, "gate", "sign", each["key"], "--yes")
        self.commit(f"evidence for {phase}")

    def go_decided(self, phase: str) -> None:
        self.does("aoife", "gate", "decide", phase, "go", "--yes")


def shops() -> list[str]:
    """Account ids of which the declared share of 15 % draws 9 of 60."""
    accounts = [f"001{number:012d}AAA" for number in range(400)]
    drawn = [each for each in accounts if is_drawn(each, 15)]
    others = [each for each in accounts if not is_drawn(each, 15)]
    return [*drawn[:DRAWN], *others[: SHOPS - DRAWN]]


def carried_over(workspace: Workspace) -> None:
    """What the client's CRM holds of its shops, and the native package's work: the helpdesk shows the same."""
    accounts = workspace.sandbox.store.table("salesforce", "Account")
    owner = next(iter(workspace.sandbox.store.table("salesforce", "User").values()))
    manager = f"{owner['FirstName']} {owner['LastName']}"
    for account in shops():
        name = f"Shop {account}"
        held = {"Arr__c": 1200.0, "Renewal_Date__c": "2027-03-01", "Segment__c": "smb"}
        accounts[account] = {"Id": account, "Name": name, "OwnerId": owner["Id"], **held}
        shown = {"arr": 1200, "renewal_date": "2027-03-01", "segment": "segment_smb", "csm": manager}
        domains = [f"shop{account}.example"]
        said = {"name": name, "external_id": account, "domain_names": domains, "organization_fields": shown}
        made = workspace.zendesk("POST", "organizations", {"organization": said})["organization"]
    asked = {"subject": "Where is it?", "comment": {"body": "Hello"}, "organization_id": made["id"]}
    ticket = workspace.zendesk("POST", "tickets", {"ticket": asked})["ticket"]
    told = {"WhatId": made["external_id"], "Subject": f"Zendesk ticket #{ticket['id']}"}
    when = clock.now().strftime("%Y-%m-%dT%H:%M:%S.000+0000")
    workspace.sandbox.store.table("salesforce", "Task")["00T1"] = {"Id": "00T1", "CreatedDate": when, **told}


@pytest.fixture
def quayside(engine: Path, tmp_path: Path, sandbox: LiveSandbox) -> Quayside:
    workspace = new_workspace(tmp_path, sandbox, "--example")
    shutil.copytree(CLIENT, workspace.root, dirs_exist_ok=True)
    settings = workspace.settings()
    settings["systems"]["tracker"] = {"type": "jira", "url": f"{sandbox.url}/jira", "token": "sandbox"}
    workspace.set(settings)
    no_tracker = "tracker: {applies: false, why: Engineering reads its Slack channel; a tracker is not connected.}"
    workspace.edit(no_tracker, "tracker: true", "checklists/project.yaml")
    made = Quayside(workspace)
    made.git("init", "-q", "-b", "main")
    made.is_now("ines")
    made.commit("the project begins")
    return made


@pytest.fixture
def site(quayside: Quayside) -> Iterator[Site]:
    """The client's own site, on which the web team has put nothing yet."""
    with serving() as running:
        running.pages["/help"] = "<p>Write to us.</p>"
        page = f"http://{running.host}/help"
        quayside.workspace.edit("https://quayside.example/help", page, "checklists/project.yaml")
        quayside.commit("the page for help")
        yield running


def past_brought_over(quayside: Quayside) -> None:
    """The shared inbox comes over, and what came is compared."""
    for step in (["extract", "old_inbox"], ["run", "old_inbox", "--yes"], ["verify", "old_inbox"]):
        quayside.does("ines", "migrate", *step)


def past_accepted(quayside: Quayside) -> None:
    """Whom the customers know looks at what was drawn."""
    quayside.golive("migrate", "accept", "old_inbox")
    drawn = quayside.golive("migrate", "accept", "old_inbox", "--json").document["tickets"]
    table = quayside.root / "verdicts.csv"
    table.write_text("ticket,verdict,note\n" + "".join(f"{each['source']},ok,\n" for each in drawn), encoding="utf-8")
    quayside.does("grace", "migrate", "accept", "old_inbox", "--verdicts", str(table))


def bug_handed_over(workspace: Workspace) -> None:
    """An agent hands a test ticket to engineering with the macro, whose only deed is the tag."""
    said = {"subject": "Test: the till stays shut", "comment": {"body": "Test"}, "tags": ["bug_to_engineering"]}
    workspace.zendesk("POST", "tickets", {"ticket": said})


def later_by(monkeypatch: pytest.MonkeyPatch, sandbox: LiveSandbox, days: float) -> None:
    """So much time goes by, here and in the systems."""
    sandbox.forward(days * 86_400)
    now = clock.now() + timedelta(days=days)
    started = datetime.now(now.tzinfo)

    monkeypatch.setattr(clock, "now", lambda: now + (datetime.now(now.tzinfo) - started))


def test_from_the_first_run_to_the_rollout_and_back(
    quayside: Quayside, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = quayside.workspace
    assert quayside.golive("validate").code == 0
    workspace.up()

    # The gate is closed, and says what is missing.
    closed = quayside.advance("soft_launch")
    assert closed.code == Exit.GATE
    assert quayside.status()["phase"] == "build"

    # What people do in the vendor's pages.
    for name in ("Quayside Support", "Quayside Billing", "Quayside Developers"):
        verify(workspace, name)
    closing = workspace.one("automations", "Close ticket 4 days after status is set to solved")
    workspace.zendesk("PUT", f"automations/{closing['id']}", {"automation": {"active": False}})

    carried_over(workspace)
    past_brought_over(quayside)

    # A risk is accepted for a while: one person asks, another one agrees.
    until = (clock.now() + timedelta(days=25)).strftime("%Y-%m-%d")
    quayside.does(
        "ines", "gate", "waive", "crm_sidebar_seen", "--reason", "Niamh is back on Monday", "--until", until, "--yes"
    )
    quayside.does("aoife", "gate", "waive", "crm_sidebar_seen", "--approve", "--yes")

    quayside.does("ines", "try", "channels", "--yes")
    quayside.does("ines", "alerts", "test", "--yes")
    bug_handed_over(workspace)
    quayside.fulfils("soft_launch")
    assert [each for each in quayside.status("soft_launch")["blocked_by"] if "decided" not in each] == []
    quayside.go_decided("soft_launch")
    entered = quayside.advance("soft_launch")
    assert entered.code == 0, entered.err + entered.out
    workspace.is_settled()
    assert quayside.item("crm_sidebar_seen", "soft_launch")["state"] == "waived"

    # The soft launch: one's own people first, then some customers.
    quayside.does("ines", "cohort", "grow", "--stage", "internal", "--yes")
    later_by(monkeypatch, workspace.sandbox, 3.1)
    quayside.does("ines", "cohort", "grow", "--yes")
    assert quayside.item("customer_cohort", "soft_launch")["state"] == "pass"
    assert quayside.advance("rollout").code == Exit.GATE
    later_by(monkeypatch, workspace.sandbox, 10.5)

    # The rollout.
    quayside.does("ines", "try", "channels", "--yes")
    quayside.does("ines", "alerts", "test", "--yes")
    quayside.fulfils("rollout")
    assert quayside.item("site_shows_new_ways", "rollout")["state"] == "fail"
    assert quayside.item("sample_accepted", "rollout")["state"] == "unknown"
    past_accepted(quayside)
    site.pages["/help"] += f'<a href="{workspace.sandbox.url}/hc/en-us">Help</a>'
    assert [each for each in quayside.status("rollout")["blocked_by"] if "decided" not in each] == []
    quayside.go_decided("rollout")
    rolled_out = quayside.advance("rollout")
    assert rolled_out.code == 0, rolled_out.err + rolled_out.out
    workspace.is_settled()

    # Back to the soft launch, and in a hurry there again.
    assert quayside.retreat("soft_launch").code == 0
    workspace.is_settled()
    assert quayside.status()["phase"] == "soft_launch"
    workspace.zendesk("PUT", f"automations/{closing['id']}", {"automation": {"active": True}})
    hurried = quayside.advance("rollout", "--break-glass", "--reason", "The old inbox is down")
    assert hurried.code == 0, hurried.err + hurried.out
    workspace.is_settled()
    glass = quayside.status("day_30")["broken_glass"][0]
    assert quayside.advance("day_30").code == Exit.GATE
    quayside.does("grace", "gate", "glass", glass["id"], "--confirm", "--yes")
    quayside.does("aoife", "gate", "glass", glass["id"], "--review", "--note", "Right to do", "--yes")
    assert not any("glass" in each for each in quayside.status("day_30")["blocked_by"])

    quayside.commit("the log")
    verified = quayside.golive("log", "verify", "--json").document
    assert verified["phase"] == "rollout"
    assert quayside.noted.count("advanced") == 3
    assert quayside.noted.count("retreated") == 1
