"""A gate as people read it: its conditions, and one item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from rich.markup import escape

from checklists.moments import left_words, moment, since_words
from config.results.gate import GateCondition, GateDocument, GateGlass, GateItem, GateState
from config.words import some
from golive.launch.board import LESS, is_advisory
from golive.terminal.screen import Screen

WORDS: dict[GateState, str] = {
    "pass": "holds",
    "warn": "holds, with a warning",
    "waived": "risk accepted",
    "not_applicable": "not for this project",
    "out_of_date": "out of date",
    "unknown": "nobody knows yet",
    "fail": "does not hold",
}
SIGN: dict[GateState, str] = {
    "pass": "[good]✓[/]",
    "warn": "[change]![/]",
    "waived": "[change]~[/]",
    "not_applicable": "[quiet]·[/]",
    "out_of_date": "[change]⌛[/]",
    "unknown": "[change]?[/]",
    "fail": "[danger]✗[/]",
}
_STYLE: dict[GateState, str] = {
    "pass": "good",
    "warn": "change",
    "waived": "change",
    "not_applicable": "quiet",
    "out_of_date": "change",
    "unknown": "change",
    "fail": "danger",
}
PARTS: dict[str, str] = {
    "entrance": "Before the review can be held",
    "success": "Before it may begin",
    "earlier": "What earlier gates asked for, and must still hold",
    "outcome": "What this phase must come to",
}


def show_conditions(screen: Screen, document: GateDocument, now: datetime) -> None:
    """Every condition of the gate with its items, those that hold among them."""
    items = {each.key: each for each in document.items}
    for part, title in PARTS.items():
        conditions = [each for each in document.conditions if each.part == part]
        if conditions:
            screen.say(f"\n[head]{title}[/]")
        for each in conditions:
            _show_condition(screen, each, items, now)


def show_less(screen: Screen, document: GateDocument) -> None:
    """What the project asks for less than the method does, each with its reason."""
    if document.less:
        screen.say("\n[head]Asked for less than the method does[/]")
    for each in document.less:
        screen.say(f"  {LESS[each.what]}: {escape(each.name)}  [quiet]{escape(each.ref)}[/]", hang=4)
        if each.why:
            screen.say(f"    [quiet]{escape(each.why)}[/]")


def _show_condition(screen: Screen, condition: GateCondition, items: Mapping[str, GateItem], now: datetime) -> None:
    identifier = f"[quiet]{escape(condition.id)}[/] " if condition.id else ""
    reason = f"  [quiet]{escape(condition.left_out)}[/]" if condition.left_out else ""
    screen.say(f"  {SIGN[condition.state]} {identifier}{escape(condition.name)}{reason}")
    for name in condition.items:
        item = items.get(name)
        if item is not None and not condition.left_out:
            _show_line(screen, item, now)


def _show_line(screen: Screen, item: GateItem, now: datetime) -> None:
    """One item of the board: its key, its state, why, and who is asked."""
    asked = f"  [place]→ {escape(', '.join(item.asked))}[/]" if item.asked else ""
    aside = " [quiet](advisory)[/]" if item.step and not item.blocks else ""
    said = f"not said: {', '.join(item.names)}" if item.step in ("answer", "figure") else item.said
    screen.say(f"      {SIGN[item.state]} [head]{escape(item.key)}[/]{aside}: {escape(said)}{asked}", hang=8)
    if item.state == "waived" and item.until:
        screen.say(f"        [change]It ends {left_words(moment(item.until), now)}.[/]")


def show_glass(screen: Screen, glass: GateGlass, now: datetime, option: str) -> None:
    """What somebody did although it should not be done, as long as nobody has reviewed it."""
    screen.say(
        f"\n[danger]{escape(glass.by)} broke the glass[/] {escape(glass.for_what)} on {day_of(glass.at)}: "
        f"{escape(glass.reason)}  [quiet]{glass.id}[/]"
    )
    asked = f"  [place]→ {escape(some(glass.asked, 4))}[/]" if glass.asked else ""
    if glass.confirmed_by:
        late = ", too late" if glass.late else ""
        screen.say(
            f"  Confirmed by {escape(glass.confirmed_by)}{late}. Somebody who decides about it reviews it:{asked}"
        )
        screen.say(f"  golive gate glass {glass.id} --review --note TEXT{option}")
        return
    when = (
        f"[danger]too late since {_time(glass.confirm_by)}[/]"
        if glass.late
        else left_words(moment(glass.confirm_by), now)
    )
    screen.say(f"  A second person confirms it, {when}:{asked}\n  golive gate glass {glass.id} --confirm{option}")


def show_item(screen: Screen, item: GateItem, now: datetime, *, asked_by: Iterable[str], effort: Sequence[str]) -> None:
    """One item with everything that is known of it."""
    identifier = f" [quiet]{escape(item.id)}[/]" if item.id else ""
    screen.say(f"[head]{escape(item.name)}[/]{identifier}\n")
    screen.say(f"  {SIGN[item.state]} [{_STYLE[item.state]}]{WORDS[item.state]}[/]: {escape(item.said)}")
    if is_advisory(item):
        screen.say("    It is advisory: it keeps no gate closed.")
    for fact in item.facts:
        numbers = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in fact.numbers.items())
        held = f", holds until {_time(fact.until)}" if fact.seen in ("pass", "warn") else ""
        if moment(fact.until) < now:
            held = ", out of date"
        screen.say(
            f"      [quiet]{escape(fact.probe)}: seen {since_words(moment(fact.at), now)}{held}"
            f"{'; ' + escape(numbers) if numbers else ''}[/]"
        )
    screen.say()
    screen.say(f"  Why         {escape(item.why)}")
    screen.say(f"  What to do  {escape(item.fix)}")
    for line in effort:
        screen.say(f"              {escape(line)}")
    if item.because:
        screen.say(f"  Asks less   than the method: {escape(item.because)}")
    who = f"{item.owner.replace('_', ' ')}{': ' + ', '.join(item.asked) if item.asked else ''}"
    screen.say(f"  Who         {escape(who)}")
    gates = list(asked_by)
    screen.say(f"  Asked by    {escape('; '.join(gates) or 'no gate')}")


def day_of(text: str) -> str:
    """`3 Dec 2026`."""
    at = moment(text if "T" in text else f"{text}T00:00:00Z")
    return f"{at.day} {at:%b %Y}"


def _time(text: str) -> str:
    at = moment(text)
    return f"{at.day} {at:%b %H:%M} UTC"
