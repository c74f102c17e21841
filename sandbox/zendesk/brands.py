"""Brands: one is the default; subdomains are taken only once."""

from __future__ import annotations

from sandbox.store import Row
from sandbox.zendesk.endpoint import ApiCall
from sandbox.zendesk.refusals import invalid, taken
from sandbox.zendesk.resource import Resource


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
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
        "ticket_form_ids": [],
        "logo": None,
        "is_deleted": False,
    },
    required=("name", "subdomain"),
    prepare=_prepare,
    stored=_stored,
    remove=_remove,
)
