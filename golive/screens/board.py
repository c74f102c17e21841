"""The board on a screen: where an environment stands before a gate, and who has to do what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from rich.markup import escape

from checklists.moments import left_words, moment, since_words
from checklists.words import role_words
from config.phases import phase_words
from config.results.gate import GateDocument, GateItem, GateStep
from config.words import counted, some
from golive.launch.board import (
    Group,
    by_name,
    common_reasons,
    groups,
    held_said,
    is_advisory,
    items_that_count,
    needs_reason,
    nobody_has,
    open_items,
    review_said,
    states_said,
    verb_of,
    waits_for,
)
from golive.screens.due import date_said, distance
from golive.screens.gate import SIGN, day_of, show_conditions, show_glass, show_less
from golive.terminal.screen import Screen

_STYLES: dict[GateStep, str] = {"mend": "danger"}
COLUMN = 16
"""Where an item's name begins, behind the verb."""
LONGEST = 170
"""So much of a reason stands on the board; `explain` says all of it."""


def show_board(screen: Screen, document: GateDocument, now: datetime, option: str, *, everything: bool = False) -> None:
    """Where the environment is, what keeps the next gate closed, and who can do something about it."""
    show_where(screen, document, now, option)
    _show_beside(screen, document, now, option)
    items = open_items(document)
    if everything:
        show_conditions(screen, document, now)
        show_less(screen, document)
    else:
        by_role, reasons = groups(items, document.people), common_reasons(items)
        _show_unsaid(screen, document, items, nobody_has(by_role), option)
        for said, many in reasons.items():
            screen.say(f"\n[change]{counted(many, 'item')} could not be found out[/]: {escape(said)}")
        for group in by_role:
            _show_group(screen, group, reasons)
        _show_waiting(screen, items)
        _show_warnings(screen, document, now)
    _show_end(screen, document, items, option, everything=everything)


def show_where(screen: Screen, document: GateDocument, now: datetime, option: str) -> None:
    """In five lines: the phase and the gate, how much of it holds, the review, who is asked, and the next date."""
    since = f" since {day_of(document.since)}" if document.since else ""
    word = "[good]open[/]" if document.open else "[danger]closed[/]"
    asked = items_that_count(document)
    phase, name = phase_words(document.phase), document.gate_name or phase_words(document.gate)
    screen.say(
        f"[head]{escape(phase.capitalize())}[/]{since}. Gate [head]{escape(name)}[/]: {word}, {held_said(asked)}."
    )
    if document.under_way:
        screen.say(f"[danger]The way to {escape(phase_words(document.under_way))} was begun and is not finished.[/]")
    for label, text in _facts(document, asked, now, option):
        screen.say(f"  [quiet]{label:<11}[/]{text}", hang=13)


def _facts(document: GateDocument, asked: Sequence[GateItem], now: datetime, option: str) -> Iterator[tuple[str, str]]:
    read = f"read {since_words(moment(document.read_at), now)}" if document.read_at else "the systems were not read"
    yield "State", escape(f"{states_said(asked)}; {read}")
    if document.not_before:
        yield "Not before", f"[change]{day_of(document.not_before)}[/]: counted from the start of the rollout"
    yield "Review", f"{SIGN[document.decision]} {escape(review_said(document))}"
    waits = ", ".join(f"{who} {many}" for who, many in waits_for(asked))
    if waits:
        yield "Waits for", escape(waits)
    if document.dates:
        first = document.dates[0]
        more = f"; {len(document.dates) - 1} more:  golive due{option}" if document.dates[1:] else ""
        style = "danger" if first.overdue else "change"
        when = f"{distance(first, now)}, {date_said(first, document.time_zone or 'UTC')}"
        yield "Next date", f"[{style}]{escape(when)}[/]: {escape(first.what)}{escape(more)}"


def _show_beside(screen: Screen, document: GateDocument, now: datetime, option: str) -> None:
    """What stands beside the items: broken glass, open conditions of decisions, risks that somebody asks for."""
    for glass in document.broken_glass:
        if not glass.reviewed_by:
            show_glass(screen, glass, now, option)
    for action in document.actions:
        if not action.done:
            late = moment(action.due) < now
            when = f"was due {day_of(action.due)}" if late else f"is due {left_words(moment(action.due), now)}"
            style = "danger" if late else "change"
            screen.say(
                f"\n[{style}]A condition of the go {when}[/]: {escape(action.what)}  [place]→ {escape(action.who)}[/]"
            )
            screen.say(f"  golive gate done {action.id}{escape(option)}")
    for waiver in document.waivers:
        if waiver.state == "asked":
            screen.say(
                f"\n[change]{escape(waiver.asked_by)} asks to accept a risk[/] until {day_of(waiver.until)}: "
                f"{escape(waiver.reason)}"
            )
            screen.say(f"  golive gate waive {escape(waiver.item)} --approve{escape(option)}")


def _show_unsaid(
    screen: Screen, document: GateDocument, items: Sequence[GateItem], nobody: Sequence[str], option: str
) -> None:
    """What only the project can say, each thing once."""
    profiles, figures = by_name(items, "answer"), by_name(items, "figure")
    if not profiles and not figures and not nobody and document.decision_roles:
        return
    screen.say("\n[head]To be said once, in a file of checklists/[/]")
    if profiles:
        said = ", ".join(
            f"{name} ({len(each) if number else counted(len(each), 'item')})"
            for number, (name, each) in enumerate(profiles.items())
        )
        _say(screen, "answer", f"Does it apply to this project?  [head]{escape(said)}[/]")
    for name, waiting in figures.items():
        said = document.figures.get(name, "")
        _say(screen, "set", f"[head]{escape(name)}[/]  {escape(said)} [quiet]({counted(len(waiting), 'item')})[/]")
    if nobody:
        _say(screen, "name", f"Who is {escape(', '.join(nobody))}?")
    if not document.decision_roles:
        _say(screen, "decide", f"Who decides go or no-go?  [quiet]{document.gate}: {{decision: {{ROLE: 1}}}}[/]")
    _say(screen, "", f"[quiet]How, and what each of them decides:  golive gate figures{escape(option)}[/]")


def _show_group(screen: Screen, group: Group, reasons: Mapping[str, int]) -> None:
    who = f": {escape(', '.join(group.people))}" if group.people else "  [quiet](nobody yet)[/]"
    role = role_words(group.role)
    screen.say(f"\n[head]{escape(role[:1].upper() + role[1:])}[/]{who}")
    for each in group.items:
        advisory = "  [quiet](advisory)[/]" if not each.blocks else ""
        name = f"{escape(each.name)}  [quiet]{escape(each.key)}[/]{advisory}"
        _say(screen, verb_of(each), name, _STYLES.get(each.step, "change"))
        if needs_reason(each) and each.said not in reasons:
            screen.say(f"{'':<{COLUMN}}[quiet]{escape(shortened(each.said))}[/]")


def _show_waiting(screen: Screen, items: Sequence[GateItem]) -> None:
    """What no person can do anything about but leave it out."""
    waiting = by_name(items, "wait")
    if waiting:
        screen.say("\n[head]golive cannot find this out yet[/]: leave it out with a reason, or show it otherwise")
    for name, several in waiting.items():
        keys = ", ".join(f"{each.key} (advisory)" if is_advisory(each) else each.key for each in several)
        screen.say(f"  needs {escape(name)}:  [quiet]{escape(keys)}[/]", hang=COLUMN)
    if waiting:
        screen.say("  [quiet]To leave one out, in a file of checklists/:  items: {KEY: {drop: WHY}}[/]")


def _show_warnings(screen: Screen, document: GateDocument, now: datetime) -> None:
    """What lets the gate open and still wants an eye on it."""
    found = [each for each in items_that_count(document) if each.state in ("warn", "waived")]
    if found:
        screen.say("\n[head]Holds, and wants an eye on it[/]")
    for each in found:
        ends = ""
        if each.state == "waived" and each.until:
            ends = f" [change]It ends {left_words(moment(each.until), now)}.[/]"
        screen.say(f"  {SIGN[each.state]} {escape(each.name)}  [quiet]{escape(each.key)}[/]", hang=4)
        screen.say(f"    [quiet]{escape(shortened(each.said))}[/]{ends}")


def _show_end(
    screen: Screen, document: GateDocument, items: Iterable[GateItem], option: str, *, everything: bool
) -> None:
    """What comes next."""
    screen.say()
    if document.open:
        screen.say(f"[good]The gate is open[/]:  golive advance {document.gate}{escape(option)}")
    elif document.reviewable and document.decision in ("unknown", "out_of_date") and document.decision_roles:
        who = f"  [place]→ {escape(some(document.decision_asked, 4))}[/]" if document.decision_asked else ""
        screen.say(f"The review can be held:             golive gate decide {document.gate} go{escape(option)}{who}")
    several = list(items)
    first = next((each for each in several if each.step == "mend"), next(iter(several), None))
    if first is not None:
        screen.say(f"[quiet]One item, with why and what to do:[/]  golive gate explain {first.key}{escape(option)}")
    if not everything:
        screen.say(f"[quiet]By condition, with what holds:[/]      golive gate status --all{escape(option)}")
        if document.less:
            many = len(document.less)
            screen.say(f"[quiet]At its end: what is asked for less than the method does ({many}), with why.[/]")


def shortened(text: str, most: int = LONGEST) -> str:
    """The beginning of a long reason, cut between words."""
    if len(text) <= most:
        return text
    return text[:most].rpartition(" ")[0].rstrip(".,;:") + " …"


def _say(screen: Screen, verb: str, text: str, style: str = "change") -> None:
    """What is to be done, in a column of its own, and with what."""
    screen.say(f"  [{style}]{verb:<{COLUMN - 2}}[/]{text}", hang=COLUMN)
