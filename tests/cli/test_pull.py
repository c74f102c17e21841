"""What somebody changed by hand comes back into the files, value by value, and everything else in them stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock

import pytest

from config.writing.files import read_text
from tests.cli.conftest import new_workspace
from tests.cli.workspace import Workspace
from tests.live_sandbox import LiveSandbox

CONFIG = """\
# The client's rules.     Aligned by hand.

groups:
  billing:   {name: Billing}       # the finance team
  tier_2:
    name: 'Tier 2'                 # in quotes
trigger_categories: {route: {name: Route}}
triggers:
  # money goes to those who count it
  invoices:
    name: "Invoices"
    category: route
    replaces: Notify requester and CCs of comment update
    when:
      - {field: subject, has_word: [invoice, bill]}   # two words
      - {field: status, is: new}
    then:
      # to the team
      - {set: group, to: billing}
      - email: requester
        subject: We have it
        body: |
          Hello,

          see ${values.help}.

          Yours
  theirs: {name: Notify all agents of received request, existing: vendor_default, active: false}
  # whatever is left
  rest: {name: Rest, category: route, when: [{event: created}], then: [{add_tags: [rest]}]}   # in one line
sla_policies:
  all:
    name: Everybody
    when: []
    targets:
      first_reply:   {urgent: 1h, high: 4h, normal: 8h,  low: none}
    hours: calendar
"""
THEIRS = "Notify all agents of received request"
REPLACED = "Notify requester and CCs of comment update"
VALUES = {"help": "https://help.acme.example"}


@pytest.fixture(scope="module")
def shared(engine: Path, tmp_path_factory: pytest.TempPathFactory, module_sandbox: LiveSandbox) -> Workspace:
    workspace = new_workspace(tmp_path_factory.mktemp("pull"), module_sandbox)
    settings = workspace.settings()
    workspace.set({**settings, "values": VALUES})
    (workspace.root / "config" / "company.yaml").write_text("company: {name: Acme, default_locale: en-US}\n")
    workspace.config(CONFIG)
    workspace.up()
    return workspace


@pytest.fixture
def acme(shared: Workspace) -> Workspace:
    """The workspace with everything as the files say."""
    shared.config(CONFIG)
    if shared.golive("up", "--yes").code:  # what a test has let go is in the way
        shared.golive("adopt", "sla_policies", "groups", "triggers/rest", "triggers/invoices", "--yes")
        shared.up()
    return shared


def text(workspace: Workspace) -> str:
    return read_text(workspace.root / "config" / "own.yaml")


def change(workspace: Workspace, many: str, named: str, path: str | None = None, **attributes: object) -> None:
    each = workspace.one(many, named, path)
    one = {"triggers": "trigger", "groups": "group", "sla_policies": "sla_policy"}[many]
    workspace.zendesk("PUT", f"{path or many}/{each['id']}", {one: attributes})


def comments(of: str) -> list[str]:
    return [line.partition("#")[2] for line in of.splitlines() if "#" in line]


def test_each_value_and_nothing_else(acme: Workspace) -> None:
    rule = acme.one("triggers", "Invoices")
    actions = rule["actions"]
    actions[1]["value"][2] = actions[1]["value"][2].replace("Yours", "Yours truly")
    conditions = {"all": [*rule["conditions"]["all"][:1], {"field": "status", "operator": "is", "value": "open"}]}
    change(acme, "triggers", "Invoices", title="Invoices and bills", conditions=conditions, actions=actions)
    change(acme, "groups", "Tier 2", name="Second tier")
    policy = acme.one("sla_policies", "Everybody", "slas/policies")
    metrics = [{**each, "target": 30} if each["priority"] == "urgent" else each for each in policy["policy_metrics"]]
    change(acme, "sla_policies", "Everybody", "slas/policies", policy_metrics=metrics)
    acme.sandbox.clear_log()
    ran = acme.golive("pull", "--yes", "--json")
    assert ran.code == 0, ran.err
    assert ran.checked("pull")["files"] == ["config/own.yaml"]
    assert acme.sandbox.writes() == []
    wanted = (
        CONFIG.replace('name: "Invoices"', 'name: "Invoices and bills"')
        .replace("'Tier 2'", "'Second tier'")
        .replace("status, is: new", "status, is: open")
        .replace("          Yours\n", "          Yours truly\n")
        .replace("{urgent: 1h, high", "{urgent: 30m, high")
    )
    assert text(acme) == wanted
    acme.is_settled()
    history = acme.golive("history", "triggers/invoices", "--limit", "1").out
    assert "taken into the files  trigger invoices\n      renamed Invoices → Invoices and bills\n" in history
    assert "is new" in history and "is open" in history and "Yours truly" in history, history
    state = acme.golive("history", "groups/tier_2", "--json").document["runs"][0]["changes"]
    assert [(each["path"], each["old"], each["new"]) for each in state[0]["diff"]] == [
        ("name", "Tier 2", "Second tier")
    ]


def test_of_an_sla_policy_the_promises_are_told_and_not_the_form_of_the_file(acme: Workspace) -> None:
    policy = acme.one("sla_policies", "Everybody", "slas/policies")
    metrics = [{**each, "business_hours": each["priority"] == "high"} for each in policy["policy_metrics"]]
    change(acme, "sla_policies", "Everybody", "slas/policies", policy_metrics=metrics)
    told = acme.golive("pull", "--yes").out
    assert "      priority high: first reply counted around the clock → in business hours\n\n" in told
    assert "others" not in told
    assert "hours: {high: business, others: calendar}" in text(acme)
    change(acme, "sla_policies", "Everybody", "slas/policies", policy_metrics=policy["policy_metrics"])
    told = acme.golive("pull", "--yes").out
    assert "      priority high: first reply counted in business hours → around the clock\n\n" in told
    acme.is_settled()


def test_comments_survive_ten_pulls(acme: Workspace) -> None:
    for number in range(10):
        rule = next(each for each in acme.listed("triggers") if each["title"].startswith("Invoices"))
        words = "invoice " + " ".join(f"word{each}" for each in range(number + 1))
        conditions = {"all": [{"field": "subject_includes_word", "operator": "includes", "value": words}], "any": []}
        attributes = {"title": f"Invoices {number}", "active": bool(number % 2), "conditions": conditions}
        acme.zendesk("PUT", f"triggers/{rule['id']}", {"trigger": attributes})
        assert acme.golive("pull", "--yes").code == 0
        assert comments(text(acme)) == comments(CONFIG)
    assert 'name: "Invoices 9"' in text(acme)
    acme.is_settled()


def test_where_both_sides_changed_a_person_decides(acme: Workspace) -> None:
    change(acme, "groups", "Billing", name="Money")
    acme.edit("{name: Billing}", "{name: Finance}")
    shown = acme.golive("pull", "--yes")
    assert shown.code == 4
    assert "changed on both sides: name" in shown.out
    again = "golive pull groups/billing --prefer"
    assert f"Keep yours: {again} files   Keep theirs: {again} live" in shown.out
    assert all(name in shown.out for name in ("Finance", "Money"))
    assert "{name: Finance}" in text(acme)
    kept = acme.golive("pull", "--yes", "--prefer", "files")
    assert kept.code == 0
    assert "the next `golive up` overwrites the edit" in kept.out
    assert "{name: Finance}" in text(acme)
    assert acme.golive("pull", "--yes", "--prefer", "live").code == 0
    assert "{name: Money}       # the finance team" in text(acme)
    acme.is_settled()


def test_history_names_what_came_into_the_files_and_nothing_else(acme: Workspace) -> None:
    change(acme, "groups", "Billing", name="Money")
    change(acme, "groups", "Tier 2", name="Second line")
    change(acme, "triggers", "Rest", active=False)
    acme.edit("{name: Billing}", "{name: Finance}")
    acme.edit("name: 'Tier 2'", "name: 'Second line'")
    rule = acme.one("triggers", "Invoices")
    acme.zendesk("DELETE", f"triggers/{rule['id']}")
    said = "4 objects were changed by hand: 1 for the files, 1 said by the files already, 2 left as they are; "
    ran = acme.golive("pull", "--yes")
    assert (ran.code, f"{said}1 more was deleted by hand." in ran.out) == (4, True), ran.out
    shown = acme.golive("history", "--limit", "1").out
    assert "taken into the files  trigger rest\n" in shown
    assert "said by the files already  group tier_2\n" in shown
    assert "billing" not in shown


def test_what_cannot_be_written_and_what_the_files_have_changed_hold_nothing_up(acme: Workspace) -> None:
    change(acme, "groups", "Billing", name="Tier 2")
    change(acme, "triggers", "Rest", active=False)
    acme.edit("rest: {name: Rest,", "rest: {name: The rest,")
    rule = acme.one("triggers", THEIRS)
    change(acme, "triggers", THEIRS, active=True)
    ran = acme.golive("pull", "--yes", "--json")
    assert ran.code == 4, ran.out
    told = {each["key"]: each for each in ran.checked("pull")["pulled"]}
    assert told["billing"]["refused"], told
    wanted = CONFIG.replace(
        "rest: {name: Rest, category: route,", "rest: {name: The rest, category: route, active: false,"
    )
    assert text(acme) == wanted.replace(
        "existing: vendor_default, active: false", "existing: vendor_default, active: true"
    )
    acme.up()
    assert acme.one("triggers", THEIRS) | {"updated_at": ""} == rule | {"updated_at": "", "active": True}


def test_of_rules_that_came_with_the_helpdesk_name_and_switch_come_back(acme: Workspace) -> None:
    change(acme, "triggers", THEIRS, title="Their words")
    acme.is_settled()  # it is known by its id
    change(acme, "triggers", "Their words", active=True)
    change(acme, "triggers", REPLACED, active=True)
    ran = acme.golive("pull", "--yes")
    assert ran.code == 0, ran.err
    assert f"“{REPLACED}” was switched on, because this one takes its place; `golive up` puts it back" in " ".join(
        ran.out.split()
    )
    assert text(acme) == CONFIG.replace(
        f"name: {THEIRS}, existing: vendor_default, active: false",
        "name: Their words, existing: vendor_default, active: true",
    )
    acme.up()
    assert acme.one("triggers", "Their words")["active"] is True
    assert acme.one("triggers", REPLACED)["active"] is False
    acme.is_settled()
    change(acme, "triggers", "Their words", title=THEIRS)


def test_that_nobody_does_the_job_now_is_said(acme: Workspace) -> None:
    change(acme, "triggers", "Invoices", active=False)
    ran = acme.golive("pull", "--yes")
    said = " ".join(ran.out.split())
    lost = f"No rule does the job of “Invoices” now: Zendesk's own “{REPLACED}” stays off; switch it on in http"
    assert (ran.code, lost in said, "if customers are to get it" in said) == (0, True, True), ran.out
    acme.is_settled()
    change(acme, "triggers", "Invoices", active=True)
    assert acme.golive("pull", "--yes").code == 0
    acme.is_settled()
    acme.up()
    change(acme, "triggers", REPLACED, title="Another name")
    ran = acme.golive("pull", "--yes")
    assert f"“{REPLACED}”, whose place this one takes, is called “Another name” now: write that under" in " ".join(
        ran.out.split()
    )
    change(acme, "triggers", "Another name", active=True)
    ran = acme.golive("pull", "--yes")
    said = " ".join(ran.out.split())
    assert "was switched on, because this one takes its place; `golive up` puts it back" in said
    acme.up()
    assert acme.one("triggers", "Another name")["active"] is False, "it is known by its id"
    change(acme, "triggers", "Invoices", active=False)
    change(acme, "triggers", "Another name", active=True)
    ran = acme.golive("pull", "--yes")
    assert ("puts it back" in ran.out, "No rule does" in ran.out) == (False, False), "the vendor's does it again"
    acme.is_settled()
    change(acme, "triggers", "Another name", title=REPLACED, active=False)
    change(acme, "triggers", "Invoices", active=True)


def test_another_order_comes_back_as_one_line_and_nothing_moves_in_the_file(acme: Workspace) -> None:
    first, second = acme.one("triggers", "Invoices"), acme.one("triggers", "Rest")
    change(acme, "triggers", "Invoices", position=second["position"])
    change(acme, "triggers", "Rest", position=first["position"])
    ran = acme.golive("pull", "--yes")
    assert ran.code == 0, ran.err
    assert text(acme) == CONFIG.replace("{name: Route}}", "{name: Route, order: [rest, invoices]}}")
    acme.is_settled()


def test_a_dry_run_writes_nothing_and_a_choice_takes_only_what_it_names(acme: Workspace) -> None:
    change(acme, "groups", "Billing", name="Money")
    change(acme, "groups", "Tier 2", name="Deep")
    assert acme.golive("pull", "--dry-run").code == 0
    assert text(acme) == CONFIG
    assert acme.golive("pull", "groups/tier_2", "--yes").code == 0
    assert text(acme) == CONFIG.replace("'Tier 2'", "'Deep'")


def test_what_was_deleted_by_hand_is_said_and_stays_in_the_files(acme: Workspace) -> None:
    rule = acme.one("triggers", "Invoices")
    acme.zendesk("DELETE", f"triggers/{rule['id']}")
    ran = acme.golive("pull", "--yes")
    assert "Deleted by hand: triggers/invoices" in ran.out
    assert text(acme) == CONFIG
    let_go = acme.golive("release", "triggers/invoices", "--yes")
    assert let_go.code == 0, let_go.err
    assert "invoices:" not in text(acme)
    acme.is_settled()


def test_what_somebody_saves_meanwhile_is_not_written_over(acme: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    change(acme, "groups", "Billing", name="Money")

    def ask(*_: object, **__: object) -> None:
        acme.edit("'Tier 2'", "'Second'")

    monkeypatch.setattr("golive.verbs.pull.ask", ask)
    ran = acme.golive("pull")
    assert ran.code == 1
    assert "A file was changed in the meantime" in ran.err
    assert text(acme) == CONFIG.replace("'Tier 2'", "'Second'")


def test_a_release_that_ends_in_the_middle_deletes_nothing(acme: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("golive.carrying.keeping.write_text", Mock(side_effect=OSError("the disk is full")))
        assert acme.golive("release", "sla_policies/all", "--yes").code
    assert text(acme) == CONFIG
    assert [each["key"] for each in acme.golive("plan", "--json").document["collisions"]] == ["all"]
    assert acme.golive("up", "--yes").code
    assert acme.one("sla_policies", "Everybody", "slas/policies")


def test_several_leave_the_files_at_once(acme: Workspace, released: Callable[..., None]) -> None:
    acme.edit("{route: {name: Route}}", "{route: {name: Route, order: [rest, invoices]}}")
    acme.up()
    released("groups/billing", "triggers/rest", "triggers/invoices")
    assert not any(f"  {key}:" in text(acme) for key in ("billing", "rest", "invoices"))


@pytest.fixture
def released(acme: Workspace) -> Callable[..., None]:
    def release(*addresses: str) -> None:
        acme.sandbox.clear_log()
        ran = acme.golive("release", *addresses, "--yes", "--json")
        assert ran.code == 0, ran.err
        ran.checked("release")
        assert acme.sandbox.writes() == []
        acme.is_settled()

    return release


def test_what_is_let_go_stays_live_and_leaves_the_files(acme: Workspace, released: Callable[..., None]) -> None:
    released("sla_policies/all")
    assert "sla_policies" not in text(acme)
    assert acme.one("sla_policies", "Everybody", "slas/policies")


def test_what_others_name_stays_named(acme: Workspace, released: Callable[..., None]) -> None:
    released("groups/billing")
    assert "billing:   {name: Billing, existing: true}       # the finance team" in text(acme)
    acme.edit("to: billing}", "to: tier_2}")
    acme.up()
    assert acme.one("groups", "Billing")


def test_only_what_golive_looks_after_can_be_let_go(acme: Workspace) -> None:
    refused = acme.golive("release", "groups/biling", "--yes")
    assert refused.code == 2
    assert "Did you mean groups/billing?" in refused.err
