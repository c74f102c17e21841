"""SLA targets on tickets as time passes, on all hours of the day and on business hours."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from tests.sandbox.ticket_world import World

START = "2026-09-21T08:00:00Z"
"""A Monday, 9:00 in London, where the office opens and closes at 17:00."""
HOUR = 60
METRICS = (
    "first_reply_time",
    "next_reply_time",
    "periodic_update_time",
    "pausable_update_time",
    "requester_wait_time",
    "agent_work_time",
    "total_resolution_time",
)


class Timed(World):
    """A world whose clock begins at START, with one policy that has a target for everything."""

    def __init__(self, target: int = 4 * HOUR, business: bool = False, **more: Any) -> None:
        targets = [
            {"priority": "high", "metric": metric, "target": target, "business_hours": business} for metric in METRICS
        ]
        policy = {"title": "All", "filter": {"all": [], "any": []}, "policy_metrics": targets}
        super().__init__(**{"sla_policies": [policy], **more})
        self.zendesk.clock.now = datetime.fromisoformat(START).timestamp()

    def later(self, hours: float) -> None:
        self.zendesk.clock.now += hours * 3600

    def slas(self, ticket: dict[str, Any]) -> dict[str, tuple[str, str | None]]:
        """Metric → stage, and the time of its breach as day and clock."""
        found = self.zendesk.get(f"tickets/{ticket['id']}?include=slas").json()["ticket"]["slas"]["policy_metrics"]
        return {one["metric"]: (one["stage"], one["breach_at"] and one["breach_at"][8:16]) for one in found}

    def asked(self) -> dict[str, Any]:
        return self.ticket(priority="high", comment={"body": "x", "author_id": "<cleo>"})

    def reply(self, ticket: dict[str, Any], **more: Any) -> None:
        self.change(ticket, comment={"body": "An answer"}, **more)

    def ask_again(self, ticket: dict[str, Any]) -> None:
        self.change(ticket, comment={"body": "And?", "author_id": "<cleo>"})


def test_a_new_ticket_waits_for_its_first_reply_and_its_solution() -> None:
    world = Timed()
    assert world.slas(world.asked()) == {
        "first_reply_time": ("active", "21T12:00"),
        "requester_wait_time": ("active", "21T12:00"),
        "agent_work_time": ("active", "21T12:00"),
        "total_resolution_time": ("active", "21T12:00"),
    }


def test_replies_end_and_begin_their_clocks() -> None:
    world = Timed()
    made = world.asked()
    world.ask_again(made)
    assert "next_reply_time" not in world.slas(made), "what nobody has answered yet is the first reply's"
    world.later(1)
    world.reply(made)
    after = world.slas(made)
    assert after["first_reply_time"] == ("achieved", None)
    assert after["periodic_update_time"] == after["pausable_update_time"] == ("active", "21T13:00")
    world.later(1)
    world.ask_again(made)
    world.later(1)
    world.ask_again(made)
    assert world.slas(made)["next_reply_time"] == ("active", "21T14:00"), "the oldest unanswered comment counts"
    world.change(made, comment={"body": "A note", "public": False})
    assert world.slas(made)["next_reply_time"] == ("active", "21T14:00")
    world.reply(made)
    assert world.slas(made)["next_reply_time"] == ("achieved", None)
    assert world.slas(made)["periodic_update_time"] == ("active", "21T15:00")


def test_pending_and_hold_stop_the_clocks_that_they_stop() -> None:
    world = Timed()
    made = world.asked()
    world.later(1)
    world.reply(made, status="pending")
    world.later(1)
    pending = world.slas(made)
    assert {metric for metric, (stage, _) in pending.items() if stage == "paused"} == {
        "pausable_update_time",
        "requester_wait_time",
        "agent_work_time",
    }
    assert pending["requester_wait_time"][1] is None
    assert pending["total_resolution_time"] == ("active", "21T12:00")
    world.change(made, status="hold")
    world.later(1)
    held = world.slas(made)
    assert held["requester_wait_time"] == ("active", "21T13:00"), "an hour was spent pending"
    assert held["agent_work_time"] == ("paused", None)
    world.change(made, status="open")
    assert world.slas(made)["agent_work_time"] == ("active", "21T14:00")


def test_a_solved_ticket_has_reached_everything_and_goes_on_where_it_was_when_it_opens_again() -> None:
    world = Timed()
    made = world.asked()
    world.later(1)
    world.change(made, status="solved")
    assert {stage for stage, _ in world.slas(made).values()} == {"achieved"}
    world.later(2)
    world.change(made, status="open")
    assert world.slas(made)["total_resolution_time"] == ("active", "21T14:00")


def test_what_is_late_says_since_when() -> None:
    world = Timed()
    made = world.asked()
    world.later(30)
    shown = world.zendesk.get(f"tickets/{made['id']}?include=slas").json()["ticket"]["slas"]["policy_metrics"]
    late = next(one for one in shown if one["metric"] == "first_reply_time")
    assert (late["breach_at"], late["stage"], late["days"]) == ("2026-09-21T12:00:00Z", "active", -1)
    world.reply(made, status="pending")
    assert world.slas(made)["requester_wait_time"] == ("paused", "21T12:00")


@pytest.mark.parametrize(
    ("target", "breach"), [(4 * HOUR, "21T12:00"), (8 * HOUR, "21T16:00"), (10 * HOUR, "22T10:00"), (30, "21T08:30")]
)
def test_business_hours_are_those_of_the_tickets_schedule(target: int, breach: str) -> None:
    world = Timed(target, business=True)
    assert world.slas(world.asked())["first_reply_time"] == ("active", breach)


def test_a_schedule_that_a_trigger_sets_holds_for_the_whole_ticket() -> None:
    world = Timed(business=True)
    berlin = world.zendesk.make("business_hours/schedules", "schedule", name="Berlin", time_zone="Berlin")
    world.trigger(
        "T",
        [{"field": "current_tags", "operator": "includes", "value": "de"}],
        [{"field": "set_schedule", "value": str(berlin["id"])}],
    )
    world.later(-1)  # 8:00 in London, 9:00 in Berlin
    made = world.asked()
    assert world.slas(made)["first_reply_time"] == ("active", "21T12:00")
    world.change(made, tags=["de"])
    assert world.slas(made)["first_reply_time"] == ("active", "21T11:00")


def policy(title: str, field: str, value: str, target: int) -> dict[str, Any]:
    return {
        "title": title,
        "filter": {"all": [{"field": field, "operator": "includes", "value": value}], "any": []},
        "policy_metrics": [{"priority": "high", "metric": "first_reply_time", "target": target}],
    }


def test_the_first_policy_that_fits_holds_and_is_looked_for_at_each_change() -> None:
    world = Timed(sla_policies=[policy("A", "current_tags", "vip", HOUR), policy("B", "current_tags", "vip all", 9)])
    made = world.ticket(priority="high", tags=["all"], comment={"body": "x", "author_id": "<cleo>"})
    assert world.slas(made) == {"first_reply_time": ("active", "21T08:09")}
    world.later(1)
    world.change(made, tags=["vip"])
    assert world.slas(made) == {"first_reply_time": ("active", "21T09:00")}
    for row in world.zendesk.store.table("zendesk", "sla_policies").values():
        row["policy_metrics"] = []
    assert world.slas(made) == {"first_reply_time": ("active", "21T09:00")}, "nobody has touched the ticket since"
    world.change(made, priority="low")
    assert world.slas(made) == {}


def test_triggers_come_before_the_policy_and_no_priority_means_no_policy() -> None:
    world = Timed()
    made = world.ticket()
    assert world.slas(made) == {}
    create = [{"field": "update_type", "operator": "is", "value": "Create"}]
    world.trigger("T", create, [{"field": "priority", "value": "high"}])
    later = world.ticket()
    assert set(world.slas(later)) >= {"requester_wait_time"}
    listed = world.zendesk.get("tickets?include=slas").json()["tickets"]
    assert [bool(one["slas"]["policy_metrics"]) for one in listed] == [False, True]
    assert "slas" not in world.zendesk.get("tickets").json()["tickets"][0]


def test_the_clock_can_be_put_forward_and_a_reset_brings_it_back() -> None:
    world = Timed()
    made = world.asked()
    admin = world.zendesk.admin
    assert admin.post("/sandbox/clock", {"forward": 5 * 3600}).json() == {"now": "2026-09-21T13:00:00Z", "ahead": 18000}
    assert world.change(made, subject="x")["updated_at"] == "2026-09-21T13:00:00Z"
    for bad in (-1, "5", None, True):
        assert admin.post("/sandbox/clock", {"forward": bad}).status_code == 400
    kept = world.zendesk.store.text()
    admin.post("/sandbox/reset", {"empty": True})
    assert admin.get("/sandbox/clock").json() == {"now": "2026-09-21T08:00:00Z", "ahead": 0}
    world.zendesk.store.take(json.loads(kept))
    assert admin.get("/sandbox/clock").json()["ahead"] == 18000


def told_targets(world: Timed, ticket: dict[str, Any]) -> list[list[tuple[str, str, Any]]]:
    """Per audit: (event, metric, minutes) of what it tells of targets."""
    return [
        [
            (event["type"], event["field_name"], event["value"] and event["value"]["minutes"])
            for event in audit["events"]
            if event.get("field_name") in METRICS
        ]
        for audit in world.audits(ticket)
    ]


def test_audits_tell_the_targets_of_a_ticket_and_what_becomes_of_them() -> None:
    policy = {"title": "All", "filter": {"all": [], "any": []}, "policy_metrics": [
        {"priority": "high", "metric": "first_reply_time", "target": 60, "business_hours": True},
        {"priority": "urgent", "metric": "first_reply_time", "target": 30, "business_hours": False},
        {"priority": "urgent", "metric": "next_reply_time", "target": 20, "business_hours": False},
    ]}  # fmt: skip
    world = Timed(sla_policies=[policy])
    made = world.asked()
    world.change(made, tags=["x"])
    world.change(made, priority="urgent")
    world.change(made, priority=None)
    assert told_targets(world, made) == [
        [("Create", "first_reply_time", 60)],
        [],
        [("Change", "first_reply_time", 30), ("Change", "next_reply_time", 20)],
        [("Change", "first_reply_time", None), ("Change", "next_reply_time", None)],
    ]
    first = world.audits(made)[0]["events"]
    assert {"minutes": 60, "in_business_hours": True} in [event.get("value") for event in first]


def test_metric_sets_count_public_answers() -> None:
    world = Timed()
    made = world.asked()
    world.reply(made)
    world.change(made, comment={"body": "A note", "public": False})
    world.ask_again(made)
    world.reply(made)
    (listed,) = world.zendesk.get("tickets?include=slas,metric_sets").json()["tickets"]
    assert listed["metric_set"]["replies"] == 2
    assert listed["metric_set"]["ticket_id"] == made["id"]
    assert "slas" in listed
    assert "metric_set" not in world.zendesk.get("tickets").json()["tickets"][0]


def test_the_list_is_sorted_as_it_is_asked_for_but_not_with_a_cursor() -> None:
    world = Timed()
    first, second, third = (world.asked() for _ in range(3))
    world.later(1)
    world.change(second, tags=["x"])
    newest = [row["id"] for row in world.zendesk.get("tickets?sort_by=updated_at&sort_order=desc").json()["tickets"]]
    assert newest == [second["id"], third["id"], first["id"]]
    page = world.zendesk.get("tickets?sort_by=updated_at&sort_order=desc&per_page=2&page=2").json()
    assert ([row["id"] for row in page["tickets"]], page["next_page"]) == ([first["id"]], None)
    oldest = world.zendesk.get("tickets?sort_by=updated_at&sort_order=asc").json()["tickets"]
    assert [row["id"] for row in oldest] == [first["id"], third["id"], second["id"]]
    cursor = world.zendesk.get("tickets?page[size]=3&sort_by=updated_at&sort_order=desc").json()["tickets"]
    assert [row["id"] for row in cursor] == [first["id"], second["id"], third["id"]]


def test_a_search_is_exported_by_cursor() -> None:
    world = Timed()
    made = [world.asked() for _ in range(3)]
    world.change(made[1], status="solved")
    asked = "search/export?query=status<solved&filter[type]=ticket&page[size]=1"
    first = world.zendesk.get(asked).json()
    assert ([row["id"] for row in first["results"]], first["meta"]["has_more"]) == ([made[0]["id"]], True)
    second = world.zendesk.get(f"{asked}&page[after]={first['meta']['after_cursor']}").json()
    assert ([row["id"] for row in second["results"]], second["meta"]["has_more"]) == ([made[2]["id"]], False)
    assert world.zendesk.get("search/export?query=status<solved").status_code == 400


def test_answers_say_the_time_of_the_stand_in() -> None:
    world = Timed()
    world.later(2)
    assert world.zendesk.get("tickets").headers["date"] == "Mon, 21 Sep 2026 10:00:00 GMT"
