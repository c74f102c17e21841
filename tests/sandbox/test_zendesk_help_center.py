"""The help center: brands, languages, categories, sections, articles, translations."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.client import Zendesk

BODY = "<p>How it works.</p>"


@pytest.fixture
def zendesk() -> Zendesk:
    return Zendesk(
        {
            "plan": "enterprise",
            "brands": [{"name": "Shop", "subdomain": "shop"}, {"name": "Quiet", "subdomain": "quiet"}],
            "help_centers": [
                {"locales": ["en-us", "de", "fr"]},
                {"brand": "shop", "locales": ["de"]},
            ],
        }
    )


def group(zendesk: Zendesk, name: str = "Agents and admins") -> int:
    groups = zendesk.get("guide/permission_groups").json()["permission_groups"]
    return next(int(one["id"]) for one in groups if one["name"] == name)


def category(zendesk: Zendesk, name: str = "Guides", **more: Any) -> dict[str, Any]:
    return zendesk.make("help_center/en-us/categories", "category", name=name, **more)


def section(zendesk: Zendesk, parent: dict[str, Any], name: str = "Start", **more: Any) -> dict[str, Any]:
    return zendesk.make(f"help_center/en-us/categories/{parent['id']}/sections", "section", name=name, **more)


def article(zendesk: Zendesk, parent: dict[str, Any], title: str = "First steps", **more: Any) -> dict[str, Any]:
    sent = {"title": title, "body": BODY, "permission_group_id": group(zendesk), "user_segment_id": None, **more}
    return zendesk.make(f"help_center/en-us/sections/{parent['id']}/articles", "article", **sent)


# Brands and languages


def test_each_brand_has_languages_of_its_own(zendesk: Zendesk) -> None:
    own = zendesk.get("help_center/locales").json()
    assert own == {"locales": ["de", "en-us", "fr"], "default_locale": "en-us"}
    shop = at_brand(zendesk, "shop", "GET", "help_center/locales")
    assert shop.json() == {"locales": ["de"], "default_locale": "de"}


def at_brand(zendesk: Zendesk, brand: str, method: str, path: str, body: Any = None) -> Any:
    headers = {"authorization": "Bearer sandbox"}
    return zendesk.admin.call(method, f"/zendesk/brands/{brand}/api/v2/{path}", body, headers=headers)


def test_content_belongs_to_the_brand_that_was_called(zendesk: Zendesk) -> None:
    own = category(zendesk)
    made = at_brand(zendesk, "shop", "POST", "help_center/categories", {"category": {"name": "Hilfe", "locale": "de"}})
    other = made.json()["category"]
    assert (
        other["url"] == f"http://sandbox.test/zendesk/brands/shop/api/v2/help_center/de/categories/{other['id']}.json"
    )
    assert other["html_url"].startswith("https://shop.zendesk.com/hc/de/categories/")
    assert zendesk.titles("help_center/categories", "categories", "name") == ["Guides"]
    assert zendesk.get(f"help_center/categories/{other['id']}").status_code == 404
    assert at_brand(zendesk, "shop", "GET", f"help_center/categories/{own['id']}").status_code == 404
    host = {"host": "shop.sandbox.test", "authorization": "Bearer sandbox"}
    seen = zendesk.admin.call("GET", "/zendesk/api/v2/help_center/categories", headers=host).json()["categories"]
    assert [one["name"] for one in seen] == ["Hilfe"]


def test_a_help_center_that_is_off_is_not_there(zendesk: Zendesk) -> None:
    brands = {row["subdomain"]: row for row in zendesk.get("brands").json()["brands"]}
    assert (brands["quiet"]["has_help_center"], brands["quiet"]["help_center_state"]) == (False, "disabled")
    assert (brands["shop"]["has_help_center"], brands["shop"]["help_center_state"]) == (True, "enabled")
    for method, path in (("GET", "categories"), ("POST", "categories"), ("GET", "locales"), ("GET", "user_segments")):
        answer = at_brand(zendesk, "quiet", method, f"help_center/{path}", {})
        assert (answer.status_code, answer.json()["error"]) == (404, "InvalidEndpoint"), path
    assert Zendesk().get("brands").json()["brands"][0]["help_center_state"] == "restricted"


def test_languages_that_a_help_center_lacks_are_refused(zendesk: Zendesk) -> None:
    sent = {"category": {"name": "Ayuda", "locale": "es"}}
    assert "locale" in zendesk.post("help_center/categories", sent).json()["details"]
    assert zendesk.post("help_center/es/categories", sent).status_code == 404
    assert "locale" in zendesk.post("help_center/categories", {"category": {"name": "X"}}).json()["details"]


def test_calls_are_counted_apart_from_support() -> None:
    zendesk = Zendesk({"calls_per_minute": 2})
    for _ in range(2):
        assert zendesk.get("groups").status_code == 200
    assert zendesk.get("groups").status_code == 429
    assert zendesk.get("help_center/categories").headers["x-rate-limit-remaining"] == "1"
    assert zendesk.get("guide/permission_groups").status_code == 200
    assert zendesk.get("help_center/categories").status_code == 429


# Categories and sections


def test_a_category_is_shown_in_the_language_of_the_path(zendesk: Zendesk) -> None:
    texts = [
        {"locale": "en-us", "title": "Guides", "body": "All of them"},
        {"locale": "de", "title": "Anleitungen"},
    ]
    made = zendesk.make("help_center/categories", "category", translations=texts)
    path = f"categories/{made['id']}"
    assert (made["name"], made["description"], made["locale"]) == ("Guides", "All of them", "en-us")
    german = zendesk.get(f"help_center/de/{path}").json()["category"]
    assert (german["name"], german["locale"], german["source_locale"]) == ("Anleitungen", "de", "en-us")
    assert zendesk.get(f"help_center/fr/{path}").status_code == 404
    assert zendesk.titles("help_center/de/categories", "categories", "name") == ["Anleitungen"]
    assert zendesk.titles("help_center/fr/categories", "categories", "name") == []
    twice = {"category": {"translations": [texts[0], texts[0]]}}
    assert "translations" in zendesk.post("help_center/categories", twice).json()["details"]
    untitled = {"category": {"translations": [{"locale": "de"}]}}
    assert "name" in zendesk.post("help_center/categories", untitled).json()["details"]
    assert len(zendesk.get("help_center/categories").json()["categories"]) == 1


def test_an_update_leaves_texts_out_without_a_word(zendesk: Zendesk) -> None:
    made = category(zendesk, description="Old")
    sent = {"category": {"name": "New", "description": "New", "source_locale": "de", "position": 4, "colour": "red"}}
    answer = zendesk.put(f"help_center/categories/{made['id']}", sent)
    assert "x-zendesk-api-warn" not in answer.headers
    changed = answer.json()["category"]
    assert (changed["name"], changed["description"]) == ("Guides", "Old")
    assert (changed["source_locale"], changed["position"]) == ("en-us", 4)
    assert "colour" not in changed


def test_new_ones_come_last_and_lists_go_by_position(zendesk: Zendesk) -> None:
    made = [category(zendesk, name) for name in ("A", "B", "C")]
    assert [one["position"] for one in made] == [0, 1, 2]
    zendesk.put(f"help_center/categories/{made[0]['id']}", {"category": {"position": 9}})
    assert zendesk.titles("help_center/categories", "categories", "name") == ["B", "C", "A"]
    page = zendesk.get("help_center/categories?page[size]=2").json()
    assert ([one["name"] for one in page["categories"]], page["meta"]["has_more"]) == (["B", "C"], True)


def test_a_page_holds_thirty_unless_the_call_says_otherwise(zendesk: Zendesk) -> None:
    for number in range(31):
        category(zendesk, f"C{number}")
    page = zendesk.get("help_center/categories").json()
    assert (len(page["categories"]), page["count"], page["page_count"], page["per_page"]) == (30, 31, 2, 30)
    assert len(zendesk.get(page["next_page"]).json()["categories"]) == 1
    assert len(zendesk.get("help_center/categories?per_page=100").json()["categories"]) == 31


def test_sections_lie_in_a_category_and_move_between_them(zendesk: Zendesk) -> None:
    one, two = category(zendesk, "One"), category(zendesk, "Two")
    made = section(zendesk, one)
    assert (made["category_id"], made["parent_section_id"], made["position"]) == (one["id"], None, 0)
    path = f"help_center/sections/{made['id']}"
    zendesk.put(path, {"section": {"category_id": two["id"]}})
    assert zendesk.titles(f"help_center/categories/{two['id']}/sections", "sections", "name") == ["Start"]
    assert zendesk.titles(f"help_center/categories/{one['id']}/sections", "sections", "name") == []
    assert "category_id" in zendesk.put(path, {"section": {"category_id": 1}}).json()["details"]


def test_a_section_in_a_section_is_for_enterprise_and_sent_alone(zendesk: Zendesk) -> None:
    parent = category(zendesk)
    outer, inner = section(zendesk, parent, "Outer"), section(zendesk, parent, "Inner")
    path = f"help_center/sections/{inner['id']}"
    both = zendesk.put(path, {"section": {"parent_section_id": outer["id"], "position": 3}}).json()["section"]
    assert (both["parent_section_id"], both["position"]) == (None, 3)
    alone = zendesk.put(path, {"section": {"parent_section_id": outer["id"]}}).json()["section"]
    assert (alone["parent_section_id"], alone["position"]) == (outer["id"], 3)
    circle = zendesk.put(f"help_center/sections/{outer['id']}", {"section": {"parent_section_id": inner["id"]}})
    assert "parent_section_id" in circle.json()["details"]
    small = Zendesk({"plan": "professional"})
    parent = category(small)
    outer, inner = section(small, parent, "Outer"), section(small, parent, "Inner")
    path = f"help_center/sections/{inner['id']}"
    assert (
        small.put(path, {"section": {"parent_section_id": outer["id"]}}).json()["section"]["parent_section_id"] is None
    )


def test_deleting_deletes_what_is_inside(zendesk: Zendesk) -> None:
    parent = category(zendesk)
    outer, inner = section(zendesk, parent, "Outer"), section(zendesk, parent, "Inner")
    zendesk.put(f"help_center/sections/{inner['id']}", {"section": {"parent_section_id": outer["id"]}})
    made = article(zendesk, inner)
    assert zendesk.delete(f"help_center/sections/{outer['id']}").status_code == 204
    assert zendesk.get(f"help_center/sections/{inner['id']}").status_code == 404
    assert zendesk.get(f"help_center/articles/{made['id']}").status_code == 404
    section(zendesk, parent)
    assert zendesk.delete(f"help_center/categories/{parent['id']}").status_code == 204
    assert zendesk.get("help_center/sections").json()["sections"] == []


# Articles


def test_an_article_needs_a_permission_group_and_null_is_everybody(zendesk: Zendesk) -> None:
    parent = section(zendesk, category(zendesk))
    path = f"help_center/en-us/sections/{parent['id']}/articles"
    without = zendesk.post(path, {"article": {"title": "X", "body": BODY}})
    assert (without.status_code, list(without.json()["details"])) == (422, ["permission_group_id"])
    wrong = {"title": "X", "permission_group_id": group(zendesk), "user_segment_id": 1}
    assert "user_segment_id" in zendesk.post(path, {"article": wrong}).json()["details"]
    made = article(zendesk, parent)
    assert (made["user_segment_id"], made["title"], made["name"]) == (None, "First steps", "First steps")
    assert (made["draft"], made["promoted"], made["position"], made["body"]) == (False, False, 0, BODY)
    segments = zendesk.get("help_center/user_segments").json()["user_segments"]
    changed = {"article": {"user_segment_id": segments[0]["id"]}}
    path = f"help_center/articles/{made['id']}"
    assert zendesk.put(path, changed).json()["article"]["user_segment_id"] == segments[0]["id"]
    assert zendesk.put(path, {"article": {"user_segment_id": None}}).json()["article"]["user_segment_id"] is None


def test_an_articles_texts_change_through_translations_only(zendesk: Zendesk) -> None:
    made = article(zendesk, section(zendesk, category(zendesk)), draft=True)
    assert made["draft"] is True
    path = f"help_center/articles/{made['id']}"
    sent = {"article": {"title": "New", "body": "new", "draft": False, "locale": "de", "promoted": True}}
    changed = zendesk.put(path, sent).json()["article"]
    assert (changed["title"], changed["body"], changed["draft"]) == ("First steps", BODY, True)
    assert (changed["locale"], changed["promoted"]) == ("en-us", True)
    text = zendesk.put(f"{path}/translations/en-us", {"translation": {"title": "New", "draft": False}})
    assert text.json()["translation"]["body"] == BODY
    changed = zendesk.get(path).json()["article"]
    assert (changed["title"], changed["body"], changed["draft"]) == ("New", BODY, False)


def test_labels_are_replaced_cleared_and_left(zendesk: Zendesk) -> None:
    made = article(zendesk, section(zendesk, category(zendesk)), label_names=["b", "a", "b"])
    assert made["label_names"] == ["b", "a"]
    path = f"help_center/articles/{made['id']}"
    assert zendesk.put(path, {"article": {"position": 2}}).json()["article"]["label_names"] == ["b", "a"]
    assert [one["name"] for one in zendesk.get("help_center/articles/labels").json()["labels"]] == ["a", "b"]
    assert zendesk.put(path, {"article": {"label_names": ["c"]}}).json()["article"]["label_names"] == ["c"]
    assert zendesk.put(path, {"article": {"label_names": []}}).json()["article"]["label_names"] == []


def test_a_deleted_article_is_archived(zendesk: Zendesk) -> None:
    parent = section(zendesk, category(zendesk))
    made = article(zendesk, parent)
    assert zendesk.delete(f"help_center/articles/{made['id']}").status_code == 204
    assert zendesk.get(f"help_center/articles/{made['id']}").status_code == 404
    assert zendesk.get(f"help_center/sections/{parent['id']}/articles").json()["articles"] == []
    assert zendesk.delete(f"help_center/articles/{made['id']}").status_code == 404
    assert str(made["id"]) in zendesk.store.table("zendesk", "articles")


def test_articles_move_and_are_listed_by_section_and_category(zendesk: Zendesk) -> None:
    one, two = category(zendesk, "One"), category(zendesk, "Two")
    first, second = section(zendesk, one), section(zendesk, two)
    made = article(zendesk, first)
    changed = zendesk.put(f"help_center/articles/{made['id']}", {"article": {"section_id": second["id"]}})
    assert changed.json()["article"]["section_id"] == second["id"]
    assert zendesk.titles(f"help_center/sections/{second['id']}/articles", "articles") == ["First steps"]
    assert zendesk.titles(f"help_center/categories/{one['id']}/articles", "articles") == []
    assert zendesk.titles(f"help_center/en-us/categories/{two['id']}/articles", "articles") == ["First steps"]


def test_what_could_run_in_a_browser_is_taken_out(zendesk: Zendesk) -> None:
    body = '<p onclick="steal()">Hello</p><script>steal()</script><p>On one = two</p>'
    made = article(zendesk, section(zendesk, category(zendesk)), body=body)
    assert made["body"] == "<p>Hello</p><p>On one = two</p>"


# Translations


def test_there_is_one_translation_for_each_language(zendesk: Zendesk) -> None:
    made = article(zendesk, section(zendesk, category(zendesk)))
    path = f"help_center/articles/{made['id']}/translations"
    assert zendesk.get(f"{path}/missing").json() == {"locales": ["de", "fr"]}
    german = zendesk.make(path, "translation", locale="de", title="Erste Schritte", body="<p>So.</p>", draft=True)
    assert (german["source_id"], german["source_type"], german["draft"]) == (made["id"], "Article", True)
    again = zendesk.post(path, {"translation": {"locale": "de", "title": "Nochmals"}})
    assert again.json()["details"]["locale"][0]["error"] == "DuplicateValue"
    assert "locale" in zendesk.post(path, {"translation": {"locale": "es", "title": "Hola"}}).json()["details"]
    assert "title" in zendesk.post(path, {"translation": {"locale": "fr"}}).json()["details"]
    assert [one["locale"] for one in zendesk.get(path).json()["translations"]] == ["en-us", "de"]
    assert [one["locale"] for one in zendesk.get(f"{path}?locales=de,fr").json()["translations"]] == ["de"]
    assert zendesk.get(f"{path}/fr").status_code == 404
    assert zendesk.get(f"help_center/de/articles/{made['id']}").json()["article"]["draft"] is True
    listed = zendesk.get("help_center/articles?include=translations").json()["articles"][0]
    assert [one["locale"] for one in listed["translations"]] == ["en-us", "de"]


def test_outdated_translations_are_named(zendesk: Zendesk) -> None:
    made = article(zendesk, section(zendesk, category(zendesk)))
    path = f"help_center/articles/{made['id']}"
    zendesk.make(f"{path}/translations", "translation", locale="de", title="Erste Schritte")
    zendesk.put(f"{path}/translations/de", {"translation": {"outdated": True}})
    assert zendesk.get(path).json()["article"]["outdated_locales"] == ["de"]


@pytest.mark.parametrize(
    ("many", "name"), [("categories", "category"), ("sections", "section"), ("articles", "article")]
)
def test_the_source_language_has_a_call_of_its_own(zendesk: Zendesk, many: str, name: str) -> None:
    parent = category(zendesk)
    inside = section(zendesk, parent)
    made = {"categories": parent, "sections": inside, "articles": article(zendesk, inside)}[many]
    path = f"help_center/{many}/{made['id']}"
    assert f"{name}_locale" in zendesk.put(f"{path}/source_locale", {f"{name}_locale": "de"}).json()["details"]
    german = zendesk.make(f"{path}/translations", "translation", locale="de", title="Deutsch")
    assert zendesk.delete(f"help_center/translations/{german['id']}").status_code == 204
    zendesk.make(f"{path}/translations", "translation", locale="de", title="Deutsch")
    assert zendesk.put(f"{path}/source_locale", {f"{name}_locale": "de"}).status_code == 200
    changed = zendesk.get(path).json()[name]
    assert (changed["source_locale"], changed["name"]) == ("de", "Deutsch")
    source = zendesk.get(f"{path}/translations/de").json()["translation"]
    assert zendesk.delete(f"help_center/translations/{source['id']}").status_code == 422


# The start state


def test_the_start_state_names_what_content_belongs_to() -> None:
    zendesk = Zendesk(
        {
            "brands": [{"name": "Shop", "subdomain": "shop"}],
            "help_centers": [
                {"state": "enabled"},
                {"brand": "shop", "locales": ["de", "en-us"], "default_locale": "de"},
            ],
            "user_segments": [{"name": "Partners", "user_type": "signed_in_users", "tags": ["partner"]}],
            "categories": [{"name": "Guides"}, {"brand": "shop", "name": "Hilfe"}],
            "sections": [{"category": "Guides", "name": "Start"}],
            "articles": [{"section": "Start", "title": "Hello", "body": BODY, "user_segment": "Partners"}],
        }
    )
    seen = zendesk.get("help_center/articles").json()["articles"]
    assert [(one["title"], one["permission_group_id"] == group(zendesk)) for one in seen] == [("Hello", True)]
    assert zendesk.titles("help_center/categories", "categories", "name") == ["Guides"]
    assert at_brand(zendesk, "shop", "GET", "help_center/de/categories").json()["count"] == 1
    with pytest.raises(ValueError, match="there is no Nowhere"):
        Zendesk({"sections": [{"category": "Nowhere", "name": "X"}]})
    with pytest.raises(ValueError, match="help_centers"):
        Zendesk({"help_centers": [{"state": "ajar"}]})
