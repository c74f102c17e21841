"""Rules that solve, close, escalate and ask how it was.

Compared with promises are only times on the same sort of clock.
"""

from __future__ import annotations

from collections.abc import Iterator

from config.declaration import Declared
from config.duration import minutes, show
from config.findings import Finding
from config.kinds.actions import AddTagsAction, SetAction, SurveyAction
from config.kinds.conditions import ClockCondition, FieldCondition
from config.rules.logic.line import Line, RunningRule
from config.rules.logic.mails import mails_requester
from config.rules.logic.situation import Values
from config.rules.rule import Rule

TOO_LATE = Rule(
    "GL-T02",
    "error",
    "An escalation comes after every promise has ended.",
    "When somebody more experienced gets the ticket, it is broken already.",
    "Let it come before the shortest promise for these tickets ends.",
    excused=True,
)
CLOSES_OPEN = Rule(
    "GL-U06",
    "warning",
    "Tickets are solved or closed by themselves while somebody works on them, or without a word before.",
    "Matters that are not finished vanish from every list, and customers find out by themselves.",
    "What solves: let it act on pending tickets only, and only where a reminder has gone out before: ask for the tag "
    "that it sets. What closes: let it act on solved tickets only.",
)
ASKED_TWICE = Rule(
    "GL-U07",
    "warning",
    "Customers are asked for their opinion when a ticket is solved and again when it is closed.",
    "They answer once at most, and are annoyed by the second time.",
    "Ask once, when it is solved.",
)
CATALOGUE = (TOO_LATE, CLOSES_OPEN, ASKED_TWICE)
_INSTEAD = {
    "solved": "Let it act on pending tickets only, and only where a reminder has gone out before: ask for the tag that "
    "the reminder sets.",
    "closed": "Let it close solved tickets only:  {field: status, is: solved}  under `when`.",
}
"""What a rule sets tickets to → what it should ask for."""
_WAITING = Values(frozenset(("pending", "solved", "closed")))


def check(line: Line) -> Iterator[Finding]:
    for rule in line.automations:
        if rule.item.kind == "automations" and rule.asks.possible:
            yield from _closes(rule, line)
            yield from _escalates(rule, line)
    yield from _asks(line)


def _closes(rule: RunningRule, line: Line) -> Iterator[Finding]:
    to = rule.does.sets.get("status")
    if to not in ("solved", "closed"):
        return
    place = next(
        index
        for index, each in enumerate(rule.item.value.then)
        if isinstance(each, SetAction) and each.set == "status" and each.to == to
    )
    status = rule.asks.values.get("status")
    if status is None or not status.within(_WAITING):
        message = f"it sets tickets to {to} that may still be worked on"
        yield CLOSES_OPEN.found(rule.item, ("then", place), message, _INSTEAD[to])
    elif "pending" in status.named and not _noticed(rule, line):
        yield CLOSES_OPEN.found(
            rule.item, ("then", place), f"it sets tickets to {to}, and no rule has told the customer", _INSTEAD[to]
        )


def _noticed(rule: RunningRule, line: Line) -> bool:
    """Whether it asks for a tag that a rule which mails the customer adds."""
    asked = rule.asks.has.get("tags", set())
    for other in line.acting:
        if other is not rule and mails_requester(other.item) and asked & other.does.adds:
            return True
    macros = line.scope.declaration.of("macros").values()  # an agent tells the customer, and marks it
    return any(
        asked & set(action.add_tags)
        for macro in macros
        for action in macro.value.then or ()
        if isinstance(action, AddTagsAction)
    )


def _escalates(rule: RunningRule, line: Line) -> Iterator[Finding]:
    if rule.does.sets.get("group") is None or "status" in rule.does.sets:
        return
    for index, each in enumerate(rule.when):
        timed = isinstance(each, ClockCondition) and each.hours_since in ("created", "open")
        if not timed or each.operator == "less_than":
            continue
        after, ends = minutes(each.duration), list(_ends(line, each.clock))
        if ends and None not in ends and after >= max(end for end in ends if end is not None):
            yield TOO_LATE.found(
                rule.item,
                ("when", index, each.operator),
                f"it acts after {each.duration}, and every promise has ended by {show(max(filter(None, ends)))}",
            )


def _ends(line: Line, clock: str) -> Iterator[int | None]:
    """When each first reply and solution is due, in minutes; None for one on the other sort of clock."""
    for policy in line.scope.declaration.of("sla_policies").values():
        if policy.value.existing:
            yield None
            continue
        for metric in ("first_reply", "total_resolution"):
            targets = policy.value.targets.get(metric)
            for priority, cell in targets.cells().items() if targets else ():
                if cell != "none":
                    yield minutes(cell) if policy.value.clock(metric, priority) == clock else None


def _asks(line: Line) -> Iterator[Finding]:
    asking = [rule for rule in line.acting if any(isinstance(each, SurveyAction) for each in _actions(rule.item))]
    solved = [rule for rule in asking if _on(rule, "solved")]
    for rule in asking:
        if solved and _on(rule, "closed"):
            first = solved[0].item
            message = f"“{first.name}” ({first.position}) asks already when the ticket is solved"
            yield ASKED_TWICE.found(rule.item, (), message, of_key=True)


def _on(rule: RunningRule, status: str) -> bool:
    """Whether a rule acts on tickets of one status."""
    for each in rule.when:
        if isinstance(each, ClockCondition) and each.hours_since == status:
            return True
        if isinstance(each, FieldCondition) and each.field == "status" and each.value == status:
            return each.operator in ("is", "changed_to")
    return False


def _actions(item: Declared) -> list[object]:
    return list(getattr(item.value, "then", None) or ())
