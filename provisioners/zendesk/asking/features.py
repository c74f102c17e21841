"""What the account's plan does not have, and what is switched off in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from config.findings import Finding
from config.kinds.conditions import FieldCondition
from provisioners.errors import SystemFault
from provisioners.intent import Intent, PlannedChange
from provisioners.resource import Ref, ResourceName
from provisioners.zendesk.asking.asked_account import AskedAccount
from provisioners.zendesk.asking.question import Question, rule_of_account
from provisioners.zendesk.asking.rule_entries import entries_of
from provisioners.zendesk.plans import nearest
from provisioners.zendesk.replies import NOT_GIVEN
from provisioners.zendesk.seats import LIGHT
from provisioners.zendesk.tagging import ENABLE, SETTING, customers_tags_off
from provisioners.zendesk.translations.roles import CALLED, LIKE
from provisioners.zendesk.translations.rollout import MARK_TAG

STATUSES_OFF = rule_of_account(
    "ZD108",
    "error",
    "Ticket statuses of the account's own are switched off.",
    "They cannot be made, and rules cannot ask for them.",
    "Activate them in the Admin Center under Objects and rules, Tickets, Ticket statuses.",
    source="the account's settings",
)
SIDE_CONVERSATIONS = rule_of_account(
    "ZD112",
    "error",
    "A rule begins a side conversation, and that sort is off in the account.",
    "Zendesk refuses the rule.",
    "Turn them on in the Admin Center under Workspaces, Agent tools, Side conversations, or leave the action out.",
    source="the account's settings",
    excused=True,
)
NOT_THERE = rule_of_account(
    "ZD127",
    "error",
    "The account does not have what is declared: it refuses to list it, or says that the feature is not active.",
    "It could not be made, and what names it would fail with it.",
    "Take the nearest thing that the message names, or a larger plan.",
    source="403 and 404 of the account's own lists, and the active features in its settings",
    excused=True,
)
TAGS_OFF = rule_of_account(
    "ZD130",
    "warning",
    "A promise, or the soft launch, goes by tags of customers, and these are off in the account.",
    "SLA policies match no ticket that nobody tags by hand.",
    f"{ENABLE}.",
    source="support.zendesk.com, “Adding tags to users and organizations”",
)
LIGHT_AGENTS = rule_of_account(
    "ZD132",
    "error",
    "Somebody is to be a light agent, and the account has no such role.",
    "golive cannot give the role, and would not guess another one.",
    "Give them the role in the Admin Center under People, Team members, and write `existing: true` for them.",
    source="the account's own list of roles",
    excused=True,
)
CATALOGUE = (STATUSES_OFF, SIDE_CONVERSATIONS, NOT_THERE, TAGS_OFF, LIGHT_AGENTS)


@dataclass(frozen=True)
class PlanBound:
    """A type that not every plan has. what: as `plans` says it, with an article. feature: the account's own word among
    its active features, where there is one."""

    path: str
    what: str
    feature: str = ""


PLAN_BOUND = {
    "zendesk:CustomRole": PlanBound("custom_roles", "a role with rights of its own"),
    "zendesk:SlaPolicy": PlanBound("slas/policies", "an SLA policy"),
    "zendesk:GroupSlaPolicy": PlanBound("group_slas/policies", "a group SLA policy"),
    "zendesk:Schedule": PlanBound("business_hours/schedules", "a schedule"),
    "zendesk:DynamicContent": PlanBound("dynamic_content/items", "dynamic content"),
    "zendesk:Skill": PlanBound("routing/attributes", "a skill"),
    "zendesk:Queue": PlanBound("queues", "a queue"),
    "zendesk:CustomObject": PlanBound("custom_objects", "a custom object"),
    "zendesk:DeletionSchedule": PlanBound("deletion_schedules", "a deletion schedule"),
    "zendesk:TicketForm": PlanBound("ticket_forms", "a second form", "ticket_forms"),
}
"""Features of which the account's settings say that they are off may be so because nobody uses them yet; only forms are
known to be there or not by that word."""


def not_there(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    """One call for each type of which something is new or changes; the only form of an account can change in any."""
    for type_, bound in PLAN_BOUND.items():
        changes = [each for each in intent.of(type_) if each.does == "create" or not bound.feature]
        if not changes or _has(account, bound):
            continue
        for each in _once(changes):
            instead = f"{_instead(each, bound)}{_in_sandbox(account)}"
            yield intent.found(NOT_THERE, each.name, f"this account does not have {bound.what}", instead)


def _has(account: AskedAccount, bound: PlanBound) -> bool:
    if bound.feature:
        return account.settings("active_features").get(bound.feature) is not False
    try:
        account.client.get(bound.path, per_page=1)
    except SystemFault as refused:
        if refused.status not in NOT_GIVEN:
            raise
        return False
    return True


def _in_sandbox(account: AskedAccount) -> str:
    """How the local sandbox gets a larger plan; empty for a real account."""
    if not account.sandbox:
        return ""
    return (
        " Or give the sandbox the plan that the client has: `plan:` of this system in its environment file, unless "
        "`plan` stands under `zendesk:` in stacks/sandbox-account.yaml (then there, and  golive sandbox reset,  which "
        "empties it)."
    )


def _instead(change: PlannedChange, bound: PlanBound) -> str:
    """Of a role, the built-in one that is nearest."""
    like = str((change.will or {}).get(LIKE) or "")
    if like in CALLED:
        return f"The nearest is the built-in role: without `rights` it is {CALLED[like]}."
    return nearest(bound.what)


def light_agents(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    """Whose role is the vendor's of light agents, which is looked up in the account's list of roles."""
    names = [each for each in intent.of("zendesk:User") if _is_light(each)]
    if not names:
        return
    why = "has no light agents"
    try:
        roles = account.listed("custom_roles", cursor=False)
    except SystemFault as refused:
        if refused.status not in NOT_GIVEN:
            raise
        roles, why = [], "lists no roles"
    if any(body.get("role_type") == LIGHT for body in roles):
        return
    for each in names:
        hint = f"{LIGHT_AGENTS.fix}{_in_sandbox(account)}"
        yield intent.found(LIGHT_AGENTS, each.name, f"this account {why}", hint, path=("role",))


def _is_light(change: PlannedChange) -> bool:
    role = (change.will or {}).get("custom_role_id")
    return isinstance(role, Ref) and ResourceName.of(role.resource).part == "role"


def statuses(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    """Statuses of the account's own that would be made, and rules that ask for one."""
    asking = [*intent.of("zendesk:CustomStatus"), *filter(_asks_status, intent.of(*_RULES))]
    if not asking or account.settings("tickets").get("custom_statuses_enabled") is not False:
        return
    for each in _once(asking):
        what = "cannot be made" if each.type == "zendesk:CustomStatus" else "asks for one"
        yield intent.found(
            STATUSES_OFF, each.name, f"{each.said} {what}: the account's own ticket statuses are switched off"
        )


_RULES = ("zendesk:Trigger", "zendesk:Automation", "zendesk:View", "zendesk:Macro", "zendesk:SlaPolicy")


def _asks_status(rule: PlannedChange) -> bool:
    return any(each.get("field") == "custom_status_id" for each in entries_of(rule.will))


_CHANNELS = {
    "side_conversation": ("email_channel", "by mail"),
    "side_conversation_slack": ("slack_channel", "in Slack"),
    "side_conversation_ticket": ("tickets_channel", "as tickets"),
}


def side_conversations(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    """Actions in Zendesk's own words, for golive has none for them."""
    for rule in intent.of("zendesk:Trigger", "zendesk:Automation", "zendesk:Macro"):
        for action in (rule.will or {}).get("actions") or ():
            setting, said = _CHANNELS.get(str(action.get("field")), ("", ""))
            if setting and account.settings("side_conversations").get(setting) is False:
                yield intent.found(SIDE_CONVERSATIONS, rule.name, f"side conversations {said} are off in this account")


def tags(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    """SLA policies see customers' fields only through tags that organizations pass on to their tickets, so that they
    are asked about each time; the rollout's mark has such a tag, which its fence can do without."""
    declared = intent.declared
    if getattr(declared.single("settings"), "organization_tags", None):
        return
    asking = [
        item
        for item in declared.of("sla_policies").values()
        if any(
            isinstance(each, FieldCondition) and each.field.startswith("organization.")
            for each in (*item.value.when, *item.value.when_any)
        )
    ]
    marks = [each for each in intent.of("zendesk:Trigger", "zendesk:OrganizationField") if each.name.kind == "rollout"]
    if not (asking or marks) or not customers_tags_off(account.all_settings()):
        return
    for item in asking:
        message = f"“{SETTING}” are off in this account, so that it matches no ticket that nobody tags by hand"
        yield TAGS_OFF.found(item, (), message, of_key=True)
    if not asking:
        message = (
            f"“{SETTING}” are off in this account, so that tickets do not bear `{MARK_TAG}`, the tag of who is in the "
            "soft launch: the fence does without, views and reports that ask for the tag do not"
        )
        yield intent.found(TAGS_OFF, marks[0].name, message)


def _once(changes: list[PlannedChange]) -> Iterator[PlannedChange]:
    """One change for each object."""
    yield from {each.name.object: each for each in reversed(changes)}.values()


QUESTIONS = (
    Question("whether its plan has all that is declared", not_there),
    Question("whether it has light agents", light_agents),
    Question("whether it has ticket statuses of its own", statuses),
    Question("which side conversations are on", side_conversations),
    Question(f"whether “{SETTING}” are on", tags),
)
