"""A plan as people read it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.markup import escape

from config.results.findings import AllowedEntry, FindingEntry
from config.results.plan import Change, NotRead, PlanDocument, SignatureLost
from config.words import some
from golive.runs.left_open import show_unfinished
from golive.runs.running import Session
from golive.screens.changes import not_in_the_way, show_changes, show_drift
from golive.screens.left_alone import show_left_alone
from golive.screens.live_plan import title_of_answers
from golive.screens.switched_off import show_switched_off
from golive.screens.times import when
from golive.screens.waiting import show_waiting
from golive.terminal.screen import Screen
from golive.wording.words import title_of
from golive.workspace.heading import say_where_the_client_is
from provisioners.resource import NotSent, closure
from stacks.colliding import TAKE_OVER
from stacks.state import ids


def show_plan(
    screen: Screen, session: Session, document: PlanDocument, *, everything: bool = False, links: bool = False
) -> None:
    """Every block that has something to say, in the order of how much it matters.

    everything: list what waits and what is left alone; otherwise only a first plan lists what waits. links: say where
    the objects are in the vendors' admin centres.
    """
    if session.is_first:
        say_where_the_client_is(screen, session.opened)
    show_notices(screen, document.notices)
    show_irreversible(screen, document.cannot_be_undone)
    show_unfinished(screen, document.unfinished, session.reached.settings, session.opened.option)
    show_cautions(screen, document.cautions)
    show_answers(screen, document.findings, document.allowed)
    show_signatures_lost(screen, document.signatures_lost, session.opened.option)
    show_not_read(screen, session, document.not_read, changes=document.changes)
    show_collisions(screen, document, session.opened.option)
    show_drift(screen, session, document.drift, document.by_unknown, links=links)
    show_switched_off(screen, session, document.switched_off, document.drift)
    show_changes(screen, session, document, everything=everything, links=links)
    show_waiting(screen, session, document, everything=everything or session.is_first)
    show_left_alone(screen, session, document, everything=everything, links=links)
    show_summary(screen, session, document)


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


def show_cautions(screen: Screen, cautions: Sequence[str]) -> None:
    """What the account cannot do, and what the files leave open: nothing that stops a run."""
    if not cautions:
        return
    screen.say("[change]Look at this first[/]")
    for line in cautions:
        screen.say(f"  {escape(line)}")
    screen.say()


TAKEN, MISSING = "ZD101", "ZD102"
"""Rules whose findings have a block of their own, with the command that settles them."""


def show_answers(screen: Screen, said: Sequence[FindingEntry], allowed: Sequence[AllowedEntry]) -> None:
    """What the accounts say against it: errors keep everything from being sent."""
    findings = [each for each in said if each.rule not in (TAKEN, MISSING)]
    if findings:
        screen.say(f"[change]{title_of_answers(findings)}[/]")
    for each in sorted(findings, key=lambda finding: finding.severity != "error"):
        place = f"  [place]{escape(each.file)}:{each.line}[/]" if each.file else ""
        about = f"[head]{escape(each.path)}[/]  " if each.path else ""
        style = {"error": "danger", "warning": "change"}.get(each.severity, "quiet")
        screen.say(f"  [{style}]{each.severity}[/]  {about}{escape(each.message)}{place}")
        screen.say(f"    {escape(each.hint)}  [quiet]({each.rule})[/]")
    if allowed:
        many = "1 more is" if len(allowed) == 1 else f"{len(allowed)} more are"
        screen.say(f"  [quiet]{many} allowed by `x-allow`, with a reason: see --json[/]")
    if findings or allowed:
        screen.say()


def _rule_at(document: PlanDocument, rule: str, where: str) -> str:
    """The rule's id, where it speaks of what is declared there; other systems have no such rule."""
    found = any(each.rule == rule and f"{each.file}:{each.line}" == where for each in document.findings)
    return f"  [quiet]({rule})[/]" if found else ""


def show_signatures_lost(screen: Screen, lost: list[SignatureLost], option: str) -> None:
    """What people have put their names to, and have to again, with the commands for it."""
    if not lost:
        return
    screen.say("[change]Has to be signed again[/]")
    for each in lost:
        done = "decided" if each.gate else "signed"
        screen.say(f"  {escape(each.name)}, {done} by {escape(each.by)} on {when(each.at)}")
        if each.changes:
            screen.say(f"    [quiet]changes: {escape(some(each.changes))}[/]")
    signed = list(dict.fromkeys(each.item for each in lost if each.item))
    commands = [
        *([f"sign {' '.join(signed)}"] if signed else []),
        *dict.fromkeys(f"decide {each.gate} go" for each in lost if each.gate),
    ]
    for number, command in enumerate(commands):
        screen.say(f"  [quiet]{'Afterwards:' if number == 0 else '':<11}  golive gate {command}{escape(option)}[/]")
    screen.say()


LAST_KNOWN = "What is shown of it is what was last known; nothing of it is sent in this run."


def show_not_read(
    screen: Screen,
    session: Session,
    not_read: list[NotRead],
    rest: str = LAST_KNOWN,
    changes: Sequence[Change] = (),
) -> None:
    """What could not be read, and why. rest: what that means for what is shown beside it. changes: those of a plan,
    of which is said what waits for it in other systems."""
    for each in not_read:
        system = escape(session.vendor(each.system))
        what = f"No {escape(each.what)} of {system} could be read" if each.what else f"{system} was not read"
        screen.say(f"[danger]{what}[/]: {escape(each.why)}")
        screen.say(f"  [quiet]{rest}[/]")
        waits = [] if each.what else _waiting_for(session, each.system, changes)
        if waits:
            screen.say(f"  [quiet]It has what these need, so that they wait:[/] {escape(some(waits, most=6))}")
        screen.say()


def _waiting_for(session: Session, system: str, changes: Sequence[Change]) -> list[str]:
    """What in other systems cannot be sent: it needs something there that is only looked up, or not made yet."""
    needs = {each.name: each.needs for each in session.compiled.resources}
    there = ids(session.state)
    missing = {
        each.name
        for each in session.compiled.resources
        if each.instance == system and (each.mode == "found" or each.name not in there)
    }
    waiting = {
        each.named.object
        for each in session.compiled.resources
        if each.instance != system and not missing.isdisjoint(closure(needs, each.name))
    }
    return [
        f"{title_of(each.kind)} {each.name}"
        for each in changes
        if (each.system, each.kind, each.key) in waiting and each.action in ("create", "update", "replace")
    ]


def show_collisions(screen: Screen, document: PlanDocument, option: str) -> None:
    if not document.collisions:
        return
    screen.say("[danger]In the way[/]: a live object already has the name of one that golive would make")
    for each in document.collisions:
        place = f"[place]{escape(each.where)}[/]{_rule_at(document, TAKEN, each.where)}"
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


def show_summary(screen: Screen, session: Session, document: PlanDocument) -> None:
    """The last lines; of what could not be read nothing is said, nor of what the run is not about."""
    whole = session.selection.is_everything
    if document.changes:
        same = [f"{document.summary.same} as the files say"] if whole and document.summary.same else []
        rest = [] if whole else ["the rest was not looked at"]
        screen.say(f"[head]{', '.join([*counted(document), *same, *rest])}.[/]")
    elif document.not_read:
        screen.say("In what could be read there is nothing to do.")
    else:
        screen.say(f"[good]Nothing to do[/]{_nothing(session, document)}")
    calls = ", ".join(f"{system} {count}" for system, count in document.calls.items())
    expected = _expected(document) if document.changes else ""
    screen.say(f"[quiet]Calls made for this: {calls or 'none'}.{expected}[/]")


def counted(document: PlanDocument) -> list[str]:
    """How many objects a plan makes, changes and so on, of all that is more than none."""
    summary = document.summary
    in_the_way = len(document.changes) - len(not_in_the_way(document))
    counts = {
        "to make": summary.create - in_the_way,
        "in the way of what is there": in_the_way,
        "to change": summary.update,
        "to make anew": summary.replace,
        "to remove": summary.delete,
        "to let go": sum(change.action == "release" for change in document.changes),
    }
    return [f"{many} {what}" for what, many in counts.items() if many]


def _nothing(session: Session, document: PlanDocument) -> str:
    """What is said behind “Nothing to do”: for whom, and what a person still has to do."""
    by_hand = len(document.by_hand)
    if not session.selection.is_everything:
        return "[good].[/] That is said of this part alone; the rest was not looked at."
    same = _same(document)
    if not by_hand:
        return f"[good].[/]{same}"
    things = "1 thing is" if by_hand == 1 else f"{by_hand} things are"
    return f" [good]for golive.[/]{same} {things} left to do by hand:  golive plan --all{session.opened.option}"


def _same(document: PlanDocument) -> str:
    """How many objects are as the files say; what somebody holds off is not among them."""
    held = sum(each.fate in ("stays_off", "apart") for each in document.switched_off)
    same = document.summary.same - held
    if same <= 0:
        return ""
    if not held:
        return f" All {same} objects are as the files say."
    are = "1 object is" if same == 1 else f"{same} objects are"
    return f" {are} as the files say; {held} {'is' if held == 1 else 'are'} held off (see above)."


def _expected(document: PlanDocument) -> str:
    """What carrying it out takes, and for how long a system's limit draws it out."""
    pieces = []
    for system, each in document.expected.items():
        minutes = f"{each.minutes} minute{'s' if each.minutes > 1 else ''}"
        lasts = f" ({minutes} or more: it takes {each.per_minute} a minute)" if each.minutes else ""
        left = "" if each.left_today is None else f" ({each.left_today:,} are left of the day's {each.per_day:,})"
        pieces.append(f"{system} {each.calls}{lasts}{left}")
    return f" To carry it out, about: {', '.join(pieces)}." if pieces else ""


def show_missing(screen: Screen, document: PlanDocument, missing: Sequence[NotSent]) -> None:
    """What is declared as existing and is not there, which a person has to settle."""
    if missing:
        screen.say("\n[danger]Not there[/], although these files count on it; what cannot do without it waits:")
    for each in missing:
        source = each.source
        where = f"{source.file}:{source.line}"
        place = f"[place]{escape(where)}[/]{_rule_at(document, MISSING, where)}"
        screen.say(f"  {title_of(source.kind)} [head]{escape(source.key)}[/]: {escape(each.reason)}  {place}")
