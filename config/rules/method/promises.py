"""Promises that contradict each other, or that nobody is there to keep.

Two times are compared only where it is certain which is longer: a time in business hours is never shorter than the
same time on the calendar, and nothing else is known of the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from config.declaration import Declared
from config.duration import minutes
from config.findings import Finding
from config.kinds.actions import CallAction, EmailAction, SlackAction
from config.kinds.conditions import FieldCondition
from config.rules.logic.line import Line, RunningRule
from config.rules.logic.situation import Situation, same
from config.rules.method.figures import SEGMENTS_FROM, WARNING_AT
from config.rules.method.launching import agents, at_launch, launches
from config.rules.rollout import segment_field
from config.rules.rule import Rule
from config.vocabulary import PRIORITIES

ONE_FOR_ALL = Rule(
    "GL-S03",
    "warning",
    "There are segments of customers, and no policy tells them apart.",
    "Those who pay most wait as long as everybody.",
    "Make a policy per segment:  when: [{field: organization.segment, is: …}]",
)
TOO_FEW = Rule(
    "GL-S04",
    "error",
    "Fewer than three agents promise times by segment.",
    "Two people cannot keep four sets of promises.",
    "Make one policy for everybody, until there are three.",
    excused=True,
)
TANGLED = Rule(
    "GL-S05",
    "error",
    "Promises contradict each other.",
    "A less pressing case, or a lesser segment, is served first; or the answer is due after the solution.",
    "Put the times in order: the more pressing the case and the larger the customer, the shorter.",
    excused=True,
)
NOBODY_CALLED = Rule(
    "GL-S07",
    "error",
    "P1 is promised around the clock, and nobody is called.",
    "At two in the morning the clock runs and everybody sleeps.",
    "Declare `on_call`, or a trigger that calls a pager for urgent tickets outside the hours.",
    excused=True,
)
ALERTS = Rule(
    "GL-S09",
    "warning",
    "A policy does not warn at 75%, or tells nobody of a breach.",
    "Who hears of it too late, or not at all, can mend nothing.",
    "Say  warn: {at: 75%, to: […], how: watch}  and  breach: {to: […]}  with a channel or a supervisor.",
)
NO_TARGET = Rule(
    "GL-S10",
    "warning",
    "A policy promises nothing for P3 or P4.",
    "Most tickets are of these; without a time they are left for last.",
    "Set at least a first reply.",
)
SILENCE = Rule(
    "GL-S12",
    "note",
    "No policy promises news while a ticket is open.",
    "Silence is what customers resent most.",
    "Add a `periodic_update`, at least for P1 and P2.",
)
UNSEEN = Rule(
    "GL-N01",
    "error",
    "Nothing tells the team of a P1 at once.",
    "An outage waits in a list until somebody looks.",
    "Add an alert with  {field: priority, changed_to: urgent}  to the channel for what is critical.",
    excused=True,
)
CATALOGUE = (ONE_FOR_ALL, TOO_FEW, TANGLED, NOBODY_CALLED, ALERTS, NO_TARGET, SILENCE, UNSEEN)
_DESCENDING = tuple(reversed(PRIORITIES))


def check(line: Line) -> Iterator[Finding]:
    declaration = line.scope.declaration
    policies = [each for each in declaration.of("sla_policies").values() if not each.value.existing]
    for policy in policies:
        yield from _within(policy)
    yield from _between_segments(policies, line)
    by_segment = [each for each in policies if any(_asks_customer(one) for one in _conditions(each))]
    segments = declaration.of("segments")
    field = segment_field(list(declaration.of("customer_fields").values()))
    if policies and len(segments) > 1 and field is not None and not by_segment and line.scope.is_whole:
        yield ONE_FOR_ALL.found(policies[0], (), f"there are {len(segments)} segments, and one promise", of_key=True)
    if policies and launches(declaration) and line.scope.is_whole:
        yield from _at_launch(policies, by_segment, line)


def _at_launch(policies: list[Declared], by_segment: list[Declared], line: Line) -> Iterator[Finding]:
    team = agents(line.scope.declaration)
    if team and len(team) < SEGMENTS_FROM and by_segment:
        yield TOO_FEW.found(by_segment[0], (), f"there are {len(team)} agents, and promises by segment", of_key=True)
    for policy in policies:
        yield from _alerts(policy)
        silent = [
            word for word in ("normal", "low") if all(_cell(policy, m, word) is None for m in policy.value.targets)
        ]
        if silent:
            yield NO_TARGET.found(policy, ("targets",), f"nothing is promised for {' and '.join(silent)}", of_key=True)
    news = ("periodic_update", "pausable_update")
    if not any(metric in policy.value.targets for policy in policies for metric in news):
        yield SILENCE.found(policies[0], (), "no policy promises news while a ticket is open", of_key=True)
    urgent = [each for each in policies if any(_cell(each, metric, "urgent") for metric in each.value.targets)]
    if not urgent:
        return
    night = [each for each in urgent if _on_calendar(each)]
    rota = any(each.value.people for each in line.scope.declaration.of("on_call").values())
    if night and not rota and not any(map(_calls, _of_urgent(line))):
        yield NOBODY_CALLED.found(night[0], ("hours",), "P1 runs around the clock, and nobody is called at night")
    if line.scope.declaration.of("slack_channels") and not any(map(_posts, _of_urgent(line))):
        yield UNSEEN.found(urgent[0], (), "no rule posts a P1 when it comes", of_key=True)


def _alerts(policy: Declared) -> Iterator[Finding]:
    warn, breach = policy.value.warn, policy.value.breach
    if warn is None or warn.at is None:
        message = "nobody is warned before it is broken"
    elif warn.at != WARNING_AT:
        message = f"the team is warned at {warn.at}"
    elif breach is None or not breach.to:
        message = "nobody hears when it is broken"
    else:
        return
    yield ALERTS.found(policy, (), message, of_key=True)


def _cell(policy: Declared, metric: str, priority: str) -> tuple[int, str] | None:
    """(Minutes, clock) of a promise; None where there is none."""
    targets = policy.value.targets.get(metric)
    cell = targets.cells()[priority] if targets is not None else "none"
    return None if cell == "none" else (minutes(cell), policy.value.clock(metric, priority))


def _shorter(one: tuple[int, str] | None, other: tuple[int, str] | None) -> bool:
    """Whether a promise is certainly due before another one."""
    if one is None or other is None:
        return False
    comparable = one[1] == other[1] or one[1] == "calendar"
    return comparable and one[0] < other[0]


def _within(policy: Declared) -> Iterator[Finding]:
    for metric in policy.value.targets:
        for above, below in pairwise(_DESCENDING):
            if _shorter(_cell(policy, metric, below), _cell(policy, metric, above)):
                yield TANGLED.found(
                    policy,
                    ("targets", metric, below),
                    f"{metric}: {below} is due before {above}, which is more pressing",
                )
    for priority in _DESCENDING:
        reply, solution = _cell(policy, "first_reply", priority), _cell(policy, "total_resolution", priority)
        if _shorter(solution, reply):
            yield TANGLED.found(
                policy, ("targets", "first_reply", priority), f"{priority}: the first reply is due after the solution"
            )


def _between_segments(policies: list[Declared], line: Line) -> Iterator[Finding]:
    """Policies that ask for the same but for the segment, the larger one first."""
    sizes = {
        key: item.value.arr.from_ or 0
        for key, item in line.scope.declaration.of("segments").items()
        if item.value.arr is not None
    }
    alike: dict[frozenset[str], list[tuple[float, str, Declared]]] = {}
    for policy in policies:
        segment, rest = None, []
        for condition in _conditions(policy):
            if _asks_customer(condition) and condition.operator == "is" and condition.value in sizes:
                segment = str(condition.value)
            else:
                rest.append(same(condition))
        if segment is not None and not policy.value.when_any:
            alike.setdefault(frozenset(rest), []).append((sizes[segment], segment, policy))
    for several in alike.values():
        several.sort(key=lambda each: -each[0])
        for (_, _, larger), (_, _, smaller) in pairwise(several):
            yield from _against(larger, smaller)


def _against(larger: Declared, smaller: Declared) -> Iterator[Finding]:
    for metric in smaller.value.targets:
        wrong = [
            priority
            for priority in _DESCENDING
            if _shorter(_cell(smaller, metric, priority), _cell(larger, metric, priority))
        ]
        if wrong:
            yield TANGLED.found(
                smaller,
                ("targets", metric, wrong[0]),
                f"{metric}, {', '.join(wrong)}: it promises more than “{larger.name}” ({larger.position})",
            )


def _conditions(policy: Declared) -> list[Any]:
    return [*policy.value.when, *policy.value.when_any]


def _asks_customer(condition: Any) -> bool:
    return isinstance(condition, FieldCondition) and (
        condition.field.startswith("organization.") or condition.field == "tags"
    )


def _on_calendar(policy: Declared) -> bool:
    cells = [_cell(policy, metric, "urgent") for metric in ("first_reply", "total_resolution")]
    return any(cell is not None and cell[1] == "calendar" for cell in cells)


def _of_urgent(line: Line) -> Iterator[RunningRule]:
    """Rules that are awake at the launch and act on what is urgent, because they ask for it."""
    for rule in at_launch(line.triggers):
        asked = [each for each in (*rule.when, *rule.when_any) if isinstance(each, FieldCondition)]
        names = [each for each in asked if each.field == "priority" and each.operator != "empty"]
        urgent = FieldCondition.model_validate({"field": "priority", "is": "urgent"})
        if names and any(Situation.of([urgent, each], line.domains).possible for each in names):
            yield rule


def _calls(rule: RunningRule) -> bool:
    actions = getattr(rule.item.value, "then", None) or ()
    return any(
        isinstance(each, CallAction) or (isinstance(each, EmailAction) and "/" in each.email) for each in actions
    )


def _posts(rule: RunningRule) -> bool:
    actions = getattr(rule.item.value, "then", None) or ()
    return rule.item.kind == "alerts" or any(isinstance(each, SlackAction | CallAction) for each in actions)
