"""Who has come into the soft launch, as the log has it: gates ask whether one's own people came first, and how many."""

from __future__ import annotations

from checklists.book import read_book
from checklists.loading import load_checklist, with_people
from config.results.cohort import CohortDocument, Counted
from config.results.log_entry import Actor
from golive.exits import Exit
from golive.fault import Fault
from golive.gates.identity import actor_of, git_identity
from golive.gates.opened import OpenedGates
from golive.logbook import Logbook
from golive.opening import Opened


def note_growth(opened: Opened, document: CohortDocument, segment: str | None, practises_as: str | None) -> bool:
    """Note how large a cohort is after it has grown; False where the log says so already, or nobody knows in whose name
    it would be noted. segment: the one that is let in as a whole. Raises Fault."""
    root = opened.workspace.root
    loaded = load_checklist(opened.workspace)
    logbook = Logbook(root, opened.environment_name)
    gates = OpenedGates(opened, loaded, logbook)
    who = _who(gates, practises_as)
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
    if grown and dict(grown[-1].data) == data:
        return False
    logbook.append("cohort_grown", who, data, gates.signature() if who.key else None)
    return True


def _who(gates: OpenedGates, practises_as: str | None) -> Actor | None:
    """Somebody of the project's people, else who git says we are. Raises Fault for a name that nobody has."""
    people = with_people(gates.checklist, gates.opened.loaded.declaration)
    if practises_as is not None:
        if not gates.all_sandbox or practises_as not in people:
            raise Fault(
                "as_somebody",
                f"Nobody can act as `{practises_as}` here.",
                why="--as is for practising in the sandbox, as one of the project's people.",
                do="Leave it out, or say one of them:  golive gate figures",
                exits=Exit.USAGE,
            )
        return actor_of(practises_as, people[practises_as])
    me = git_identity(gates.opened.workspace.root)
    if me is None:
        return None
    for key, person in people.items():
        if me.email.lower() in (each.lower() for each in (person.email or "", *person.git)):
            return actor_of(key, person)
    return Actor(me.name, me.email)
