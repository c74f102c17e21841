"""What rules, macros, views and dynamic content refuse because of what is off, gone or in use."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.client import Answer, Zendesk

OPEN = {"field": "status", "operator": "less_than", "value": "solved"}
FILE = b"%PDF-1.7 --edge is not at the start of a line"


@pytest.fixture
def zendesk() -> Zendesk:
    return Zendesk()


def upload(zendesk: Zendesk, path: str, name: str = "terms.pdf") -> Answer:
    file = (
        f'Content-Disposition: form-data; name="attachment"; filename="{name}"\r\nContent-Type: application/pdf\r\n\r\n'
    )
    body = b"--edge\r\n" + file.encode() + FILE + b"\r\n--edge--\r\n"
    return zendesk.call("POST", path, raw=body, headers={"content-type": 'multipart/form-data; boundary="edge"'})


# What is off or gone


def test_a_view_does_not_ask_for_a_form_that_is_off(zendesk: Zendesk) -> None:
    form = zendesk.make("ticket_forms", "ticket_form", name="Old", active=False)
    asked = {"field": "ticket_form_id", "operator": "is", "value": str(form["id"])}
    sent = {"view": {"title": "V", "all": [OPEN, asked]}}
    assert zendesk.post("views", sent).status_code == 422
    trigger = {"title": "T", "conditions": {"all": [asked]}, "actions": [{"field": "priority", "value": "high"}]}
    assert zendesk.post("triggers", {"trigger": trigger}).status_code == 201
    zendesk.put(f"ticket_forms/{form['id']}", {"ticket_form": {"active": True}})
    assert zendesk.post("views", sent).status_code == 201


def test_a_macro_does_not_set_a_field_that_is_off(zendesk: Zendesk) -> None:
    field = zendesk.make("ticket_fields", "ticket_field", type="text", title="Order", active=False)
    action = {"field": f"custom_fields_{field['id']}", "value": "1"}
    assert zendesk.post("macros", {"macro": {"title": "M", "actions": [action]}}).status_code == 422
    zendesk.put(f"ticket_fields/{field['id']}", {"ticket_field": {"active": True}})
    made = zendesk.make("macros", "macro", title="M", actions=[action])
    zendesk.put(f"ticket_fields/{field['id']}", {"ticket_field": {"active": False}})
    renamed = zendesk.put(f"macros/{made['id']}", {"macro": {"title": "N"}})
    assert renamed.status_code == 200
    assert zendesk.put(f"macros/{made['id']}", {"macro": {"actions": [action]}}).status_code == 422


def test_nobody_who_is_gone_is_named(zendesk: Zendesk) -> None:
    ada = zendesk.make("users", "user", name="Ada", email="ada@example.com", role="agent")
    team = zendesk.make("groups", "group", name="Team")
    zendesk.delete(f"users/{ada['id']}")
    zendesk.delete(f"groups/{team['id']}")
    for action in ({"field": "assignee_id", "value": str(ada["id"])}, {"field": "group_id", "value": str(team["id"])}):
        assert zendesk.post("macros", {"macro": {"title": "M", "actions": [action]}}).status_code == 422
    for kind, key in (("User", ada["id"]), ("Group", team["id"])):
        sent = {"title": "V", "all": [OPEN], "restriction": {"type": kind, "id": key}}
        assert "restriction" in zendesk.post("views", {"view": sent}).json()["details"], kind


def test_custom_statuses_are_asked_for_where_there_are_some(zendesk: Zendesk) -> None:
    status = zendesk.get("custom_statuses?status_categories=open").json()["custom_statuses"][0]["id"]
    asked = {"field": "custom_status_id", "operator": "includes", "value": [str(status)]}
    sent = {"view": {"title": "V", "all": [OPEN, asked]}}
    assert zendesk.post("views", sent).status_code == 201
    gone = {"view": {"title": "W", "all": [OPEN, {**asked, "value": ["1"]}]}}
    assert zendesk.post("views", gone).status_code == 422
    zendesk.put("account/settings", {"settings": {"tickets": {"custom_statuses_enabled": False}}})
    assert zendesk.post("views", sent).status_code == 422
    action = {"field": "custom_status_id", "value": str(status)}
    assert zendesk.post("macros", {"macro": {"title": "M", "actions": [action]}}).status_code == 422


def test_side_conversations_are_switched_on_first(zendesk: Zendesk) -> None:
    action = {"field": "side_conversation", "value": ["Subject", "Body", "x@example.com", "text/html"]}
    sent = {"macro": {"title": "M", "actions": [action]}}
    assert zendesk.post("macros", sent).status_code == 422
    zendesk.put("account/settings", {"settings": {"side_conversations": {"email_channel": True}}})
    assert zendesk.post("macros", sent).status_code == 201
    slack = {"field": "side_conversation_slack", "value": ["C1", "Body"]}
    assert zendesk.post("macros", {"macro": {"title": "N", "actions": [slack]}}).status_code == 422


# Whose views and macros


def test_personal_views_are_listed_for_their_owner_and_personal_macros_for_administrators(zendesk: Zendesk) -> None:
    ada = zendesk.make("users", "user", name="Ada", email="ada@example.com", role="agent")
    owner = zendesk.get("users/me").json()["user"]
    for name, person in (("Hers", ada), ("Mine", owner)):
        restriction = {"type": "User", "id": person["id"]}
        zendesk.make("views", "view", title=name, all=[OPEN], restriction=restriction)
        actions = [{"field": "status", "value": "open"}]
        zendesk.make("macros", "macro", title=name, actions=actions, restriction=restriction)
    assert zendesk.titles("views?access=personal", "views") == ["Mine"]
    assert zendesk.titles("macros?access=personal", "macros") == ["Hers", "Mine"]
    assert "Mine" not in zendesk.titles("views?access=shared", "views")
    assert "Hers" not in zendesk.titles("macros?access=shared", "macros")


def test_places_of_many_change_at_once(zendesk: Zendesk) -> None:
    for path in ("views", "macros", "automations"):
        ids = [row["id"] for row in zendesk.get(path).json()[path]]
        order = [{"id": key, "position": place} for place, key in enumerate(reversed(ids), start=1)]
        assert zendesk.put(f"{path}/update_many", {path: order}).status_code == 200
        assert [row["id"] for row in zendesk.get(path).json()[path]] == ids[::-1]


# Files of macros


def test_a_macro_has_up_to_five_files(zendesk: Zendesk) -> None:
    macro = zendesk.make("macros", "macro", title="M", actions=[{"field": "status", "value": "open"}])
    path = f"macros/{macro['id']}/attachments"
    answer = upload(zendesk, path)
    made = answer.json()["macro_attachment"]
    assert (answer.status_code, made["filename"], made["size"]) == (201, "terms.pdf", len(FILE))
    assert zendesk.get(made["content_url"]).content == FILE
    for _ in range(4):
        assert upload(zendesk, path).status_code == 201
    assert upload(zendesk, path).status_code == 422
    assert len(zendesk.get(path).json()["macro_attachments"]) == 5
    assert upload(zendesk, "macros/1/attachments").status_code == 404
    assert zendesk.post("macros/attachments", {}).status_code == 422


def test_files_are_put_to_a_macro_by_their_ids_and_replaced_whole(zendesk: Zendesk) -> None:
    ids = [upload(zendesk, "macros/attachments", f"{n}.pdf").json()["macro_attachment"]["id"] for n in range(6)]
    actions = [{"field": "status", "value": "open"}]
    macro = zendesk.make("macros", "macro", title="M", actions=actions, attachments=ids[:2])
    assert "attachments" not in macro
    path = f"macros/{macro['id']}"

    def names() -> list[str]:
        return zendesk.titles(f"{path}/attachments", "macro_attachments", "filename")

    assert names() == ["0.pdf", "1.pdf"]
    zendesk.put(path, {"macro": {"title": "N"}})
    assert names() == ["0.pdf", "1.pdf"]
    zendesk.put(path, {"macro": {"attachments": [ids[2]]}})
    assert names() == ["2.pdf"]
    assert "attachments" in zendesk.put(path, {"macro": {"attachments": ids}}).json()["details"]
    assert "attachments" in zendesk.put(path, {"macro": {"attachments": [1]}}).json()["details"]
    zendesk.put(path, {"macro": {"attachments": []}})
    assert names() == []
    assert zendesk.get(f"macros/attachments/{ids[0]}").json()["macro_attachment"]["filename"] == "0.pdf"


# Dynamic content and languages


def item(zendesk: Zendesk, name: str = "Order") -> dict[str, Any]:
    variants = [{"locale_id": 1, "content": "Order"}]
    return zendesk.make("dynamic_content/items", "item", name=name, default_locale_id=1, variants=variants)


@pytest.mark.parametrize(
    ("path", "one", "sent"),
    [
        ("views", "view", {"title": "{{dc.order}}", "all": [OPEN]}),
        ("macros", "macro", {"title": "{{dc.order}}", "actions": [{"field": "status", "value": "open"}]}),
        ("ticket_forms", "ticket_form", {"name": "{{dc.order}}"}),
        ("user_fields", "user_field", {"key": "order", "type": "text", "title": "{{dc.order}}"}),
        ("custom_statuses", "custom_status", {"status_category": "open", "agent_label": "{{dc.order}}"}),
        ("help_center/en-us/categories", "category", {"name": "{{dc.order}}"}),
    ],
)
def test_content_in_use_is_not_deleted(zendesk: Zendesk, path: str, one: str, sent: dict[str, Any]) -> None:
    content = item(zendesk)
    made = zendesk.make(path, one, **sent)
    content_path = f"dynamic_content/items/{content['id']}"
    assert zendesk.delete(content_path).json()["details"]["base"][0]["error"] == "InUse"
    where = path.replace("/en-us", "")
    assert zendesk.delete(f"{where}/{made['id']}").status_code in (200, 204)
    assert zendesk.delete(content_path).status_code == 204


def test_variants_are_in_the_languages_of_the_account(zendesk: Zendesk) -> None:
    content = item(zendesk)
    path = f"dynamic_content/items/{content['id']}/variants"
    assert "locale_id" in zendesk.post(path, {"variant": {"locale_id": 67, "content": "注文"}}).json()["details"]
    zendesk.put("account/settings", {"settings": {"localization": {"locale_ids": [1, 67]}}})
    assert [row["locale"] for row in zendesk.get("locales").json()["locales"]] == ["en-US", "ja"]
    assert zendesk.post(path, {"variant": {"locale_id": 67, "content": "注文"}}).status_code == 201
    assert "locale_id" in zendesk.post(path, {"variant": {"locale_id": 8, "content": "Auftrag"}}).json()["details"]
    bad = {"name": "X", "default_locale_id": 8, "variants": [{"locale_id": 8, "content": "x"}]}
    assert "locale_id" in zendesk.post("dynamic_content/items", {"item": bad}).json()["details"]


def test_several_variants_are_written_at_once(zendesk: Zendesk) -> None:
    content = item(zendesk)
    path = f"dynamic_content/items/{content['id']}/variants"
    sent = [{"locale_id": 8, "content": "Auftrag"}, {"locale_id": 16, "content": "Commande"}]
    made = zendesk.post(f"{path}/create_many", {"variants": sent})
    assert (made.status_code, len(made.json()["variants"])) == (201, 2)
    german, french = made.json()["variants"]
    changes = [{"id": german["id"], "content": "Bestellung"}, {"id": french["id"], "active": False}]
    changed = zendesk.put(f"{path}/update_many", {"variants": changes}).json()["variants"]
    assert [(row["content"], row["active"]) for row in changed] == [("Bestellung", True), ("Commande", False)]


def test_languages_are_found_by_id_and_code(zendesk: Zendesk) -> None:
    assert len(zendesk.get("locales/public").json()["locales"]) > len(zendesk.get("locales").json()["locales"])
    for key in ("8", "de", "DE"):
        assert zendesk.get(f"locales/{key}").json()["locale"]["name"] == "Deutsch"
    assert zendesk.get("locales/klingon").status_code == 404
    assert zendesk.get("locales/current").json()["locale"]["id"] == 1
