"""Categories of a help center. Deleting one deletes its sections and their articles.

Source: developer.zendesk.com, “Categories”.
"""

from __future__ import annotations

from sandbox.store import Row
from sandbox.zendesk import translations
from sandbox.zendesk.endpoint import ApiCall
from sandbox.zendesk.help_center import brand_of
from sandbox.zendesk.help_center_items import Item
from sandbox.zendesk.resource import Resource
from sandbox.zendesk.sections import drop_section


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if row["position"] is None:
        brand = brand_of(call)["id"]
        own = [one for one in CATEGORIES.resource.table(call).values() if one["_brand"] == brand]
        row["position"] = max((int(one["position"]) for one in own), default=-1) + 1


def _remove(call: ApiCall, resource: Resource, row: Row) -> None:
    for section in [one for one in call.account.rows("sections").values() if one["category_id"] == row["id"]]:
        if str(section["id"]) in call.account.rows("sections"):
            drop_section(call, section)
    translations.drop_translations(call, row)
    del resource.table(call)[str(row["id"])]


TEXTS = translations.Texts("Category", "name", "description")
CATEGORIES = Item(
    Resource(
        path="help_center/categories",
        one="category",
        many="categories",
        attributes={"position": "number"},
        defaults={"position": None},
        warns=False,
        prepare=_prepare,
        remove=_remove,
    ),
    TEXTS,
)

ENDPOINTS = [*CATEGORIES.endpoints(), *translations.endpoints("categories", TEXTS, CATEGORIES.find)]
