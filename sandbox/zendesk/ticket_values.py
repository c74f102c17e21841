"""Values of a ticket's custom fields and its tags, which hold each other: an option is a tag, a tag picks the option.

Source: support.zendesk.com, “About custom field types” and “Working with ticket tags”.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sandbox.store import Row
from sandbox.zendesk.account import Account


def settle_values(account: Account, row: Row, old: Row | None, given: Collection[str]) -> None:
    """Bring `custom_fields` and `tags` of a ticket into agreement after a change of those that `given` names.

    What is not sent stays; a value that is sent wins over tags.
    """
    was = {one["id"]: one["value"] for one in old["custom_fields"]} if old else {}
    sent = _sent(row["custom_fields"]) if "custom_fields" in given else {}
    tags = sorted({str(tag) for tag in row["tags"]}) if "tags" in given or old is None else list(row["tags"])
    by_tags = "tags" in given or old is None
    values: list[Row] = []
    for key, field in account.rows("ticket_fields").items():
        if not field["removable"]:
            continue
        own = _tags_of(field)
        value = was.get(field["id"])
        if key in sent:
            value = sent[key]
            if own:
                tags = [tag for tag in tags if tag not in own]
                tags += [tag for tag in _tags_for(field, value) if tag not in tags]
        elif own and by_tags:
            value = _value_for(field, [tag for tag in tags if tag in own])
        values.append({"id": field["id"], "value": value})
    row["custom_fields"], row["tags"] = values, tags


def _sent(given: Any) -> dict[str, Any]:
    return {str(one.get("id")): one.get("value") for one in given if isinstance(one, dict)}


def _tags_of(field: Row) -> set[str]:
    """All tags that a field can set."""
    if field["type"] == "checkbox":
        return {field["tag"]} if field.get("tag") else set()
    return {option["value"] for option in field.get("custom_field_options") or []}


def _tags_for(field: Row, value: Any) -> list[str]:
    if field["type"] == "checkbox":
        return [field["tag"]] if is_ticked(value) else []
    return [str(one) for one in (value if isinstance(value, list) else [value]) if one not in (None, "")]


def _value_for(field: Row, tags: list[str]) -> Any:
    if field["type"] == "checkbox":
        return bool(tags)
    if field["type"] == "multiselect":
        return tags or None
    return tags[0] if tags else None


def is_ticked(value: Any) -> bool:
    """Whether a checkbox's value means yes."""
    return value in (True, "true", "1", 1, "yes")


def value_of(row: Row | None, field_id: str) -> Any:
    """A ticket's value of a custom field, None where it has none."""
    for one in (row or {}).get("custom_fields") or []:
        if str(one["id"]) == field_id:
            return one["value"]
    return None


def customer_tags(account: Account, row: Row) -> list[str]:
    """Tags that a ticket takes over from its requester and organization, in accounts where people have tags.

    An option of a customer's dropdown field is a tag of that customer. Source: support.zendesk.com, “About tags on
    users and organizations”.
    """
    found: list[str] = []
    for table, key, fields in (
        ("users", row["requester_id"], "user_fields"),
        ("organizations", row["organization_id"], "organization_fields"),
    ):
        owner = account.rows(table).get(str(key))
        if owner is None:
            continue
        found += [str(tag) for tag in owner["tags"]]
        for field in account.rows(fields).values():
            value = (owner.get(fields) or {}).get(field["key"])
            if value in (None, "", False):
                continue
            if field["type"] == "dropdown":
                found.append(str(value))
            elif field["type"] == "checkbox" and field.get("tag") and is_ticked(value):
                found.append(field["tag"])
    return list(dict.fromkeys(found))
