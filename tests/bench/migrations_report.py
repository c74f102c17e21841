"""What was measured of migrations, as a part of docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from tests.bench.migrations import Read, Sent

HEAD = "\n## Migrations\n"
"""Where the part begins; it is the last one of the page."""
LEAST_OF_FLOOR, LEAST_OF_LIMIT, MOST_MEMORY = 0.6, 0.9, 300.0
_LOOPS = {
    "mailbox": "`mailbox`: each mail parsed, nothing kept",
    "decoded": "`mailbox`: each mail parsed and its parts decoded, nothing kept",
    "csv": "`csv.reader`: each row cut into cells, nothing kept",
    "table": "`csv.DictReader`: each row's two times read, and the row written to one table",
}

WHY = """
What each mail is read into: its conversation, its people, a comment with text and page, its files under their
checksums, and the raw mail, compressed. Three things keep that below twice the time of a loop that keeps nothing:
mails that keep all the rules are taken apart at once, and only the others line by line, as the library does it for
all; the database is asked once for a page of mails; and raw mails are compressed while the database writes. About a
second of each run is golive's own start.

Each row of the CSV becomes four records and a third of a person: the ticket, the question, the answer and the note,
each a row of its own that can be found by its id, and the raw row. `csv.reader` alone is a loop in C that makes
nothing but cells; nothing that looks at each cell in Python comes near it. The second loop is the least that a one-
off script would do, a row for a row. golive writes more than four times as many, and can be stopped at any of them.
"""
HOW = """
The sandbox takes tickets much faster than any vendor, so each run has a limit set, the one that is named: it is what
binds. Allowed is what the calls or jobs that the run made take at that limit. golive leaves 5 of an account's 30 jobs
to others: where a vendor has all 30 at work together, it uses 25 of them, by choice. With calls, more than 100% is no
mistake: the vendor counts by the minute, and what one minute allows may all go at its beginning.
"""


def part(reads: Sequence[Read], sent: Sequence[Sent], command: str, machine: str, day: str) -> str:
    """The part of the page."""
    lines = [
        HEAD,
        f"\nMeasured on {day} ({machine}) with `{command}`.\nInputs are made from a seed. Times are of the whole\n",
        "process, each beside its floors, which ran before and after it; of these the fastest counts. MB is the most\n",
        "that golive's processes held together, by the kernel (`VmHWM`).\n\n### Reading\n\n",
        "| what | file MB | golive s | a second | CPU s | MB | kept records | database MB | raw MB |\n",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
        *map(_read_row, reads),
        "\n| what | loop | s | CPU s | golive's speed beside it | by CPU |\n",
        "| --- | --- | ---: | ---: | ---: | ---: |\n",
        *(line for each in reads for line in _floor_rows(each)),
        WHY,
        "\n### Sending\n\n",
        "| what | limit | made | s | allowed s | of what is allowed | tickets a minute | calls | refused | CPU s | MB "
        "| ledger MB |\n",
        "| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
        *map(_sent_row, sent),
        HOW,
        "\n### The aims of migrations\n\n",
        *(f"- {line}\n" for line in aims(reads, sent)),
    ]
    return "".join(lines)


def _read_row(row: Read) -> str:
    took = row.golive
    cells = (
        f"{row.size:,} {row.sort.things}", f"{row.file:.0f}", f"{took.wall:.1f}", f"{row.size / took.wall:,.0f}",
        f"{took.processor:.1f}", f"{took.memory:.0f}", f"{row.records:,}", f"{row.database:.0f}", f"{row.raw:.0f}",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |\n"


def _floor_rows(row: Read) -> Iterator[str]:
    for loop, floor in row.floors.items():
        cells = (
            f"{row.size:,} {row.sort.things}", _LOOPS[loop], f"{floor.wall:.1f}", f"{floor.processor:.1f}",
            f"{floor.wall / row.golive.wall:.2f} ×", f"{floor.processor / row.golive.processor:.2f} ×",
        )  # fmt: skip
        yield f"| {' | '.join(cells)} |\n"


def _sent_row(row: Sent) -> str:
    made = ", ".join(f"{number:,} {type_}" for type_, number in row.made.items())
    cells = (
        "tickets with 3 comments" if row.sort.name == "spreadsheet" else "mails with files", row.limit.said, made,
        f"{row.seconds:.0f}", f"{row.least:.0f}", f"{row.least / row.seconds:.0%}",
        f"{60 * row.made['tickets'] / row.seconds:,.0f}", f"{row.calls:,}", str(row.refused),
        f"{row.golive.processor:.0f}", f"{row.golive.memory:.0f}", f"{row.ledger:.1f}",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |\n"


def aims(reads: Sequence[Read], sent: Sequence[Sent]) -> Iterator[str]:
    """Each aim with what was measured."""
    for row in reads:
        plain = row.floors[row.sort.loops[0]]
        speed = plain.wall / row.golive.wall
        what = f"{row.size:,} {row.sort.things}, at least {LEAST_OF_FLOOR} × the speed of the plain loop"
        yield f"{what}: {'held' if speed >= LEAST_OF_FLOOR else 'missed'} ({speed:.2f} ×)"
    for each in sent:
        share = each.least / each.seconds
        what = f"{each.limit.said}, at least {LEAST_OF_LIMIT:.0%} of what they allow"
        yield f"{what}: {'held' if share >= LEAST_OF_LIMIT else 'missed'} ({share:.0%})"
    most = max(each.golive.memory for each in (*reads, *sent))
    yield f"less than {MOST_MEMORY:.0f} MB: {'held' if most < MOST_MEMORY else 'missed'} ({most:.0f} MB)"
    for name, rows in groupby(reads, key=lambda row: row.sort.name):
        small, *_, large = rows
        yield (
            f"memory does not grow with the {name}: {small.golive.memory:.0f} MB for {small.size:,} "
            f"{small.sort.things}, {large.golive.memory:.0f} MB for {large.size:,}"
        )


def with_part(page: str, migrations: str) -> str:
    """The page with another part about migrations; all else stays."""
    return page.partition(HEAD)[0] + migrations


def part_of(page: str) -> str:
    """The part about migrations that a page has; empty for none."""
    _, head, rest = page.partition(HEAD)
    return head + rest
