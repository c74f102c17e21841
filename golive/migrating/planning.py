"""What a migration would send, and what stands against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from config.results.migration_plan import MetRule, MigrationPlanDocument
from golive.migrating.mapping import mapped
from golive.migrating.obstacles import obstacles
from golive.migrating.opening import OpenedMigration
from golive.migrating.target import Target
from migrations.ledger.ledger import Ledger
from migrations.mapping.words import words_of
from migrations.records.record import TYPES, RecordType
from migrations.sending.amounts import Amounts, amounts
from migrations.sending.estimate import estimate
from migrations.sending.selection import Selection, staying
from migrations.staging.staging import Staging
from provisioners.imports import Imports, RuleMet

CALLS_PER_MINUTE = 200
"""What the smallest plan takes, where neither the account nor the files say more."""


def planned(
    opened: OpenedMigration, staging: Staging, ledger: Ledger, target: Target, imports: Imports, selection: Selection
) -> MigrationPlanDocument:
    """Everything that has to be known before something is sent. Reads only. Raises SystemFault."""
    words = mapped(opened, staging, words_of(staging), target.declared)
    many = amounts(staging, opened.declared, ledger, target.places, selection)
    met = [_rule(each) for each in imports.rules_met(opened.declared.mark, list(many.statuses))]
    allowed = [each for each in met if each.sort == "trigger" and each.title in opened.declared.live_triggers]
    rules = [each for each in met if each not in allowed]
    expected = estimate(
        many.to_make["tickets"],
        many.to_make["people"],
        many.to_make["organizations"],
        many.to_make["attachments"],
        calls_per_minute(target, imports),
    )
    return MigrationPlanDocument(
        opened.key,
        opened.declared.name,
        target.reading.opened.environment_name,
        target.account,
        opened.declared.mark,
        _some(many.records),
        _some(many.there),
        dict(Counter(why for _, why in staying(staging, opened.declared)).most_common()),
        dict(many.statuses),
        many.without_agent,
        many.first,
        many.last,
        words.open,
        words.lossy,
        dict(Counter(each.sort for each in words.undecided)),
        rules,
        allowed,
        obstacles(opened, staging, ledger, target, imports, selection, open_words=words.open, rules=len(rules)),
        expected.calls,
        [round(expected.least_minutes, 1), round(expected.most_minutes, 1)],
        _some(many.to_make),
        many.seats,
        {} if selection.is_trial else _behind(staging, many),
    )


def calls_per_minute(target: Target, imports: Imports) -> int:
    """What the account takes of golive, as far as it is known."""
    settings = target.reading.settings[target.instance]
    return settings.calls_per_minute or imports.limits().calls_per_minute or CALLS_PER_MINUTE


def _behind(staging: Staging, many: Amounts) -> dict[str, int]:
    """What was read and belongs to no ticket that is sent; of tickets themselves it is said why."""
    types: tuple[RecordType, ...] = ("organizations", "people", "comments", "attachments")
    return {type_: left for type_ in types if (left := staging.count(type_) - many.records[type_])}


def _some(numbers: Mapping[RecordType, int]) -> dict[str, int]:
    return {type_: numbers[type_] for type_ in TYPES if numbers.get(type_)}


def _rule(met: RuleMet) -> MetRule:
    return MetRule(met.sort, met.id, met.title, list(met.does), list(met.mails), met.why, met.do)
