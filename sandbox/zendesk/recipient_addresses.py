"""Support addresses: verified some time after they are made; `default` is true or null, never false."""

from __future__ import annotations

from starlette.responses import Response

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.refusals import invalid, taken
from sandbox.zendesk.resource import Resource

VERIFY_SECONDS = 2
"""How long a verification takes, unless the setting `verify_seconds` says otherwise."""


def _is_own(call: ApiCall, email: str) -> bool:
    return email.endswith(f"@{call.account.subdomain}.zendesk.com")


def _status(call: ApiCall, row: Row) -> str:
    if row["_asked_at"] is not None:
        passed = call.account.store.clock() - row["_asked_at"]
        done = passed >= float(call.account.settings.get("verify_seconds", VERIFY_SECONDS))
        return "verified" if done else "waiting"
    return str(row["forwarding_status"])


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    row["email"] = email = row["email"].strip().lower()
    if "@" not in email:
        raise invalid("email", f"{email} is not properly formatted")
    table = call.account.rows("recipient_addresses")
    if any(other["email"] == email and other["id"] != row.get("id") for other in table.values()):
        raise taken("email", email)
    brands = call.account.rows("brands")
    if row["brand_id"] is None:
        row["brand_id"] = next(one["id"] for one in brands.values() if one["default"])
    elif str(row["brand_id"]) not in brands:
        raise invalid("brand_id", f"{row['brand_id']} is not a brand")
    if old is None and _is_own(call, email):
        row.update(forwarding_status="verified", spf_status="verified", cname_status="verified")
    row["default"] = True if row["default"] else None
    if row["default"] and not (old and old["default"]) and _status(call, row) != "verified":
        raise invalid("default", "only a verified address can be the default")
    if old is not None and old["default"] and not row["default"]:
        raise invalid("default", "make another address the default instead")


def _stored(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if row["default"]:
        for other in call.account.rows("recipient_addresses").values():
            other["default"] = True if other is row else None


def _remove(call: ApiCall, resource: Resource, row: Row) -> None:
    if row["default"]:
        raise invalid("base", "The default address cannot be deleted")
    del resource.table(call)[str(row["id"])]


RECIPIENT_ADDRESSES = Resource(
    path="recipient_addresses",
    one="recipient_address",
    many="recipient_addresses",
    attributes={"email": "text", "name": "text", "brand_id": "id", "default": "flag"},
    defaults={
        "name": None,
        "brand_id": None,
        "default": None,
        "forwarding_status": "unknown",
        "spf_status": "unknown",
        "cname_status": "unknown",
        "dns_results": None,
        "domain_verification_status": "unknown",
        "_asked_at": None,
    },
    required=("email",),
    immutable=frozenset({"email"}),
    prepare=_prepare,
    stored=_stored,
    remove=_remove,
    present=lambda call, echo: {**echo, "forwarding_status": _current(call, echo)},
)


def _current(call: ApiCall, echo: Row) -> str:
    return _status(call, RECIPIENT_ADDRESSES.table(call)[str(echo["id"])])


def _verify(call: ApiCall) -> Response:
    """Ask for a test mail through the forwarding; the answer comes later."""
    row = RECIPIENT_ADDRESSES.find(call, call.ids["id"])
    if _status(call, row) != "verified":
        row["_asked_at"] = call.account.store.clock()
    return RECIPIENT_ADDRESSES.answer(call, row)


ENDPOINTS = [Endpoint("PUT", "recipient_addresses/{id}/verify", _verify)]
