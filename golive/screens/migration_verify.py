"""Whether everything arrived, on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.markup import escape

from config.results.migration_verify import SumLine, VerifyDocument
from golive.screens.migration_report import HEADS, numbers_of
from golive.terminal.screen import Screen
from golive.wording.record_words import FATES, TITLES, records_said
from golive.wording.shown_numbers import shown_said

MOST, _REASONS = 4, 8
_HEADS = tuple(head.lower() for head in HEADS)
_WIDTH = 80
"""Columns of a narrow terminal."""


def show_verify(screen: Screen, document: VerifyDocument, option: str) -> None:
    """The sum, then the checks. option: ` -e NAME`."""
    screen.say("[head]The sum[/], to the last record")
    lines = [line for line in document.sums if line.by == "type" and line.source]
    if lines:
        first = max(len(TITLES[line.type][1]) for line in lines)
        widths = _widths(lines, first)
        screen.say(f"  {'':<{first}}{''.join(f'{head:>{width}}' for head, width in zip(_HEADS, widths, strict=True))}")
        for line in lines:
            screen.say(f"  {TITLES[line.type][1]:<{first}}{_numbers(line, widths)}")
    for reason in document.reasons[:_REASONS]:
        what = f"{records_said({reason.type: reason.number})} {FATES[reason.fate]}"
        screen.say(f"  [quiet]{what}: {escape(reason.reason)}[/]")
    if len(document.reasons) > _REASONS:
        screen.say(f"  [quiet]and more:  golive migrate report {escape(document.source)}{option}[/]")
    for lost in document.lost[:MOST]:
        said = f"{TITLES[lost.type][0]} {escape(lost.id[:60])}: the old tool gave it out, and nothing became of it"
        screen.say(f"  [danger]{said}[/]")
    odd = [line for line in document.sums if line.by != "type" and line.unexplained]
    for line in odd:
        screen.say(f"  [danger]{line.by} {escape(line.word or '(none)')}: {line.unexplained:,} unexplained[/]")
    for number in document.shown:
        said = escape(shown_said(number))
        screen.say(f"  {said}." if number.shown == number.read else f"  [danger]{said}.[/]")
    looked_at = max((check.looked_at for check in document.checks), default=0)
    part = "every ticket" if document.share == 1 else f"{document.share:.0%} of the tickets"
    screen.say(f"\n[head]Compared with the helpdesk[/]: {part}, {looked_at:,}")
    if not looked_at:
        screen.say("  Nothing to compare: no ticket that was sent is in this part.")
    for check in document.checks if looked_at else ():
        mark = "[good]ok  [/]" if not check.wrong else "[danger]fail[/]"
        wrong = f"  in {check.wrong:,} of {check.looked_at:,} tickets it does not hold" if check.wrong else ""
        screen.say(f"  {mark}  {escape(check.means)}{wrong}")
        for each in check.examples[:MOST]:
            screen.say(f"        {escape(each.source[:40])} → {escape(each.target)}: {escape(each.said)}")
        if len(check.examples) > MOST:
            screen.say(f"        and more:  golive migrate verify {escape(document.source)}{option} --json")
    if document.files_by_content or document.files_by_size:
        by_size = f", {document.files_by_size:,} by their size alone" if document.files_by_size else ""
        screen.say(f"  Files: {document.files_by_content:,} loaded again and compared by content{by_size}.")
    if document.worked_on:
        few = ", ".join(each.target for each in document.worked_on_tickets[:MOST])
        more = ", …" if document.worked_on > MOST else ""
        screen.say(f"  {document.worked_on:,} were worked on since, which is no mistake: {escape(few)}{more}")
    if document.placeholders:
        screen.say(f"  {document.placeholders:,} comments have an author whom the old tool does not know, either.")
    screen.say()
    if document.is_right:
        screen.say("[good]Everything is there, or it is said why not.[/]")
        return
    key = escape(document.source)
    screen.say("[danger]It does not hold.[/]")
    if any(line.waiting for line in document.sums):
        screen.say(f"  What is waiting is sent by:  golive migrate run {key}{option}")
    if any(number.shown != number.read for number in document.shown):
        screen.say(f"  What was not read:  golive migrate extract {key} --again; or put right what  shown:  says.")
    if any(check.wrong for check in document.checks):
        screen.say(f"  What is other in the old tool by now:  golive migrate delta {key} "
                   f"--check{option}")  # fmt: skip
        screen.say("  Anything else is looked at by a person, ticket by ticket.")


def _widths(lines: Sequence[SumLine], first: int) -> list[int]:
    """Columns that each number takes, so that all fit into eighty. first: those of the types' names."""
    columns = zip(*map(numbers_of, lines), strict=True)
    longest = [
        max(len(head), *(len(f"{each:,}") for each in column)) for head, column in zip(_HEADS, columns, strict=True)
    ]
    apart = 2 if 2 + first + sum(longest) + 2 * len(_HEADS) <= _WIDTH else 1
    return [apart + each for each in longest]


def _numbers(line: SumLine, widths: Sequence[int]) -> str:
    said = [
        f"{f'{number:,}' if number else '·':>{width}}" for number, width in zip(numbers_of(line), widths, strict=True)
    ]
    if line.unexplained:
        said[-1] = f"[danger]{said[-1]}[/]"
    return "".join(said)
