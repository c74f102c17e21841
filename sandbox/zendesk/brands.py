"""Brands: one is the default; subdomains are taken only once; how many there may be is up to the plan.

Source: support.zendesk.com, “Setting up multiple brands”: one brand on Team, five on Growth and Professional, 300 on
Enterprise plans. What the vendor answers beyond that stands nowhere.
"""

from __future__ import annotations

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall
from sandbox.zendesk.refusals import invalid, taken
from sandbox.zendesk.resource import Resource

MOST = {"team": 1, "growth": 5, "professional": 5, "trial": 5}
MOST_ON_ENTERPRISE = 300


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    most = MOST.get(call.account.plan, MOST_ON_ENTERPRISE)
    if old is None and len(call.account.rows("brands")) >= most:
        raise invalid("base", f"this plan has {most} brand{'s' if most > 1 else ''}", "TooMany")
    others = (other for other in call.account.rows("brands").values() if other["id"] != row.get("id"))
    if any(other["subdomain"] == row["subdomain"] for other in others):
        raise taken("subdomain", row["subdomain"])
    if old is not None and old["default"] and not (row["default"] and row["active"]):
        raise invalid("default", "the default brand stays active until another brand is the default")
    row["brand_url"] = f"https://{row['subdomain']}.zendesk.com"


def _stored(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if row["default"]:
        for other in call.account.rows("brands").values():
            other["default"] = other is row


def _remove(call: ApiCall, resource: Resource, row: Row) -> None:
    if row["default"]:
        raise invalid("base", "The default brand cannot be deleted")
    del resource.table(call)[str(row["id"])]


def _present(call: ApiCall, echo: Row) -> Row:
    """Every form that is for all brands, or for this one."""
    forms = call.account.rows("ticket_forms").values()
    own = [one["id"] for one in forms if one["in_all_brands"] or echo["id"] in one["restricted_brand_ids"]]
    return {**echo, "ticket_form_ids": own}


BRANDS = Resource(
    path="brands",
    one="brand",
    many="brands",
    attributes={
        "name": "text",
        "subdomain": "text",
        "host_mapping": "text",
        "active": "flag",
        "default": "flag",
        "signature_template": "text",
    },
    defaults={
        "host_mapping": None,
        "active": True,
        "default": False,
        "signature_template": "{{agent.signature}}",
        "has_help_center": False,
        "help_center_state": "disabled",
        "logo": None,
        "is_deleted": False,
    },
    required=("name", "subdomain"),
    prepare=_prepare,
    stored=_stored,
    present=_present,
    remove=_remove,
)
