"""Ticket fields, customer fields, forms, statuses, dynamic content."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.client import Zendesk


@pytest.fixture
def zendesk() -> Zendesk:
    return Zendesk()


def dropdown(zendesk: Zendesk, title: str, *values: str, **more: Any) -> dict[str, Any]:
    options = [{"name": value.title(), "value": value} for value in values]
    return zendesk.make(
        "ticket_fields", "ticket_field", type="tagger", title=title, custom_field_options=options, **more
    )


def update(zendesk: Zendesk, field: dict[str, Any], **sent: Any) -> Any:
    return zendesk.put(f"ticket_fields/{field['id']}", {"ticket_field": sent})


def test_defaults_and_raw_echoes(zendesk: Zendesk) -> None:
    field = zendesk.make("ticket_fields", "ticket_field", type="text", title="Order")
    assert (field["position"], field["active"], field["removable"]) == (9999, True, True)
    assert field["title_in_portal"] == field["raw_title_in_portal"] == field["description"] == "Order"
    assert field["raw_title"] == field["raw_description"] == "Order"


def test_the_portal_title_follows_the_title_until_it_is_set(zendesk: Zendesk) -> None:
    field = zendesk.make("ticket_fields", "ticket_field", type="text", title="Order")
    assert update(zendesk, field, title="Order no.").json()["ticket_field"]["title_in_portal"] == "Order no."
    update(zendesk, field, title_in_portal="Your order")
    changed = update(zendesk, field, title="Order").json()["ticket_field"]
    assert (changed["title_in_portal"], changed["description"]) == ("Your order", "Order")


def test_the_type_stays_and_the_header_says_so(zendesk: Zendesk) -> None:
    field = zendesk.make("ticket_fields", "ticket_field", type="text", title="Order")
    answer = update(zendesk, field, type="integer", title="Order no.")
    assert answer.status_code == 200
    assert answer.json()["ticket_field"]["type"] == "text"
    assert answer.json()["ticket_field"]["title"] == "Order no."
    assert ':unpermitted_keys=>["ticket_field.type"]' in answer.headers["x-zendesk-api-warn"]
    assert "x-zendesk-api-warn" not in update(zendesk, field, type="text").headers


def test_options_keep_their_id_only_when_it_is_sent(zendesk: Zendesk) -> None:
    field = dropdown(zendesk, "Area", "area_pay", "area_kyc")
    first, second = field["custom_field_options"]
    kept = {"id": first["id"], "name": "Payments", "value": "area_payments"}
    answer = update(zendesk, field, custom_field_options=[kept, {"name": "Other", "value": "area_kyc"}])
    options = answer.json()["ticket_field"]["custom_field_options"]
    assert [(one["id"], one["value"]) for one in options[:1]] == [(first["id"], "area_payments")]
    assert options[1]["id"] != second["id"]
    assert [one["position"] for one in options] == [0, 1]
    unknown = [{"id": 5, "name": "X", "value": "x"}]
    assert update(zendesk, field, custom_field_options=unknown).status_code == 422


def test_not_sent_options_stay_and_an_empty_list_is_refused(zendesk: Zendesk) -> None:
    field = dropdown(zendesk, "Area", "area_pay")
    assert len(update(zendesk, field, title="X").json()["ticket_field"]["custom_field_options"]) == 1
    assert update(zendesk, field, custom_field_options=[]).status_code == 422
    bare = zendesk.post("ticket_fields", {"ticket_field": {"type": "multiselect", "title": "Empty"}})
    assert bare.json()["details"]["custom_field_options"][0]["error"] == "BlankValue"


@pytest.mark.parametrize(
    "options",
    [
        [{"name": "A", "value": "same"}, {"name": "B", "value": "same"}],
        [{"name": "A", "value": "with space"}],
        [{"name": "A", "value": "a&b"}],
        [{"name": "", "value": "x"}],
    ],
)
def test_bad_options_are_refused(zendesk: Zendesk, options: list[dict[str, str]]) -> None:
    sent = {"ticket_field": {"type": "tagger", "title": "X", "custom_field_options": options}}
    assert zendesk.post("ticket_fields", sent).status_code == 422


def test_unknown_parts_of_options_are_dropped_with_a_warning(zendesk: Zendesk) -> None:
    options = [{"name": "A", "value": "a", "colour": "red"}, "b"]
    sent = {"ticket_field": {"type": "tagger", "title": "X", "custom_field_options": options}}
    answer = zendesk.post("ticket_fields", sent)
    assert [one["value"] for one in answer.json()["ticket_field"]["custom_field_options"]] == ["a"]
    assert "custom_field_options.0.colour" in answer.headers["x-zendesk-api-warn"]
    assert "custom_field_options.1" in answer.headers["x-zendesk-api-warn"]


@pytest.mark.parametrize("path", ["ticket_field", "user_field", "organization_field"])
def test_a_tag_belongs_to_one_field_of_the_account(zendesk: Zendesk, path: str) -> None:
    dropdown(zendesk, "Area", "vip")
    sent: dict[str, Any] = {"type": "checkbox", "title": "VIP", "tag": "vip", "key": "vip"}
    if path == "ticket_field":
        del sent["key"]
    answer = zendesk.post(f"{path}s", {path: sent})
    assert answer.status_code == 422
    assert "vip is already used as a tag by the field Area" in answer.text


def test_options_have_endpoints_of_their_own(zendesk: Zendesk) -> None:
    field = dropdown(zendesk, "Area", "area_pay")
    path = f"ticket_fields/{field['id']}/options"
    made = zendesk.post(path, {"custom_field_option": {"name": "KYC", "value": "area_kyc"}})
    assert made.status_code == 201
    key = made.json()["custom_field_option"]["id"]
    changed = zendesk.post(path, {"custom_field_option": {"id": key, "name": "Checks", "value": "area_kyc"}})
    assert (changed.status_code, changed.json()["custom_field_option"]["name"]) == (200, "Checks")
    assert zendesk.get(path).json()["count"] == 2
    assert zendesk.delete(f"{path}/{key}").status_code == 204
    assert zendesk.delete(f"{path}/{key}").status_code == 404
    assert zendesk.delete(f"{path}/{field['custom_field_options'][0]['id']}").status_code == 422
    text = zendesk.make("ticket_fields", "ticket_field", type="text", title="T")
    answer = zendesk.post(f"ticket_fields/{text['id']}/options", {"custom_field_option": {"name": "x"}})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "sent",
    [
        {"type": "poem", "title": "X"},
        {"type": "regexp", "title": "X"},
        {"type": "text", "title": "X", "required_in_portal": True},
        {"type": "text"},
    ],
)
def test_bad_fields_are_refused(zendesk: Zendesk, sent: dict[str, Any]) -> None:
    assert zendesk.post("ticket_fields", {"ticket_field": sent}).status_code == 422


def test_system_fields_stay_but_may_be_renamed(zendesk: Zendesk) -> None:
    subject = zendesk.get("ticket_fields").json()["ticket_fields"][0]
    assert zendesk.delete(f"ticket_fields/{subject['id']}").status_code == 403
    assert update(zendesk, subject, title_in_portal="Topic").json()["ticket_field"]["title_in_portal"] == "Topic"
    status = zendesk.get("ticket_fields").json()["ticket_fields"][2]
    assert [one["value"] for one in status["system_field_options"]] == ["open", "pending", "solved"]


def test_reorder_takes_a_part_and_lists_sort_by_position_or_by_id(zendesk: Zendesk) -> None:
    one = zendesk.make("ticket_fields", "ticket_field", type="text", title="One")
    two = zendesk.make("ticket_fields", "ticket_field", type="text", title="Two")
    assert zendesk.put("ticket_fields/reorder", {"ticket_field_ids": [two["id"], one["id"]]}).status_code == 200
    titles = zendesk.titles("ticket_fields", "ticket_fields")
    assert titles.index("Two") < titles.index("One")
    by_id = zendesk.titles("ticket_fields?page[size]=100", "ticket_fields")
    assert by_id.index("One") < by_id.index("Two")


def test_deleting_a_field_takes_it_off_its_forms(zendesk: Zendesk) -> None:
    field = zendesk.make("ticket_fields", "ticket_field", type="text", title="One")
    form = zendesk.make("ticket_forms", "ticket_form", name="F", ticket_field_ids=[field["id"]])
    assert zendesk.delete(f"ticket_fields/{field['id']}").status_code == 204
    assert zendesk.get(f"ticket_forms/{form['id']}").json()["ticket_form"]["ticket_field_ids"] == []


@pytest.mark.parametrize("of", ["user", "organization"])
def test_keys_of_customer_fields_are_unique_and_stay(zendesk: Zendesk, of: str) -> None:
    path, one = f"{of}_fields", f"{of}_field"
    made = zendesk.make(path, one, key="tier", type="text", title="Tier")
    clash = zendesk.post(path, {one: {"key": "tier", "type": "text", "title": "Other"}})
    assert "key" in clash.json()["details"]
    answer = zendesk.put(f"{path}/{made['id']}", {one: {"key": "level", "type": "date", "title": "Level"}})
    assert (answer.json()[one]["key"], answer.json()[one]["type"], answer.json()[one]["title"]) == (
        "tier",
        "text",
        "Level",
    )
    assert f'["{one}.key", "{one}.type"]' in answer.headers["x-zendesk-api-warn"]
    other = zendesk.make(
        path, one, key="area", type="dropdown", title="Area", custom_field_options=[{"name": "A", "value": of}]
    )
    assert other["custom_field_options"][0]["position"] == 0
    zendesk.put(f"{path}/reorder", {f"{one}_ids": [other["id"], made["id"]]})
    assert zendesk.titles(path, path, "key") == ["area", "tier"]
    for bad in ({"type": "poem"}, {"key": "a b"}, {"type": "regexp"}):
        sent = {one: {"key": "new", "type": "text", "title": "X", **bad}}
        assert zendesk.post(path, sent).status_code == 422


def test_one_form_is_the_default_and_stays_active(zendesk: Zendesk) -> None:
    first = zendesk.get("ticket_forms").json()["ticket_forms"][0]
    assert zendesk.delete(f"ticket_forms/{first['id']}").status_code == 422
    assert zendesk.put(f"ticket_forms/{first['id']}", {"ticket_form": {"active": False}}).status_code == 422
    second = zendesk.make("ticket_forms", "ticket_form", name="Second", default=True)
    assert zendesk.get(f"ticket_forms/{first['id']}").json()["ticket_form"]["default"] is False
    assert second["display_name"] == "Second"
    assert zendesk.delete(f"ticket_forms/{first['id']}").status_code == 204
    bad = {"ticket_form": {"name": "X", "ticket_field_ids": [5]}}
    assert zendesk.post("ticket_forms", bad).status_code == 422


def test_custom_statuses_keep_their_category(zendesk: Zendesk) -> None:
    assert len(zendesk.get("custom_statuses").json()["custom_statuses"]) == 5
    made = zendesk.make("custom_statuses", "custom_status", status_category="open", agent_label="With bank")
    assert made["end_user_label"] == "With bank"
    answer = zendesk.put(f"custom_statuses/{made['id']}", {"custom_status": {"status_category": "hold"}})
    assert answer.json()["custom_status"]["status_category"] == "open"
    assert "custom_status.status_category" in answer.headers["x-zendesk-api-warn"]
    for bad in (
        {"status_category": "mad", "agent_label": "X"},
        {"status_category": "open", "agent_label": "with BANK"},
    ):
        assert zendesk.post("custom_statuses", {"custom_status": bad}).status_code == 422
    default = zendesk.get("custom_statuses").json()["custom_statuses"][0]
    assert zendesk.put(f"custom_statuses/{default['id']}", {"custom_status": {"active": False}}).status_code == 422
    assert zendesk.delete(f"custom_statuses/{default['id']}").status_code == 422


def content(zendesk: Zendesk, name: str = "Order Title") -> dict[str, Any]:
    variants = [{"locale_id": 1, "content": "Order"}, {"locale_id": 8, "content": "Auftrag"}]
    return zendesk.make("dynamic_content/items", "item", name=name, default_locale_id=1, variants=variants)


def test_dynamic_content_is_shown_rendered_and_kept_raw(zendesk: Zendesk) -> None:
    item = content(zendesk)
    assert item["placeholder"] == "{{dc.order_title}}"
    assert [one["default"] for one in item["variants"]] == [True, False]
    field = zendesk.make("ticket_fields", "ticket_field", type="text", title="{{dc.order_title}} {{dc.gone}}")
    option = [{"name": "{{dc.order_title}}", "value": "order_option"}]
    choice = zendesk.make("ticket_fields", "ticket_field", type="tagger", title="C", custom_field_options=option)
    shown = choice["custom_field_options"][0]
    assert (shown["name"], shown["raw_name"]) == ("Order", "{{dc.order_title}}")
    zendesk.delete(f"ticket_fields/{choice['id']}")
    assert (field["title"], field["raw_title"]) == ("Order {{dc.gone}}", "{{dc.order_title}} {{dc.gone}}")
    assert zendesk.delete(f"dynamic_content/items/{item['id']}").json()["details"]["base"][0]["error"] == "InUse"
    zendesk.delete(f"ticket_fields/{field['id']}")
    assert zendesk.delete(f"dynamic_content/items/{item['id']}").status_code == 204
    assert zendesk.store.table("zendesk", "variants") == {}


def test_only_the_name_of_dynamic_content_changes(zendesk: Zendesk) -> None:
    item = content(zendesk)
    sent = {"item": {"name": "Renamed", "default_locale_id": 8, "variants": []}}
    answer = zendesk.put(f"dynamic_content/items/{item['id']}", sent)
    changed = answer.json()["item"]
    assert (changed["name"], changed["placeholder"], changed["default_locale_id"]) == (
        "Renamed",
        "{{dc.order_title}}",
        1,
    )
    assert len(changed["variants"]) == 2
    assert "item.variants" in answer.headers["x-zendesk-api-warn"]
    for bad in (
        {"name": "renamed", "default_locale_id": 1, "variants": [{"locale_id": 1, "content": "x"}]},
        {"name": "order-title", "default_locale_id": 1, "variants": [{"locale_id": 1, "content": "x"}]},
        {"name": "X", "default_locale_id": 1},
        {"name": "X", "variants": [{"locale_id": 1, "content": "x"}]},
        {"name": "X", "default_locale_id": 2, "variants": [{"locale_id": 1, "content": "x"}]},
    ):
        assert zendesk.post("dynamic_content/items", {"item": bad}).status_code == 422, bad


def test_variants_one_for_each_language(zendesk: Zendesk) -> None:
    item = content(zendesk)
    path = f"dynamic_content/items/{item['id']}/variants"
    assert zendesk.post(path, {"variant": {"locale_id": 8, "content": "x"}}).status_code == 422
    french = zendesk.make(path, "variant", locale_id=16, content="Commande")
    assert f"/items/{item['id']}/variants/{french['id']}" in french["url"]
    default = zendesk.get(path).json()["variants"][0]
    assert zendesk.put(f"{path}/{default['id']}", {"variant": {"default": False}}).status_code == 422
    assert zendesk.delete(f"{path}/{default['id']}").status_code == 422
    zendesk.put(f"{path}/{french['id']}", {"variant": {"default": True}})
    assert zendesk.get(f"dynamic_content/items/{item['id']}").json()["item"]["default_locale_id"] == 16
    assert zendesk.delete(f"{path}/{default['id']}").status_code == 204
    assert (
        zendesk.post("dynamic_content/items/5/variants", {"variant": {"locale_id": 1, "content": "x"}}).status_code
        == 404
    )
    other = content(zendesk, "Other")
    assert zendesk.get(f"dynamic_content/items/{other['id']}/variants/{french['id']}").status_code == 404
