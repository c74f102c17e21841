"""What a migration has come to, as a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from config.results.migration_verify import (
    CheckResult,
    LostRecord,
    ReasonLine,
    SumLine,
    VerifyDocument,
    WorkedOnTicket,
    WrongTicket,
)
from golive.migrating.old_numbers import shown_numbers
from golive.migrating.opening import OpenedMigration
from golive.migrating.target import Target
from migrations.ledger.ledger import Ledger
from migrations.sending.sample import is_in_sample
from migrations.staging.staging import Staging
from migrations.verifying.closing import Sum, reasons, sums
from migrations.verifying.comparing import CHECKS, EXAMPLES, Comparison, compared
from migrations.verifying.expecting import Expecting
from migrations.verifying.unaccounted import unaccounted
from provisioners.imports import Imports

_SOME_ROW = "a row, nobody knows which"


def verified(
    opened: OpenedMigration,
    staging: Staging,
    ledger: Ledger,
    target: Target,
    imports: Imports,
    share: float,
    told: Callable[[int], None],
    calls: Mapping[str, int],
    files: float = 1.0,
) -> VerifyDocument:
    """The sum, and the tickets against what they were to become. share: of the tickets, files:
    of their files' contents, from 0 to 1. Reads only.

    Raises SystemFault.
    """
    expecting = Expecting(
        opened.key, staging, opened.declared, target.declared, target.places, ledger, imports.longest_text
    )
    found = compared(expecting, imports, ledger, lambda source: is_in_sample(source, share), told, files)
    lost = list(unaccounted(staging, opened.source.raw_becomes))
    lost += [("tickets", _SOME_ROW)] * opened.source.number_lost(staging)
    lines = [_line(each) for each in sums(staging, ledger, lost)]  # afterwards: it takes what is not there any more
    checks = _checks(found)
    shown = shown_numbers(staging, opened.declared)
    is_closed = not any(each.unexplained or each.waiting for each in lines)
    is_read = all(each.shown == each.read for each in shown)
    is_right = is_closed and is_read and not any(each.wrong for each in checks)
    return VerifyDocument(
        opened.key,
        opened.declared.name,
        target.reading.opened.environment_name,
        is_right,
        share,
        lines,
        checks,
        found.placeholders,
        dict(calls),
        found.worked_on,
        [WorkedOnTicket(source, target_) for source, target_ in found.worked_on_ids],
        found.by_content,
        found.by_size,
        shown,
        [ReasonLine(each.type, each.fate, each.said, each.number) for each in reasons(staging)],
        [LostRecord(type_, identifier) for type_, identifier in lost[:EXAMPLES]],
    )


def _line(one: Sum) -> SumLine:
    numbers = (one.source, one.imported, one.skipped, one.failed, one.quarantined, one.waiting, one.unexplained)
    return SumLine(one.type, one.by, one.word, *numbers)


def _checks(found: Comparison) -> list[CheckResult]:
    results = []
    for check, means in CHECKS.items():
        few = [WrongTicket(each.source, each.target, each.said) for each in found.examples[check]]
        results.append(CheckResult(check, means, found.looked_at[check], found.wrong[check], few))
    return results
