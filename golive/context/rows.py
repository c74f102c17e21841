"""The rows of the mapping, and a value on its way through one of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from config.declaration import Declaration, Declared
from config.kinds.integrations import CrmMapping
from config.names import folded
from config.rules.mapping import NAME
from provisioners.accounts import Value

CHOICES = ("dropdown", "multiselect")


@dataclass(frozen=True)
class Row:
    """One row. source, target: option → its name, on either side, for a field of choices; None for any other."""

    crm: str
    helpdesk: str
    source: dict[str, str] | None = None
    target: dict[str, str] | None = None

    @property
    def field(self) -> str:
        """The key of the CRM's field."""
        return self.crm.partition(".")[0]

    def carried(self, value: Value) -> Value:
        """The CRM's value as the helpdesk's field takes it: a choice in a text becomes its name, and the other way."""
        if value is None or isinstance(value, list) or (self.source is None) == (self.target is None):
            return value
        if self.source is not None:
            return self.source.get(str(value), str(value))
        named = {folded(name): option for option, name in (self.target or {}).items()}
        return named.get(folded(str(value)), value)


def rows_of(declaration: Declaration) -> list[Row]:
    """The mapping's rows in their order; none where there is no mapping."""
    mapping: CrmMapping | None = declaration.single("crm_mapping")
    return [
        Row(
            row.crm,
            row.helpdesk,
            None if row.path else _source(row.field, declaration),
            _target(row.helpdesk, declaration),
        )
        for row in (mapping.rows if mapping else ())
    ]


def _source(key: str, declaration: Declaration) -> dict[str, str] | None:
    item = declaration.get("crm_fields", key)
    if item is None or item.value.type not in CHOICES:
        return None
    if item.value.options_from:
        return _segments(declaration, item.value.options_from)
    options = item.value.options or {}
    return {key: option if isinstance(option, str) else option.name or key for key, option in options.items()}


def _target(helpdesk: str, declaration: Declaration) -> dict[str, str] | None:
    item: Declared | None = None
    if helpdesk != NAME:
        item = declaration.get("customer_fields", helpdesk.partition(".")[2])
    if item is None or item.value.type not in CHOICES:
        return None
    if item.value.options_from:
        return _segments(declaration, item.value.options_from)
    return {key: option.name for key, option in item.value.choices().items()}


def _segments(declaration: Declaration, kind: str) -> dict[str, str]:
    return {key: each.name for key, each in declaration.of(kind).items()}


def is_same(one: Value, other: Value) -> bool:
    """Whether two values say the same: 12 and 12.0 do, a list in another order does, and spaces around a text do not
    count."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return Decimal(str(one)) == Decimal(str(other))
    if isinstance(one, list) and isinstance(other, list):
        return sorted(one) == sorted(other)
    if isinstance(one, str) and isinstance(other, str):
        return one.strip() == other.strip()
    return one == other
