"""What an old tool holds: on the screen in short, on a page with charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.markup import escape

from config.characters import visible
from config.results.migration_profile import FieldProfile, ProfileDocument, Share
from golive.pages import page
from golive.terminal.screen import Screen
from golive.wording.record_words import FATES, TITLES, records_said, remark_said
from golive.wording.shown_numbers import shown_said

WIDTH = 24
"""Characters of the longest bar on the screen."""
MOST_ROWS = 12
MOST_VALUES = 6
LONGEST = 34
"""Characters of a word on the screen."""
_LONGEST_ON_PAGE = 120
NOTHING = "(nothing)"
_BLOCKS = (
    ("By month", "months"),
    ("By status", "statuses"),
    ("By channel", "channels"),
    ("By group", "groups"),
    ("By priority", "priorities"),
    ("By language", "languages"),
)


@dataclass(frozen=True)
class Bar:
    """One line of a chart. share: of the longest one, from 0 to 1."""

    word: str
    number: int
    share: float


def bars(shares: Sequence[Share]) -> list[Bar]:
    """A chart of them, the longest bar whole."""
    most = max((each.number for each in shares), default=1)
    return [Bar(each.word or NOTHING, each.number, each.number / most) for each in shares]


def show_profile(screen: Screen, document: ProfileDocument, written: Path | None) -> None:
    """written: the page, where one was asked for."""
    screen.say(f"[head]{escape(document.name)}[/]: {records_said(document.records)}")
    if document.first:
        screen.say(f"  from {document.first[:10]} to {document.last[:10]}")
    screen.say(f"  {document.public:,} comments that the customer could read, {document.private:,} that not")
    for number in document.shown:
        said = escape(shown_said(number))
        screen.say(f"  {said}" if number.shown == number.read else f"  [change]{said}[/]")
    if not document.is_whole:
        screen.say(f"  [change]It is not read to its end yet:[/]  golive migrate extract {escape(document.source)}")
    for title, attribute in _BLOCKS:
        shares: list[Share] = getattr(document, attribute)
        if len(shares) > 1 or any(each.word for each in shares):
            _show_chart(screen, title, shares, newest=attribute == "months")
    if document.drivers:
        screen.say("\n[head]What customers write about[/] (words that subjects have in common)")
        for driver in document.drivers[:MOST_ROWS]:
            screen.say(f"  {driver.tickets:>8,}  {driver.share:>4.0%}  {escape(driver.words)}")
    if document.fields:
        screen.say("\n[head]Fields[/]")
        for each in document.fields:
            screen.say(f"  {escape(each.field)}  [quiet]{TITLES[each.of][0]}[/]  {field_said(each)}")
    if document.odd:
        screen.say("\n[head]To know before[/]")
        for odd in document.odd:
            said = f"{TITLES[odd.type][odd.number != 1]}: {escape(remark_said(odd.what))}"
            screen.say(f"  {odd.number:>8,}  {said}  [quiet]{_few(odd.examples)}[/]")
    if document.left_out:
        screen.say("\n[head]Not carried over[/]")
        for left in document.left_out:
            said = f"{TITLES[left.type][left.number != 1]}, {FATES[left.fate]}: {escape(left.reason)}"
            screen.say(f"  {left.number:>8,}  {said}  [quiet]{_few(left.examples)}[/]")
    if written is not None:
        screen.say(f"\nWith charts, for a browser: {escape(str(written))}")
    screen.say(f"\nNext, what becomes of each word:  golive migrate map {escape(document.source)}")


def _show_chart(screen: Screen, title: str, shares: Sequence[Share], *, newest: bool) -> None:
    """newest: where there are too many, the last ones are shown, instead of the first."""
    left_out = max(0, len(shares) - MOST_ROWS)
    shown = bars(shares[-MOST_ROWS:] if newest else shares[:MOST_ROWS])
    screen.say(
        f"\n[head]{title}[/]" + (f"  [quiet](and {left_out} {'earlier' if newest else 'more'})[/]" if left_out else "")
    )
    width = max(len(each.word[:LONGEST]) for each in shown)
    for bar in shown:
        line = "█" * max(1, round(bar.share * WIDTH))
        screen.say(f"  {escape(bar.word[:LONGEST]):<{width}}  {bar.number:>8,}  [quiet]{line}[/]")


def field_said(field: FieldProfile) -> str:
    """`filled in 812, 14 different: card 203, refund 120, …`; the values only where they are choices."""
    said = f"filled in {field.filled:,}, {field.different:,} different"
    if field.different > field.filled / 2 and field.different > MOST_VALUES:
        return f"{said}: free text"
    few = [f"{' '.join(each.word.split())[:LONGEST]} {each.number:,}" for each in field.values[:MOST_VALUES]]
    return f"{said}: {escape(', '.join(few))}" + (", …" if field.different > MOST_VALUES else "")


def _few(examples: Sequence[str]) -> str:
    return escape(", ".join(each[:LONGEST] for each in examples[:2]))


def profile_page(document: ProfileDocument) -> str:
    """One file of HTML that needs nothing else."""
    charts = [(title, bars(getattr(document, attribute))) for title, attribute in _BLOCKS]
    telling = [(title, chart) for title, chart in charts if any(each.word != NOTHING for each in chart)]
    return page(
        "migration_profile.html.j2",
        document=document,
        said=records_said(document.records),
        charts=telling,
        fields=[(each, field_said(each), bars(each.values)) for each in document.fields],
        titles=TITLES,
        visible=visible,
        fates=FATES,
        remark_said=remark_said,
        longest=_LONGEST_ON_PAGE,
    )
