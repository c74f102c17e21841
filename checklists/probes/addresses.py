"""Whether customers write to an address that is support's alone."""

from __future__ import annotations

from typing import Any

from checklists.facts import Facts
from checklists.probes.base import Answer, Probe
from checklists.probes.declared import active
from config.words import counted, some


class SeparateAddress(Probe):
    """Customers write to an address of support's that is no person's own. What counts is the address that they know,
    which is `forwards_from` where it is said. That it is not the company's general one, such as info@, GL-C07 says."""

    name = "separate_address"
    lasts = "1d"

    def answer(self, given: Any, facts: Facts) -> Answer:
        known = sorted({
            str(item.value.forwards_from or item.value.address).lower()
            for item in active(facts, "channels").values()
            if getattr(item.value, "type", "") == "email" and (item.value.forwards_from or item.value.address)
        })  # fmt: skip
        persons = {str(item.value.email).lower() for item in active(facts, "people").values() if item.value.email}
        persons |= {person.email.lower() for person in facts.checklist.people.values() if person.email}
        personal = [address for address in known if address in persons]
        numbers = {"addresses": len(known), "personal": len(personal)}
        if not known:
            return Answer("fail", "No support address is declared.", numbers, [])
        if personal:
            return Answer("fail", f"{some(personal)} is a person's own address.", numbers, [known, personal])
        which = counted(len(known), "address", "addresses")
        return Answer("pass", f"Customers write to {which} of support's own.", numbers, [known, personal])
