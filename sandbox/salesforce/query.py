"""Queries over records and over the Tooling objects, answered as the vendor shapes them."""

from __future__ import annotations

import itertools
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from sandbox.salesforce.custom_field import api_name
from sandbox.salesforce.data_type import data_type
from sandbox.salesforce.formula import joined
from sandbox.salesforce.identifier import canonical_id
from sandbox.salesforce.objects import OBJECTS, Field, StandardObject
from sandbox.salesforce.organization import Organization
from sandbox.salesforce.soql import Query, QueryError, Row, ValueOf, parse, select, single_value

BATCH = 2000
SMALLEST_BATCH = 200
_NOT_COUNTED = ("textarea", "multipicklist")


class Source(ABC):
    """Objects that can be queried."""

    prefix: str

    @abstractmethod
    def object_name(self, name: str) -> str | None:
        """The object's name as the vendor writes it, or None where there is none."""

    @abstractmethod
    def rows(self, object_name: str, query: Query) -> list[Row]: ...

    @abstractmethod
    def resolve(self, object_name: str, path: str) -> Field | None:
        """The field at the end of a path."""

    @abstractmethod
    def value(self, object_name: str, row: Row, path: str) -> Any: ...

    @abstractmethod
    def check(self, query: Query, found: int) -> None:
        """Refuse a query for what it found. Raises QueryError."""


class Records(Source):
    """The organisation's records, as far as the signed-in user sees their fields. everything: what a formula sees,
    whoever asks."""

    prefix = "sobjects"

    def __init__(
        self, organization: Organization, access: Mapping[str, bool] | None = None, *, everything: bool = False
    ) -> None:
        self.organization = organization
        self.access = access
        self.everything = everything
        self._visible: dict[str, dict[str, Field]] = {}
        self._links: dict[str, dict[str, Field]] = {}

    def _fields(self, object_name: str) -> dict[str, Field]:
        """The visible fields of an object by their names in small letters, looked up once for a query."""
        if object_name not in self._visible:
            all_fields, visible = self.organization.all_fields, self.organization.visible_fields
            fields = (all_fields if self.everything else visible)(object_name)
            self._visible[object_name] = {field.name.lower(): field for field in reversed(fields)}
            self._links[object_name] = {
                field.relationship.lower(): field for field in reversed(fields) if field.relationship
            }
        return self._visible[object_name]

    def object_name(self, name: str) -> str | None:
        found = self.organization.object(name)
        return found.name if found else None

    def rows(self, object_name: str, query: Query) -> list[Row]:
        if object_name == "UserPermissionAccess":
            values = {field.name: field.default for field in OBJECTS[object_name].fields}
            return [values | dict(self.access or {})]
        return list(self.organization.rows(object_name))

    def resolve(self, object_name: str, path: str) -> Field | None:
        first, _, rest = path.lower().partition(".")
        fields = self._fields(object_name)
        if not rest:
            return fields.get(first)
        link = self._links[object_name].get(first)
        targets = (self.resolve(target, rest) for target in (link.refers_to if link else ()))
        return next((target for target in targets if target), None)

    def value(self, object_name: str, row: Row, path: str) -> Any:
        first, _, rest = path.lower().partition(".")
        fields = self._fields(object_name)
        if not rest:
            field = fields[first]
            if field.formula:
                return joined(field.formula, lambda named: self._computed(object_name, row, named))
            return row.get(field.name, field.default)
        link = self._links[object_name][first]
        for target in link.refers_to:
            other = self.organization.find(target, row.get(link.name))
            if other is not None:
                return self.value(target, other, rest)
        return None

    def _computed(self, object_name: str, row: Row, path: str) -> Any:
        """The value at a path of a formula; None where there is no such field."""
        whole = self if self.everything else Records(self.organization, everything=True)
        return whole.value(object_name, row, path) if whole.resolve(object_name, path) else None

    def check(self, query: Query, found: int) -> None:
        return None


_ENTITY = ("QualifiedApiName", "DurableId", "DeveloperName", "Label")
_TOOLING_FIELDS = {
    "CustomField": (
        *("Id", "DeveloperName", "TableEnumOrId", "EntityDefinitionId", "NamespacePrefix", "ManageableState", "Length"),
        *(
            "Precision",
            "Scale",
            "InlineHelpText",
            "Description",
            "RelationshipLabel",
            "CreatedDate",
            "LastModifiedDate",
        ),
        *("FullName", "Metadata", *(f"EntityDefinition.{name}" for name in _ENTITY)),
    ),
    "FieldDefinition": (
        *(
            "DurableId",
            "QualifiedApiName",
            "DeveloperName",
            "Label",
            "DataType",
            "EntityDefinitionId",
            "NamespacePrefix",
        ),
        *(
            "IsFlsEnabled",
            "IsCalculated",
            "Length",
            "Precision",
            "Scale",
            *(f"EntityDefinition.{name}" for name in _ENTITY),
        ),
    ),
    "EntityDefinition": _ENTITY,
    "InstalledSubscriberPackage": ("Id", *(f"SubscriberPackage.{name}" for name in ("Id", "Name", "NamespacePrefix"))),
}


class Tooling(Source):
    """Definitions. They are complete, whatever access was granted."""

    prefix = "tooling/sobjects"

    def __init__(self, organization: Organization) -> None:
        self.organization = organization

    def object_name(self, name: str) -> str | None:
        return next((known for known in _TOOLING_FIELDS if known.lower() == name.lower()), None)

    def rows(self, object_name: str, query: Query) -> list[Row]:
        if object_name == "CustomField":
            return [custom_field_row(row, self.organization) for row in self.organization.custom_fields()]
        if object_name == "EntityDefinition":
            return [_entity(each) for each in self.organization.objects()]
        if object_name == "InstalledSubscriberPackage":
            return list(self.organization.table("InstalledSubscriberPackage").values())
        owner = single_value(query.where, "EntityDefinition.QualifiedApiName") or single_value(
            query.where, "EntityDefinitionId"
        )
        found = self.organization.object(str(owner))
        if owner is None:
            raise QueryError(
                "EXTERNAL_OBJECT_UNSUPPORTED_EXCEPTION",
                "The requested operation is not yet supported by this SObject storage type, contact salesforce.com "
                "support for more information.",
            )
        return self._definitions(found) if found else []

    def _definitions(self, entity: StandardObject) -> list[Row]:
        owner = entity.name
        language = str(self.organization.store.settings("salesforce").get("language", "en_US"))
        durable = {api_name(row): row["Id"][:15] for row in self.organization.custom_fields(owner)}
        return [
            {
                "DurableId": f"{owner}.{durable.get(field.name, field.name)}",
                "QualifiedApiName": field.name,
                "DeveloperName": field.name.removesuffix("__c"),
                "Label": field.label or field.name,
                "DataType": data_type(field, language),
                "EntityDefinitionId": owner,
                "NamespacePrefix": None,
                "IsFlsEnabled": field.permissioned,
                "IsCalculated": field.calculated,
                "Length": field.length,
                "Precision": None,
                "Scale": None,
                "EntityDefinition": _entity(entity),
            }
            for field in self.organization.all_fields(owner)
        ]

    def resolve(self, object_name: str, path: str) -> Field | None:
        for name in _TOOLING_FIELDS[object_name]:
            if name.lower() == path.lower():
                return Field(name, type="complexvalue" if name == "Metadata" else "string")
        return None

    def value(self, object_name: str, row: Row, path: str) -> Any:
        value: Any = row
        known = next(name for name in _TOOLING_FIELDS[object_name] if name.lower() == path.lower())
        for part in known.split("."):
            value = value[part]
        return value

    def check(self, query: Query, found: int) -> None:
        selected = {column.path.lower() for column in query.columns}
        if found > 1 and selected & {"metadata", "fullname"}:
            raise QueryError(
                "MALFORMED_QUERY",
                "When retrieving results with Metadata or FullName fields, the query qualifications must specify "
                f"no more than one row for retrieval. Result size: {found}",
            )
        for path in query.filtered_paths():
            if path.lower() in ("metadata", "fullname"):
                raise QueryError("INVALID_FIELD", f"field '{path}' can not be filtered in a query call")


def _entity(found: StandardObject) -> Row:
    name = found.name
    plain = name.removesuffix("__c")
    return {"QualifiedApiName": name, "DurableId": name, "DeveloperName": plain, "Label": found.label}


def custom_field_row(row: Row, organization: Organization) -> dict[str, Any]:
    """A custom field as the Tooling API shows it."""
    metadata = row["Metadata"]
    owner = row["object"]
    entity = organization.object(owner)
    return {
        "Id": row["Id"],
        "DeveloperName": row["DeveloperName"],
        "TableEnumOrId": owner,
        "EntityDefinitionId": owner,
        "NamespacePrefix": row.get("NamespacePrefix"),
        "ManageableState": "installed" if row.get("NamespacePrefix") else "unmanaged",
        "Length": metadata["length"],
        "Precision": metadata["precision"],
        "Scale": metadata["scale"],
        "InlineHelpText": metadata["inlineHelpText"],
        "Description": metadata["description"],
        "RelationshipLabel": metadata["relationshipLabel"],
        "CreatedDate": row["CreatedDate"],
        "LastModifiedDate": row["LastModifiedDate"],
        "FullName": f"{owner}.{api_name(row)}",
        "Metadata": metadata,
        "EntityDefinition": _entity(entity) if entity else None,
    }


class Queries:
    """Answers queries, in pages."""

    def __init__(self) -> None:
        self._pages: dict[str, tuple[list[dict[str, Any]], int, int]] = {}
        self._numbers = itertools.count(1)

    def answer(self, source: Source, text: str, version: str, batch: int = BATCH) -> dict[str, Any]:
        """The vendor's document for a query. Raises QueryError."""
        query = parse(text)
        owner = source.object_name(query.object)
        if owner is None:
            raise QueryError(
                "INVALID_TYPE",
                f"sObject type '{query.object}' is not supported. If you are attempting to use a custom object, be "
                "sure to append the '__c' after the entity name. Please reference your WSDL or the describe call "
                "for the appropriate names.",
            )
        self._check_fields(source, owner, query)

        def value_of(row: Row, path: str) -> Any:
            return source.value(owner, row, path)

        found = select(query, source.rows(owner, query), value_of, canonical_id)
        source.check(query, len(found))
        if query.count_rows:
            return {"totalSize": len(found), "done": True, "records": []}
        if query.aggregates:
            counted = _counted(query, found, value_of)
            return {"totalSize": len(counted), "done": True, "records": counted}
        url = f"/services/data/{version}/{source.prefix}/{owner}"
        records = [_shaped(source, query, owner, row, url) for row in found]
        return self._page(records, 0, max(SMALLEST_BATCH, min(batch, BATCH)), version, None)

    def more(self, locator: str, version: str) -> dict[str, Any]:
        """The next page. Raises QueryError for a locator that has ended."""
        name, _, start = locator.rpartition("-")
        if name not in self._pages or not start.isdigit():
            raise QueryError("INVALID_QUERY_LOCATOR", "invalid query locator")
        records, batch, _ = self._pages[name]
        return self._page(records, int(start), batch, version, name)

    def _page(
        self, records: list[dict[str, Any]], start: int, batch: int, version: str, name: str | None
    ) -> dict[str, Any]:
        end = start + batch
        answer: dict[str, Any] = {"totalSize": len(records), "done": end >= len(records)}
        if not answer["done"]:
            name = name or f"0r8xx{next(self._numbers):010d}AAA"
            self._pages[name] = (records, batch, end)
            answer["nextRecordsUrl"] = f"/services/data/{version}/query/{name}-{end}"
        answer["records"] = records[start:end]
        return answer

    def _check_fields(self, source: Source, owner: str, query: Query) -> None:
        paths = [column.path for column in query.columns] + query.filtered_paths() + query.group
        for path in paths + [order.path for order in query.order]:
            if source.resolve(owner, path) is None:
                raise QueryError(
                    "INVALID_FIELD",
                    f"No such column '{path.rsplit('.', 1)[-1]}' on entity '{owner}'. If you are attempting to use a "
                    "custom field, be sure to append the '__c' after the custom field name. Please reference your "
                    "WSDL or the describe call for the appropriate names.",
                )
        for column in query.columns:
            field = source.resolve(owner, column.path)
            if column.count and field and field.type in _NOT_COUNTED:
                raise QueryError("INVALID_FIELD", f"field {field.name} does not support aggregate operator COUNT")
        for path in query.group:
            field = source.resolve(owner, path)
            if field and (field.type in _NOT_COUNTED or field.calculated):
                raise QueryError("INVALID_FIELD", f"field '{field.name}' can not be grouped in a query call")


def _counted(query: Query, found: list[Row], value_of: ValueOf) -> list[dict[str, Any]]:
    """A row of counts for each group, or for all. Raises QueryError where there are more than one page of groups."""
    groups: dict[tuple[Any, ...], list[Row]] = {} if query.group else {(): found}
    for row in found if query.group else ():
        groups.setdefault(tuple(value_of(row, path) for path in query.group), []).append(row)
    if len(groups) > BATCH:
        raise QueryError(
            "EXCEEDED_ID_LIMIT",
            "Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch",
        )
    records = []
    for rows in groups.values():
        record: dict[str, Any] = {"attributes": {"type": "AggregateResult"}}
        for column in query.columns:
            if column.count:
                record[column.alias] = sum(value_of(row, column.path) is not None for row in rows)
            else:
                record[column.path.rpartition(".")[2]] = value_of(rows[0], column.path)
        records.append(record)
    return records


def _shaped(source: Source, query: Query, owner: str, row: Row, url: str) -> dict[str, Any]:
    identifier = row.get("Id") or row.get("DurableId")
    record: dict[str, Any] = {"attributes": {"type": owner, "url": f"{url}/{identifier}"}}
    for column in query.columns:
        value = source.value(owner, row, column.path)
        *links, last = column.path.split(".")
        place = record
        for link in links:
            place = place.setdefault(link, {"attributes": {"type": link}})
        field = source.resolve(owner, column.path)
        place[field.name.rsplit(".", 1)[-1] if field else last] = value
    return record
