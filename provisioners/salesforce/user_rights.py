"""Which rights golive's own user needs in Salesforce, and which of them it has.

Source: developer.salesforce.com, “Object Reference”, UserPermissionAccess: one row, what the signed-in user may do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from config.declaration import Declaration
from config.results.standing import LiveObject

RIGHTS = {
    "Customize Application": "fields",
    "Assign Permission Sets": "access",
    "Manage Users": "access",
}
"""What golive needs whatever is declared, as the vendor calls it, and for what."""
METADATA = "Modify Metadata Through Metadata API Functions"
ALL_DATA = "View All Data"
_DEFINED = ("crm_fields", "crm_objects", "crm_record_types", "crm_queues")
"""Kinds that are definitions of the organisation's."""
HOW = "In Salesforce open Setup, Permission Sets, golive's own, System Permissions, and switch it on."
"""Where a person gives a right."""
_COLUMNS = {
    "Customize Application": ("PermissionsCustomizeApplication",),
    "Assign Permission Sets": ("PermissionsAssignPermissionSets",),
    "Manage Users": ("PermissionsManageUsers",),
    METADATA: ("PermissionsModifyMetadata", "PermissionsModifyAllData"),
    ALL_DATA: ("PermissionsViewAllData",),
}
"""Right → the columns of which one is enough. Source: “Metadata API Developer Guide”, the Metadata API may be used
with Modify All Data as well."""
COLUMNS = ", ".join(column for columns in _COLUMNS.values() for column in columns)


def held_rights(row: dict[str, Any]) -> frozenset[str]:
    """Those of a row of UserPermissionAccess."""
    return frozenset(right for right, columns in _COLUMNS.items() if any(row.get(each) for each in columns))


def base_rights_lacking(held: frozenset[str]) -> tuple[str, ...]:
    """With what each is for."""
    return tuple(f"{right} ({why})" for right, why in RIGHTS.items() if right not in held)


def needed(declared: Declaration) -> dict[str, str]:
    """Right → what it is for, in words; nothing where the files set up nothing in the CRM."""
    found: dict[str, str] = {}
    if any(_are_made(declared, kind) for kind in _DEFINED):
        found["Customize Application"] = RIGHTS["Customize Application"]
    if _are_made(declared, "crm_access"):
        found |= {right: RIGHTS[right] for right in ("Assign Permission Sets", "Manage Users")}
    if _are_made(declared, "crm_objects"):
        found[METADATA] = "objects"
    return found


def useful(declared: Declaration) -> dict[str, str]:
    """Rights without which everything is set up all the same, and what they are for."""
    return {ALL_DATA: "saying how many records hold a value"} if declared.of("crm_fields") else {}


def rights_lacking(held: frozenset[str], objects: Sequence[LiveObject]) -> tuple[str, ...]:
    """What golive needs for what it looks after there."""
    made = any(live.ours and live.kind == "crm_objects" for live in objects)
    return (*base_rights_lacking(held), *((f"{METADATA} (objects)",) if made and METADATA not in held else ()))


def _are_made(declared: Declaration, kind: str) -> bool:
    """Whether golive makes one of a kind, instead of a person."""
    return any(not (item.value.by_hand or item.value.existing) for item in declared.of(kind).values())
