"""The languages of the account, and those that the vendor has.

Source: developer.zendesk.com, “Locales”: the account's are changed through its settings.
"""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.locale_names import LOCALES, locale_row
from sandbox.zendesk.refusals import not_found
from sandbox.zendesk.settings import settings_row


def active_locales(call: ApiCall) -> list[int]:
    """The ids of the account's languages."""
    return [int(one) for one in settings_row(call)["localization"]["locale_ids"]]


def _listed(call: ApiCall, ids: list[int]) -> Response:
    rows: list[Row] = [locale_row(call.base, number) for number in sorted(ids)]
    return JSONResponse({"locales": rows, "count": len(rows), "next_page": None, "previous_page": None})


def _own(call: ApiCall) -> Response:
    return _listed(call, active_locales(call))


def _public(call: ApiCall) -> Response:
    return _listed(call, list(LOCALES))


def _show(call: ApiCall) -> Response:
    """GET: one language, by id or code."""
    wanted = call.ids["id"].lower()
    found = next((number for number, (code, _) in LOCALES.items() if wanted in (str(number), code.lower())), None)
    if found is None:
        raise not_found()
    return JSONResponse({"locale": locale_row(call.base, found)})


def _current(call: ApiCall) -> Response:
    return JSONResponse({"locale": locale_row(call.base, 1)})


ENDPOINTS = [
    Endpoint("GET", "locales", _own),
    Endpoint("GET", "locales/agent", _own),
    Endpoint("GET", "locales/public", _public),
    Endpoint("GET", "locales/current", _current),
    Endpoint("GET", "locales/{id}", _show),
]
