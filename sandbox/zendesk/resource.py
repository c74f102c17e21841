"""A kind of object: one table row per kind says what it accepts; what is odd about it are small functions."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.jobs import begin_job, check_bulk
from sandbox.zendesk.paging import SortKey, cursor_page, offset_page, wants_cursor
from sandbox.zendesk.placeholders import rendered
from sandbox.zendesk.refusals import Refused, blank, forbidden, not_found, words_of

TYPES: dict[str, Callable[[Any], bool]] = {
    "text": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "flag": lambda value: isinstance(value, bool),
    "list": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
    "id": lambda value: str(value).isdigit() and not isinstance(value, bool),
    "any": lambda value: True,
}
Prepare = Callable[[ApiCall, Row, Row, Row | None], None]
"""Checks and completes a row before it is stored: call, new row, what was sent, old row (None: create)."""


def _nothing(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    """Most kinds have nothing to add."""


def _as_it_is(call: ApiCall, row: Row) -> Row:
    return row


def _delete(call: ApiCall, resource: Resource, row: Row) -> None:
    del resource.table(call)[str(row["id"])]


def _show_all(call: ApiCall, row: Row) -> bool:
    return True


def by_id(row: Row) -> tuple[Any, ...]:
    """Sorts as created."""
    return (row["id"],)


def by_position(row: Row) -> tuple[Any, ...]:
    """Sorts by position, then as created."""
    return (row["position"], row["id"])


@dataclass(frozen=True)
class Resource:
    """What the API knows about one kind. `path` may hold an id of a parent, `items/{parent}/variants`."""

    path: str
    one: str
    many: str
    attributes: dict[str, str]
    defaults: Row = field(default_factory=dict)
    required: tuple[str, ...] = ()
    immutable: frozenset[str] = frozenset()
    texts: tuple[str, ...] = ()
    verbs: frozenset[str] = frozenset({"list", "show", "create", "update", "delete"})
    update_methods: tuple[str, ...] = ("PUT",)
    bulk: frozenset[str] = frozenset()
    least_plan: str | None = None
    warns: bool = True
    has_url: bool = True
    paged: bool = True
    always_cursor: bool = False
    new_id: Callable[[ApiCall], int | str] = field(default=lambda call: call.account.new_id())
    sort: SortKey = by_id
    cursor_sort: SortKey | None = None
    prepare: Prepare = _nothing
    stored: Prepare = _nothing
    present: Callable[[ApiCall, Row], Row] = _as_it_is
    listed: Callable[[ApiCall, Row], bool] = _show_all
    remove: Callable[[ApiCall, Resource, Row], None] = _delete
    table_name: str | None = None
    of_external_id: Callable[[ApiCall, str], Row | None] | None = None
    """Whose external id it is, for kinds that bulk calls may name by it (`external_ids=`)."""

    def table(self, call: ApiCall) -> dict[str, Row]:
        """The kind's rows."""
        return call.account.rows(self.table_name or self.many)

    def check_plan(self, call: ApiCall) -> None:
        """Raises `Refused` (403) where the account's plan lacks the kind."""
        if self.least_plan and not call.account.plan_is_at_least(self.least_plan):
            raise forbidden()

    def find(self, call: ApiCall, key: str) -> Row:
        """A row by its id. Raises `Refused` (404); a parent's id in the path must fit."""
        row = self.table(call).get(key)
        if row is None or not self._in_parent(call, row):
            raise not_found()
        return row

    def _in_parent(self, call: ApiCall, row: Row) -> bool:
        return "parent" not in call.ids or str(row.get("_parent")) == call.ids["parent"]

    def shown(self, call: ApiCall, row: Row) -> Row:
        """A row as the API echoes it."""
        echo = {name: copy.deepcopy(value) for name, value in row.items() if not name.startswith("_")}
        for name in self.texts:
            echo[f"raw_{name}"] = row.get(name)
            echo[name] = rendered(call.account, row.get(name))
        if self.has_url:
            path = self.path.replace("{parent}", str(row.get("_parent")))
            echo = {"url": f"{call.base}/api/v2/{path}/{row['id']}.json", **echo}
        return self.present(call, echo)

    def admitted(self, call: ApiCall, sent: Row, old: Row | None, where: str | None = None) -> Row:
        """What of the sent object the account takes; the rest is noted for the warning header."""
        kept: Row = {}
        for name, value in sent.items():
            kind = self.attributes.get(name)
            path = f"{where or self.one}.{name}"
            if kind is None or (old is not None and name in self.immutable and value != old.get(name)):
                call.unpermitted += [path] if self.warns else []
            elif value is not None and not TYPES[kind](value):
                call.misfits += [path] if self.warns else []
            elif value is None:
                kept[name] = copy.deepcopy(self.defaults.get(name))
            elif old is None or name not in self.immutable:
                kept[name] = int(value) if kind == "id" else copy.deepcopy(value)
        return kept

    def create(self, call: ApiCall, sent: Row, where: str | None = None) -> Row:
        """Make an object. Raises `Refused`."""
        kept = self.admitted(call, sent, None, where)
        row: Row = {**copy.deepcopy(self.defaults), **kept}
        if "parent" in call.ids:
            row["_parent"] = call.ids["parent"]
        self._require(row)
        self.prepare(call, row, kept, None)
        now = call.account.now()
        row = {"id": self.new_id(call), **row, "created_at": now, "updated_at": now}
        self.table(call)[str(row["id"])] = row
        self.stored(call, row, kept, None)
        return row

    def update(self, call: ApiCall, old: Row, sent: Row, where: str | None = None) -> Row:
        """Change an object: what is not sent stays. Raises `Refused`."""
        kept = self.admitted(call, sent, old, where)
        return self.replace(call, old, {**old, **kept}, kept)

    def replace(self, call: ApiCall, old: Row, row: Row, kept: Row) -> Row:
        """Check and store the new state of an object. Raises `Refused`."""
        self._require(row)
        self.prepare(call, row, kept, old)
        row["updated_at"] = call.account.now()
        self.table(call)[str(row["id"])] = row
        self.stored(call, row, kept, old)
        return row

    def _require(self, row: Row) -> None:
        for name in self.required:
            if row.get(name) in (None, "", []) or not str(row[name]).strip():
                raise blank(name)

    # The endpoints

    def endpoints(self) -> list[Endpoint]:
        """The usual endpoints of the kind."""
        found = []
        if "list" in self.verbs:
            found.append(Endpoint("GET", self.path, self.on_list))
        if "show" in self.verbs:
            found.append(Endpoint("GET", f"{self.path}/{{id}}", self.on_show))
        if "create" in self.verbs:
            found.append(Endpoint("POST", self.path, self.on_create))
        if "update" in self.verbs:
            found += [Endpoint(method, f"{self.path}/{{id}}", self.on_update) for method in self.update_methods]
        if "delete" in self.verbs:
            found.append(Endpoint("DELETE", f"{self.path}/{{id}}", self.on_delete))
        if "show_many" in self.bulk:
            found.append(Endpoint("GET", f"{self.path}/show_many", self.on_show_many))
        if "create_many" in self.bulk:
            found.append(Endpoint("POST", f"{self.path}/create_many", self.on_create_many))
        if "update_many" in self.bulk:
            found.append(Endpoint("PUT", f"{self.path}/update_many", self.on_update_many))
        if "destroy_many" in self.bulk:
            found.append(Endpoint("DELETE", f"{self.path}/destroy_many", self.on_destroy_many))
        return found

    def on_list(self, call: ApiCall) -> Response:
        """GET: one page."""
        self.check_plan(call)
        rows = [row for row in self.table(call).values() if self._in_parent(call, row)]
        return self.page(call, [row for row in rows if self.listed(call, row)])

    def page(self, call: ApiCall, rows: list[Row]) -> Response:
        """One page of these rows, as the call asks for it."""
        extra: Row
        if self.always_cursor or (self.paged and wants_cursor(call.query)):
            rows, extra = cursor_page(rows, self.cursor_sort or self.sort, call.query, call.url)
        elif self.paged:
            rows, extra = offset_page(rows, self.sort, call.query, call.url)
        else:
            rows, extra = sorted(rows, key=self.sort), {"count": len(rows)}
        return JSONResponse({self.many: [self.shown(call, row) for row in rows], **extra})

    def on_show(self, call: ApiCall) -> Response:
        """GET: one object."""
        self.check_plan(call)
        return self.answer(call, self.find(call, call.ids["id"]))

    def answer(self, call: ApiCall, row: Row, status: int = 200) -> Response:
        """One object in its envelope."""
        return JSONResponse({self.one: self.shown(call, row)}, status)

    def on_create(self, call: ApiCall) -> Response:
        """POST: 201 and the object."""
        self.check_plan(call)
        row = self.create(call, call.envelope(self.one))
        response = self.answer(call, row, 201)
        response.headers["location"] = f"{call.base}/api/v2/{call.path}/{row['id']}.json"
        return response

    def on_update(self, call: ApiCall) -> Response:
        """PUT or PATCH: 200 and the object."""
        self.check_plan(call)
        return self.answer(call, self.update(call, self.find(call, call.ids["id"]), call.envelope(self.one)))

    def on_delete(self, call: ApiCall) -> Response:
        """DELETE: 204."""
        self.check_plan(call)
        self.remove(call, self, self.find(call, call.ids["id"]))
        return Response(status_code=204)

    def on_show_many(self, call: ApiCall) -> Response:
        """GET: the objects whose ids are named; what is not there is left out."""
        found = [self.named(call, item) for item in self.many_named(call)]
        return self.page(call, [row for row in found if row is not None])

    def on_create_many(self, call: ApiCall) -> Response:
        """POST: a job that creates up to 100 objects."""
        return run_job(call, self, self._items(call), lambda item, where: self.create(call, item, where), "create")

    def on_update_many(self, call: ApiCall) -> Response:
        """PUT: a job that updates up to 100 objects."""

        def change(item: Row, where: str) -> Row:
            sent = {name: value for name, value in item.items() if name != "id"}
            return self.update(call, self.find(call, str(item.get("id"))), sent, where)

        return run_job(call, self, self._items(call), change, "update")

    def on_destroy_many(self, call: ApiCall) -> Response:
        """DELETE: a job that deletes up to 100 objects."""

        def drop(item: Row, where: str) -> Row:
            row = self.named(call, item)
            if row is None:
                raise not_found()
            self.remove(call, self, row)
            return row

        return run_job(call, self, self.many_named(call), drop, "delete")

    def many_named(self, call: ApiCall) -> list[Row]:
        """What `ids` or `external_ids` of the query names, as `{id}` or `{external_id}`. Raises `Refused` (400)."""
        by = "external_id" if self.of_external_id and "external_ids" in call.query else "id"
        keys = named_in(call, f"{by}s")
        check_bulk(len(keys))
        return [{by: key} for key in keys]

    def named(self, call: ApiCall, item: Row) -> Row | None:
        """The row that `{id}` or `{external_id}` means."""
        if self.of_external_id and "external_id" in item:
            return self.of_external_id(call, item["external_id"])
        return self.table(call).get(item["id"])

    def _items(self, call: ApiCall) -> list[Row]:
        return [item for item in call.listed(self.many) if isinstance(item, dict)]


def named_in(call: ApiCall, name: str) -> list[str]:
    """The ids in a parameter of the query, `ids=1,2`."""
    return [key.strip() for key in call.query.get(name, "").split(",") if key.strip()]


def run_job(
    call: ApiCall, resource: Resource, items: list[Row], action: Callable[[Row, str], Row], name: str
) -> Response:
    """A background job that does the same to each object, and keeps what came of each."""
    check_bulk(len(items))

    def work() -> list[Row]:
        return [_result(index, item, resource, action, name) for index, item in enumerate(items)]

    return begin_job(call, f"bulk_{name}_{resource.one}", len(items), work)


def _result(index: int, item: Row, resource: Resource, action: Callable[[Row, str], Row], name: str) -> Row:
    try:
        row = action(item, f"{resource.many}.{index}")
    except Refused as why:
        return {"index": index, "success": False, "error": str(why.body.get("error")), "details": words_of(why)}
    return {"index": index, "id": row["id"], "action": name, "success": True, "status": "Done"}
