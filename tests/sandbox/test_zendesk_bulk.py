"""Much at once: exports of tickets by cursor, one change to many organizations, and the jobs that carry it out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.sandbox.client import Zendesk

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


@pytest.fixture
def zendesk() -> Zendesk:
    zendesk = Zendesk()
    zendesk.clock.now = NOW.timestamp()
    return zendesk


def ticket(zendesk: Zendesk, ago: timedelta, **more: object) -> int:
    """A ticket that was made and last changed so long ago."""
    zendesk.clock.now = (NOW - ago).timestamp()
    made = zendesk.make("tickets", "ticket", comment={"body": "Help"}, **more)
    zendesk.clock.now = NOW.timestamp()
    return int(made["id"])


def since(ago: timedelta) -> int:
    return int((NOW - ago).timestamp())


def test_an_export_goes_through_everything_that_changed_since_and_leaves_out_the_last_minute(zendesk: Zendesk) -> None:
    days = timedelta(days=1)
    old, *wanted = [ticket(zendesk, days * ago) for ago in (40, 20, 10, 5, 4, 3)]
    ticket(zendesk, timedelta(seconds=20))
    found, path = [], f"incremental/tickets/cursor?start_time={since(28 * days)}&per_page=2"
    calls = 0
    while True:
        calls += 1
        page = zendesk.get(path).json()
        found += [each["id"] for each in page["tickets"]]
        if page["end_of_stream"]:
            break
        assert page["after_url"].endswith(f"cursor={page['after_cursor']}")
        path = f"incremental/tickets/cursor?cursor={page['after_cursor']}&per_page=2"
    assert (found, calls) == (wanted, 3)
    assert old not in found
    again = zendesk.get(f"incremental/tickets/cursor?cursor={page['after_cursor']}").json()
    assert (again["tickets"], again["end_of_stream"]) == ([], True)


def test_a_ticket_that_is_changed_comes_once_more(zendesk: Zendesk) -> None:
    first = ticket(zendesk, timedelta(days=40))
    zendesk.clock.now = (NOW - timedelta(days=1)).timestamp()
    zendesk.put(f"tickets/{first}", {"ticket": {"priority": "high"}})
    zendesk.clock.now = NOW.timestamp()
    (found,) = zendesk.get(f"incremental/tickets/cursor?start_time={since(timedelta(days=28))}").json()["tickets"]
    assert found["id"] == first and found["created_at"] < found["updated_at"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("cursor=nonsense", 400),
        (f"start_time={since(timedelta(seconds=10))}", 422),
        (f"start_time={since(timedelta(days=1))}&per_page=1001", 422),
    ],
)
def test_what_an_export_refuses(zendesk: Zendesk, query: str, status: int) -> None:
    assert zendesk.get(f"incremental/tickets/cursor?{query}").status_code == status


def test_exports_have_a_limit_of_their_own(zendesk: Zendesk) -> None:
    zendesk.store.settings("zendesk")["endpoint_limits"] = True
    path = f"incremental/tickets/cursor?start_time={since(timedelta(days=1))}"
    answers = [zendesk.get(path) for _ in range(11)]
    assert [each.status_code for each in answers] == [200] * 10 + [429]
    assert answers[-1].headers["retry-after"].isdigit()


def test_one_change_to_many_organizations(zendesk: Zendesk) -> None:
    zendesk.make("organization_fields", "organization_field", key="wave", type="checkbox", title="Wave")
    made = [zendesk.make("organizations", "organization", name=f"Org {n}", external_id=f"e{n}")["id"] for n in range(3)]
    sent = {"organization": {"organization_fields": {"wave": True}}}
    job = zendesk.put(f"organizations/update_many?ids={made[0]},{made[1]},4711", sent).json()["job_status"]
    results = zendesk.get(f"job_statuses/{job['id']}").json()["job_status"]["results"]
    assert [each["success"] for each in results] == [True, True, False]
    zendesk.put("organizations/update_many?external_ids=e2", {"organization": {"notes": "third"}})
    there = [zendesk.get(f"organizations/{each}").json()["organization"] for each in made]
    assert [each["organization_fields"]["wave"] for each in there] == [True, True, None]
    assert [each["notes"] for each in there] == ["", "", "third"]
    many = ",".join(map(str, range(101)))
    assert zendesk.put(f"organizations/update_many?ids={many}", sent).status_code == 400


def test_a_job_is_at_work_for_as_many_looks_as_the_setting_says(zendesk: Zendesk) -> None:
    zendesk.store.settings("zendesk")["job_polls"] = 2
    made = zendesk.make("organizations", "organization", name="Org")["id"]
    job = zendesk.put(f"organizations/update_many?ids={made}", {"organization": {"notes": "x"}}).json()["job_status"]
    looks = [zendesk.get(f"job_statuses/{job['id']}").json()["job_status"] for _ in range(3)]
    assert [(each["status"], each["results"] is None) for each in looks] == [
        ("working", True), ("working", True), ("completed", False),
    ]  # fmt: skip


def test_users_come_by_cursor_and_organizations_by_time(zendesk: Zendesk) -> None:
    for name in ("One", "Two", "Three"):
        zendesk.post("organizations", {"organization": {"name": name}})
        zendesk.clock.now += 1
    zendesk.clock.now += 120
    page = zendesk.get("incremental/organizations?start_time=0&per_page=2").json()
    assert [each["name"] for each in page["organizations"]] == ["One", "Two"] and page["end_of_stream"] is False
    again = zendesk.get(f"incremental/organizations?start_time={page['end_time']}&per_page=2").json()
    assert [each["name"] for each in again["organizations"]] == ["Two", "Three"] and again["end_of_stream"] is True
    users = zendesk.get("incremental/users/cursor?start_time=0").json()
    assert users["end_of_stream"] is True and any(each["role"] == "admin" for each in users["users"])


def test_deleted_tickets_are_exported_unless_they_are_not_wanted(zendesk: Zendesk) -> None:
    gone = ticket(zendesk, timedelta(days=40))
    zendesk.delete(f"tickets/{gone}")
    zendesk.clock.now += 120
    (found,) = zendesk.get("incremental/tickets/cursor?start_time=0").json()["tickets"]
    assert (found["id"], found["status"]) == (gone, "deleted")
    assert not zendesk.get("incremental/tickets/cursor?start_time=0&exclude_deleted=true").json()["tickets"]


def test_a_merged_ticket_is_closed_and_its_files_go_along(zendesk: Zendesk) -> None:
    target, source = ticket(zendesk, timedelta(days=2)), ticket(zendesk, timedelta(days=1))
    assert zendesk.post(f"tickets/{target}/merge", {"ids": [target]}).status_code == 422
    sent = {"ids": [source], "target_comment": "Both", "source_comment": "Closed", "source_comment_is_public": True}
    assert zendesk.post(f"tickets/{target}/merge", sent).status_code == 200
    merged = zendesk.get(f"tickets/{source}").json()["ticket"]
    assert merged["status"] == "closed" and "closed_by_merge" in merged["tags"]
    closing = zendesk.get(f"tickets/{source}/comments").json()["comments"][-1]
    taken = zendesk.get(f"tickets/{target}/comments").json()["comments"][-1]
    assert (closing["body"], closing["public"], taken["body"], taken["public"]) == ("Closed", True, "Both", False)
    assert taken["via"]["source"]["rel"] == "merge" and taken["via"]["source"]["from"] == {"ticket_ids": [source]}
    assert zendesk.post(f"tickets/{target}/merge", {"ids": [source]}).status_code == 422
