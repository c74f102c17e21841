"""A stand-in for Salesforce: records, queries, custom fields, permission sets, field-level security.

Written from the vendor's documented behaviour. Formulas are checked for the relationships that they name,
but not computed.
"""

from starlette.routing import BaseRoute, Route

from sandbox.salesforce import oauth
from sandbox.salesforce.api import Api, refuse
from sandbox.salesforce.seed import seed
from sandbox.store import Store
from sandbox.system import Call

__all__ = ["PAGES", "public", "refuse", "routes", "seed"]

PAGES = "[A-Za-z0-9]{15}([A-Za-z0-9]{3})?"
"""Any record opens under its id."""


def routes(store: Store) -> list[BaseRoute]:
    """The vendor's paths, without the mount."""
    return [Route(oauth.PATH, oauth.OAuth(store).answer, methods=["POST"]), *Api(store).routes()]


def public(call: Call) -> bool:
    """Who asks for a token has none yet."""
    return call.path == oauth.PATH
