"""docs/salesforce.md: what golive does with Salesforce, kind by kind, made from the code."""

from __future__ import annotations

from collections.abc import Iterator

from config.kinds import ALL_KINDS, Kind
from golive.documentation.vendor_page import crm_details, crm_kinds, leaves
from provisioners.salesforce.field_types import METADATA
from provisioners.salesforce.quirks import BY_HAND, LIMITS, QUIRKS, UNPROVED
from provisioners.salesforce.rules import CATALOGUE
from provisioners.system import systems

_VENDOR = "salesforce"


def salesforce_page() -> str:
    """The page."""
    kinds = [ALL_KINDS[each.kind] for each in systems()[_VENDOR].translations()]
    lines = [
        "# Salesforce",
        "",
        "What golive looks after in a Salesforce organisation, what it takes, and what stays a person's. What each "
        "attribute means stands in [kinds.md](kinds.md), how golive signs in in [setup.md](setup.md#salesforce). It "
        "stands in the files under `integrations: crm:`.",
        "",
        "It is made in one order: objects, then what belongs to them (fields, record types), then access to them, then "
        "whoever has it. golive makes no calls but to the organisation named in the environment's file, and in a plan "
        "none that writes.",
        "",
        *crm_kinds(kinds, _leaves),
        "## Types of fields",
        "",
        "| type | in Salesforce |",
        "| --- | --- |",
        *(f"| `{word}` | {_said(ours)} |" for word, ours in METADATA.items()),
        "",
        "`formula:` beside a type makes it one that Salesforce computes. Other fields can be named with `existing:`: "
        "an e-mail address, a telephone number or a web address as `text`, a percentage as `decimal`.",
        "",
        crm_details(kinds, _VENDOR, QUIRKS, LIMITS, _checked(), UNPROVED, "organisation", BY_HAND),
    ]
    return "\n".join(lines)


def _leaves(kind: Kind) -> str:
    return "stays" if kind.word == "crm_mapping" else leaves(kind)


def _said(ours: dict[str, object]) -> str:
    """`Number, precision 18, scale 0`: a type in the vendor's own words."""
    more = ", ".join(f"{name} {value}" for name, value in ours.items() if name != "type")
    return f"{ours['type']}{f', {more}' if more else ''}"


def _checked() -> Iterator[str]:
    """The rules, each with when it is asked."""
    yield "[rules.md](rules.md) says for each what to do."
    yield ""
    for rule in CATALOGUE:
        yield f"- `{rule.id}`: {rule.what}{' Asked of the organisation when planning.' if rule.of_account else ''}"
