"""A gate as people read it: the board, and one item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from rich.markup import escape

from checklists.moments import left_words, moment, since_words
from config.results.gate import GateCondition, GateDocument, GateGlass, GateItem, GateState
from golive.screen import Screen

WORDS: dict[GateState, str] = {
    "pass": "holds",
    "warn": "holds, with a warning",
    "waived": "risk accepted",
    "not_applicable": "not for this project",
    "out_of_date": "out of date",
    "unknown": "nobody knows yet",
    "fail": "does not hold",
}
_SIGN: dict[GateState, str] = {
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
PARTS = {
    "entrance": "Before the review can be held",
    "success": "Before it may begin",
    "earlier": "What earlier gates asked for, and must still hold",
    "outcome": "What this phase must come to",
}
_SETTLED: tuple[GateState, ...] = ("pass", "not_applicable")


def phase_words(phase: str) -> str:
    """`soft launch`, `day 30`."""
    return phase.replace("_", " ")


def show_board(screen: Screen, document: GateDocument, now: datetime, option: str, *, everything: bool = False) -> None:
    """Where the environment is, what the next gate asks for, what keeps it closed, and who can do something."""
    show_where(screen, document, now)
    items = {each.key: each for each in document.items}
    for part in ("entrance", "success", "earlier", "outcome"):
        conditions = [each for each in document.conditions if each.part == part]
        if conditions:
            _show_part(screen, part, conditions, items, now, everything=everything)
    _show_beside(screen, document, now, option)
    show_end(screen, document, option, everything=everything)


def show_where(screen: Screen, document: GateDocument, now: datetime) -> None:
    """The phase, the gate, and how much of it holds."""
    since = f", since {_day(document.since)}" if document.since else ""
    screen.say(f"Phase [head]{escape(phase_words(document.phase))}[/]{since}.")
    if document.under_way:
        screen.say(f"[danger]The way to {escape(phase_words(document.under_way))} was begun and is not finished.[/]")
    asked = _counted(document)
    held = [each for each in asked if not each.blocks]
    word = "[good]open[/]" if document.open else "[danger]closed[/]"
    name = escape(document.gate_name or phase_words(document.gate))
    screen.say(f"Gate [head]{name}[/]: {word}. {len(held)} of {len(asked)} items hold{_fresh(document, now)}.")


def _counted(document: GateDocument) -> list[GateItem]:
    """The items that decide about the gate: those of its outcome come later, and some are not for this project."""
    names = {
        name for each in document.conditions if each.part != "outcome" and not each.left_out for name in each.items
    }
    return [each for each in document.items if each.key in names and each.state != "not_applicable"]


def _fresh(document: GateDocument, now: datetime) -> str:
    return f"; read {since_words(moment(document.read_at), now)}" if document.read_at else "; the systems were not read"


def _show_part(
    screen: Screen,
    part: str,
    conditions: Sequence[GateCondition],
    items: dict[str, GateItem],
    now: datetime,
    *,
    everything: bool,
) -> None:
    shown = [each for each in conditions if everything or each.state not in _SETTLED]
    hidden = len(conditions) - len(shown)
    left = f"  [quiet]{hidden} of {len(conditions)} hold[/]" if hidden and shown else ""
    screen.say(f"\n[head]{PARTS[part]}[/]{left}")
    if not shown:
        screen.say(f"  [good]✓[/] all {len(conditions)}")
    for each in shown:
        identifier = f"[quiet]{escape(each.id)}[/] " if each.id else ""
        reason = f"  [quiet]{escape(each.left_out)}[/]" if each.left_out else ""
        screen.say(f"  {_SIGN[each.state]} {identifier}{escape(each.name)}{reason}")
        for name in each.items:
            item = items.get(name)
            if item is not None and not each.left_out and (everything or item.state not in _SETTLED):
                show_line(screen, item, now)


def show_line(screen: Screen, item: GateItem, now: datetime) -> None:
    """One item of the board: its key, its state, why, and who is asked."""
    asked = f"  [place]→ {escape(', '.join(item.asked))}[/]" if item.asked else ""
    aside = (
        " [quiet](advisory)[/]" if item.state not in ("pass", "warn") and not item.blocks and not _is_held(item) else ""
    )
    screen.say(f"      {_SIGN[item.state]} [head]{escape(item.key)}[/]{aside}: {escape(item.said)}{asked}")
    if item.state == "waived" and item.until:
        screen.say(f"        [change]It ends {left_words(moment(item.until), now)}.[/]")


def _is_held(item: GateItem) -> bool:
    return item.state in ("waived", "not_applicable")


def _show_beside(screen: Screen, document: GateDocument, now: datetime, option: str) -> None:
    """What stands beside the items: the decision, open conditions of earlier ones, broken glass, risks."""
    screen.say(f"\n[head]Go or no-go[/]\n  {_SIGN[document.decision]} {escape(document.decision_said)}")
    for action in document.actions:
        if not action.done:
            late = moment(action.due) < now
            when = f"was due {_day(action.due)}" if late else f"due {left_words(moment(action.due), now)}"
            style = "danger" if late else "change"
            screen.say(
                f"  [{style}]{escape(action.what)}[/], {when}  [place]→ {escape(action.who)}[/]  [quiet]{action.id}[/]"
            )
    for glass in document.broken_glass:
        if not glass.reviewed_by:
            show_glass(screen, glass, now, option)
    asked = [each for each in document.waivers if each.state == "asked"]
    for waiver in asked:
        screen.say(
            f"\n[change]{escape(waiver.asked_by)} asks to accept a risk[/] until {_day(waiver.until)}: "
            f"{escape(waiver.item)}, {escape(waiver.reason)}  [quiet]{waiver.id}[/]"
        )


def show_glass(screen: Screen, glass: GateGlass, now: datetime, option: str) -> None:
    """What somebody did although it should not be done, as long as nobody has reviewed it."""
    screen.say(
        f"\n[danger]{escape(glass.by)} broke the glass[/] {escape(glass.for_what)} on {_day(glass.at)}: "
        f"{escape(glass.reason)}  [quiet]{glass.id}[/]"
    )
    asked = f"  [place]→ {escape(', '.join(glass.asked))}[/]" if glass.asked else ""
    if glass.confirmed_by:
        late = ", too late" if glass.late else ""
        screen.say(
            f"  Confirmed by {escape(glass.confirmed_by)}{late}. Somebody who decides about it reviews it:{asked}"
        )
        screen.say(f"  golive gate glass {glass.id} --review{option}")
        return
    when = (
        f"[danger]too late since {_time(glass.confirm_by)}[/]"
        if glass.late
        else left_words(moment(glass.confirm_by), now)
    )
    screen.say(f"  A second person confirms it, {when}:{asked}\n  golive gate glass {glass.id} --confirm{option}")


def show_end(screen: Screen, document: GateDocument, option: str, *, everything: bool) -> None:
    """What comes next."""
    gate = document.gate
    blocking = Counter(each.state for each in _counted(document) if each.blocks)
    if document.open:
        screen.say(f"\nThe gate is open:  golive advance {gate}{option}")
        return
    said = ", ".join(
        f"{blocking[state]} × {WORDS[state]}" for state in ("fail", "unknown", "out_of_date") if blocking[state]
    )
    screen.say(f"\n[danger]Closed[/]{': ' + said if said else ''}.")
    first = next((each for each in _counted(document) if each.blocks), None)
    if first is not None:
        screen.say(f"One of them, and what to do:  golive gate explain {first.key}{option}")
    if not everything:
        screen.say(f"[quiet]Everything, with what holds:  golive gate status --all{option}[/]")


def show_item(screen: Screen, item: GateItem, now: datetime, *, asked_by: Iterable[str], effort: Sequence[str]) -> None:
    """One item with everything that is known of it."""
    identifier = f" [quiet]{escape(item.id)}[/]" if item.id else ""
    screen.say(f"[head]{escape(item.name)}[/]{identifier}\n")
    screen.say(f"  {_SIGN[item.state]} [{_STYLE[item.state]}]{WORDS[item.state]}[/]: {escape(item.said)}")
    for fact in item.facts:
        numbers = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in fact.numbers.items())
        held = "out of date" if moment(fact.until) < now else f"holds until {_time(fact.until)}"
        screen.say(
            f"      [quiet]{escape(fact.probe)}: seen {since_words(moment(fact.at), now)}, {held}"
            f"{'; ' + escape(numbers) if numbers else ''}[/]"
        )
    screen.say()
    screen.say(f"  Why         {escape(item.why)}")
    screen.say(f"  What to do  {escape(item.fix)}")
    for line in effort:
        screen.say(f"              {escape(line)}")
    who = f"{item.owner.replace('_', ' ')}{': ' + ', '.join(item.asked) if item.asked else ''}"
    screen.say(f"  Who         {escape(who)}")
    gates = list(asked_by)
    screen.say(f"  Asked by    {escape('; '.join(gates) or 'no gate')}")


def _day(text: str) -> str:
    at = moment(text)
    return f"{at.day} {at:%b %Y}"


def _time(text: str) -> str:
    at = moment(text)
    return f"{at.day} {at:%b %H:%M} UTC"
