"""What an account cannot do of what is declared: told by its own lists and settings, before anything is written.

The vendor's pages say what rules can ask; an account's plan and settings decide what it really knows (grammar 22).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from config.declaration import Declaration
from config.kinds.conditions import FieldCondition
from provisioners.errors import SystemFault
from provisioners.resource import Resource
from provisioners.zendesk.client import ZendeskClient
from provisioners.zendesk.definitions import ASKED, unknown_in_account
from provisioners.zendesk.help_center_cautions import help_center_cautions
from provisioners.zendesk.live_settings import Settings
from provisioners.zendesk.macro_cautions import macro_cautions
from provisioners.zendesk.seats import LIGHT
from provisioners.zendesk.signing_cautions import signing_cautions
from provisioners.zendesk.tagging import ENABLE, SETTING, customers_tags_off
from provisioners.zendesk.translations.roles import CALLED, LIKE
from provisioners.zendesk.translations.rollout import MARK_TAG


def cautions(client: ZendeskClient, declared: Declaration, resources: Iterable[Resource]) -> Iterator[str]:
    """A line for each thing that the account does not have. resources: what a run would make or change.

    Promises that match no ticket are told of each time, also where they stay as they are.
    """
    resources = list(resources)
    yield from _deleting(resources)
    managed = [each for each in resources if each.mode == "managed"]
    changed = [each for each in managed if each.type in ASKED]
    settings = Settings(client)
    yield from _tagging(settings, declared, changed)
    yield from _statuses(client, settings, managed)
    yield from _roles(client, resources)
    yield from help_center_cautions(client, resources)
    yield from macro_cautions(settings, resources)
    yield from signing_cautions(client, declared)
    yield from unknown_in_account(client, changed)


_DELETED = {
    "zen:ticket": "archived tickets, with everything that customers and agents wrote in them,",
    "zen:user": "customers, with what is known of them,",
    "zen:attachment": "attachments of tickets",
    "zen:bot_only_conversation": "conversations between customers and the bot",
}


def _deleting(changed: Iterable[Resource]) -> Iterator[str]:
    """What is deleted by itself is gone for good: said whenever a schedule that is on is made or changed."""
    for each in changed:
        if each.type == "zendesk:DeletionSchedule" and each.mode != "found" and each.payload.get("active", True):
            what = _DELETED.get(str(each.payload.get("object")), "records")
            yield (
                f"“{each.payload['title']}” deletes {what} for good, within days and then again and again. Nobody can "
                "bring them back: look at its conditions once more."
            )


def _roles(client: ZendeskClient, resources: Iterable[Resource]) -> Iterator[str]:
    """Roles with rights of their own, and the vendor's role of light agents, as far as the account's plan has them."""
    own = [each for each in resources if each.type == "zendesk:CustomRole" and each.mode == "managed"]
    light = [each for each in resources if each.type == "zendesk:LightAgentRole"]
    if not own and not light:
        return
    lacking = False
    try:
        lives = client.pages("custom_roles", "custom_roles", cursor=False)
    except SystemFault as fault:
        lacking = fault.status == 403
        if not lacking:
            yield f"Which roles this account has could not be read: {fault.why}"
            return
        lives = []
    for each in own if lacking else ():
        like = CALLED[str(each.payload[LIKE])]
        yield (
            f"This account's plan has no roles with rights of their own, so that “{each.payload['name']}” is not made, "
            f"and whoever has it is not changed. The nearest is the built-in role: without `rights` it is {like}."
        )
    if light and not any(body.get("role_type") == LIGHT for body in lives):
        people = ", ".join(dict.fromkeys(each.source.key for each in light))
        why = "lists no roles" if lacking else "has no light agents"
        yield (
            f"This account's plan {why}, so that golive cannot make light agents of {people}. Give them the role in "
            "the Admin Center under People, Team members, and write `existing: true` for them."
        )


def _statuses(client: ZendeskClient, settings: Settings, managed: list[Resource]) -> Iterator[str]:
    """Statuses of the account's own are a feature that an account has or has not; a default stays on."""
    ours = [each for each in managed if each.type == "zendesk:CustomStatus"]
    if not ours:
        return
    some = ", ".join(dict.fromkeys(f"“{each.payload['agent_label']}”" for each in ours))
    try:
        if settings.section("tickets").get("custom_statuses_enabled") is False:
            yield (
                f"Custom ticket statuses are not activated in this account, so that {some} cannot be made. Activate "
                "them in the Admin Center under Objects and rules, Tickets, Ticket statuses."
            )
            return
        lives = client.pages("custom_statuses", "custom_statuses", cursor=False)
    except SystemFault as fault:
        yield f"Whether this account has ticket statuses of its own could not be read: {fault.why}"
        return
    defaults = {str(body.get("agent_label")).casefold(): body for body in lives if body.get("default")}
    moves = {
        each.payload["status_category"]
        for each in ours
        if any(other.type == "zendesk:DefaultStatus" and other.source == each.source for other in managed)
    }
    for each in ours:
        live = defaults.get(str(each.payload["agent_label"]).casefold())
        if live and each.payload.get("active") is False and live.get("status_category") not in {*moves, "hold"}:
            yield (
                f"“{each.payload['agent_label']}” is the default of its category, which Zendesk does not switch off: "
                "make another status of the category the default first (`default: true`)."
            )


def _tagging(settings: Settings, declared: Declaration, changed: list[Resource]) -> Iterator[str]:
    """SLA policies see customers' fields only through tags that organizations pass on to their tickets; the rollout's
    mark has such a tag, which its fence can do without."""
    asking = [
        item.name
        for item in declared.of("sla_policies").values()
        for condition in (*item.value.when, *item.value.when_any)
        if isinstance(condition, FieldCondition) and condition.field.startswith("organization.")
    ]
    marks = any(each.source.kind == "rollout" for each in changed)
    declared_on = getattr(declared.single("settings"), "organization_tags", None)
    if (not asking and not marks) or declared_on:
        return
    try:
        off = customers_tags_off(settings.all())
    except SystemFault as fault:
        yield f"Whether “{SETTING}” are on could not be read: {fault.why}"
        return
    if not off:
        return
    if not asking:
        yield (
            f"“{SETTING}” are off in this account, so that tickets do not bear `{MARK_TAG}`, the tag of who is in the "
            f"soft launch. The fence does without; views and reports that ask for the tag do not. {ENABLE}."
        )
    else:
        names = list(dict.fromkeys(asking))
        some = ", ".join(f"“{name}”" for name in names[:2]) + (f" and {len(names) - 2} more" if len(names) > 2 else "")
        yield (
            f"“{SETTING}” are off in this account, so that {some} match no ticket that nobody tags by hand. {ENABLE}."
        )
