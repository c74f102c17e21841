"""Help centers: one for each brand, with languages of its own. They are switched on by hand, not over the API.

Source: developer.zendesk.com, “Help Center API”, and support.zendesk.com, “Configuring your help center to support
multiple languages”. At the vendor's a brand has its own address; here that is `/zendesk/brands/<subdomain>/api/v2/…`,
or a `Host` whose first word is the subdomain, and the plain path is the account's own. A help center that is off
answers as an endpoint that is not there: our reading, no page says it. Which languages a help center has, and whether
it is on, is set in the start state (`help_centers`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint, Handler
from sandbox.zendesk.locale_names import CODES
from sandbox.zendesk.paging import SortKey, cursor_page, offset_page, wants_cursor
from sandbox.zendesk.refusals import Refused, invalid, not_found, plain

STATES = ("enabled", "restricted", "disabled")
"""Open to everybody; being set up, for administrators only; not there."""
PER_PAGE = 30
"""Objects on a page of a help center's list, unless the call says otherwise."""


def brand_of(call: ApiCall) -> Row:
    """The brand whose address was called. Raises `Refused` (404) where there is none."""
    brands = call.account.rows("brands").values()
    wanted = call.brand or call.account.subdomain
    found = next((row for row in brands if row["subdomain"] == wanted), None)
    if found is None and not call.brand:
        found = next((row for row in brands if row["default"]), None)
    if found is None:
        raise _off()
    return found


def _off() -> Refused:
    return plain(404, "InvalidEndpoint", "Not found")


def check_on(call: ApiCall) -> Row:
    """The brand. Raises `Refused` (404) where its help center is off."""
    brand = brand_of(call)
    if not brand["has_help_center"]:
        raise _off()
    return brand


def enabled_locales(brand: Row) -> list[str]:
    """The languages of a brand's help center, its default first."""
    return list(brand.get("_locales") or ["en-us"])


def check_locale(call: ApiCall, code: Any, field: str = "locale") -> str:
    """The code. Raises `Refused` (422) for a language that this help center does not have."""
    if code not in enabled_locales(brand_of(call)):
        raise invalid(field, f"{code} is not one of the help center's languages")
    return str(code)


def guarded(handler: Handler) -> Handler:
    """The handler, for a help center that is on. Raises `Refused` (404) for another one or an unknown language."""

    def guard(call: ApiCall) -> Response:
        brand = check_on(call)
        if "locale" in call.ids and call.ids["locale"] not in enabled_locales(brand):
            raise not_found()
        return handler(call)

    return guard


def page(
    call: ApiCall, many: str, rows: list[Row], sort: SortKey, shown: Callable[[ApiCall, Row], Row], **beside: Any
) -> Response:
    """One page of these rows, as help centers page: 30 where the call does not say how many."""
    extra: Row
    if wants_cursor(call.query):
        rows, extra = cursor_page(rows, sort, call.query, call.url)
    else:
        query = {"per_page": str(PER_PAGE), **call.query}
        rows, extra = offset_page(rows, sort, query, call.url)
        number = int(query["page"]) if query.get("page", "").isdigit() else 1
        size = int(query["per_page"]) if query["per_page"].isdigit() else PER_PAGE
        extra |= {"page": number, "per_page": size, "page_count": -(-extra["count"] // max(size, 1))}
    return JSONResponse({many: [shown(call, row) for row in rows], **beside, **extra})


def switch(call: ApiCall, sent: Row) -> None:
    """Put a brand's help center into the state that the start state names.

    sent: `brand` (a subdomain; left out, the account's own), `state`, `locales`, `default_locale`. Raises `Refused`.
    """
    unknown = sorted(set(sent) - {"brand", "state", "locales", "default_locale"})
    if unknown:
        raise invalid("help_centers", f"unknown {', '.join(unknown)}")
    inner = ApiCall(call.account, "POST", call.path, brand=str(sent.get("brand") or ""))
    state = sent.get("state", "enabled")
    locales = [str(code).lower() for code in sent.get("locales") or ["en-us"]]
    default = str(sent.get("default_locale") or locales[0]).lower()
    unknown = sorted({*locales, default} - CODES)
    if state not in STATES or unknown or default not in locales:
        raise invalid("help_centers", f"state is one of {', '.join(STATES)}; locales are the vendor's codes: {unknown}")
    brand = brand_of(inner)
    brand["_locales"] = [default, *(code for code in locales if code != default)]
    brand.update(help_center_state=state, has_help_center=state != "disabled")


def _locales(call: ApiCall) -> Response:
    found = enabled_locales(brand_of(call))
    return JSONResponse({"locales": sorted(found), "default_locale": found[0]})


ENDPOINTS = [Endpoint("GET", "help_center/locales", guarded(_locales))]
