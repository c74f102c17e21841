"""A plan as people read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from rich.markup import escape

from config.kinds import ALL_KINDS
from config.results.plan import Change, HeldOff, NotRead, PlanDocument, Waiting
from golive.left_open import show_unfinished
from golive.running import Session
from golive.screen import Screen
from golive.screens.differences import INDENT, show_differences
from golive.screens.notes import note_line
from golive.screens.remarks import Remarks
from golive.words import (
    ENDS,
    FATES,
    GENERATED,
    ORDER,
    PHASES,
    STAYS_WHILE_USED,
    STYLES,
    SYMBOLS,
    VALUES_LOST,
    Terms,
    count_of,
    plural_of,
    title_in,
    title_of,
)
from provisioners.resource import NotSent
from provisioners.system import carries_data, systems
from stacks.colliding import TAKE_OVER
from stacks.state import known

FEW = 4
"""So many keys are listed; of more, the number says enough."""


def show_plan(screen: Screen, session: Session, document: PlanDocument, *, everything: bool = False) -> None:
    """Every block that has something to say, in the order of how much it matters.

    everything: list what sleeps, is by hand or is not sent; otherwise only a first plan does, and later ones count.
    """
    show_unfinished(screen, document.unfinished, session.reached.settings, session.opened.option)
    show_notices(screen, document.notices)
    show_irreversible(screen, document.cannot_be_undone)
    show_cautions(screen, document.cautions)
    show_not_read(screen, session, document.not_read)
    show_collisions(screen, document, session.opened.option)
    show_drift(screen, session, document.drift)
    show_switched_off(screen, session, document.switched_off)
    show_changes(screen, session, document)
    show_waiting(screen, session, document, everything=everything or session.is_first)
    show_unmanaged(screen, session, document)
    show_summary(screen, document, whole=session.selection.is_everything)


def show_notices(screen: Screen, notices: list[str]) -> None:
    """Who gets mail or loses access: the first block of every plan."""
    screen.say("[head]Who gets mail or loses access[/]")
    if not notices:
        screen.say("  [quiet]Nobody.[/]")
    for line in notices:
        screen.say(f"  {escape(line)}")
    screen.say()


def show_irreversible(screen: Screen, lines: list[str]) -> None:
    """What no undo brings back, while it can still be left."""
    if not lines:
        return
    screen.say("[danger]Cannot be undone[/]")
    for line in lines:
        screen.say(f"  {escape(line)}")
    screen.say()


def show_cautions(screen: Screen, cautions: list[str]) -> None:
    """What the account cannot do, and what the files leave open: nothing that stops a run."""
    if not cautions:
        return
    screen.say("[change]Look at this first[/]")
    for line in cautions:
        screen.say(f"  {escape(line)}")
    screen.say()


def show_not_read(screen: Screen, session: Session, not_read: list[NotRead]) -> None:
    for each in not_read:
        system = escape(vendor(session, each.system))
        what = f"No {escape(each.what)} of {system} could be read" if each.what else f"{system} was not read"
        screen.say(f"[danger]{what}[/]: {escape(each.why)}")
        screen.say("  [quiet]What is shown of it is what was last known; nothing of it is sent in this run.[/]\n")


def show_collisions(screen: Screen, document: PlanDocument, option: str) -> None:
    if not document.collisions:
        return
    screen.say("[danger]In the way[/]: a live object already has the name of one that golive would make")
    for each in document.collisions:
        place = f"[place]{escape(each.where)}[/]"
        adopt = f"golive adopt {each.kind}/{each.key}{option}  " if each.do.startswith(TAKE_OVER) else ""
        screen.say(f"  {title_of(each.kind)} [head]{escape(each.name)}[/]  {adopt}{place}")
        if not adopt:
            screen.say(f"    {escape(each.do)}")
    if any(each.do.startswith(TAKE_OVER) for each in document.collisions):
        each_or_it = "each" if document.collisions[1:] else "it"
        screen.say(
            f"  [quiet]Take {each_or_it} over with the command that stands there, "
            "or give one of the two another name.[/]"
        )
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


def show_switched_off(screen: Screen, session: Session, held: list[HeldOff]) -> None:
    """What somebody has switched off by hand, until it is settled, and how that is done."""
    if not held:
        return
    option = session.opened.option
    screen.say("[head]Switched off by hand with golive[/]")
    for each in held:
        place = f"  [place]{escape(each.file)}:{each.line}[/]" if each.file else ""
        name = f"  {escape(each.name)}" if each.name and each.name != each.key else ""
        page = session.page(each.system, each.kind, each.key)
        key = f"[link={page}]{each.key}[/link]" if page else escape(each.key)
        title = title_in(vendor(session, each.system), each.kind)
        screen.say(f"  [change]{FATES[each.fate]}[/]  {title} [head]{key}[/]{name}{place}")
        screen.say(f"{INDENT}{note_line(each.since, each.by, each.why)}")
    off = [each for each in held if each.fate == "stays_off"]
    if off:
        where = "it" if len(off) == 1 else "each"
        can_say = any(getattr(ALL_KINDS[each.kind].model, "has_switch", False) for each in off)
        in_files = f" or write `active: false` under {where} in the files;" if can_say else ""
        screen.say(
            f"  [quiet]To settle {where}: `golive on {off[0].kind}/{off[0].key}{option}`;{in_files}"
            f" or `golive up --switch-on {len(off)}{option}`.[/]"
        )
    screen.say()


def show_changes(screen: Screen, session: Session, document: PlanDocument) -> None:
    declaration = session.opened.loaded.declaration
    remarks = Remarks(document, session.compiled, declaration, known(session.state), session.is_first)
    by_hand = {(each.system, each.kind, each.key): each for each in document.drift}
    changes = _not_in_the_way(document)
    for instance in dict.fromkeys(change.system for change in changes):
        screen.say(f"[head]{escape(vendor(session, instance))}[/]")
        for change in changes:
            if change.system != instance:
                continue
            style = STYLES[change.action]
            back = _puts_back(change, by_hand.get((change.system, change.kind, change.key)))
            end = f"  [{style}]{said}[/]" if (said := _end(session, change)) else ""
            screen.say(f"  [{style}]{SYMBOLS[change.action]}[/] {_named(session, change)}{back or end}")
            if not back:
                show_details(screen, session, remarks, change)
        screen.say()
    _show_renamed(screen, remarks)


def show_details(screen: Screen, session: Session, remarks: Remarks, change: Change) -> None:
    """What stands below a change: remarks on it, and each difference that these do not tell already."""
    lines, left = remarks.of(change)
    for line in lines:
        screen.say(f"{INDENT}{line.markup}")
    _show_diff(screen, session, replace(change, diff=left))


def _not_in_the_way(document: PlanDocument) -> list[Change]:
    """The changes without what cannot be made because something is in the way, which has a block of its own."""
    taken = {(each.system, each.kind, each.key) for each in document.collisions}
    return [
        each for each in document.changes if each.action != "create" or (each.system, each.kind, each.key) not in taken
    ]


def _show_renamed(screen: Screen, remarks: Remarks) -> None:
    renamed = list(remarks.renamed())
    for old, new in renamed:
        screen.say(
            f"[change]Looks like a renamed key[/]: write  [head]was: {escape(old.key)}[/]  under {escape(new.key)}, "
            f"and nothing is made anew  [place]{escape(new.where)}[/]"
        )
    if renamed:
        screen.say()


def _end(session: Session, change: Change) -> str:
    """What is said behind an object that does not simply stay, or nothing."""
    if change.kind in STAYS_WHILE_USED and change.action == "delete":
        return STAYS_WHILE_USED[change.kind]
    end = ENDS.get(change.action, "")
    if change.action != "replace":
        return end
    main = [
        each for each in session.compiled.resources if each.named.object == (change.system, change.kind, change.key)
    ]
    lost = any(carries_data(each, session.reached.settings) for each in main if not each.part)
    return f"{end}{VALUES_LOST}" if lost else end


def _puts_back(change: Change, by_hand: Change | None) -> str:
    """What is said of a change that only undoes what was changed by hand, and was shown there."""
    if by_hand is None:
        return ""
    if by_hand.action == "delete":
        return "  [quiet]made again[/]" if change.action == "create" else ""
    undone = [(each.path, each.new, each.old) for each in by_hand.diff]
    return "  [quiet]put back[/]" if undone == [(each.path, each.old, each.new) for each in change.diff] else ""


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
    if change.key == ORDER:
        return f"order of the {plural_of(change.kind)}"
    name = change.name or GENERATED.get(change.key, change.key)
    return f"the category “{name}”, which holds the triggers of the {plural_of(change.kind)}"


def _show_diff(screen: Screen, session: Session, change: Change) -> None:
    show_differences(screen, change.kind, change.diff, session.priorities, session.compiled.called, change.key)


def show_waiting(screen: Screen, session: Session, document: PlanDocument, *, everything: bool) -> None:
    """What sleeps, what a person does, and what is not sent, with the reasons; what is held is always said."""
    terms = Terms(called=session.compiled.called)
    if not everything:
        _show_grouped(screen, terms, "Not sent", [each for each in document.not_sent if each.held])
        counts = {
            "asleep": len(document.asleep),
            "by hand": len(document.by_hand),
            "not sent": sum(not each.held for each in document.not_sent),
        }
        said = " · ".join(f"{name} {count}" for name, count in counts.items() if count)
        if said:
            screen.say(f"[quiet]Waiting: {said}. All of it:  golive plan --all{session.opened.option}[/]\n")
        return
    by_phase: dict[str, list[Waiting]] = defaultdict(list)
    for each in document.asleep:
        by_phase[each.why].append(each)
    for reason, items in by_phase.items():
        until = PHASES.get(reason)
        head = f"Asleep until {until}" if until and reason != "over" else f"Asleep: {until or reason}"
        screen.say(f"[head]{escape(head)}[/]: {escape(_counted(items, terms))}")
    if by_phase:
        screen.say(
            "  [quiet]This version cannot begin the next phase yet: declare without `phase:` and `not_before:` what[/]"
        )
        screen.say("  [quiet]shall work at once.[/]\n")
    _show_grouped(screen, terms, "By hand", document.by_hand)
    _show_grouped(screen, terms, "Not sent", document.not_sent)


def _show_grouped(screen: Screen, terms: Terms, title: str, items: list[Waiting]) -> None:
    """A block of objects, those of one kind and one reason on one line."""
    if not items:
        return
    screen.say(f"[head]{title}[/]")
    grouped: dict[tuple[str, str], list[Waiting]] = defaultdict(list)
    for each in items:
        grouped[each.kind, each.why].append(each)
    for (kind, reason), same in grouped.items():
        held = "  [quiet](it stays as it is)[/]" if all(each.held for each in same) else ""
        screen.say(f"  {_which(kind, same, terms)}: {escape(reason)}{held}{_place_of(same)}")
    screen.say()


def _which(kind: str, same: list[Waiting], terms: Terms) -> str:
    """`trigger [received]`, or how many of a kind with their keys."""
    keys = ", ".join(f"[head]{escape(_known_as(each, terms))}[/]" for each in same)
    if len(same) == 1:
        return title_of(kind) if same[0].key == kind else f"{title_of(kind)} {keys}"
    return f"{count_of(len(same), kind)} ({keys})"


def _place_of(same: list[Waiting]) -> str:
    return f"  [place]{same[0].file}:{same[0].line}[/]" if len(same) == 1 else ""


def _known_as(item: Waiting, terms: Terms) -> str:
    """People by their names, everything else by the key under which it is found in the files."""
    return terms.name(item.kind, item.key) if item.kind == "people" else item.key


def _counted(items: list[Waiting], terms: Terms) -> str:
    """How many of each kind, with their keys where these are few."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for item in items:
        by_kind[item.kind].append(_known_as(item, terms))
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


def show_summary(screen: Screen, document: PlanDocument, *, whole: bool) -> None:
    """The last lines; of what could not be read nothing is said, nor of what the run is not about.

    whole: the run is about everything that is declared.
    """
    summary = document.summary
    released = sum(change.action == "release" for change in document.changes)
    in_the_way = len(document.changes) - len(_not_in_the_way(document))
    pieces = [
        f"{summary.create - in_the_way} to make",
        *([f"{in_the_way} in the way of what is there"] if in_the_way else []),
        f"{summary.update} to change",
        *([f"{summary.replace} to make anew"] if summary.replace else []),
        f"{summary.delete} to remove",
        *([f"{released} to let go"] if released else []),
        f"{summary.same} stay as they are" if whole else "the rest was not looked at",
    ]
    if not document.changes and document.not_read:
        screen.say("In what could be read there is nothing to do.")
    elif not document.changes:
        said = f" All {summary.same} objects are as the files say." if summary.same else ""
        if not whole:
            said = " That is said of this part alone; the rest was not looked at."
        screen.say(f"[good]Nothing to do.[/]{said}")
    else:
        screen.say(f"[head]{', '.join(pieces)}.[/]")
    calls = ", ".join(f"{system} {count}" for system, count in document.calls.items())
    screen.say(f"[quiet]Calls made for this: {calls or 'none'}.{_expected(document)}[/]")


def _expected(document: PlanDocument) -> str:
    """What carrying it out takes, and for how long a system's limit draws it out."""
    pieces = []
    for system, each in document.expected.items():
        minutes = f"{each.minutes} minute{'s' if each.minutes > 1 else ''}"
        lasts = f" ({minutes} or more: it takes {each.per_minute} a minute)" if each.minutes else ""
        pieces.append(f"{system} {each.calls}{lasts}")
    return f" To carry it out, about: {', '.join(pieces)}." if pieces else ""


def vendor(session: Session, instance: str) -> str:
    """The product behind an instance, as people say it."""
    settings = session.reached.settings.get(instance)
    return systems()[settings.type].title if settings else instance


def show_missing(screen: Screen, missing: Sequence[NotSent]) -> None:
    """What is declared as existing and is not there, which a person has to settle."""
    if missing:
        screen.say("\n[danger]Not there[/], although these files count on it; what needs it waits:")
    for each in missing:
        source = each.source
        place = f"[place]{escape(source.file)}:{source.line}[/]"
        screen.say(f"  {title_of(source.kind)} [head]{escape(source.key)}[/]: {escape(each.reason)}  {place}")
