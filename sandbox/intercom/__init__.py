"""A stand-in for Intercom, as far as somebody reads it who wants to take its history along.

Conversations with their parts, tickets with their types and states, contacts, companies, admins, teams, tags, data
attributes, articles, collections, and files behind links that end. Nothing can be changed. Written from the vendor's
documentation (developers.intercom.com/docs/references/rest-api, version 2.15, and its public OpenAPI description).
Where its pages leave a question open, the file says so, and a setting decides where it matters.
"""

from sandbox.intercom.api import admin_routes, public, refuse, routes, writes
from sandbox.intercom.seed import seed

__all__ = ["admin_routes", "public", "refuse", "routes", "seed", "writes"]
