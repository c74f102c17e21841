"""Whether a subdomain is free in all of the vendor's world: the account's own brands have theirs, and the setting
`taken_subdomains` says which belong to others.

Source: developer.zendesk.com, “Reseller API”: `GET accounts/available`, which any account answers.
"""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from sandbox.zendesk.endpoint import ApiCall, Endpoint


def _available(call: ApiCall) -> Response:
    subdomain = call.query.get("subdomain", "")
    own = (brand["subdomain"] for brand in call.account.rows("brands").values())
    taken = {*own, *call.account.settings.get("taken_subdomains", ())}
    return JSONResponse({"success": bool(subdomain) and subdomain not in taken})


ENDPOINTS = [Endpoint("GET", "accounts/available", _available)]
"""The calls of this page."""
