"""Articles of a help center: who sees one says its user segment, who writes it its permission group.

Source: developer.zendesk.com, “Articles”: an update changes neither title, body, draft nor language; `label_names` is
replaced whole; a deleted article is archived and can no longer be read. `user_segment_id` null is everybody.
"""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk import translations
from sandbox.zendesk.actor import acting_user
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.help_center import brand_of, guarded
from sandbox.zendesk.help_center_items import Item
from sandbox.zendesk.refusals import blank, invalid
from sandbox.zendesk.resource import Resource


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    section = call.account.rows("sections").get(str(row["section_id"]))
    if section is None or section["_brand"] != brand_of(call)["id"]:
        raise invalid("section_id", f"{row['section_id']} is not a section of this help center")
    if row["permission_group_id"] is None:
        raise blank("permission_group_id")
    for name, table in (("permission_group_id", "permission_groups"), ("user_segment_id", "user_segments")):
        if row[name] is not None and str(row[name]) not in call.account.rows(table):
            raise invalid(name, f"{row[name]} is not one of the account's {table.replace('_', ' ')}")
    row["label_names"] = list(dict.fromkeys(str(label) for label in row["label_names"]))
    row["author_id"] = row["author_id"] or acting_user(call)["id"]
    if str(row["author_id"]) not in call.account.rows("users"):
        raise invalid("author_id", f"{row['author_id']} is not one of the account's users")
    if old is None:
        row["edited_at"] = call.account.now()


def drop_article(call: ApiCall, row: Row) -> None:
    """Archive an article: it is kept, and nothing finds it."""
    row["_archived"] = True


TEXTS = translations.Texts("Article", "title", "body")
ARTICLES = Item(
    Resource(
        path="help_center/articles",
        one="article",
        many="articles",
        attributes={
            "author_id": "id",
            "comments_disabled": "flag",
            "content_tag_ids": "list",
            "label_names": "list",
            "permission_group_id": "id",
            "position": "number",
            "promoted": "flag",
            "section_id": "id",
            "user_segment_id": "id",
        },
        defaults={
            "author_id": None,
            "comments_disabled": False,
            "content_tag_ids": [],
            "label_names": [],
            "permission_group_id": None,
            "position": 0,
            "promoted": False,
            "section_id": None,
            "user_segment_id": None,
            "vote_sum": 0,
            "vote_count": 0,
        },
        warns=False,
        prepare=_prepare,
        remove=lambda call, resource, row: drop_article(call, row),
    ),
    TEXTS,
    owner="sections",
    owner_column="section_id",
)


def _of_category(call: ApiCall) -> Response:
    sections = call.account.rows("sections")
    inside = {one["id"] for one in sections.values() if str(one["category_id"]) == call.ids["category"]}
    return ARTICLES.listed(call, [row for row in ARTICLES.rows(call) if row["section_id"] in inside])


def _labels(call: ApiCall) -> Response:
    names = sorted({label for row in ARTICLES.rows(call) for label in row["label_names"]})
    return JSONResponse({"labels": [{"id": index, "name": name} for index, name in enumerate(names, start=1)]})


ENDPOINTS = [
    *ARTICLES.endpoints(),
    *translations.endpoints("articles", TEXTS, ARTICLES.find),
    Endpoint("GET", "help_center/categories/{category}/articles", guarded(_of_category)),
    Endpoint("GET", "help_center/{locale}/categories/{category}/articles", guarded(_of_category)),
    Endpoint("GET", "help_center/articles/labels", guarded(_labels)),
]
