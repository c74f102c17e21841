"""The runsheet of a go-live day on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from rich.markup import escape

from checklists.words import role_words
from config.results.runsheet import RunsheetDocument, RunsheetStep
from golive.launch.runsheet import clock_said, minute_said
from golive.screens.runsheet_page import PARTS, begins_said
from golive.terminal.screen import Screen

_COLUMN = 11


def show_runsheet(screen: Screen, document: RunsheetDocument) -> None:
    """Step by step: when, what, who, with which command, how one sees that it worked, and the way back."""
    gate = "[good]The gate is open.[/]" if document.open else "[danger]The gate is closed.[/]"
    screen.say(f"[head]{escape(document.phase_name)}, minute by minute[/]. T is {escape(begins_said(document))}.")
    screen.say(f"{gate} {escape(document.decision)}")
    for caution in document.cautions:
        screen.say(f"  [danger]![/] {escape(caution)}", hang=4)
    screen.say("\n[head]When it goes wrong[/]")
    _show(screen, "called", document.escalation or "the project has not said who")
    _show(screen, "old way", document.roll_back or "the project has not said how it comes back")
    for role, names in document.people.items():
        _show(screen, "", f"{role_words(role)}: {', '.join(names) or 'nobody yet'}")
    screen.say("\n[head]What wakes[/]")
    for line in (*(document.wakes or [document.not_planned or "Not known."]), *document.notices):
        screen.say(f"  {escape(line)}", hang=4)
    for part, title in PARTS.items():
        steps = [each for each in document.steps if each.part == part]
        if steps:
            screen.say(f"\n[head]{title}[/]")
        for each in steps:
            _show_step(screen, each, document)


def _show_step(screen: Screen, step: RunsheetStep, document: RunsheetDocument) -> None:
    clock = ""
    if step.at:
        day, time = clock_said(step.at, ZoneInfo(document.time_zone or "UTC"))
        clock = f"  [quiet]{escape(f'{day} {time}')}[/]"
    who = f"  [place]→ {escape(', '.join(step.who))}[/]" if step.who else ""
    screen.say(f"  [change]{minute_said(step.minute):<{_COLUMN - 2}}[/]{escape(step.what)}{clock}{who}", hang=_COLUMN)
    for label, text in _lines(step):
        _show(screen, label, text)


def _lines(step: RunsheetStep) -> Iterator[tuple[str, str]]:
    yield from (("", each) for each in step.details)
    if step.command:
        yield "run", step.command
    if step.check:
        yield "seen by", step.check
    if step.back:
        yield "back", step.back


def _show(screen: Screen, label: str, text: str) -> None:
    screen.say(f"{'':<{_COLUMN}}[quiet]{label:<8}[/]{escape(text)}", hang=_COLUMN + 8)
