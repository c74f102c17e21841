"""What can never happen, and what nobody uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from provisioners.zendesk.look.conditions import impossible
from provisioners.zendesk.look.effects import defeats, overruled, set_value
from provisioners.zendesk.look.inventory import WITH_CONDITIONS, BusinessRule, Inventory, name_of
from provisioners.zendesk.look.references import field_of_placeholder, placeholders, references
from provisioners.zendesk.look.rule import WHOLE, Find, Found, Rule, Spot, spot
from provisioners.zendesk.look.rules.broken import ROUTES
from provisioners.zendesk.look.wording import KINDS, field_name, said

USED = "usage_30d"
DAYS = 30
"""As far back as the vendor counts how often something was used."""


def contradictory(inventory: Inventory) -> Found | None:
    """Active rules whose conditions exclude each other."""
    spots = []
    for rule in inventory.active(*WITH_CONDITIONS):
        pair = impossible(rule.asked, rule.one_of)
        if pair:
            spots.append(spot(rule, " and ".join(said(each, inventory) for each in pair)))
    acts = any(each.kind != "views" for each in spots)
    return Found(tuple(spots), weight="serious" if acts else "warning") if spots else None


def behind_another(inventory: Inventory) -> Iterator[Spot]:
    """SLA policies behind one that takes every ticket that they would take: the first that fits wins."""
    former: list[BusinessRule] = []
    for rule in inventory.policies_in_order:
        asked, one_of = rule.asks_the_same
        for earlier in former:
            before, before_any = earlier.asks_the_same
            if before <= asked and (not before_any or before_any == one_of):
                yield spot(rule, f"behind “{name_of(earlier.kind, earlier.body)}”, which fits the same tickets")
                break
        else:
            former.append(rule)


def defeated(inventory: Inventory) -> Iterator[Spot]:
    """Triggers that a former one always keeps from acting."""
    for each in defeats(inventory.triggers_in_order):
        name = each.because.field
        value = set_value(each.by, name)
        if name in KINDS and inventory.find(KINDS[name], str(value)) is None:
            continue  # what is gone cannot be set
        by = name_of(each.by.kind, each.by.body)
        yield spot(each.rule, f"asks for “{said(each.because, inventory)}”, and “{by}” has set it before")


def set_again(inventory: Inventory) -> Iterator[Spot]:
    """Triggers of which a later one always undoes what they set."""
    for earlier, later, name in overruled(inventory.triggers_in_order):
        yield spot(earlier, f"“{name_of(later.kind, later.body)}” sets the {field_name(name, inventory)} anew")


def unused(*kinds: str) -> Find:
    """What is switched on, older than the vendor counts back, and was not used in that time."""

    def find(inventory: Inventory) -> Iterator[Spot]:
        for kind in kinds:
            for body in inventory.on(kind):
                if body.get(USED) == 0 and inventory.older_than(body, DAYS, "created_at"):
                    yield Spot(kind, body)

    return find


def counted(*kinds: str) -> Callable[[Inventory], bool]:
    """Whether the account tells how often these were used."""
    return lambda inventory: any(
        USED in body and inventory.older_than(body, DAYS, "created_at") for kind in kinds for body in inventory.on(kind)
    )


def in_no_form(inventory: Inventory) -> Iterator[Spot]:
    """Active fields that stand in no active form and that no rule names. A single form takes every field by itself."""
    forms = inventory.on("ticket_forms")
    if len(forms) < 2:
        return
    shown = {str(one) for form in forms for one in form.get("ticket_field_ids") or []}
    named = {each.id for rule in inventory.active(*WITH_CONDITIONS, "macros") for each in references(rule)}
    for rule in inventory.active("triggers", "automations", "macros"):
        named |= {field for name in placeholders(rule) if (field := field_of_placeholder(name))}
    for body in inventory.custom_fields:
        if body.get("active") is not False and str(body.get("id")) not in shown | named:
            yield Spot("ticket_fields", body)


def empty_group(inventory: Inventory) -> Iterator[Spot]:
    """Groups in which nobody works and to which no rule sends anything."""
    named = {action.first for rule in inventory.active("triggers", "automations") for action in rule.does(*ROUTES)}
    for body in inventory.of("groups"):
        identifier = str(body.get("id"))
        if identifier not in named and not inventory.members.get(identifier):
            yield Spot("groups", body)


def schedule_unused(inventory: Inventory) -> Found | None:
    """Schedules although no rule ever puts one on a ticket: only the first can be in force."""
    schedules = inventory.of("schedules")
    if len(schedules) < 2 or any(any(rule.does("set_schedule")) for rule in inventory.active("triggers")):
        return None
    named = {
        value
        for rule in inventory.active(*WITH_CONDITIONS)
        for each in rule.conditions
        if each.field == "within_schedule"
        for value in each.values
    }
    spots = tuple(Spot("schedules", body) for body in schedules if str(body.get("id")) not in named)
    first = name_of("schedules", schedules[0])
    why = f"Every ticket counts by the first schedule, “{first}”, whatever its region or team."
    return Found(spots, why=why) if spots else None


def empty_category(inventory: Inventory) -> Iterator[Spot]:
    """Trigger categories without a trigger."""
    used = {str(body.get("category_id")) for body in inventory.of("triggers")}
    for body in inventory.of("trigger_categories"):
        if str(body.get("id")) not in used:
            yield Spot("trigger_categories", body)


RULES = (
    Rule(
        "look.contradiction",
        "unreached",
        "serious",
        (),
        contradictory,
        "Conditions that can never be true together",
        "The rule looks as if it worked, and never does anything.",
        "Take one of the two conditions out, or move them under “any”.",
        "No rule has conditions that exclude each other.",
        WITH_CONDITIONS,
    ),
    Rule(
        "look.sla-behind",
        "unreached",
        "serious",
        ("sla_policies",),
        behind_another,
        "SLA policies that no ticket ever reaches",
        "The first policy that fits wins, so these customers get the targets of another one.",
        "Put the narrower policy first.",
        "No SLA policy stands behind one that takes all its tickets.",
    ),
    Rule(
        "look.trigger-defeated",
        "unreached",
        "warning",
        ("triggers", "trigger_categories", WHOLE),
        defeated,
        "Triggers that an earlier one always keeps from acting",
        "The earlier trigger sets what the later one asks not to be set, so the later one never acts.",
        "Put the narrower trigger first, or delete it.",
        "No trigger keeps another one from ever acting.",
        ("triggers",),
    ),
    Rule(
        "look.trigger-overruled",
        "unreached",
        "warning",
        ("triggers", "trigger_categories", WHOLE),
        set_again,
        "Triggers of which a later one undoes what they set",
        "Both ask the same, and only what the later one sets remains.",
        "Decide which value is right, and delete the other trigger.",
        "No trigger undoes what another one has just set.",
        ("triggers",),
    ),
    Rule(
        "look.rule-silent",
        "unreached",
        "note",
        (),
        unused("triggers", "automations"),
        "Rules that have not acted in 30 days",
        "Each rule more is one that somebody has to understand before changing anything.",
        "Ask who needs it; switch it off if nobody does.",
        "Every rule that is old enough has acted in the last 30 days.",
        ("triggers", "automations"),
        counted("triggers", "automations"),
        figure=f"{DAYS} days, as far as Zendesk counts back",
    ),
    Rule(
        "look.macro-unused",
        "unreached",
        "note",
        ("macros",),
        unused("macros"),
        "Macros that nobody has used in 30 days",
        "Agents search through them for the one that they need.",
        "Switch them off; nothing is lost, and they can come back.",
        "Every macro that is old enough was used in the last 30 days.",
        ("macros",),
        counted("macros"),
        figure=f"{DAYS} days, as far as Zendesk counts back",
    ),
    Rule(
        "look.field-in-no-form",
        "unreached",
        "note",
        ("ticket_fields", "ticket_forms", "triggers", "automations", "macros", "views", WHOLE),
        in_no_form,
        "Ticket fields that stand in no form and in no rule",
        "Nobody can see or fill them.",
        "Put them into a form, or switch them off.",
        "Every ticket field of your own stands in a form or a rule.",
        ("ticket_fields",),
        lambda inventory: bool(inventory.custom_fields) and len(inventory.on("ticket_forms")) > 1,
    ),
    Rule(
        "look.group-empty",
        "unreached",
        "note",
        ("groups", "group_memberships", "people", "triggers", "automations", WHOLE),
        empty_group,
        "Groups in which nobody works",
        "An agent may still choose such a group, and the ticket is lost.",
        "Delete the group, or say who belongs to it.",
        "In every group somebody works.",
        ("groups",),
    ),
    Rule(
        "look.schedule-unused",
        "unreached",
        "note",
        ("schedules", "triggers", WHOLE),
        schedule_unused,
        "Several schedules, and no trigger that puts one on a ticket",
        "Every ticket counts by the first schedule, whatever its region or team.",
        "Let a trigger set the schedule by brand or group, or delete the others.",
        "Schedules are put on tickets by triggers, or there is only one.",
        ("schedules",),
    ),
    Rule(
        "look.category-empty",
        "unreached",
        "note",
        ("triggers", "trigger_categories", WHOLE),
        empty_category,
        "Trigger categories without a trigger",
        "They are headings without anything below them.",
        "Delete them.",
        "Every trigger category holds triggers.",
        ("trigger_categories",),
    ),
)
