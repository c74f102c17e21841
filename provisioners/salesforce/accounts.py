"""Salesforce's accounts, counted and read by queries.

`COUNT(field)` leaves out empty values, so that one query with GROUP BY counts every field for every segment. Long texts
and multiple choices can neither be counted nor be asked for by value; a formula cannot be grouped by. A query's pages
hold 2,000 records. Source: developer.salesforce.com, “SOQL and SOSL Reference”, COUNT() and GROUP BY.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from config.kinds.integrations import CrmField
from provisioners.accounts import Accounts, CrmAccount, Filled, Incomplete, Value
from provisioners.crm_fields import CHOICES, field_named, option_held
from provisioners.errors import SystemFault
from provisioners.salesforce.client import SalesforceClient, long_id, quoted
from provisioners.salesforce.translations import full_name, words_of_values
from provisioners.translation import Context

OBJECT = "Account"
AT_ONCE = 2000
"""Records on one page of a query."""
ID_PREFIX = "001"
_HAPPENS = {"Task": "WhatId", "Case": "AccountId"}
"""What happens with an account, and by what it names the account. A logged mail or call is a Task, too."""
_NOT_COUNTED = {
    "textarea": "Salesforce cannot count a long text",
    "multiselect": "Salesforce cannot count a field of several choices",
}


class SalesforceAccounts(Accounts):
    def __init__(self, client: SalesforceClient, context: Context) -> None:
        self._client = client
        self._context = context
        self._words = words_of_values(context)
        self._url = context.settings.url.rstrip("/")

    def _field(self, field: str) -> CrmField:
        found: CrmField = field_named(field, self._context).value
        return found

    def _path(self, field: str) -> str:
        """`ARR__c`, or what a link leads to: `CSM__r.Name`."""
        path = field.partition(".")[2]
        name = full_name(field_named(field, self._context), self._context).partition(".")[2]
        return f"{_relationship(name)}.{path}" if path else name

    def uncountable(self, fields: Sequence[str]) -> dict[str, str]:
        types = {field: "text" if "." in field else self._field(field).type for field in fields}
        return {field: _NOT_COUNTED[type_] for field, type_ in types.items() if type_ in _NOT_COUNTED}

    def filled(self, fields: Sequence[str], by: str) -> list[Filled]:
        groups = by if by and self._can_group(by) else ""
        counts = [f"COUNT({self._path(field)}) held{number}" for number, field in enumerate(fields)]
        columns = [*([self._path(groups)] if groups else []), "COUNT(Id) total", *counts]
        query = f"SELECT {', '.join(columns)} FROM {OBJECT}"  # noqa: S608 - the vendor's own names
        rows = self._asked(f"{query} GROUP BY {self._path(groups)}" if groups else query)
        return [
            Filled(
                str(self._value(groups, row.get(self._path(groups))) or "") if groups else "",
                int(row["total"]),
                {field: int(row[f"held{number}"]) for number, field in enumerate(fields)},
            )
            for row in rows
        ]

    def _can_group(self, by: str) -> bool:
        field = self._field(by)
        return "." not in by and field.formula is None and field.type not in _NOT_COUNTED

    def incomplete(self, fields: Sequence[str], most: int) -> list[Incomplete]:
        """Those without any value first; then, of the first page of the others, those that lack the most."""
        paths = [self._path(field) for field in fields]
        if not paths:
            return []
        columns = f"SELECT Id, Name, {', '.join(paths)} FROM {OBJECT} WHERE"  # noqa: S608 - the vendor's own names
        empty = [f"{path} = null" for path in paths]
        none = self._asked(f"{columns} {' AND '.join(empty)} ORDER BY Name LIMIT {most}")
        if len(none) < most and len(paths) > 1:
            some = self._asked(f"{columns} ({' OR '.join(empty)}) ORDER BY Name LIMIT {AT_ONCE}")
            known = {row["Id"] for row in none}
            none += [row for row in some if row["Id"] not in known]
        found = [self._incomplete(row, fields) for row in none]
        return sorted(found, key=lambda each: -len(each.missing))[:most]

    def _incomplete(self, row: Mapping[str, Any], fields: Sequence[str]) -> Incomplete:
        missing = tuple(field for field in fields if _at(row, self._path(field)) in (None, ""))
        identifier = long_id(row["Id"])
        return Incomplete(identifier, str(row.get("Name") or ""), missing, f"{self._url}/{identifier}")

    def all(self, fields: Sequence[str]) -> Iterator[CrmAccount]:
        with self._seen():
            for page in self._client.each_page(self._select(fields)):
                for row in page:
                    yield self._account(row, fields)

    def some(self, ids: Sequence[str], fields: Sequence[str]) -> list[CrmAccount]:
        if not ids:
            return []
        named = ", ".join(quoted(each) for each in ids)
        rows = self._asked(f"{self._select(fields)} WHERE Id IN ({named})")
        return [self._account(row, fields) for row in rows]

    def happened(self, ids: Sequence[str], since: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {each: [] for each in ids}
        named = ", ".join(quoted(each) for each in ids)
        for record, owner in _HAPPENS.items() if ids else ():
            columns = f"SELECT {owner}, Subject, Description FROM {record}"  # noqa: S608 - the vendor's own names
            where = f"WHERE {owner} IN ({named}) AND CreatedDate >= {since}T00:00:00Z"
            for row in self._asked(f"{columns} {where}"):
                text = "\n".join(str(row.get(name) or "") for name in ("Subject", "Description"))
                found[long_id(row[owner])].append(text)
        return found

    def _select(self, fields: Sequence[str]) -> str:
        columns = dict.fromkeys(["Id", "Name", *(self._path(field) for field in fields)])
        return f"SELECT {', '.join(columns)} FROM {OBJECT}"  # noqa: S608 - the vendor's own names

    def _account(self, row: Mapping[str, Any], fields: Sequence[str]) -> CrmAccount:
        values = {field: self._value(field, _at(row, self._path(field))) for field in fields}
        return CrmAccount(long_id(row["Id"]), str(row.get("Name") or "").strip(), values)

    def _value(self, field: str, given: Any) -> Value:
        """The vendor's value in golive's words; None for an empty one."""
        if given in (None, ""):
            return None
        type_ = "text" if "." in field else self._field(field).type
        if type_ not in CHOICES:
            return given if isinstance(given, bool | int | float) else str(given)
        words = [self._option(field, each) for each in str(given).split(";")]
        return words if type_ == "multiselect" else words[0]

    def _option(self, field: str, value: str) -> str:
        def seen() -> str:
            return self._seen_names.get(self._path(field), {}).get(value, value)

        item = field_named(field, self._context)
        return option_held(item, value, self._words, seen, self._context.declared)

    @cached_property
    def _seen_names(self) -> dict[str, dict[str, str]]:
        """Each picklist's values with the names that people see, in one call."""
        described = self._client.get(f"sobjects/{OBJECT}/describe") or {}
        return {
            each["name"]: {value["value"]: value["label"] for value in each.get("picklistValues") or ()}
            for each in described.get("fields") or ()
        }

    def id_of(self, text: str) -> str:
        found = long_id(text.strip())
        return found if len(found) == 18 and found.isalnum() and found.startswith(ID_PREFIX) else ""

    def _asked(self, query: str) -> list[dict[str, Any]]:
        with self._seen():
            return self._client.query(query)

    @contextmanager
    def _seen(self) -> Iterator[None]:
        """A field that the vendor does not show is one that golive's own user may not see."""
        try:
            yield
        except SystemFault as refused:
            if "No such column" not in refused.why:
                raise
            raise SystemFault(
                "refused",
                f"the accounts of {self._client.guard.system}",
                refused.why,
                "Either the field is not made yet (golive plan shows it), or the user whose token golive has may not "
                "see it: give that user the permission set that reads it.",
            ) from refused


def _relationship(name: str) -> str:
    """What the vendor calls the way from a link to its record: `CSM__c` → `CSM__r`, `OwnerId` → `Owner`."""
    return f"{name.removesuffix('__c')}__r" if name.endswith("__c") else name.removesuffix("Id")


def _at(row: Mapping[str, Any], path: str) -> Any:
    """The value at a path of a record; None where a link on the way leads nowhere."""
    place: Any = row
    for part in path.split("."):
        if not isinstance(place, Mapping):
            return None
        place = place.get(part)
    return place
