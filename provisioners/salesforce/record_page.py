"""Which fields stand on a record's page: a person puts them there, and golive sees whether that was done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from provisioners.intent import Intent
from provisioners.salesforce.client import SalesforceClient
from provisioners.salesforce.custom_field import CustomField, object_of


def fields_on_page(client: SalesforceClient, owner: str) -> list[str]:
    """The API names of the fields on an object's page: the layout of the user's default record type for reading, in one
    call (developer.salesforce.com, “Get Record Layout Metadata”). Fields that the user may not see are not on it."""
    layout = client.get(f"ui-api/layout/{owner}") or {}
    return sorted(set(_fields(layout)))


def on_no_page(intent: Intent) -> Iterator[str]:
    """For each object a line with the fields that a run makes, which a person then puts on its pages. Makes no call."""
    made: dict[str, list[str]] = {}
    for change in intent.of(CustomField.type):
        if change.does == "create" and change.will:
            made.setdefault(object_of(str(change.will["FullName"])), []).append(change.said)
    for owner, fields in made.items():
        stand, them = ("stands", "it") if len(fields) == 1 else ("stand", "them")
        yield (
            f"{', '.join(fields)} {stand} on no page of Salesforce once made: put {them} there in Setup, Object "
            f"Manager, {owner}, Page Layouts; docs/salesforce.md has the steps."
        )


def _fields(layout: dict[str, Any]) -> Iterator[str]:
    for section in layout.get("sections") or []:
        for row in section.get("layoutRows") or []:
            for item in row.get("layoutItems") or []:
                for part in item.get("layoutComponents") or []:
                    if part.get("componentType") == "Field" and part.get("apiName"):
                        yield str(part["apiName"])
