"""Creating, changing and deleting records, with the vendor's refusals."""

from __future__ import annotations

import re
from typing import Any

from sandbox.salesforce.identifier import canonical_id, is_id
from sandbox.salesforce.objects import Field, StandardObject
from sandbox.salesforce.organization import Organization
from sandbox.salesforce.record_type import refusal
from sandbox.store import Row


class RecordError(Exception):
    """A call that the vendor refuses."""

    def __init__(self, code: str, message: str, fields: list[str] | None = None, status: int = 400) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.fields = fields or []
        self.status = status


NOT_FOUND = ("NOT_FOUND", "The requested resource does not exist")
_CHILDREN = (
    ("FieldPermissions", "ParentId"),
    ("ObjectPermissions", "ParentId"),
    ("GroupMember", "GroupId"),
    ("QueueSobject", "QueueId"),
)
_NEEDS = {
    "PermissionsEdit": ("PermissionsRead",),
    "PermissionsCreate": ("PermissionsRead",),
    "PermissionsDelete": ("PermissionsRead", "PermissionsEdit"),
    "PermissionsViewAllRecords": ("PermissionsRead",),
    "PermissionsModifyAllRecords": (
        *("PermissionsRead", "PermissionsEdit", "PermissionsDelete", "PermissionsViewAllRecords"),
    ),
}
"""What each right over an object needs besides; from the vendor's page on ObjectPermissions."""
_NUMBERS = ("int", "double", "currency", "percent")
_API_NAME = re.compile(r"[A-Za-z](?:[A-Za-z0-9]|_(?!_))*(?<!_)")


def find(organization: Organization, owner: StandardObject, identifier: str) -> Row:
    """The record. Raises RecordError where there is none, as for an id of another object."""
    row = organization.find(owner.name, identifier)
    if row is None:
        raise RecordError(*NOT_FOUND, status=404)
    return row


def create(organization: Organization, owner: StandardObject, body: Any) -> Row:
    """A new record. Raises RecordError."""
    if not owner.create:
        raise RecordError("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", f"entity type {owner.name} does not support create")
    values = _checked(organization, owner, body, creating=True)
    missing = [field.name for field in owner.fields if field.required and values.get(field.name) in (None, "")]
    if missing:
        names = ", ".join(missing)
        raise RecordError("REQUIRED_FIELD_MISSING", f"Required fields are missing: [{names}]", missing)
    if owner.name == "Group" and not values.get("DeveloperName"):
        values["DeveloperName"] = re.sub(r"\W+", "_", values["Name"]).strip("_")
    if owner.field("OwnerId") and not values.get("OwnerId"):
        values["OwnerId"] = organization.running_user()["Id"]
    row = {field.name: field.default for field in owner.fields} | values
    _check_rules(organization, owner, row, None)
    if owner.name == "User":
        return organization.add_user(values)
    return organization.insert(owner, values)


def update(organization: Organization, owner: StandardObject, identifier: str, body: Any) -> None:
    """Change a record. Raises RecordError."""
    row = find(organization, owner, identifier)
    if not owner.update:
        raise RecordError("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", f"entity type {owner.name} does not support update")
    values = _checked(organization, owner, body, creating=False)
    emptied = [field.name for field in owner.fields if field.required and values.get(field.name, "x") in (None, "")]
    if emptied:
        names = ", ".join(emptied)
        raise RecordError("REQUIRED_FIELD_MISSING", f"Required fields are missing: [{names}]", emptied)
    _check_rules(organization, owner, row | values, row["Id"])
    row.update(values)
    if owner.name == "User":
        row["Name"] = " ".join(part for part in (row["FirstName"], row["LastName"]) if part)
    organization.changed(row)


def delete(organization: Organization, owner: StandardObject, identifier: str) -> None:
    """Delete a record and what hangs on it. Raises RecordError."""
    gone = organization.table("_deleted")
    if canonical_id(identifier) in gone:
        raise RecordError("ENTITY_IS_DELETED", "entity is deleted", status=404)
    row = find(organization, owner, identifier)
    if not owner.delete:
        raise RecordError("CANNOT_DELETE", f"entity type {owner.name} does not support delete")
    key = row["Id"]
    if owner.name == "PermissionSet":
        if row["IsOwnedByProfile"]:
            raise RecordError("CANNOT_DELETE", "You can't delete a permission set that is owned by a profile")
        if any(other["PermissionSetId"] == key for other in organization.rows("PermissionSetAssignment")):
            raise RecordError("DELETE_FAILED", "You can't delete a permission set while it's assigned to users")
    if owner.name == "Group" and row["Type"] == "Queue":
        _check_nothing_waits(organization, key, None)
    if owner.name == "QueueSobject":
        _check_nothing_waits(organization, row["QueueId"], row["SobjectType"])
    if owner.name == "ObjectPermissions":
        _check_not_needed(organization, row)
    for child, reference in _CHILDREN:
        for other in organization.rows(child):
            if other[reference] == key:
                del organization.table(child)[other["Id"]]
    del organization.table(owner.name)[key]
    gone[key] = {"object": owner.name}


def _check_nothing_waits(organization: Organization, queue: str, object_name: str | None) -> None:
    """The vendor's help asks to give a queue's records to somebody else before it is deleted; other pages say that they
    then keep an owner who is no more. Here it is refused."""
    objects = [row["SobjectType"] for row in organization.rows("QueueSobject") if row["QueueId"] == queue]
    for name in objects if object_name is None else [object_name]:
        if any(row.get("OwnerId") == queue for row in organization.rows(name)):
            raise RecordError("DELETE_FAILED", f"The queue owns records of the object {name}: reassign them first")


def _checked(organization: Organization, owner: StandardObject, body: Any, creating: bool) -> Row:
    if not isinstance(body, dict):
        raise RecordError("JSON_PARSER_ERROR", "The HTTP entity body is required to be a JSON object")
    values: Row = {}
    for name, value in body.items():
        if name == "attributes":
            continue
        field = organization.visible_field(owner.name, name)
        if field is None:
            raise RecordError("INVALID_FIELD", f"No such column '{name}' on sobject of type {owner.name}", [])
        if not (field.create if creating else field.update):
            raise RecordError(
                "INVALID_FIELD_FOR_INSERT_UPDATE",
                f"Unable to create/update fields: {field.name}. Please check the security settings of this field "
                "and verify that it is read/write for your profile or permission set.",
                [field.name],
            )
        values[field.name] = _value(organization, field, value)
    return values


def _value(organization: Organization, field: Field, value: Any) -> Any:
    if value is None:
        return None
    if field.type == "reference":
        return _reference(organization, field, value)
    fits = {
        "boolean": isinstance(value, bool),
        **dict.fromkeys(_NUMBERS, isinstance(value, int | float) and not isinstance(value, bool)),
    }.get(field.type, isinstance(value, str))
    if not fits:
        shown = "VALUE_STRING" if isinstance(value, str) else "request body"
        raise RecordError(
            "JSON_PARSER_ERROR", f"Cannot deserialize instance of {field.type} from {shown} value {value}"
        )
    if field.type == "date" and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise RecordError("JSON_PARSER_ERROR", f"Cannot deserialize instance of date from VALUE_STRING value {value}")
    if field.length and isinstance(value, str) and len(value) > field.length:
        raise RecordError(
            "STRING_TOO_LONG",
            f"{field.label or field.name}: data value too large: {value} (max length={field.length})",
            [field.name],
        )
    if field.restricted and value not in [name for name, _ in field.values]:
        raise RecordError(*_bad_value(field, value))
    return value


def _bad_value(field: Field, value: Any) -> tuple[str, str, list[str]]:
    return (
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
        f"{field.label or field.name}: bad value for restricted picklist field: {value}",
        [field.name],
    )


def _reference(organization: Organization, field: Field, value: Any) -> str:
    if not isinstance(value, str) or not is_id(value):
        raise RecordError(
            "MALFORMED_ID", f"{field.label or field.name}: id value of incorrect type: {value}", [field.name]
        )
    identifier = canonical_id(value)
    for name in field.refers_to:
        if identifier in organization.table(name):
            return identifier
    owners = [organization.object(name) for name in field.refers_to]
    if not any(owner and identifier.startswith(owner.prefix) for owner in owners):
        raise RecordError(
            "FIELD_INTEGRITY_EXCEPTION", f"{field.name}: id value of incorrect type: {value}", [field.name]
        )
    raise RecordError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", [])


def _check_rules(organization: Organization, owner: StandardObject, row: Row, own_id: str | None) -> None:
    """What the vendor checks beyond the single value."""
    if owner.name == "PermissionSet":
        _check_permission_set(organization, row, own_id)
    elif owner.name == "FieldPermissions":
        _check_field_permissions(organization, row)
    elif owner.name == "ObjectPermissions":
        _check_object_permissions(organization, row)
    elif owner.name == "Group":
        _check_group(organization, row, own_id)
    elif owner.name == "RecordType":
        refused = refusal(organization, row, own_id)
        if refused:
            raise RecordError(*refused)
    elif owner.name == "GroupMember" and row["UserOrGroupId"] == row["GroupId"]:
        raise RecordError("FIELD_INTEGRITY_EXCEPTION", "A group cannot be a member of itself", ["UserOrGroupId"])
    elif owner.name == "QueueSobject":
        queue = organization.find("Group", row["QueueId"])
        if queue is None or queue["Type"] != "Queue":
            raise RecordError("FIELD_INTEGRITY_EXCEPTION", "Queue ID: the group is not a queue", ["QueueId"])
        named = organization.object(row["SobjectType"])
        if named is None or not named.queues:
            raise RecordError(*_bad_value(Field("SobjectType", label="Sobject Type"), row["SobjectType"]))
    for group in owner.unique:
        for other in organization.rows(owner.name):
            if other["Id"] != own_id and all(other[name] == row.get(name) for name in group):
                raise RecordError(
                    "DUPLICATE_VALUE",
                    f"duplicate value found: {', '.join(group)} duplicates value on record with id: {other['Id'][:15]}",
                    list(group),
                )


def _check_permission_set(organization: Organization, row: Row, own_id: str | None) -> None:
    if not _API_NAME.fullmatch(row["Name"]):
        raise RecordError(
            "FIELD_INTEGRITY_EXCEPTION",
            "Permission Set API Name: The Permission Set API Name can only contain underscores and alphanumeric "
            "characters. It must be unique, begin with a letter, not include spaces, not end with an underscore, "
            "and not contain two consecutive underscores.",
            ["Name"],
        )
    for other in organization.rows("PermissionSet"):
        if other["Id"] != own_id and other["Name"].lower() == row["Name"].lower():
            raise RecordError(
                "DUPLICATE_DEVELOPER_NAME",
                "The name you specified for this permission set is already in use. Please specify a unique name.",
                ["Name"],
            )


def _check_object_permissions(organization: Organization, row: Row) -> None:
    named = organization.object(row["SobjectType"])
    if named is None or not named.custom_fields:
        raise RecordError(*_bad_value(Field("SobjectType", label="Sobject Type"), row["SobjectType"]))
    if not row["PermissionsRead"] and not any(row[right] for right in _NEEDS):
        raise RecordError("FIELD_INTEGRITY_EXCEPTION", "An object permission must grant at least one right", [])
    for right, needed in _NEEDS.items():
        missing = [each for each in needed if row[right] and not row[each]]
        if missing:
            raise RecordError(
                "FIELD_INTEGRITY_EXCEPTION", f"{right} depends on permission(s): {', '.join(missing)}", missing
            )
    if row["SobjectType"] == "Contact" and not _reads_accounts(organization, row["ParentId"]):
        message = "Permission Read Contact depends on permission(s): Read Account"
        raise RecordError("FIELD_INTEGRITY_EXCEPTION", message, [])


def _reads_accounts(organization: Organization, parent: str) -> bool:
    return organization.first("ObjectPermissions", ParentId=parent, SobjectType="Account") is not None


def _check_not_needed(organization: Organization, row: Row) -> None:
    if row["SobjectType"] == "Account" and organization.first(
        "ObjectPermissions", ParentId=row["ParentId"], SobjectType="Contact"
    ):
        message = "Permission Read Contact depends on permission(s): Read Account"
        raise RecordError("FIELD_INTEGRITY_EXCEPTION", message, [])


def _check_group(organization: Organization, row: Row, own_id: str | None) -> None:
    if not _API_NAME.fullmatch(row["DeveloperName"]):
        raise RecordError(
            "FIELD_INTEGRITY_EXCEPTION",
            "Group Name: The Group Name can only contain underscores and alphanumeric characters. It must be unique, "
            "begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive "
            "underscores.",
            ["DeveloperName"],
        )
    for other in organization.rows("Group"):
        same = other["DeveloperName"].lower() == row["DeveloperName"].lower() and other["Type"] == row["Type"]
        if same and other["Id"] != own_id:
            raise RecordError(
                "DUPLICATE_DEVELOPER_NAME",
                "The name you specified for this group is already in use. Please specify a unique name.",
                ["DeveloperName"],
            )


def _check_field_permissions(organization: Organization, row: Row) -> None:
    object_name, _, name = str(row["Field"]).partition(".")
    field = next((found for found in organization.all_fields(object_name) if found.name == name), None)
    if field is None or not field.permissioned or object_name != row["SobjectType"]:
        raise RecordError(*_bad_value(Field("Field", label="Field Name"), row["Field"]))
    if not row["PermissionsRead"] and not row["PermissionsEdit"]:
        raise RecordError(
            "FIELD_INTEGRITY_EXCEPTION",
            "A field permission must grant read or edit access; delete the record to remove access",
            ["PermissionsRead", "PermissionsEdit"],
        )
    if row["PermissionsEdit"] and not row["PermissionsRead"]:
        raise RecordError("FIELD_INTEGRITY_EXCEPTION", "Edit Field requires Read Field", ["PermissionsEdit"])
    if row["PermissionsEdit"] and field.calculated:
        raise RecordError(
            "FIELD_INTEGRITY_EXCEPTION",
            f"You can't grant edit access to the formula field {row['Field']}",
            ["PermissionsEdit"],
        )
