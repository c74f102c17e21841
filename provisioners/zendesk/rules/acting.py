"""What Zendesk asks of automations, views, and actions in its own words."""

from __future__ import annotations

from collections.abc import Iterator

from config.declaration import Declared
from config.findings import Finding
from config.kinds.actions import SetAction, VendorAction
from config.kinds.conditions import ClockCondition, DeadlineCondition, VendorCondition
from config.rules.logic.situation import same
from config.rules.rule import Rule
from config.rules.scope import Scope
from provisioners.zendesk.rules.least_conditions import asks_enough, what_to_add

TIMELESS = Rule(
    "ZD030",
    "error",
    "An automation asks for no time.",
    "Zendesk refuses an automation without a condition on hours among those that all must hold.",
    "Add  {hours_since: …}  under `when`; what acts at once is a trigger.",
    source="the vendor's description of its API",
)
UNBOUND = Rule(
    "ZD031",
    "warning",
    "An automation asks for neither status, type, group, assignee nor requester under `when`.",
    "Zendesk asks for one of them, and has been seen to take it without.",
    "Add the condition that the message names; it goes with what the automation waits for.",
    source="the vendor's description of its API",
)
SAME = Rule(
    "ZD032",
    "error",
    "Two active automations ask for the very same.",
    "Zendesk refuses the second one.",
    "Make one of the two, which does both.",
    source="active automations are unique",
)
VIEW = Rule(
    "ZD033",
    "error",
    "A view asks for neither status, type, group, assignee nor requester under `when`.",
    "Zendesk refuses it. A status of your own (`status_detail`) does not count.",
    "Add the condition that the message names.",
    source="the vendor's description of its API",
)
NO_LIST = Rule(
    "ZD034",
    "error",
    "An action in Zendesk's own words that mails or calls has one value where it needs several.",
    "Zendesk takes it, and shows a broken rule.",
    "Write a list: to whom, subject, text; or the webhook's id and the body.",
)
CANNOT_TAKE = Rule(
    "ZD035",
    "error",
    "A rule gives tickets to somebody who cannot take any.",
    "Light agents can write notes only; Zendesk refuses them as assignee.",
    "Name somebody with a role like agent or admin, or a group.",
)
CATALOGUE = (TIMELESS, UNBOUND, SAME, VIEW, NO_LIST, CANNOT_TAKE)
_ASKS_TOO_LITTLE = "it asks for neither status, type, group, assignee nor requester under `when`"
_LISTS = (
    "notification_user",
    "notification_group",
    "notification_webhook",
    "notification_target",
    "notification_sms_user",
)


def check(scope: Scope) -> Iterator[Finding]:
    declaration = scope.declaration
    for item in _ours(scope, "automations"):
        timed = any(isinstance(each, ClockCondition | DeadlineCondition | VendorCondition) for each in item.value.when)
        if not timed:
            yield TIMELESS.found(item, (), "it asks for no time under `when`", of_key=True)
        elif not asks_enough(item):
            yield UNBOUND.found(item, (), _ASKS_TOO_LITTLE, what_to_add(item, scope), of_key=True)
    yield from _same(list(_ours(scope, "automations")))
    for item in _ours(scope, "views"):
        if not asks_enough(item):
            yield VIEW.found(item, (), _ASKS_TOO_LITTLE, what_to_add(item, scope), of_key=True)
    for kind in ("triggers", "automations", "macros"):
        for item in _ours(scope, kind):
            for index, action in enumerate(item.value.then or ()):
                if isinstance(action, VendorAction):
                    said = action.vendor.get("zendesk", {})
                    if said.get("field") in _LISTS and not isinstance(said.get("value"), list):
                        message = f"the value of `{said['field']}` is no list"
                        yield NO_LIST.found(item, ("then", index, "zendesk", "value"), message)
                elif isinstance(action, SetAction) and action.set == "assignee" and isinstance(action.to, str):
                    person = declaration.get("people", action.to)
                    role = declaration.get("roles", person.value.role) if person and person.value.role else None
                    if person is not None and role is not None and role.value.like == "light_agent":
                        message = f"{person.name} is a light agent, and cannot take tickets"
                        yield CANNOT_TAKE.found(item, ("then", index, "to"), message)


def _ours(scope: Scope, kind: str) -> Iterator[Declared]:
    for item in scope.declaration.of(kind).values():
        if not item.value.existing and not item.value.by_hand:
            yield item


def _same(automations: list[Declared]) -> Iterator[Finding]:
    seen: dict[tuple[frozenset[str], frozenset[str]], Declared] = {}
    for item in automations:
        if not item.value.active:
            continue
        asks = frozenset(map(same, item.value.when)), frozenset(map(same, item.value.when_any))
        first = seen.setdefault(asks, item)
        if first is not item:
            yield SAME.found(item, (), f"“{first.name}” ({first.position}) asks for the very same", of_key=True)
