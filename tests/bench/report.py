"""The figures as one table and as a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tests.bench.reading import pages as least_calls

if TYPE_CHECKING:
    from tests.bench.__main__ import Row

PLAN = "plan, nothing changed"
ADOPT = "adopt --all"
GATE = "gate check, 200 items"

HEAD = (
    "| objects | with | command | golive s | floor s | × floor | CPU s | floor CPU s | MB | calls |\n"
    "| ---: | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n"
)


WHY = """
What is above the floor: golive's own start, its files and the sign-in at three systems take about one second whatever
the size, which weighs on small clients and on `drift` (half a second of it is Python reading the program, which is
all that `validate` of a small client does); comparing each live object with its declaration takes some milliseconds
more for each. What makes up for it: golive starts the engine's provider once where the engine would start
it twice, asks the engine for nothing that it does not need, and leaves out the messages that the engine's library sends
about every resource. The engine writes its whole state at each step, so that its own time for a first run and for
taking everything away grows faster than the number of objects; the file of a local state is the reason why.
"""


def table(rows: Sequence[Row], *, head: bool = True) -> str:
    """One line for each command."""
    lines = []
    for row in rows:
        floor, mine = row.floor, row.golive
        beside = (
            (f"{floor.wall:.2f}", f"{mine.wall / floor.wall:.2f}", f"{floor.processor:.1f}") if floor else ("", "", "")
        )
        calls = ", ".join(f"{name} {count}" for name, count in sorted(row.calls.items()))
        cells = (
            str(row.size), row.setting, row.command, f"{mine.wall:.2f}", beside[0], beside[1],
            f"{mine.processor:.1f}", beside[2], f"{mine.memory:.0f}", calls,
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |\n")
    return (HEAD if head else "") + "".join(lines)


def page(
    rows: Sequence[Row],
    growth: Mapping[str, tuple[float | None, float | None]],
    help_time: float,
    command: str,
    machine: str,
    day: str,
) -> str:
    """docs/benchmarks.md."""
    lines = [
        "# Benchmarks\n\n",
        f"Measured on {day} ({machine}) with `{command}`. The floor is the engine as it comes:\n"
        "the same calls through its library, with the same resources, over a provider that does nothing. What only\n"
        "looks and takes less than half a minute is measured three times, in turn with its floor; the fastest counts.\n"
        "MB is what all processes held at one moment, added up.\n\n",
        table(rows),
        f"\n`golive --help`: {help_time:.2f} s.\n\n## How the time grows\n\n"
        "| command | exponent | floor's |\n| --- | ---: | ---: |\n",
    ]
    for name, (own, floor) in growth.items():
        if own is not None:
            lines.append(f"| {name} | {own:.2f} | {'' if floor is None else f'{floor:.2f}'} |\n")
    lines.append("\n1 is in proportion to the number of objects.\n\n## The aims\n\n")
    lines += [f"- {line}\n" for line in aims(rows, growth, help_time)]
    lines.append(WHY)
    lines += [*_under_limits(rows), *_readings(rows), *_taken_over(rows), *_gates(rows)]
    return "".join(lines)


def _under_limits(rows: Sequence[Row]) -> Iterator[str]:
    """How near a first run comes to what a limit allows."""
    limited = [row for row in rows if row.limit]
    if not limited:
        return
    yield "\n## Under a limit\n\n"
    yield "The vendor counts by the minute: what one minute allows may all go at its beginning.\n\n"
    for row in limited:
        sent = sum(count for name, count in row.calls.items() if name.startswith("zendesk"))
        least = 60 * sent / row.limit
        floor = row.floor.wall if row.floor else 0.0
        yield f"- {row.size} objects, {row.limit} calls a minute: {sent} calls to the helpdesk, of which {row.refused} "
        yield f"were refused, in {row.golive.wall:.0f} s. "
        if least > floor:
            more = row.golive.wall / least - 1
            yield f"At that rate so many take {least:.0f} s: {_verdict(row.golive.wall, 1.05 * least)} ({more:+.0%}).\n"
        else:
            yield f"At that rate so many take {least:.0f} s, and the engine alone takes {floor:.0f} s.\n"


def _readings(rows: Sequence[Row]) -> Iterator[str]:
    """What a plan asks, and what it would ask one by one."""
    yield "\n## One call for a page, not for an object\n\n"
    last = None
    for row in rows:
        if row.reading is None or row.command != PLAN:
            continue
        last, read = row, row.reading
        pages, single = sum(read.lists.calls.values()), sum(read.one_by_one.values())
        yield (
            f"- {row.size} objects: a plan takes {sum(row.calls.values())} calls; one GET for each object would be "
            f"{row.size}. {pages} for lists, where ⌈n/100⌉ over all of them is {read.lists.fewest}; {single} for "
            f"CRM fields, whose definitions the vendor shows one by one only; {sum(read.other.values())} for who "
            "golive is there and for Slack's and the CRM's own lists.\n"
        )
    if last is None or last.reading is None:
        return
    yield f"\nThe lists of {last.size} objects, those that come with the account among them:\n\n"
    yield "| list | objects | ⌈n/100⌉ | calls |\n| --- | ---: | ---: | ---: |\n"
    lists = last.reading.lists
    for name, objects in sorted(lists.objects.items()):
        yield f"| {name} | {objects} | {least_calls(objects)} | {lists.calls[name]} |\n"


def _taken_over(rows: Sequence[Row]) -> Iterator[str]:
    """What it takes to make files and state of an account."""
    adopted = [row for row in rows if row.command == ADOPT and row.reading]
    if not adopted:
        return
    yield "\n## Taking over\n\nThe same account, by somebody who has neither its files nor its state.\n\n"
    for before, row in zip([None, *adopted], adopted, strict=False):
        assert row.reading is not None
        lists = row.reading.lists
        objects = sum(lists.objects.values())
        asked = sum(count for name, count in row.calls.items() if name.startswith("zendesk"))
        yield f"- {row.size} objects: the helpdesk lists {objects}, in {lists.fewest} calls at least; "
        yield f"{asked} calls were made, in {row.golive.wall:.0f} s, with {row.golive.memory:.0f} MB"
        if before is not None:
            more = 1000 * (row.golive.memory - before.golive.memory) / (row.size - before.size)
            yield f" ({more:.0f} KB for each object more than before)"
        yield ".\n"


def _gates(rows: Sequence[Row]) -> Iterator[str]:
    """What a gate asks that 200 items of which only the live systems answer, beside the method's own."""
    checked = [row for row in rows if row.command == GATE and row.reading]
    if not checked:
        return
    yield "\n## Gates\n\n"
    yield "A gate that asks for 200 items which only the live systems answer, beside the method's own.\n\n"
    for row in checked:
        assert row.reading is not None
        lists = row.reading.lists
        yield (
            f"- {row.size} objects: {row.golive.wall:.1f} s; {sum(row.calls.values())} calls, of which "
            f"{sum(lists.calls.values())} for lists, where ⌈n/100⌉ over all of them is {lists.fewest}.\n"
        )


def aims(rows: Sequence[Row], growth: Mapping[str, tuple[float | None, float | None]], help_time: float) -> list[str]:
    """Each aim with what was measured."""
    found = [f"`golive --help` within 0.3 s: {_verdict(help_time, 0.3)} ({help_time:.2f} s)"]
    for row in rows:
        if row.setting:
            continue
        where = f"{row.size} objects"
        if row.command == "validate":
            aim = 0.5 + 0.5 * row.size / 1000
            found.append(
                f"validate, {where}, within {aim:.2f} s: {_verdict(row.golive.wall, aim)} ({row.golive.wall:.2f} s)"
            )
        if row.command == GATE and row.reading:
            calls, fewest = sum(row.reading.lists.calls.values()), row.reading.lists.fewest
            found.append(f"{GATE}, {where}, within 5 s: {_verdict(row.golive.wall, 5)} ({row.golive.wall:.1f} s)")
            found.append(f"{GATE}, {where}, each list once: {_verdict(calls, fewest)} ({calls} calls of {fewest})")
        most = {PLAN: 1.3, "first up": 1.2}.get(row.command)
        if most and row.floor:
            ratio = row.golive.wall / row.floor.wall
            found.append(f"{row.command}, {where}, at most {most} × its floor: {_verdict(ratio, most)} ({ratio:.2f})")
    for name in ("validate", PLAN, "drift", ADOPT):
        own = growth.get(name, (None, None))[0]
        if own is not None:
            found.append(f"{name}, in proportion to the size: exponent {own:.2f}")
    return found


def _verdict(value: float, aim: float) -> str:
    return "held" if value <= aim else f"missed by {value / aim - 1:.0%}"
