"""`golive rule`: what a rule looks for, why, and what to do about what it finds."""

from __future__ import annotations

from difflib import get_close_matches

import click
from rich.markup import escape

from config.rules.catalogue import catalogue
from config.rules.rule import Rule
from golive.terminal.exits import Exit
from golive.terminal.options import screen_of
from golive.terminal.screen import Screen

_HANG = 9
"""The column in which what is said begins."""


@click.command("rule", short_help="Say what a rule looks for, why, and what to do.")
@click.argument("rules", metavar="ID...", nargs=-1, required=True)
@click.pass_context
def command(ctx: click.Context, rules: tuple[str, ...]) -> int:
    """Say what a rule looks for, why, and what to do. ID is what stands in brackets behind a finding.

    Example:  golive rule LG003 GL-S09
    """
    known = {each.lower(): rule for each, rule in catalogue().items()}
    for rule in rules:
        if rule.lower() not in known:
            near = get_close_matches(rule.lower(), known, n=3)
            hint = f" Did you mean {' or '.join(known[each].id for each in near)}?" if near else ""
            raise click.UsageError(f"There is no rule `{rule}`.{hint} docs/rules.md has them all.", ctx)
    screen = screen_of(ctx)
    for index, rule in enumerate(rules):
        if index:
            screen.say()
        _show(screen, known[rule.lower()])
    return int(Exit.DONE)


def _show(screen: Screen, rule: Rule) -> None:
    by = f", {rule.elsewhere}" if rule.elsewhere else ""
    screen.say(f"[head]{escape(rule.id)}[/]  {rule.severity}{escape(by)}")
    said = {"what": rule.what, "why": rule.why, "do": rule.fix, "from": rule.source, "aside": _aside(rule)}
    for word, text in said.items():
        if text:
            screen.say(f"  [quiet]{word:<7}[/]{escape(text)}", hang=_HANG)


def _aside(rule: Rule) -> str:
    """Whether an object may set it aside; nothing of what no object breaks."""
    if rule.elsewhere and not rule.of_account:
        return ""
    if rule.may_be_allowed:
        return f"An object may set it aside:  x-allow: {{{rule.id}: your reason}}"
    return "No reason sets it aside: the system would refuse it, or the files could not be understood."
