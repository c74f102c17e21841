"""Background jobs: when they do their work, how many there may be, and for how long they are remembered."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.sandbox.client import Answer, Zendesk


@pytest.fixture
def zendesk() -> Zendesk:
    return Zendesk()


def settings(zendesk: Zendesk, **more: Any) -> None:
    zendesk.store.settings("zendesk").update(more)


def begun(zendesk: Zendesk, *names: str) -> Answer:
    return zendesk.post("organizations/create_many", {"organizations": [{"name": name} for name in names]})


def job(zendesk: Zendesk, answer: Answer) -> dict[str, Any]:
    found: dict[str, Any] = zendesk.get(f"job_statuses/{answer.json()['job_status']['id']}").json()["job_status"]
    return found


def test_a_job_does_its_work_when_it_is_over_and_no_sooner(zendesk: Zendesk) -> None:
    settings(zendesk, job_seconds=15, jobs_at_once=1)
    one, other = begun(zendesk, "A", "A"), begun(zendesk, "B")
    assert [job(zendesk, each)["status"] for each in (one, other)] == ["working", "queued"]
    assert zendesk.titles("organizations", "organizations", "name") == []
    zendesk.clock.now += 15
    assert zendesk.titles("organizations", "organizations", "name") == ["A"]
    ended = job(zendesk, one)
    assert [each["success"] for each in ended["results"]] == [True, False] and ended["progress"] == 2
    assert job(zendesk, other)["status"] == "working"
    zendesk.clock.now += 15
    assert job(zendesk, other)["status"] == "completed"


def test_thirty_are_under_way_and_one_more_is_refused(zendesk: Zendesk) -> None:
    settings(zendesk, job_seconds=15)
    answers = [begun(zendesk, f"Org {number}") for number in range(31)]
    assert [each.status_code for each in answers] == [200] * 30 + [429]
    left = [each.headers["zendesk-ratelimit-inflight-jobs"].split("; ")[1] for each in answers]
    assert (left[0], left[29], left[30]) == ("remaining=29", "remaining=0", "remaining=0")
    refused = answers[30].json()
    assert refused["error"] == "TooManyJobs"
    assert refused["current_job_ids"] == [each.json()["job_status"]["id"] for each in answers[:30]]
    zendesk.clock.now += 15
    assert begun(zendesk, "Later").status_code == 200


def test_several_are_looked_at_together_and_old_ones_are_forgotten(zendesk: Zendesk) -> None:
    first = begun(zendesk, "First")
    ids = [begun(zendesk, f"Org {number}").json()["job_status"]["id"] for number in range(99)]
    asked = ",".join([first.json()["job_status"]["id"], *ids])
    assert len(zendesk.get(f"job_statuses/show_many?ids={asked}").json()["job_statuses"]) == 100
    begun(zendesk, "One more")
    found = zendesk.get(f"job_statuses/show_many?ids={asked}").json()["job_statuses"]
    assert [each["id"] for each in found] == ids, "the last hundred are kept"
    zendesk.clock.now += 3601
    assert zendesk.get(f"job_statuses/{ids[-1]}").status_code == 404
    assert zendesk.get("job_statuses").json()["job_statuses"] == []


def test_results_may_come_in_another_order(zendesk: Zendesk) -> None:
    settings(zendesk, job_results="shuffled")
    results = job(zendesk, begun(zendesk, *(f"Org {number}" for number in range(20))))["results"]
    assert [each["index"] for each in results] != list(range(20))
    assert sorted(each["index"] for each in results) == list(range(20))


def test_what_was_under_way_is_done_by_whoever_holds_the_memory_next(zendesk: Zendesk) -> None:
    settings(zendesk, job_seconds=15)
    waiting = begun(zendesk, "Org")
    after = Zendesk()
    after.store.take(json.loads(zendesk.store.text()))
    after.clock.now = zendesk.clock.now + 15
    assert job(after, waiting)["results"][0]["success"]
    assert after.titles("organizations", "organizations", "name") == ["Org"]


def test_tickets_go_softly_and_then_for_good_by_jobs(zendesk: Zendesk) -> None:
    settings(zendesk, job_seconds=15)
    made = [zendesk.make("tickets", "ticket", comment={"body": "Help"})["id"] for _ in range(2)]
    ids = ",".join(map(str, made))
    zendesk.delete(f"tickets/destroy_many?ids={ids}")
    assert zendesk.delete(f"deleted_tickets/destroy_many?ids={ids}").status_code == 404, "they are not deleted yet"
    zendesk.clock.now += 15
    assert [each["id"] for each in zendesk.get("deleted_tickets").json()["deleted_tickets"]] == made
    gone = zendesk.delete(f"deleted_tickets/destroy_many?ids={ids}")
    zendesk.clock.now += 15
    assert job(zendesk, gone)["results"] == {"success": True}
    assert zendesk.get("deleted_tickets").json()["deleted_tickets"] == []
