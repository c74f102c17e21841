"""What a migration would send, and what stands against it."""

from __future__ import annotations

from collections import Counter

from config.results.migration_plan import MetRule, MigrationPlanDocument
from golive.migrating.mapping import mapped
from golive.migrating.obstacles import obstacles
from golive.migrating.opening import OpenedMigration
from golive.migrating.target import Target
from migrations.declared.mapping import PLACEHOLDER, Row, WordMapping
from migrations.ledger.ledger import Ledger
from migrations.mapping.words import words_of
from migrations.records.record import RecordType
from migrations.sending.estimate import estimate
from migrations.sending.selection import Selection, selected, staying
from migrations.staging.staging import Staging
from provisioners.imports import Imports, RuleMet

CALLS_PER_MINUTE = 200
"""What the smallest plan takes, where neither the account nor the files say more."""
_CHUNK = 500


def planned(
    opened: OpenedMigration, staging: Staging, ledger: Ledger, target: Target, imports: Imports, selection: Selection
) -> MigrationPlanDocument:
    """Everything that has to be known before something is sent. Reads only. Raises SystemFault."""
    mapping = opened.declared.mapping or WordMapping()
    words = mapped(opened, staging, words_of(staging), target.declared, written=False)
    records, statuses, without_agent, first, last = _counted(staging, opened, mapping, selection)
    met = [_rule(each) for each in imports.rules_met(opened.declared.mark, list(statuses))]
    allowed = [each for each in met if each.sort == "trigger" and each.title in opened.declared.live_triggers]
    rules = [each for each in met if each not in allowed]
    expected = estimate(
        records["tickets"],
        records["people"],
        records["organizations"],
        records["attachments"],
        calls_per_minute(target, imports),
    )
    there = {type_: held.get("made", 0) + held.get("matched", 0) for type_, held in ledger.counts().items()}
    return MigrationPlanDocument(
        opened.key,
        opened.declared.name,
        target.reading.opened.environment_name,
        target.account,
        opened.declared.mark,
        {type_: number for type_, number in records.items() if number},
        {str(type_): number for type_, number in there.items() if number},
        dict(Counter(why for _, why in staying(staging, opened.declared)).most_common()),
        dict(statuses),
        without_agent,
        first,
        last,
        words.open,
        words.lossy,
        dict(Counter(each.sort for each in words.undecided)),
        rules,
        allowed,
        obstacles(opened, staging, ledger, target, imports, selection, open_words=len(words.open), rules=len(rules)),
        expected.calls,
        [round(expected.least_minutes, 1), round(expected.most_minutes, 1)],
    )


def calls_per_minute(target: Target, imports: Imports) -> int:
    """What the account takes of golive, as far as it is known."""
    settings = target.reading.settings[target.instance]
    return settings.calls_per_minute or imports.limits().calls_per_minute or CALLS_PER_MINUTE


def _counted(
    staging: Staging, opened: OpenedMigration, mapping: WordMapping, selection: Selection
) -> tuple[Counter[RecordType], Counter[str], int, str, str]:
    """What is selected, by type; its tickets by their new status; how many that are done have no agent with a seat;
    when the first and the last of them began."""
    records: Counter[RecordType] = Counter()
    statuses: Counter[str] = Counter()
    times: list[str] = []
    named: set[str] = set()
    without_agent = 0
    chunk: list[str] = []

    def count(ids: list[str]) -> None:
        marks = ", ".join("?" * len(ids))
        records["comments"] += staging.count("comments", f"ticket IN ({marks})", tuple(ids))
        records["attachments"] += staging.count("attachments", f"ticket IN ({marks})", tuple(ids))

    for ticket in selected(staging, opened.declared, selection):
        records["tickets"] += 1
        status = mapping.statuses.get(ticket.status, Row()).to or "closed"
        statuses[status] += 1
        agent = mapping.people.get(ticket.assignee, Row()).to
        without_agent += status in ("solved", "closed") and agent in (None, PLACEHOLDER)
        if ticket.created is not None:
            times = [min([*times[:1], ticket.created.at]), max([*times[1:], ticket.created.at])]
        chunk.append(ticket.id)
        if selection.is_trial:  # else everybody is counted, and nobody's id is to be kept
            named.update(each for each in (ticket.requester, ticket.assignee) if each)
        if len(chunk) == _CHUNK:
            count(chunk)
            chunk = []
    if chunk:
        count(chunk)
    records["people"] = len(named) if selection.is_trial else staging.count("people")
    records["organizations"] = staging.count("organizations")
    first, last = times or ["", ""]
    return records, statuses, without_agent, first, last


def _rule(met: RuleMet) -> MetRule:
    return MetRule(met.sort, met.id, met.title, list(met.does), list(met.mails), met.why, met.do)
