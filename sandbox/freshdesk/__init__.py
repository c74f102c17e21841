"""A stand-in for Freshdesk, as far as somebody reads it who wants to take its history along.

Tickets with their conversations, archived ones by their id, contacts, companies, agents, groups, ticket fields, canned
responses, solutions, automation rules, files behind links that end, and the account export. Nothing can be changed.
Written from the vendor's documentation (developers.freshdesk.com/api, version 2; support.freshdesk.com, “Ticket
archiving”). Where its pages leave a question open, the file says so, and a setting decides where it matters.
"""

from sandbox.freshdesk.api import admin_routes, public, refuse, routes, token
from sandbox.freshdesk.seed import seed

__all__ = ["admin_routes", "public", "refuse", "routes", "seed", "token"]
