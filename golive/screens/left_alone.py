"""What is live and not in these files, and the rules among it that meet ours."""

from __future__ import annotations

from collections.abc import Sequence

from rich.markup import escape

from config.kinds import ALL_KINDS
from config.results.plan import ForeignRule, PlanDocument
from config.words import some
from golive.runs.running import Session
from golive.screens.times import when
from golive.terminal.screen import Screen
from golive.wording.words import Terms, count_of, listed, plural_of
from provisioners.system import systems

FEW_RULES, FEW_NAMES = 6, 20
"""So many rules are said, and, where all is listed, so many names of a kind."""


def show_left_alone(
    screen: Screen, session: Session, document: PlanDocument, *, everything: bool, links: bool = False
) -> None:
    """How much of each kind; by name the rules that mail somebody or work against ours. everything: names of the rest,
    too."""
    if not document.unmanaged:
        _show_unseen(screen, session, document, everything=everything)
        return
    where = ", ".join(dict.fromkeys(session.vendor(instance) for instance in document.calls))
    counts = ", ".join(count_of(number, kind) for kind, number in document.unmanaged.items())
    screen.say(f"[quiet]In {escape(where)}, not in these files; left alone: {escape(counts)}[/]")
    rules = document.foreign_rules
    if rules:
        screen.say("  Rules among them that mail somebody, or meet yours:")
    _show_rules(screen, session, rules if everything else _first(rules), links=links)
    if not everything and rules[len(_first(rules)) :]:
        rest = len(rules) - len(_first(rules))
        screen.say(f"    [quiet]and {rest} more:  golive plan --all{session.opened.option}[/]")
    for kind, names in document.left_alone.items() if everything else ():
        more = f" and {len(names) - FEW_NAMES} more" if names[FEW_NAMES:] else ""
        screen.say(f"  [quiet]{plural_of(kind)}: {escape(listed(names[:FEW_NAMES]))}{more}[/]")
    _show_unseen(screen, session, document, everything=everything)
    screen.say()


def _show_unseen(screen: Screen, session: Session, document: PlanDocument, *, everything: bool) -> None:
    """Kinds that the plan does not look through, and how they come into the files: in a first plan, and where all is
    listed."""
    kinds = _unseen(session, document)
    if not kinds or not (session.is_first or everything) or not session.selection.is_everything:
        return
    option = session.opened.option
    named = listed(map(plural_of, kinds)) if everything else some([plural_of(each) for each in kinds])
    screen.say(
        f"  [quiet]Not looked through, because the files have none of them: {named}. What is there:  "
        f"golive look{option}   Into the files:  golive adopt --all{option}  or one kind:  "
        f"golive adopt {kinds[0]}{option}[/]"
    )


def _unseen(session: Session, document: PlanDocument) -> list[str]:
    """Kinds of a helpdesk of which the files have nothing, the ones first that people look for."""
    seen = {*document.unmanaged, *(item.kind for item in session.opened.loaded.declaration)}
    found: dict[str, None] = {}
    for instance, settings in session.reached.settings.items():
        system = systems()[settings.type]
        if not system.acting or instance in session.reached.down:
            continue
        kinds = [each.kind for each in system.translations() if not ALL_KINDS[each.kind].single]
        found |= dict.fromkeys(each for each in kinds if each not in (*seen, *system.acting, *_MADE_BY_GOLIVE))
    return sorted(found, key=lambda kind: _ASKED_FOR.index(kind) if kind in _ASKED_FOR else len(_ASKED_FOR))


_ASKED_FOR = ("triggers", "macros", "views", "sla_policies", "ticket_forms", "ticket_fields", "people")
_MADE_BY_GOLIVE = ("alerts", "escalations", "slack_channels", "surveys")
"""Kinds that an account holds in another form, or that only the files have."""


def show_foreign_rules(screen: Screen, session: Session, rules: Sequence[ForeignRule]) -> None:
    """All rules that are on and not in the files although they mail somebody or meet ours, and how each is taken
    over."""
    if not rules:
        return
    systems = ", ".join(dict.fromkeys(session.vendor(rule.system) for rule in rules))
    screen.say(f"[head]At work in {escape(systems)}, and not in these files[/]")
    _show_rules(screen, session, rules, adopts=True)
    screen.say("  [quiet]golive leaves them alone. What is not wanted, switch off or delete there.[/]\n")


def _show_rules(
    screen: Screen, session: Session, rules: Sequence[ForeignRule], *, adopts: bool = False, links: bool = False
) -> None:
    for rule in rules:
        new = f"[danger]{escape(new_of(rule))}[/]  " if rule.is_new else ""
        style = "quiet" if rule.replaced_by else "change"
        meets = f"  [{style}]({escape(said)})[/]" if (said := meeting(rule, session.terms)) else ""
        screen.say(f"    {new}{_named(rule)}  {escape(rule.does)}{meets}")
        if adopts and (way := taking_over(rule, session.opened.option)):
            screen.say(f"      [quiet]take it over:[/]  {escape(way)}")
        if links and rule.page:
            screen.say(f"      [quiet]{escape(rule.page)}[/]")


def _first(rules: Sequence[ForeignRule]) -> Sequence[ForeignRule]:
    """Those that are said where not all are: every new one is among them."""
    return rules[: max(FEW_RULES, sum(rule.is_new for rule in rules))]


def new_of(rule: ForeignRule) -> str:
    """`new, made 28 Nov 2026 22:10`."""
    return f"new, made {when(rule.made_at)}" if rule.made_at else "new"


def taking_over(rule: ForeignRule, option: str) -> str:
    """The command, empty where this version looks after nothing of the kind."""
    kind = ALL_KINDS.get(rule.kind)
    return f"golive adopt {rule.kind}/{rule.key}{option}" if kind and kind.applied else ""


def _named(rule: ForeignRule) -> str:
    name = f"[head]{escape(rule.name)}[/]"
    return f"[link={rule.page}]{name}[/link]" if rule.page else name


def meeting(rule: ForeignRule, terms: Terms) -> str:
    """Which rule of ours takes its place, or which set or ask for the same; empty where none does."""
    if not rule.meets and not rule.replaced_by:
        return ""
    kind, _, key = (rule.replaced_by or rule.meets[0]).partition("/")
    name = terms.name(kind, key)
    if rule.replaced_by:
        return f"until your “{name}” takes its place"
    if not rule.meets[1:]:
        return f"which your “{name}” sets or asks for, too"
    return f"which {len(rule.meets)} of your rules set or ask for, such as “{name}”"
