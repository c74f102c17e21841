"""A record's page as the UI API describes it: which fields stand on it.

A new organisation's layouts have the standard fields; those that somebody adds are the setting `layouts`
(`{Account: [ARR__c]}`). Fields that the signed-in user may not see are left out, as the vendor does.
"""

from __future__ import annotations

from sandbox.salesforce.objects import StandardObject
from sandbox.salesforce.organization import Organization
from sandbox.store import Row


def record_layout(organization: Organization, owner: StandardObject) -> Row:
    """The full layout for viewing, of the default record type."""
    added = organization.store.settings("salesforce").get("layouts", {}).get(owner.name, [])
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
        "recordTypeId": "012000000000000AAA",
        "sections": [section],
    }
