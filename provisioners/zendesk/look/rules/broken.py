"""What points to something that is gone, switched off or suspended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from provisioners.zendesk.look.inventory import ALL_RULES, WITH_ACTIONS, BusinessRule, Inventory, is_on, name_of
from provisioners.zendesk.look.references import Reference, field_of_placeholder, options, placeholders, references
from provisioners.zendesk.look.rule import WHOLE, Find, Found, Rule, Spot, spot
from provisioners.zendesk.look.wording import field_name

ROUTES = ("group_id", "notification_group")
CHOICES = ("tagger", "multiselect")
ONE = {
    "groups": "group",
    "people": "person",
    "brands": "brand",
    "ticket_forms": "form",
    "ticket_statuses": "ticket status",
    "schedules": "schedule",
    "webhooks": "webhook",
    "ticket_fields": "field",
    "organization_fields": "organization field",
    "requester_fields": "customer field",
}


Named = list[tuple[BusinessRule, Reference]]


@lru_cache(maxsize=1)
def _all_named(inventory: Inventory) -> dict[str, Named]:
    """What active rules name, by kind, each thing once a rule."""
    found: dict[str, Named] = {}
    for rule in inventory.active(*ALL_RULES):
        for each in dict.fromkeys(references(rule)):
            found.setdefault(each.kind, []).append((rule, each))
    return found


def _named(inventory: Inventory, kind: str) -> Named:
    return _all_named(inventory).get(kind, [])


def _weighed(pairs: Named, notes: dict[str, str]) -> Found | None:
    """Serious where a rule that acts by itself would do something with it."""
    spots: dict[tuple[str, Any], Spot] = {}
    for rule, each in pairs:
        spots.setdefault((rule.kind, id(rule.body)), spot(rule, notes[each.id]))
    acts = any(each.acts and rule.kind in ("triggers", "automations") for rule, each in pairs)
    return Found(tuple(spots.values()), weight="serious" if acts else "warning") if spots else None


def named(kind: str) -> Callable[[Inventory], bool]:
    """Whether rules name anything of a kind."""
    return lambda inventory: bool(_named(inventory, kind))


def _is_there(inventory: Inventory, kind: str, identifier: str) -> bool:
    by_key = kind in ("organization_fields", "requester_fields")
    return (inventory.with_key if by_key else inventory.find)(kind, identifier) is not None


def gone(kind: str) -> Find:
    """Rules that name something that is not in the account's list."""

    def find(inventory: Inventory) -> Found | None:
        pairs = [pair for pair in _named(inventory, kind) if not _is_there(inventory, kind, pair[1].id)]
        return _weighed(pairs, {each.id: f"{ONE[kind]} {each.id} is gone" for _, each in pairs})

    return find


def off(kind: str) -> Find:
    """Rules that name something that is switched off."""

    def find(inventory: Inventory) -> Found | None:
        pairs, notes = [], {}
        for rule, each in _named(inventory, kind):
            by_key = kind in ("organization_fields", "requester_fields")
            body = (inventory.with_key if by_key else inventory.find)(kind, each.id)
            if body is not None and not is_on(kind, body):
                pairs.append((rule, each))
                notes[each.id] = f"{ONE[kind]} “{name_of(kind, body)}” is off"
        return _weighed(pairs, notes)

    return find


def suspended(inventory: Inventory) -> Found | None:
    """Rules that give work or mail to somebody who is suspended."""
    pairs, notes = [], {}
    for rule, each in _named(inventory, "people"):
        body = inventory.find("people", each.id)
        if body is not None and body.get("suspended"):
            pairs.append((rule, each))
            notes[each.id] = f"{name_of('people', body)} is suspended"
    return _weighed(pairs, notes)


def nobody_there(inventory: Inventory) -> Iterator[Spot]:
    """Rules that send tickets or mail to a group in which nobody works."""
    for rule in inventory.active("triggers", "automations"):
        for action in rule.does(*ROUTES):
            body = inventory.find("groups", action.first)
            if body is not None and not inventory.members.get(action.first):
                yield spot(rule, f"group “{name_of('groups', body)}” has no agent")
                break


def option_gone(inventory: Inventory) -> Found | None:
    """Rules that name an option which its field does not have."""
    known: dict[str, set[str]] = {}
    for body in inventory.of("ticket_fields"):
        if body.get("type") in CHOICES:
            listed = body.get("custom_field_options") or []
            values = {str(one.get(name)) for one in listed for name in ("value", "id")}
            known[str(body.get("id"))] = values
    spots = []
    for rule in inventory.active(*WITH_ACTIONS, "views"):
        for field, value in options(rule):
            if field in known and value not in known[field]:
                spots.append(spot(rule, f"{field_name(f'custom_fields_{field}', inventory)} has no option {value}"))
                break
    return Found(tuple(spots)) if spots else None


def placeholder_gone(inventory: Inventory) -> Iterator[Spot]:
    """Texts that would show a field or a piece of dynamic content that is not there."""
    contents = {str(body.get("placeholder") or "").strip("{} ") for body in inventory.of("dynamic_content")}
    for rule in inventory.active(*WITH_ACTIONS):
        for name in placeholders(rule):
            field = field_of_placeholder(name)
            if field is not None and inventory.find("ticket_fields", field) is None:
                yield spot(rule, f"field {field} is gone")
                break
            if name.startswith("dc.") and inventory.has("dynamic_content") and name not in contents:
                yield spot(rule, f"dynamic content {name.removeprefix('dc.')[:60]} is not there")
                break


def form_condition_gone(inventory: Inventory) -> Iterator[Spot]:
    """Forms whose conditions name a field that is gone or off."""
    for form in inventory.on("ticket_forms"):
        for field in _fields_of_conditions(form):
            body = inventory.find("ticket_fields", field)
            if body is None or not is_on("ticket_fields", body):
                named = f"“{name_of('ticket_fields', body)}” is off" if body else f"{field} is gone"
                yield Spot("ticket_forms", form, f"field {named}")
                break


def _fields_of_conditions(form: Any) -> Iterator[str]:
    for part in ("agent_conditions", "end_user_conditions"):
        for each in form.get(part) or []:
            yield str(each.get("parent_field_id"))
            yield from (str(child.get("id")) for child in each.get("child_fields") or [])


def _gone(kind: str, id_: str, what: str, why: str) -> Rule:
    return Rule(
        f"look.{id_}-gone",
        "broken",
        "serious",
        (kind, WHOLE),
        gone(kind),
        what,
        why,
        "Point the rule to what has taken its place, or switch the rule off.",
        f"Every {ONE[kind]} that a rule names is there.",
        ALL_RULES,
        named(kind),
    )


def _off(kind: str, id_: str, what: str, why: str) -> Rule:
    return Rule(
        f"look.{id_}-off",
        "broken",
        "warning",
        (kind,),
        off(kind),
        what,
        why,
        "Switch it on again, or take it out of the rule.",
        f"Every {ONE[kind]} that a rule names is switched on.",
        ALL_RULES,
        named(kind),
    )


NEVER_TRUE = "A condition on it is never true, and an action on it does nothing or fails."
RULES = (
    _gone(
        "groups", "group", "Rules name a group that was deleted", "Tickets do not reach the team they are meant for."
    ),
    _gone(
        "people",
        "person",
        "Rules name somebody who is no agent here any more",
        "Work and mail that should reach a person reach nobody.",
    ),
    _gone("ticket_fields", "field", "Rules name a ticket field that was deleted", NEVER_TRUE),
    _gone("organization_fields", "organization-field", "Rules name an organization field that was deleted", NEVER_TRUE),
    _gone("requester_fields", "customer-field", "Rules name a customer field that was deleted", NEVER_TRUE),
    _gone("brands", "brand", "Rules name a brand that was deleted", NEVER_TRUE),
    _gone("ticket_forms", "form", "Rules name a form that was deleted", NEVER_TRUE),
    _gone("ticket_statuses", "status", "Rules name a ticket status that is gone", NEVER_TRUE),
    _gone("schedules", "schedule", "Rules name a schedule that was deleted", "Hours are counted by another calendar."),
    _gone(
        "webhooks",
        "webhook",
        "Rules call a webhook that was deleted",
        "The other system is never told, and nobody gets an error.",
    ),
    _off("ticket_fields", "field", "Rules name a ticket field that is switched off", NEVER_TRUE),
    _off("organization_fields", "organization-field", "Rules name an organization field that is off", NEVER_TRUE),
    _off("requester_fields", "customer-field", "Rules name a customer field that is switched off", NEVER_TRUE),
    _off("brands", "brand", "Rules name a brand that is switched off", "No new ticket has that brand."),
    _off("ticket_forms", "form", "Rules name a form that is switched off", "No new ticket has that form."),
    _off("ticket_statuses", "status", "Rules name a ticket status that is off", "Agents can no longer choose it."),
    _off("webhooks", "webhook", "Rules call a webhook that is switched off", "The other system is never told."),
    Rule(
        "look.person-suspended",
        "broken",
        "serious",
        ("people",),
        suspended,
        "Rules name a suspended agent",
        "Tickets are given to, or mail is sent to, somebody who cannot sign in.",
        "Name a group instead of a person, or the colleague who has taken over.",
        "No rule gives work to a suspended agent.",
        ALL_RULES,
        named("people"),
    ),
    Rule(
        "look.group-without-agents",
        "broken",
        "serious",
        ("groups", "group_memberships", "people", WHOLE),
        nobody_there,
        "Rules send tickets to a group in which nobody works",
        "Such tickets lie where nobody looks.",
        "Add agents to the group, or route to another one.",
        "Every group to which rules send tickets has agents.",
        ("triggers", "automations"),
    ),
    Rule(
        "look.option-gone",
        "broken",
        "warning",
        ("ticket_fields", WHOLE),
        option_gone,
        "Rules name an option that its field does not have",
        "The condition is never true, or the field stays empty.",
        "Choose one of the options that are there, or add the missing one again.",
        "Every option that a rule names is there.",
        (*WITH_ACTIONS, "views"),
        named("ticket_fields"),
    ),
    Rule(
        "look.placeholder-gone",
        "broken",
        "warning",
        ("ticket_fields", WHOLE),
        placeholder_gone,
        "Texts show a field or dynamic content that is not there",
        "The reader gets a gap or a raw placeholder in the middle of a sentence.",
        "Put in the new placeholder, or take it out of the text.",
        "Every field and dynamic content that a text shows is there.",
        WITH_ACTIONS,
    ),
    Rule(
        "look.form-condition-gone",
        "broken",
        "warning",
        ("ticket_forms", "ticket_fields", WHOLE),
        form_condition_gone,
        "Forms whose conditions name a field that is gone or off",
        "A field that should appear in the form never does, or always does.",
        "Open the form's conditions and choose a field that is there.",
        "Conditions of forms name only fields that are there.",
        ("ticket_forms",),
        lambda inventory: any(True for form in inventory.on("ticket_forms") for _ in _fields_of_conditions(form)),
    ),
)
