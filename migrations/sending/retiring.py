"""Deleting what another ticket has taken the place of: only once that one is there, so that nothing is ever missing."""

from __future__ import annotations

from functools import partial

from migrations.ledger.ledger import Ledger
from migrations.sending.jobs import Jobs, at_places
from provisioners.imports import Imports

_SECONDS = len("2024-03-01T08:15:00")
_MET = "somebody has worked on the ticket that it took the place of: {id} is still there; bring both together by hand"


def retire(imports: Imports, ledger: Ledger, jobs: Jobs) -> None:
    """Delete the former tickets that are still there. One on which somebody has worked since the last comparing stays,
    with a note at the one that took its place. Raises SystemFault."""
    while former := ledger.superseded(imports.at_once):
        since = ledger.compared()[:_SECONDS]
        held = imports.tickets(list(former.values()))
        met = [
            source
            for source, target in former.items()
            if target in held and since and held[target].updated[:_SECONDS] > since
        ]
        for source in met:
            ledger.note_reason("tickets", source, _MET.format(id=former.pop(source)))
        for source in former.keys() - {source for source, target in former.items() if target in held}:
            ledger.note_deleted(source, former.pop(source))  # by a call whose answer was lost, or by somebody else
        if former:
            call = partial(at_places, imports.delete_tickets, [*former.values()])
            jobs.send("tickets", "retire", dict.fromkeys(former, ""), call)
