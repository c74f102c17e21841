"""The runsheet of a go-live day, as Markdown and as a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from checklists.moments import moment
from checklists.words import role_words
from config.characters import visible
from config.results.runsheet import RunsheetDocument, RunsheetPart, RunsheetStep
from golive.launch.runsheet import clock_said, minute_said
from golive.pages import page
from golive.screens.markdown import code, inline, name_of
from golive.terminal.masking import masked_document, with_texts

PARTS: dict[RunsheetPart, str] = {
    "before": "Before",
    "start": "The beginning",
    "way_in": "Customers come",
    "after": "Afterwards",
}


def runsheet_markdown(document: RunsheetDocument) -> str:
    """The page; no name in it breaks out of its place."""
    return "\n".join(_lines(masked_document(document))) + "\n"


def _lines(document: RunsheetDocument) -> Iterator[str]:
    where = f"{name_of(document.client)}, {name_of(document.environment)}"
    yield f"# {where}: {inline(document.phase_name)}, minute by minute"
    yield ""
    gate = "🟢 The gate is open." if document.open else "🔴 The gate is closed."
    yield f"T is {inline(begins_said(document))}. {gate} {inline(document.decision)}"
    if document.cautions:
        yield ""
        yield from (f"- ⚠️ **{inline(each)}**" for each in document.cautions)
    yield "\n## When it goes wrong\n"
    yield f"- **Who is called:** {_said(document.escalation)}"
    yield f"- **The old way comes back:** {_said(document.roll_back)}"
    for role, names in document.people.items():
        yield f"- **{inline(role_words(role))}:** {inline(', '.join(names)) if names else '_nobody yet_'}"
    yield "\n## What wakes\n"
    yield from (f"- {inline(each)}" for each in document.wakes or [document.not_planned or "Not known."])
    yield from (f"- {inline(each)}" for each in document.notices)
    for part, title in PARTS.items():
        steps = [each for each in document.steps if each.part == part]
        if steps:
            yield f"\n## {title}\n"
            yield "| When | Step | Who | How one sees that it worked | The way back |\n| --- | --- | --- | --- | --- |"
            yield from (_row(each, document) for each in steps)
    yield f"\n_Made by golive at {_utc(document.made)}. Telephone numbers stand in your own list, not here._"


def _row(step: RunsheetStep, document: RunsheetDocument) -> str:
    details = "".join(f"<br>• {inline(each)}" for each in step.details)
    command = f"<br>{code(step.command)}" if step.command else ""
    cells = (
        f"**{minute_said(step.minute)}**{_clock(step, document)}",
        f"☐ **{inline(step.what)}**{details}{command}",
        inline(", ".join(step.who)),
        inline(step.check),
        inline(step.back),
    )
    return f"| {' | '.join(cells)} |"


def _clock(step: RunsheetStep, document: RunsheetDocument) -> str:
    if not step.at:
        return ""
    day, clock = clock_said(step.at, ZoneInfo(document.time_zone or "UTC"))
    return f"<br>{clock}<br>{day}"


def begins_said(document: RunsheetDocument) -> str:
    """When it begins: `Tue 1 Dec 2026, 09:00 (Europe/Dublin)`."""
    if not document.begins:
        return "the minute in which somebody enters the phase"
    there = moment(document.begins).astimezone(ZoneInfo(document.time_zone or "UTC"))
    return f"{there:%a} {there.day} {there:%b %Y, %H:%M} ({document.time_zone or 'UTC'}, UTC{there:%z})"


def runsheet_page(document: RunsheetDocument) -> str:
    """The page for a browser: everything that nobody would see in a name is written out."""
    shown: RunsheetDocument = with_texts(masked_document(document), visible)
    zone = ZoneInfo(shown.time_zone or "UTC")
    return page(
        "runsheet.html.j2",
        sheet=shown,
        begins=begins_said(shown),
        made=_utc(shown.made),
        parts=[
            (title, [_step(each, zone) for each in shown.steps if each.part == part]) for part, title in PARTS.items()
        ],
        people=[(role_words(role), ", ".join(names)) for role, names in shown.people.items()],
    )


def _step(step: RunsheetStep, zone: ZoneInfo) -> dict[str, Any]:
    day, clock = clock_said(step.at, zone) if step.at else ("", "")
    return {"step": step, "minute": minute_said(step.minute), "day": day, "clock": clock, "who": ", ".join(step.who)}


def _said(text: str) -> str:
    return inline(text) if text else "❌ _the project has not said it_"


def _utc(text: str) -> str:
    at = moment(text)
    return f"{at.day} {at:%b %Y %H:%M} UTC"
