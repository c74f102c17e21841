"""What the vendor checks of a record type beyond its single values.

Record types of cases, leads, opportunities and solutions need a process, and no other has one
(developer.salesforce.com, “Metadata API Developer Guide”, RecordType). No interface deletes one: “Cannot delete record
type through API”.
"""

from __future__ import annotations

import re

from sandbox.salesforce.organization import Organization
from sandbox.store import Row

NEED_PROCESS = ("Case", "Lead", "Opportunity", "Solution")
_NAME = re.compile(r"[A-Za-z](?:[A-Za-z0-9]|_(?!_))*(?<!_)")
Refusal = tuple[str, str, list[str]]
"""Code, message, fields."""


def refusal(organization: Organization, row: Row, own_id: str | None) -> Refusal | None:
    """Why the vendor does not take a record type as it would be; None where it does."""
    owner = organization.object(str(row["SobjectType"]))
    if owner is None or not owner.custom_fields:
        said = f"Sobject Type Name: bad value for restricted picklist field: {row['SobjectType']}"
        return "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", said, ["SobjectType"]
    if not _NAME.fullmatch(str(row["DeveloperName"])):
        said = (
            "Record Type Name: The Record Type Name field can only contain underscores and alphanumeric characters. It "
            "must be unique, begin with a letter, not include spaces, not end with an underscore, and not contain two "
            "consecutive underscores."
        )
        return "FIELD_INTEGRITY_EXCEPTION", said, ["DeveloperName"]
    for other in organization.rows("RecordType"):
        if other["Id"] != own_id and _same(row, other, "SobjectType"):
            if _same(row, other, "DeveloperName"):
                return "DUPLICATE_DEVELOPER_NAME", "Record Type Name: this name is already in use.", ["DeveloperName"]
            if _same(row, other, "Name"):
                return "DUPLICATE_VALUE", f"The label:{row['Name']} is not unique", ["Name"]
    return _of_process(organization, row, owner.name)


def _of_process(organization: Organization, row: Row, owner: str) -> Refusal | None:
    process = organization.find("BusinessProcess", row.get("BusinessProcessId"))
    if owner not in NEED_PROCESS:
        if process is None:
            return None
        return "FIELD_INTEGRITY_EXCEPTION", f"A record type of {owner} has no business process", ["BusinessProcessId"]
    if process is None:
        return "REQUIRED_FIELD_MISSING", "Required fields are missing: [BusinessProcessId]", ["BusinessProcessId"]
    if process["TableEnumOrId"] != owner:
        said = f"Business Process ID: it belongs to {process['TableEnumOrId']}"
        return "FIELD_INTEGRITY_EXCEPTION", said, ["BusinessProcessId"]
    return None


def _same(one: Row, other: Row, name: str) -> bool:
    return str(one[name]).lower() == str(other[name]).lower()
