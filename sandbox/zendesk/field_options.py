"""Options of choice fields, and the tags that fields own: each tag belongs to one field of the account."""

from __future__ import annotations

import re
from typing import Any

from sandbox.store import Row
from sandbox.zendesk.account import Account
from sandbox.zendesk.endpoint import ApiCall
from sandbox.zendesk.placeholders import rendered
from sandbox.zendesk.refusals import Refused, blank, invalid

FORBIDDEN = set("&%$#@!{}[]=+()*?<>,\"';\\`")
"""Characters that an option's value may not hold."""
FIELD_TABLES = ("ticket_fields", "user_fields", "organization_fields")
CHECKED = (True, "true", "1", 1)
"""Values of a ticked checkbox."""


def _tags_of(field: Row) -> set[str]:
    tags = {option["value"] for option in field.get("custom_field_options") or []}
    if field["type"] == "checkbox" and field.get("tag"):
        tags.add(field["tag"])
    return tags


def check_tags(account: Account, field: Row) -> None:
    """Raises `Refused` (422) where a tag of the field belongs to another field."""
    own = _tags_of(field)
    for table in FIELD_TABLES:
        for other in account.rows(table).values():
            clash = own & _tags_of(other) if other["id"] != field.get("id") else set()
            if clash:
                why = f"{', '.join(sorted(clash))} is already used as a tag by the field {other['title']}"
                raise _in_use(why)


def _in_use(why: str) -> Refused:
    return invalid("custom_field_options", why, "DuplicateValue")


def merged_options(call: ApiCall, sent: list[Row], old: list[Row], where: str) -> list[Row]:
    """The field's new options: an id keeps the option, none makes a new one, what is not named is gone.

    Raises `Refused` (422) for a missing name, a value with a forbidden character or used twice.
    """
    known = {option["id"]: option for option in old}
    options: list[Row] = []
    for index, one in enumerate(sent):
        if not isinstance(one, dict):
            call.misfits.append(f"{where}.custom_field_options.{index}")
            continue
        unknown = set(one) - {"id", "name", "value", "raw_name", "default", "position"}
        call.unpermitted += [f"{where}.custom_field_options.{index}.{name}" for name in sorted(unknown)]
        base = known.get(one.get("id")) or {}
        if one.get("id") and not base:
            raise invalid("custom_field_options", f"no option has the id {one['id']}")
        name = str(one.get("name") or base.get("raw_name") or "").strip()
        if not name:
            raise blank("custom_field_options")
        value = str(one.get("value") or base.get("value") or re.sub(r"\W+", "_", name.lower()))
        bad = sorted({character for character in value if character in FORBIDDEN or character.isspace()})
        if bad:
            raise invalid("custom_field_options", f"{value} contains {' '.join(bad)}, which a value may not")
        options.append(
            {
                "id": base.get("id") or call.account.new_id(),
                "name": name,
                "raw_name": name,
                "value": value.lower(),
                "default": bool(one.get("default", base.get("default", False))),
            }
        )
    values = [option["value"] for option in options]
    twice = sorted({value for value in values if values.count(value) > 1})
    if twice:
        raise _in_use(f"{', '.join(twice)} is used by two options of this field")
    return options


def check_choices(call: ApiCall, row: Row, sent: Row, old: Row | None, choice_types: tuple[str, ...]) -> None:
    """Complete and check the options of a field, whatever sort of field it is. Raises `Refused`."""
    where = "field"
    if row["type"] in choice_types:
        before = (old or {}).get("custom_field_options") or []
        given = sent.get("custom_field_options")
        row["custom_field_options"] = before if given is None else merged_options(call, given, before, where)
        if not row["custom_field_options"]:
            raise blank("custom_field_options")
    else:
        row.pop("custom_field_options", None)
    check_tags(call.account, row)


def shown_options(account: Account, options: list[Row] | None) -> list[Row] | None:
    """Options as they are echoed: with their place, and names rendered."""
    if options is None:
        return None
    return [
        {**option, "name": rendered(account, option["raw_name"]), "position": index}
        for index, option in enumerate(options)
    ]


def drop_values(account: Account, table: str, old: Row, new: Row | None) -> None:
    """Take the options that a field has lost away from everything that had chosen them.

    Tickets lose the value and its tag, macros the action. new: None where the field itself is gone.
    Source: developer.zendesk.com, “Ticket Fields”: an option that an update leaves out is gone, from tickets and macros
    too.
    """
    kept = {option["id"] for option in (new or {}).get("custom_field_options") or []}
    options = old.get("custom_field_options") or []
    gone = {option["value"] for option in options if option["id"] not in kept}
    if table != "ticket_fields":
        _drop_of_customers(account, table, old["key"], gone)
        return
    if not gone:
        return
    for ticket in account.rows("tickets").values():
        ticket["tags"] = [tag for tag in ticket["tags"] if tag not in gone]
        for one in ticket["custom_fields"]:
            if one["id"] == old["id"]:
                one["value"] = _without(one["value"], gone)
    for macro in account.rows("macros").values():
        name = f"custom_fields_{old['id']}"
        macro["actions"] = [one for one in macro["actions"] if one["field"] != name or str(one["value"]) not in gone]


def _without(value: Any, gone: set[str]) -> Any:
    if isinstance(value, list):
        return [one for one in value if one not in gone] or None
    return None if value in gone else value


def _drop_of_customers(account: Account, table: str, key: str, gone: set[str]) -> None:
    for owner in account.rows("users" if table == "user_fields" else "organizations").values():
        values = owner.get(table) or {}
        if key in values:
            values[key] = _without(values[key], gone)
