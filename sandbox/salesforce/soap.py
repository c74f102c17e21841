"""The Metadata API's calls for custom objects: SOAP, as the vendor's WSDL has it.

Each component of a call succeeds or fails by itself; ten are the most that a call takes. Who calls stands in the
envelope's session header, not in a header of HTTP. A call as a whole is refused with a fault and the status 500.
Source: developer.salesforce.com, “Metadata API Developer Guide”, CRUD-Based Metadata Development.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import Response

from sandbox.salesforce import custom_object
from sandbox.salesforce.custom_field import api_name
from sandbox.salesforce.custom_object import ObjectError
from sandbox.salesforce.organization import Organization
from sandbox.store import Row

PATH = "/services/Soap/m/"
MOST = 10
_ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
_OURS = "http://soap.sforce.com/2006/04/metadata"
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_KIND = "CustomObject"
_FAULTS = {
    "unauthorized": ("INVALID_SESSION_ID", "Invalid Session ID found in SessionHeader: Illegal Session"),
    "forbidden": ("INSUFFICIENT_ACCESS", "use of the Metadata API requires a user with the ModifyAllData permission"),
    "unknown_path": ("UNKNOWN_EXCEPTION", "destination URL not reset"),
    "throttled": ("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."),
    "error_500": ("UNKNOWN_EXCEPTION", "An unexpected error occurred."),
    "error_503": ("SERVER_UNAVAILABLE", "The service is temporarily unavailable."),
}
_READS = ("readMetadata", "listMetadata", "describeMetadata")


def fault(code: str, message: str) -> Response:
    """A call that is refused as a whole."""
    said = f"{code}: {message}"
    body = f"<soapenv:Fault><faultcode>sf:{code}</faultcode><faultstring>{escape(said)}</faultstring></soapenv:Fault>"
    return _answered(body, 500)


def refuse(reason: str) -> Response:
    """The vendor's answer where the frame lets a call not through."""
    return fault(*_FAULTS[reason])


def session_of(body: bytes) -> str | None:
    """The token in a call's session header."""
    try:
        found = ElementTree.fromstring(body).find(f".//{{{_OURS}}}sessionId")  # noqa: S314 - only this machine calls
    except ElementTree.ParseError:
        return None
    return found.text if found is not None else None


def writes(body: bytes) -> bool:
    """Whether a call can change something, by its operation."""
    try:
        return _name(_operation(body)) not in _READS
    except (ElementTree.ParseError, LookupError):
        return True


class Soap:
    """The calls over one organisation."""

    def __init__(self, organization: Organization) -> None:
        self.organization = organization

    async def answer(self, request: Request) -> Response:
        try:
            asked = _operation(await request.body())
        except (ElementTree.ParseError, LookupError):
            return fault("INVALID_OPERATION", "the call could not be read")
        operation = _name(asked)
        if operation == "listMetadata":
            return _result(operation, (self._listed(row) for row in self.organization.rows(_KIND)))
        named = [each.text or "" for each in asked if _name(each) == "fullNames"]
        components = [each for each in asked if _name(each) == "metadata"]
        if max(len(named), len(components)) > MOST:
            message = f"record limit reached. cannot submit more than {MOST} records into this operation"
            return fault("LIMIT_EXCEEDED", message)
        types = [str(each.get(_TYPE, "")).rpartition(":")[2] for each in components]
        types += [each.text or "" for each in asked if _name(each) == "type"]
        if types != [_KIND] * len(types):
            return fault("INVALID_TYPE", f"this stand-in knows the type {_KIND} only")
        if operation == "readMetadata":
            records = "".join(self._read(name) for name in named)
            return _result(operation, [records])
        if operation == "deleteMetadata":
            return _result(operation, [self._done(name, self._delete) for name in named])
        if operation in ("createMetadata", "updateMetadata"):
            change = self._create if operation == "createMetadata" else self._update
            return _result(operation, [self._given(each, change) for each in components])
        return fault("INVALID_OPERATION", f"this stand-in has no operation {operation}")

    def _row(self, full_name: str) -> Row:
        for row in self.organization.rows(_KIND):
            if custom_object.api_name(row).lower() == full_name.lower():
                return row
        raise ObjectError("INVALID_CROSS_REFERENCE_KEY", f"no CustomObject named {full_name} found")

    def _given(self, component: ElementTree.Element, change: Callable[[str, Row], None]) -> str:
        said = _plain(component)
        name = str(said.pop("fullName", ""))
        return self._done(name, lambda full_name: change(full_name, said))

    def _done(self, name: str, change: Callable[[str], None]) -> str:
        """What became of one component."""
        try:
            change(name)
        except ObjectError as refused:
            fields = "".join(f"<fields>{escape(each)}</fields>" for each in refused.fields)
            error = f"{fields}<message>{escape(refused.message)}</message><statusCode>{refused.code}</statusCode>"
            return f"<errors>{error}</errors><fullName>{escape(name)}</fullName><success>false</success>"
        return f"<fullName>{escape(name)}</fullName><success>true</success>"

    def _create(self, full_name: str, said: Row) -> None:
        name = custom_object.developer_name(full_name)
        if self.organization.is_reserved(name):
            raise ObjectError("FIELD_INTEGRITY_EXCEPTION", f"The name {name} is a reserved word.", ("fullName",))
        if self.organization.object(full_name) is not None:
            message = f"The name {full_name} is already in use. Please specify a unique name."
            raise ObjectError("DUPLICATE_DEVELOPER_NAME", message, ("fullName",))
        self.organization.add_custom_object(full_name, custom_object.checked(said))

    def _update(self, full_name: str, said: Row) -> None:
        row = self._row(full_name)
        row["Metadata"] = custom_object.checked(said)
        self.organization.changed(row)

    def _delete(self, full_name: str) -> None:
        self.organization.remove_custom_object(self._row(full_name))

    def _read(self, full_name: str) -> str:
        """The whole definition, with the object's own fields; an empty record for what is not there."""
        try:
            row = self._row(full_name)
        except ObjectError:
            return '<records xsi:nil="true"/>'
        name = custom_object.api_name(row)
        fields = [
            {"fullName": api_name(each), "label": each["Metadata"]["label"], "type": each["Metadata"]["type"]}
            for each in self.organization.custom_fields(name)
        ]
        said = {
            "fullName": name,
            **row["Metadata"],
            "fields": fields,
            "searchLayouts": row["Metadata"]["searchLayouts"] or {},
        }
        return f'<records xsi:type="{_KIND}">{_xml(said)}</records>'

    def _listed(self, row: Row) -> str:
        user = self.organization.running_user()
        name = custom_object.api_name(row)
        package = row.get("NamespacePrefix")
        return _xml(
            {
                "createdById": user["Id"],
                "createdByName": user["Name"],
                "createdDate": row["CreatedDate"],
                "fileName": f"objects/{name}.object",
                "fullName": name,
                "id": row["Id"],
                "lastModifiedById": user["Id"],
                "lastModifiedByName": user["Name"],
                "lastModifiedDate": row["LastModifiedDate"],
                "manageableState": "installed" if package else "unmanaged",
                "namespacePrefix": package,
                "type": _KIND,
            }
        )


def _operation(body: bytes) -> ElementTree.Element:
    """What the envelope asks for. Raises LookupError where it asks for nothing."""
    found = ElementTree.fromstring(body).find(f"{{{_ENVELOPE}}}Body")  # noqa: S314 - only this machine calls
    if found is None or len(found) == 0:
        raise LookupError("the envelope is empty")
    return found[0]


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _plain(element: ElementTree.Element) -> Row:
    """An element's parts by name, with truth values as such; what is repeated is a list."""
    words: dict[str | None, Any] = {"true": True, "false": False}
    found: Row = {}
    for each in element:
        name, value = _name(each), _plain(each) if len(each) else words.get(each.text, each.text)
        if name in found:
            earlier = found[name] if isinstance(found[name], list) else [found[name]]
            found[name] = [*earlier, value]
        else:
            found[name] = value
    return found


def _xml(said: Row) -> str:
    """Parts by name as elements; lists are repeated, and what is None is left out."""
    found = ""
    for name, value in said.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                found += f"<{name}>{_xml(each)}</{name}>"
            elif each is not None:
                text = str(each).lower() if isinstance(each, bool) else str(each)
                found += f"<{name}>{escape(text)}</{name}>"
    return found


def _result(operation: str, results: Iterable[str]) -> Response:
    said = "".join(f"<result>{each}</result>" for each in results)
    return _answered(f"<{operation}Response>{said}</{operation}Response>", 200)


def _answered(body: str, status: int) -> Response:
    envelope = (
        f'<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="{_ENVELOPE}" xmlns="{_OURS}" '
        f'xmlns:sf="http://soap.sforce.com/2006/04/metadata" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>{body}</soapenv:Body></soapenv:Envelope>'
    )
    return Response(envelope, status_code=status, media_type="text/xml")
