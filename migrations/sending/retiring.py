"""Deleting what another ticket has taken the place of: only once that one is there, so that nothing is ever missing."""

from __future__ import annotations

from functools import partial

from migrations.ledger.ledger import Ledger
from migrations.sending.jobs import Jobs, at_places
from migrations.sending.worked_on import was_changed_since
from provisioners.imports import Imports

_MET = "somebody has worked on the ticket that it took the place of: {id} is still there; bring both together by hand"


def retire(imports: Imports, ledger: Ledger, jobs: Jobs) -> None:
    """Delete the former tickets that are still there. One on which somebody has worked since it was compared stays,
    with a note at the one that took its place. Raises SystemFault."""
    while former := ledger.former.superseded(imports.at_once):
        held = imports.tickets([target for target, _ in former.values()])
        going: dict[str, str] = {}
        for source, (target, since) in former.items():
            live = held.get(target)
            if live is None:  # deleted by a call whose answer was lost, or by somebody else
                ledger.former.note_deleted("tickets", source, target)
            elif was_changed_since(live, since):
                ledger.former.keep(source, target, _MET.format(id=target))
            else:
                going[source] = target
        if going:
            call = partial(at_places, imports.delete_tickets, [*going.values()])
            jobs.send("tickets", "retire", dict.fromkeys(going, ""), call)
