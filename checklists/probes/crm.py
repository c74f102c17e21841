"""What people see in the CRM."""

from __future__ import annotations

from typing import Any

from checklists.facts import Facts, NotKnown
from checklists.probes.accounts import account_says, listed
from checklists.probes.base import Answer, Probe
from config.words import counted, some


class FieldsOnPage(Probe):
    """Every field of accounts that golive looks after stands on an account's page in the CRM, as golive's own user has
    it. Pages of other record types, and of other objects, are not looked at."""

    name = "fields_on_page"
    looks_at = ("standing",)
    asks = ("crm_page",)

    def answer(self, given: Any, facts: Facts) -> Answer:
        said = account_says(facts, "crm_page")
        owner, shown = str(said["object"]), {str(each).lower() for each in said["fields"]}
        ours = {
            each.name: each.name.removeprefix(f"{owner}.")
            for each in listed(facts, "crm_fields")
            if each.ours and each.name.startswith(f"{owner}.")
        }
        if not ours:
            raise NotKnown(f"golive looks after no field of {owner} here.")
        missing = sorted(name for name in ours.values() if name.lower() not in shown)
        numbers = {"fields": len(ours), "missing": len(missing)}
        if missing:
            return Answer("fail", f"Not on the page of {owner} in the CRM: {some(missing)}.", numbers, missing)
        stand = "stands" if len(ours) == 1 else "stand"
        return Answer("pass", f"{counted(len(ours), 'field')} {stand} on the page of {owner}.", numbers, sorted(ours))
