"""The figures as one table and as a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.bench.__main__ import Row

HEAD = (
    "| objects | with | command | golive s | floor s | × floor | CPU s | floor CPU s | MB | calls |\n"
    "| ---: | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n"
)


WHY = """
What is above the floor: golive's own start, its files and the sign-in at three systems take one to two seconds whatever
the size, which weighs on small clients; comparing each live object with its declaration takes some milliseconds more
for each. The engine itself writes its whole state at each step, so that its own time for a first run and for taking
everything away grows faster than the number of objects.
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
        f"Measured on {day} ({machine}) with `{command}`. The floor is the same calls to the engine with the same\n"
        "resources over a provider that does nothing. MB is what all processes held at one moment, added up.\n\n",
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
    lines.append("\n## One call for a page, not for an object\n\n")
    for row in rows:
        if row.command == "plan, nothing changed" and not row.setting:
            total = sum(row.calls.values())
            lines.append(f"- {row.size} objects: a plan takes {total} calls; one GET for each would be {row.size}.\n")
    return "".join(lines)


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
        most = {"plan, nothing changed": 1.3, "first up": 1.2}.get(row.command)
        if most and row.floor:
            ratio = row.golive.wall / row.floor.wall
            found.append(f"{row.command}, {where}, at most {most} × its floor: {_verdict(ratio, most)} ({ratio:.2f})")
    for name in ("validate", "plan, nothing changed", "drift"):
        own = growth.get(name, (None, None))[0]
        if own is not None:
            found.append(f"{name}, in proportion to the size: exponent {own:.2f}")
    return found


def _verdict(value: float, aim: float) -> str:
    return "held" if value <= aim else f"missed by {value / aim - 1:.0%}"
