"""After a crash: what became of calls of which only the intent, or only the job, was written down."""

from __future__ import annotations

from collections.abc import Mapping

from migrations.ledger.entry import Batch, Result
from migrations.ledger.ledger import Ledger
from migrations.sending.external_ids import external_id
from migrations.sending.jobs import Jobs
from provisioners.imports import Imports


def recover(imports: Imports, ledger: Ledger, jobs: Jobs, key: str) -> int:
    """Settle everything that an earlier run, or a lost answer of this one, has left open; how many batches that were.
    What turns out not to have been made is open again (`Jobs.reopened`).

    Jobs that are known are waited for. Of all others the helpdesk is asked, id by id, once it has carried out whatever
    it took: what is there is noted, what is not is open again. key: the migration's. Raises SystemFault.
    """
    found = ledger.open_batches()
    for batch in found:
        if batch.job:
            jobs.follow(batch)
    jobs.finish()
    unknown = {batch.id: batch for batch in (*ledger.open_batches(), *jobs.lost)}
    jobs.lost.clear()
    if unknown:
        jobs.wait_for_others()
    for batch in unknown.values():
        results = looked_up(imports, ledger, batch, key)
        ledger.settle(batch, results)
        jobs.reopened += len(batch.sources) - len(results)
    return len(found)


def looked_up(imports: Imports, ledger: Ledger, batch: Batch, key: str) -> list[Result]:
    """What the helpdesk says of each record of a batch; none of those that it does not have."""
    if batch.action in ("purge", "retire"):
        return []  # both are sent again, and come to the same
    if batch.action != "create":
        return _gone(imports, ledger, batch, key)
    wanted = {external_id(key, source): place for place, source in enumerate(batch.sources)}
    if batch.type == "tickets":
        former = {source: _former(ledger, source) for source in batch.sources}
        return [
            Result(place, ids[0], f"it is there {len(ids)} times: {', '.join(ids)}" if len(ids) > 1 else "")
            for external, place in wanted.items()
            if (
                ids := [
                    id_ for id_ in imports.tickets_by_external_id(external) if id_ not in former[batch.sources[place]]
                ]
            )
        ]
    there: Mapping[str, str]
    if batch.type == "organizations":
        there = {each: found.id for each, found in imports.organizations_by_external_id(list(wanted)).items()}
    else:
        there = {each: found.id for each, found in imports.users_by_external_id(list(wanted)).items()}
    return [Result(wanted[external], target) for external, target in there.items()]


def _former(ledger: Ledger, source: str) -> set[str]:
    """The ids of a ticket that another one takes the place of."""
    entry = ledger.entry("tickets", source)
    return {*ledger.former.ids("tickets", source), entry.target if entry is not None else ""}


def _gone(imports: Imports, ledger: Ledger, batch: Batch, key: str) -> list[Result]:
    """Of what was to be removed, that which is not there any more."""
    targets = {source: entry.target for source in batch.sources if (entry := ledger.entry(batch.type, source))}
    held: set[str]
    if batch.type == "tickets":
        held = set(imports.tickets(list(targets.values())))
    else:
        external = [external_id(key, source) for source in targets]
        found = imports.organizations_by_external_id if batch.type == "organizations" else imports.users_by_external_id
        held = {each.id for each in found(external).values()}
    return [
        Result(place, targets[source])
        for place, source in enumerate(batch.sources)
        if targets.get(source) and targets[source] not in held
    ]
