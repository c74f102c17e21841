"""A stand-in for HubSpot: properties and their groups, ticket pipelines, companies, contacts, tickets, owners.

Written from the vendor's documentation of its CRM API, version 3 (developers.hubspot.com, “Properties”, “Pipelines”,
“Search the CRM”, “API usage guidelines and limits”, “Scopes”). Deals, custom objects, associations and workflows are
left out; formulas are kept and not computed. Where the pages leave a question open, the file says so.
"""

from sandbox.hubspot.api import refuse, routes, writes
from sandbox.hubspot.seed import seed

__all__ = ["refuse", "routes", "seed", "writes"]
