"""Result documents: their JSON has the agreed fields, in the agreed shape, also on failure."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft7Validator

from config.findings import Finding, Position
from config.results.error import Error
from config.results.findings import FindingsDocument
from config.results.history import HistoryChange, HistoryDocument, HistoryRun
from config.results.look import KindFound, LookDocument, LookFinding, Place
from config.results.plan import (
    Change,
    Collision,
    Difference,
    DriftDocument,
    ForeignRule,
    PlanDocument,
    Seats,
    Summary,
    Undoes,
)
from config.results.switch import SwitchDocument
from config.schema import schemas

ERROR = Error("credentials", "the token of helpdesk", "stacks/Pulumi.sandbox.yaml", "it is not set", "Set it.")
CHANGES = [
    Change("helpdesk", "triggers", "p1", "create", name="P1", file="config/a.yaml", line=4),
    Change("helpdesk", "sla_policies", "all", "update", [Difference("targets.first_reply.urgent", "1h", "30m")]),
    Change("chat", "slack_channels", "old", "delete", [Difference("topic", "x", None)]),
    Change("helpdesk", "groups", "a", "update"),
]
COLLISION = Collision(
    "helpdesk", "groups", "tier_1", "Support", "360001", "Run  golive adopt groups/tier_1", "a.yaml", 3
)


def checked(document: Any, name: str) -> dict[str, Any]:
    """The document's JSON, after it has gone through text and its schema."""
    made: dict[str, Any] = json.loads(json.dumps(document.to_json()))
    Draft7Validator(schemas()[f"results/{name}.json"]).validate(made)
    return made


def test_plan() -> None:
    document = PlanDocument(
        "golive/plan/1",
        "sandbox",
        Summary.of(CHANGES, 7),
        CHANGES,
        CHANGES[1:2],
        [COLLISION],
        {"groups": 2},
        {"chat": 3},
    )
    made = checked(document, "plan")
    assert list(made) == [
        "schema", "environment", "summary", "changes", "drift", "collisions", "unmanaged", "calls", "notices",
        "cautions", "findings", "allowed", "mails", "deletions", "asleep", "by_hand", "not_sent", "not_read",
        "unfinished", "expected", "not_sent_parts", "seats", "left_alone", "foreign_rules", "by_unknown",
        "switched_off", "cannot_be_undone", "taken_out", "declared", "names", "part", "as_declared",
        "signatures_lost", "orders", "reach",
    ]  # fmt: skip
    assert made["summary"] == {"create": 1, "update": 2, "replace": 0, "delete": 1, "same": 7}
    assert made["changes"][1]["diff"] == [{"path": "targets.first_reply.urgent", "old": "1h", "new": "30m"}]
    assert made["changes"][2]["diff"] == [{"path": "topic", "old": "x", "new": None}]
    assert not {"result", "audience", "page", "by", "at"} & set(made["changes"][0])
    assert made["collisions"][0]["id"] == "360001"


def test_what_a_plan_knows_besides() -> None:
    change = replace(CHANGES[1], audience="customers", audience_reason="it is promised", page="https://x/1")
    edited = replace(CHANGES[3], by="Ana Real", at="2026-10-09T14:05:00Z")
    rule = ForeignRule("helpdesk", "triggers", "7", "Thank you", "mails the requester", ["customers"])
    document = PlanDocument(
        "golive/plan/1",
        "sandbox",
        changes=[change],
        drift=[edited],
        seats={"helpdesk": Seats(2, 0, 1)},
        left_alone={"triggers": ["Thank you"]},
        foreign_rules=[rule],
        by_unknown={"chat": "Slack does not tell"},
    )
    made = checked(document, "plan")
    assert made["changes"][0]["audience"] == "customers"
    assert made["drift"][0]["by"] == "Ana Real"
    assert made["seats"]["helpdesk"] == {"taken": 2, "given_back": 0, "in_use": 1, "paid_for": None}
    assert "page" not in made["foreign_rules"][0]


@pytest.mark.parametrize("result", ["done", "failed", "not_tried"])
def test_up_has_results(result: Any) -> None:
    change = Change("crm", "crm_fields", "arr", "create", result=result)
    made = checked(PlanDocument("golive/up/1", "sandbox", changes=[change], error=ERROR), "up")
    assert made["changes"][0]["result"] == result
    assert made["error"] == {
        "code": "credentials", "what": "the token of helpdesk", "where": "stacks/Pulumi.sandbox.yaml",
        "why": "it is not set", "do": "Set it.",
    }  # fmt: skip


def test_drift() -> None:
    assert checked(DriftDocument("sandbox", CHANGES[1:2]), "drift")["drift"][0]["key"] == "all"
    assert list(DriftDocument("sandbox").to_json()) == [
        "schema", "environment", "drift", "not_read", "unfinished", "by_unknown", "foreign_rules",
    ]  # fmt: skip
    assert checked(DriftDocument("sandbox", error=ERROR), "drift")["error"]["code"] == "credentials"


def test_what_is_switched_and_undone() -> None:
    for verb in ("off", "on"):
        schema: Any = f"golive/{verb}/1"
        done = SwitchDocument(schema, "sandbox", "helpdesk", "macros", "a", result="done", active=False, run=3)
        assert checked(done, verb)["result"] == "done"
        assert checked(SwitchDocument(schema, error=ERROR), verb)["error"]["code"] == "credentials"
    undone = PlanDocument("golive/undo/1", "sandbox", undoes=Undoes(3, "2026-11-28T22:15:02+00:00", "up", "Ada"), run=4)
    assert checked(undone, "undo")["undoes"]["number"] == 3


def test_history() -> None:
    change = HistoryChange("helpdesk", "macros", "a", "update", "done", CHANGES[1].diff, 2)
    run = HistoryRun(1, "2026", "2026", "up", "done", "Ada", "vm", "7f3a", False, "", None, [change], 0, True, "copy")
    made = checked(HistoryDocument("sandbox", "macros/a", [run]), "history")
    assert made["runs"][0]["changes"][0]["diff"] == [{"path": "targets.first_reply.urgent", "old": "1h", "new": "30m"}]
    assert checked(HistoryDocument(error=ERROR), "history")["runs"] == []


def test_findings() -> None:
    finding = Finding("schema.kind", "error", Position("config/a.yaml", 3, 5), "groups", "what", "do")
    made = checked(FindingsDocument.of([finding]), "validate")
    assert made == {
        "schema": "golive/validate/1",
        "findings": [
            {"rule": "schema.kind", "severity": "error", "file": "config/a.yaml", "line": 3, "column": 5,
             "path": "groups", "message": "what", "hint": "do"}
        ],
    }  # fmt: skip
    assert checked(FindingsDocument.of([], ERROR), "validate")["error"]["do"] == "Set it."


def test_look() -> None:
    place = Place("triggers", "trigger", "7", "Solved", "https://acme.zendesk.com/admin/7")
    finding = LookFinding("look.mail-loop", "serious", "mail", "what", "why", "do", [place])
    document = LookDocument("zendesk", "acme", findings=[finding], kinds=[KindFound("triggers", "triggers", 1)])
    made = checked(document, "look")
    assert made["findings"][0]["places"][0]["note"] == ""
    assert document.of_weight("serious") == [finding] and document.of_weight("note") == []
    assert checked(LookDocument(error=ERROR), "look")["error"]["code"] == "credentials"


def test_schema_refuses_what_was_not_agreed() -> None:
    validator = Draft7Validator(schemas()["results/plan.json"])
    good = PlanDocument("golive/plan/1", "sandbox").to_json()
    assert validator.is_valid(good)
    assert not validator.is_valid({**good, "schema": "golive/up/1"})
    assert not validator.is_valid({**good, "summary": {"create": 0}})
    assert not validator.is_valid({**good, "more": 1})


def test_where() -> None:
    assert CHANGES[0].where == "config/a.yaml:4"
    assert CHANGES[1].where == ""
    assert COLLISION.where == "a.yaml:3"
    assert Collision("chat", "slack_channels", "a", "a", "C1", "").where == ""
