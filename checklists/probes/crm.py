"""What people see in the CRM."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from checklists.facts import Facts, NotKnown
from checklists.probes.accounts import account_says, listed
from checklists.probes.base import Answer, Probe
from config.words import counted, some


class FieldsOnPage(Probe):
    """Every field of the CRM that golive looks after stands on the page of its object: where golive's own user may
    choose among record types, on the page of each of them."""

    name = "fields_on_page"
    looks_at = ("standing",)
    asks = ("crm_page",)

    def answer(self, given: Any, facts: Facts) -> Answer:
        ours: dict[str, list[str]] = {}
        for each in listed(facts, "crm_fields"):
            owner, _, field = each.name.partition(".")
            if each.ours and field:
                ours.setdefault(owner, []).append(field)
        if not ours:
            raise NotKnown("golive looks after no field of the CRM here.")
        pages = account_says(facts, "crm_page")["pages"]
        unseen = [f"{page['object']} ({page['why']})" for page in pages if "fields" not in page]
        seen = [page for page in pages if "fields" in page]
        lacks = [(_place(page), _missing(page, ours.get(page["object"], []))) for page in seen]
        missing = [f"{place}: {some(fields)}" for place, fields in lacks if fields]
        numbers = {"fields": sum(map(len, ours.values())), "pages": len(seen), "missing": len(missing)}
        if missing:
            return Answer("fail", f"Not on the page in the CRM of {'; of '.join(missing)}.", numbers, missing)
        if unseen or not seen:
            raise NotKnown(f"No page could be read of {some(unseen) or some(sorted(ours))}.")
        whole = sorted(f"{owner}.{field}" for owner, fields in ours.items() for field in fields)
        stand = "stands" if len(whole) == 1 else "stand"
        of = f"{'the page' if len(seen) == 1 else 'every page'} of {some(sorted({_place(page) for page in seen}))}"
        return Answer("pass", f"{counted(len(whole), 'field')} {stand} on {of}.", numbers, whole)


def _place(page: Mapping[str, Any]) -> str:
    """`Case`, or `Case (Refund)` for the page of a record type."""
    return f"{page['object']} ({page['record_type']})" if page["record_type"] else str(page["object"])


def _missing(page: Mapping[str, Any], wanted: Sequence[str]) -> list[str]:
    shown = {str(each).lower() for each in page["fields"]}
    return sorted(name for name in wanted if name.lower() not in shown)
