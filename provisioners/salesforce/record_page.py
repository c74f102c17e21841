"""Which fields stand on a record's page: a person puts them there, and golive sees whether that was done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from provisioners.errors import SystemFault
from provisioners.intent import Intent
from provisioners.salesforce.client import SalesforceClient
from provisioners.salesforce.custom_field import CustomField, object_of
from provisioners.salesforce.record_type import RecordType


def pages(client: SalesforceClient, owners: Sequence[str]) -> list[dict[str, Any]]:
    """Each page of these objects: `object`, `record_type` (its name; "" for the object's only page), and `fields` by
    their API names. A call for each object, and one for each page.

    An object's page is that of each record type that golive's own user may choose, and the general one only where there
    is none (developer.salesforce.com, “User Interface API”: Get Object Metadata, Get Record Layout Metadata). Fields
    that the user may not see stand on none. An object that has no such page has `why` in place of fields. Raises
    SystemFault.
    """
    return [page for owner in owners for page in _pages(client, owner)]


def _pages(client: SalesforceClient, owner: str) -> Iterator[dict[str, Any]]:
    try:
        types = list(((client.get(f"ui-api/object-info/{owner}") or {}).get("recordTypeInfos") or {}).values())
        chosen = [each for each in types if each["available"] and not each["master"]]
        for each in chosen or [each for each in types if each["master"]]:
            layout = client.get(f"ui-api/layout/{owner}?recordTypeId={each['recordTypeId']}") or {}
            name = str(each["name"]) if chosen else ""
            yield {"object": owner, "record_type": name, "fields": sorted(set(_fields(layout)))}
    except SystemFault as refused:
        if refused.code != "refused":
            raise
        yield {"object": owner, "record_type": "", "why": refused.why}


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


def chosen_by_nobody(intent: Intent) -> Iterator[str]:
    """A line with the record types that a run makes, which a person then gives to people. Makes no call."""
    made = [change.said for change in intent.of(RecordType.type) if change.does == "create"]
    if made:
        them = "it" if len(made) == 1 else "them"
        yield (
            f"{', '.join(made)} can be chosen by nobody once made: give {them} to profiles or permission sets in "
            "Setup; docs/salesforce.md has the steps."
        )


def _fields(layout: dict[str, Any]) -> Iterator[str]:
    for section in layout.get("sections") or []:
        for row in section.get("layoutRows") or []:
            for item in row.get("layoutItems") or []:
                for part in item.get("layoutComponents") or []:
                    if part.get("componentType") == "Field" and part.get("apiName"):
                        yield str(part["apiName"])
