"""Help center content of the start state, which names what it belongs to: ids are not known yet."""

from __future__ import annotations

from sandbox.store import Row
from sandbox.zendesk import help_center
from sandbox.zendesk.articles import ARTICLES
from sandbox.zendesk.categories import CATEGORIES
from sandbox.zendesk.endpoint import ApiCall
from sandbox.zendesk.help_center_items import Item
from sandbox.zendesk.refusals import invalid
from sandbox.zendesk.sections import SECTIONS

ITEMS: dict[str, tuple[Item, tuple[tuple[str, str, str], ...]]] = {
    "categories": (CATEGORIES, ()),
    "sections": (SECTIONS, (("category", "category_id", "categories"),)),
    "articles": (
        ARTICLES,
        (
            ("section", "section_id", "sections"),
            ("permission_group", "permission_group_id", "permission_groups"),
            ("user_segment", "user_segment_id", "user_segments"),
        ),
    ),
}
"""What a list makes, and the words for ids: word, attribute, table."""


def put(call: ApiCall, name: str, sent: Row) -> None:
    """Make one object of a list, or switch a help center. `brand` is a subdomain. Raises `Refused`."""
    if name == "help_centers":
        help_center.switch(call, sent)
        return
    item, words = ITEMS[name]
    inner = ApiCall(call.account, "POST", call.path, brand=str(sent.get("brand") or ""))
    row = {"locale": help_center.enabled_locales(help_center.brand_of(inner))[0], **sent}
    row.pop("brand", None)
    for word, attribute, table in words:
        if word in row:
            row[attribute] = _id_of(inner, table, str(row.pop(word)))
    if name == "articles":
        row.setdefault("permission_group_id", _id_of(inner, "permission_groups", "Agents and admins"))
    item.create(inner, row)


def _id_of(call: ApiCall, table: str, name: str) -> int:
    """The id of what has this name, the newest of several. Raises `Refused` (422)."""
    texts = call.account.rows("translations").values()
    titled = {one["source_id"] for one in texts if one["title"] == name}
    brand = help_center.brand_of(call)["id"]
    for row in reversed(call.account.rows(table).values()):
        if row.get("name") == name or (row["id"] in titled and row["_brand"] == brand):
            return int(row["id"])
    raise invalid(table, f"there is no {name}")
