"""`golive gate diff`: what has changed about the gates since a revision of git."""

from __future__ import annotations

from collections.abc import Iterable

import click
from rich.markup import escape

from checklists.moments import day_words, moment
from config.phases import phase_words
from config.results.gate_diff import DiffItem, DiffSetting, GateDiffDocument, ItemChange, SettingSort
from golive.gates.comparing import gate_diff
from golive.gates.opened import open_gates
from golive.screens.times import when
from golive.terminal.exits import Exit
from golive.terminal.options import environment_option, json_option, screen_of
from golive.terminal.screen import Screen
from golive.workspace.heading import first_line

_SIGNS: dict[ItemChange, tuple[str, str, str]] = {
    "added": ("+", "add", "is new"),
    "taken_up": ("+", "add", "is asked for again"),
    "gone": ("-", "remove", "is gone from the files"),
    "dropped": ("-", "remove", "is left out"),
    "changed": ("~", "change", "asks for something else"),
    "reworded": ("~", "quiet", "is said otherwise"),
}
_SORTS: dict[SettingSort, str] = {
    "condition": "condition",
    "decision": "who decides",
    "figure": "figure",
    "profile": "profile",
    "person": "person",
    "waivers": "limits of risks",
    "signatures": "signatures",
}


@click.command("diff", short_help="Show what changed about gates since a revision.")
@click.argument("revision", metavar="REV")
@environment_option
@json_option
@click.pass_context
def diff(ctx: click.Context, revision: str, environment: str | None, json_wanted: bool) -> int:
    """Show how gates, items, figures and people differ from a revision of git, which signatures that makes out of date,
    and what was noted in the log since. Calls no system.

    Example:  golive gate diff origin/main -e production
    """
    screen = screen_of(ctx, json_wanted)
    gates = open_gates(ctx, environment)
    first_line(screen, gates.opened)
    document = gate_diff(gates, revision)
    if json_wanted:
        screen.document(document.to_json())
    else:
        _show(screen, document, gates.opened.option)
    return int(Exit.DONE)


def _show(screen: Screen, document: GateDiffDocument, option: str) -> None:
    screen.say(f"Since [head]{escape(document.revision)}[/] ({document.commit[:9]})")
    if document.phase != document.phase_then:
        then, now = phase_words(document.phase_then), phase_words(document.phase)
        screen.say(f"  The environment was in {escape(then)} and is in [head]{escape(now)}[/].")
    if document.lacks:
        screen.say(
            f"  [danger]The log lacks {document.lacks} of the entries that it had then[/], which must never be:  "
            f"golive log verify{escape(option)}"
        )
    _show_items(screen, document.items)
    _show_settings(screen, document.settings)
    if document.signatures:
        screen.say("\n[head]Out of date by that[/]")
    for signature in document.signatures:
        verb = {"signed": "signed", "attached": "attached to", "decided": "decided"}[signature.sort]
        at = day_words(moment(signature.at))
        screen.say(
            f"  {escape(signature.by)} {verb} “{escape(signature.name)}” on {at}: [change]{escape(signature.why)}[/]"
        )
        again = {"signed": "sign", "attached": "attach", "decided": "decide"}[signature.sort]
        screen.say(f"    [quiet]golive gate {again} {escape(signature.subject)}{escape(option)}[/]")
    if document.entries:
        screen.say("\n[head]Noted since[/]")
    for entry in document.entries:
        screen.say(f"  [quiet]{when(entry.at)}[/]  {escape(entry.said)}")
    if not (document.items or document.settings or document.signatures or document.entries):
        screen.say("  Nothing is asked otherwise, and nothing was noted.")


def _show_items(screen: Screen, items: Iterable[DiffItem]) -> None:
    several = list(items)
    if several:
        screen.say("\n[head]What is asked[/]")
    for each in several:
        sign, style, said = _SIGNS[each.change]
        gates = f"  [quiet]{escape(', '.join(each.gates))}[/]" if each.gates else ""
        screen.say(f"  [{style}]{sign}[/] “{escape(each.name)}” {said}  [quiet]{escape(each.key)}[/]{gates}")
        for line in each.said:
            screen.say(f"      {escape(line)}")


def _show_settings(screen: Screen, settings: Iterable[DiffSetting]) -> None:
    several = list(settings)
    if several:
        screen.say("\n[head]What the project says[/]")
    for each in several:
        old, new = each.old or "nothing", each.new or "nothing"
        key = "" if each.key == each.sort else f" {each.key}"
        screen.say(f"  {_SORTS[each.sort]}{escape(key)}: {escape(old)} → {escape(new)}")
