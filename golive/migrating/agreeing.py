"""What must hold before a migration is sent, or something of it is deleted."""

from __future__ import annotations

from collections.abc import Sequence

from golive.migrating.opening import OpenedMigration
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault


def check_sendable(migration: OpenedMigration, blocked: Sequence[str]) -> None:
    """Nothing is sent while something stands against it. blocked: what, as a plan says it. Raises Fault."""
    if blocked:
        raise Fault(
            "blocked",
            f"{migration.declared.name} cannot be sent yet; nothing was sent.",
            where=migration.file,
            why=" ".join(blocked),
            do=f"See it in full:  golive migrate plan {migration.key}",
            exits=Exit.FAILED,
        )


def check_number(what: str, number: int, said: int | None, option: str, *, yes: bool) -> None:
    """Who agrees beforehand says how many are deleted. what: what is going to happen, as a sentence. Raises Fault."""
    if (yes or said is not None) and number and said != number:
        raise Fault(
            "records",
            what,
            why=f"{said:,} were said." if said is not None else "Whoever agrees beforehand also says how many.",
            do=f"If it is meant:  {option} {number}",
            exits=Exit.USAGE,
        )
