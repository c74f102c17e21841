"""Records' pages as the UI API describes them: which record types a user may choose, which fields stand on the page of
each.

A new organisation's layouts have the standard fields; those that somebody adds are the setting `layouts`
(`{Account: [ARR__c], Account.Yearly: []}`: the object's page, and that of its record type `Yearly`). Fields that the
signed-in user may not see are left out, as the vendor does. A record type can be chosen by whom somebody gave it: the
setting `record_types` (`{Account: [Yearly]}`), because that is no part of the type itself.
"""

from __future__ import annotations

from typing import Any

from sandbox.salesforce.objects import StandardObject
from sandbox.salesforce.organization import Organization
from sandbox.store import Row

MASTER = "012000000000000AAA"
"""The record type that every object has, and whose page is shown where there is no other."""


def record_types(organization: Organization, owner: StandardObject) -> Row:
    """What the UI API's object information says of an object's record types, by their ids."""
    given = _setting(organization, "record_types").get(owner.name, [])
    own = [row for row in organization.rows("RecordType") if row["SobjectType"] == owner.name and row["IsActive"]]
    chosen = [row for row in own if row["DeveloperName"] in given]
    found = {
        row["Id"]: {
            "available": row in chosen,
            "defaultRecordTypeMapping": row in chosen[:1],
            "master": False,
            "name": row["Name"],
            "recordTypeId": row["Id"],
        }
        for row in own
    }
    master = {"available": True, "defaultRecordTypeMapping": not chosen, "master": True, "name": "Master"}
    return {
        "apiName": owner.name,
        "label": owner.label,
        "recordTypeInfos": {**found, MASTER: {**master, "recordTypeId": MASTER}},
    }


def record_layout(organization: Organization, owner: StandardObject, record_type: str) -> Row | None:
    """The full layout for viewing, of a record type by its id; None where the object has no such type."""
    row = organization.find("RecordType", record_type)
    if record_type != MASTER and (row is None or row["SobjectType"] != owner.name):
        return None
    layouts = _setting(organization, "layouts")
    page = f"{owner.name}.{row['DeveloperName']}" if row else owner.name
    added = layouts.get(page, layouts.get(owner.name, []))
    shown = [
        field
        for field in organization.visible_fields(owner.name)
        if field.name in added or (not field.custom and (field.permissioned or field.name == "Name"))
    ]
    rows = [
        {
            "layoutItems": [
                {
                    "label": field.label or field.name,
                    "editableForUpdate": field.update,
                    "required": field.required,
                    "layoutComponents": [
                        {"apiName": field.name, "componentType": "Field", "label": field.label or field.name}
                    ],
                }
            ]
        }
        for field in shown
    ]
    section = {"heading": f"{owner.label} Information", "columns": 1, "rows": len(rows), "layoutRows": rows}
    return {
        "objectApiName": owner.name,
        "layoutType": "Full",
        "mode": "View",
        "recordTypeId": record_type,
        "sections": [section],
    }


def _setting(organization: Organization, name: str) -> dict[str, Any]:
    return dict(organization.store.settings("salesforce").get(name, {}))
