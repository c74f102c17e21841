"""The Metadata API, the only interface that makes custom objects: SOAP, which zeep speaks by the vendor's WSDL.

simple-salesforce carries that WSDL, but its own calls use a transport of their own and turn refusals into plain texts;
here every call passes the run's guard, and a refusal keeps the vendor's code. Source: developer.salesforce.com,
“Metadata API Developer Guide”, CRUD-Based Metadata Development. Building it takes about 0.2 seconds, so that it is
built where custom objects are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import requests
import simple_salesforce
import zeep
from zeep.exceptions import Error, Fault
from zeep.helpers import serialize_object
from zeep.transports import Transport

from provisioners.errors import SystemFault, remedy
from provisioners.session import SIGNED_LATER, CallGuard, GuardedAdapter
from provisioners.sign_in import Credentials

Body = dict[str, Any]
PATH = "/services/Soap/m/"
READS = frozenset({"readMetadata", "listMetadata"})
"""Operations that only read; a call's operation stands in for its HTTP method."""
_NAMESPACE = "{http://soap.sforce.com/2006/04/metadata}"
_TYPES = Path(simple_salesforce.__file__).parent / "metadata.wsdl"
_TOKEN = re.compile(rb"(<(?:\w+:)?sessionId>)[^<]*(</)")
_STATUS = {
    "INVALID_SESSION_ID": 401,
    "REQUEST_LIMIT_EXCEEDED": 403,
    "SERVER_UNAVAILABLE": 503,
    "UNKNOWN_EXCEPTION": 500,
}
"""Codes of faults → the status that the REST interface has for them. A SOAP fault always comes with 500."""


class Refused(Exception):
    """The vendor refused a call, or a component of it. status: that of the REST interface, 200 for a component."""

    def __init__(self, status: int, errors: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(str(errors))
        self.status = status
        self.errors = errors


class _Adapter(GuardedAdapter):
    """The guard's transport for SOAP: the token stands in the envelope, and the operation says what a call does."""

    def called(self, request: requests.PreparedRequest) -> tuple[str, str]:
        return _operation(_bytes(request.body)), super().called(request)[1]

    def add_headers(self, request: requests.PreparedRequest, **kwargs: Any) -> None:
        """Sign each attempt with the token of the moment."""
        token = escape(request.headers.pop("Authorization", "").removeprefix("Bearer "))
        request.body = _TOKEN.sub(lambda found: found[1] + token.encode() + found[2], _bytes(request.body))
        request.headers["Content-Length"] = str(len(request.body))

    def build_response(self, req: requests.PreparedRequest, resp: Any) -> requests.Response:
        """A fault gets the status that it would have elsewhere, by which it is sent again or not."""
        response = super().build_response(req, resp)
        if response.status_code == 500:
            code = re.search(rb"<faultcode>(?:\w+:)?(\w+)</faultcode>", response.content)
            response.status_code = _STATUS.get(code[1].decode(), 400) if code else 500
        return response


class MetadataApi:
    """Calls for components of one type. Every method raises Refused or SystemFault only."""

    def __init__(self, guard: CallGuard, credentials: Credentials, version: str) -> None:
        adapter = _Adapter(guard)
        adapter.credentials = credentials
        session = requests.Session()
        session.trust_env = False  # otherwise a .netrc file of the machine would be asked for a password
        session.max_redirects = 0  # a call that is led away would arrive without its body
        session.mount("http://", adapter)
        session.mount("https://", adapter)
        settings = zeep.Settings(strict=False, xsd_ignore_sequence_order=True)
        self._client = zeep.Client(_TYPES.as_uri(), transport=Transport(session=session), settings=settings)
        self._service = self._client.create_service(f"{_NAMESPACE}MetadataBinding", f"https://its.own{PATH}{version}")
        self._header = self._client.get_element(f"{_NAMESPACE}SessionHeader")(sessionId=SIGNED_LATER)
        self._guard = guard
        self._version = float(version)

    def list(self, type_: str) -> list[Body]:
        """`fullName`, `id`, `namespacePrefix` of all components of a type."""
        found = self._asked("listMetadata", [{"type": type_}], self._version)
        return [dict(each) for each in serialize_object(found, dict) or ()]

    def read(self, type_: str, full_name: str) -> Body | None:
        """A component's whole definition, None where there is none."""
        found = serialize_object(self._asked("readMetadata", type_, [full_name]), dict) or []
        return next((dict(each) for each in found if each and each.get("fullName")), None)

    def create(self, type_: str, definition: Mapping[str, Any]) -> None:
        self._saved("createMetadata", [self._client.get_type(f"{_NAMESPACE}{type_}")(**definition)])

    def update(self, type_: str, definition: Mapping[str, Any]) -> None:
        self._saved("updateMetadata", [self._client.get_type(f"{_NAMESPACE}{type_}")(**definition)])

    def delete(self, type_: str, full_name: str) -> None:
        """Delete a component; one that is no longer there is fine."""
        try:
            self._saved("deleteMetadata", type_, [full_name])
        except Refused as refused:
            if {each["errorCode"] for each in refused.errors} != {"INVALID_CROSS_REFERENCE_KEY"}:
                raise

    def _saved(self, operation: str, *given: Any) -> None:
        """A call whose answer is one result for each component; here there is one."""
        for result in serialize_object(self._asked(operation, *given), dict) or ():
            if not result["success"]:
                errors = [
                    {"errorCode": str(each["statusCode"]), "message": each["message"]} for each in result["errors"]
                ]
                raise Refused(200, errors)

    def _asked(self, operation: str, *given: Any) -> Any:
        what = f"{self._guard.system} {operation}"
        unknown = None if operation not in READS else False
        try:
            return self._service[operation](*given, _soapheaders=[self._header])
        except Fault as refused:
            code = str(refused.code or "").rpartition(":")[2]
            said = str(refused.message or "").removeprefix(f"{code}: ")
            raise Refused(_STATUS.get(code, 400), [{"errorCode": code, "message": said}]) from None
        except (Error, requests.RequestException) as broken:
            why = f"the answer is not the vendor's ({type(broken).__name__})"
            raise SystemFault("unreachable", what, why, remedy(None), took_effect=unknown) from broken


def _bytes(body: Any) -> bytes:
    return body.encode() if isinstance(body, str) else bytes(body or b"")


def _operation(envelope: bytes) -> str:
    """`readMetadata`: what stands first in an envelope's body; "" where nothing does."""
    body = ElementTree.fromstring(envelope).find("{http://schemas.xmlsoap.org/soap/envelope/}Body")  # noqa: S314 - ours
    return "" if body is None or not len(body) else body[0].tag.rpartition("}")[2]
