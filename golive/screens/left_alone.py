"""What is live and not in these files, and the rules among it that meet ours."""

from __future__ import annotations

from rich.markup import escape

from config.results.plan import ForeignRule, PlanDocument
from golive.running import Session
from golive.screen import Screen
from golive.words import count_of, listed, plural_of

FEW_RULES, FEW_NAMES = 6, 20
"""So many rules are said, and, where all is listed, so many names of a kind."""


def show_left_alone(
    screen: Screen, session: Session, document: PlanDocument, *, everything: bool, links: bool = False
) -> None:
    """How much of each kind; by name the rules that mail somebody or work against ours. everything: names of the rest,
    too."""
    if not document.unmanaged:
        return
    where = ", ".join(dict.fromkeys(session.vendor(instance) for instance in document.calls))
    counts = ", ".join(count_of(number, kind) for kind, number in document.unmanaged.items())
    screen.say(f"[quiet]In {escape(where)}, not in these files; left alone: {escape(counts)}[/]")
    rules = document.foreign_rules
    shown = rules if everything else rules[:FEW_RULES]
    if rules:
        screen.say("  At work there, and left alone:")
    for rule in shown:
        screen.say(f"    {_named(rule)}  {escape(rule.does)}{_meets(session, rule)}")
        if links and rule.page:
            screen.say(f"      [quiet]{escape(rule.page)}[/]")
    if rules[len(shown) :]:
        screen.say(f"    [quiet]and {len(rules) - len(shown)} more:  golive plan --all{session.opened.option}[/]")
    for kind, names in document.left_alone.items() if everything else ():
        more = f" and {len(names) - FEW_NAMES} more" if names[FEW_NAMES:] else ""
        screen.say(f"  [quiet]{plural_of(kind)}: {escape(listed(names[:FEW_NAMES]))}{more}[/]")
    screen.say()


def _named(rule: ForeignRule) -> str:
    name = f"[head]{escape(rule.name)}[/]"
    return f"[link={rule.page}]{name}[/link]" if rule.page else name


def _meets(session: Session, rule: ForeignRule) -> str:
    """Which rule of ours takes its place, or which set or ask for the same."""
    if not rule.meets and not rule.replaced_by:
        return ""
    kind, _, key = (rule.replaced_by or rule.meets[0]).partition("/")
    name = session.terms.name(kind, key)
    if rule.replaced_by:
        return f"  [quiet](until your “{escape(name)}” takes its place)[/]"
    if not rule.meets[1:]:
        return f"  [change](meets your “{escape(name)}”)[/]"
    return f"  [change](meets {len(rule.meets)} of your rules, such as “{escape(name)}”)[/]"
