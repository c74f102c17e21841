"""Zendesk's organizations and tickets for a soft launch: what is read, in how many calls, and what marking comes to."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config.cohort import Membership
from config.kinds.rollout import Cohort
from golive.launch.census import Census, counting
from provisioners.errors import SystemFault
from provisioners.resource import Known
from provisioners.zendesk import jobs as module
from provisioners.zendesk.client import Reply, ZendeskClient
from provisioners.zendesk.customers import ZendeskCustomers
from provisioners.zendesk.translations.rollout import mark_payload
from tests.live_sandbox import LiveSandbox, running_sandbox
from tests.provisioners.zendesk_workspace import connection, context, declaration

DECLARED = """
segments: {big: {name: Big}, small: {name: Small}}
customer_fields:
  segment: {of: organization, name: Segment, type: dropdown, options_from: segments}
  crm_id: {of: organization, name: CRM account, type: text}
rollout: {soft_launch: {cohort: {share: 15%, internal: [acme.example]}}}
"""
CRM = "integrations: {crm: {account_key: organization.crm_id}}\n"
MADE = {"helpdesk/rollout/rollout/mark": Known(mark_payload())}
NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


@pytest.fixture
def sandbox() -> Iterator[LiveSandbox]:
    with running_sandbox() as live:
        live.zendesk("POST", "organization_fields", {"organization_field": mark_payload()})
        options = [{"name": name, "value": f"segment_{name.lower()}"} for name in ("Big", "Small")]
        segment = {"key": "segment", "type": "dropdown", "title": "Segment", "custom_field_options": options}
        live.zendesk("POST", "organization_fields", {"organization_field": segment})
        account = {"key": "crm_id", "type": "text", "title": "CRM account"}
        live.zendesk("POST", "organization_fields", {"organization_field": account})
        live.clear_log()
        yield live


def customers(live: LiveSandbox, tmp_path: Path, more: str = "", *, made: bool = True) -> ZendeskCustomers:
    asked = context(declaration(DECLARED + more, tmp_path), url=live.url)
    return ZendeskCustomers(ZendeskClient(connection(live.url)), replace(asked, known=MADE if made else {}))


def organizations(live: LiveSandbox, *sent: Mapping[str, Any]) -> list[str]:
    """Make organizations, a hundred with one call; their ids."""
    for first in range(0, len(sent), 100):
        live.zendesk("POST", "organizations/create_many", {"organizations": list(sent[first : first + 100])})
    there = live.store.table("zendesk", "organizations")
    live.clear_log()
    return list(there)[-len(sent) :]


def calls(live: LiveSandbox) -> Counter[str]:
    return Counter(f"{each['method']} {each['path'].partition('/api/v2/')[2].split('/')[0]}" for each in live.log())


def test_what_an_organization_is_known_by(sandbox: LiveSandbox, tmp_path: Path) -> None:
    fields = {"crm_id": " 0017Q ", "segment": "segment_big"}
    sent = {"name": "A", "external_id": "e1", "domain_names": ["A.example"], "organization_fields": fields}
    (made,) = organizations(sandbox, sent)
    (one,) = customers(sandbox, tmp_path).organizations()
    assert (one.id, one.account_ids, one.domains, one.segment, one.marked) == (
        made,
        ("e1",),
        ("a.example",),
        "big",
        False,
    )
    (one,) = customers(sandbox, tmp_path, CRM).organizations()
    assert (one.account_id, one.account_ids) == ("0017Q", ("0017Q", "e1"))


@pytest.mark.parametrize(("value", "marked"), [(True, True), (False, False), (None, False), ("pilot", None)])
def test_what_stands_in_the_field_of_the_mark(
    value: Any, marked: bool | None, sandbox: LiveSandbox, tmp_path: Path
) -> None:
    organizations(sandbox, {"name": "A", "organization_fields": {"rollout": value}})
    (one,) = customers(sandbox, tmp_path).organizations()
    assert one.marked is marked
    (one,) = customers(sandbox, tmp_path, made=False).organizations()
    assert one.marked is False, "what stands there is no mark before golive has made it"


def test_how_it_is_with_the_mark(sandbox: LiveSandbox, tmp_path: Path) -> None:
    assert customers(sandbox, tmp_path).mark() == "made"
    assert customers(sandbox, tmp_path, made=False).mark() == "missing"
    (field,) = (key for key, row in sandbox.store.table("zendesk", "organization_fields").items() if row["tag"])
    sandbox.zendesk("PUT", f"organization_fields/{field}", {"organization_field": {"active": False}})
    assert customers(sandbox, tmp_path).mark() == "off"
    sandbox.zendesk("DELETE", f"organization_fields/{field}")
    assert customers(sandbox, tmp_path).mark() == "gone"


def test_lists_take_one_call_for_a_hundred_and_marking_one_for_a_hundred(sandbox: LiveSandbox, tmp_path: Path) -> None:
    made = organizations(sandbox, *({"name": f"Org {number}"} for number in range(250)))
    asked = customers(sandbox, tmp_path)
    assert [each.id for each in asked.organizations()] == made
    assert calls(sandbox) == {"GET organizations": 3}
    sandbox.clear_log()
    sandbox.settings("zendesk", job_polls=1)
    found = list(asked.mark_many(iter(made)))
    assert [each.marked for each in found] == [100, 100, 50]
    assert calls(sandbox) == {"PUT organizations": 3, "GET job_statuses": 6}, "each job is looked at until it is over"
    assert all(each.marked for each in asked.organizations())


def test_what_a_job_refuses_is_named_and_the_rest_is_done(sandbox: LiveSandbox, tmp_path: Path) -> None:
    made = organizations(sandbox, *({"name": f"Org {number}"} for number in range(3)))
    sandbox.zendesk("DELETE", f"organizations/{made[1]}")
    (found,) = customers(sandbox, tmp_path).mark_many(made)
    assert found.marked == 2 and list(found.refused) == [made[1]] and "RecordNotFound" in found.refused[made[1]]


class Answers:
    """A client whose answers a test gives."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.guard = self
        self.paused = 0.0

    def put(self, path: str, body: Any) -> Reply:
        return Reply(self.answers.pop(0), {})

    def get(self, path: str, **query: Any) -> Reply:
        return Reply(self.answers.pop(0), {})

    def pause(self, seconds: float) -> None:
        self.paused += seconds


def answering(tmp_path: Path, *answers: Any) -> tuple[ZendeskCustomers, Answers]:
    client = Answers(*answers)
    return ZendeskCustomers(client, replace(context(declaration(DECLARED, tmp_path)), known=MADE)), client  # type: ignore[arg-type]


BEGUN = {"job_status": {"id": "j", "status": "queued"}}


def job(status: str, **more: Any) -> dict[str, Any]:
    return {"job_status": {"id": "j", "status": status, **more}}


def test_results_in_the_vendors_several_forms(tmp_path: Path) -> None:
    results = [
        {"id": 1, "action": "update", "status": "Updated", "success": True},
        {"id": 2, "status": "Failed", "error": "OrganizationUpdateError", "details": "Name: is taken"},
        {"index": 2, "success": False, "error": "RecordNotFound"},
    ]
    asked, _ = answering(tmp_path, BEGUN, job("working"), job("completed", results=results))
    (found,) = asked.mark_many(["1", "2", "3", "4"])
    assert (found.marked, found.refused) == (2, {"2": "Name: is taken", "3": "RecordNotFound"})


@pytest.mark.parametrize("status", ["failed", "killed"])
def test_a_job_that_fails_marks_nobody(status: str, tmp_path: Path) -> None:
    asked, _ = answering(tmp_path, BEGUN, job(status, message="out of order"))
    (found,) = asked.mark_many(["1", "2"])
    assert (found.marked, found.refused) == (0, {"1": "out of order", "2": "out of order"})


def test_a_job_that_never_ends_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST", 5.0)
    asked, client = answering(tmp_path, BEGUN, *[job("working")] * 9)
    with pytest.raises(SystemFault, match="not done after") as fault:
        list(asked.mark_many(["1"]))
    assert fault.value.took_effect is None and client.paused <= 5.0


def test_an_answer_without_a_job_is_none(tmp_path: Path) -> None:
    asked, _ = answering(tmp_path, {})
    with pytest.raises(SystemFault, match="names no job"):
        list(asked.mark_many(["1"]))


def test_what_the_vendor_would_leave_out_is_a_fault(sandbox: LiveSandbox, tmp_path: Path) -> None:
    made = organizations(sandbox, {"name": "A"})
    (field,) = (key for key, row in sandbox.store.table("zendesk", "organization_fields").items() if row["tag"])
    sandbox.zendesk("DELETE", f"organization_fields/{field}")
    with pytest.raises(SystemFault, match=r"organization_fields\.rollout"):
        list(customers(sandbox, tmp_path).mark_many(made))


def test_tickets_come_a_thousand_at_once_and_only_those_that_are_new(sandbox: LiveSandbox, tmp_path: Path) -> None:
    table = sandbox.store.table("zendesk", "tickets")
    made = sandbox.zendesk("POST", "tickets", {"ticket": {"subject": "One", "comment": {"body": "One"}}})["ticket"]
    whole = table.pop(str(made["id"]))
    sandbox.clear_log()

    def ticket(number: int, made: timedelta, changed: timedelta, **more: Any) -> None:
        times = {"created_at": made, "updated_at": changed}
        said = {name: (NOW - ago).strftime("%Y-%m-%dT%H:%M:%SZ") for name, ago in times.items()}
        table[str(number)] = {
            **whole,
            "id": number,
            "organization_id": None,
            "status": "new",
            "tags": [],
            **said,
            **more,
        }

    days = timedelta(days=1)
    for number in range(1, 2101):
        ticket(number, 10 * days, 9 * days, organization_id=5)
    ticket(3001, 50 * days, 2 * days)
    ticket(3002, 2 * days, 2 * days, tags=["outside_rollout"])
    ticket(3003, 2 * days, 2 * days, status="deleted")
    sandbox.store.clock = NOW.timestamp
    found = list(customers(sandbox, tmp_path).tickets(NOW - 28 * days))
    assert Counter(each.organization for each in found) == {"5": 2100, "": 1}
    assert [each.made_at for each in found if each.outside] == [NOW - 2 * days]
    assert calls(sandbox) == {"GET incremental": 3}


class Many:
    """A hundred organizations a page, made up as they are asked for."""

    def __init__(self, total: int) -> None:
        self.total, self.pages = total, 0

    def each_page(self, path: str, plural: str) -> Iterator[list[dict[str, Any]]]:
        for first in range(0, self.total, 100):
            self.pages += 1
            yield [
                {
                    "id": first + number,
                    "name": f"Organization {first + number}",
                    "external_id": f"0017Q{first + number:08}",
                    "domain_names": [f"customer{first + number}.example"],
                    "organization_fields": {"rollout": False, "segment": "segment_big"},
                    "notes": "x" * 500,
                }
                for number in range(100)
            ]


def test_fifty_thousand_organizations_take_five_hundred_calls_and_little_memory(tmp_path: Path) -> None:
    client = Many(50_000)
    asked = ZendeskCustomers(client, replace(context(declaration(DECLARED, tmp_path)), known=MADE))  # type: ignore[arg-type]
    census = Census(Membership(Cohort.model_validate({"share": "15%"})), "customers")
    tracemalloc.start()
    for _ in counting(census, asked.organizations()):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert client.pages == 500
    assert census.counted.total == 50_000 and 0.14 < census.counted.share < 0.16
    assert peak < 2_000_000, "an id for each member, and one page"
