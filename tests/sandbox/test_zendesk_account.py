"""Seats, roles, settings, apps, surveys, and a start state that holds every kind."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.zendesk.start_state import HELP_CENTER, LISTS
from tests.sandbox.client import Zendesk


@pytest.fixture
def zendesk() -> Zendesk:
    return Zendesk({"plan": "enterprise"})


def role(zendesk: Zendesk, name: str) -> dict[str, Any]:
    roles = zendesk.get("custom_roles").json()["custom_roles"]
    return next(one for one in roles if one["name"] == name)


def agent(zendesk: Zendesk, name: str = "Ada", **more: Any) -> dict[str, Any]:
    sent = {"name": name, "email": f"{name.lower()}@example.com", "role": "agent", "skip_verify_email": True, **more}
    return zendesk.make("users", "user", **sent)


# People


def test_seats_are_counted_without_light_agents_and_with_suspended_ones() -> None:
    zendesk = Zendesk({"plan": "enterprise", "max_agents": 2})
    ada = agent(zendesk)
    full = {"user": {"name": "Bob", "email": "bob@example.com", "role": "agent"}}
    assert zendesk.post("users", full).json()["details"]["role"][0]["error"] == "AgentLimitExceeded"
    light = agent(zendesk, "Cleo", custom_role_id=role(zendesk, "Light agent")["id"])
    assert light["role_type"] == 1
    customer = zendesk.make("users", "user", name="Dan", email="dan@example.com")
    assert zendesk.put(f"users/{customer['id']}", {"user": {"role": "agent"}}).status_code == 422
    assert zendesk.put(f"users/{light['id']}", {"user": {"custom_role_id": None}}).status_code == 422
    assert zendesk.put(f"users/{ada['id']}", {"user": {"suspended": True}}).json()["user"]["suspended"] is True
    assert zendesk.post("users", full).status_code == 422
    assert zendesk.put(f"users/{ada['id']}", {"user": {"role": "end-user"}}).status_code == 200
    assert zendesk.post("users", full).status_code == 201


def test_light_agents_are_there_from_growth_on() -> None:
    for plan, status in (("team", 403), ("growth", 201)):
        zendesk = Zendesk({"plan": plan})
        rows = zendesk.store.table("zendesk", "custom_roles").values()
        key = next(row["id"] for row in rows if row["role_type"] == 1)
        sent = {"user": {"name": "Cleo", "email": "cleo@example.com", "role": "agent", "custom_role_id": key}}
        assert zendesk.post("users", sent).status_code == status, plan


def test_who_is_no_longer_an_agent_leaves_groups_role_and_tickets(zendesk: Zendesk) -> None:
    own = zendesk.make("custom_roles", "custom_role", name="Team lead")
    ada = agent(zendesk, custom_role_id=own["id"])
    team = zendesk.make("groups", "group", name="Team")
    zendesk.make("group_memberships", "group_membership", user_id=ada["id"], group_id=team["id"])
    ticket = zendesk.make("tickets", "ticket", subject="Hi", comment={"body": "Hi"}, assignee_id=ada["id"])
    changed = zendesk.put(f"users/{ada['id']}", {"user": {"role": "end-user"}}).json()["user"]
    assert (changed["role"], changed["custom_role_id"], changed["role_type"]) == ("end-user", None, None)
    assert changed["default_group_id"] is None
    assert zendesk.get(f"users/{ada['id']}/group_memberships").json()["group_memberships"] == []
    assert zendesk.get(f"tickets/{ticket['id']}").json()["ticket"]["assignee_id"] is None
    assert zendesk.delete(f"custom_roles/{own['id']}").status_code == 204


def test_the_owner_stays_an_administrator_who_is_not_suspended(zendesk: Zendesk) -> None:
    owner = zendesk.get("users/me").json()["user"]["id"]
    for change in ({"role": "agent"}, {"role": "end-user"}, {"suspended": True}):
        assert zendesk.put(f"users/{owner}", {"user": change}).status_code == 422, change
    assert zendesk.put(f"users/{owner}", {"user": {"name": "Chief"}}).status_code == 200


# Roles


def test_a_role_takes_what_changes_and_refuses_what_does_not(zendesk: Zendesk) -> None:
    made = zendesk.make("custom_roles", "custom_role", name="Lead", configuration={"ticket_access": "all"})
    assert made["configuration"]["ticket_access"] == "all"
    assert made["configuration"]["macro_access"] == "readonly"
    path = f"custom_roles/{made['id']}"
    assert zendesk.put(path, {"custom_role": {"name": "Lead", "description": "Leads"}}).status_code == 422
    same = {"configuration": {"ticket_access": "all", "macro_access": "full"}}
    assert zendesk.put(path, {"custom_role": same}).status_code == 422
    changed = zendesk.put(path, {"custom_role": {"configuration": {"macro_access": "full"}}}).json()["custom_role"]
    assert (changed["configuration"]["macro_access"], changed["configuration"]["ticket_access"]) == ("full", "all")
    for wrong in ({"ticket_access": "everything"}, {"chat_access": True}, {"light_agent": True}):
        assert zendesk.put(path, {"custom_role": {"configuration": wrong}}).status_code == 422, wrong
    left_out = {"custom_role": {"configuration": {"colour": "red", "ticket_merge": "yes"}}}
    answer = zendesk.put(path, left_out)
    for name in ("colour", "ticket_merge"):
        assert f"custom_role.configuration.{name}" in answer.headers["x-zendesk-api-warn"]
    assert answer.json()["custom_role"]["configuration"] == changed["configuration"]


# Settings


def test_read_only_settings_are_named_and_left(zendesk: Zendesk) -> None:
    sent = {"settings": {"active_features": {"sandbox": True, "user_tagging": True}, "limits": {"attachment_size": 1}}}
    answer = zendesk.put("account/settings", sent)
    for name in ("settings.active_features.sandbox", "settings.limits"):
        assert name in answer.headers["x-zendesk-api-warn"]
    features = answer.json()["settings"]["active_features"]
    assert (features["sandbox"], features["user_tagging"]) == (False, True)


def test_the_auto_routing_tag_is_not_emptied_and_languages_are_a_whole_list(zendesk: Zendesk) -> None:
    def put(**sections: Any) -> Any:
        return zendesk.put("account/settings", {"settings": sections})

    assert put(routing={"autorouting_tag": ""}).status_code == 200
    assert put(routing={"autorouting_tag": "auto-routing"}).status_code == 200
    assert "autorouting_tag" in put(routing={"autorouting_tag": ""}).json()["details"]
    assert put(localization={"locale_ids": [1, 8]}).json()["settings"]["localization"]["locale_ids"] == [1, 8]
    assert put(localization={"locale_ids": [8]}).status_code == 422
    assert put(localization={"locale_ids": [1, 4]}).status_code == 422
    assert "default_brand_id" in put(brands={"default_brand_id": 1}).json()["details"]


# Apps, surveys, and the start state


def test_apps_and_surveys_are_read_only() -> None:
    zendesk = Zendesk(
        {
            "plan": "growth",
            "installations": [{"app_id": 6, "settings": {"name": "Slack"}}],
            "surveys": [{"questions": [{"type": "open_ended", "headline": {"type": "static", "value": "Why?"}}]}],
        }
    )
    assert zendesk.get("apps/installations").json()["installations"][0]["settings"] == {"name": "Slack"}
    survey = zendesk.get("guide/surveys").json()["surveys"][0]
    assert (survey["state"], survey["version"], len(survey["id"])) == ("enabled", 1, 26)
    assert zendesk.get(f"guide/surveys/{survey['id']}").json()["survey"]["questions"] == survey["questions"]
    for path in ("apps/installations", "guide/surveys"):
        assert zendesk.post(path, {}).status_code == 404
    assert Zendesk({"plan": "team"}).get("guide/surveys").status_code == 403


HELD: dict[str, list[Any]] = {
    "groups": [{"name": "Team"}],
    "organization_fields": [{"key": "tier", "type": "text", "title": "Tier"}],
    "user_fields": [{"key": "badge", "type": "text", "title": "Badge"}],
    "organizations": [{"name": "Acme"}],
    "custom_roles": [{"name": "Lead"}],
    "users": [{"name": "Ada", "email": "ada@example.com", "role": "agent"}],
    "brands": [{"name": "Shop", "subdomain": "shop"}],
    "items": [{"name": "Hi", "default_locale_id": 1, "variants": [{"locale_id": 1, "content": "Hi"}]}],
    "recipient_addresses": [{"email": "help@example.com"}],
    "schedules": [
        {
            "name": "Day",
            "time_zone": "London",
            "holidays": [{"name": "Off", "start_date": "2026-12-25", "end_date": "2026-12-25"}],
        }
    ],
    "custom_statuses": [{"status_category": "open", "agent_label": "With bank"}],
    "custom_objects": [
        {
            "key": "car",
            "title": "Car",
            "title_pluralized": "Cars",
            "fields": [{"key": "plate", "type": "text", "title": "Plate"}],
            "records": [{"name": "KN-1", "custom_object_fields": {"plate": "KN-1"}}],
        }
    ],
    "ticket_fields": [{"type": "lookup", "title": "Car", "relationship_target_type": "zen:custom_object:car"}],
    "ticket_forms": [{"name": "Form"}],
    "webhooks": [
        {
            "name": "Pager",
            "endpoint": "https://example.com",
            "http_method": "POST",
            "request_format": "json",
            "status": "active",
        }
    ],
    "trigger_categories": [{"name": "Ours"}],
    "triggers": [
        {
            "title": "T",
            "conditions": {"all": [{"field": "update_type", "operator": "is", "value": "Create"}]},
            "actions": [{"field": "priority", "value": "high"}],
        }
    ],
    "automations": [
        {
            "title": "A",
            "conditions": {"all": [{"field": "PENDING", "operator": "is", "value": "48"}]},
            "actions": [{"field": "status", "value": "solved"}],
        }
    ],
    "macros": [{"title": "M", "actions": [{"field": "status", "value": "open"}]}],
    "views": [{"title": "V", "all": [{"field": "status", "operator": "is", "value": "open"}]}],
    "sla_policies": [
        {
            "title": "S",
            "filter": {"all": [], "any": []},
            "policy_metrics": [
                {"priority": "low", "metric": "first_reply_time", "target": 60, "business_hours": False}
            ],
        }
    ],
    "deletion_schedules": [
        {
            "title": "D",
            "object": "zen:ticket",
            "conditions": {"all": [{"field": "last_updated", "operator": "greater_than", "value": "P1Y"}]},
        }
    ],
    "surveys": [{}],
    "installations": [{"app_id": 6}],
    "attributes": [{"name": "Language", "values": [{"name": "German"}]}],
    "user_segments": [{"name": "Partners", "user_type": "signed_in_users"}],
    "permission_groups": [{"name": "Editors"}],
    "tickets": [{"subject": "Hi", "comment": {"body": "Hi"}}],
    "help_centers": [{"locales": ["en-us", "de"]}],
    "categories": [{"name": "Guides"}],
    "sections": [{"name": "Start", "category": "Guides"}],
    "articles": [{"title": "Hello", "section": "Start"}],
}
WITH_IDS = {"group_memberships", "queues", "group_sla_policies"}
"""Lists whose objects name others by ids that the file cannot know."""


def test_a_start_state_holds_every_kind() -> None:
    assert {*HELD, *WITH_IDS} == {*LISTS, *HELP_CENTER}
    zendesk = Zendesk({"plan": "enterprise", **HELD})
    for name in HELD:
        if name == "help_centers":
            continue
        rows = zendesk.store.table("zendesk", name)
        assert rows, name
        if name in LISTS:
            path = LISTS[name].path
            assert zendesk.get(path).status_code == 200, path
    assert zendesk.titles("custom_objects/car/fields", "custom_object_fields", "key") == ["plate"]
    assert zendesk.titles("custom_objects/car/records", "custom_object_records", "name") == ["KN-1"]
    schedule = zendesk.get("business_hours/schedules").json()["schedules"][0]["id"]
    assert zendesk.titles(f"business_hours/schedules/{schedule}/holidays", "holidays", "name") == ["Off"]
    language = zendesk.get("routing/attributes").json()["attributes"][0]["id"]
    assert zendesk.titles(f"routing/attributes/{language}/values", "attribute_values", "name") == ["German"]


def test_a_new_account_has_the_vendors_defaults(zendesk: Zendesk) -> None:
    assert zendesk.titles("ticket_forms", "ticket_forms", "name") == ["Default Ticket Form"]
    assert zendesk.titles("custom_statuses?default=true", "custom_statuses", "agent_label") == [
        "New",
        "Open",
        "Pending",
        "On-hold",
        "Solved",
    ]
    assert len(zendesk.get("help_center/user_segments").json()["user_segments"]) == 2
    assert len(zendesk.get("guide/permission_groups").json()["permission_groups"]) == 2
    assert "Your unsolved tickets" in zendesk.titles("views", "views")
    assert "Close ticket 4 days after status is set to solved" in zendesk.titles("automations", "automations")
    for path in ("queues", "custom_objects", "deletion_schedules", "group_slas/policies", "routing/attributes"):
        answer = zendesk.get(path).json()
        assert answer[next(name for name in answer if isinstance(answer[name], list))] == [], path
