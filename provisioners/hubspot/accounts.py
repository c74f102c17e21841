"""HubSpot's companies, counted by searches and read page by page.

A search says how many it has found (`total`) and shows the first 10,000 of them only: it counts, and lists are read.
Source: developers.hubspot.com, “Search the CRM”.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from config.kinds.integrations import CrmField
from provisioners.accounts import Accounts, CrmAccount, Filled, Incomplete, Value
from provisioners.crm_fields import CHOICES, field_named, option_held
from provisioners.hubspot.client import FOUND_PAGE, PAGE, Body, HubSpotClient, Owner
from provisioners.hubspot.field_translation import name_of, words_of_values
from provisioners.translation import Context

COMPANIES = "companies"
_GROUPS = 5
"""Groups of filters that a search takes, of which one must hold."""
_AT_ONCE = 6
"""Filters of one group, which must all hold."""
_OF_OWNER = {"name": "name", "email": "email"}
"""What can be read of an owner, in small letters."""

Filter = Mapping[str, str]


class HubSpotAccounts(Accounts):
    def __init__(self, client: HubSpotClient, context: Context) -> None:
        self._client = client
        self._context = context
        self._words = words_of_values(context)

    def _field(self, field: str) -> CrmField:
        found: CrmField = field_named(field, self._context).value
        return found

    def _name(self, field: str) -> str:
        """The property in which a field's value stands; of a path, that in which the link stands."""
        return name_of(field_named(field, self._context), self._context)

    def uncountable(self, fields: Sequence[str]) -> dict[str, str]:
        """All can be counted; of an owner only what HubSpot says of one can be read."""
        paths = {field: field.partition(".")[2].lower() for field in fields}
        return {
            field: f"HubSpot's owners have no `{path}`; they have Name and Email"
            for field, path in paths.items()
            if path and path not in _OF_OWNER
        }

    def filled(self, fields: Sequence[str], by: str) -> list[Filled]:
        """Companies without a segment, and those whose value is no option any more, are what the others leave of
        all."""
        if not by or not self._can_group(by):
            return [self._filled("", (), fields)] if self._client.count(COMPANIES) else []
        name = self._name(by)
        found: list[Filled] = []
        for value in self._values_of(name):
            counted = self._filled(
                self._option(by, value), ({"propertyName": name, "operator": "EQ", "value": value},), fields
            )
            if counted.total:
                found.append(counted)
        none = _rest(self._filled("", (), fields), found)
        return [*found, *([none] if none.total else [])]

    def _filled(self, segment: str, where: tuple[Filter, ...], fields: Sequence[str]) -> Filled:
        total = self._client.count(COMPANIES, *where)
        held = {
            field: self._client.count(COMPANIES, *where, _has(self._name(field))) if total else 0 for field in fields
        }
        return Filled(segment, total, held)

    def _can_group(self, by: str) -> bool:
        """By what has values that are known beforehand."""
        if "." in by:
            return False
        definition = self._definition(self._name(by))
        return definition.get("type") == "enumeration" and definition.get("fieldType") != "checkbox"

    def _values_of(self, name: str) -> list[str]:
        return [str(each["value"]) for each in self._definition(name).get("options") or ()]

    def incomplete(self, fields: Sequence[str], most: int) -> list[Incomplete]:
        """Those without any value first; then, of the first page of the others, those that lack the most."""
        names = list(dict.fromkeys(self._name(field) for field in fields))
        if not names:
            return []
        lacking = [_lacks(name) for name in names]
        rows = self._found([{"filters": lacking[:_AT_ONCE]}], names, most)
        for start in range(0, len(lacking), _GROUPS):
            if len(rows) >= most or len(names) == 1:
                break
            groups = [{"filters": [each]} for each in lacking[start : start + _GROUPS]]
            rows += self._found(groups, names, FOUND_PAGE)
        once = {str(row["id"]): row for row in rows}
        found = [self._incomplete(row, fields) for row in once.values()]
        return sorted(found, key=lambda each: -len(each.missing))[:most]

    def _found(self, groups: list[dict[str, Any]], names: list[str], most: int) -> list[Body]:
        found: list[Body] = self._client.search(
            COMPANIES,
            filterGroups=groups,
            properties=["name", *names],
            sorts=[{"propertyName": "name", "direction": "ASCENDING"}],
            limit=min(most, FOUND_PAGE),
        )["results"]
        return found

    def _incomplete(self, row: Body, fields: Sequence[str]) -> Incomplete:
        values = row.get("properties") or {}
        missing = tuple(field for field in fields if values.get(self._name(field)) in (None, ""))
        return Incomplete(str(row["id"]), str(values.get("name") or ""), missing, "")

    def all(self, fields: Sequence[str]) -> Iterator[CrmAccount]:
        properties = ",".join(self._properties(fields))
        for page in self._client.each_page(f"objects/{COMPANIES}", PAGE, properties=properties):
            for row in page:
                yield self._account(row, fields)

    def some(self, ids: Sequence[str], fields: Sequence[str]) -> list[CrmAccount]:
        rows = self._client.read(COMPANIES, ids, self._properties(fields))
        return [self._account(row, fields) for row in rows]

    def _properties(self, fields: Sequence[str]) -> list[str]:
        return list(dict.fromkeys(["name", *(self._name(field) for field in fields)]))

    def _account(self, row: Body, fields: Sequence[str]) -> CrmAccount:
        held = row.get("properties") or {}
        values = {field: self._value(field, held.get(self._name(field))) for field in fields}
        return CrmAccount(str(row["id"]), str(held.get("name") or "").strip(), values)

    def _value(self, field: str, given: Any) -> Value:
        """The vendor's value, which is always a text, in golive's words; None for an empty one."""
        if given in (None, ""):
            return None
        text, path = str(given), field.partition(".")[2].lower()
        if path:
            owner = self._owners.get(text)
            return (getattr(owner, _OF_OWNER.get(path, ""), "") or None) if owner else None
        match self._field(field).type:
            case "integer" | "decimal" | "currency":
                return _number(text)
            case "checkbox":
                return text == "true"
            case "date":
                return text[:10]
            case "multiselect":
                return [self._option(field, each) for each in text.split(";")]
            case "dropdown":
                return self._option(field, text)
        return text

    def _option(self, field: str, value: str) -> str:
        """The option that a value is; of a property that the files call no choice, the value."""

        def seen() -> str:
            shown = self._definition(self._name(field)).get("options") or ()
            return next((str(each["label"]) for each in shown if each["value"] == value), value)

        item = field_named(field, self._context)
        if item.value.type not in CHOICES:
            return value
        return option_held(item, value, self._words, seen, self._context.declared)

    @cached_property
    def _definitions(self) -> dict[str, Body]:
        return {str(each["name"]): each for each in self._client.results(f"properties/{COMPANIES}")}

    def _definition(self, name: str) -> Body:
        return self._definitions.get(name, {})

    @cached_property
    def _owners(self) -> dict[str, Owner]:
        return {owner.id: owner for owner in self._client.owners()}

    def id_of(self, text: str) -> str:
        found = text.strip()
        return found if found.isascii() and found.isdigit() else ""


def _rest(whole: Filled, parts: Sequence[Filled]) -> Filled:
    """What is in none of the parts. Companies come and go between two counts: it is never less than none."""

    def left(number: int, counted: Iterator[int]) -> int:
        return max(0, number - sum(counted))

    fields = {field: left(held, (each.fields[field] for each in parts)) for field, held in whole.fields.items()}
    return Filled("", left(whole.total, (each.total for each in parts)), fields)


def _has(name: str) -> Filter:
    return {"propertyName": name, "operator": "HAS_PROPERTY"}


def _lacks(name: str) -> Filter:
    return {"propertyName": name, "operator": "NOT_HAS_PROPERTY"}


def _number(text: str) -> Value:
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() else number
