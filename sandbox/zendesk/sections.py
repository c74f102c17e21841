"""Sections of a help center: in a category, or in another section on Enterprise plans.

Source: developer.zendesk.com, “Sections”: `parent_section_id` can be written on Enterprise only; deleting a section
deletes what is in it. That the vendor does not take `parent_section_id` beside other attributes is known from a client
that sends it alone; here it is then left out.
"""

from __future__ import annotations

from sandbox.store import Row
from sandbox.zendesk import translations
from sandbox.zendesk.articles import drop_article
from sandbox.zendesk.endpoint import ApiCall
from sandbox.zendesk.help_center import brand_of
from sandbox.zendesk.help_center_items import Item
from sandbox.zendesk.refusals import invalid
from sandbox.zendesk.resource import Resource

LEAST_PLAN = "enterprise"
"""For sections in sections."""
DEEPEST = 5
"""Sections in each other; source: support.zendesk.com, “Organizing knowledge base content”."""


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if old is None:
        row["parent_section_id"] = None
    elif "parent_section_id" in sent and (len(sent) > 1 or not call.account.plan_is_at_least(LEAST_PLAN)):
        row["parent_section_id"] = old["parent_section_id"]
    brand = brand_of(call)["id"]
    categories = call.account.rows("categories")
    if str(row["category_id"]) not in categories or categories[str(row["category_id"])]["_brand"] != brand:
        raise invalid("category_id", f"{row['category_id']} is not a category of this help center")
    if row["parent_section_id"] is not None:
        _check_parent(call, row)
    if row["position"] is None:
        own = [one for one in call.account.rows("sections").values() if one["category_id"] == row["category_id"]]
        row["position"] = max((int(one["position"]) for one in own), default=-1) + 1


def _check_parent(call: ApiCall, row: Row) -> None:
    """Raises `Refused` (422) for a parent that is not there, lies in the section itself, or lies too deep."""
    sections = call.account.rows("sections")
    above: Row | None = sections.get(str(row["parent_section_id"]))
    if above is None or above["_brand"] != brand_of(call)["id"]:
        raise invalid("parent_section_id", f"{row['parent_section_id']} is not a section of this help center")
    row["category_id"] = above["category_id"]
    depth = 1
    while above is not None:
        depth += 1
        if above["id"] == row.get("id") or depth > DEEPEST:
            raise invalid("parent_section_id", f"a section lies in itself, or deeper than {DEEPEST}")
        above = sections.get(str(above["parent_section_id"]))


def drop_section(call: ApiCall, row: Row) -> None:
    """Delete a section, the sections in it and their articles."""
    sections = call.account.rows("sections")
    for inner in [one for one in sections.values() if one["parent_section_id"] == row["id"]]:
        drop_section(call, inner)
    for article in [one for one in call.account.rows("articles").values() if one["section_id"] == row["id"]]:
        drop_article(call, article)
    translations.drop_translations(call, row)
    del sections[str(row["id"])]


TEXTS = translations.Texts("Section", "name", "description")
SECTIONS = Item(
    Resource(
        path="help_center/sections",
        one="section",
        many="sections",
        attributes={
            "position": "number",
            "sorting": "text",
            "category_id": "id",
            "parent_section_id": "id",
            "theme_template": "text",
        },
        defaults={
            "position": None,
            "sorting": "manual",
            "category_id": None,
            "parent_section_id": None,
            "theme_template": "section_page",
        },
        warns=False,
        prepare=_prepare,
        remove=lambda call, resource, row: drop_section(call, row),
    ),
    TEXTS,
    owner="categories",
    owner_column="category_id",
)

ENDPOINTS = [*SECTIONS.endpoints(), *translations.endpoints("sections", TEXTS, SECTIONS.find)]
