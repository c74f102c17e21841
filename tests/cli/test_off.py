"""One object switched off by hand: in one call, without a plan, and no later run switches it on by itself."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from golive.runs import switched
from stacks.backups import Backups
from tests.cli.conftest import account, new_workspace
from tests.cli.test_resuming import state_file
from tests.cli.test_state import lock, running
from tests.cli.workspace import SCRIPT, Ran, Workspace
from tests.live_sandbox import running_sandbox
from tests.waiting import wait_for

pytestmark = pytest.mark.engine

COMPANY = "company: {name: Acme, default_locale: en-US}\nroles: {agent: {name: Agent, like: agent}}\n"
OWN = """\
groups: {billing: {name: Billing}}
macros:
  close: {name: Close it, then: [{set: group, to: billing}]}
  thanks: {name: Thanks, then: [{add_tags: [thanks]}]}
  leaves: {name: Leaves, then: [{add_tags: [l]}]}
  goes: {name: Goes, then: [{add_tags: [g]}]}
webhooks:
  pager: {name: Pager, url: "https://pager.example/hook", auth: {bearer: env:PAGER_TOKEN}}
trigger_categories: {route: {name: Route}}
triggers:
  received:
    name: We have it
    category: route
    replaces: "Notify requester and CCs of received request"
    when: [{event: created}]
    then: [{email: requester, subject: We have it, body: "It is {{ticket.id}}."}]
sla_policies:
  all: {name: All, when: [], targets: {first_reply: {urgent: 1h, high: 1h, normal: 1h, low: 1h}}, hours: calendar}
integrations:
  slack:
    channels: {calls: {name: calls}}
    alerts:
      urgent: {name: Urgent, to: calls, when: [{field: priority, changed_to: urgent}], text: Look at this}
"""
REASON = "It posts  for every\nticket"


@pytest.fixture(scope="module")
def made(engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace that is up; a test leaves everything as it was."""
    with running_sandbox(account()) as sandbox:
        workspace = new_workspace(tmp_path_factory.mktemp("night"), sandbox)
        workspace.config(COMPANY, "config/company.yaml")
        workspace.config(OWN)
        workspace.up()
        yield workspace


def off(workspace: Workspace, address: str, *more: str, reason: str = REASON) -> Ran:
    return workspace.golive("off", address, "--reason", reason, "--yes", *more)


def held(ran: Ran) -> dict[str, str]:
    """What a plan says of everything that is switched off by hand: `kind/key` → fate."""
    return {f"{each['kind']}/{each['key']}": each["fate"] for each in ran.document["switched_off"]}


def notes(workspace: Workspace) -> dict[str, str]:
    """What the state has noted: resource → reason."""
    state = json.loads(state_file(workspace).read_text())["checkpoint"]["latest"]
    (record,) = [each for each in state["resources"] if each["urn"].endswith("golive/record/environment")]
    found = [json.loads(text) for text in record["outputs"]["payload"]["switched_off"]]
    return {each["resource"]: each["why"] for each in found}


def is_on(workspace: Workspace, many: str, title: str) -> bool:
    return bool(workspace.one(many, title)["active"])


def test_an_alert_is_switched_off_in_one_call_and_stays_off_until_its_number_is_said(made: Workspace) -> None:
    made.sandbox.clear_log()
    document = off(made, "alerts/urgent", "--json").checked("off")
    calls = [(entry["method"], entry["path"].partition("/api/v2/")[2]) for entry in made.sandbox.log()]
    assert [method for method, _ in calls] == ["GET", "GET", "GET", "PUT"], calls
    assert made.sandbox.writes()[0]["path"].endswith(f"triggers/{document['id']}")
    assert (document["result"], document["active"], document["calls"]) == ("done", False, {"helpdesk": 4})
    assert (document["why"], document["key"]) == ("It posts for every ticket", "urgent")
    assert document["page"].endswith(f"admin/objects-rules/rules/triggers/{document['id']}")
    assert not is_on(made, "triggers", "Urgent")

    text = made.golive("plan").out
    for line in (
        "Switched off by hand with golive",
        "stays off  Urgent  alert urgent  config/own.yaml:",
        ": It posts for every ticket",
        "`golive on alerts/urgent`; or write `active: false` under it in the files; or `golive up --switch-on 1`.",
        "Nothing to do.",
    ):
        assert line in text
    assert "Changed by hand" not in text

    made.edit("text: Look at this", "text: Look at that")
    ran = made.up()
    assert (ran.results, held(ran)) == ({"helpdesk/alerts/urgent": "done"}, {"alerts/urgent": "stays_off"})
    assert [each["path"] for each in ran.document["changes"][0]["diff"]] == ["text"]
    assert not is_on(made, "triggers", "Urgent")

    made.sandbox.clear_log()
    for verb in (("plan",), ("up", "--yes")):
        refused = made.golive(*verb, "--switch-on", "2")
        assert refused.code == 2
        assert "switches on 1 object that somebody switched off by hand (alerts/urgent)" in refused.err
        assert "--switch-on 1" in refused.err
    assert "This run switches on 0" in made.golive("up", "--yes", "--only", "macros", "--switch-on", "1").err
    assert made.sandbox.writes() == []
    made.edit("text: Look at that", "text: Look at this")
    plan = made.root / "plan.json"
    assert made.golive("plan", "--switch-on", "1", "--out", str(plan)).code == 0
    assert "leave out --only, --exclude, --switch-on" in made.golive("up", str(plan), "--switch-on", "1").err
    ran = made.up(str(plan))
    assert (ran.results, held(ran)) == ({"helpdesk/alerts/urgent": "done"}, {"alerts/urgent": "turned_on"})
    assert is_on(made, "triggers", "Urgent")
    assert notes(made) == {}
    made.is_settled()


def test_that_nobody_does_the_job_now_is_said(made: Workspace) -> None:
    lost = (
        "No rule does the job of “We have it” now: Zendesk's own “Notify requester and CCs of received request” stays "
        "off; switch it on in http"
    )
    ran = off(made, "triggers/received")
    assert lost in " ".join(ran.out.split())
    plan = made.golive("plan").out
    assert lost in plan.split("Switched off by hand")[0]
    assert "Customers: “We have it” is held off with `golive off`: they do not get what it sends" in plan
    assert "are as the files say; 1 is held off (see above)." in plan
    assert made.golive("on", "triggers/received", "--yes").code == 0
    made.edit(
        'replaces: "Notify requester and CCs of received request"',
        'replaces: "Notify requester and CCs of received request"\n    active: false',
    )
    [line] = [each for each in made.plan().document["notices"] if "No rule does" in each]
    assert line.startswith(lost)
    made.edit("\n    active: false", "")
    made.is_settled()


def test_it_works_while_the_files_are_broken(made: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGER_TOKEN", "a-real-secret")
    made.config("macros: {bad: [\n", "config/broken.yaml")
    made.config("company: [", "config/company.yaml")
    assert made.golive("plan").code == 2
    made.sandbox.clear_log()
    ran = off(made, "webhooks/pager", reason="somebody has a-real-secret")
    assert ran.code == 0, ran.err
    assert "The files have 2 errors, which does not matter here" in ran.out
    assert [entry["method"] for entry in made.sandbox.writes()] == ["PATCH"]
    assert made.one("webhooks", "Pager")["status"] == "inactive"
    again = off(made, "webhooks/pager", reason="another reason")
    assert (again.code, "somebody has <PAGER_TOKEN>" in again.out) == (0, True)
    assert "It is off already. Nothing was sent." in again.out
    assert len(made.sandbox.writes()) == 1
    document = made.golive("on", "webhooks/pager", "--yes", "--json").checked("on")
    assert (document["result"], document["active"], len(made.sandbox.writes())) == ("done", True, 2)
    refused = made.golive("on", "webhooks/pager", "--yes")
    assert (refused.code, "was not switched off with golive" in refused.err) == (2, True)
    (made.root / "config" / "broken.yaml").unlink()
    made.config(COMPANY, "config/company.yaml")
    assert "a-real-secret" not in state_file(made).read_text()
    monkeypatch.delenv("PAGER_TOKEN")
    made.is_settled()


def test_what_cannot_be_switched_is_refused_with_what_to_do(made: Workspace, tmp_path: Path) -> None:
    made.config("macros: {new: {name: New, then: [{add_tags: [n]}]}}\n", "config/new.yaml")
    made.sandbox.clear_log()
    for address, code, what, do in (
        ("sla_policies/all", "no_switch", "SLA policies have no switch.", "golive undo"),
        ("macros/new", "not_ours", "golive looks after nothing called `macros/new`.", "golive adopt macros/new"),
        ("macros/clos", "not_ours", "nothing called `macros/clos`", "Did you mean macros/close?"),
        ("triggers/_order", "not_ours", "nothing called `triggers/_order`", "/admin/objects-rules/rules/triggers"),
    ):
        ran = off(made, address, "--json")
        error = ran.checked("off")["error"]
        assert (ran.code, error["code"]) == (2, code)
        assert what in error["what"] and do in error["do"], error
    assert off(made, "macros/close", reason=" ").code == 2
    (made.root / "config" / "new.yaml").unlink()

    made.edit("  thanks: {name: Thanks,", "  thank_you: {was: thanks, name: Thanks,")
    error = off(made, "macros/thank_you", "--json").document["error"]
    assert error["what"] == "golive looks after nothing called `macros/thank_you`; “Thanks” is `macros/thanks`."
    made.edit("  thank_you: {was: thanks, name: Thanks,", "  thanks: {name: Thanks,")

    settings = made.settings()
    meant = "This is the sandbox. For production:  golive off macros/clos --reason 'It loops' -e production"
    assert meant in off(made, "macros/clos", reason="It loops").out
    assert "For production:  golive on macros/clos -e production" in made.golive("on", "macros/clos", "--yes").out
    assert "This is the sandbox" not in off(made, "macros/clos", "-e", "sandbox").out
    made.set({**settings, "production": True})
    ran = made.golive("off", "macros/close", "--reason", "x", "--yes", "-e", "sandbox")
    assert (ran.code, "PRODUCTION" in ran.out, '--client "Acme"' in ran.err) == (2, True, True)
    made.set({**settings, "expect": {"helpdesk": "somebody-else"}})
    assert off(made, "macros/close").code == 3
    made.set(settings)
    with running(tmp_path / "pulumi") as pid:
        file = lock(made, pid)
        ran = off(made, "macros/close")
        assert (ran.code, "Another run is at work" in ran.err, "rules/macros" in ran.err) == (1, True, False)
        assert "/macros/" in ran.err
        file.unlink()
    made.sandbox.fault(kind="forbidden", system="zendesk", method="PUT")
    ran = off(made, "macros/close")
    made.sandbox.heal()
    assert (ran.code, "did not switch macro close off; nothing was changed." in ran.err) == (1, True)
    assert made.sandbox.writes() == [] or {entry["status"] for entry in made.sandbox.writes()} == {403}
    assert notes(made) == {}
    made.is_settled()


def test_the_files_settle_it_and_what_leaves_them_is_forgotten(made: Workspace) -> None:
    for address in ("macros/close", "macros/leaves", "macros/goes"):
        assert off(made, address).code == 0
    ran = off(made, "triggers/received")
    assert "which it replaces, stays off, too" in ran.out
    made.edit("close: {name: Close it,", "close: {name: Close it, active: false,")
    made.edit("  received:\n", "  taken:\n    was: received\n")
    made.edit("  leaves: {name: Leaves, then: [{add_tags: [l]}]}\n", "")
    ran = made.up()
    assert ran.actions == {"helpdesk/macros/leaves": "switch_off"}
    assert held(ran) == {"macros/close": "settled", "triggers/taken": "stays_off", "macros/goes": "stays_off"}
    assert [*notes(made)] == ["helpdesk/macros/goes", "helpdesk/triggers/taken"]
    error = off(made, "triggers/received", "--json").document["error"]
    assert error["what"] == "golive looks after nothing called `triggers/received`; “We have it” is `triggers/taken`."
    assert error["do"] == "Run it again with  triggers/taken"
    assert made.golive("destroy", "--only", "macros/goes", "--yes").code == 0
    assert [*notes(made)] == ["helpdesk/triggers/taken"]
    made.edit("  goes: {name: Goes, then: [{add_tags: [g]}]}\n", "")
    made.edit("close: {name: Close it, active: false,", "close: {name: Close it,")
    made.edit("  taken:\n    was: received\n", "  received:\n    was: taken\n")
    assert made.up().results == {"helpdesk/macros/close": "done"}
    assert is_on(made, "macros", "Close it")
    made.edit("    was: taken\n", "")
    assert made.golive("on", "triggers/received", "--yes").code == 0
    assert is_on(made, "triggers", "We have it")
    made.is_settled()


def test_what_sleeps_stays_off_when_its_phase_comes(small: Callable[[str], Workspace]) -> None:
    macro = "macros:\n  later: {name: Later, phase: rollout, then: [{add_tags: [later]}]}\n"
    workspace = small(macro)
    workspace.up()
    workspace.sandbox.clear_log()
    told = off(workspace, "macros/later").out
    assert "  is off now\n  It sleeps until the rollout, and would be switched on then.\n" in told
    assert "When the rollout comes, it stays off: neither `golive advance` nor `golive up` switches it on" in told
    assert "To let it wake after all:  golive on macros/later\n" in told
    assert workspace.sandbox.writes() == []
    workspace.edit("phase: rollout, ", "")
    assert workspace.up().document["changes"] == []
    assert not is_on(workspace, "macros", "Later")


def test_a_hand_in_the_vendors_pages_is_noticed(made: Workspace) -> None:
    macro = made.one("macros", "Thanks")["id"]
    made.zendesk("PUT", f"macros/{macro}", {"macro": {"active": False}})
    made.sandbox.clear_log()
    document = off(made, "macros/thanks", "--json").checked("off")
    assert (document["result"], made.sandbox.writes()) == ("noted", [])
    made.is_settled()
    made.zendesk("PUT", f"macros/{macro}", {"macro": {"active": True}})
    on_again = "was held off, and somebody has switched it on"
    drift = " ".join(made.golive("drift").out.split())
    assert f"macro thanks {on_again}: held off since " in drift and ": It posts for every ticket" in drift
    assert "The next `golive up` switches it off again. To leave it on: golive on macros/thanks" in drift
    plan = made.golive("plan").out
    assert f"{on_again}  Thanks  macro thanks" in plan and "stays off" not in plan
    assert "The next `golive up` switches it off again." in plan
    assert plan.endswith("Make it so:  golive up\nKeep what is there now:  golive pull\n")
    ran = made.up()
    assert [each["key"] for each in ran.document["drift"]] == ["thanks"]
    assert ran.results == {"helpdesk/macros/thanks": "done"}
    assert not is_on(made, "macros", "Thanks")
    made.zendesk("PUT", f"macros/{macro}", {"macro": {"active": True}})
    assert off(made, "macros/thanks", reason="other").code == 0
    assert not is_on(made, "macros", "Thanks")
    assert notes(made) == {"helpdesk/macros/thanks": "It posts for every ticket"}
    assert made.golive("on", "macros/thanks", "--yes").code == 0
    made.is_settled()


def test_an_undo_leaves_off_what_is_off_and_changes_the_notes_of_what_it_is_about_alone(made: Workspace) -> None:
    before = (made.root / "config" / "own.yaml").read_text()
    made.edit("thanks: {name: Thanks,", "thanks: {name: Thanks, active: false,")
    made.edit("  close: {name: Close it, then: [{set: group, to: billing}]}\n", "")
    first = str(made.up().document["run"])
    made.edit("thanks: {name: Thanks, active: false,", "thanks: {name: Thanks,")
    made.up()
    assert made.golive("adopt", "macros/close_it", "--yes").code == 0
    assert off(made, "macros/thanks").code == 0
    refused = made.golive("undo", first, "--yes")
    assert (refused.code, "macro close was taken over since, and is macro close_it by now" in refused.err) == (1, True)
    assert f"do     Leave these as they are:  golive undo {first} --exclude macros/close" in refused.err
    ran = made.golive("undo", first, "--exclude", "macros/close", "--yes", "--json")
    assert (ran.code, held(ran), is_on(made, "macros", "Thanks")) == (0, {"macros/thanks": "stays_off"}, False)

    made.edit("  thanks: {name: Thanks,", "  thx: {was: thanks, name: Thanks,")
    made.edit("text: Look at this", "text: Look at that")
    second = str(made.up("--switch-on", "1").document["run"])
    ran = made.golive("undo", second, "--exclude", "macros/thx", "--yes", "--json")
    assert (ran.results, held(ran), notes(made)) == ({"helpdesk/alerts/urgent": "done"}, {}, {})
    assert is_on(made, "macros", "Thanks")
    ran = made.golive("undo", second, "--yes", "--json")
    assert (held(ran), notes(made)) == (
        {"macros/thanks": "stays_off"},
        {"helpdesk/macros/thanks": "It posts for every ticket"},
    )
    assert not is_on(made, "macros", "Thanks")
    again = made.golive("undo", str(ran.document["run"]), "--yes", "--json")  # the undo itself
    assert (held(again), notes(made), is_on(made, "macros", "Thanks")) == ({"macros/thx": "turned_on"}, {}, True)
    assert made.golive("undo", second, "--yes").code == 0
    assert made.golive("on", "macros/thanks", "--yes").code == 0
    assert (notes(made), is_on(made, "macros", "Thanks")) == ({}, True)

    made.config(before.replace("  close: {name: Close it,", "  close: {was: close_it, name: Close it,"))
    made.up()
    made.config(before)
    made.is_settled()


# ------------------------------------------------------------ deaths and lost answers


def killed(workspace: Workspace, verb: str, *more: str) -> None:
    """golive dies while the one call is on its way; the call takes effect."""
    workspace.sandbox.fault(kind="latency", system="zendesk", method="PUT", value="1500")
    workspace.sandbox.clear_log()
    process = subprocess.Popen(
        [str(SCRIPT), verb, "macros/thanks", "--yes", *more],
        cwd=workspace.root,
        env=dict(os.environ),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    # Once it has its answer, golive has an engine save the state, which would do so behind the next run's back.
    wait_for(lambda: workspace.sandbox.fired() > 0, "the call", 30)
    process.kill()
    process.wait(10)
    wait_for(lambda: is_on(workspace, "macros", "Thanks") == (verb == "on"), "its effect", 10)
    workspace.sandbox.heal()


def test_a_death_in_between_is_found_by_the_next_run(made: Workspace) -> None:
    killed(made, "off", "--reason", "x")
    ran = made.up()
    assert "macro thanks: is taken as it is now" in ran.err
    assert held(ran) == {"macros/thanks": "stays_off"}
    assert not is_on(made, "macros", "Thanks")
    killed(made, "on")
    plan = made.plan()
    assert ([each["key"] for each in plan.document["unfinished"]], held(plan)) == (["thanks"], {})
    made.up()
    made.is_settled()
    assert is_on(made, "macros", "Thanks")


def test_a_death_after_the_call_and_the_same_command_again(made: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(switched.Switched, "_finish", lambda self: os._exit(9))
        pid = os.fork()
        if pid == 0:  # dies with everything that the call has done, and nothing noted
            off(made, "macros/thanks")
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9
    assert not is_on(made, "macros", "Thanks")
    made.sandbox.clear_log()
    assert off(made, "macros/thanks", reason="again").code == 0
    assert made.sandbox.writes() == []
    plan = made.plan().document
    assert (plan["changes"], plan["drift"], plan["unfinished"]) == ([], [], [])
    assert plan["switched_off"][0]["why"] == "It posts for every ticket"
    assert made.golive("on", "macros/thanks", "--yes").code == 0
    made.is_settled()


def test_a_lost_answer_is_said_and_seen_to(made: Workspace) -> None:
    made.sandbox.fault(kind="cut_after", system="zendesk", method="PUT", times=1)
    ran = off(made, "macros/thanks")
    made.sandbox.heal()
    assert (ran.code, "Nobody knows whether macro thanks is off now" in ran.err) == (1, True)
    assert made.golive("history", "macros/thanks", "--json").document["runs"][0]["result"] == "unknown"
    made.up()
    assert not is_on(made, "macros", "Thanks")
    made.sandbox.fault(kind="error_500", system="zendesk", method="PUT", times=1)
    assert made.golive("on", "macros/thanks", "--yes").code == 1
    made.sandbox.heal()
    assert not is_on(made, "macros", "Thanks")
    assert made.golive("up", "--yes").code == 0  # what somebody wanted is done now
    assert is_on(made, "macros", "Thanks")
    made.is_settled()
    copies = [each.before for each in Backups(made.root, "sandbox").all()]
    assert {"off", "on"} <= set(copies)
