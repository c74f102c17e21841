"""Organizations: names are unique after trimming; domains are replaced whole."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.unique import UniqueValues
from sandbox.zendesk.customer_fields import known_values
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.refusals import not_found, taken
from sandbox.zendesk.resource import Resource, run_job


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    row["name"] = row["name"].strip()
    table = call.account.rows("organizations")
    for each in _unique(call):
        value = row[each.attribute]
        if value and each.holder(table, value, row.get("id")):
            raise taken(each.attribute, value)
    row["domain_names"] = [str(domain).lower() for domain in row["domain_names"]]
    row["tags"] = sorted({str(tag) for tag in row["tags"]})
    row["organization_fields"] = known_values(
        call, "organization_fields", sent.get("organization_fields"), old, "organization_fields"
    )


def _stored(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    for each in _unique(call):
        each.stored(row, new=old is None)


def _unique(call: ApiCall) -> tuple[UniqueValues, UniqueValues]:
    """What no two organizations share. The vendor does not tell capital letters apart in either."""
    found: tuple[UniqueValues, UniqueValues] = call.account.store.found.setdefault(
        "zendesk organizations", (UniqueValues("name"), UniqueValues("external_id"))
    )
    return found


def _of_external_id(call: ApiCall, value: str) -> Row | None:
    return _unique(call)[1].holder(call.account.rows("organizations"), value)


def _remove(call: ApiCall, resource: Resource, row: Row) -> None:
    del resource.table(call)[str(row["id"])]
    for each in _unique(call):
        each.removed()


def _present(call: ApiCall, echo: Row) -> Row:
    values = known_values(call, "organization_fields", echo["organization_fields"], None, "")
    return {**echo, "organization_fields": values}


ORGANIZATIONS = Resource(
    path="organizations",
    one="organization",
    many="organizations",
    attributes={
        "name": "text",
        "domain_names": "list",
        "details": "text",
        "notes": "text",
        "group_id": "id",
        "shared_tickets": "flag",
        "shared_comments": "flag",
        "tags": "list",
        "external_id": "text",
        "organization_fields": "object",
    },
    defaults={
        "domain_names": [],
        "details": "",
        "notes": "",
        "group_id": None,
        "shared_tickets": False,
        "shared_comments": False,
        "tags": [],
        "external_id": None,
        "organization_fields": {},
    },
    required=("name",),
    bulk=frozenset({"show_many", "create_many", "update_many", "destroy_many"}),
    prepare=_prepare,
    stored=_stored,
    present=_present,
    remove=_remove,
    of_external_id=_of_external_id,
)


def _search(call: ApiCall) -> Response:
    """Those of a name, of an external id, or both."""
    rows: list[Row] | None = None
    for each in _unique(call):
        if each.attribute in call.query:
            found = list(each.having(ORGANIZATIONS.table(call), call.query[each.attribute]))
            rows = found if rows is None else [row for row in rows if row in found]
    return ORGANIZATIONS.page(call, list(ORGANIZATIONS.table(call).values()) if rows is None else rows)


def _count(call: ApiCall) -> Response:
    """How many there are; the vendor counts large accounts only once a day."""
    count = {"value": len(ORGANIZATIONS.table(call)), "refreshed_at": call.account.now()}
    return JSONResponse({"count": count})


def _create_or_update(call: ApiCall) -> Response:
    """By id or external id; never by name."""
    sent = call.envelope("organization")
    known = ORGANIZATIONS.table(call).get(str(sent.get("id"))) or _of_external_id(call, sent.get("external_id") or "")
    if known is not None:
        kept = {name: value for name, value in sent.items() if name != "id"}
        return ORGANIZATIONS.answer(call, ORGANIZATIONS.update(call, known, kept))
    return ORGANIZATIONS.answer(call, ORGANIZATIONS.create(call, sent), 201)


def _update_many(call: ApiCall) -> Response:
    """The same change to all that `ids` or `external_ids` names, or to each of a list its own."""
    if not call.query.get("ids") and not call.query.get("external_ids"):
        return ORGANIZATIONS.on_update_many(call)
    sent = call.envelope("organization")

    def change(item: Row, where: str) -> Row:
        row = ORGANIZATIONS.named(call, item)
        if row is None:
            raise not_found()
        return ORGANIZATIONS.update(call, row, sent, where)

    return run_job(call, ORGANIZATIONS, ORGANIZATIONS.many_named(call), change, "update")


ENDPOINTS = [
    Endpoint("PUT", "organizations/update_many", _update_many),
    Endpoint("GET", "organizations/search", _search),
    Endpoint("GET", "organizations/count", _count),
    Endpoint("POST", "organizations/create_or_update", _create_or_update),
]
