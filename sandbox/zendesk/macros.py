"""Macros: what agents apply by hand."""

from __future__ import annotations

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.resource import Resource, by_position
from sandbox.zendesk.restrictions import fits_access, restriction
from sandbox.zendesk.rules import actions, check_size, definitions, fits_active, listed, update_many
from sandbox.zendesk.usage import with_usage


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if "actions" in sent or old is None:
        row["actions"] = actions(call, "macro", row["actions"])
    row["restriction"] = restriction(call.account, row["restriction"])
    check_size(row)


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
    present=lambda call, echo: with_usage(call, "macros", echo),
    listed=lambda call, row: fits_active(call, row) and fits_access(call.query.get("access"), row),
)

ENDPOINTS = [
    Endpoint("GET", "macros/definitions", definitions("macro")),
    update_many(MACROS, frozenset({"position", "active"})),
    *listed(MACROS),
]
