"""How risky a change is and who notices it: pure functions of an object before and after."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest

from config.kinds import ALL_KINDS
from config.results.review import ReviewAction, RiskKind
from golive.changes.changed import Changed
from golive.changes.noticing import audience_of
from golive.changes.risk import Context
from golive.changes.risks import RANK, TITLES, restricts, risks_of
from golive.wording.words import Terms
from stacks.difference import differences

MAIL = {"when": [{"event": "created"}], "then": [{"email": "requester", "subject": "S", "body": "B"}]}
ROUTE = {"when": [{"field": "tags", "has": "vip"}], "then": [{"set": "group", "to": "a"}]}
SLA = {"when": [{"field": "tags", "has": "vip"}], "targets": {"first_reply": {"urgent": "1h"}}, "hours": "calendar"}
SEEN = {"type": "text", "customers": {"can": "edit", "required": False}}
INSIDE = {"type": "text", "customers": {"can": "hidden", "required": False}}
NOTE = [{"reply": "internal", "text": "Hi"}]
ANA = {"email": "ana@acme.example", "role": "agent", "groups": ["a", "b"], "invite": "now"}
CALLED = {("groups", "b"): "Billing", ("people", "a"): "Ana", ("people", "b"): "Bo"}
CONTEXT = Context(Terms(called=CALLED), {"agent": "agent"}, {"agent": "agent", "boss": "admin"})


def changed(kind: str, old: dict[str, Any], new: dict[str, Any], action: str = "") -> Changed:
    said: Any = action or ("update" if old and new else "create" if new else "delete")
    return Changed(kind, "k", "Name", said, old, new, differences(old, new))


def with_(data: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**data, **more}


RISKS: list[tuple[str, dict[str, Any], dict[str, Any], str, list[tuple[str, str]]]] = [
    ("ticket_fields", INSIDE, with_(INSIDE, type="date"), "", [("loses_values", "type text → date cannot be changed")]),
    ("customer_fields", INSIDE, {}, "delete", [("loses_values", "is deleted, with every value")]),
    ("customer_fields", INSIDE, {}, "release", []),
    ("ticket_fields", with_(INSIDE, options={"a": "A", "b": {"name": "B"}}), with_(INSIDE, options={"a": "A"}), "",
     [("option_leaves", "the choice “B” leaves the files. In the system it stays, and can still be chosen")]),
    ("ticket_fields", with_(INSIDE, options={"a": "A"}), with_(INSIDE, options={"a": "A", "b": "B"}), "", []),
    ("ticket_fields", INSIDE, SEEN, "",
     [("widens_readers", "the ticket field “Name” becomes visible to them, and they can fill it in.")]),
    ("ticket_fields", SEEN, INSIDE, "", []),
    ("ticket_fields", {}, SEEN, "", []),
    ("articles", {"for": ["groups/b"]}, {"customers": {"can": "see"}}, "",
     [("widens_readers", "Customers: the article “Name” becomes public (only some of the team could read it).")]),
    ("articles", {"for": ["groups/b"]}, {"for": []}, "",
     [("widens_readers", "Agents: the article “Name” becomes readable for the whole team")]),
    ("articles", {}, {"customers": {"can": "see"}}, "", []),
    ("articles", {"customers": {"can": "hidden"}}, {"zendesk": {"user_segment": "signed_in"}}, "",
     [("widens_readers", "becomes readable for customers who have signed in (only the team could read it).")]),
    ("articles", {"customers": {"can": "hidden"}}, {"customers": {"can": "see"}, "active": False}, "", []),
    ("articles", {"customers": {"can": "see"}}, {"for": ["groups/b"]}, "", []),
    ("macros", {"then": NOTE}, {"then": [{"reply": "public", "text": "Hi"}]}, "",
     [("widens_readers", "the macro “Name” begins to answer publicly (it wrote internal notes).")]),
    ("macros", {"then": NOTE}, {"then": [{"reply": "internal", "text": "Hi"}]}, "", []),
    ("macros", {"then": [{"reply": "public", "text": "Hi"}]}, {"then": [{"reply": "public", "text": "Ho"}]}, "", []),
    ("people", {}, with_(ANA, role="boss", invite="never"), "", [("gives_right", "Name becomes an admin.")]),
    ("people", ANA, with_(ANA, role="boss"), "", [("gives_right", "Name becomes an admin (was an agent).")]),
    ("people", ANA, with_(ANA, groups=["a"]), "", [("removes_access", "Name leaves the group Billing")]),
    ("people", {}, ANA, "", [("invites", "gets an invitation by mail and takes a seat.")]),
    ("people", with_(ANA, invite="never"), with_(ANA, invite={"phase": "soft_launch"}), "",
     [("invites", "takes a seat, when soft launch begins.")]),
    ("people", ANA, {}, "delete", [("removes_access", "loses the seat"), ("loses_values", "is deleted")]),
    ("roles", {"like": "agent"}, {"like": "admin"}, "", [("gives_right", "Everybody with the role “Name” becomes an")]),
    ("roles", {"like": "agent", "rights": {}}, {"like": "agent", "rights": {"manage_views": True}}, "",
     [("gives_right", "manage views nothing → yes")]),
    ("groups", {"name": "x"}, {}, "delete", [("removes_access", "its tickets have no group any more")]),
    ("crm_access", {"people": ["a"], "read": ["x"]}, {"people": ["b"], "read": ["x", "y"]}, "",
     [("gives_right", "Bo is given"), ("gives_right", "can read y"), ("removes_access", "Ana loses")]),
    ("crm_access", {"objects": {"Case": "edit", "Lead": "edit"}}, {"objects": {"Case": "read", "Lead": "delete"}}, "",
     [("gives_right", "Those with “Name” can delete Lead records in the CRM (was edit).")]),
    ("crm_access", {"people": ["a"]}, {}, "delete", [("removes_access", "Ana loses “Name” in the CRM.")]),
    ("crm_objects", {"sharing": "private"}, {"name": "Name"}, "",
     [("gives_right", "records of others are read and changed by everybody then.")]),
    ("crm_objects", {"name": "Name"}, {"sharing": "read"}, "",
     [("removes_access", "records of others are read by everybody then.")]),
    ("crm_objects", {"name": "Name"}, {}, "delete", [("loses_values", "is deleted")]),
    ("crm_queues", {"people": ["a"]}, {"people": ["b"]}, "",
     [("gives_right", "Bo is given the queue “Name”"), ("removes_access", "Ana loses the queue “Name” in the CRM.")]),
    ("slack_channels", {"private": True}, {"private": False}, "", [("gives_right", "everybody can read it")]),
    ("slack_channels", {"private": True}, {}, "delete", [("removes_access", "#Name leaves the files: it is archived")]),
    ("triggers", {}, MAIL, "", [("touches_all", "mails the requester, whoever that is: no condition")]),
    ("triggers", {}, with_(ROUTE, then=MAIL["then"]), "", [("mails_customers", "where its conditions hold.")]),
    ("triggers", {}, with_(MAIL, active=False), "", []),
    ("triggers", {}, ROUTE, "", []),
    ("triggers", {}, with_(MAIL, existing=True), "", []),
    ("triggers", {}, {"existing": "vendor_default", "active": False}, "", []),
    ("triggers", ROUTE, with_(ROUTE, when=[{"event": "created"}]), "", [("touches_all", "of all customers")]),
    ("triggers", MAIL, with_(MAIL, why="x"), "", []),
    ("triggers", MAIL, {}, "switch_off", [("ends_rule", "sends nothing to customers any more")]),
    ("triggers", MAIL, with_(MAIL, active=False), "", [("ends_rule", "sends nothing to customers any more")]),
    ("triggers", MAIL, {}, "release", []),
    ("triggers", with_(MAIL, phase="soft_launch"), MAIL, "",
     [("goes_live", "works at once from now on (was: from the soft launch on); it writes to customers.")]),
    ("triggers", with_(ROUTE, not_before="day_60", replaces="X"), with_(ROUTE, phase="rollout", replaces="X"), "",
     [("goes_live", "works from the rollout on (was: from day 60 after the rollout on); it switches off")]),
    ("triggers", with_(ROUTE, active=False, replaces="X"), with_(ROUTE, active=True, replaces="X"), "",
     [("goes_live", "(was: switched off)")]),
    ("triggers", with_(ROUTE, phase="rollout"), ROUTE, "", []),
    ("triggers", with_(ROUTE, replaces="X"), {}, "switch_off", [("job_left", "“X”, which stays switched off: no")]),
    ("triggers", with_(ROUTE, replaces="X"), with_(ROUTE, replaces="X", active=False), "", [("job_left", "“X”")]),
    ("triggers", with_(ROUTE, replaces="X"), {}, "release", []),
    ("people", ANA, {}, "release", [("keeps_access", "keeps seat and groups: take them away by hand")]),
    ("triggers", ROUTE, with_(ROUTE, then=[*ROUTE["then"], {"call": "webhooks/w", "body": {}}]), "",
     [("sends_out", "calls the webhook w")]),
    ("sla_policies", SLA, with_(SLA, targets={"first_reply": {"urgent": "90m"}}), "",
     [("changes_sla", "Name: urgent: first reply 1 h → 1 h 30 min (longer).")]),
    ("sla_policies", SLA, with_(SLA, targets={"first_reply": {"urgent": "none"}}), "",
     [("changes_sla", "1 h → no promise.")]),
    ("sla_policies", SLA, with_(SLA, targets={**SLA["targets"], "next_reply": {"urgent": "2h", "low": "none"}}), "",
     [("changes_sla", "Name: urgent: next reply no promise → 2 h.")]),
    ("sla_policies", SLA, with_(SLA, hours="business"), "", [("changes_sla", "another clock")]),
    ("sla_policies", SLA, with_(SLA, when=[]), "",
     [("changes_sla", "holds for other tickets"), ("touches_all", "whom no policy above it meets")]),
    ("sla_policies", {}, SLA, "", [("changes_sla", "is a new promise")]),
    ("sla_policies", SLA, {}, "delete", [("changes_sla", "ends")]),
    ("sla_policies", SLA, {}, "release", []),
    ("environments", {}, {"production": True, "systems": {"helpdesk": {"url": "https://acme.zendesk.com"}}}, "",
     [("opens_account", "The environment Name is new, and it is production. Its systems: acme.zendesk.com.")]),
    ("environments", {}, {"production": False, "systems": {"helpdesk": {"url": "https://s.zendesk.com"}}}, "", []),
    ("environments", {"freeze": "2030-01-31 audit"}, {"freeze": None}, "", [("weakens_guard", "the freeze")]),
    ("environments", {"freeze": {"from": "2030-01-02", "until": "2030-01-31", "why": "audit"}}, {"freeze": None}, "",
     [("weakens_guard", "the freeze (2030-01-02 to 2030-01-31, audit) ends.")]),
    ("environments", {"freeze": {"from": "2030-01-02", "until": "2030-01-31", "why": "audit"}},
     {"freeze": {"from": "2030-01-02", "until": "2030-01-09", "why": "less audit"}}, "",
     [("weakens_guard", "the freeze ends on another day: 2030-01-31 → 2030-01-09.")]),
    ("environments", {"freeze": "2030-01-31 audit"},
     {"freeze": {"from": "2030-01-02", "until": "2030-01-31", "why": "audit"}}, "",
     [("weakens_guard", "the freeze (2030-01-31 audit) becomes 2030-01-02 to 2030-01-31, audit.")]),
    ("channels", {}, {"type": "email", "address": "a@x.example"}, "", [("opens_channel", "can write to a@x.example")]),
    ("channels", {"address": "a@x.example"}, {"address": "b@x.example"}, "",
     [("closes_channel", "a@x.example takes no mail any more, and b@x.example does")]),
    ("channels", {"address": "a@x.example"}, {}, "delete", [("closes_channel", "a@x.example takes no mail any more")]),
    ("webhooks", {}, {"url": "https://me:pw@x.example/a?key=1"}, "", [("sends_out", "calls x.example.")]),
    ("webhooks", {"url": "https://x.example/a"}, {"url": "https://x.example/b"}, "", []),
    ("webhooks", {"url": "https://x.example"}, {"url": "env:PAGER"}, "",
     [("sends_out", "calls the address in PAGER instead of x.example.")]),
    ("macros", {}, {"then": [], "x-allow": {"a.b": "because"}}, "", [("sets_rule_aside", "`a.b`: because")]),
    ("segments", {"name": "x"}, {}, "none", [("option_leaves", "it stays, and can still be chosen")]),
    ("tags", {}, {"name": "x"}, "", []),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "old", "new", "action", "expected"), RISKS)
def test_risks(
    kind: str, old: dict[str, Any], new: dict[str, Any], action: str, expected: list[tuple[str, str]]
) -> None:
    found = risks_of(changed(kind, old, new, action), CONTEXT)
    assert sorted(each.risk for each in found) == sorted(risk for risk, _ in expected)
    assert [RANK[each.risk] for each in found] == sorted(RANK[each.risk] for each in found)
    for risk, text in expected:
        assert any(each.risk == risk and text in each.text for each in found), found


@pytest.mark.parametrize(
    ("kind", "old", "said"),
    [
        ("groups", {"name": "x"}, "it is deleted and its tickets have no group any more"),
        ("sla_policies", SLA, "it ends, and nothing is promised by it any more"),
        ("channels", {"address": "a@x.example"}, "a@x.example takes no mail any more"),
        ("crm_access", {"people": ["a"]}, "Ana loses “Name” in the CRM"),
        ("slack_channels", {"private": True}, "it is archived and nobody can write there any more"),
    ],
)
def test_what_stays_where_it_was_taken_over_is_not_said_to_go(kind: str, old: dict[str, Any], said: str) -> None:
    change = replace(changed(kind, old, {}, "delete"), only_if_made=True)
    (risk,) = risks_of(change, CONTEXT)
    assert risk.text.endswith(f"leaves the files. Where golive made it, {said}; where it was taken over, it stays.")


def test_every_risk_has_a_title_and_occurs() -> None:
    assert set(TITLES) == set(get_args(RiskKind)) == set(RANK)
    assert {risk for *_, expected in RISKS for risk, _ in expected} == set(TITLES)


@pytest.mark.parametrize(
    ("rule", "narrow"),
    [
        ({"when": [{"field": "status", "is": "open"}]}, False),
        ({"when": [{"field": "organization.segment", "is_not": "gold"}]}, False),
        ({"when": [{"in_hours": "desk"}, {"field": "priority", "empty": True}]}, False),
        ({"when": [{"event": "created"}, {"field": "received_at", "is": "mail"}]}, True),
        ({"when_any": [{"field": "tags", "has": "a"}, {"event": "created"}]}, False),
        ({"when_any": [{"field": "tags", "has": "a"}, {"field": "subject", "contains": "x"}]}, True),
        ({"when": [{"zendesk": {"field": "brand_id", "operator": "is", "value": "7"}}]}, True),
        ({}, False),
    ],
)
def test_what_restricts_a_rule(rule: dict[str, Any], narrow: bool) -> None:
    assert restricts(rule) == narrow


AUDIENCES: list[tuple[str, dict[str, Any], dict[str, Any], str, str]] = [
    ("triggers", MAIL, with_(MAIL, when=[]), "", "customers"),
    ("triggers", ROUTE, with_(ROUTE, then=[{"set": "group", "to": "b"}]), "", "agents"),
    ("triggers", MAIL, with_(MAIL, name="Other"), "", "nobody"),
    ("triggers", MAIL, with_(MAIL, why="x", on_remove="delete"), "", "nobody"),
    ("triggers", {}, MAIL, "", "customers"),
    ("triggers", MAIL, {}, "switch_off", "customers"),
    ("triggers", MAIL, {}, "release", "nobody"),
    ("sla_policies", SLA, with_(SLA, hours="business"), "", "customers"),
    ("sla_policies", SLA, with_(SLA, name="x"), "", "agents"),
    ("schedules", {"hours": {}}, {"hours": {"mon": []}}, "", "agents"),
    ("schedules", {"name": "a"}, {"name": "b"}, "", "nobody"),
    ("ticket_fields", SEEN, with_(SEEN, name="x"), "", "customers"),
    ("ticket_fields", SEEN, with_(SEEN, agents={"required": "on_solve"}), "", "agents"),
    ("ticket_fields", INSIDE, with_(INSIDE, name="x"), "", "agents"),
    ("ticket_fields", INSIDE, SEEN, "", "customers"),
    ("channels", {"name": "a"}, {"name": "b"}, "", "customers"),
    ("macros", ROUTE, with_(ROUTE, name="x"), "", "agents"),
    ("people", ANA, with_(ANA, role="boss"), "", "agents"),
    ("webhooks", {"url": "a"}, {"url": "b"}, "", "nobody"),
    ("triggers", {}, with_(MAIL, existing="Notify"), "", "nobody"),
    ("groups", {"name": "a"}, {"name": "a"}, "rename", "nobody"),
    ("roles", {}, {"name": "a", "like": "agent"}, "", "nobody"),
    ("roles", {}, {"name": "a", "like": "agent", "rights": {"x": True}}, "", "agents"),
    ("roles", {"like": "agent"}, {"like": "admin"}, "", "agents"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "old", "new", "action", "audience"), AUDIENCES)
def test_who_notices(kind: str, old: dict[str, Any], new: dict[str, Any], action: str, audience: str) -> None:
    assert audience_of(changed(kind, old, new, action)) == audience


@pytest.mark.parametrize("kind", sorted(ALL_KINDS))
@pytest.mark.parametrize("action", get_args(ReviewAction))
def test_no_kind_and_no_action_is_unknown(kind: str, action: ReviewAction) -> None:
    """Whatever is there or not there, nothing breaks."""
    for old, new in (({}, {"name": "x"}), ({"name": "x"}, {}), ({"name": None}, {"name": "y", "when": None})):
        change = changed(kind, old, new, action)
        assert audience_of(change) in ("customers", "agents", "nobody")
        risks_of(change, CONTEXT)
