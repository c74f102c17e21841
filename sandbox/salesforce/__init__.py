"""A stand-in for Salesforce: records, queries, custom fields, permission sets, field-level security.

Written from the vendor's documented behaviour. Formulas are checked for the relationships that they name,
but not computed.
"""

from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from sandbox.salesforce import api, oauth, soap
from sandbox.salesforce.api import Api
from sandbox.salesforce.seed import seed
from sandbox.store import Store
from sandbox.system import Call

__all__ = ["PAGES", "public", "refuse", "routes", "seed", "token", "writes"]

PAGES = "[A-Za-z0-9]{15}([A-Za-z0-9]{3})?"
"""Any record opens under its id."""


def routes(store: Store) -> list[BaseRoute]:
    """The vendor's paths, without the mount."""
    return [Route(oauth.PATH, oauth.OAuth(store).answer, methods=["POST"]), *Api(store).routes()]


def refuse(reason: str, call: Call) -> Response:
    """The vendor's words for a refusal by the frame, in those of the interface that was called."""
    return soap.refuse(reason) if _is_soap(call) else api.refuse(reason, call)


def token(call: Call) -> str | None:
    """Of the Metadata API's calls it stands in the envelope."""
    return soap.session_of(call.body) if _is_soap(call) else call.bearer


def writes(call: Call) -> bool:
    """Every SOAP call is a POST; what it does, its operation says."""
    return soap.writes(call.body) if _is_soap(call) else call.method not in ("GET", "HEAD", "OPTIONS")


def _is_soap(call: Call) -> bool:
    return call.path.startswith(soap.PATH)


def public(call: Call) -> bool:
    """Who asks for a token has none yet."""
    return call.path == oauth.PATH
