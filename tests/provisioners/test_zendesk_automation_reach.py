"""On how many tickets an automation would act now: what the search is asked, and what is said where it cannot be."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from provisioners.errors import SystemFault
from provisioners.zendesk.automation_reach import Query, reach
from provisioners.zendesk.client import Reply, ZendeskClient
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


CLOSES = [asks("status", "", "closed")]
MAILS = [{"field": "notification_user", "value": ["requester_id", "Still there?", "Look."]}]


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
        lines = list(
            reach(
                client,
                [
                    {"title": "A", "active": True, "conditions": tagged, "actions": MAILS},
                    {"title": "B", "active": True, "conditions": solved, "actions": CLOSES},
                    {"title": "C", "active": True, "conditions": long_ago, "actions": [*MAILS, *CLOSES]},
                    {"title": "D", "active": True, "conditions": waits, "actions": MAILS},
                    {"title": "Off", "active": False, "conditions": tagged, "actions": MAILS},
                    {"title": "Tags", "active": True, "conditions": tagged, "actions": [asks("current_tags", "", "x")]},
                ],
            )
        )
        assert lines == [
            "“A” mails: it fits about 2 tickets now, and acts on them within the hour.",
            "“B” closes: it fits about 1 ticket now, and acts on it within the hour.",
            "“C” mails and closes: it fits no ticket now.",
            "“D” mails: it fits 4 tickets now at most, and acts within the hour. Zendesk's search cannot be asked for "
            "all of its conditions, so that it may be fewer: its preview in the Admin Center shows them.",
        ]
        assert sandbox.writes() == []


def test_of_the_vendors_own_what_is_not_written_is_read_and_a_refusal_is_said() -> None:
    class Refusing:
        def pages(self, path: str, plural: str) -> list[dict[str, Any]]:
            closing = {"all": [asks("status", "is", "solved")]}
            return [{"title": "Close", "active": False, "conditions": closing, "actions": CLOSES}]

        def get(self, path: str, *, query: str) -> Reply:
            assert query == "type:ticket status:solved"
            raise SystemFault("unreachable", "Zendesk", "it did not answer", "Try again.")

    assert list(reach(Refusing(), [{"title": "Close", "active": True}])) == [  # type: ignore[arg-type]
        "“Close”: on how many tickets it acts now could not be counted: it did not answer."
    ]
    assert list(reach(Refusing(), [{"title": "Close"}])) == []  # type: ignore[arg-type]
