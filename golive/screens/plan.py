"""A plan as people read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from rich.markup import escape

from config.results.plan import Change, PlanDocument
from golive.notices import Notices
from golive.running import Session
from golive.screen import Screen
from golive.screens.differences import show_differences
from golive.words import ENDS, PHASES, STYLES, SYMBOLS, count_of, plural_of, title_in, title_of
from provisioners.resource import Compiled, NotSent
from provisioners.system import systems

FEW = 4
"""So many keys are listed; of more, the number says enough."""


def show_plan(screen: Screen, session: Session, document: PlanDocument, notices: Notices) -> None:
    """Every block that has something to say, in the order of how much it matters."""
    show_notices(screen, notices)
    show_not_read(screen, session, notices.not_read)
    show_collisions(screen, document)
    show_drift(screen, session, document.drift)
    show_changes(screen, session, document.changes)
    show_rest(screen, session.compiled)
    show_unmanaged(screen, session, document)
    show_summary(screen, document, all_read=not notices.not_read)


def show_notices(screen: Screen, notices: Notices) -> None:
    """Who gets mail or loses access: the first block of every plan."""
    screen.say("[head]Who gets mail or loses access[/]")
    if not notices.lines:
        screen.say("  [quiet]Nobody.[/]")
    for line in notices.lines:
        screen.say(f"  {escape(line)}")
    screen.say()


def show_not_read(screen: Screen, session: Session, not_read: Mapping[str, str]) -> None:
    for instance, why in not_read.items():
        screen.say(f"[danger]{escape(vendor(session, instance))} was not read[/]: {escape(why)}")
        screen.say("  [quiet]What is shown of it is what was last known; nothing is sent there in this run.[/]\n")


def show_collisions(screen: Screen, document: PlanDocument) -> None:
    if not document.collisions:
        return
    screen.say("[danger]In the way[/]: a live object already has the name of one that golive would make")
    for each in document.collisions:
        screen.say(f"  {title_of(each.kind)} [head]{escape(each.name)}[/]  [place]{escape(each.where)}[/]")
        screen.say(f"    [quiet]{escape(each.do)}[/]")
    screen.say()


def show_drift(screen: Screen, session: Session, drift: list[Change]) -> None:
    for instance in dict.fromkeys(change.system for change in drift):
        mine = [change for change in drift if change.system == instance]
        screen.say(f"[head]Changed by hand in {escape(vendor(session, instance))} since our last run[/]")
        for change in mine:
            symbol = "deleted" if change.action == "delete" else "changed"
            screen.say(f"  [change]{symbol}[/] {_named(session, change)}")
            _show_diff(screen, session, change)
        screen.say()


def show_changes(screen: Screen, session: Session, changes: list[Change]) -> None:
    for instance in dict.fromkeys(change.system for change in changes):
        screen.say(f"[head]{escape(vendor(session, instance))}[/]")
        for change in changes:
            if change.system != instance:
                continue
            style = STYLES[change.action]
            end = f"  [{style}]{ENDS[change.action]}[/]" if change.action in ENDS else ""
            screen.say(f"  [{style}]{SYMBOLS[change.action]}[/] {_named(session, change)}{end}")
            if change.action in ("update", "replace"):
                _show_diff(screen, session, change)
        screen.say()


def _named(session: Session, change: Change) -> str:
    """Kind, key, name and place; on a terminal the key links to the object's page in the admin centre."""
    place = f"  [place]{escape(change.where)}[/]" if change.where else ""
    if change.key.startswith("_"):
        return f"{escape(generated(change))}{place}"
    name = f"  {escape(change.name)}" if change.name and change.name != change.key else ""
    page = session.page(change.system, change.kind, change.key)
    key = f"[link={page}]{change.key}[/link]" if page else escape(change.key)
    asleep = ""
    if change.action == "create" and any(
        (each.source.kind, each.source.key) == (change.kind, change.key) for each in session.compiled.asleep
    ):
        asleep = "  [quiet]made, and switched off[/]"
    title = title_in(vendor(session, change.system), change.kind)
    return f"{title} [head]{key}[/]{name}{asleep}{place}"


def generated(change: Change) -> str:
    """What golive makes by itself, in words."""
    if change.key == "_order":
        return f"order of the {plural_of(change.kind)}"
    return f"for the {plural_of(change.kind)}: {change.name or change.key.strip('_')}"


def _show_diff(screen: Screen, session: Session, change: Change) -> None:
    show_differences(screen, change.kind, change.diff, session.priorities)


def show_rest(screen: Screen, compiled: Compiled) -> None:
    """What sleeps, what a person does, and what is not sent, with the reasons."""
    by_phase: dict[str, list[NotSent]] = defaultdict(list)
    for each in compiled.asleep:
        by_phase[each.reason].append(each)
    for reason, items in by_phase.items():
        until = PHASES.get(reason)
        head = f"Asleep until {until}" if until and reason != "over" else f"Asleep: {until or reason}"
        screen.say(f"[head]{escape(head)}[/]: {escape(_counted(items))}")
    for title, items in (("By hand", compiled.by_hand), ("Not sent", compiled.not_sent)):
        if items:
            screen.say(f"[head]{title}[/]")
        grouped: dict[tuple[str, str], list[NotSent]] = defaultdict(list)
        for each in items:
            grouped[each.source.kind, each.reason].append(each)
        for (kind, reason), same in grouped.items():
            screen.say(f"  {_which(kind, same)}: {escape(reason)}{_place_of(same)}")
    if by_phase or compiled.by_hand or compiled.not_sent:
        screen.say()


def _which(kind: str, same: list[NotSent]) -> str:
    """`trigger [received]`, or how many of a kind with their keys."""
    keys = ", ".join(f"[head]{each.source.key}[/]" for each in same)
    if len(same) == 1:
        return title_of(kind) if same[0].source.key == kind else f"{title_of(kind)} {keys}"
    return f"{count_of(len(same), kind)} ({keys})"


def _place_of(same: list[NotSent]) -> str:
    return f"  [place]{same[0].source.file}:{same[0].source.line}[/]" if len(same) == 1 else ""


def _counted(items: list[NotSent]) -> str:
    """How many of each kind, with their keys where these are few."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for item in items:
        by_kind[item.source.kind].append(item.source.key)
    pieces = []
    for kind, keys in by_kind.items():
        named = f" ({', '.join(keys)})" if len(keys) <= FEW else ""
        pieces.append(count_of(len(keys), kind) + named)
    return ", ".join(pieces)


def show_unmanaged(screen: Screen, session: Session, document: PlanDocument) -> None:
    if not document.unmanaged:
        return
    counts = ", ".join(count_of(number, kind) for kind, number in document.unmanaged.items())
    where = ", ".join(dict.fromkeys(vendor(session, instance) for instance in document.calls))
    screen.say(f"[quiet]In {escape(where)}, not in these files; left alone: {escape(counts)}[/]\n")


def show_summary(screen: Screen, document: PlanDocument, *, all_read: bool) -> None:
    """The last lines. all_read: whether every system could be read; otherwise nothing is said of what was not."""
    summary = document.summary
    released = sum(change.action == "release" for change in document.changes)
    pieces = [
        f"{summary.create} to make",
        f"{summary.update} to change",
        *([f"{summary.replace} to make anew"] if summary.replace else []),
        f"{summary.delete} to remove",
        *([f"{released} to let go"] if released else []),
        f"{summary.same} stay as they are",
    ]
    if not document.changes and not all_read:
        screen.say("In what could be read there is nothing to do.")
    elif not document.changes:
        said = f" All {summary.same} objects are as the files say." if summary.same else ""
        screen.say(f"[good]Nothing to do.[/]{said}")
    else:
        screen.say(f"[head]{', '.join(pieces)}.[/]")
    calls = ", ".join(f"{system} {count}" for system, count in document.calls.items())
    screen.say(f"[quiet]Calls made for this: {calls or 'none'}.[/]")


def vendor(session: Session, instance: str) -> str:
    """The product behind an instance, as people say it."""
    settings = session.reached.settings.get(instance)
    return systems()[settings.type].title if settings else instance
