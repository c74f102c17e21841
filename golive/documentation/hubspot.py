"""docs/hubspot.md: what golive does with HubSpot, kind by kind, made from the code."""

from __future__ import annotations

from collections.abc import Iterator

from config.kinds import ALL_KINDS, Kind
from golive.documentation.vendor_page import crm_details, crm_kinds, leaves
from provisioners.hubspot.field_types import METADATA
from provisioners.hubspot.names import OBJECTS, OWN_GROUP
from provisioners.hubspot.quirks import BY_HAND, LIMITS, QUIRKS, UNPROVED
from provisioners.hubspot.rules import CATALOGUE
from provisioners.system import systems

_VENDOR = "hubspot"
_PEOPLES = ("crm_access", "crm_queues", "crm_mapping")


def hubspot_page() -> str:
    """The page."""
    kinds = [ALL_KINDS[each.kind] for each in systems()[_VENDOR].translations()]
    lines = [
        "# HubSpot",
        "",
        "What golive looks after in a HubSpot account, what it takes, and what stays a person's. What each attribute "
        "means stands in [kinds.md](kinds.md), how golive signs in in [setup.md](setup.md#hubspot). It stands in the "
        "files under `integrations: crm:`, in the same words as for Salesforce; which of the two it is says one line "
        "of the environment's file (`type: hubspot`).",
        "",
        "It is made in one order: groups, then properties. golive makes no calls but to the address named in the "
        "environment's file, and in a plan none that writes.",
        "",
        "## Objects",
        "",
        "| in the files | in HubSpot | the group of a property that names none |",
        "| --- | --- | --- |",
        *(f"| `{name}` or `{other}` | {name} | `{OWN_GROUP[name]}` |" for name, other in OBJECTS.items()),
        "",
        *crm_kinds(kinds, _leaves),
        "## Types of fields",
        "",
        "| type | in HubSpot |",
        "| --- | --- |",
        *(f"| `{word}` | {_said(ours)} |" for word, ours in METADATA.items()),
        "",
        "`formula:` beside a text, a number or a checkbox makes it one that HubSpot computes. Other properties can be "
        "named with `existing:`: a telephone number or an e-mail address as `text`, a date with its time as `date`.",
        "",
        crm_details(kinds, _VENDOR, QUIRKS, LIMITS, _checked(), UNPROVED, "account", BY_HAND),
    ]
    return "\n".join(lines)


def _leaves(kind: Kind) -> str:
    return "stays: it is a person's" if kind.word in _PEOPLES else leaves(kind)


def _said(ours: dict[str, object]) -> str:
    """`enumeration, shown as select`: a type in the vendor's own words."""
    said = f"{ours['type']}, shown as {ours['fieldType']}"
    return f"{said}, whose options are the account's users" if ours.get("externalOptions") else said


def _checked() -> Iterator[str]:
    """The rules, each with when it is asked."""
    yield "Where an environment's CRM is HubSpot. [rules.md](rules.md) says for each what to do."
    yield ""
    for rule in CATALOGUE:
        more = " Asked of the account when planning." if rule.of_account else ""
        more = " Asked where the environment names its plan." if rule.of_plan else more
        yield f"- `{rule.id}`: {rule.what}{more}"
