"""Jira: its client and its components against the stand-in, what is asked of the site, and the translations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from provisioners.intent import Intent
from provisioners.jira import SYSTEM
from provisioners.jira.client import JiraClient
from provisioners.jira.collections import Component, Project
from provisioners.jira.translations import ComponentTranslation, LabelTranslation
from provisioners.resource import NotSent, Source
from provisioners.sighting import Look
from provisioners.translation import Names
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.provisioners.declared import connection, context, declaration, parts_of
from tests.provisioners.faults import fault_of

DEVON = "devon@acme.example"
SEED = {
    "jira": {
        "site": {"name": "Acme", "host": "acme.atlassian.net"},
        "users": [
            {"name": "Devon Clarke", "email": DEVON, "hidden": True},
            {"name": "Ada", "email": "ada@acme.example"},
        ],
        "projects": [{"key": "PAY", "name": "Payments", "priorities": ["High", "Medium"]}, {"key": "WEB"}],
        "components": [{"project": "PAY", "name": f"Part {number:02}"} for number in range(60)],
    }
}
LOWER = {"urgent": "Highest", "high": "High", "normal": "Medium", "low": "High"}


@pytest.fixture(scope="module")
def running() -> Iterator[LiveSandbox]:
    with running_sandbox(SEED) as sandbox:
        yield sandbox


@pytest.fixture
def live(running: LiveSandbox) -> LiveSandbox:
    running.heal()
    running.clear_log()
    return running


@pytest.fixture
def components(live: LiveSandbox) -> Component:
    return Component(JiraClient(connection("jira", live.url)))


def test_a_component_comes_changes_and_goes(live: LiveSandbox, components: Component) -> None:
    wanted = {"project": "PAY", "name": "Checkout", "lead": DEVON}
    made = components.create(wanted).live
    assert components.canonical(made, wanted) == wanted, "the address is hidden, and the account is the same"
    changed = {**wanted, "name": "Till", "lead": ""}
    assert components.canonical(components.update(made.id, changed, wanted).live, changed) == changed
    seen = components.get(made.id, changed)
    assert seen is not None and components.canonical(seen, changed) == changed
    assert components.count_values(made.id, changed) == 0
    components.delete(made.id, changed)
    assert components.get(made.id, changed) is None
    assert fault_of(components.delete, made.id, changed).code == "not_found"


def test_every_page_of_a_list_is_read(live: LiveSandbox, components: Component) -> None:
    listed = components.list({"project": "PAY"})
    assert [each.label for each in listed] == [f"Part {number:02}" for number in range(60)]
    assert len(live.log()) == 2


def test_what_the_vendor_refuses_is_said_in_its_words(components: Component) -> None:
    twice = fault_of(components.create, {"project": "PAY", "name": "part 01"})
    assert (twice.code, "already exists" in twice.why) == ("collision", True)
    assert fault_of(components.create, {"project": "NONE", "name": "x"}).code == "not_found"
    nobody = fault_of(components.create, {"project": "PAY", "name": "x", "lead": "eve@acme.example"})
    assert "eve@acme.example" in nobody.why


def test_a_limit_is_waited_for_and_a_lost_read_is_tried_again(live: LiveSandbox, components: Component) -> None:
    live.fault(kind="throttle", system="jira", times=1)
    live.fault(kind="error_503", system="jira", times=1)
    assert len(components.list({"project": "PAY"})) == 60
    assert live.fired() == 2
    live.fault(kind="cut_after", system="jira", method="POST", times=1)
    lost = fault_of(components.create, {"project": "WEB", "name": "Lost"})
    assert (lost.code, lost.took_effect) == ("unreachable", None)


def test_a_run_that_only_reads_writes_nothing(live: LiveSandbox) -> None:
    only = Component(JiraClient(connection("jira", live.url, read_only=True)))
    assert fault_of(only.create, {"project": "PAY", "name": "x"}).code == "not_allowed"
    assert live.log() == []


def test_who_we_are_there(live: LiveSandbox) -> None:
    account = SYSTEM.account(connection("jira", live.url, read_only=True))
    assert (account.id, account.name, account.missing_rights) == ("acme.atlassian.net", "Acme", ())
    assert {SYSTEM.account_id(said) for said in ("acme", "acme.atlassian.net", "https://acme.atlassian.net/jira")} == {
        "acme.atlassian.net"
    }


def test_a_narrow_token_lacks_rights(live: LiveSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARROW", "sandbox-narrow")
    to = connection("jira", live.url, token="env:NARROW")
    assert "user:" in fault_of(SYSTEM.account, to).do, "Jira wants the address beside the token"
    object.__setattr__(to.settings, "user", "ada@acme.example")
    assert SYSTEM.account(to).missing_rights == ("Administer projects (components)", "Create issues (escalations)")


def declared(**more: Any) -> Any:
    escalation = {
        "name": "To Engineering", "from": ["g"], "project": "pay", "tag": "bug", "issue_type": "Bug",
        "fields": [{"issue": "priority", "ticket": "priority", "as": LOWER}],
    }  # fmt: skip
    return declaration(
        people={"devon": {"name": "Devon", "email": DEVON, "role": "agent"}},
        engineering_projects={"pay": {"name": "Payments", "existing": "PAY"}},
        engineering_components={"c": {"name": "Checkout", "project": "pay", "lead": "devon"}},
        engineering_labels={"good": {"name": "from-support"}, "bad": {"name": "from support"}},
        escalations={"bug": {**escalation, **more}},
    )


def asked(live: LiveSandbox, declared_: Any, *missing: NotSent) -> list[tuple[str, str]]:
    intent = Intent(declared_, missing=missing)
    return [(each.rule, each.message) for each in SYSTEM.asked(connection("jira", live.url, read_only=True), intent)]


def test_the_site_is_asked_for_types_and_priorities(live: LiveSandbox) -> None:
    [(rule, said)] = asked(live, declared())
    assert (rule, said) == ("JI103", "the project PAY has no priority “Highest”; it has High, Medium")
    [(rule, said)] = asked(live, declared(issue_type="Defect"))
    assert (rule, "it has Epic, Bug, Story, Task" in said) == ("JI102", True)
    gone = NotSent(Source("engineering_projects", "pay", "f", 1), "jira", "")
    assert ("JI101", "there is no project with the key PAY; there is Payments (PAY), WEB (WEB)") in asked(
        live, declared(), gone
    )
    assert live.writes() == []


def test_a_component_comes_back_as_it_was_declared() -> None:
    declaration_ = declared()
    here = context(declaration_, "tracker", "jira")
    translation = ComponentTranslation()
    [sent] = translation.resources(declaration_.get("engineering_components", "c"), here)
    back = translation.declared(parts_of([sent]), Names(values=SYSTEM.words(here)))
    assert back == {"name": "Checkout", "project": "pay", "lead": "devon"}
    assert "tracker/engineering_projects/pay" in sent.needs


def test_a_label_is_a_word_and_has_no_space() -> None:
    declaration_ = declared()
    here = context(declaration_, "tracker", "jira")
    made = [LabelTranslation().resources(each, here) for each in declaration_.of("engineering_labels").values()]
    assert made == [[], []]
    assert [each.source.key for each in here.compiled.not_sent] == ["bad"]


def test_what_is_there_can_be_taken_over(live: LiveSandbox) -> None:
    collections = SYSTEM.collections(connection("jira", live.url, read_only=True))
    look = Look(collections, declared())
    seen = list(ComponentTranslation().sightings(look))
    assert "Part 07" in {each.name for each in seen}
    part = seen[0].parts[""]
    names = Names(values={("engineering_projects", "PAY"): "pay"})
    said = ComponentTranslation().declared({"": (part.type, part.payload)}, names)
    assert said["project"] == "pay" and Project.type in collections
