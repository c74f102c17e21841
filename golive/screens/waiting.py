"""What a run does not touch: what sleeps, what a person does, and what is not sent, with the reasons."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from rich.markup import escape

from config.kinds import ALL_KINDS
from config.phases import FULL_CRM
from config.results.plan import PlanDocument, Waiting
from golive.runs.running import Session
from golive.terminal.screen import Screen
from golive.wording.sleep import PHASES
from golive.wording.words import Terms, count_of, listed, title_of
from stacks.taken_over import NOT_IN_FILES

FEW = 4
"""So many names are listed; of more, the number says enough."""
_KEY = re.compile(r"the ([A-Za-z ]+) `([^`]+)`")


def show_waiting(screen: Screen, session: Session, document: PlanDocument, *, everything: bool) -> None:
    """All of it, or how much it is; what is held is always said."""
    arriving = [each for each in document.not_sent if each.why == NOT_IN_FILES]
    _show_arriving(screen, session, arriving)
    document = replace(document, not_sent=[each for each in document.not_sent if each not in arriving])
    _show_in_force(screen, session.terms, [each for each in document.asleep if each.held])
    document = replace(document, asleep=[each for each in document.asleep if not each.held])
    if not everything:
        _show_grouped(screen, session.terms, "Not sent", [each for each in document.not_sent if each.held])
        counts = {
            "asleep": len(document.asleep),
            "by hand": len(document.by_hand),
            "not sent": sum(not each.held for each in document.not_sent),
            "not sent in part": len(document.not_sent_parts),
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
        screen.say(f"[head]{escape(head)}[/]: {escape(_counted(items, session.terms))}")
    option = session.opened.option
    if set(by_phase) - {FULL_CRM}:
        screen.say(f"  [quiet]Each wakes with its phase, through a gate:  golive gate status{option}[/]")
        screen.say("  [quiet]What shall work at once is declared with  phase: build .[/]")
    if FULL_CRM in by_phase:
        screen.say(
            "  [quiet]What waits for the CRM wakes when `completeness: too_empty:` names no field of it any more:  "
            f"golive context check{option}[/]"
        )
    if by_phase:
        screen.say()
    _show_grouped(screen, session.terms, "By hand", document.by_hand)
    _show_grouped(screen, session.terms, "Not sent", document.not_sent)
    _show_grouped(screen, session.terms, "Not sent in part; the rest is", document.not_sent_parts)


def _show_in_force(screen: Screen, terms: Terms, items: list[Waiting]) -> None:
    """What sleeps by the files and is there all the same, since its kind has no switch."""
    if not items:
        return
    screen.say(f"[head]Asleep by these files, and there already[/]: {escape(_counted(items, terms))}")
    screen.say(
        "  [change]Without a switch, what is there stays in force as it is[/]: what these files say of it now is not "
        "sent, and what somebody changes there by hand stays."
    )
    screen.say("  [quiet]To end it there, take it out of the files with  on_remove: delete .[/]\n")


def _show_arriving(screen: Screen, session: Session, items: list[Waiting]) -> None:
    """What golive looks after already, while the files that have it are still on somebody's machine."""
    if not items:
        return
    each = [f"{item.kind}/{item.key}" for item in items]
    which = " ".join(each if len(each) <= FEW else dict.fromkeys(item.kind for item in items))
    screen.say(f"[head]Taken over, and not in these files[/]: {escape(_counted(items, session.terms))}")
    option = session.opened.option
    screen.say("  Left as they are. Merge the files that `golive adopt` wrote, or write them once more:")
    screen.say(f"  golive adopt {which}{option}   Let go of it:  golive release KIND/KEY{option}")
    screen.say("  [quiet]Did you take it out yourself? Put it back, run `golive up` once, and take it out again.[/]\n")


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
        screen.say(f"  {_which(kind, same, terms)}: {escape(_named(reason, terms))}{held}{_place_of(same)}")
    screen.say()


def _which(kind: str, same: list[Waiting], terms: Terms) -> str:
    """`trigger received`, or how many of a kind with their names."""
    keys = ", ".join(f"[head]{escape(_known_as(each, terms))}[/]" for each in same)
    if len(same) == 1:
        return title_of(kind) if same[0].key == kind else f"{title_of(kind)} {keys}"
    return f"{count_of(len(same), kind)} ({keys})"


def _named(reason: str, terms: Terms) -> str:
    """A reason with the name of what is missing in place of its key."""

    def name(found: re.Match[str]) -> str:
        kind = next((word for word, each in ALL_KINDS.items() if each.title == found[1]), "")
        called = terms.called.get((kind, found[2]))
        return f"the {found[1]} {called}" if called else found[0]

    return _KEY.sub(name, reason)


def _place_of(same: list[Waiting]) -> str:
    return f"  [place]{same[0].file}:{same[0].line}[/]" if len(same) == 1 and same[0].file else ""


def _known_as(item: Waiting, terms: Terms) -> str:
    """What people call it; what has no name of its own by the key under which it is found in the files."""
    return terms.called.get((item.kind, item.key)) or item.key


def _counted(items: list[Waiting], terms: Terms) -> str:
    """How many of each kind, with their names where these are few."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for item in items:
        by_kind[item.kind].append(terms.name(item.kind, item.key))
    pieces = []
    for kind, names in by_kind.items():
        named = f" ({listed(names)})" if len(names) <= FEW else ""
        means = ", who are not invited yet" if kind == "people" else ""
        pieces.append(count_of(len(names), kind) + named + means)
    return ", ".join(pieces)
