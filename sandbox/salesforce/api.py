"""The HTTP calls: REST records, queries, describe, limits and the Tooling API."""

from __future__ import annotations

import json
import re
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.salesforce import records
from sandbox.salesforce.custom_field import FieldError, api_name, changed_metadata, checked_metadata, split_name
from sandbox.salesforce.identifier import canonical_id
from sandbox.salesforce.objects import Field, StandardObject
from sandbox.salesforce.organization import Organization
from sandbox.salesforce.query import BATCH, Queries, Records, Source, Tooling, custom_field_row
from sandbox.salesforce.record_layout import MASTER, record_layout, record_types
from sandbox.salesforce.soap import PATH as METADATA
from sandbox.salesforce.soap import Soap
from sandbox.salesforce.soap import fault as soap_fault
from sandbox.salesforce.soql import QueryError
from sandbox.store import Row, Store
from sandbox.system import Call

DAILY_CALLS = 100_000
_RIGHTS = (
    "PermissionsCustomizeApplication",
    "PermissionsManageUsers",
    "PermissionsAssignPermissionSets",
    "PermissionsViewSetup",
    "PermissionsViewAllData",
    "PermissionsModifyMetadata",
    "PermissionsModifyAllData",
)


def error(code: str, message: str, fields: list[str] | None = None, status: int = 400) -> Response:
    """The vendor's list of one error."""
    document: Row = {"message": message, "errorCode": code}
    if fields is not None:
        document["fields"] = fields
    return JSONResponse([document], status_code=status)


def refuse(reason: str, call: Call) -> Response:
    """The vendor's answer where the frame lets a call not through."""
    return {
        "unauthorized": error("INVALID_SESSION_ID", "Session expired or invalid", status=401),
        "forbidden": error("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id", [], 403),
        "unknown_path": error("NOT_FOUND", "The requested resource does not exist", status=404),
        "throttled": error("REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests Limit exceeded.", status=429),
        "error_500": error("UNKNOWN_EXCEPTION", "An unexpected error occurred.", status=500),
        "error_503": error("SERVER_UNAVAILABLE", "The service is temporarily unavailable.", status=503),
    }[reason]


class Api:
    """Every endpoint over one organisation."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.organization = Organization(store)
        self.queries = Queries()

    def routes(self) -> list[BaseRoute]:
        base = "/services/data/v{version}"
        table: list[tuple[str, Any, list[str]]] = [
            ("/services/oauth2/userinfo", self.user_info, ["GET"]),
            ("/services/data", self.versions, ["GET"]),
            (METADATA + "{version}", Soap(self.organization).answer, ["POST"]),
            (f"{base}/limits", self.limits, ["GET"]),
            (f"{base}/query", self.query, ["GET"]),
            (f"{base}/query/{{locator}}", self.query_more, ["GET"]),
            (f"{base}/tooling/query", self.tooling_query, ["GET"]),
            (f"{base}/tooling/query/{{locator}}", self.query_more, ["GET"]),
            (f"{base}/tooling/sobjects/CustomField", self.create_field, ["POST"]),
            (f"{base}/tooling/sobjects/CustomField/{{id}}", self.custom_field, ["GET", "PATCH", "DELETE"]),
            (f"{base}/ui-api/layout/{{object}}", self.layout, ["GET"]),
            (f"{base}/ui-api/object-info/{{object}}", self.object_info, ["GET"]),
            (f"{base}/sobjects", self.describe_all, ["GET"]),
            (f"{base}/sobjects/{{object}}", self.create_record, ["GET", "POST"]),
            (f"{base}/sobjects/{{object}}/describe", self.describe, ["GET"]),
            (f"{base}/sobjects/{{object}}/{{id}}", self.record, ["GET", "PATCH", "DELETE"]),
        ]
        found: list[BaseRoute] = []
        for path, handler, methods in table:
            endpoint = self._counted(handler)
            found.append(Route(path, endpoint, methods=methods))
            found.append(Route(path + "/", endpoint, methods=methods))
        return found

    def _counted(self, handler: Any) -> Any:
        """The handler with the vendor's errors as answers, and the day's calls in a header."""

        async def endpoint(request: Request) -> Response:
            request.state.used = used = self.store.next_id("salesforce:calls")
            if used > self._daily_calls():
                said = ("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")
                return soap_fault(*said) if METADATA in request.url.path else error(*said, status=403)
            try:
                response: Response = await handler(request)
            except (QueryError, FieldError, records.RecordError) as refused:
                status = getattr(refused, "status", 400)
                response = error(refused.code, refused.message, getattr(refused, "fields", None), status)
            except json.JSONDecodeError:
                response = error("JSON_PARSER_ERROR", "Unexpected character in the HTTP entity body")
            response.headers["Sforce-Limit-Info"] = f"api-usage={used}/{self._daily_calls()}"
            return response

        return endpoint

    async def versions(self, request: Request) -> Response:
        numbers = ("58.0", "59.0", "63.0", "67.0")
        return JSONResponse([{"label": n, "url": f"/services/data/v{n}", "version": n} for n in numbers])

    async def user_info(self, request: Request) -> Response:
        user = self.organization.running_user()
        return JSONResponse(
            {
                "sub": f"https://login.salesforce.com/id/{self._organization_id()}/{user['Id']}",
                "user_id": user["Id"],
                "organization_id": self._organization_id(),
                "preferred_username": user["Username"],
                "name": user["Name"],
                "email": user["Email"],
                "active": user["IsActive"],
            }
        )

    def _organization_id(self) -> str:
        return next(iter(self.organization.table("Organization")))

    async def limits(self, request: Request) -> Response:
        total = self._daily_calls()
        return JSONResponse({"DailyApiRequests": {"Max": total, "Remaining": max(0, total - request.state.used)}})

    def _daily_calls(self) -> int:
        """What the organisation takes in a day; the setting `daily_calls`."""
        return int(self.store.settings("salesforce").get("daily_calls", DAILY_CALLS))

    # queries

    async def query(self, request: Request) -> Response:
        narrow = request.headers.get("authorization", "").endswith("sandbox-narrow")
        return self._answer(request, Records(self.organization, dict.fromkeys(_RIGHTS, not narrow)))

    async def tooling_query(self, request: Request) -> Response:
        return self._answer(request, Tooling(self.organization))

    def _answer(self, request: Request, source: Source) -> Response:
        asked = re.search(r"batchSize=(\d+)", request.headers.get("sforce-query-options", ""))
        batch = int(asked[1]) if asked else BATCH
        text = request.query_params.get("q", "")
        return JSONResponse(self.queries.answer(source, text, f"v{request.path_params['version']}", batch))

    async def query_more(self, request: Request) -> Response:
        version = f"v{request.path_params['version']}"
        return JSONResponse(self.queries.more(request.path_params["locator"], version))

    # records

    def _object(self, request: Request) -> StandardObject:
        found = self.organization.object(request.path_params["object"])
        if found is None:
            raise records.RecordError(*records.NOT_FOUND, status=404)
        return found

    async def create_record(self, request: Request) -> Response:
        owner = self._object(request)
        if request.method == "GET":
            return JSONResponse({"objectDescribe": _summary(owner), "recentItems": []})
        row = records.create(self.organization, owner, json.loads(await request.body()))
        return JSONResponse({"id": row["Id"], "success": True, "errors": []}, status_code=201)

    async def record(self, request: Request) -> Response:
        owner, identifier = self._object(request), request.path_params["id"]
        if request.method == "PATCH":
            records.update(self.organization, owner, identifier, json.loads(await request.body()))
            return Response(status_code=204)
        if request.method == "DELETE":
            records.delete(self.organization, owner, identifier)
            return Response(status_code=204)
        row = records.find(self.organization, owner, identifier)
        wanted = request.query_params.get("fields")
        fields = self.organization.visible_fields(owner.name)
        if wanted:
            fields = [self._named(owner, name.strip()) for name in wanted.split(",")]
        url = f"/services/data/v{request.path_params['version']}/sobjects/{owner.name}/{row['Id']}"
        whole = Records(self.organization)
        shown = {field.name: whole.value(owner.name, row, field.name) for field in fields}
        return JSONResponse({"attributes": {"type": owner.name, "url": url}, **shown})

    def _named(self, owner: StandardObject, name: str) -> Field:
        field = self.organization.visible_field(owner.name, name)
        if field is None:
            raise records.RecordError("INVALID_FIELD", f"No such column '{name}' on sobject of type {owner.name}")
        return field

    # describe

    async def describe_all(self, request: Request) -> Response:
        return JSONResponse(
            {"encoding": "UTF-8", "maxBatchSize": 200, "sobjects": [_summary(o) for o in self.organization.objects()]}
        )

    async def describe(self, request: Request) -> Response:
        owner = self._object(request)
        fields = self.organization.visible_fields(owner.name)
        return JSONResponse({**_summary(owner), "fields": [_described(field) for field in fields]})

    async def layout(self, request: Request) -> Response:
        record_type = canonical_id(request.query_params.get("recordTypeId", MASTER))
        layout = record_layout(self.organization, self._object(request), record_type)
        if layout is None:
            raise records.RecordError(*records.NOT_FOUND, status=404)
        return JSONResponse(layout)

    async def object_info(self, request: Request) -> Response:
        return JSONResponse(record_types(self.organization, self._object(request)))

    # tooling

    async def create_field(self, request: Request) -> Response:
        body = json.loads(await request.body())
        unknown = [name for name in body if name not in ("FullName", "Metadata")]
        if unknown:
            raise FieldError("INVALID_FIELD", f"No such column '{unknown[0]}' on sobject of type CustomField", [])
        owner, name = split_name(body.get("FullName"), self.organization.object)
        metadata = checked_metadata(body.get("Metadata"), self.organization.lookups(owner), self.organization.object)
        if self.organization.is_reserved(name):
            message = f"The Field API Name {name} is a reserved word. Please choose another name."
            raise FieldError("FIELD_INTEGRITY_EXCEPTION", message, ["FullName"])
        # deleted fields are looked at too: theirs is the name with _del
        for row in self.organization.rows("CustomField"):
            if row["object"] == owner and row["DeveloperName"].lower() == name.lower():
                raise FieldError(
                    "DUPLICATE_DEVELOPER_NAME", f"There is already a field named {name} on {owner}.", ["FullName"]
                )
        self._check_relationship(metadata)
        row = self.organization.add_custom_field(owner, name, metadata)
        answer = {"id": row["Id"], "success": True, "errors": [], "warnings": [], "infos": []}
        return JSONResponse(answer, status_code=201)

    def _check_relationship(self, metadata: Row) -> None:
        """Each object's child relationships have names of their own."""
        named = (metadata["referenceTo"], str(metadata["relationshipName"]).lower())
        for row in self.organization.custom_fields():
            other = row["Metadata"]
            if metadata["referenceTo"] and (other["referenceTo"], str(other["relationshipName"]).lower()) == named:
                raise FieldError(
                    "DUPLICATE_DEVELOPER_NAME",
                    f"Child Relationship Name: there is already a child relationship named {other['relationshipName']} "
                    f"on {other['referenceTo']}.",
                    ["relationshipName"],
                )

    async def custom_field(self, request: Request) -> Response:
        row = self.organization.table("CustomField").get(canonical_id(request.path_params["id"]))
        if row is None or row["deleted"]:
            raise records.RecordError(*records.NOT_FOUND, status=404)
        if request.method == "PATCH":
            self._change_field(row, json.loads(await request.body()))
            return Response(status_code=204)
        if request.method == "DELETE":
            self._delete_field(row)
            return Response(status_code=204)
        shown = custom_field_row(row, self.organization)
        del shown["EntityDefinition"]
        url = f"/services/data/v{request.path_params['version']}/tooling/sobjects/CustomField/{row['Id']}"
        return JSONResponse({"attributes": {"type": "CustomField", "url": url}, **shown})

    def _change_field(self, row: Row, body: Row) -> None:
        unknown = [name for name in body if name not in ("FullName", "Metadata")]
        if unknown:
            raise FieldError("INVALID_FIELD", f"No such column '{unknown[0]}' on sobject of type CustomField", [])
        if "FullName" in body and body["FullName"] != f"{row['object']}.{api_name(row)}":
            raise FieldError(
                "FIELD_INTEGRITY_EXCEPTION", "The name of a field cannot be changed by this call", ["FullName"]
            )
        lookups = self.organization.lookups(row["object"])
        metadata = checked_metadata(body.get("Metadata"), lookups, self.organization.object)
        row["Metadata"] = changed_metadata(row["Metadata"], metadata)
        self.organization.changed(row)

    def _delete_field(self, row: Row) -> None:
        name = row["DeveloperName"]
        for other in self.organization.custom_fields(row["object"]):
            formula = other["Metadata"]["formula"] or ""
            if re.search(rf"\b{re.escape(name)}__[cr]\b", formula, re.IGNORECASE):
                raise FieldError(
                    "DEPENDENCY_EXISTS",
                    f"This custom field is referenced elsewhere in salesforce.com. : Field - {other['DeveloperName']}",
                )
        full_name = f"{row['object']}.{api_name(row)}"
        for grant in self.organization.rows("FieldPermissions"):
            if grant["Field"] == full_name:
                del self.organization.table("FieldPermissions")[grant["Id"]]
        row["deleted"] = True
        taken = [other["DeveloperName"] for other in self.organization.custom_fields(row["object"], deleted=True)]
        if f"{name}_del" not in taken:
            row["DeveloperName"] = f"{name}_del"


def _summary(owner: StandardObject) -> Row:
    return {
        "name": owner.name,
        "label": owner.label,
        "labelPlural": owner.plural or f"{owner.label}s",
        "keyPrefix": owner.prefix,
        "custom": owner.name.endswith("__c"),
        "createable": owner.create,
        "updateable": owner.update,
        "deletable": owner.delete,
        "queryable": True,
    }


def _described(field: Field) -> Row:
    return {
        "name": field.name,
        "label": field.label or field.name,
        "type": field.type,
        "length": field.length,
        "custom": field.custom,
        "calculated": field.calculated,
        "nillable": not field.required,
        "createable": field.create,
        "updateable": field.update,
        "permissionable": field.permissioned,
        "referenceTo": list(field.refers_to),
        "relationshipName": field.relationship,
        "restrictedPicklist": field.restricted,
        "picklistValues": [
            {"active": True, "defaultValue": False, "label": label, "value": name} for name, label in field.values
        ],
    }
