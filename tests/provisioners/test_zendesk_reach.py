"""On how many tickets a rule would act now: what the search is asked, and what is said where it cannot be."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from config.declaration import Declaration
from config.results.reach import Reach
from golive.changes.reaching import reach_lines
from provisioners.errors import SystemFault
from provisioners.intent import Intent, PlannedChange
from provisioners.resource import Payload, ResourceName
from provisioners.zendesk.client import Reply, ZendeskClient
from provisioners.zendesk.reach import reach
from provisioners.zendesk.ticket_query import Query
from tests.live_sandbox import running_sandbox
from tests.provisioners.zendesk_workspace import connection

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def asks(field: str, operator: str, value: Any) -> dict[str, Any]:
    return {"field": field, "operator": operator, "value": value}


@pytest.mark.parametrize(
    ("conditions", "query", "is_exact"),
    [
        ([asks("status", "is", "solved"), asks("SOLVED", "greater_than", "96")],
         "status:solved solved<2026-03-06T12:00:00Z created<2026-03-06T12:00:00Z", True),
        ([asks("SOLVED", "is", "24")],
         "solved<2026-03-09T12:00:00Z solved>2026-03-09T11:00:00Z status<closed created<2026-03-09T12:00:00Z", True),
        ([asks("NEW", "greater_than", "24"), asks("NEW", "less_than", "48")],
         "created<2026-03-09T12:00:00Z status<closed", False),
        ([asks("PENDING", "greater_than", "72")], "status<closed created<2026-03-07T12:00:00Z", False),
        ([asks("NEW", "greater_than_business_hours", "24")], "status<closed created<2026-03-09T12:00:00Z", False),
        ([asks("PENDING", "less_than", "72")], "status<closed", False),
        ([asks("until_due_date", "less_than", "2")], "status<closed", False),
        ([asks("current_tags", "not_includes", "a b"), asks("current_tags", "includes", "c")],
         "-tags:a -tags:b tags:c status<closed", True),
        ([asks("current_tags", "includes", "a b")], "status<closed", False),
        ([asks("current_tags", "includes", "a"), asks("current_tags", "includes", "b")], "tags:a status<closed", False),
        ([asks("group_id", "is", ""), asks("priority", "greater_than", "normal")],
         "group:none priority>normal status<closed", True),
        ([asks("assignee_id", "is", "requester_id")], "status<closed", False),
        ([asks("group_id", "is", "ref:helpdesk/groups/new")], "status<closed", False),
        ([asks("custom_fields_12", "is", "late"), asks("custom_fields_13", "not_present", None)],
         "custom_field_12:late -custom_field_13:* status<closed", True),
        ([asks("custom_fields_12", "is", "false")], "status<closed", False),
        ([asks("organization.custom_fields.segment", "is", "gold")], "status<closed", False),
    ],
)  # fmt: skip
def test_the_search_is_asked_for_what_it_knows(conditions: list[dict[str, Any]], query: str, is_exact: bool) -> None:
    made = Query.of({"all": conditions}, NOW)
    assert (made.text, made.is_exact) == (f"type:ticket {query}", is_exact)


def test_of_several_of_which_one_must_hold_none_is_asked_for() -> None:
    one, other = asks("priority", "is", "low"), asks("status", "is", "open")
    assert Query.of({"any": [one]}, NOW).text == "type:ticket priority:low status<closed"
    both = Query.of({"any": [one, other]}, NOW)
    assert (both.text, both.is_exact) == ("type:ticket status<closed", False)


@pytest.mark.parametrize(
    ("hours", "query", "is_exact"),
    [
        ("9600", "updated<2025-02-03T12:00:00Z status:closed created<2025-02-03T12:00:00Z", True),
        ("24", "updated<2026-03-09T12:00:00Z status:closed created<2025-11-10T12:00:00Z", False),
    ],
)
def test_what_deletes_is_asked_about_closed_tickets_that_may_be_archived(
    hours: str, query: str, *, is_exact: bool
) -> None:
    made = Query.of({"all": [asks("updated_at", "greater_than", hours)]}, NOW, archived=True)
    assert (made.text, made.is_exact) == (f"type:ticket {query}", is_exact)


CLOSES = [asks("status", "", "closed")]
MAILS = [{"field": "notification_user", "value": ["requester_id", "Still there?", "Look."]}]
TO_TEAM = [{"field": "notification_group", "value": ["12", "Look", "Look."]}]
INEXACT = (
    "Zendesk's search cannot be asked for all of its conditions, so that it may be fewer: its preview in the Admin "
    "Center shows them"
)


def change(title: str, was: Payload | None = None, **will: Any) -> PlannedChange:
    """What a run would do to an automation; it is made where nothing is known of it."""
    name = ResourceName("helpdesk", "automations", title.lower())
    return PlannedChange(
        name, "zendesk:Automation", "create" if was is None else "update", "7", was, {"title": title} | will
    )


def reached(client: ZendeskClient, *changes: PlannedChange) -> list[Reach]:
    return list(reach(client, Intent(Declaration(), changes)))


def test_every_ticket_of_which_the_conditions_hold_is_counted() -> None:
    with running_sandbox() as sandbox:
        client = ZendeskClient(connection(sandbox.url))
        for tags, status in ((["a"], "open"), (["a", "b"], "open"), (["a"], "solved"), ([], "open")):
            comment = {"body": "Help"}
            client.post("tickets", {"ticket": {"subject": "S", "comment": comment, "tags": tags, "status": status}})
        sandbox.clear_log()
        tagged = {"all": [asks("current_tags", "includes", "a"), asks("status", "is_not", "solved")]}
        solved = {"all": [asks("SOLVED", "less_than", "5")]}
        long_ago = {"all": [asks("SOLVED", "greater_than", "5")]}
        waits = {"all": [asks("PENDING", "less_than", "5")]}
        only_tags = [asks("current_tags", "", "x")]
        found = reached(
            client,
            change("A", active=True, conditions=tagged, actions=MAILS),
            change("B", active=True, conditions=solved, actions=CLOSES),
            change("C", active=True, conditions=long_ago, actions=[*MAILS, *CLOSES]),
            change("D", active=True, conditions=waits, actions=TO_TEAM),
            change("Off", active=False, conditions=tagged, actions=MAILS),
            change("Tags", active=True, conditions=tagged, actions=only_tags),
        )
        assert [(each.name, each.does, each.mails, each.tickets) for each in found] == [
            ("A", ["mails"], ["customers"], 2),
            ("B", ["closes"], [], 1),
            ("C", ["mails", "closes"], ["customers"], 0),
            ("D", ["mails"], ["agents"], 4),
        ]
        assert reach_lines(found) == [
            "Customers: about 2 get a mail within the hour from “A”",
            "Customers: nobody gets a mail within the hour from “C”: it fits no ticket now",
            f"Agents: mails on at most 4 tickets within the hour from “D” ({INEXACT})",
            "Tickets: about 1 is closed within the hour by “B”",
            "Tickets: none is closed within the hour by “C”: it fits no ticket now",
        ]
        assert sandbox.writes() == []


@pytest.mark.parametrize(
    ("was", "acts"),
    [
        ({"title": "Before"}, False),
        ({"active": False}, True),
        ({"conditions": {"all": [asks("status", "is", "open")]}}, True),
        ({"actions": CLOSES}, True),
    ],
)
def test_only_what_decides_on_whom_it_acts_makes_it_act_anew(was: Payload, *, acts: bool) -> None:
    class Counting:
        def get(self, path: str, *, query: str) -> Reply:
            return Reply({"count": 40_000}, {})

    will = {"active": True, "conditions": {"all": [asks("status", "is", "solved")]}, "actions": MAILS}
    found = reached(Counting(), change("Ask", {"title": "Ask"} | will | was, **will))  # type: ignore[arg-type]
    assert [each.tickets for each in found] == ([40_000] if acts else [])
    if acts:
        assert reach_lines(found) == ["Customers: about 40,000 get a mail within the hour from “Ask”"]


def test_of_the_vendors_own_what_is_not_written_is_read_and_a_refusal_is_said() -> None:
    class Refusing:
        def pages(self, path: str, plural: str) -> list[dict[str, Any]]:
            closing = {"all": [asks("status", "is", "solved")]}
            return [{"id": 7, "title": "Close", "active": False, "conditions": closing, "actions": CLOSES}]

        def get(self, path: str, *, query: str) -> Reply:
            assert query == "type:ticket status:solved"
            raise SystemFault("unreachable", "Zendesk", "it did not answer", "Try again.")

    refusing: Any = Refusing()
    off = {"title": "Close", "active": False}
    assert reach_lines(reached(refusing, change("Close", off, active=True))) == [
        "Tickets: how many are closed within the hour by “Close” could not be counted: it did not answer"
    ]
    assert reached(refusing, change("Close", {"title": "Shut"})) == []


def test_what_cannot_even_be_read_is_taken_for_the_worst() -> None:
    class Unreadable:
        def pages(self, path: str, plural: str) -> list[dict[str, Any]]:
            raise SystemFault("unreachable", "Zendesk", "it did not answer", "Try again.")

    unreadable: Any = Unreadable()
    [found] = reached(unreadable, change("Close", {"title": "Close", "active": False}, active=True))
    assert (found.does, found.mails, found.tickets) == (["mails"], ["customers"], None)
