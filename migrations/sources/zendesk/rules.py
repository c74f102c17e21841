"""Macros and rules of an old Zendesk, in words.

Source: developer.zendesk.com, “Macros”, “Triggers”, “Automations”, “Views”, “SLA Policies”, “Actions reference”.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrations.records.macro import Macro
from migrations.records.rule import Rule
from migrations.sources.page_text import text_of_html
from migrations.sources.zendesk.json_values import Body, bodies_in, body_in, one_line, text
from provisioners.zendesk.look.conditions import Condition
from provisioners.zendesk.look.inventory import Action, Inventory, rule_of
from provisioners.zendesk.look.rules.slas import targets
from provisioners.zendesk.look.wording import said
from provisioners.zendesk.sentences import sentence

SORTS = {
    "triggers": "trigger",
    "automations": "automation",
    "sla_policies": "SLA policy",
    "views": "view",
}
"""Lists of rules, and what one of them is called."""
_TEXT, _HTML, _MODE = "comment_value", "comment_value_html", "comment_mode_is_public"
_VERBS = {
    "notification_user": "mails",
    "notification_group": "mails the group",
    "notification_target": "calls",
    "notification_webhook": "calls",
    "current_tags": "adds tags",
    "set_tags": "sets tags",
    "remove_tags": "removes tags",
    "cc": "copies in",
    "follower": "lets follow",
    _TEXT: "writes",
    _HTML: "writes",
}
_NAMED = {
    "notification_user": "people",
    "notification_group": "groups",
    "notification_webhook": "webhooks",
    "cc": "people",
    "follower": "people",
}
"""Actions whose first value may be an id, and the list in which its name stands."""
_WHO = {
    "current_user": "whoever acts",
    "current_groups": "the groups of whoever looks",
    "requester_id": "the requester",
    "requester_and_ccs": "the requester and those in copy",
    "assignee_id": "the assignee",
    "group_id": "of the ticket",
}
"""The vendor's words for somebody who is not named."""


def is_personal(body: Body) -> bool:
    """Whether a macro or view is one agent's own."""
    return text(body_in(body.get("restriction")).get("type")) == "User"


def macro_of(body: Body, inventory: Inventory) -> Macro:
    """`Billing::Refunds::Late` stands in the folder `Billing::Refunds`."""
    folder, _, name = one_line(body.get("raw_title") or body.get("title")).rpartition("::")
    actions = {action.field: action for action in rule_of("macros", body).actions}
    return Macro(
        id=text(body.get("id")),
        name=name.strip(),
        folder=folder.strip(),
        text=_written(actions),
        public=_MODE not in actions or actions[_MODE].first != "false",
        does=tuple(
            action_in_words(each, inventory) for each in actions.values() if each.field not in (_TEXT, _HTML, _MODE)
        ),
        active=body.get("active") is not False,
    )


def _written(actions: dict[str, Action]) -> str:
    """The text of a comment; its first value may say for which channel it is."""
    for name in (_TEXT, _HTML):
        if name in actions and actions[name].values:
            said = actions[name].values[-1]
            return text_of_html(said) if name == _HTML else said
    return ""


def rule_in_words(kind: str, body: Body, inventory: Inventory) -> Rule:
    rule = rule_of(kind, body)
    return Rule(
        id=f"{SORTS[kind].replace(' ', '-').lower()}-{text(body.get('id'))}",
        sort=SORTS[kind],
        name=one_line(body.get("raw_title") or body.get("title")),
        active=body.get("active") is not False,
        asks=(
            *(condition_in_words(each, inventory) for each in rule.asked),
            *(
                f"{'or ' if place else 'any of: '}{condition_in_words(each, inventory)}"
                for place, each in enumerate(rule.one_of)
            ),
        ),
        does=tuple(_does(kind, body, rule.actions, inventory)),
    )


def _does(kind: str, body: Body, actions: tuple[Action, ...], inventory: Inventory) -> Iterator[str]:
    if kind == "sla_policies":
        for (priority, metric), minutes in targets(body).items():
            yield f"{priority}: {metric.replace('_', ' ')} within {minutes:g} minutes"
    elif kind == "views":
        columns = [one_line(each.get("title")) for each in bodies_in(body_in(body.get("execution")).get("columns"))]
        yield f"shows {', '.join(each for each in columns if each)}" if any(columns) else "shows tickets"
    else:
        yield from (action_in_words(each, inventory) for each in actions)


def condition_in_words(condition: Condition, inventory: Inventory) -> str:
    """`group is Billing`, `the ticket is public`."""
    value = condition.values[0] if condition.values else ""
    known = sentence(condition.field, condition.operator, value)
    values = tuple(_WHO.get(each, each) for each in condition.values)
    return known or said(condition._replace(values=values), inventory)


def action_in_words(action: Action, inventory: Inventory) -> str:
    """`group becomes Billing`, `mails requester: Your ticket`."""
    if action.field not in _VERBS:
        values = tuple(_WHO.get(each, each) for each in action.values)
        return said(Condition(action.field, "becomes", values), inventory)
    words = [one_line(each) for each in action.values if each]
    if action.field in _NAMED and words:
        words[0] = inventory.name(_NAMED[action.field], words[0])
    whom, rest = (_WHO.get(words[0], words[0].replace("_", " ")), words[1:]) if words else ("", [])
    if action.field.endswith("tags") or action.field in (_TEXT, _HTML):
        whom, rest = ", ".join(words), []
    return f"{_VERBS[action.field]} {whom}{': ' + rest[0] if rest else ''}".strip()
