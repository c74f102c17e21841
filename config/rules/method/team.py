"""Whether the team's structure fits its size. Counted are the people in these files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from config.findings import Finding
from config.kinds.actions import SetAction
from config.kinds.conditions import HoursCondition
from config.rules.logic.line import Line
from config.rules.logic.mails import mails_requester
from config.rules.method.figures import MOST_TIERS, SUPERVISED_FROM, TIERED_FROM
from config.rules.method.launching import agents, at_launch, launches
from config.rules.naming import option_tags
from config.rules.rule import Rule

ALONE = Rule(
    "GL-R01",
    "error",
    "A team of one has rules that divide tickets between groups.",
    "One person needs no routing; each rule is one more thing that can go wrong.",
    "Keep the rules asleep until there are two:  phase: rollout  or  active: false",
    excused=True,
)
TIERS = Rule(
    "GL-R02",
    "error",
    "There are more than three support tiers.",
    "A fourth tier is one more hand-over, and confuses those who route.",
    "Divide a tier by skills or fields instead.",
    excused=True,
)
STRUCTURE = Rule(
    "GL-R03",
    "warning",
    "The structure does not fit the size of the team.",
    "From six agents on, one group for all means that nobody knows whose ticket it is; from 21 on, nobody leads.",
    "Make groups by tier or skill; for more than twenty agents also a role of supervisors, and an admin.",
)
DELETES = Rule(
    "GL-R07",
    "warning",
    "A role that is no admin's may delete tickets.",
    "What is deleted is missing from every count, and cannot be answered for.",
    "Take the right away; agents can mark what is spam.",
)
NO_NIGHT = Rule(
    "GL-C10",
    "warning",
    "A team of one has no reply for the hours in which nobody is there.",
    "Nobody answers at night, and nobody says so.",
    "Add a trigger with  {outside_hours: SCHEDULE}  that mails the customer, with articles in it.",
)
EMPTY_HANDED = Rule(
    "GL-R06",
    "error",
    "The first tier has no macro: all are for other groups.",
    "It is to solve seven of ten tickets, and writes each answer by hand. Whether it sees the CRM's fields, the gate "
    "asks (P4.1.d).",
    "Name the group under `for` of the macros that it needs, or leave `for` out.",
    excused=True,
)
CATALOGUE = (ALONE, TIERS, STRUCTURE, DELETES, NO_NIGHT, EMPTY_HANDED)
_FIRST = re.compile(r"(?:^|[_\s])(?:t|tier[_\s]?|level[_\s]?|l)1(?:$|[_\s])")
_TIER = re.compile(r"(?:^|[_\s])(?:t|tier[_\s]?|level[_\s]?|l)([4-9])(?:$|[_\s])")


def check(line: Line) -> Iterator[Finding]:
    declaration = line.scope.declaration
    yield from _tiers(line)
    for role in declaration.of("roles").values():
        rights = role.value.rights or {}
        may = rights.get("delete_tickets") if isinstance(rights, dict) else getattr(rights, "delete_tickets", None)
        if may is True and role.value.like != "admin":
            yield DELETES.found(role, ("rights",), "who has this role may delete tickets")
    if not launches(declaration) or not line.scope.is_whole:
        return
    yield from _without_macros(line)
    team = agents(declaration)
    if len(team) == 1:
        yield from _alone(line)
    groups = [each for each in declaration.of("groups").values() if not each.value.by_hand]
    if len(team) >= TIERED_FROM and len(groups) == 1:
        yield STRUCTURE.found(groups[0], (), f"{len(team)} agents are in one group", of_key=True)
    if len(team) >= SUPERVISED_FROM and not _supervised(line):
        first = team[0]
        yield STRUCTURE.found(first, (), f"{len(team)} agents have no role of supervisors", of_key=True)


def _alone(line: Line) -> Iterator[Finding]:
    rules = list(at_launch(line.triggers))
    routing = [(rule, each) for rule in rules for each in getattr(rule.item.value, "then", ()) if _routes(each)]
    if len({each.to for _, each in routing}) > 1:
        rule, _ = routing[1]
        yield ALONE.found(rule.item, (), "it routes tickets at the launch, and there is one agent", of_key=True)
    night = any(mails_requester(rule.item) and any(map(_at_night, rule.when)) for rule in rules)
    if not night:
        (person,) = agents(line.scope.declaration)
        yield NO_NIGHT.found(person, (), "the only agent, and no rule answers outside the hours", of_key=True)


def _routes(action: object) -> bool:
    return isinstance(action, SetAction) and action.set == "group" and action.to is not None


def _at_night(condition: object) -> bool:
    return isinstance(condition, HoursCondition) and condition.outside_hours is not None


def _tiers(line: Line) -> Iterator[Finding]:
    declaration = line.scope.declaration
    field = declaration.get("ticket_fields", "support_tier")
    if field is not None and len(option_tags(field, line.scope)) > MOST_TIERS:
        many = len(option_tags(field, line.scope))
        yield TIERS.found(field, ("options",), f"this field has {many} support tiers")
    for group in declaration.of("groups").values():
        said = _TIER.search(group.key) or _TIER.search(group.name.casefold())
        if said and not group.value.existing:
            yield TIERS.found(group, (), f"this is a support tier {said[1]}", of_key=True)


def _without_macros(line: Line) -> Iterator[Finding]:
    """Only where these files have macros; those that stand in the helpdesk only are not seen."""
    declaration = line.scope.declaration
    macros = [each.value for each in declaration.of("macros").values() if each.value.active and not each.value.by_hand]
    if not macros or any(each.existing or not each.for_ for each in macros):
        return
    theirs = {named.removeprefix("groups/") for macro in macros for named in macro.for_}
    for group in declaration.of("groups").values():
        if (_FIRST.search(group.key) or _FIRST.search(group.name.casefold())) and group.key not in theirs:
            yield EMPTY_HANDED.found(group, (), "the first tier has no macro that it can use", of_key=True)


def _supervised(line: Line) -> bool:
    words = ("supervisor", "lead", "manager", "head")
    roles = line.scope.declaration.of("roles").values()
    return any(word in f"{role.key} {role.name}".casefold() for role in roles for word in words)
