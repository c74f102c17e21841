"""Customers who get two mails for one event: from two rules of these files, or from one and a rule of the vendor's.

Compared are rules that name the same moment: the ticket's creation, or the same change. A rule that names no moment
acts on every update and is not compared, nor are automations. Rules that exist in the helpdesk only are not seen, but
for those that every new account has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

from config.declaration import Declared
from config.findings import Finding
from config.kinds.actions import EmailAction
from config.kinds.conditions import EventCondition, FieldCondition
from config.rules.logic.line import Line, RunningRule
from config.rules.logic.situation import Domains, Situation, same
from config.rules.rule import Rule
from config.vocabulary import CHANGES

TWO_RULES = Rule(
    "LG050",
    "warning",
    "Two rules mail the customer for the same event.",
    "Customers get two mails about one thing, and read the second as a mistake.",
    "Let one of them leave the other one's tickets out, or make one rule of the two.",
)
VENDORS = Rule(
    "LG051",
    "warning",
    "A rule mails the customer for an event for which one of the vendor's own rules mails, too.",
    "A new account has rules that mail customers. Where they stay on, the customer gets both mails.",
    "Write  replaces: “NAME OF THE VENDOR'S RULE”  in this rule, or declare that one with  active: false",
    source="what a new account of the vendor holds",
)
CATALOGUE = (TWO_RULES, VENDORS)
REQUESTERS = ("requester", "requester_and_ccs")


def _field(name: str, **operator: Any) -> FieldCondition:
    return FieldCondition.model_validate({"field": name, **{key.rstrip("_"): value for key, value in operator.items()}})


PROACTIVE = "Notify requester of new proactive ticket"
"""The vendor's rule that mails customers of tickets that an agent opens for them."""
OF_ANSWERS = "Notify requester and CCs of comment update"
"""The vendor's rule that mails every public answer."""
_EVERY_ANSWER = {"privacy", "current_user", "status", "comment_text", "via"}
"""Fields that a rule may ask for and act on every public answer all the same."""


@cache
def vendor_mails() -> dict[str, list[Any]]:
    """The vendor's rules that mail the requester → when; as a new account has them."""
    return {
        "Notify requester and CCs of received request": [
            EventCondition(event="created"),
            _field("status", is_not="solved"),
            _field("privacy", is_="public"),
            _field("current_user", is_="customer"),
        ],
        PROACTIVE: [
            EventCondition(event="created"),
            _field("privacy", is_="public"),
            _field("current_user", is_="agent"),
        ],
        OF_ANSWERS: [EventCondition(event="updated")],
    }


def check(line: Line) -> Iterator[Finding]:
    mailing = [rule for rule in line.triggers if mails_requester(rule.item) and rule.asks.possible]
    moments: dict[str, list[RunningRule]] = defaultdict(list)
    for rule in mailing:
        for moment in _moments(rule):
            moments[moment].append(rule)
    told: set[str] = set()
    for rules in moments.values():
        for place, second in enumerate(rules):
            first = next((each for each in rules[:place] if _together(each, second, line.domains)), None)
            if first is not None and second.item.key not in told:
                told.add(second.item.key)
                yield TWO_RULES.found(
                    second.item,
                    (),
                    f"“{first.item.name}” ({first.item.position}) can mail the same customer for the same event",
                    of_key=True,
                )
    yield from _vendors(mailing, line)


def mails_requester(item: Declared) -> bool:
    """Whether a rule mails the customer."""
    actions = getattr(item.value, "then", None) or ()
    return any(isinstance(each, EmailAction) and each.email in REQUESTERS for each in actions)


def _moments(rule: RunningRule) -> Iterator[str]:
    """The moments that a rule names."""
    for each in rule.when:
        changes = isinstance(each, FieldCondition) and each.operator in ("changed_to", "changed_from", "changed")
        if changes or (isinstance(each, EventCondition) and each.event == "created"):
            yield same(each)


def _together(first: RunningRule, second: RunningRule, domains: Domains) -> bool:
    """Whether both can act in one moment. What the first one sets the second may ask for: its tickets are others then,
    so where it does, nothing is said."""
    if not first.meets(second):
        return False
    for condition in second.when:
        name = condition.field if isinstance(condition, FieldCondition) else ""
        if name and first.does.touches(name):
            return False
    return any(
        Situation.of(
            [*first.when, *([one] if one is not None else []), *second.when, *([other] if other is not None else [])],
            domains,
        ).possible
        for one in (first.when_any or [None])
        for other in (second.when_any or [None])
    )


def _vendors(mailing: list[RunningRule], line: Line) -> Iterator[Finding]:
    off = _switched_off(line)
    for name, conditions in vendor_mails().items():
        if name in off:
            continue
        for rule in mailing:
            if not _moment_of(name, rule):
                continue
            possible = any(
                Situation.of([*conditions, *rule.when, *([each] if each is not None else [])], line.domains).possible
                for each in (rule.when_any or [None])
            )
            if possible:
                yield VENDORS.found(
                    rule.item,
                    (),
                    f"the vendor's “{name}” mails the customer for the same event, and nothing switches it off",
                    f"If this takes its place:  replaces: {name}",
                    of_key=True,
                )
                break


def _moment_of(name: str, rule: RunningRule) -> bool:
    """Whether a rule names the moment of one of the vendor's."""
    events = {each.event for each in rule.when if isinstance(each, EventCondition)}
    if name == PROACTIVE:
        return "created" in events and _may_be_an_agent(rule)
    if name != OF_ANSWERS:
        return "created" in events
    fields = [each for each in (*rule.when, *rule.when_any) if isinstance(each, FieldCondition)]
    others = len(rule.when) + len(rule.when_any) - len(fields) - 1
    changes = any(each.operator in CHANGES for each in fields)
    return "updated" in events and not others and not changes and {each.field for each in fields} <= _EVERY_ANSWER


def _may_be_an_agent(rule: RunningRule) -> bool:
    """Whether a rule acts on tickets that agents open: it says so, or asks nothing of who is at work or which way a
    ticket comes in."""
    asked = [each for each in (*rule.when, *rule.when_any) if isinstance(each, FieldCondition)]
    if any(each.field in ("requester", "via", "received_at") for each in asked):
        return False
    users = [each for each in asked if each.field == "current_user"]
    said = (("is", "agent"), ("is_not", "customer"))
    return all((each.operator, each.value) in said for each in users) and not rule.when_any


def _switched_off(line: Line) -> set[str]:
    """The vendor's rules that a rule replaces, or that are declared switched off or as rules of these files."""
    found: set[str] = set()
    for kind in ("triggers", "automations"):
        for item in line.scope.declaration.of(kind).values():
            if item.value.replaces:
                found.add(item.value.replaces)
            if item.value.existing and not item.value.active:
                found |= {item.name, str(item.value.existing)}
            elif not item.value.existing:
                found.add(item.name)  # one of that name is the vendor's own, taken over, and is compared like any other
    return found
