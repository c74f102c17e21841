"""Dynamic content: the placeholder comes from the first name; one variant for each language of the account.

Source: developer.zendesk.com, “Dynamic Content Items” and “Dynamic Content Item Variants”. That an item is not deleted
while triggers, automations or macros name it is known from a client that checks it. For other kinds that client knows
of no refusal; here they count too, because their readers would see the bare placeholder.
"""

from __future__ import annotations

import re

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.locales import active_locales
from sandbox.zendesk.refusals import blank, invalid, not_found, taken
from sandbox.zendesk.resource import Resource

TABLES = (
    *("ticket_fields", "user_fields", "organization_fields", "ticket_forms", "custom_statuses", "custom_objects"),
    *("custom_object_fields", "triggers", "automations", "macros", "views", "translations"),
)
"""Where a placeholder counts as in use."""


def _variants(call: ApiCall, item_id: object) -> list[Row]:
    return [row for row in call.account.rows("variants").values() if row["_parent"] == str(item_id)]


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    table = ITEMS.table(call)
    others = [other for other in table.values() if other["id"] != row.get("id")]
    if any(other["name"].lower() == row["name"].lower() for other in others):
        raise taken("name", row["name"])
    if old is not None:
        row.update({name: old[name] for name in ("default_locale_id", "placeholder")})
        call.unpermitted += [f"item.{name}" for name in sorted(set(sent) - {"name"})]
        return
    if not row["_sent_variants"]:
        raise blank("variants")
    if row["default_locale_id"] is None:
        raise blank("default_locale_id")
    slug = re.sub(r"\W+", "_", row["name"].lower()).strip("_")
    row["placeholder"] = "{{dc." + slug + "}}"
    if any(other["placeholder"] == row["placeholder"] for other in others):
        raise taken("placeholder", row["placeholder"])
    for one in row["_sent_variants"]:
        _check_language(call, one.get("locale_id") if isinstance(one, dict) else None)
    locales = [one.get("locale_id") for one in row["_sent_variants"]]
    if len(set(locales)) != len(locales) or row["default_locale_id"] not in locales:
        raise invalid("variants", "there must be one variant for each language, the default one among them")


def _check_language(call: ApiCall, locale_id: object) -> None:
    if locale_id not in active_locales(call):
        raise invalid("locale_id", f"{locale_id} is not one of the account's languages")


def _stored(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    inner = ApiCall(call.account, call.method, call.path, base=call.base, ids={"parent": str(row["id"])})
    for one in row.pop("_sent_variants", None) or []:
        VARIANTS.create(inner, {**one, "default": one.get("locale_id") == row["default_locale_id"]})


def _create_items(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    row["_sent_variants"] = row.pop("variants", None)
    _prepare(call, row, sent, old)


def _present_item(call: ApiCall, echo: Row) -> Row:
    variants = [
        {name: value for name, value in VARIANTS.shown(call, row).items() if name != "_parent"}
        for row in _variants(call, echo["id"])
    ]
    return {**echo, "outdated": False, "variants": variants}


def _remove_item(call: ApiCall, resource: Resource, row: Row) -> None:
    word = row["placeholder"]
    for table in TABLES:
        if any(word in str(one) for one in call.account.rows(table).values()):
            raise invalid("base", f"{word} is in use ({table.replace('_', ' ')})", "InUse")
    del resource.table(call)[str(row["id"])]
    for one in _variants(call, row["id"]):
        del call.account.rows("variants")[str(one["id"])]


ITEMS = Resource(
    path="dynamic_content/items",
    one="item",
    many="items",
    attributes={"name": "text", "default_locale_id": "id", "variants": "list"},
    defaults={"default_locale_id": None},
    required=("name",),
    prepare=_create_items,
    stored=_stored,
    present=_present_item,
    remove=_remove_item,
)


def _prepare_variant(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if row["_parent"] not in ITEMS.table(call):
        raise not_found()
    _check_language(call, row["locale_id"])
    others = [one for one in _variants(call, row["_parent"]) if one["id"] != row.get("id")]
    if any(one["locale_id"] == row["locale_id"] for one in others):
        raise taken("locale_id", row["locale_id"])
    if old is not None and old["default"] and not (row["default"] and row["active"]):
        raise invalid("default", "the default variant stays active until another one is the default")
    if row["default"] and old is not None:
        for one in others:
            one["default"] = False
        ITEMS.table(call)[row["_parent"]]["default_locale_id"] = row["locale_id"]


def _remove_variant(call: ApiCall, resource: Resource, row: Row) -> None:
    if row["default"]:
        raise invalid("base", "The default variant cannot be deleted")
    del resource.table(call)[str(row["id"])]


VARIANTS = Resource(
    path="dynamic_content/items/{parent}/variants",
    one="variant",
    many="variants",
    attributes={"locale_id": "id", "content": "text", "active": "flag", "default": "flag"},
    defaults={"active": True, "default": False, "outdated": False},
    required=("locale_id", "content"),
    prepare=_prepare_variant,
    remove=_remove_variant,
)


def _create_many(call: ApiCall) -> Response:
    """POST: several variants at once, answered with them."""
    rows = [VARIANTS.create(call, one) for one in call.listed("variants") if isinstance(one, dict)]
    return JSONResponse({"variants": [VARIANTS.shown(call, row) for row in rows]}, 201)


def _update_many(call: ApiCall) -> Response:
    """PUT: several variants at once, each with its id."""
    rows = []
    for one in call.listed("variants"):
        sent = {name: value for name, value in one.items() if name != "id"}
        rows.append(VARIANTS.update(call, VARIANTS.find(call, str(one.get("id"))), sent))
    return JSONResponse({"variants": [VARIANTS.shown(call, row) for row in rows]})


ENDPOINTS = [
    Endpoint("POST", f"{VARIANTS.path}/create_many", _create_many),
    Endpoint("PUT", f"{VARIANTS.path}/update_many", _update_many),
]
