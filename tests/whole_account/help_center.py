"""The help centre: categories, sections in sections, articles in three languages with pictures, links and readers."""

from __future__ import annotations

from typing import Any

from tests.whole_account.making import Maker

ARTICLES = 30
PICTURE = bytes.fromhex("89504e470d0a1a0a0000000d49484452")


def build_help_center(maker: Maker) -> None:
    """Texts in all languages of the help centre, or in some."""
    _places(maker)
    build_readers(maker)
    _articles(maker)


def text(maker: Maker, path: str, listed: str, name: str, locale: str, title: str, **more: Any) -> None:
    """A text in a further language."""
    where = f"{path}/{maker.id(listed, name)}/translations"
    maker.make(where, "translation", f"{name} {locale}", locale=locale, title=title, **more)


def _places(maker: Maker) -> None:
    for place, (name, german, described) in enumerate(
        (("Using your bike", "Ihr Rad", "All about riding."), ("Buying", "Kaufen", ""), ("For dealers", "Händler", ""))
    ):
        maker.make("help_center/categories", "category", name=name, locale="en-us", position=9 - place,
                   description=described)  # fmt: skip
        text(maker, "help_center/categories", "categories", name, "de", german)
    for place, (name, category) in enumerate(
        (("First ride", "Using your bike"), ("Care", "Using your bike"), ("Battery", "Using your bike"),
         ("Payment", "Buying"), ("Delivery", "Buying"), ("Terms", "For dealers"), ("Payment", "For dealers"))
    ):  # fmt: skip
        known = f"{category}/{name}"
        owner = maker.id("categories", category)
        maker.make(f"help_center/categories/{owner}/sections", "section", known, name=name, locale="en-us",
                   position=place % 3)  # fmt: skip
        if place % 2:
            text(maker, "help_center/sections", "sections", known, "fr", f"{name} (fr)")
    inner = maker.make(
        f"help_center/categories/{maker.id('categories', 'Using your bike')}/sections", "section", "Chains",
        name="Chains", locale="en-us",
    )  # fmt: skip
    above = maker.id("sections", "Using your bike/Care")
    maker.change(f"help_center/sections/{inner['id']}", "section", parent_section_id=above)


def build_readers(maker: Maker) -> None:
    """Who can read and who can write, as people say it in the help centre: golive names them only."""
    groups = [maker.id("groups", name) for name in ("Team 1", "Billing")]
    maker.make(
        "help_center/user_segments", "user_segment", name="Gold dealers", user_type="signed_in_users", tags=["gold"]
    )
    maker.make("help_center/user_segments", "user_segment", name="Tier two", user_type="staff", group_ids=groups)
    editors = [maker.id("user_segments", "Tier two")]
    maker.make("guide/permission_groups", "permission_group", name="Writers", edit=editors, publish=editors)


def _articles(maker: Maker) -> None:
    segments = {
        each["name"]: each["id"]
        for each in maker.call("GET", "help_center/user_segments?per_page=100")["user_segments"]
    }
    groups = {
        each["name"]: each["id"]
        for each in maker.call("GET", "guide/permission_groups?per_page=100")["permission_groups"]
    }
    readers = (
        None,
        segments["Signed-in users"],
        segments["Agents and admins"],
        segments["Gold dealers"],
        segments["Tier two"],
    )
    sections = [name for listed, name in maker.ids if listed == "sections"]
    for number in range(1, ARTICLES + 1):
        name = f"How to {number}" if number > 2 else "How to begin"  # two of one headline
        locale = "de" if number % 10 == 9 else "en-us"
        more: dict[str, Any] = {"promoted": True, "comments_disabled": True} if number % 7 == 0 else {}
        made = maker.make(
            f"help_center/sections/{maker.id('sections', sections[number % len(sections)])}/articles", "article",
            f"Article {number}", title=name, locale=locale, position=number % 4,
            body=_body(maker, number, locale), label_names=[f"label {number % 5}", "bike"] if number % 3 else [],
            user_segment_id=readers[number % len(readers)], draft=number % 6 == 0,
            permission_group_id=groups["Writers" if number % 8 == 0 else "Agents and admins"], **more,
        )  # fmt: skip
        if number % 2 == 0:
            text(maker, "help_center/articles", "articles", f"Article {number}", "fr", f"Comment {number}",
                 body=f"<p>Texte {number}</p>", draft=number % 6 == 0)  # fmt: skip
        if number % 10 == 4:  # published in one language, a draft in another
            text(maker, "help_center/articles", "articles", f"Article {number}", "de", "Entwurf",
                 body="<p>…</p>", draft=True)  # fmt: skip
        if number % 5 == 0:
            shown = maker.upload(
                f"help_center/articles/{made['id']}/attachments", f"photo{number}.png", PICTURE, inline="true"
            )
            body = f'<p>Look:</p><img src="{shown["content_url"]}" alt="Brake &amp; lever">'
            maker.change(f"help_center/articles/{made['id']}/translations/en-us", "translation", body=body)
    gone = maker.make(
        f"help_center/sections/{maker.id('sections', sections[0])}/articles", "article", "Archived", title="Archived",
        locale="en-us", body="<p>Gone</p>", permission_group_id=groups["Agents and admins"],
    )  # fmt: skip
    maker.remove(f"help_center/articles/{gone['id']}", "articles")


def _body(maker: Maker, number: int, locale: str) -> str:
    link = ""
    if number > 4:
        before = number - 3 if number % 10 != 7 else number - 2  # one that is published in all its languages
        address = f"https://halden.zendesk.com/hc/{locale}/articles/{maker.id('articles', f'Article {before}')}-How-to"
        link = f'<p>See <a href="{address}">this</a>.</p>'
    return (
        f"<h2>Step {number}</h2><p>Turn the <strong>lever</strong> &amp; wait.</p>"
        f"<ul><li>one</li><li>two <em>three</em></li></ul>{link}"
    )
