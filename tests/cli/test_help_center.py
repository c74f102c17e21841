"""The help centre through the command line: texts that name each other, pictures, languages, and what is not ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml

from tests.cli.workspace import Workspace

pytestmark = pytest.mark.engine
Small = Callable[[str], Workspace]

CENTRE = """
help_center:
  categories: {account: {name: Account}}
  sections: {access: {name: Access, category: account}}
  articles:
    password:
      name: Set a new password
      section: access
      customers: {can: see}
      body: |
        Open the page, and see {{article:locked_out}}.

        ![The button](pictures/button.svg)
    locked_out:
      name: Locked out
      section: access
      customers: {can: see}
      body: {file: articles/locked-out.md}
macros:
  password: {name: Password, then: [{reply: public, text: "See {{article:password}}."}]}
"""
LOCKED_OUT = "Wait an hour, then [do this]({{article:password}}).\n"


def centre(small: Small, text: str = CENTRE) -> Workspace:
    """A workspace with a help centre, its text and its picture."""
    workspace = small(text)
    for name, said in {"articles/locked-out.md": LOCKED_OUT, "pictures/button.svg": "<svg/>"}.items():
        path = workspace.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(said, encoding="utf-8")
    return workspace


def articles(workspace: Workspace) -> dict[str, dict[str, Any]]:
    """The live articles by title, with their translations."""
    path = "help_center/articles?per_page=100&include=translations"
    return {each["title"]: each for each in workspace.zendesk("GET", path)["articles"]}


def attachments(workspace: Workspace, article: dict[str, Any]) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = workspace.zendesk("GET", f"help_center/articles/{article['id']}/attachments")[
        "article_attachments"
    ]
    return listed


def uploads(workspace: Workspace) -> int:
    return sum(each["method"] == "POST" and each["path"].endswith("/attachments") for each in workspace.sandbox.log())


def test_articles_that_name_each_other_and_macros_that_name_them(small: Small) -> None:
    workspace = centre(small)
    workspace.speaks("en-us")
    workspace.up()
    workspace.is_settled()
    live = articles(workspace)
    first, second = live["Set a new password"], live["Locked out"]
    assert f"/hc/en-us/articles/{second['id']}" in first["body"]
    assert f"/hc/en-us/articles/{first['id']}" in second["body"]
    assert (first["draft"], second["draft"]) == (False, False)
    (macro,) = [each for each in workspace.listed("macros") if each["title"] == "Password"]
    assert f"/hc/en-us/articles/{first['id']}." in str(macro["actions"])
    workspace.config(CENTRE.replace("name: Set a new password", "name: Choose another password"))
    assert [each["key"] for each in workspace.plan().document["changes"]] == ["password"], "addresses stay"


def test_a_picture_is_sent_when_it_is_another_one_and_goes_when_nobody_names_it(small: Small) -> None:
    workspace = centre(small)
    workspace.speaks("en-us")
    workspace.up()
    article = articles(workspace)["Set a new password"]
    (picture,) = attachments(workspace, article)
    assert picture["inline"] is True
    assert picture["content_url"] in article["body"]
    workspace.sandbox.clear_log()
    workspace.config(CENTRE.replace("Open the page", "Open the first page"))
    workspace.up()
    assert uploads(workspace) == 0
    (workspace.root / "pictures" / "button.svg").write_text("<svg><g/></svg>", encoding="utf-8")
    workspace.up()
    assert uploads(workspace) == 1
    article = articles(workspace)["Set a new password"]
    (other,) = attachments(workspace, article)
    assert other["id"] != picture["id"]
    assert other["content_url"] in article["body"]
    workspace.is_settled()
    workspace.config(CENTRE.replace("![The button](pictures/button.svg)", "No picture."))
    workspace.up()
    assert attachments(workspace, article) == []
    workspace.is_settled()


def test_a_picture_that_changes_after_the_plan_was_shown_is_not_sent(small: Small) -> None:
    workspace = centre(small)
    workspace.speaks("en-us")
    saved = workspace.root / "seen.plan"
    assert workspace.golive("plan", "--out", str(saved)).code == 0
    (workspace.root / "pictures" / "button.svg").write_text("<svg><g/></svg>", encoding="utf-8")
    assert workspace.golive("up", str(saved), "--yes").code != 0
    assert uploads(workspace) == 0


def test_a_language_comes_and_goes(small: Small) -> None:
    workspace = centre(small)
    workspace.speaks("en-us", "de")
    german = CENTRE.replace("name: Account}", "name: {en-US: Account, de: Konto}}")
    workspace.config(german)
    workspace.up()
    workspace.is_settled()
    path = "help_center/categories?include=translations"
    (category,) = workspace.zendesk("GET", path)["categories"]
    assert {each["locale"]: each["title"] for each in category["translations"]} == {"en-us": "Account", "de": "Konto"}
    workspace.config(CENTRE)
    workspace.up()
    workspace.is_settled()
    (category,) = workspace.zendesk("GET", path)["categories"]
    assert [each["locale"] for each in category["translations"]] == ["en-us"]


def test_another_language_becomes_the_first_one(small: Small) -> None:
    workspace = centre(small)
    workspace.speaks("en-us", "de")
    german = CENTRE.replace("name: Account}", "name: {en-US: Account, de: Konto}}")
    workspace.config("company: {name: Acme, default_locale: en-US}\n" + german)
    (workspace.root / "config" / "company.yaml").write_text("roles: {agent: {name: Agent, like: agent}}\n")
    workspace.up()
    only = "company: {name: Acme, default_locale: de}\n" + CENTRE.partition("  sections:")[0].replace(
        "name: Account}", "name: {de: Konto}}"
    )
    workspace.config(only + "  sections: {access: {name: Zugang, category: account}}\n")
    assert set(workspace.up().results.values()) == {"done"}
    workspace.is_settled()
    (category,) = workspace.zendesk("GET", "help_center/categories?include=translations")["categories"]
    assert category["source_locale"] == "de"
    assert [each["locale"] for each in category["translations"]] == ["de"]


def test_what_the_help_center_lacks_is_said_before_anything_is_sent(small: Small) -> None:
    workspace = centre(small)
    workspace.speaks("de")
    planned = workspace.golive("plan", "--json")
    (found,) = planned.checked("plan")["findings"]
    assert (planned.code, found["rule"], found["severity"]) == (2, "ZD128", "error")
    assert "does not have the language en-US" in found["message"]
    for brand in workspace.sandbox.store.table("zendesk", "brands").values():
        brand.update(has_help_center=False, help_center_state="disabled")
    (found,) = workspace.golive("plan", "--json").document["findings"]
    assert found["rule"] == "ZD120" and "is off" in found["message"] and "Create help center" in found["hint"]
    assert "help_centers: [{state: enabled}]" in found["hint"]
    workspace.sandbox.clear_log()
    refused = workspace.golive("up", "--yes", "--json")
    assert refused.code == 2 and refused.document["error"]["code"] == "account_refuses"
    assert workspace.sandbox.writes() == []
    rest = workspace.golive("up", "--yes", "--json", "--exclude", "help_center")
    assert rest.code == 0
    assert not any("help_center" in name or "articles" in name for name in rest.results)
    assert not any("help_center" in each["path"] for each in workspace.sandbox.writes())


def test_what_somebody_has_changed_is_a_difference_that_people_can_read(small: Small) -> None:
    workspace = centre(small)
    workspace.speaks("en-us")
    workspace.up()
    article = articles(workspace)["Locked out"]
    path = f"help_center/articles/{article['id']}/translations/en-us"
    same = article["body"].replace("<p>", '<p dir="auto">\n  ').replace("</p>", "\n</p>").replace(' dir="auto"', "")
    workspace.zendesk("PUT", path, {"translation": {"body": same}})
    workspace.is_settled()
    other = article["body"].replace("an hour", "<b>two</b> hours")
    workspace.zendesk("PUT", path, {"translation": {"body": other}})
    (changed,) = workspace.plan().document["drift"]
    (difference,) = changed["diff"]
    assert (changed["key"], difference["path"]) == ("locked_out", "body")
    assert difference["new"] == "Wait **two** hours, then [do this]({{article:password}})."
    workspace.up()
    workspace.is_settled()


def test_what_is_not_empty_stays_and_an_article_is_archived_where_it_is_to_go(small: Small) -> None:
    workspace = centre(small, CENTRE.replace("name: Locked out", "name: Locked out\n      on_remove: delete"))
    workspace.speaks("en-us")
    workspace.up()
    section = articles(workspace)["Locked out"]["section_id"]
    group = workspace.zendesk("GET", "guide/permission_groups")["permission_groups"][0]["id"]
    foreign = {"title": "Ours", "locale": "en-us", "permission_group_id": group, "body": "x"}
    workspace.zendesk("POST", f"help_center/sections/{section}/articles", {"article": foreign})
    workspace.config("groups: {desk: {name: Desk}}\n")
    ran = workspace.up()
    assert set(ran.results.values()) == {"done"}
    assert set(articles(workspace)) == {"Set a new password", "Ours"}
    assert attachments(workspace, articles(workspace)["Set a new password"]), "it keeps its picture"
    workspace.is_settled()


def test_a_help_center_is_taken_over_and_changes_nothing(small: Small) -> None:
    workspace = small("segments: {gold: {name: Gold}}\n")
    workspace.speaks("en-us", "de")
    group = workspace.zendesk("GET", "guide/permission_groups")["permission_groups"][1]["id"]
    names = [{"locale": "en-us", "title": "Account", "body": "All of it"}, {"locale": "de", "title": "Konto"}]
    category = workspace.zendesk("POST", "help_center/categories", {"category": {"translations": names}})["category"]
    made = {"section": {"name": "Access", "locale": "en-us"}}
    section = workspace.zendesk("POST", f"help_center/categories/{category['id']}/sections", made)["section"]
    for title, body in {
        "Locked out": "<h2 id='h_01ABCDEFGHJKMN'>Wait</h2><p>An <b>hour</b>.</p>",
        "Wild": "<div class='note'><p>Look</p></div>",
    }.items():
        article = {"title": title, "locale": "en-us", "permission_group_id": group, "body": body}
        workspace.zendesk("POST", f"help_center/sections/{section['id']}/articles", {"article": article})
    ran = workspace.golive("adopt", "--all", "--yes", "--json")
    assert ran.code == 0, ran.err + ran.out
    text = "".join(path.read_text(encoding="utf-8") for path in (workspace.root / "config").glob("*.yaml"))
    assert "**hour**" in text
    assert "Konto" in text
    workspace.is_settled()


def test_what_has_a_name_in_several_languages_is_found_by_the_first(small: Small) -> None:
    """An article that cannot be looked after is named with all its headlines; another one links to it."""
    workspace = small("groups: {}\n")
    workspace.speaks("en-us", "de")
    call = workspace.zendesk
    category = call("POST", "help_center/categories", {"category": {"name": "Help", "locale": "en-us"}})["category"]
    inside = f"help_center/categories/{category['id']}/sections"
    section = call("POST", inside, {"section": {"name": "Care", "locale": "en-us"}})["section"]
    groups = call("GET", "guide/permission_groups")["permission_groups"]
    common = {"locale": "en-us", "permission_group_id": groups[0]["id"]}
    inside = f"help_center/sections/{section['id']}/articles"
    one = call("POST", inside, {"article": {"title": "One", "body": "<p>1</p>", **common}})["article"]
    german = {"locale": "de", "title": "Eins", "body": "<p>1</p>", "draft": True}
    call("POST", f"help_center/articles/{one['id']}/translations", {"translation": german})
    link = f'<p>Look <a href="{one["html_url"]}">here</a></p>'
    call("POST", inside, {"article": {"title": "Two", "body": link, **common}})
    ran = workspace.golive("adopt", "articles/two", "--yes")
    assert ran.code == 0, ran.err
    workspace.is_settled()
    written = yaml.safe_load((workspace.root / "config" / "help_center.yaml").read_text(encoding="utf-8"))
    articles = written["help_center"]["articles"]
    named = {"name": {"en-US": "One", "de": "Eins"}, "existing": "One", "section": "care"}
    assert articles.get("one") == named, ran.out
    assert "{{article:one}}" in articles["two"]["body"]


def test_an_article_is_not_switched_by_one_call_and_it_is_said_how(small: Small) -> None:
    workspace = centre(small)
    workspace.speaks("en-us")
    workspace.up()
    workspace.sandbox.clear_log()
    for verb in (("off", "articles/password", "--reason", "Wrong number"), ("on", "articles/password")):
        ran = workspace.golive(*verb, "--yes")
        said = " ".join(ran.err.split())
        assert ran.code == 2
        assert "`articles/password` cannot be switched on or off in one call; nothing was changed." in said
        assert "Write `active: false` under it, then golive up --only articles/password" in said
    assert workspace.sandbox.writes() == []
    workspace.edit("      name: Set a new password\n", "      name: Set a new password\n      active: false\n")
    assert workspace.golive("up", "--yes", "--only", "articles/password").code == 0
    drafts = {title: each["draft"] for title, each in articles(workspace).items()}
    assert drafts == {"Set a new password": True, "Locked out": False}


def test_who_reads_an_article_is_no_change_of_those_that_name_it(small: Small) -> None:
    """What is looked up for it and not needed any more is not said either."""
    inside = """      name: Locked out
      section: access
      body: Wait an hour."""
    begun = CENTRE.replace(
        "      name: Locked out\n      section: access\n      customers: {can: see}\n"
        "      body: {file: articles/locked-out.md}",
        inside,
    )
    assert begun != CENTRE
    workspace = centre(small, begun)
    workspace.speaks("en-us")
    workspace.up()
    workspace.config(begun.replace(inside, f"{inside}\n      customers: {{can: see}}"))
    planned = workspace.plan()
    assert [(each["key"], each["action"]) for each in planned.document["changes"]] == [("locked_out", "update")]
    assert planned.document["summary"]["same"] == 4
    workspace.up()
    workspace.is_settled()
