"""What changes, and what was changed by hand, object by object, as people read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rich.markup import escape

from config.results.plan import Audience, Change, PlanDocument
from golive.runs.running import Session
from golive.screens.differences import INDENT, lines_of
from golive.screens.new_rules import new_rule_lines, told_rules
from golive.screens.orders import resulting_lines
from golive.screens.remarks import Remarks
from golive.screens.texts import Line
from golive.terminal.screen import Screen
from golive.wording.words import (
    GENERATED,
    ORDER,
    REFUSED,
    STYLES,
    SYMBOLS,
    count_in,
    ending,
    listed,
    plural_of,
    title_in,
    title_of,
)
from provisioners.system import carries_data
from stacks.state import ids, known

FEW = 4
"""So many objects that nobody notices are told one by one; of more of a kind, their names are enough."""
MANY = 8
"""Of a hand edit that takes more lines, these are not said a second time where it is put back."""
HEADS: dict[Audience, str] = {
    "customers": "What customers notice",
    "agents": "What agents notice",
    "nobody": "What nobody notices",
}


@dataclass(frozen=True)
class Shown:
    """How objects are shown. links: each object's page in the vendor's admin centre stands below it."""

    screen: Screen
    session: Session
    links: bool = False
    everything: bool = False
    rules: frozenset[tuple[str, str, str]] = frozenset()
    """New rules of which it is said what they do."""

    def show(self, change: Change, sign: str, lines: Sequence[Line], end: str = "", more: Iterable[Line] = ()) -> None:
        """An object with what is said of it; one sentence stands on the object's own line. more: what stands below."""
        name, below = self._name(change), list(lines)
        if len(below) == 1 and below[0].is_sentence:
            name = below.pop().of(name)
        self.screen.say(f"  {sign} {name}{end}{self._tail(change)}")
        for line in [*below, *more]:
            self.screen.say(f"{INDENT}{line.markup}")
        if self.links and change.page:
            self.screen.say(f"{INDENT}[quiet]{escape(change.page)}[/]")

    def _name(self, change: Change) -> str:
        """What people call the object; on a terminal it links to its page in the admin centre."""
        if change.key.startswith("_"):
            return escape(generated(change))
        name = f"[head]{escape(called(self.session, change))}[/]"
        return f"[link={change.page}]{name}[/link]" if change.page else name

    def _tail(self, change: Change) -> str:
        """Kind, key and place, for whoever looks it up in the files."""
        title = title_in(self.session.vendor(change.system), change.kind)
        is_said = change.key.startswith("_") or change.key == change.kind
        tail = "" if is_said else f"  [quiet]{title} {escape(change.key)}[/]"
        return f"{tail}  [place]{escape(change.where)}[/]" if change.where else tail


def called(session: Session, change: Change) -> str:
    """What people call an object."""
    if change.kind == "slack_channels":
        name = change.name or session.terms.name(change.kind, change.key)
        return f"#{name.removeprefix('#')}"
    if change.key == change.kind:
        return title_of(change.kind)
    return change.name or session.terms.called.get((change.kind, change.key)) or change.key


def generated(change: Change) -> str:
    """What golive makes by itself, in words."""
    if change.key == ORDER:
        return f"the order of the {plural_of(change.kind)}"
    name = change.name or GENERATED.get(change.key, change.key)
    if change.kind == "articles":
        return f"the user segment “{name}”, which says who reads {plural_of(change.kind)}"
    return f"the category “{name}”, which holds the triggers of the {plural_of(change.kind)}"


def show_drift(
    screen: Screen, session: Session, drift: list[Change], unknown: dict[str, str], *, links: bool = False
) -> None:
    """What was changed by hand, by whom and when. unknown: system → why that is not said."""
    shown = Shown(screen, session, links)
    for instance in dict.fromkeys(change.system for change in drift):
        mine = [change for change in drift if change.system == instance]
        screen.say(f"[head]Changed by hand in {escape(session.vendor(instance))} since our last run[/]{_many_of(mine)}")
        for change in mine:
            word = "deleted" if change.action == "delete" else "changed"
            lines = lines_of(change.kind, change.diff, session.terms, change.key)
            shown.show(change, f"[change]{word}[/]", lines, _by(change))
        if instance in unknown and any(change.by is None for change in mine):
            screen.say(f"  [quiet]By whom: {escape(unknown[instance])}.[/]")
        screen.say()


def _many_of(drift: Sequence[Change]) -> str:
    """`: 170 objects, 6 more deleted`; nothing where they are few enough to be seen at once."""
    gone = sum(change.action == "delete" for change in drift)
    changed = len(drift) - gone
    if len(drift) <= FEW:
        return ""
    said = [f"{changed} object{'s' if changed > 1 else ''}"] if changed else []
    return f": {', '.join([*said, *([f'{gone} deleted'] if gone else [])])}"


def _by(change: Change) -> str:
    """`  by Ana Real, 9 Oct 14:05 UTC`, or nothing."""
    if not change.by or not change.at:
        return ""
    at = datetime.fromisoformat(f"{change.at[:19]}+00:00")
    return f"  [change]by {escape(change.by)}, {at.day} {at:%b %H:%M} UTC[/]"


def show_changes(
    screen: Screen, session: Session, document: PlanDocument, *, everything: bool = False, links: bool = False
) -> None:
    """What will be done, by who notices it. everything: also of many that nobody notices each one."""
    declaration = session.opened.loaded.declaration
    remarks = Remarks(
        document, session.compiled, declaration, known(session.state), session.is_first, ids(session.state)
    )
    by_hand = {(each.system, each.kind, each.key): each for each in document.drift}
    changes = not_in_the_way(document)
    rules, more = told_rules(changes, everything=everything)
    shown = Shown(screen, session, links, everything, frozenset(rules))
    for audience, head in HEADS.items():
        noticed = [each for each in changes if (each.audience or "agents") == audience]
        if not noticed:
            continue
        screen.say(f"[head]{head}[/]")
        together = {} if everything or links or audience != "nobody" else _many(session, remarks, noticed)
        said: set[str] = set()
        for change in noticed:
            group = together.get((change.system, change.kind, change.key))
            if group is None:
                _show_change(shown, remarks, change, by_hand.get((change.system, change.kind, change.key)), document)
            elif group not in said:
                said.add(group)
                screen.say(group)
        screen.say()
    if more:
        many = f"{more} more new rules write" if more > 1 else "1 more new rule writes"
        screen.say(f"[quiet]{many} to people; what each does:  golive plan --all{session.opened.option}[/]\n")
    _show_renamed(screen, remarks)


def _show_change(
    shown: Shown, remarks: Remarks, change: Change, by_hand: Change | None, document: PlanDocument
) -> None:
    style = STYLES[change.action]
    sign = f"[{style}]{SYMBOLS[change.action]}[/]"
    place = (change.system, change.kind, change.key)
    orders = [each for each in document.orders if (each.system, each.kind, each.key) == place]
    if _puts_back(change, by_hand):
        word = "made again" if change.action == "create" else "put back"
        back = [] if change.action == "create" else details(shown.session, remarks, change)
        if len(back) > MANY:
            back, word = [], "put back, all that is named above"
        shown.show(change, sign, back, f"  [quiet]{word}[/]", resulting_lines(orders))
        return
    end = f"  [{style}]{said}[/]" if (said := _end(shown.session, change)) else ""
    asleep = "  [quiet]made, and switched off[/]" if _is_made_asleep(shown.session, change) else ""
    lines = details(shown.session, remarks, change)
    if place in shown.rules:
        lines += new_rule_lines(change, shown.session.terms, everything=shown.everything)
    shown.show(change, sign, lines, f"{end}{asleep}", resulting_lines(orders))


def _many(session: Session, remarks: Remarks, changes: Iterable[Change]) -> dict[tuple[str, str, str], str]:
    """Objects that are only made, with nothing more to say → one line for all of a kind, where they are many."""
    groups: dict[tuple[str, str, bool], list[Change]] = {}
    for change in changes:
        if change.action == "create" and not change.key.startswith("_") and not details(session, remarks, change):
            place = (change.system, change.kind, _is_made_asleep(session, change))
            groups.setdefault(place, []).append(change)
    found = {}
    for (system, kind, asleep), group in groups.items():
        if len(group) <= FEW:
            continue
        names = listed(called(session, each) for each in group)
        what = f"{count_in(session.vendor(system), len(group), kind)}{', made and switched off' if asleep else ''}"
        for each in group:
            found[each.system, each.kind, each.key] = f"  [add]+[/] {what}: {escape(names)}"
    return found


def details(session: Session, remarks: Remarks, change: Change) -> list[Line]:
    """What is said of a change: remarks on it, and each difference that these do not tell already."""
    lines, left = remarks.of(change)
    return [*lines, *lines_of(change.kind, left, session.terms, change.key)]


def show_details(screen: Screen, session: Session, remarks: Remarks, change: Change) -> None:
    """What stands below a change."""
    for line in details(session, remarks, change):
        screen.say(f"{INDENT}{line.markup}")


def not_in_the_way(document: PlanDocument) -> list[Change]:
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
    end = ending(change.kind, change.action)
    if change.action != "replace":
        return end
    main = [
        each for each in session.compiled.resources if each.named.object == (change.system, change.kind, change.key)
    ]
    lost = any(carries_data(each, session.reached.settings) for each in main if not each.part)
    return REFUSED if lost else end


def _is_made_asleep(session: Session, change: Change) -> bool:
    asleep = ((each.source.kind, each.source.key) for each in session.compiled.asleep)
    return change.action == "create" and (change.kind, change.key) in asleep


def _puts_back(change: Change, by_hand: Change | None) -> bool:
    """Whether a change only undoes what was changed by hand, and was shown there."""
    if by_hand is None:
        return False
    if by_hand.action == "delete":
        return change.action == "create"
    undone = [replace(each, old=each.new, new=each.old) for each in by_hand.diff]
    return undone == change.diff
