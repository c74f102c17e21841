"""What comes up, as people read it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from rich.markup import escape

from checklists.moments import moment
from config.results.due import DueDocument, DueEntry, DueSort
from config.words import some
from golive.terminal.screen import Screen

SORTS: dict[DueSort, str] = {
    "milestone": "milestone",
    "waiver": "risk",
    "condition": "condition",
    "sign_off": "signature",
    "evidence": "evidence",
    "glass": "glass",
    "lent_role": "lent role",
    "holiday": "holidays",
    "clean_up": "clean-up",
    "freeze": "freeze",
    "credential": "key",
}


def show_due(screen: Screen, document: DueDocument, option: str) -> None:
    """What is overdue, what comes up, and what there is to know besides."""
    now = moment(document.now)
    overdue = [each for each in document.entries if each.overdue]
    ahead = [each for each in document.entries if not each.overdue]
    if overdue:
        screen.say("[danger]Overdue[/]")
        for each in overdue:
            _show(screen, each, now, document.time_zone)
        screen.say()
    if ahead:
        screen.say(f"[head]In the next {document.days} days[/]")
        for each in ahead:
            _show(screen, each, now, document.time_zone)
    else:
        screen.say(f"Nothing comes up in the next {document.days} days.")
    if document.following:
        each = document.following
        screen.say(f"\nAfter that: {escape(date_said(each, document.time_zone))}, {escape(_lower(each.what))}.")
    if not document.rollout:
        screen.say("\n[quiet]Day 30, 60 and 90 are counted from the rollout, which has not begun.[/]")
    for note in document.notes:
        screen.say(f"[quiet]{escape(note)}[/]")
    if any(not each.whole_day for each in document.entries) and document.time_zone != "UTC":
        screen.say(f"[quiet]Times are those of {escape(document.time_zone)}; days are those of UTC.[/]")
    screen.say(f"[quiet]For a calendar:  golive due --ics due.ics{option}[/]")


def _show(screen: Screen, each: DueEntry, now: datetime, zone: str) -> None:
    who = f"  [place]→ {escape(some(each.who, 4))}[/]" if each.who else ""
    style = "danger" if each.overdue else "change"
    when = f"{date_said(each, zone)}, {distance(each, now)}"
    screen.say(f"  [{style}]{escape(when)}[/]  [quiet]{SORTS[each.sort]}[/]")
    screen.say(f"      {escape(each.what)}{who}")
    if each.why:
        screen.say(f"      {escape(each.why)}")
    if each.do:
        screen.say(f"      [quiet]{escape(each.do)}[/]")


def distance(entry: DueEntry, now: datetime) -> str:
    """`today`, `tomorrow`, `in 12 days`, `5 days ago`; of what has a time of day, hours where it is near."""
    at = moment(entry.at)
    hours = (at - now).total_seconds() / 3600
    if not entry.whole_day and abs(hours) < 48:
        whole = int(abs(hours))
        if abs(hours) * 60 < 2:
            return "now"
        size = f"{whole} h" if whole else f"{int(abs(hours) * 60)} min"
        return f"in {size}" if hours >= 0 else f"{size} ago"
    days = (at.date() - now.astimezone(UTC).date()).days
    words = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return words.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")


def date_said(entry: DueEntry, zone: str) -> str:
    """`Thu 3 Dec 2026`; with the time, in the people's zone, of what has one."""
    at = moment(entry.at)
    if entry.whole_day:
        return f"{at:%a} {at.day} {at:%b %Y}"
    there = at.astimezone(ZoneInfo(zone))
    return f"{there:%a} {there.day} {there:%b %Y %H:%M}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
