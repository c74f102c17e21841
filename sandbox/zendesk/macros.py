"""Macros: what agents apply by hand. An administrator sees the personal ones of everybody, too.

Source: developer.zendesk.com, “Macros”. Files are uploaded before and put to the macro by `attachments`, a list of ids
that is replaced whole and not echoed.
"""

from __future__ import annotations

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.macro_files import check_files, put_files
from sandbox.zendesk.resource import Resource, by_position
from sandbox.zendesk.restrictions import fits_access, restriction
from sandbox.zendesk.rules import actions, check_size, definitions, fits_active, listed, update_many
from sandbox.zendesk.usage import with_usage


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if "actions" in sent or old is None:
        row["actions"] = actions(call, "macro", row["actions"])
    row["restriction"] = restriction(call.account, row["restriction"])
    check_files(call, row.pop("attachments", None))
    check_size(row)


def _stored(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if "attachments" in sent:
        put_files(call, row, sent["attachments"] or [])


def _remove(call: ApiCall, resource: Resource, row: Row) -> None:
    put_files(call, row, [])
    del resource.table(call)[str(row["id"])]


MACROS = Resource(
    path="macros",
    one="macro",
    many="macros",
    attributes={
        "title": "text",
        "active": "flag",
        "position": "number",
        "actions": "list",
        "description": "text",
        "restriction": "object",
        "attachments": "list",
    },
    defaults={
        "active": True,
        "position": 10000,
        "actions": [],
        "description": None,
        "restriction": None,
        "default": False,
    },
    required=("title",),
    texts=("title",),
    sort=by_position,
    prepare=_prepare,
    stored=_stored,
    remove=_remove,
    present=lambda call, echo: with_usage(call, "macros", echo),
    listed=lambda call, row: fits_active(call, row) and fits_access(call.query.get("access"), row),
)

ENDPOINTS = [
    Endpoint("GET", "macros/definitions", definitions("macro")),
    update_many(MACROS, frozenset({"position", "active"})),
    *listed(MACROS),
]
