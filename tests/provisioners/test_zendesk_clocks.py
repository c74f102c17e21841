"""SLA clocks read from a live stand-in: which, by which policy, and with how many calls. Nothing is ever written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from provisioners.clocks import Clock, Target, TicketClocks
from provisioners.errors import SystemFault
from provisioners.opening_hours import DAY
from provisioners.system import systems
from provisioners.zendesk.clocks import ZendeskClocks
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.provisioners.declared import connection

HOUR = timedelta(hours=1)


def metrics(minutes: int, *, business: bool = False, names: tuple[str, ...] = ("first_reply", "next_reply")) -> Any:
    return [
        {"priority": priority, "metric": f"{name}_time", "target": minutes, "business_hours": business}
        for name in names
        for priority in ("high", "normal")
    ]


def policy(title: str, minutes: int, *conditions: tuple[str, str, Any], **more: Any) -> dict[str, Any]:
    asked = [{"field": field, "operator": operator, "value": value} for field, operator, value in conditions]
    return {"title": title, "filter": {"all": asked, "any": []}, "policy_metrics": metrics(minutes, **more)}


VIP = policy("VIP", 60, ("current_tags", "includes", "vip"), business=True)
REST = policy("Rest", 240)
SEED = {
    "zendesk": {
        "schedules": [{"name": "Office", "time_zone": "London"}],
    }
}


@pytest.fixture
def sandbox() -> Iterator[LiveSandbox]:
    with running_sandbox(SEED) as live:
        yield live


def clocks(live: LiveSandbox, *policies: dict[str, Any]) -> ZendeskClocks:
    """With these policies, which have been there for an hour."""
    for each in policies or (VIP, REST):
        live.zendesk("POST", "slas/policies", {"sla_policy": each})
    live._call("POST", "/sandbox/clock", {"forward": 3600})
    made = systems()["zendesk"].clocks(connection("zendesk", live.url, read_only=True))
    assert isinstance(made, ZendeskClocks)
    made.promises()
    live.clear_log()
    return made


def made(live: LiveSandbox, **sent: Any) -> str:
    """A customer's ticket."""
    known = live.zendesk("GET", "users?role=end-user")["users"]
    zoe = {"name": "Zoe", "email": "zoe@cust.example", "role": "end-user"}
    customer = known[0] if known else live.zendesk("POST", "users", {"user": zoe})["user"]
    body = {"priority": "high", "subject": "Help", "requester_id": customer["id"],
            "comment": {"body": "x", "author_id": customer["id"]}, **sent}  # fmt: skip
    return str(live.zendesk("POST", "tickets", {"ticket": body})["ticket"]["id"])


def change(live: LiveSandbox, ticket: str, **sent: Any) -> None:
    live.zendesk("PUT", f"tickets/{ticket}", {"ticket": sent})


def paths(live: LiveSandbox) -> Counter[str]:
    """How often each path was called since the log was cleared."""
    return Counter(entry["path"].removeprefix("/api/v2/") for entry in live.log())


def one(found: Any, ticket: str) -> TicketClocks:
    return dict(found.tickets)[ticket]


def running(ticket: TicketClocks) -> dict[str, Clock]:
    return {clock.metric: clock for clock in ticket.clocks if clock.stage == "active"}


def test_promises_and_hours_are_read(sandbox: LiveSandbox) -> None:
    found = clocks(sandbox).promises()
    assert list(found.policies.values()) == ["VIP", "Rest"]
    (hours,) = found.schedules.values()
    week = tuple((day * DAY + 540, day * DAY + 1020) for day in range(1, 6))
    assert (str(hours.zone), hours.week) == ("Europe/London", week)


def test_a_ticket_is_read_with_policy_targets_and_times(sandbox: LiveSandbox) -> None:
    reader = clocks(sandbox)
    number = made(sandbox)
    found = one(reader.all_open(), number)
    clock = running(found)["first_reply"]
    assert (found.status, found.priority, found.replies, found.settled) == ("new", "high", 0, True)
    assert reader.promises().policies[found.policy] == "Rest"
    assert clock.target == Target(4 * HOUR, False)
    assert clock.breach_at == found.made_at + 4 * HOUR
    assert (found.subject, reader.page(number)) == ("Help", f"{sandbox.url}/zendesk/agent/tickets/{number}")


def test_the_tag_that_a_ticket_gets_moves_it_to_another_policy(sandbox: LiveSandbox) -> None:
    reader = clocks(sandbox)
    number = made(sandbox, tags=["vip"])
    found = one(reader.again([number]), number)
    assert reader.promises().policies[found.policy] == "VIP"
    assert running(found)["first_reply"].target == Target(HOUR, True)
    change(sandbox, number, tags=[])
    assert reader.promises().policies[one(reader.again([number]), number).policy] == "Rest"


def test_pausing_and_solving_are_seen_and_answers_counted(sandbox: LiveSandbox) -> None:
    reader = clocks(sandbox, policy("All", 60, names=("first_reply", "pausable_update", "requester_wait")))
    number = made(sandbox)
    change(sandbox, number, comment={"body": "An answer"}, status="pending")
    found = one(reader.again([number]), number)
    assert {clock.metric: clock.stage for clock in found.clocks} == {
        "first_reply": "achieved", "pausable_update": "paused", "requester_wait": "paused",
    }  # fmt: skip
    assert (found.replies, found.is_open) == (1, True)
    change(sandbox, number, status="hold")
    assert one(reader.again([number]), number).status == "on_hold"
    change(sandbox, number, status="solved")
    changed = reader.changed(found.changed_at)
    assert not one(changed, number).is_open
    assert number not in reader.all_open().tickets


def test_the_time_is_the_helpdesks_own(sandbox: LiveSandbox) -> None:
    reader = clocks(sandbox)
    made(sandbox)
    before = reader.all_open().at
    sandbox._call("POST", "/sandbox/clock", {"forward": 7200})
    assert timedelta(hours=2) <= reader.all_open().at - before < timedelta(hours=2, minutes=1)


# ------------------------------------------------------------ what is not certain


def test_a_policy_that_was_changed_since_is_looked_up_in_the_audits(sandbox: LiveSandbox) -> None:
    reader = clocks(sandbox)
    number = made(sandbox)
    sandbox._call("POST", "/sandbox/clock", {"forward": 60})
    (rest,) = (each for each in sandbox.zendesk("GET", "slas/policies")["sla_policies"] if each["title"] == "Rest")
    sandbox.zendesk("PUT", f"slas/policies/{rest['id']}", {"sla_policy": {"policy_metrics": metrics(30)}})
    reader.promises()
    found = one(reader.again([number]), number)
    assert not found.settled
    assert running(found)["first_reply"].target == Target(HOUR / 2, False), "what is promised by now"
    settled = reader.settled(found)
    assert settled.settled
    assert running(settled)["first_reply"].target == Target(4 * HOUR, False), "what was promised to this ticket"
    assert running(settled)["first_reply"].breach_at == found.made_at + 4 * HOUR


def test_a_condition_that_no_ticket_shows_is_settled_by_what_was_promised(sandbox: LiveSandbox) -> None:
    odd = policy("Late in the year", 90, ("exact_created_at", "greater_than", "2001-01-01"))
    reader = clocks(sandbox, odd, VIP, REST)
    number = made(sandbox, tags=["vip"])
    found = one(reader.again([number]), number)
    names = reader.promises().policies
    assert (names[found.policy], found.settled) == ("Late in the year", False)
    settled = reader.settled(found)
    assert running(settled)["first_reply"].target == Target(1.5 * HOUR, False)
    assert names[settled.policy] == "Late in the year"


def test_a_wrong_guess_is_put_right(sandbox: LiveSandbox) -> None:
    never = policy("Never", 90, ("exact_created_at", "less_than", "2001-01-01"))
    reader = clocks(sandbox, never, VIP, REST)
    number = made(sandbox, tags=["vip"])
    settled = reader.settled(one(reader.again([number]), number))
    assert (reader.promises().policies[settled.policy], settled.settled) == ("VIP", True)
    assert running(settled)["first_reply"].target == Target(HOUR, True)


def test_a_ticket_without_a_promise_is_certain(sandbox: LiveSandbox) -> None:
    reader = clocks(sandbox)
    number = made(sandbox, priority=None)
    found = one(reader.again([number]), number)
    assert (found.clocks, found.settled) == ((), True)


# ------------------------------------------------------------ what it costs


def many(live: LiveSandbox, count: int) -> None:
    sent = [{"subject": f"T{number}", "priority": "high", "comment": {"body": "x"}} for number in range(count)]
    for first in range(0, count, 100):
        live.zendesk("POST", "tickets/create_many", {"tickets": sent[first : first + 100]})
    live._call("POST", "/sandbox/clock", {"forward": 3600})
    live.clear_log()


def test_everything_takes_a_call_for_each_hundred_and_one_for_each_thousand(sandbox: LiveSandbox) -> None:
    reader = clocks(sandbox)
    many(sandbox, 1050)
    assert len(reader.all_open().tickets) == 1050
    assert paths(sandbox) == {"search/export": 2, "tickets": 1, "tickets/show_many": 11}


def test_what_has_changed_takes_one_call(sandbox: LiveSandbox) -> None:
    reader = clocks(sandbox)
    many(sandbox, 250)
    whole = reader.all_open()
    number = made(sandbox)
    change(sandbox, next(iter(whole.tickets)), tags=["x"])
    sandbox.clear_log()
    assert whole.newest is not None
    found = reader.changed(whole.newest + timedelta(seconds=1))
    assert found is not None
    assert set(found.tickets) == {number, next(iter(whole.tickets))}
    assert paths(sandbox) == {"tickets": 1}
    assert found.newest == max(each.changed_at for each in found.tickets.values())


def test_more_changes_than_the_vendor_lists_are_not_half_read(
    sandbox: LiveSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("provisioners.zendesk.clocks.DEEPEST", 2)
    reader = clocks(sandbox)
    many(sandbox, 250)
    assert reader.changed(reader.all_open().at - 24 * HOUR) is None


def test_new_tickets_that_no_search_finds_yet_are_found(sandbox: LiveSandbox) -> None:
    reader = clocks(sandbox)
    number = made(sandbox)
    sandbox.fault(system="zendesk", path="search/export", kind="omit", value=number)
    assert number in reader.all_open().tickets


def test_tickets_that_are_gone_are_not_in_it(sandbox: LiveSandbox) -> None:
    reader = clocks(sandbox)
    kept, gone = made(sandbox), made(sandbox)
    sandbox.zendesk("DELETE", f"tickets/{gone}")
    assert set(reader.again([kept, gone]).tickets) == {kept}
    assert reader.again([]).tickets == {}


def test_an_answer_without_times_is_no_answer(sandbox: LiveSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = clocks(sandbox)
    made(sandbox)
    monkeypatch.setattr("provisioners.zendesk.clocks._INCLUDE", "metric_sets")
    with pytest.raises(SystemFault) as lost:
        reader.all_open()
    assert "no SLA times" in lost.value.why


@pytest.mark.parametrize("broken", [{"created_at": "yesterday"}, {"slas": {"policy_metrics": [7]}}, {"tags": 7}])
def test_an_answer_that_is_not_as_it_should_be_is_a_fault_and_no_crash(
    sandbox: LiveSandbox, broken: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = clocks(sandbox)
    number = made(sandbox)
    answer = reader._client.get("tickets/show_many", ids=number, include="slas,metric_sets")
    answer.body["tickets"][0] |= broken
    monkeypatch.setattr(reader._client, "get", lambda *path, **query: answer)
    with pytest.raises(SystemFault) as odd:
        reader.again([number])
    assert "not as the vendor's pages say" in odd.value.why


def test_nothing_is_written(sandbox: LiveSandbox) -> None:
    reader = clocks(sandbox)
    number = made(sandbox)
    sandbox.clear_log()
    whole = reader.all_open()
    reader.changed(whole.at - HOUR)
    reader.settled(one(reader.again([number]), number))
    assert sandbox.writes() == []
    assert len(sandbox.log()) > 3
