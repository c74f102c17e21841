"""How many seats for agents a plan takes and gives back."""

from __future__ import annotations

from collections.abc import Mapping

from config.results.plan import Seats
from golive.runs.running import Session
from provisioners.intent import Intent
from provisioners.system import systems
from stacks.facts import RunFacts


def seats_of(session: Session, intents: Mapping[str, Intent], facts: RunFacts) -> dict[str, Seats]:
    """System → its seats, where a plan takes or gives back some. No vendor tells how many are paid for; the environment
    file may."""
    found = {}
    for instance, intent in intents.items():
        settings = session.reached.settings[instance]
        changes = systems()[settings.type].seats(intent)
        lists = [facts.listed.get((instance, each.type)) for each in (*changes.taken, *changes.given_back)]
        if lists:
            people = lists[0]
            in_use = None if people is None else sum(bool((each.get("facts") or {}).get("seat")) for each in people)
            found[instance] = Seats(len(changes.taken), len(changes.given_back), in_use, settings.seats)
    return found
