"""How a run that writes ends, and how it is stopped."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence

from rich.markup import escape

from config.results.plan import Change
from golive.runs.running import Session
from golive.screens.changes import generated
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.report import show_fault
from golive.terminal.screen import Screen
from golive.wording.words import title_in, title_of
from provisioners.resource import ObjectName, ResourceName
from stacks.facts import RunFacts
from stacks.results import Reason


def stopping(screen: Screen) -> Callable[[], None]:
    """What is said once when somebody stops the run."""
    return lambda: screen.note("\nStopping: nothing new is sent; what is under way is finished and noted.")


def leave() -> None:
    """End at once, because a system does not answer what it was asked; golive itself never writes."""
    show_fault(Fault("cancelled", "Cancelled. Nothing was changed.", exits=Exit.CANCELLED), sys.argv[1:])
    sys.stdout.flush()
    os._exit(int(Exit.CANCELLED))


def leave_noted(option: str) -> Callable[[], None]:
    """Like `leave`, once golive itself has sent something and noted before that it would. option: ` -e NAME`."""

    def leave() -> None:
        fault = Fault(
            "cancelled",
            "Cancelled, before the answer came: it may have been done.",
            why="What was to be done is noted.",
            do=f"Run the same command again; or golive up{option}, which looks it up first.",
            exits=Exit.CANCELLED,
        )
        show_fault(fault, sys.argv[1:])
        sys.stdout.flush()
        os._exit(int(Exit.CANCELLED))

    return leave


def leave_unsure(again: str) -> Callable[[], None]:
    """End at once, because a system does not answer to records that it was sent. again: the command that does what is
    left."""

    def leave() -> None:
        fault = Fault(
            "cancelled",
            "Cancelled, before the answer came: what was under way may have been done.",
            do=f"Run it again, it does what is left:  {again}",
            exits=Exit.CANCELLED,
        )
        show_fault(fault, sys.argv[1:])
        sys.stdout.flush()
        os._exit(int(Exit.CANCELLED))

    return leave


CLEANING_SECONDS = 60.0
"""So long a trial that was stopped may take to be taken away."""


def stopping_trial(screen: Screen) -> Callable[[], None]:
    """What is said once when somebody stops a trial."""
    seconds = int(CLEANING_SECONDS)
    return lambda: screen.note(f"\nStopping: what the trial has made is taken away, which may take {seconds} seconds.")


def leave_trial() -> None:
    """End at once, because a system does not answer while a trial is taken away."""
    fault = Fault(
        "cancelled",
        "Cancelled, before all of the trial was taken away.",
        why="A system does not answer.",
        do="Look in the helpdesk for a ticket and a trigger, and in the chat for a post, with `golive-` in it, and "
        "delete them.",
        exits=Exit.CANCELLED,
    )
    show_fault(fault, sys.argv[1:])
    sys.stdout.flush()
    os._exit(int(Exit.CANCELLED))


def show_undone(
    session: Session,
    undone: Sequence[Change],
    reasons: Mapping[ObjectName, Reason],
    facts: RunFacts,
    messages: Iterable[str],
) -> None:
    """Everything that a run did not do, with the reasons, and what the vendor said besides.

    messages: errors of no single object.
    """
    if undone:
        session.screen.say()
    for change in undone:
        _show_change(session, change, reasons.get((change.system, change.kind, change.key)))
    for resource, why in facts.kept:  # because somebody else's things would have gone with it
        named = ResourceName.of(resource)
        session.screen.say(f"[change]left[/]  {title_of(named.kind)} [head]{named.key}[/]: {escape(why)}")
    for resource, text in facts.warnings:
        named = ResourceName.of(resource)
        product = session.vendor(named.instance)
        what = f"{title_in(product, named.kind)} [head]{escape(named.key)}[/]"
        session.screen.say(f"[change]{product} says[/]  {what}: {escape(text)}")
    for message in messages:
        session.screen.say(f"[danger]{escape(message)}[/]")


def _show_change(session: Session, change: Change, reason: Reason | None) -> None:
    """A change that failed or was not tried: what, where, who said no and why, and what to do."""
    screen, product = session.screen, session.vendor(change.system)
    word = "failed" if change.result == "failed" else "not tried"
    place = f"  [place]{escape(change.where)}[/]" if change.where else ""
    what = f"{title_in(product, change.kind)} [head]{change.key}[/]"
    screen.say(f"[danger]{word}[/]  {escape(generated(change)) if change.key.startswith('_') else what}{place}")
    if reason is None:
        return
    said = str(reason)
    if reason.needs:
        said = said.replace(reason.needs, session.terms.address(reason.needs))
    says = f"{product} refuses it: " if reason.code == "refused" else f"{product}: "
    screen.say(f"    {says if reason.call else ''}{escape(said)}")
    if reason.do:
        screen.say(f"    {escape(reason.do)}")
