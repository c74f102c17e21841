"""What all of Zendesk's endpoints share: envelopes, paging, limits, warnings, errors."""

from __future__ import annotations

import pytest

from tests.sandbox.client import Zendesk

CONDITIONS = {"all": [{"field": "status", "operator": "is", "value": "open"}]}
ACTIONS = [{"field": "priority", "value": "high"}]


@pytest.fixture
def zendesk() -> Zendesk:
    return Zendesk()


def warned(answer: object) -> str:
    found: dict[str, str] = answer.headers  # type: ignore[attr-defined]
    return found.get("x-zendesk-api-warn", "")


def test_a_fresh_account_holds_the_vendors_defaults(zendesk: Zendesk) -> None:
    titles = zendesk.titles("triggers", "triggers")
    assert titles[0] == "Notify requester and CCs of received request"
    assert "Auto-assign to first email responding agent" in titles
    assert len(titles) == 9
    assert [row["active"] for row in zendesk.get("triggers").json()["triggers"]].count(False) == 1
    assert "Close ticket 4 days after status is set to solved" in zendesk.titles("automations", "automations")
    assert "Take it!" in zendesk.titles("macros", "macros")
    assert "Unassigned tickets" in zendesk.titles("views", "views")
    assert zendesk.titles("ticket_forms", "ticket_forms", "name") == ["Default Ticket Form"]
    fields = zendesk.get("ticket_fields").json()["ticket_fields"]
    assert [row["type"] for row in fields][:3] == ["subject", "description", "status"]
    assert all(row["default"] for row in zendesk.get("triggers").json()["triggers"])


@pytest.mark.parametrize(
    ("path", "many"),
    [
        ("users", "users"),
        ("groups", "groups"),
        ("group_memberships", "group_memberships"),
        ("brands", "brands"),
        ("recipient_addresses", "recipient_addresses"),
        ("business_hours/schedules", "schedules"),
        ("organizations", "organizations"),
        ("ticket_fields", "ticket_fields"),
        ("organization_fields", "organization_fields"),
        ("user_fields", "user_fields"),
        ("ticket_forms", "ticket_forms"),
        ("trigger_categories", "trigger_categories"),
        ("triggers", "triggers"),
        ("automations", "automations"),
        ("macros", "macros"),
        ("views", "views"),
        ("slas/policies", "sla_policies"),
        ("webhooks", "webhooks"),
        ("job_statuses", "job_statuses"),
        ("dynamic_content/items", "items"),
        ("custom_statuses", "custom_statuses"),
        ("tickets", "tickets"),
        ("locales", "locales"),
    ],
)
def test_every_list_answers_with_and_without_json(zendesk: Zendesk, path: str, many: str) -> None:
    plain, suffixed = zendesk.get(path), zendesk.get(f"{path}.json")
    assert plain.status_code == suffixed.status_code == 200
    assert plain.json()[many] == suffixed.json()[many]


def test_cursor_paging_walks_through_all_objects_once(zendesk: Zendesk) -> None:
    for number in range(7):
        zendesk.make("organizations", "organization", name=f"Org {number}")
    names, url, pages = [], "organizations?page[size]=3", 0
    while url:
        page = zendesk.get(url).json()
        names += [row["name"] for row in page["organizations"]]
        assert "count" not in page
        url, pages = page["links"]["next"], pages + 1
    assert (names, pages) == ([f"Org {number}" for number in range(7)], 3)


def test_a_cursor_survives_the_deletion_of_its_object(zendesk: Zendesk) -> None:
    made = [zendesk.make("organizations", "organization", name=f"Org {number}") for number in range(3)]
    page = zendesk.get("organizations?page[size]=2").json()
    zendesk.delete(f"organizations/{made[1]['id']}")
    rest = zendesk.get(page["links"]["next"]).json()
    assert [row["name"] for row in rest["organizations"]] == ["Org 2"]
    assert rest["meta"]["has_more"] is False


@pytest.mark.parametrize("query", ["page[size]=101", "page[size]=x", "page[size]=5&page[after]=!"])
def test_bad_cursors_are_refused(zendesk: Zendesk, query: str) -> None:
    assert zendesk.get(f"groups?{query}").json()["errors"][0]["code"].startswith("Invalid")


def test_offset_paging_counts_and_links(zendesk: Zendesk) -> None:
    for number in range(5):
        zendesk.make("organizations", "organization", name=f"Org {number}")
    first = zendesk.get("organizations?per_page=2").json()
    assert (first["count"], first["previous_page"]) == (5, None)
    second = zendesk.get(first["next_page"]).json()
    assert [row["name"] for row in second["organizations"]] == ["Org 2", "Org 3"]
    last = zendesk.get(second["next_page"]).json()
    assert (last["next_page"], len(last["organizations"])) == (None, 1)
    assert "page=2" in last["previous_page"]


def test_offset_paging_ends_at_ten_thousand(zendesk: Zendesk) -> None:
    answer = zendesk.get("organizations?page=101&per_page=100")
    assert (answer.status_code, answer.json()["error"]) == (400, "InvalidPaginationDepth")


def test_unknown_and_misfitting_attributes_are_dropped_with_a_warning(zendesk: Zendesk) -> None:
    answer = zendesk.post("groups", {"group": {"name": "Tier 1", "colour": "red", "description": 7}})
    assert answer.status_code == 201
    assert ':unpermitted_keys=>["group.colour"]' in warned(answer)
    assert ':invalid_values=>["group.description"]' in warned(answer)
    assert "colour" not in answer.json()["group"]
    assert answer.json()["group"]["description"] == ""
    assert warned(zendesk.post("groups", {"group": {"name": "Tier 2"}})) == ""


def test_raw_texts_cannot_be_written(zendesk: Zendesk) -> None:
    answer = zendesk.post(
        "triggers", {"trigger": {"title": "A", "raw_title": "B", "conditions": CONDITIONS, "actions": ACTIONS}}
    )
    assert answer.json()["trigger"]["raw_title"] == "A"
    assert "trigger.raw_title" in warned(answer)


def test_the_three_sorts_of_error(zendesk: Zendesk) -> None:
    gone = zendesk.get("groups/1")
    assert (gone.status_code, gone.json()["error"]) == (404, "RecordNotFound")
    nowhere = zendesk.call("PATCH", "groups/1", {})
    assert (nowhere.status_code, nowhere.json()["error"]) == (404, "InvalidEndpoint")
    blank = zendesk.post("groups", {"group": {"name": "  "}})
    assert blank.status_code == 422
    assert blank.json()["details"]["name"][0]["error"] == "BlankValue"
    shapeless = zendesk.post("groups", {"name": "Tier 1"})
    assert shapeless.status_code == 400
    assert shapeless.json()["error"]["title"] == "Invalid attribute"
    assert zendesk.call("POST", "groups", raw=b"{").status_code == 400
    assert zendesk.call("PUT", "triggers/reorder", {"trigger_ids": 1}).status_code == 400


def test_objects_carry_url_times_and_ids_beyond_32_bits(zendesk: Zendesk) -> None:
    answer = zendesk.post("groups", {"group": {"name": "Tier 1"}})
    made = answer.json()["group"]
    assert made["url"] == f"http://sandbox.test/zendesk/api/v2/groups/{made['id']}.json" == answer.headers["location"]
    assert made["id"] > 2**32
    zendesk.clock.now += 60
    changed = zendesk.put(f"groups/{made['id']}", {"group": {"description": "x"}}).json()["group"]
    assert changed["created_at"] == made["created_at"] < changed["updated_at"]
    assert changed["name"] == "Tier 1"


def test_the_limit_counts_down_and_answers_429_until_the_minute_is_over(zendesk: Zendesk) -> None:
    zendesk.admin.post("/sandbox/settings", {"zendesk": {"calls_per_minute": 2}})
    first = zendesk.get("groups")
    assert (first.headers["x-rate-limit"], first.headers["x-rate-limit-remaining"]) == ("2", "1")
    assert first.headers["ratelimit-remaining"] == "1"
    zendesk.get("groups")
    over = zendesk.post("groups", {"group": {"name": "Too many"}})
    assert (over.status_code, over.json()["error"]) == (429, "APIRateLimitExceeded")
    wait = int(over.headers["retry-after"])
    assert over.headers["ratelimit-reset"] == str(wait)
    zendesk.clock.now += wait
    assert zendesk.titles("groups", "groups", "name") == ["Support"]


@pytest.mark.parametrize(("plan", "limit"), [("team", "200"), ("enterprise", "700"), ("enterprise_plus", "2500")])
def test_the_plans_own_limit_can_be_asked_for(plan: str, limit: str) -> None:
    zendesk = Zendesk({"plan": plan, "calls_per_minute": "plan"})
    assert zendesk.get("groups").headers["x-rate-limit"] == limit


def test_without_a_setting_nobody_is_slowed_down(zendesk: Zendesk) -> None:
    assert zendesk.get("groups").headers["x-rate-limit"] == "100000"


def test_endpoint_limits_are_per_object_when_switched_on() -> None:
    zendesk = Zendesk({"endpoint_limits": True})
    one, two = (zendesk.make("organizations", "organization", name=name) for name in "ab")
    answers = [zendesk.put(f"organizations/{one['id']}", {"organization": {"notes": "x"}}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert answers[0].headers["zendesk-ratelimit-organizations-update"].startswith("total=5; remaining=4")
    assert zendesk.put(f"organizations/{two['id']}", {"organization": {"notes": "x"}}).status_code == 200


def test_bulk_calls_are_jobs_that_report_each_object(zendesk: Zendesk) -> None:
    zendesk.make("organizations", "organization", name="Taken")
    sent = {"organizations": [{"name": "New"}, {"name": "taken "}]}
    job = zendesk.post("organizations/create_many", sent).json()["job_status"]
    assert (job["status"], job["results"]) == ("queued", None)
    done = zendesk.get(f"job_statuses/{job['id']}").json()["job_status"]
    assert (done["status"], done["total"]) == ("completed", 2)
    assert [one["success"] for one in done["results"]] == [True, False]
    key = done["results"][0]["id"]
    update = {"organizations": [{"id": key, "notes": "x"}, {"id": 5, "notes": "x"}]}
    job = zendesk.put("organizations/update_many", update).json()["job_status"]
    assert zendesk.get(f"organizations/{key}").json()["organization"]["notes"] == "x"
    assert zendesk.get(job["url"]).json()["job_status"]["results"][1]["error"] == "RecordNotFound"
    zendesk.delete(f"organizations/destroy_many?ids={key}")
    assert zendesk.get(f"organizations/{key}").status_code == 404


def test_bulk_calls_take_one_to_a_hundred(zendesk: Zendesk) -> None:
    many = {"organizations": [{"name": f"Org {number}"} for number in range(101)]}
    assert zendesk.post("organizations/create_many", many).json()["error"] == "TooManyValues"
    assert zendesk.post("organizations/create_many", {"organizations": []}).status_code == 400


def test_show_many_leaves_out_what_is_not_there(zendesk: Zendesk) -> None:
    made = zendesk.make("organizations", "organization", name="A")
    found = zendesk.get(f"organizations/show_many?ids={made['id']},7").json()["organizations"]
    assert [row["id"] for row in found] == [made["id"]]


def test_account_and_settings(zendesk: Zendesk) -> None:
    seeded = Zendesk({"subdomain": "acme", "name": "Acme", "account_id": 77})
    account = seeded.get("account").json()["account"]
    assert (account["subdomain"], account["name"], account["id"]) == ("acme", "Acme", 77)
    sent = {"settings": {"tickets": {"tagging": False, "colour": 1, "status_hold": "x"}, "limits": {"x": 1}, "zoo": {}}}
    answer = zendesk.put("account/settings", sent)
    settings = zendesk.get("account/settings").json()["settings"]
    assert settings["tickets"]["tagging"] is False
    assert settings["tickets"]["status_hold"] is False
    assert settings["tickets"]["collaboration"] is True
    for name in ("tickets.colour", "limits", "zoo"):
        assert f"settings.{name}" in warned(answer)
    assert ':invalid_values=>["settings.tickets.status_hold"]' in warned(answer)
    assert settings["brands"]["default_brand_id"] == zendesk.get("brands").json()["brands"][0]["id"]


@pytest.mark.parametrize(
    ("path", "least"),
    [("custom_roles", "enterprise"), ("slas/policies", "growth"), ("business_hours/schedules", "professional")],
)
def test_plans_decide_what_is_there(path: str, least: str) -> None:
    below = {"enterprise": "professional", "professional": "growth", "growth": "team"}[least]
    assert Zendesk({"plan": below}).get(path).status_code == 403
    assert Zendesk({"plan": least}).get(path).status_code == 200
