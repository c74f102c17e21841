"""Whether customers write to an address that is support's alone, and whether mail to the old ones arrives."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from checklists.facts import Facts
from checklists.moments import moment
from checklists.old_addresses import old_addresses
from checklists.probes.base import Answer, Probe
from checklists.probes.declared import active
from config.duration import Duration, minutes
from config.model import Model, defaults_to
from config.results.log_entry import LogEntry
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


class OldAddressLands(Probe):
    """A mail to each address that customers have used until now, and that is forwarded or merged, became a ticket at
    the address that takes it over, as `golive try addresses` has noted it."""

    name = "old_address_lands"
    looks_at = ("configuration", "migrations", "log")
    lasts = "1d"

    class Parameters(Model):
        """How old a trial may be."""

        lasts: Duration = defaults_to("14d", description="How long a trial holds.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        entries = facts.migrations.value or ()
        broken = [each.key for each in entries if not each.valid]
        moved = {old: into for each in entries for old, into in each.moved.items()}
        known = old_addresses(facts.configuration.known().declaration, moved)
        last: dict[str, LogEntry] = {str(each.data["address"]): each for each in facts.noted("address_tried")}
        span = timedelta(minutes=minutes(given.lasts))
        tried = {old: last[old] for old in known if old in last}
        never = [old for old in known if old not in tried]
        other = [old for old, entry in tried.items() if entry.data["into"] != known[old].into]
        old_ones = [old for old, entry in tried.items() if moment(entry.at) + span < facts.now]
        failed = [old for old, entry in tried.items() if entry.data["result"] == "fail" and old not in old_ones]
        numbers = {"addresses": len(known), "never": len(never), "failed": len(failed)}
        looked_at = {old: [known[old].into, entry.digest] for old, entry in tried.items()}
        if not known and not broken:
            said = "Nobody has said where customers have written until now: addresses: in a file of migrations/."
            return Answer("unknown", said, numbers, looked_at)
        for seen, what, keys in (
            ("unknown", "The file has a mistake, so that not every address is known", broken),
            ("fail", "Tried, and did not arrive", failed),
            ("unknown", "Never tried", never),
            ("unknown", "Goes elsewhere than when it was tried", other),
            ("unknown", "The trial is out of date", old_ones),
        ):
            if keys:
                said = f"{what}: {some(keys)}. Try it:  golive try addresses"
                return Answer(seen, said, numbers, looked_at)  # type: ignore[arg-type]
        which = counted(len(known), "old address", "old addresses")
        return Answer("pass", f"Mail to {which} becomes a ticket where it should.", numbers, looked_at)
