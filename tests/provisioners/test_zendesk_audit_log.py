"""Who changed something by hand: the newest entry of the log that is new enough, in few calls."""

from __future__ import annotations

from typing import Any, cast

import pytest

from provisioners.authors import Asked, Author
from provisioners.errors import SystemFault
from provisioners.zendesk.audit_log import MOST_CALLS, ONLY_ENTERPRISE, authors
from provisioners.zendesk.client import Reply, ZendeskClient

SINCE = "2026-10-09T12:00:00.123456789Z"
GROUP = Asked("helpdesk/groups/a", "zendesk:Group", "7", SINCE)
RULE = Asked("helpdesk/triggers/a", "zendesk:Trigger", "8", SINCE)


def entry(source: str, at: str, who: str = "Ana Real", type_: str = "group", **more: Any) -> dict[str, Any]:
    made = {"source_id": int(source), "source_type": type_, "actor_name": who, "actor_id": 1, "action": "update"}
    return {**made, "created_at": f"2026-10-09T{at}Z", **more}


class Log:
    """A client whose log holds these entries, the newest first."""

    def __init__(self, *entries: dict[str, Any], fault: SystemFault | None = None) -> None:
        self.entries = list(entries)
        self.asked: list[dict[str, Any]] = []
        self.fault = fault

    def get(self, path: str, **query: Any) -> Reply:
        assert path == "audit_logs"
        self.asked.append(query)
        if self.fault:
            raise self.fault
        wanted = query.get("filter[source_id]")
        page = [each for each in self.entries if wanted is None or str(each["source_id"]) == wanted]
        return Reply({"audit_logs": page[: query["page[size]"]]}, {})

    def told(self, *asked: Asked, plan: str | None = None, own_user: str = "99") -> dict[str, Author]:
        return dict(authors(cast(ZendeskClient, self), asked, plan, own_user).found)


def test_the_newest_entry_that_is_newer_than_our_last_run() -> None:
    log = Log(entry("7", "14:05:00"), entry("7", "13:00:00", "Ben"), entry("8", "11:00:00", type_="rule"))
    assert log.told(GROUP, RULE) == {"helpdesk/groups/a": Author("Ana Real", "2026-10-09T14:05:00Z")}
    assert len(log.asked) == 1, "the entry before our run settles that nothing newer is known"


def test_a_rule_that_is_not_among_the_newest_is_asked_for_by_itself() -> None:
    others = [entry("1", "15:00:00", type_="user")] * 100
    log = Log(*others, entry("8", "14:00:00", type_="rule"), entry("7", "14:00:00"))
    assert set(log.told(GROUP, RULE)) == {"helpdesk/triggers/a"}, "what other types are called is not documented"
    assert log.asked[1:] == [{"page[size]": 100, "filter[source_type]": "rule", "filter[source_id]": "8"}]


def test_it_never_takes_many_calls() -> None:
    log = Log()
    many = [Asked(f"helpdesk/macros/{number}", "zendesk:Macro", str(number), SINCE) for number in range(50)]
    assert log.told(*many) == {}
    assert len(log.asked) == MOST_CALLS


def test_our_own_run_is_no_persons_change() -> None:
    own = {"actor_id": 99}
    assert Log(entry("7", "12:00:20", **own)).told(GROUP) == {}, "clocks differ"
    assert Log(entry("7", "12:30:00", "Owner", **own)).told(GROUP)["helpdesk/groups/a"].by == "Owner"
    assert Log(entry("7", "14:00:00", action="create")).told(GROUP) == {}
    assert Log(entry("8", "14:00:00")).told(RULE) == {}, "an id of another type"


@pytest.mark.parametrize("status", [403, 404])
def test_where_there_is_no_log_one_call_says_so(status: int) -> None:
    log = Log(fault=SystemFault("not_allowed", "GET audit_logs", "no", "", status=status))
    found = authors(cast(ZendeskClient, log), [GROUP], None, "")
    assert (dict(found.found), found.unknown, len(log.asked)) == ({}, ONLY_ENTERPRISE, 1)


def test_a_plan_without_a_log_is_not_even_asked() -> None:
    log = Log()
    assert authors(cast(ZendeskClient, log), [GROUP], "suite_professional", "").unknown == ONLY_ENTERPRISE
    assert log.asked == []
