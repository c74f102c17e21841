"""`golive watch`: look at the clocks of promises all the time, and tell people before one is broken."""

from __future__ import annotations

from datetime import timedelta

import click

from checklists.moments import moment
from config.duration import minutes
from golive import clock
from golive.gates.opened import OpenedGates, open_gates
from golive.runs.engine import engine_ready
from golive.screens.ending import leave, stopping
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.options import environment_option, json_option, practising_option, screen_of
from golive.terminal.screen import Screen
from golive.watching.course import Courses
from golive.watching.heartbeat import heartbeat_address
from golive.watching.looking import Watcher
from golive.watching.memory import load_memory
from golive.watching.notes import Notes
from golive.watching.opening import (
    Sources,
    alone,
    posts_of,
    reach_systems,
    remembered,
    say_beside,
    settled_settings,
)
from golive.watching.running import Run, Scratch, begin, close_last
from golive.watching.setup import setup_of
from golive.watching.showing import document_of, show_alive, show_beginning, show_end
from golive.watching.silence import Alive, alive
from golive.watching.telling import Teller
from golive.watching.texts import silence_text
from golive.workspace.embedded import ensure_sandbox
from golive.workspace.heading import heading
from stacks.interruption import Interruption


def _duration(ctx: click.Context, parameter: click.Parameter, value: str) -> str:
    try:
        minutes(value)
    except ValueError:
        raise click.BadParameter(f"{value} is no duration: say 30m, 48h or 2d.") from None
    return value


@click.command("watch")
@environment_option
@json_option
@click.option("--for", "asked", default="48h", show_default=True, metavar="TIME", callback=_duration,
              help="How long a new watch lasts.")  # fmt: skip
@click.option("--every", default="1m", show_default=True, metavar="TIME", callback=_duration,
              help="How often it looks; sooner where something comes due.")  # fmt: skip
@click.option("--once", is_flag=True, help="Look once and leave: for a schedule such as cron.")
@click.option("--post", default=None, metavar="KEY", help="The Slack channel that hears of numbers; else the first one "
              "that is warned.")  # fmt: skip
@click.option("--heartbeat", default=None, metavar="URL", help="An address that is called after each look and raises "
              "the alarm once it is not; `env:NAME` where it is a secret.")  # fmt: skip
@click.option("--check", is_flag=True, help="Look nothing up; leave with 1 where a watch should be looking and is not.")
@click.option("--within", default="10m", show_default=True, metavar="TIME", callback=_duration,
              help="With --check: the longest time without a look.")  # fmt: skip
@click.option("--anew", is_flag=True, help="Begin another watch, and end the one that could go on.")
@click.option("--end", is_flag=True, help="End the watch that could go on, and note what it has come to.")
@practising_option
@click.pass_context
def command(
    ctx: click.Context,
    environment: str | None,
    json_wanted: bool,
    asked: str,
    every: str,
    once: bool,
    post: str | None,
    heartbeat: str | None,
    check: bool,
    within: str,
    anew: bool,
    end: bool,
    practises_as: str | None,
) -> int:
    """Read the SLA times of open tickets, and tell the channels and people that `warn:` (`how: watch`) and `breach:` of
    the SLA policies name, once for each ticket and promise. Numbers of the checklist that it can count are judged with
    each look; a channel hears when one changes to good, a warning or red.

    A watch that was cut off goes on when the command is run again, and says how long nobody looked. What was told
    stands in checklists/evidence/, and is never told twice. The helpdesk is only read.

    Example:  golive watch -e production --for 48h --heartbeat env:HEARTBEAT
    """
    if check + end + (once or anew) > 1:
        raise Fault("usage", "--check, --end and looking exclude each other.", do="Say one of them.", exits=Exit.USAGE)
    screen = screen_of(ctx, json_wanted)
    gates = open_gates(ctx, environment)
    heading(screen, gates.opened)
    if check:
        return _check(gates, screen, timedelta(minutes=minutes(within)))
    address = heartbeat_address(heartbeat)
    scratch = Scratch(gates.opened.workspace.root, gates.opened.environment_name)
    with alone(scratch.lock, gates.opened.option):
        if end:
            return _end(gates, screen, practises_as)
        return _watch(
            ctx, gates, screen, scratch, environment=environment, asked=asked, every=every, once=once, post=post,
            address=address, anew=anew, practises_as=practises_as,
        )  # fmt: skip


def _watch(
    ctx: click.Context,
    gates: OpenedGates,
    screen: Screen,
    scratch: Scratch,
    *,
    environment: str | None,
    asked: str,
    every: str,
    once: bool,
    post: str | None,
    address: str | None,
    anew: bool,
    practises_as: str | None,
) -> int:
    opened, me = gates.opened, gates.me(practises_as)
    courses = _courses(gates)
    ensure_sandbox(opened.workspace, opened.environment, screen)
    settings = settled_settings(opened, screen)
    engine_ready(screen)
    say = say_beside(screen)
    with Interruption(stopping(screen), leave) as interruption:
        state = remembered(opened, screen, interruption)
        setup = setup_of(gates, settings, state.ids, post)
        close_last(gates, me, courses, clock.now(), end=anew)
        course = begin(courses, clock.now(), asked, every, setup.post, once=once, anew=anew)
        pause = timedelta(minutes=minutes(every))
        reached = reach_systems(
            setup, settings, state.accounts, interruption, once=once, say=say, pause=pause.total_seconds()
        )
        if reached is None:
            raise Fault("cancelled", "Cancelled, before the first look.", exits=Exit.CANCELLED)
        teller = Teller(reached.posts, setup.channels, setup.people, setup.mail, setup.writes_down, say)
        sources = Sources(
            setup, settings, post, lambda: open_gates(ctx, environment),
            lambda again: remembered(again, screen, interruption), say, teller,
        )  # fmt: skip
        notes = Notes.read(courses.folder, courses.notes_path(course))
        notes.settle(clock.now())
        memory = load_memory(scratch.memory, course.began, course.looks)
        clocks = reached.clocks
        watcher = Watcher(clocks, lambda live: sources.rules(clocks, live), teller, notes, course, memory)
        if not once:
            show_beginning(screen, setup, course)
        run = Run(
            gates, me, courses, scratch, watcher, pause, address, screen,
            interruption.stopped.wait, interruption.stopped.is_set,
        )  # fmt: skip
        ended = run.go(once=once)
    file = courses.shown(watcher.course)
    if screen.json_wanted:
        state_of_it = alive(watcher.course, clock.now(), pause * 2)
        document = document_of(
            opened.environment_name, "once" if once else "watch", state_of_it, notes, file=file,
            thresholds=watcher.thresholds, values=watcher.values, open_tickets=len(watcher.memory.tickets),
            calls=reached.calls,
        )  # fmt: skip
        screen.document(document.to_json())
    show_end(screen, watcher.course, notes, file, gates.logbook.shown, opened.option)
    return int(Exit.CANCELLED if ended == "stopped" else Exit.DONE)


def _end(gates: OpenedGates, screen: Screen, practises_as: str | None) -> int:
    courses = _courses(gates)
    closed = close_last(gates, gates.me(practises_as), courses, clock.now(), end=True)
    notes = Notes.read(courses.folder, courses.notes_path(closed)) if closed else None
    file = courses.shown(closed) if closed else ""
    if screen.json_wanted:
        screen.document(document_of(gates.opened.environment_name, "end", Alive(closed), notes, file=file).to_json())
    if closed is None or notes is None:
        screen.say("No watch is under way.")
    else:
        show_end(screen, closed, notes, file, gates.logbook.shown, gates.opened.option)
    return int(Exit.DONE)


def _check(gates: OpenedGates, screen: Screen, within: timedelta) -> int:
    """Whether a watch that should be running is; where it is not, the channel hears of it, once."""
    courses = _courses(gates)
    found = alive(courses.last(), clock.now(), within)
    notes = None
    told = False
    if found.course is not None:
        notes = Notes.read(courses.folder, courses.notes_path(found.course))
        told = found.silent and _tell_silence(gates, screen, found, notes)
    if screen.json_wanted:
        file = courses.shown(found.course) if found.course else ""
        screen.document(document_of(gates.opened.environment_name, "check", found, notes, file=file).to_json())
    show_alive(screen, found, gates.opened.option, told=told)
    return int(Exit.FAILED if found.silent else Exit.DONE)


def _tell_silence(gates: OpenedGates, screen: Screen, found: Alive, notes: Notes) -> bool:
    """Post that nobody looks, unless this silence was told; whether it was told just now."""
    course, opened = found.course, gates.opened
    if course is None or not course.post or f"{found.key}>{course.post}" in notes.said:
        return False
    settings = settled_settings(opened, screen)
    engine_ready(screen)
    with Interruption(on_overdue=leave) as interruption:
        state = remembered(opened, screen, interruption)
        setup = setup_of(gates, settings, state.ids, course.post)
        posts = posts_of(setup, settings, lambda event, facts: None, interruption)
        teller = Teller(posts, setup.channels, {}, None, setup.writes_down, say_beside(screen))
        text = silence_text(opened.client, opened.environment_name, moment(course.last), moment(course.until),
                            teller.markup)  # fmt: skip
        delivered = teller.post([f"{found.key}>{course.post}"], course.post, text, notes, clock.now())
    return delivered.result == "told"


def _courses(gates: OpenedGates) -> Courses:
    return Courses(gates.opened.workspace.root, gates.opened.environment_name)
