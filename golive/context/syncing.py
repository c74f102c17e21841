"""Accounts carried over to organizations: told before, written in bulk, told after."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from config.results.context import AccountChange
from config.rules.mapping import NAME
from golive.context.pairing import LEFT, WRITES, Pair, Pairing
from golive.terminal.exits import Exit
from golive.terminal.fault import of_system
from provisioners.errors import SystemFault
from provisioners.organizations import Organizations, OrganizationWrite

TOLD = 1000
"""So many changes and refusals are kept to be told; the table of `--out` holds all."""


@dataclass
class Expected:
    """What a run would do, counted in one pass."""

    counts: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    """Field → organizations in which it would become another value."""
    billed: Counter[str] = field(default_factory=Counter)
    """The same of values that come from billing."""
    kept: Counter[str] = field(default_factory=Counter)
    """Field → organizations that hold a value, whose account holds none."""
    unfit: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(Field, why) → values that the helpdesk's field cannot hold."""
    first: list[AccountChange] = field(default_factory=list)

    @property
    def writes(self) -> int:
        return sum(self.counts[each] for each in WRITES)

    @property
    def left(self) -> int:
        """Accounts that nobody can match without a person."""
        return sum(self.counts[each] for each in LEFT)

    def add(self, pair: Pair) -> None:
        self.counts[pair.verdict] += 1
        self.fields.update(each.field for each in pair.differences)
        self.billed.update(each.field for each in pair.differences if each.billed)
        self.kept.update(pair.kept)
        self.unfit.update(pair.unfit.items())
        if pair.verdict != "same" and len(self.first) < TOLD:
            self.first.append(_told(pair))


def _told(pair: Pair) -> AccountChange:
    differences = {each.field: [each.before, each.after] for each in pair.differences}
    billed = [each.field for each in pair.differences if each.billed]
    return AccountChange(pair.verdict, pair.account, pair.name, pair.organization, differences, pair.why, billed)


def expected(pairing: Pairing, out: Path | None) -> Expected:
    """Go through all pairs once. out: where every difference is written as a table; one line for each value."""
    found = Expected()
    if out is None:
        for pair in pairing.pairs():
            found.add(pair)
        return found
    with out.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["account", "name", "organization", "what", "field", "before", "after", "why"])
        for pair in pairing.pairs():
            found.add(pair)
            if pair.verdict == "same":
                continue
            start = [pair.account, pair.name, pair.organization, pair.verdict]
            for each in pair.differences:
                table.writerow(
                    [*start, each.field, _cell(each.before), _cell(each.after), "from billing" * each.billed]
                )
            if not pair.differences:
                table.writerow([*start, "", "", "", pair.why])
    return found


def _cell(value: object) -> str:
    return "" if value is None else ";".join(value) if isinstance(value, list) else str(value)


@dataclass
class Carried:
    """What carrying over came to. refused: account → the vendor's reason, the first of them. broken: what ended it
    before its time."""

    written: int = 0
    refusals: int = 0
    refused: dict[str, str] = field(default_factory=dict)
    broken: SystemFault | None = None

    @property
    def exits(self) -> Exit:
        if self.broken is None:
            return Exit.PARTLY if self.refusals else Exit.DONE
        if self.broken.code == "stopped":
            return Exit.CANCELLED
        return Exit.PARTLY if self.written else of_system(self.broken, "").exits


def carried(pairing: Pairing, organizations: Organizations) -> Carried:
    """Write what differs, until the end or a fault."""
    done = Carried()
    try:
        for each in organizations.write(_writes(pairing)):
            done.written += each.done
            done.refusals += len(each.refused)
            if len(done.refused) < TOLD:
                done.refused |= each.refused
    except SystemFault as fault:
        done.broken = fault
    return done


def _writes(pairing: Pairing) -> Iterator[OrganizationWrite]:
    for pair in pairing.pairs():
        if pair.verdict not in WRITES:
            continue
        values = {each.field: each.after for each in pair.differences}
        named = values.pop(NAME, None)
        name = str(named) if named is not None else "" if pair.organization else pair.name
        keyed = pair.verdict != "change"
        yield OrganizationWrite(pair.account, pair.organization, name, values, keyed)
