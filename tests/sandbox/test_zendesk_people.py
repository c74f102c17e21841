"""Users, groups, memberships, organizations, roles."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.client import Zendesk


@pytest.fixture
def zendesk() -> Zendesk:
    return Zendesk()


def agent(zendesk: Zendesk, name: str = "Ada", **more: Any) -> dict[str, Any]:
    return zendesk.make("users", "user", name=name, email=f"{name.lower()}@example.com", role="agent", **more)


def memberships(zendesk: Zendesk, user: dict[str, Any]) -> list[dict[str, Any]]:
    return zendesk.get(f"users/{user['id']}/group_memberships").json()["group_memberships"]  # type: ignore[no-any-return]


def test_a_verification_mail_goes_out_unless_it_is_skipped(zendesk: Zendesk) -> None:
    agent(zendesk, "Ada", skip_verify_email=True)
    agent(zendesk, "Bob")
    zendesk.make("users", "user", name="No address")
    mails = zendesk.store.table("zendesk", "mails")
    assert [mail["to"] for mail in mails.values()] == ["bob@example.com"]
    assert "skip_verify_email" not in zendesk.get("users").json()["users"][1]


def test_addresses_and_external_ids_are_unique(zendesk: Zendesk) -> None:
    agent(zendesk, external_id="a1")
    again = zendesk.post("users", {"user": {"name": "Twin", "email": "ADA@example.com"}})
    assert again.json()["details"]["email"][0]["error"] == "DuplicateValue"
    same = zendesk.post("users", {"user": {"name": "Twin", "external_id": "a1"}})
    assert "external_id" in same.json()["details"]
    assert zendesk.post("users", {"user": {"name": "X", "email": "no-at"}}).status_code == 422
    assert zendesk.post("users", {"user": {"name": "X", "role": "king"}}).status_code == 422


def test_several_roles_are_listed_at_once(zendesk: Zendesk) -> None:
    agent(zendesk, "Ada")
    zendesk.make("users", "user", name="Customer")
    assert zendesk.titles("users?role[]=agent&role[]=admin", "users", "name") == ["Account owner", "Ada"]
    assert zendesk.titles("users?role=agent", "users", "name") == ["Ada"]


def test_organizations_are_counted(zendesk: Zendesk) -> None:
    zendesk.make("organizations", "organization", name="Acme")
    count = zendesk.get("organizations/count").json()["count"]
    assert count == {"value": 1, "refreshed_at": zendesk.store.now()}


def test_deleting_a_user_is_soft_and_frees_the_address(zendesk: Zendesk) -> None:
    user = agent(zendesk)
    gone = zendesk.delete(f"users/{user['id']}").json()["user"]
    assert (gone["active"], gone["email"]) == (False, None)
    assert zendesk.get(f"users/{user['id']}").json()["user"]["active"] is False
    assert "Ada" not in zendesk.titles("users", "users", "name")
    assert memberships(zendesk, user) == []
    assert agent(zendesk)["id"] != user["id"]


def test_the_owner_stays(zendesk: Zendesk) -> None:
    owner = zendesk.get("users/me").json()["user"]
    assert owner["role"] == "admin"
    assert zendesk.delete(f"users/{owner['id']}").status_code == 422


def test_users_are_searched_by_address_role_and_external_id(zendesk: Zendesk) -> None:
    ada = agent(zendesk, external_id="a1")
    for path in (
        "users/search?query=email:ada@example.com",
        "users/search?query=type:user%20email:ada@example.com",
        "users/search?external_id=a1",
        "users/search?query=ada",
        "users?role=agent",
    ):
        assert [row["id"] for row in zendesk.get(path).json()["users"]] == [ada["id"]], path
    assert zendesk.get("users/search?query=email:nobody@example.com").json()["users"] == []


def test_create_or_update_finds_by_address_or_external_id(zendesk: Zendesk) -> None:
    ada = agent(zendesk, external_id="a1")
    for sent in ({"email": "ada@example.com", "phone": "1"}, {"external_id": "a1", "phone": "2"}):
        answer = zendesk.post("users/create_or_update", {"user": sent})
        assert (answer.status_code, answer.json()["user"]["id"]) == (200, ada["id"])
    answer = zendesk.post("users/create_or_update", {"user": {"name": "New", "email": "new@example.com"}})
    assert answer.status_code == 201


def test_an_agent_joins_the_default_group_and_a_customer_does_not(zendesk: Zendesk) -> None:
    ada = agent(zendesk)
    default = zendesk.get("groups").json()["groups"][0]
    assert [(one["group_id"], one["default"]) for one in memberships(zendesk, ada)] == [(default["id"], True)]
    assert zendesk.get(f"users/{ada['id']}").json()["user"]["default_group_id"] == default["id"]
    customer = zendesk.make("users", "user", name="Cust", email="c@example.com", verified=True)
    assert memberships(zendesk, customer) == []
    zendesk.put(f"users/{customer['id']}", {"user": {"role": "agent"}})
    assert len(memberships(zendesk, customer)) == 1


def test_memberships_are_made_and_deleted_but_never_updated(zendesk: Zendesk) -> None:
    ada, group = agent(zendesk), zendesk.make("groups", "group", name="Tier 1")
    made = zendesk.make("group_memberships", "group_membership", user_id=ada["id"], group_id=str(group["id"]))
    assert made["default"] is False
    again = {"group_membership": {"user_id": ada["id"], "group_id": group["id"]}}
    assert zendesk.post("group_memberships", again).status_code == 422
    assert zendesk.put(f"group_memberships/{made['id']}", again).json()["error"] == "InvalidEndpoint"
    chosen = zendesk.put(f"users/{ada['id']}/group_memberships/{made['id']}/make_default")
    assert [one["default"] for one in chosen.json()["group_memberships"]] == [False, True]
    assert zendesk.put(f"users/1/group_memberships/{made['id']}/make_default").status_code == 404
    assert len(zendesk.get(f"groups/{group['id']}/memberships").json()["group_memberships"]) == 1
    assert zendesk.delete(f"group_memberships/{made['id']}").status_code == 204
    assert [one["default"] for one in memberships(zendesk, ada)] == [True]


@pytest.mark.parametrize("who", ["customer", "nobody"])
def test_only_agents_are_members(zendesk: Zendesk, who: str) -> None:
    group = zendesk.get("groups").json()["groups"][0]
    user = zendesk.make("users", "user", name="Cust")["id"] if who == "customer" else 5
    sent = {"group_membership": {"user_id": user, "group_id": group["id"]}}
    assert "user" in zendesk.post("group_memberships", sent).json()["details"]
    ada = agent(zendesk)
    sent = {"group_membership": {"user_id": ada["id"], "group_id": 5}}
    assert "group" in zendesk.post("group_memberships", sent).json()["details"]


def test_groups_are_deleted_softly_and_the_default_one_not_at_all(zendesk: Zendesk) -> None:
    default = zendesk.get("groups").json()["groups"][0]
    assert default["default"] is True
    assert zendesk.delete(f"groups/{default['id']}").status_code == 422
    ada, group = agent(zendesk), zendesk.make("groups", "group", name="Tier 1")
    zendesk.make("group_memberships", "group_membership", user_id=ada["id"], group_id=group["id"])
    assert zendesk.delete(f"groups/{group['id']}").status_code == 204
    assert zendesk.get(f"groups/{group['id']}").json()["group"]["deleted"] is True
    assert zendesk.titles("groups", "groups", "name") == ["Support"]
    assert len(memberships(zendesk, ada)) == 1


def test_two_groups_may_have_one_name(zendesk: Zendesk) -> None:
    zendesk.make("groups", "group", name="Support")
    assert zendesk.titles("groups", "groups", "name") == ["Support", "Support"]


def test_organizations_are_unique_after_trimming(zendesk: Zendesk) -> None:
    made = zendesk.make("organizations", "organization", name=" Acme ", domain_names=["ACME.com"], external_id="x")
    assert (made["name"], made["domain_names"]) == ("Acme", ["acme.com"])
    assert zendesk.post("organizations", {"organization": {"name": "acme"}}).status_code == 422
    same = zendesk.post("organizations", {"organization": {"name": "Other", "external_id": "x"}})
    assert "external_id" in same.json()["details"]
    changed = zendesk.put(f"organizations/{made['id']}", {"organization": {"domain_names": ["b.com"]}})
    assert changed.json()["organization"]["domain_names"] == ["b.com"]


def test_organizations_are_found_and_upserted_by_external_id_not_by_name(zendesk: Zendesk) -> None:
    made = zendesk.make("organizations", "organization", name="Acme", external_id="x")
    assert zendesk.get("organizations/search?external_id=x").json()["count"] == 1
    assert zendesk.get("organizations/search?name=acme").json()["count"] == 1
    assert zendesk.get("organizations/search?name=other").json()["count"] == 0
    sent = {"organization": {"external_id": "x", "name": "Acme Ltd"}}
    assert zendesk.post("organizations/create_or_update", sent).json()["organization"]["id"] == made["id"]
    sent = {"organization": {"id": made["id"], "notes": "n"}}
    assert zendesk.post("organizations/create_or_update", sent).json()["organization"]["name"] == "Acme Ltd"
    assert zendesk.post("organizations/create_or_update", {"organization": {"name": "Acme Ltd"}}).status_code == 422
    assert zendesk.post("organizations/create_or_update", {"organization": {"name": "B"}}).status_code == 201


def test_organizations_carry_the_values_of_their_fields(zendesk: Zendesk) -> None:
    options = [{"name": "Enterprise", "value": "seg_ent"}, {"name": "Small", "value": "seg_small"}]
    zendesk.make(
        "organization_fields",
        "organization_field",
        key="segment",
        type="dropdown",
        title="Segment",
        custom_field_options=options,
    )
    sent = {"organization": {"name": "Acme", "organization_fields": {"segment": "seg_ent", "planet": "x"}}}
    answer = zendesk.post("organizations", sent)
    made = answer.json()["organization"]
    assert made["organization_fields"] == {"segment": "seg_ent"}
    assert "organization_fields.planet" in answer.headers["x-zendesk-api-warn"]
    bad = {"organization": {"organization_fields": {"segment": "huge"}}}
    assert zendesk.put(f"organizations/{made['id']}", bad).status_code == 422
    kept = zendesk.put(f"organizations/{made['id']}", {"organization": {"notes": "x"}}).json()["organization"]
    assert kept["organization_fields"] == {"segment": "seg_ent"}
    zendesk.make("organization_fields", "organization_field", key="since", type="date", title="Since")
    shown = zendesk.get(f"organizations/{made['id']}").json()["organization"]
    assert shown["organization_fields"] == {"segment": "seg_ent", "since": None}


def test_custom_roles_on_enterprise() -> None:
    zendesk = Zendesk({"plan": "enterprise"})
    built_in = zendesk.get("custom_roles").json()["custom_roles"]
    assert {row["role_type"] for row in built_in} == {1, 2, 4, 5}
    path = f"custom_roles/{built_in[0]['id']}"
    assert zendesk.put(path, {"custom_role": {"name": "Mine"}}).status_code == 403
    assert zendesk.delete(path).status_code == 403
    role = zendesk.make("custom_roles", "custom_role", name="Lead", configuration={"report_access": "full"})
    path = f"custom_roles/{role['id']}"
    changed = zendesk.put(path, {"custom_role": {"configuration": {"macro_access": "full"}}}).json()["custom_role"]
    rights = changed["configuration"]
    three = (rights["report_access"], rights["macro_access"], rights["ticket_access"])
    assert three == ("full", "full", "within-groups")
    for refused in ({"macro_access": "full"}, {"view_access": "some"}, {"light_agent": True}):
        assert zendesk.put(path, {"custom_role": {"configuration": refused}}).status_code == 422
    assert zendesk.post("custom_roles", {"custom_role": {"name": "agent"}}).status_code == 422
    ada = agent(zendesk, custom_role_id=role["id"])
    assert (ada["role_type"], ada["custom_role_id"]) == (0, role["id"])
    light = next(row for row in built_in if row["role_type"] == 1)
    sent = {"name": "Bob", "email": "bob@acme.example", "role": "agent", "custom_role_id": light["id"]}
    bob = zendesk.make("users", "user", **sent)
    assert bob["role_type"] == 1
    customer = zendesk.put(f"users/{bob['id']}", {"user": {"role": "end-user"}}).json()["user"]
    assert (customer["role_type"], customer["custom_role_id"]) == (None, None)
    assert zendesk.get(path).json()["custom_role"]["team_member_count"] == 1
    assert zendesk.delete(path).status_code == 422
    zendesk.delete(f"users/{ada['id']}")
    assert zendesk.delete(path).status_code == 204
    unknown = {"user": {"name": "X", "role": "agent", "custom_role_id": 5}}
    assert zendesk.post("users", unknown).status_code == 422


def test_a_custom_role_below_enterprise_is_forbidden(zendesk: Zendesk) -> None:
    assert zendesk.post("users", {"user": {"name": "X", "role": "agent", "custom_role_id": 5}}).status_code == 403


def test_members_come_and_go_in_bulk(zendesk: Zendesk) -> None:
    ada, group = agent(zendesk), zendesk.make("groups", "group", name="Tier 1")
    sent = {"group_memberships": [{"user_id": ada["id"], "group_id": group["id"]}]}
    job = zendesk.post("group_memberships/create_many", sent).json()["job_status"]
    key = zendesk.get(f"job_statuses/{job['id']}").json()["job_status"]["results"][0]["id"]
    assert len(memberships(zendesk, ada)) == 2
    zendesk.delete(f"group_memberships/destroy_many?ids={key}")
    assert len(memberships(zendesk, ada)) == 1
