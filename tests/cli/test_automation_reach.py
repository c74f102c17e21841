"""A plan says on how many tickets an automation that mails or closes would act now; its mails need their number."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from golive.carrying.saving import read
from golive.workspace.connection import Reached
from tests.cli.gated import Gated
from tests.cli.real_environment import Real, real
from tests.cli.workspace import Ran, Workspace, written

__all__ = ["real"]

SetUp = Callable[[str], Workspace]

FIELDS = {"reason": {"name": "Reason", "type": "dropdown", "options": {"late": "Late", "lost": "Lost"}}}
NEW = {"hours_since": "created", "less_than": "24h"}
THEN = [{"email": "requester", "subject": "Still there?", "body": "Look."}, {"add_tags": ["asked"]}]
LIVE = ("-e", "live", "--json")


def _objects(**more: Any) -> str:
    when = [NEW, {"field": "reason", "is": "late"}, {"field": "tags", "has_none": ["asked"]}]
    ask = {"name": "Ask again", "when": when, "then": THEN, **more}
    return written({"ticket_fields": FIELDS, "automations": {"ask": ask}})


def _small(**more: Any) -> str:
    when = [NEW, {"field": "tags", "has_none": ["asked"]}]
    return written({"automations": {"ask": {"name": "Ask again", "when": when, "then": THEN, **more}}})


def ticket(workspace: Workspace, **more: Any) -> int:
    """The id of a new one."""
    made = workspace.zendesk("POST", "tickets", {"ticket": {"subject": "S", "comment": {"body": "B"}, **more}})
    found: int = made["ticket"]["id"]
    return found


def _first_block(workspace: Workspace) -> list[str]:
    document = workspace.plan().document
    assert not [each for each in document["cautions"] if "Ask again" in each]
    found: list[str] = [each for each in document["notices"] if "Ask again" in each and "rule" not in each]
    return found


def refusal(ran: Ran, workspace: Workspace) -> dict[str, str]:
    """The error of a run that sent nothing."""
    assert ran.code in (1, 2), ran.err
    assert workspace.sandbox.writes() == []
    error: dict[str, str] = ran.document["error"]
    return error


def test_what_is_switched_on_or_changed_says_on_how_many_tickets_it_acts(set_up: SetUp) -> None:
    workspace = set_up(_objects(active=False))
    field = workspace.one("ticket_fields", "Reason")["id"]
    for tags, reason in (([], "reason_late"), (["asked"], "reason_late"), ([], "reason_lost"), ([], "reason_late")):
        ticket(workspace, tags=tags, custom_fields=[{"id": field, "value": reason}])
    assert _first_block(workspace) == []
    workspace.config(_objects())
    said = "Customers: about 2 get a mail within the hour from “Ask again”"
    assert _first_block(workspace) == [said]
    planned = workspace.plan().document
    assert (planned["notices"][0], planned["mails"]) == (said, 2)
    assert planned["cannot_be_undone"] == ["about 2 mails that are sent"]
    assert f"Who gets mail or loses access {said}" in " ".join(workspace.golive("plan").out.split())
    workspace.up()
    assert _first_block(workspace) == [], "nothing about it changes any more"
    workspace.config(_objects(name="Ask again, once"))
    assert _first_block(workspace) == [], "another name mails nobody"
    workspace.config(_objects(then=[{"email": "requester", "subject": "Well?", "body": "Look."}]))
    assert _first_block(workspace) == [said]


def test_its_mails_are_named_as_a_number_which_is_the_most(real: Real) -> None:
    workspace = real(_small(active=False))
    assert workspace.golive("up", *LIVE, "--yes").code == 0
    for _ in range(3):
        ticket(workspace)
    workspace.config(_small())
    workspace.sandbox.clear_log()
    error = refusal(workspace.golive("up", *LIVE, "--yes"), workspace)
    assert error["code"] == "number"
    assert error["what"] == "This run causes about 3 mails to people, and --mail says 0."
    assert error["why"].startswith("“Ask again” fits 3 of the tickets now, and acts within the hour.")
    assert error["do"].startswith("If that is meant:  --mail 3  As tickets come and go, the number may be higher")
    refusal(workspace.golive("up", *LIVE, "--yes", "--mail", "2"), workspace)
    assert workspace.golive("up", *LIVE, "--yes", "--mail", "5").code == 0, "two more may come meanwhile"
    assert workspace.one("automations", "Ask again")["active"]


def test_its_mails_are_named_when_it_comes_back_and_when_it_is_switched_on(real: Real) -> None:
    workspace = real(_small())
    assert workspace.golive("up", *LIVE, "--yes").code == 0
    ticket(workspace)
    for switched, back in (
        (("off", "automations/ask", "--reason", "Too many"), ("on", "automations/ask")),
        (("up",), ("undo",)),
    ):
        if switched == ("up",):
            workspace.config(_small(active=False))
        assert workspace.golive(*switched, *LIVE, "--yes").code == 0
        workspace.sandbox.clear_log()
        refused = workspace.golive(*back, *LIVE, "--yes")
        assert refusal(refused, workspace)["what"] == "This run causes about 1 mail to people, and --mail says 0."
        assert "Customers: about 1 gets a mail within the hour from “Ask again”" in refused.err
        assert workspace.golive(*back, *LIVE, "--yes", "--mail", "1").code == 0


def test_what_could_not_be_counted_needs_a_number_too(real: Real) -> None:
    workspace = real(_small(active=False))
    assert workspace.golive("up", *LIVE, "--yes").code == 0
    workspace.config(_small())
    workspace.sandbox.clear_log()
    workspace.sandbox.fault(kind="forbidden", path="search/count", times=9)
    error = refusal(workspace.golive("up", *LIVE, "--yes"), workspace)
    assert error["what"] == ("How many mails “Ask again” sends could not be counted, and --mail says 0.")
    planned = workspace.golive("plan", *LIVE).document
    assert planned["notices"][0].startswith(
        "Customers: how many get a mail within the hour from “Ask again” could not be counted: "
    )
    assert planned["cannot_be_undone"] == [
        "the mails that “Ask again” sends within the hour: how many could not be counted"
    ]
    assert workspace.golive("up", *LIVE, "--yes", "--mail", "40").code == 0


@pytest.mark.parametrize("more", [True, False])
def test_a_saved_plan_holds_while_no_more_tickets_fit(real: Real, tmp_path: Path, *, more: bool) -> None:
    workspace, file = real(_small(active=False)), tmp_path / "plan.json"
    assert workspace.golive("up", *LIVE, "--yes").code == 0
    tickets = [ticket(workspace) for _ in range(3)]
    workspace.config(_small())
    assert workspace.golive("plan", *LIVE, "--out", str(file)).code == 0
    saved = read(file)
    assert (saved.mails, [each.tickets for each in saved.reach or []]) == (3, [3])
    if more:
        ticket(workspace)
    else:
        workspace.zendesk("DELETE", f"tickets/{tickets[0]}")
    workspace.sandbox.clear_log()
    if not more:
        error = refusal(workspace.golive("up", *LIVE, "--approve", saved.digest), workspace)
        assert error["code"] == "approval" and "“Ask again” fits 2 tickets" in error["why"]
    ran = workspace.golive("up", str(file), *LIVE, "--approve", saved.digest)
    if more:
        assert refusal(ran, workspace)["why"] == "“Ask again” fits 4 tickets now, 3 when the plan was saved."
    else:
        assert ran.code == 0, ran.err


def test_its_mails_are_named_where_a_phase_wakes_it(set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the way to a phase, and on the way back from it."""
    ask = {"name": "Ask again", "when": [NEW, {"field": "tags", "has_none": ["asked"]}], "then": THEN}
    never = [NEW, {"field": "tags", "has_none": ["never"]}]
    before = ask | {"name": "Ask before", "when": never, "phase": {"from": "build", "until": "soft_launch"}}
    groups = {"billing": {"name": "Billing"}}
    after = ask | {"phase": "soft_launch"}
    gated = Gated.of(set_up(written({"groups": groups, "automations": {"after": after, "before": before}})))
    ticket(gated.workspace)
    gated.go()
    monkeypatch.setattr(Reached, "all_sandbox", False)
    for move, phase, name in ((gated.advance, "soft_launch", "Ask again"), (gated.retreat, "build", "Ask before")):
        gated.workspace.sandbox.clear_log()
        refused = move(phase)
        assert refused.code == 2 and "This run causes about 1 mail to people, and --mail says 0." in refused.err
        assert f"Customers: about 1 gets a mail within the hour from “{name}”" in refused.out + refused.err
        assert gated.workspace.sandbox.writes() == []
        assert move(phase, "--mail", "1").code == 0
        assert gated.workspace.one("automations", name)["active"]
