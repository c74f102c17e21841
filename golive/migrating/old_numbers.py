"""What the old tool gave out, beside the numbers that it shows itself."""

from __future__ import annotations

from config.results.shown_number import ShownNumber
from migrations.declared.migration import Migration
from migrations.records.record import RecordType
from migrations.staging.staging import Staging


def given_out(staging: Staging) -> dict[str, int]:
    """What the old tool gave out, in the words in which it shows numbers, whatever became of it."""
    left = staging.reasons()

    def of(type_: RecordType) -> int:
        return staging.count(type_) + sum(number for (left_type, _, _), number in left.items() if left_type == type_)

    customers = staging.count("people", "side = 'customer'")
    return {
        "tickets": of("tickets"),
        "comments": of("comments"),
        "attachments": of("attachments"),
        "contacts": customers,
    }


def shown_numbers(staging: Staging, migration: Migration) -> list[ShownNumber]:
    """Each number of the file's `shown:`, with what was read of it."""
    said = {what: number for what, number in migration.shown.items() if isinstance(number, int)}
    read = given_out(staging) if said else {}
    return [ShownNumber(what, number, read.get(what, 0)) for what, number in said.items()]
