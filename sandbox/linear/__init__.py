"""A stand-in for Linear's GraphQL API: teams, labels, templates, webhooks, issues.

Written from the vendor's documentation (linear.app/developers) and its public schema, of which `schema.graphql` holds
the part that is served; cycles, projects, customers and most of what people do with issues are left out.
"""

from sandbox.linear.api import refuse, routes, token, writes
from sandbox.linear.seed import seed

__all__ = ["refuse", "routes", "seed", "token", "writes"]
