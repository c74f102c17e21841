"""The plan of an undo as people read it, and what they have to know afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.markup import escape

from config.results.plan import PlanDocument, Waiting
from golive.runs.reverting import holds_alone
from golive.runs.running import Session
from golive.screens.changes import show_changes, show_drift
from golive.screens.history import VERBS
from golive.screens.plan import (
    counted,
    show_answers,
    show_cautions,
    show_collisions,
    show_irreversible,
    show_not_read,
    show_notices,
)
from golive.screens.switched_off import show_switched_off
from golive.screens.times import when
from golive.terminal.screen import Screen
from golive.wording.words import STAYS, count_of, title_of
from golive.workspace.authorship import commits_between
from provisioners.resource import ResourceName
from stacks.journal import Run
from stacks.undoing import Undoing

FEW = 6


def show_undo(screen: Screen, session: Session, document: PlanDocument, run: Run, undo: Undoing) -> None:
    """Which run is undone, and every block that has something to say."""
    commit = f", from {run.commit[:12]}{' with changes' if run.dirty else ''}" if run.commit else ""
    what = f"{VERBS.get(run.verb, run.verb)} of {when(run.at)}, by {escape(run.by)}{commit}"
    screen.say(f"Undo [head]run {run.number}[/]: {what}\n")
    show_notices(screen, document.notices)
    show_irreversible(screen, document.cannot_be_undone)
    show_cautions(screen, document.cautions)
    show_answers(screen, document.findings, document.allowed)
    show_not_read(screen, session, document.not_read)
    show_collisions(screen, document, session.opened.option)
    show_drift(screen, session, document.drift, document.by_unknown)
    show_switched_off(screen, session, document.switched_off, document.drift)
    _show_left(screen, document, run, session.opened.option)
    _show_named(screen, "Looked after again, because that run had let go of it", undo.relinked)
    _show_named(screen, "Comes back under another id, without what people had entered", undo.made_anew)
    show_changes(screen, session, document, everything=True)
    if document.changes:
        screen.say(f"[head]{', '.join(counted(document))}.[/]")


def _show_left(screen: Screen, document: PlanDocument, run: Run, option: str) -> None:
    """What does not come back, and why."""
    left = [each for each in document.not_sent if not each.key.startswith("_")]
    if not left:
        return
    screen.say("[change]Stays as it is now[/]")
    for reason in dict.fromkeys(each.why for each in left):
        screen.say(f"  {_which([each for each in left if each.why == reason])}: {escape(reason)}")
    by_hand = len({(each.kind, each.key) for each in left if each.why == STAYS["by_hand"]})
    if by_hand:
        screen.say(f"  [quiet]To put that back, too:  golive undo {run.number} --by-hand {by_hand}{option}[/]")
    screen.say()


def _which(items: Sequence[Waiting]) -> str:
    """`trigger received`, or how many of each kind with their keys."""
    pieces = []
    for kind in dict.fromkeys(each.kind for each in items):
        keys = list(dict.fromkeys(each.key for each in items if each.kind == kind))
        named = ", ".join(f"[head]{escape(key)}[/]" for key in keys[:FEW])
        more = f" and {len(keys) - FEW} more" if len(keys) > FEW else ""
        pieces.append(f"{title_of(kind)} {named}" if len(keys) == 1 else f"{count_of(len(keys), kind)} ({named}{more})")
    return ", ".join(pieces)


def _show_named(screen: Screen, title: str, names: Iterable[str]) -> None:
    """A block of objects, by their main resources."""
    found = [ResourceName.of(name) for name in names]
    items = [Waiting(each.kind, each.key, "") for each in found if not each.part and not each.is_generated]
    if items:
        screen.say(f"[head]{title}[/]")
        screen.say(f"  {_which(items)}\n")


def show_next(screen: Screen, session: Session, run: Run, before: Run | None, *, files_agree: bool) -> None:
    """What the files say of what was undone: what that means, and which commit is to be taken back.

    before: the last run before it whose commit is known. files_agree: the files say by now what is there again.
    """
    option = session.opened.option
    if run.verb in ("off", "on"):
        return
    if run.verb == "undo":
        screen.say(f"What run {run.undoes} had done is there again:  golive plan{option}")
        return
    if files_agree:
        screen.say(f"The files no longer say what run {run.number} had made of it:  golive plan{option}")
        return
    screen.say(
        f"The files still say what run {run.number} had made of it: the next plan shows that as pending, and `golive"
        f" up{option}` does it again.  golive plan{option}"
    )
    screen.say(f"To keep it undone:  {_back_in_the_files(session, run, before)}")


def _back_in_the_files(session: Session, run: Run, before: Run | None) -> str:
    """How the files come to say what is there again. A commit is named only where it holds this run's changes alone."""
    by_hand = "write into config/ what is there again; `golive plan` names every place"
    opened, revert = session.opened, f"git revert {run.commit[:12]}"
    root = opened.workspace.root
    if not session.selection.is_everything:  # the commit holds what was not undone, too
        return by_hand
    if holds_alone(root, opened.environment.values, run):
        return revert
    if not run.commit or run.dirty or before is None or before.commit == run.commit:
        return by_hand
    if not before.dirty and commits_between(root, before.commit, run.commit) == 1:
        return revert
    return f"{by_hand}.  What the files said before:  git diff {run.commit[:12]} {before.commit[:12]} -- config"
