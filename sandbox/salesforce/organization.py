"""One Salesforce organisation in the store: its records, its custom fields, and what the signed-in user may see."""

from __future__ import annotations

from typing import Any

from sandbox.salesforce import custom_object
from sandbox.salesforce.custom_field import as_field
from sandbox.salesforce.identifier import canonical_id, numbered_id
from sandbox.salesforce.objects import FIELD_PREFIX, OBJECTS, Field, StandardObject, find_object
from sandbox.store import Row, Store, Table

SYSTEM = "salesforce"
ADMINISTRATOR = "System Administrator"


class Organization:
    """Reads and plain writes. The vendor's rules for calls stand in `records` and `tooling`."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def table(self, name: str) -> Table:
        return self.store.table(SYSTEM, name)

    def rows(self, name: str) -> list[Row]:
        return list(self.table(name).values())

    def find(self, name: str, identifier: Any) -> Row | None:
        """The record with that id in either form."""
        return self.table(name).get(canonical_id(str(identifier)))

    def first(self, name: str, **values: Any) -> Row | None:
        """The first record that has these values."""
        return next(
            (row for row in self.rows(name) if all(row.get(key) == value for key, value in values.items())), None
        )

    def insert(self, owner: StandardObject, values: Row) -> Row:
        """Store a record with its defaults and a new id."""
        now = self.store.now().replace("Z", ".000+0000")
        row: Row = {field.name: field.default for field in owner.fields}
        row.update(values)
        row["Id"] = self.new_id(owner.prefix)
        row.update(CreatedDate=now, LastModifiedDate=now, SystemModstamp=now)
        self.table(owner.name)[row["Id"]] = row
        return row

    def new_id(self, prefix: str) -> str:
        return numbered_id(prefix, self.store.next_id(f"{SYSTEM}:{prefix}"))

    def changed(self, row: Row) -> None:
        row["LastModifiedDate"] = row["SystemModstamp"] = self.store.now().replace("Z", ".000+0000")

    # the signed-in user

    def running_user(self) -> Row:
        """Whose token it is: the first active administrator."""
        profile = self.first("Profile", Name=ADMINISTRATOR) or {"Id": ""}
        found = self.first("User", ProfileId=profile["Id"], IsActive=True)
        if found is None:
            raise LookupError("the organisation has no active administrator")
        return found

    def add_user(self, values: Row) -> Row:
        """A user, who holds the permission set that belongs to the profile."""
        row = self.insert(OBJECTS["User"], values)
        row["Name"] = " ".join(part for part in (row["FirstName"], row["LastName"]) if part)
        owned = self.first("PermissionSet", ProfileId=row["ProfileId"], IsOwnedByProfile=True)
        if owned:
            assignment = {"PermissionSetId": owned["Id"], "AssigneeId": row["Id"]}
            self.insert(OBJECTS["PermissionSetAssignment"], assignment)
        return row

    # objects

    def object(self, name: str) -> StandardObject | None:
        """The vendor's or the organisation's own object of that name, in any case."""
        found = find_object(name)
        return found or next((each for each in self._custom() if each.name.lower() == name.lower()), None)

    def is_reserved(self, name: str) -> bool:
        """Whether the vendor keeps a name for itself. No page lists such names: the setting `reserved_names` does."""
        return name.lower() in [each.lower() for each in self.store.settings(SYSTEM).get("reserved_names", [])]

    def objects(self) -> list[StandardObject]:
        return [*OBJECTS.values(), *self._custom()]

    def _custom(self) -> list[StandardObject]:
        return [custom_object.as_object(row) for row in self.rows("CustomObject")]

    def add_custom_object(self, full_name: str, metadata: Row, package: str | None = None) -> Row:
        """A new object. Its name and definition are checked already."""
        number = self.store.next_id(f"{SYSTEM}:objects")
        now = self.store.now().replace("Z", ".000+0000")
        row: Row = {
            "Id": self.new_id(custom_object.PREFIX),
            "DeveloperName": custom_object.developer_name(full_name),
            "NamespacePrefix": package,
            "Metadata": metadata,
            "prefix": f"a{number:02d}",
            "CreatedDate": now,
            "LastModifiedDate": now,
        }
        self.table("CustomObject")[row["Id"]] = row
        return row

    def remove_custom_object(self, row: Row) -> None:
        """An object goes with its records, its fields and every right to it."""
        name = custom_object.api_name(row)
        self.table(name).clear()
        for field in self.custom_fields(name):
            del self.table("CustomField")[field["Id"]]
        for table in ("FieldPermissions", "ObjectPermissions", "QueueSobject", "RecordType"):
            for other in self.rows(table):
                if other["SobjectType"] == name:
                    del self.table(table)[other["Id"]]
        del self.table("CustomObject")[row["Id"]]

    # custom fields

    def custom_fields(self, object_name: str | None = None, deleted: bool = False) -> list[Row]:
        return [
            row
            for row in self.rows("CustomField")
            if row["deleted"] == deleted and object_name in (None, row["object"])
        ]

    def add_custom_field(self, object_name: str, developer_name: str, metadata: Row) -> Row:
        now = self.store.now().replace("Z", ".000+0000")
        row: Row = {
            "Id": self.new_id(FIELD_PREFIX),
            "object": object_name,
            "DeveloperName": developer_name,
            "Metadata": metadata,
            "deleted": False,
            "CreatedDate": now,
            "LastModifiedDate": now,
        }
        self.table("CustomField")[row["Id"]] = row
        return row

    def lookups(self, object_name: str) -> set[str]:
        """Relationship names (`csm__r`) of an object's own lookups, in small letters."""
        fields = [as_field(row) for row in self.custom_fields(object_name)]
        return {field.relationship.lower() for field in fields if field.relationship}

    def all_fields(self, object_name: str) -> list[Field]:
        """Every field of an object, whoever may see it."""
        owner = self.object(object_name)
        standard = list(owner.fields) if owner else []
        return standard + [as_field(row) for row in self.custom_fields(object_name)]

    def visible_fields(self, object_name: str) -> list[Field]:
        """What describe and queries show: custom fields only once access to them was granted."""
        read, edit = self._granted(object_name)
        visible: list[Field] = []
        for field in self.all_fields(object_name):
            full_name = f"{object_name}.{field.name}"
            if not field.custom or not field.permissioned or full_name in edit:
                visible.append(field)
            elif full_name in read:
                visible.append(_read_only(field))
        return visible

    def visible_field(self, object_name: str, name: str) -> Field | None:
        return next((field for field in self.visible_fields(object_name) if field.name.lower() == name.lower()), None)

    def _granted(self, object_name: str) -> tuple[set[str], set[str]]:
        """Full names of the fields that the signed-in user may read, and may edit."""
        user = self.running_user()["Id"]
        held = {row["PermissionSetId"] for row in self.rows("PermissionSetAssignment") if row["AssigneeId"] == user}
        grants = [
            row
            for row in self.rows("FieldPermissions")
            if row["ParentId"] in held and row["SobjectType"] == object_name
        ]
        return (
            {row["Field"] for row in grants if row["PermissionsRead"]},
            {row["Field"] for row in grants if row["PermissionsEdit"]},
        )


def _read_only(field: Field) -> Field:
    return Field(**{**field.__dict__, "create": False, "update": False})
