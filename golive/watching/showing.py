"""A watch on the screen, and as a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.markup import escape

from config.results.watch import WatchAction, WatchDocument, WatchGap, WatchNumber
from golive.terminal.screen import Screen
from golive.watching.course import Course
from golive.watching.notes import Notes
from golive.watching.numbers import Threshold
from golive.watching.running import said
from golive.watching.setup import Setup
from golive.watching.silence import Alive


def document_of(
    environment: str,
    action: WatchAction,
    alive: Alive,
    notes: Notes | None,
    *,
    file: str = "",
    thresholds: Sequence[Threshold] = (),
    values: Mapping[str, str] | None = None,
    open_tickets: int | None = None,
    calls: Mapping[str, int] | None = None,
) -> WatchDocument:
    """What a watch has come to."""
    course = alive.course
    if course is None or notes is None:
        return WatchDocument(environment=environment, action=action)
    counts = notes.counts
    return WatchDocument(
        environment=environment,
        action=action,
        began=course.began,
        until=course.until,
        last_look=course.last if course.looks else "",
        ended=course.ended,
        running=alive.is_due,
        silent=alive.silent,
        looks=course.looks,
        longest_gap_seconds=course.longest,
        gaps=[WatchGap(each.start, each.end) for each in course.gaps],
        warnings=counts["warning"],
        breaches=counts["breach"],
        posts=counts["post"],
        mails=counts["mail"],
        written_down=counts["kept"],
        unsure=counts["unsure"],
        open_tickets=open_tickets,
        numbers=[
            WatchNumber(each.key, each.number.name, (values or {}).get(each.key, ""), notes.bands.get(each.key))
            for each in thresholds
        ],
        file=file,
        calls=dict(calls or {}),
    )


def show_beginning(screen: Screen, setup: Setup, course: Course) -> None:
    """From when to when, what for, and who is told."""
    watched = [each for each in setup.policies.values() if each.told]
    until = f"until {course.until[:16].replace('T', ' ')} UTC"
    if course.looks:
        screen.say(f"Goes on with the watch that began on {course.began[:16].replace('T', ' ')} UTC, {until}.")
    else:
        screen.say(f"Watches {until}, every {course.every}.")
    screen.say(f"  {len(watched)} of {len(setup.policies)} SLA policies tell somebody: {escape(_who(setup))}.")
    if not setup.thresholds:
        screen.say("  [quiet]No item of the checklist has a number that a watch can count.[/]")
    else:
        names = ", ".join(dict.fromkeys(each.number.called for each in setup.thresholds))
        to = f" {escape(setup.post)} hears when one changes." if setup.post else ""
        screen.say(f"  Numbers: {escape(names)}.{to}")
    if setup.writes_down and any(each.startswith("people/") for each in setup.told):
        screen.say("  [change]This is the sandbox: nobody is mailed; what would be mailed is written down.[/]")
    screen.say()


def _who(setup: Setup) -> str:
    return ", ".join(dict.fromkeys(each for policy in setup.policies.values() for each in policy.told)) or "nobody"


def show_end(screen: Screen, course: Course, notes: Notes, file: str, log: str, option: str) -> None:
    """What it has come to."""
    head = {
        "over": "[good]The watch is over.[/]", "stopped": "[change]Stopped.[/]", "ended": "[change]Ended.[/]",
        "left": "[change]Over, without its last looks.[/]", "": "",
    }[course.ended]  # fmt: skip
    screen.say(f"{head} {escape(said(course, notes))}.".strip())
    if notes.counts["unsure"]:
        screen.say(f"[change]Of {notes.counts['unsure']} messages nobody knows whether they arrived.[/]")
    if notes.counts["refused"]:
        screen.say(f"[danger]{notes.counts['refused']} messages were refused.[/] Why stands in {escape(file)}l.")
    if course.ended == "stopped":
        screen.say(f"[quiet]It goes on with the next  golive watch{escape(option)}   or ends with  --end[/]")
    if course.ended:
        screen.say(f"[quiet]It stands in {escape(log)}; commit it with checklists/evidence/.[/]")


def show_alive(screen: Screen, alive: Alive, option: str, *, told: bool) -> None:
    """Whether a watch that should be running is."""
    course = alive.course
    if course is None or not alive.is_due:
        screen.say("No watch is under way.")
    elif alive.silent:
        screen.say(f"[danger]Nobody has looked since {course.last[:16].replace('T', ' ')} UTC[/], and somebody should "
                   f"until {course.until[:16].replace('T', ' ')} UTC.")  # fmt: skip
        screen.say("  The channel was told just now." if told else "  The channel was told before, or there is none.")
        screen.say(f"  Go on:  golive watch{escape(option)}   or end it:  golive watch --end{escape(option)}")
    else:
        screen.say(f"[good]It is alive:[/] the last look was at {course.last[:16].replace('T', ' ')} UTC.")
