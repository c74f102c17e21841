"""Trigger categories: text ids, places from 1 on, deleted only without active triggers."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.refusals import Refused, listed
from sandbox.zendesk.resource import Resource, by_position


def place(rows: list[Row], row: Row, position: int) -> None:
    """Put the row at a place (from 1 on) and number all the others around it."""
    others = sorted((other for other in rows if other is not row), key=lambda other: int(other["position"]))
    others.insert(max(0, int(position) - 1), row)
    for number, other in enumerate(others, start=1):
        other["position"] = number


def _bad(status: int, detail: str) -> Refused:
    return listed(status, "BadRequest", "Bad Request", detail)


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    table = call.account.rows("trigger_categories")
    if any(other["name"] == row["name"] and other["id"] != row.get("id") for other in table.values()):
        raise listed(422, "DuplicateValue", "Invalid name", f"{row['name']} has already been taken")


def _stored(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    rows = list(call.account.rows("trigger_categories").values())
    if "position" in sent or old is None:
        place(rows, row, int(sent.get("position") or len(rows)))


def _remove(call: ApiCall, resource: Resource, row: Row) -> None:
    triggers = call.account.rows("triggers")
    own = [key for key, one in triggers.items() if one["category_id"] == row["id"]]
    if any(triggers[key]["active"] for key in own):
        raise _bad(400, f"{row['name']} has active triggers")
    for key in own:
        del triggers[key]
    del resource.table(call)[str(row["id"])]


def _present(call: ApiCall, echo: Row) -> Row:
    if call.query.get("include") == "rule_counts":
        own = [one for one in call.account.rows("triggers").values() if one["category_id"] == echo["id"]]
        active = sum(one["active"] for one in own)
        echo["active_count"], echo["inactive_count"] = active, len(own) - active
    return echo


TRIGGER_CATEGORIES = Resource(
    path="trigger_categories",
    one="trigger_category",
    many="trigger_categories",
    attributes={"name": "text", "position": "number"},
    defaults={"position": 0},
    required=("name",),
    update_methods=("PATCH",),
    has_url=False,
    always_cursor=True,
    new_id=lambda call: str(call.account.new_id()),
    sort=by_position,
    prepare=_prepare,
    stored=_stored,
    remove=_remove,
    present=_present,
)


def _job(call: ApiCall) -> Response:
    """Patch places of categories, and places, categories and switches of triggers, at once."""
    job = call.envelope("job")
    items = job.get("items")
    if job.get("action") != "patch" or not isinstance(items, dict):
        raise _bad(400, "job.action must be patch, with items")
    found: dict[str, list[tuple[Row, Row]]] = {}
    for name in ("trigger_categories", "triggers"):
        table = call.account.rows(name)
        for item in items.get(name) or []:
            key = str(item.get("id")) if isinstance(item, dict) else str(item)
            row = table.get(key)
            if row is None:
                raise listed(404, "RecordNotFound", "Not found", f"{name}: no {key}")
            found.setdefault(name, []).append((row, item))
    for row, item in found.get("trigger_categories", []):
        if "position" in item:
            row["position"] = item["position"]
    for row, item in found.get("triggers", []):
        category = item.get("category_id", row["category_id"])
        if str(category) not in call.account.rows("trigger_categories"):
            raise _bad(400, f"no category {category}")
        row.update({name: item[name] for name in ("active", "position") if name in item})
        row["category_id"] = str(category)
    results = {
        name: [{"id": row["id"], "position": row["position"]} for row, _ in rows] for name, rows in found.items()
    }
    return JSONResponse({"status": "complete", "results": results, "errors": []})


ENDPOINTS = [Endpoint("POST", "trigger_categories/jobs", _job)]
