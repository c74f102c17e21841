"""A stand-in for Salesforce: records, queries, custom fields, permission sets, field-level security.

Written from the vendor's documented behaviour. Formulas are checked for the relationships that they name,
but not computed.
"""

from starlette.routing import BaseRoute

from sandbox.salesforce.api import Api, refuse
from sandbox.salesforce.seed import seed
from sandbox.store import Store

__all__ = ["refuse", "routes", "seed"]


def routes(store: Store) -> list[BaseRoute]:
    """The vendor's paths, without the mount."""
    return Api(store).routes()
