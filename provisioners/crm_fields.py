"""Fields of a CRM as the files declare them: which are meant, and the values by which records hold their choices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from config.declaration import Declaration, Declared
from config.keys import unique_key
from config.kinds.fields import Option
from config.kinds.integrations import CrmField
from config.names import folded
from provisioners.lasting import VALUES, lasting_values
from provisioners.translation import Context, Names

FIELDS = "crm_fields"
CHOICES = ("dropdown", "multiselect")


def field_named(field: str, context: Context) -> Declared:
    """The field that a row of the mapping names, by its key or by a path from it (`csm.Name`)."""
    item = context.declared.get(FIELDS, field.partition(".")[0])
    assert item is not None  # noqa: S101 - validation has refused a field that is not declared
    return item


def options_of(field: CrmField, declared: Declaration) -> dict[str, Option]:
    """A field's options by key, wherever they come from."""
    if field.options_from is not None:
        others = declared.of(field.options_from)
        return {key: Option(name=other.name, was=other.value.was) for key, other in others.items()}
    return {
        key: Option(name=option) if isinstance(option, str) else Option(name=option.name or key, was=option.was)
        for key, option in (field.options or {}).items()
    }


def _values_before(item: Declared, context: Context) -> dict[str, str]:
    known = context.last_known(FIELDS, item.key)
    return dict(known.notes.get(VALUES, {})) if known else {}


def _values(item: Declared, context: Context) -> dict[str, str]:
    """Each option's value by the option's key. Records hold values: they stay what they were at first."""
    return lasting_values(options_of(item.value, context.declared), _values_before(item, context), lambda key: key)


def names_and_values(item: Declared, context: Context) -> list[tuple[str, str]]:
    """The name and the value of each option of a field, in order."""
    options = options_of(item.value, context.declared)
    return [(options[key].name, value) for key, value in _values(item, context).items()]


def notes_of(item: Declared, context: Context) -> dict[str, Any]:
    """What a resource keeps of its field's values, those of former options among them."""
    return {VALUES: {**_values_before(item, context), **_values(item, context)}}


def words_of_options(context: Context) -> dict[tuple[str, str], str]:
    """For `Names.values`: (a field's address, an option's value) → the option's key."""
    return {
        (f"{FIELDS}/{item.key}", value): key
        for item in context.declared.of(FIELDS).values()
        if item.value.type in CHOICES
        for key, value in _values(item, context).items()
    }


def option_key(value: str, names: Names) -> str:
    """The key of the option that a value is, the value itself where no option has it."""
    return names.values.get((f"{FIELDS}/{names.own}", value), value)


def keyed_options(live: Iterable[tuple[str, str]], names: Names) -> dict[str, str]:
    """Live options (name, value) under keys that are made of their names, by which their values are found again."""
    found: dict[str, str] = {}
    for name, value in live:
        known = names.values.get((f"{FIELDS}/{names.own}", value))
        found[known or unique_key([name, value, f"option {value}"], found)] = name
    return found


def option_held(
    item: Declared, value: str, words: Mapping[tuple[str, str], str], seen: Callable[[], str], declared: Declaration
) -> str:
    """The option that a record's value is: known by the value, or, in a field that is not golive's, by the name that
    people see. A value that is no option comes back as it is.

    words: as `words_of_options` gives them. seen: that name, asked only where it decides."""
    known = None if item.value.existing else words.get((f"{FIELDS}/{item.key}", value))
    if known is not None:
        return known
    name = folded(seen())
    return next((key for key, option in options_of(item.value, declared).items() if folded(option.name) == name), value)
