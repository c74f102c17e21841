"""The organisation's start state: what every organisation has, and what the seed file lists.

Under `salesforce:` a seed file may say

    organization: {name, id}         id: 15 or 18 characters
    users: [{name, email, username, active, profile}]
    custom_fields: [{object, name, package, …metadata}]   name: `ARR__c`; visible to administrators, as if made by hand
    permission_sets: [{name, label, package, fields: {Account.ARR__c: read|edit}, users: [email]}]
    processes: [{object, name}]      business processes, which record types of cases and leads need
    packages: [{name, namespace}]    installed from the vendor's store
    accounts: [{Name, ARR__c, …}]    values by API name; a lookup to a user may be an e-mail address
"""

from __future__ import annotations

from typing import Any

from sandbox.salesforce.custom_field import api_name, checked_metadata, split_name
from sandbox.salesforce.identifier import canonical_id
from sandbox.salesforce.objects import OBJECTS
from sandbox.salesforce.organization import ADMINISTRATOR, Organization
from sandbox.seeding import check_lists, check_words
from sandbox.store import Row, Store

_LENGTHS: dict[str, dict[str, Any]] = {
    "Text": {"length": 255},
    "LongTextArea": {"length": 32768, "visibleLines": 3},
    "Number": {"precision": 18, "scale": 0},
    "Currency": {"precision": 18, "scale": 2},
    "Percent": {"precision": 18, "scale": 2},
    "Checkbox": {"defaultValue": "false"},
}

LISTS = ("users", "custom_fields", "permission_sets", "processes", "packages", "accounts")
"""What a seed file may list."""


def seed(store: Store, data: Row) -> None:
    """Fill an empty organisation. Raises `ValueError` for what the seed cannot mean."""
    check_words("salesforce", data, ["organization", *LISTS])
    check_lists("salesforce", data, LISTS)
    organization = Organization(store)
    about = data.get("organization") or {}
    row = organization.insert(
        OBJECTS["Organization"],
        {"Name": about.get("name", "Sandbox Company"), "OrganizationType": "Developer Edition", "InstanceName": "SBX1"},
    )
    if about.get("id"):
        del organization.table("Organization")[row["Id"]]
        row["Id"] = canonical_id(str(about["id"]))
        organization.table("Organization")[row["Id"]] = row
    for name in (ADMINISTRATOR, "Standard User"):
        _profile(organization, name)
    _user(
        organization,
        {"name": "Integration User", "email": "integration@salesforce.example", "profile": ADMINISTRATOR},
    )
    for user in data.get("users") or []:
        _user(organization, user)
    for field in data.get("custom_fields") or []:
        _custom_field(organization, dict(field))
    for permission_set in data.get("permission_sets") or []:
        _permission_set(organization, permission_set)
    for process in data.get("processes") or []:
        organization.insert(OBJECTS["BusinessProcess"], {"Name": process["name"], "TableEnumOrId": process["object"]})
    for number, package in enumerate(data.get("packages") or [], start=1):
        identifier = canonical_id(f"0A3{number:012d}")
        about = {"Id": canonical_id(f"033{number:012d}"), "Name": package["name"]}
        about["NamespacePrefix"] = package.get("namespace")
        organization.table("InstalledSubscriberPackage")[identifier] = {"Id": identifier, "SubscriberPackage": about}
    for account in data.get("accounts") or []:
        _account(organization, dict(account))


def _profile(organization: Organization, name: str) -> None:
    profile = organization.insert(OBJECTS["Profile"], {"Name": name})
    organization.insert(
        OBJECTS["PermissionSet"],
        {
            "Name": f"X{profile['Id']}",
            "Label": profile["Id"],
            "IsOwnedByProfile": True,
            "IsCustom": False,
            "Type": "Profile",
            "ProfileId": profile["Id"],
        },
    )


def _user(organization: Organization, given: Row) -> None:
    first, _, last = str(given["name"]).rpartition(" ")
    profile = organization.first("Profile", Name=given.get("profile", "Standard User"))
    organization.add_user(
        {
            "FirstName": first or None,
            "LastName": last,
            "Email": given["email"],
            "Username": given.get("username", given["email"]),
            "Alias": last[:8].lower(),
            "IsActive": given.get("active", True),
            "ProfileId": (profile or {"Id": None})["Id"],
        }
    )


def _custom_field(organization: Organization, given: Row) -> None:
    owner, name = split_name(f"{given.pop('object', 'Account')}.{given.pop('name')}", organization.object)
    package = given.pop("package", None)
    metadata = {"label": name.replace("_", " "), **_LENGTHS.get(given.get("type", ""), {}), **given}
    row = organization.add_custom_field(
        owner, name, checked_metadata(metadata, organization.lookups(owner), organization.object)
    )
    row["NamespacePrefix"] = package
    profile = organization.first("Profile", Name=ADMINISTRATOR) or {"Id": ""}
    owned = organization.first("PermissionSet", ProfileId=profile["Id"]) or {"Id": ""}
    _grant(organization, owned["Id"], f"{owner}.{api_name(row)}", "read" if "formula" in given else "edit")


def _grant(organization: Organization, permission_set: str, field: str, access: str) -> None:
    organization.insert(
        OBJECTS["FieldPermissions"],
        {
            "ParentId": permission_set,
            "SobjectType": field.partition(".")[0],
            "Field": field,
            "PermissionsRead": True,
            "PermissionsEdit": access == "edit",
        },
    )


def _permission_set(organization: Organization, given: Row) -> None:
    row = organization.insert(
        OBJECTS["PermissionSet"], {"Name": given["name"], "Label": given.get("label", given["name"])}
    )
    row["NamespacePrefix"] = given.get("package")
    for field, access in (given.get("fields") or {}).items():
        _grant(organization, row["Id"], field, access)
    for email in given.get("users") or []:
        user = organization.first("User", Email=email)
        if user is None:
            raise ValueError(f"permission set {given['name']}: no user has the address {email}")
        organization.insert(
            OBJECTS["PermissionSetAssignment"], {"PermissionSetId": row["Id"], "AssigneeId": user["Id"]}
        )


def _account(organization: Organization, given: Row) -> None:
    values: Row = {}
    known = {field.name: field for field in organization.all_fields("Account")}
    for name, value in given.items():
        if name not in known:
            raise ValueError(f"account {given.get('Name')}: the organisation has no field {name}")
        field = known[name]
        if "User" in field.refers_to and isinstance(value, str) and "@" in value:
            user = organization.first("User", Email=value)
            value = user["Id"] if user else None
        values[name] = value
    values.setdefault("OwnerId", organization.running_user()["Id"])
    organization.insert(OBJECTS["Account"], values)
