"""The standard objects that the stand-in knows, with their fields as the vendor documents them."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True)
class Field:
    """A field: what it is called, what it holds, who may write it.

    `permissioned`: field-level security can be set for it, so it can stand in FieldPermissions.
    `refers_to`: the objects whose ids it holds; `relationship`: the word for paths through it.
    """

    name: str
    type: str = "string"
    label: str = ""
    required: bool = False
    create: bool = True
    update: bool = True
    permissioned: bool = False
    refers_to: tuple[str, ...] = ()
    relationship: str | None = None
    length: int = 0
    default: object = None
    custom: bool = False
    calculated: bool = False
    formula: str = ""
    values: tuple[tuple[str, str], ...] = ()
    restricted: bool = False


@dataclass(frozen=True)
class StandardObject:
    """An object: its id's first three characters, its fields, and which calls it takes."""

    name: str
    prefix: str
    label: str
    fields: tuple[Field, ...]
    create: bool = True
    update: bool = True
    delete: bool = True
    custom_fields: bool = False
    queues: bool = False
    """Its records can wait in a queue."""
    unique: tuple[tuple[str, ...], ...] = field(default=())
    """Groups of fields that no two records may share."""
    plural: str = ""
    """What people call several records; only custom objects say it."""

    def field(self, name: str) -> Field | None:
        """The field of that name, in any case."""
        return next((found for found in self.fields if found.name.lower() == name.lower()), None)


def _fixed(name: str, type_: str = "string", **more: object) -> Field:
    return Field(name, type_, create=False, update=False, **more)  # type: ignore[arg-type]


def _reference(name: str, *objects: str, relationship: str | None = None, **more: object) -> Field:
    word = relationship or (name.removesuffix("Id") if name.endswith("Id") else None)
    return Field(name, "reference", refers_to=objects, relationship=word, length=18, **more)  # type: ignore[arg-type]


def _open(name: str, type_: str = "string", label: str = "", length: int = 0) -> Field:
    return Field(name, type_, label, permissioned=True, length=length)


SYSTEM_FIELDS = (
    _fixed("Id", "id", label="Record ID", length=18),
    _fixed("CreatedDate", "datetime", label="Created Date"),
    _fixed("LastModifiedDate", "datetime", label="Last Modified Date"),
    _fixed("SystemModstamp", "datetime", label="System Modstamp"),
)
_DELETED = _fixed("IsDeleted", "boolean", label="Deleted", default=False)


def _object(name: str, prefix: str, *fields: Field, label: str = "", **more: object) -> StandardObject:
    return StandardObject(name, prefix, label or name, (*SYSTEM_FIELDS, *fields), **more)  # type: ignore[arg-type]


_ALL = (
    _object(
        "Account",
        "001",
        _DELETED,
        Field("Name", label="Account Name", required=True, length=255),
        _open("Type", "picklist", "Account Type"),
        _open("AccountNumber", label="Account Number", length=40),
        _open("Industry", "picklist"),
        _open("AnnualRevenue", "currency", "Annual Revenue"),
        _open("NumberOfEmployees", "int", "Employees"),
        _open("Description", "textarea", "Account Description", length=32000),
        _open("Rating", "picklist", "Account Rating"),
        _open("Phone", "phone", "Account Phone", length=40),
        _open("Website", "url", length=255),
        _open("BillingCity", label="Billing City", length=40),
        _open("BillingCountry", label="Billing Country", length=80),
        _reference("ParentId", "Account", permissioned=True),
        _reference("OwnerId", "User"),
        custom_fields=True,
    ),
    _object(
        "Contact",
        "003",
        _DELETED,
        _reference("AccountId", "Account", permissioned=True),
        _open("FirstName", label="First Name", length=40),
        Field("LastName", label="Last Name", required=True, length=80),
        _fixed("Name", label="Full Name", length=121),
        _open("Email", "email", length=80),
        _reference("OwnerId", "User"),
        custom_fields=True,
    ),
    _object(
        "Case",
        "500",
        _DELETED,
        _reference("AccountId", "Account", permissioned=True),
        _reference("ContactId", "Contact", permissioned=True),
        _open("Subject", length=255),
        _open("Description", "textarea", length=32000),
        _open("Status", "picklist"),
        _open("Priority", "picklist"),
        _reference("OwnerId", "User", "Group"),
        custom_fields=True,
        queues=True,
    ),
    _object(
        "Task",
        "00T",
        _DELETED,
        _reference("WhatId", "Account", "Case", permissioned=True),
        _reference("WhoId", "Contact", "Lead", permissioned=True),
        _open("Subject", length=255),
        _open("Description", "textarea", length=32000),
        Field("Status", "picklist", default="Not Started"),
        Field("Priority", "picklist", default="Normal"),
        _open("ActivityDate", "date", "Due Date Only"),
        _reference("OwnerId", "User"),
    ),
    _object(
        "Lead",
        "00Q",
        _DELETED,
        _open("FirstName", label="First Name", length=40),
        Field("LastName", label="Last Name", required=True, length=80),
        Field("Company", required=True, length=255),
        _open("Email", "email", length=80),
        Field("Status", "picklist"),
        _reference("OwnerId", "User", "Group"),
        custom_fields=True,
        queues=True,
    ),
    _object(
        "Organization",
        "00D",
        Field("Name", label="Name", length=80),
        _fixed("OrganizationType", "picklist"),
        _fixed("InstanceName"),
        _fixed("IsSandbox", "boolean", default=False),
        create=False,
        delete=False,
    ),
    _object("Profile", "00e", Field("Name", required=True, length=255), create=False, delete=False),
    _object(
        "User",
        "005",
        Field("Username", required=True, length=80),
        Field("LastName", label="Last Name", required=True, length=80),
        Field("FirstName", label="First Name", length=40),
        _fixed("Name", label="Full Name", length=121),
        Field("Alias", required=True, length=8),
        Field("Email", "email", required=True, length=128),
        Field("IsActive", "boolean", label="Active", default=True),
        _fixed("UserType", "picklist", default="Standard"),
        _reference("ProfileId", "Profile", required=True),
        delete=False,
        unique=(("Username",),),
    ),
    _object(
        "PermissionSet",
        "0PS",
        Field("Name", label="Permission Set Name", required=True, length=80),
        Field("Label", label="Permission Set Label", required=True, length=80),
        Field("Description", length=255),
        _fixed("IsOwnedByProfile", "boolean", default=False),
        _fixed("IsCustom", "boolean", default=True),
        _fixed("Type", "picklist", default="Regular"),
        _reference("ProfileId", "Profile", create=False, update=False),
        _reference("LicenseId", update=False),
        Field("NamespacePrefix", create=False, update=False),
    ),
    _object(
        "ObjectPermissions",
        "110",
        _reference("ParentId", "PermissionSet", required=True, update=False),
        Field("SobjectType", "picklist", required=True, update=False),
        Field("PermissionsRead", "boolean", default=False),
        Field("PermissionsEdit", "boolean", default=False),
        Field("PermissionsCreate", "boolean", default=False),
        Field("PermissionsDelete", "boolean", default=False),
        Field("PermissionsViewAllRecords", "boolean", default=False),
        Field("PermissionsModifyAllRecords", "boolean", default=False),
        unique=(("ParentId", "SobjectType"),),
    ),
    _object(
        "FieldPermissions",
        "01k",
        _reference("ParentId", "PermissionSet", required=True, update=False),
        Field("SobjectType", "picklist", required=True, update=False),
        Field("Field", "picklist", label="Field Name", required=True, update=False),
        Field("PermissionsRead", "boolean", label="Read Field", default=False),
        Field("PermissionsEdit", "boolean", label="Edit Field", default=False),
        unique=(("ParentId", "Field"),),
    ),
    _object(
        "PermissionSetAssignment",
        "0Pa",
        _reference("PermissionSetId", "PermissionSet", required=True, update=False),
        _reference("AssigneeId", "User", required=True, update=False),
        update=False,
        unique=(("PermissionSetId", "AssigneeId"),),
    ),
    _object(
        "Group",
        "00G",
        Field("Name", required=True, length=40),
        Field("DeveloperName", label="Group Name", length=80),
        Field("Type", "picklist", update=False, default="Regular"),
        Field("Email", "email"),
        Field("DoesSendEmailToMembers", "boolean", default=False),
        Field("DoesIncludeBosses", "boolean", default=True),
    ),
    _object(
        "GroupMember",
        "011",
        _reference("GroupId", "Group", required=True, update=False),
        _reference("UserOrGroupId", "User", "Group", required=True, update=False, relationship="UserOrGroup"),
        update=False,
        unique=(("GroupId", "UserOrGroupId"),),
    ),
    _object(
        "QueueSobject",
        "03g",
        _reference("QueueId", "Group", required=True, update=False),
        Field("SobjectType", "picklist", required=True, update=False),
        update=False,
        unique=(("QueueId", "SobjectType"),),
    ),
    _object(
        "BusinessProcess",
        "019",
        Field("Name", required=True, length=80),
        Field("TableEnumOrId", "picklist", required=True),
        Field("IsActive", "boolean", default=True),
        create=False,
        update=False,
        delete=False,
    ),
    _object(
        "RecordType",
        "012",
        Field("Name", label="Record Type Label", required=True, length=80),
        Field("DeveloperName", label="Record Type Name", required=True, length=80),
        Field("SobjectType", "picklist", required=True, update=False),
        Field("Description", length=255),
        Field("IsActive", "boolean", default=False),
        _reference("BusinessProcessId", "BusinessProcess"),
        _fixed("NamespacePrefix"),
        delete=False,
    ),
    _object(
        "UserPermissionAccess",
        "0nU",
        _fixed("PermissionsCustomizeApplication", "boolean", default=True),
        _fixed("PermissionsManageUsers", "boolean", default=True),
        _fixed("PermissionsAssignPermissionSets", "boolean", default=True),
        _fixed("PermissionsViewSetup", "boolean", default=True),
        _fixed("PermissionsViewAllData", "boolean", default=True),
        _fixed("PermissionsModifyMetadata", "boolean", default=True),
        _fixed("PermissionsModifyAllData", "boolean", default=True),
        create=False,
        update=False,
        delete=False,
    ),
)

OBJECTS = MappingProxyType({found.name: found for found in _ALL})
FIELD_PREFIX = "00N"


def find_object(name: str) -> StandardObject | None:
    """The object of that name, in any case."""
    return next((found for found in _ALL if found.name.lower() == name.lower()), None)
