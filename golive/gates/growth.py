"""Who has come into the soft launch, as the log has it: gates ask whether one's own people came first, and how many."""

from __future__ import annotations

from checklists.book import read_book
from checklists.loading import load_checklist
from config.results.cohort import CohortDocument, Counted
from golive.gates.identity import acting_actor
from golive.gates.opened import OpenedGates
from golive.workspace.logbook import Logbook
from golive.workspace.opening import Opened


def note_growth(opened: Opened, document: CohortDocument, segment: str | None, practises_as: str | None) -> bool:
    """Note how large a cohort is after it has grown; False where the log says so already, or nobody knows in whose name
    it would be noted. segment: the one that is let in as a whole. Raises Fault."""
    root = opened.workspace.root
    loaded = load_checklist(opened.workspace)
    logbook = Logbook(root, opened.environment_name)
    gates = OpenedGates(opened, loaded, logbook)
    who = acting_actor(root, gates.people, practises_as, opened.environment)
    if who is None:
        return False
    counted = document.organizations or Counted()
    data = {
        "stage": document.stage,
        "organizations": round(counted.share * counted.customers),
        "of": counted.customers,
        "internal": counted.internal,
        "segment": segment or "",
    }
    grown = [each for each in read_book(logbook.read()).chain.ordered if each.entry == "cohort_grown"]
    last = dict(grown[-1].data) if grown else {}
    was_practice = last.pop("practice", False)
    if last == data and (who.practice or not was_practice):
        return False
    logbook.append("cohort_grown", who, data, gates.signature() if who.key else None)
    return True
