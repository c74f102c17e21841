"""What was changed by hand and comes back into the files, as people read it."""

from __future__ import annotations

from rich.markup import escape

from config.results.plan import Difference
from config.results.pull import BothChanged, PullDocument
from golive.live.hands import Hand
from golive.runs.running import Session
from golive.screens.differences import INDENT, lines_of
from golive.terminal.screen import Screen
from golive.wording.phrases import phrase_of, plain
from golive.wording.words import title_of
from stacks.adoption.merging import Conflict


def show_pull(screen: Screen, session: Session, document: PullDocument) -> None:
    """Each object with what the files said and will say."""
    option = session.opened.option
    for each in document.pulled:
        place = f"  [place]{escape(each.file)}:{each.line}[/]" if each.file else ""
        named = f"{title_of(each.kind)} [head]{escape(each.key)}[/]  {escape(each.name)}{place}"
        screen.say(f"[change]~[/] {named if each.kind != each.key else title_of(each.kind)}")
        _show(screen, session, each.kind, each.key, each.diff)
        if each.remark:
            screen.say(f"      {'[danger]not written[/]: ' if each.refused else ''}{escape(each.remark)}")
        for both in each.conflicts:
            _show_both(screen, session, each.kind, each.key, both)
        if each.conflicts:
            again = f"golive pull {each.kind}/{each.key}{option}"
            screen.say(f"      Keep yours: {escape(again)} --prefer files   Keep theirs: {escape(again)} --prefer live")
    if document.pulled:
        screen.say()
    for address in document.deleted:
        screen.say(
            f"[change]Deleted by hand[/]: {escape(address)}. `golive up{option}` makes it again; to do without it:  "
            f"golive release {escape(address)}{option}"
        )
    for address in document.undeclared:
        screen.say(f"[quiet]Changed by hand, and not sent by these files now: {escape(address)}[/]")
    if document.deleted or document.undeclared:
        screen.say()


def show_conflict(screen: Screen, session: Session, hand: Hand, conflict: Conflict) -> None:
    """One value that changed on both sides, before it is asked which one stays."""
    item = hand.item
    screen.say(f"{title_of(item.kind)} [head]{escape(item.key)}[/]  {escape(item.name)}  [place]{item.position}[/]")
    both = BothChanged(".".join(conflict.path), conflict.base, conflict.file, conflict.live)
    _show_both(screen, session, item.kind, item.key, both)


def told_of_kept(hand: Hand) -> str:
    """What is said of values of which the files keep their side; empty where there are none."""
    if not hand.kept_values:
        return ""
    called = ", ".join(dict.fromkeys(_called(hand.item.kind, ".".join(each.path)) for each in hand.kept_values))
    return f"{called}: the files keep theirs, nothing of it was written; the next `golive up` overwrites the edit"


def _show_both(screen: Screen, session: Session, kind: str, key: str, both: BothChanged) -> None:
    screen.say(f"      [danger]changed on both sides[/]: {escape(_called(kind, both.path))}")
    for side, now in (("in the files", both.file), ("by hand", both.live)):
        screen.say(f"      [quiet]{side}:[/]")
        _show(screen, session, kind, key, [Difference(both.path, both.base, now)])


_RULES = {"when": "its conditions", "when_any": "its conditions", "then": "what it does", "order": "the order"}


def _called(kind: str, path: str) -> str:
    """What an attribute is called."""
    if kind == "sla_policies" and path.startswith("targets."):
        return ", ".join(["promise", *(plain(step) for step in path.split(".")[1:])])
    return _RULES.get(path) or phrase_of(kind, path).said


def _show(screen: Screen, session: Session, kind: str, key: str, diff: list[Difference]) -> None:
    for line in lines_of(kind, diff, session.terms, key):
        screen.say(f"{INDENT}{line.markup}")
