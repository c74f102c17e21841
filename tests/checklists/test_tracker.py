"""What gates see of the hand-over to engineering."""

from __future__ import annotations

import pytest

from config.results.standing import LiveObject
from tests.checklists.asking import asked
from tests.config.cases.engineering import PRIORITY, TEXT, escalation

FIELDS = {"fields": ["priority", "description", "customer_impact"]}


def test_every_escalation_fills_the_three_fields() -> None:
    assert asked("tracker_mapping", FIELDS, config=escalation()) == (
        "pass",
        "1 escalation fills all 3 fields of the issue.",
    )
    assert asked("tracker_mapping", FIELDS, config="groups: {g: {name: G}}") == (
        "fail",
        "The files declare no escalation to engineering.",
    )
    allowed = escalation(PRIORITY, TEXT).replace("{name: E,", "{name: E, x-allow: {GL-F05: Nobody is harmed.},")
    assert asked("tracker_mapping", FIELDS, config=allowed) == (
        "fail",
        "The escalation e does not fill customer impact.",
    ), "what the files may leave out, the gate still asks for"
    assert asked("tracker_mapping", {"fields": ["description"]}, config=allowed)[0] == "pass"


def issue(**more: object) -> dict[str, object]:
    return {"key": "PAY-1", "project": "PAY", "labels": ["l"], "ticket": "7", "at": "2026-11-29T12:00:00Z", **more}


@pytest.mark.parametrize(
    ("issues", "seen"),
    [
        ([issue()], "pass"),
        ([issue(project="WEB")], "fail"),
        ([issue(labels=[])], "fail"),
        ([issue(at="2026-10-01T12:00:00Z")], "fail"),
        ([issue(at="2026-10-01T12:00:00Z"), issue()], "pass"),
        ([], "fail"),
    ],
)
def test_a_bug_has_arrived_through_every_escalation(issues: list[dict[str, object]], seen: str) -> None:
    files = escalation(labels="labels: [l]")
    found, said = asked("tracker_flow", {"to": "tracker"}, config=files, answers={"issues_made": {"issues": issues}})
    assert found == seen, said
    assert asked("tracker_flow", {"to": "tracker"}, answers={"issues_made": {"issues": issues}})[0] == "fail"
    assert asked("tracker_flow", {"to": "tracker"}, config=files, unanswered={"issues_made": "tracker is down"}) == (
        "unknown",
        "The tracker could not be asked which issues escalations have made, because tracker is down.",
    )


@pytest.mark.parametrize(("changes", "seen"), [({"9": "state_done"}, "pass"), ({"8": "x"}, "fail"), ({}, "fail")])
def test_the_status_comes_back_to_a_ticket(changes: dict[str, str], seen: str) -> None:
    ticket = {"ticket": "7", "escalation": "e", "changes": changes}
    field = LiveObject("helpdesk", "ticket_fields", "9", "S", "ticket_fields/state")
    found, said = asked(
        "tracker_flow", {"to": "ticket"}, config=escalation(), objects=[field],
        answers={"issues_back": {"tickets": [ticket]}},
    )  # fmt: skip
    assert found == seen, said
    allowed = escalation(back="").replace("{name: E,", "{name: E, x-allow: {GL-J01: They ask by phone.},")
    silent = asked("tracker_flow", {"to": "ticket"}, config=allowed, answers={})
    assert silent == ("fail", "e does not say how the status comes back.")


def test_an_app_is_installed_where_it_is_asked_for() -> None:
    said = {"apps": ["Zendesk for Salesforce (Zendesk)", "Other"]}
    given = {"system": "crm", "named": "zendesk"}
    assert asked("app_installed", given, answers={"crm_apps": said})[0] == "pass"
    assert asked("app_installed", given, answers={"crm_apps": {"apps": ["Other"]}}) == (
        "fail",
        "No app in the CRM is called zendesk; there is Other.",
    )
    assert asked("app_installed", given, answers={"helpdesk_apps": said})[0] == "unknown"
