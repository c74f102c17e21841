"""Runs as people read them."""

from __future__ import annotations

from collections.abc import Mapping

from rich.markup import escape

from config.results.history import HistoryChange, HistoryRun
from golive.screens.differences import INDENT, lines_of
from golive.screens.times import when
from golive.terminal.screen import Screen
from golive.wording.words import GENERATED, ORDER, Terms, plural_of, title_in

FEW = 8
"""So many objects of one sort of change are named."""

VERBS = {
    "up": "up",
    "destroy": "destroy",
    "undo": "undo",
    "off": "off",
    "on": "on",
    "adopt": "adopt",
    "pull": "pull",
    "release": "release",
    "resume": "looked up what an earlier run had left open",
    "restore": "state restore",
    "accept": "state accept",
}
RESULTS = {
    "done": "done",
    "partly": "[danger]done in part[/]",
    "failed": "[danger]failed[/]",
    "cancelled": "[danger]stopped by hand[/]",
    "open": "[danger]ended in the middle[/]",
    "unknown": "[danger]the answer did not come[/]",
}
ACTIONS = {
    "create": "made",
    "update": "changed",
    "replace": "made anew",
    "delete": "deleted",
    "switch_off": "switched off",
    "release": "let go",
    "adopt": "taken over",
    "pull": "taken into the files",
    "noted": "noted",
}


def show_run(screen: Screen, run: HistoryRun, at_work: bool) -> None:
    """Its head: number, time, verb and what became of it; then by whom and from which commit."""
    result = "[change]at work[/]" if at_work else RESULTS.get(run.result, run.result)
    undone = f" of run {run.undoes}" if run.undoes else ""
    screen.say(f"[head]run {run.number}[/]  {when(run.at)}  [head]{VERBS.get(run.verb, run.verb)}{undone}[/]  {result}")
    dirty = ", with changes that were not committed" if run.dirty else ""
    commit = f", from {run.commit[:12]}{dirty}" if run.commit else ""
    screen.say(f"    [quiet]by {escape(run.by)} on {escape(run.host)}{commit}[/]")
    if run.about:
        screen.say(f"    {escape(run.about)}")


def show_touched(screen: Screen, run: HistoryRun, products: Mapping[str, str]) -> None:
    """What it did, a line for each sort of change, what failed by itself. products: system → what people call it."""
    groups: dict[str, list[HistoryChange]] = {}
    for each in run.changes:
        word = _word(run, each)
        groups.setdefault(word, []).append(each)
    for word, items in groups.items():
        named = ", ".join(_named(each, products) for each in items[:FEW])
        unnamed = len(items[FEW:]) + (run.more if len(groups) == 1 else 0)
        more = f" and {unnamed} more" if unnamed else ""
        style = "danger" if word == "failed" else "change"
        screen.say(f"    [{style}]{word}[/]  {escape(named)}{more}")
    if run.more and len(groups) != 1:
        screen.say(f"    {run.more} {'more ' if run.changes else ''}object{'s' if run.more != 1 else ''}")
    if not (run.changes or run.more) and run.verb in ("up", "undo", "destroy", "advance", "retreat"):
        screen.say("    [quiet]nothing in the systems[/]")


def show_differences_of(screen: Screen, run: HistoryRun, products: Mapping[str, str], terms: Terms) -> None:
    """What it did to the objects that were asked for, old and new, as far as that is known."""
    for each in run.changes:
        word = _word(run, each)
        screen.say(f"    [change]{word}[/]  {escape(_named(each, products))}")
        for line in lines_of(each.kind, each.diff, terms, each.key):
            screen.say(f"{INDENT}{line.markup}")
        if each.left:
            many = "1 difference is" if each.left == 1 else f"{each.left} differences are"
            screen.say(f"{INDENT}[quiet]{many} known on {escape(run.host)} only, where it ran[/]")


def _word(run: HistoryRun, change: HistoryChange) -> str:
    """What a run did to an object: `switched on`."""
    if change.result in ("failed", "not_tried"):
        return change.result.replace("_", " ")
    if run.verb == "on" and change.action == "update":
        return "switched on"
    if run.verb == "pull" and change.action == "noted":
        return "said by the files already"
    return ACTIONS.get(change.action, change.action)


def _named(change: HistoryChange, products: Mapping[str, str]) -> str:
    if change.key == ORDER:
        return f"order of the {plural_of(change.kind)}"
    title = title_in(products.get(change.system, change.system), change.kind)
    return f"{title} {GENERATED.get(change.key, change.key)}"
