"""Rules of the health page about what is gone, off or unreachable: one case that fires, one that nearly does."""

from __future__ import annotations

from tests.provisioners.look.bodies import (
    CATEGORY,
    CREATED,
    OLD,
    OPEN,
    RECENT,
    SOLVED,
    Case,
    agent,
    asks,
    body,
    does,
    mail,
    member,
    policy,
    rule,
    ticket_field,
    webhook,
)

ANN = agent("Ann")
SUSPENDED = agent("Bob") | {"suspended": True}
BILLING, EMPTY = body("Billing"), body("Empty")
BRAND, OFF_BRAND = body("Pro", active=True), body("Rent", active=False)
FORM, OFF_FORM = body("Ask", active=True), body("Old", active=False)
STATUS, OFF_STATUS = body("", agent_label="Waiting", active=True), body("", agent_label="Old", active=False)
HOURS = body("Office")
HOOK, OFF_HOOK = webhook("Slack"), webhook("CRM") | {"status": "inactive"}
FIELD, OFF_FIELD = ticket_field("Product"), ticket_field("Old") | {"active": False}
CHOICE = ticket_field("Product", "tagger", "drill", "saw")
TWO_FORMS = [body("Ask", ticket_field_ids=[CHOICE["id"]]), body("Return", ticket_field_ids=[])]
TIER, OFF_TIER = body("Tier", key="tier", active=True), body("Old tier", key="old", active=False)
GONE = "4711"


def named(given: object, *, by: str, name: str) -> dict[str, list[dict[str, object]]]:
    """A trigger that names something, in a condition or an action."""
    when, then = ([asks(name, given)], None) if by == "condition" else ([CREATED], [does(name, given)])
    return {"triggers": [rule("Rule", when, then)]}


def pair(id_: str, kind: str, there: dict[str, object], name: str, by: str = "action") -> Case:
    """A rule that names what is not in the list, and one that names what is."""
    known = {kind: [there]}
    bad, good = (named(each, by=by, name=name) for each in (GONE, str(there["id"])))
    return Case(f"look.{id_}-gone", {**bad, **known}, {**good, **known}, ["Rule"])


def off(id_: str, kind: str, on: dict[str, object], switched: dict[str, object], name: str) -> Case:
    """A rule that names what is switched off, and one that names what is on."""
    known = {kind: [on, switched]}
    bad, good = (named(str(each["id"]), by="condition", name=name) for each in (switched, on))
    return Case(f"look.{id_}-off", {**bad, **known}, {**good, **known}, ["Rule"])


def by_key(id_: str, kind: str, prefix: str) -> list[Case]:
    gone, old, there = (
        {"triggers": [rule("Rule", [asks(f"{prefix}{key}", "x")])], kind: [TIER, OFF_TIER]}
        for key in ("nothing", "old", "tier")
    )
    return [Case(f"look.{id_}-gone", gone, there, ["Rule"]), Case(f"look.{id_}-off", old, there, ["Rule"])]


SEGMENT = {**ticket_field("Segment", "dropdown", "big", "mid"), "key": "segment"}

CASES = [
    pair("group", "groups", BILLING, "group_id"),
    pair("person", "people", ANN, "assignee_id"),
    pair("brand", "brands", BRAND, "brand_id", "condition"),
    pair("form", "ticket_forms", FORM, "ticket_form_id", "condition"),
    pair("status", "ticket_statuses", STATUS, "custom_status_id"),
    pair("schedule", "schedules", HOURS, "set_schedule"),
    Case(
        "look.webhook-gone",
        {"triggers": [rule("Rule", [CREATED], [does("notification_webhook", ["01GONE", "{}"])])], "webhooks": [HOOK]},
        {
            "triggers": [rule("Rule", [CREATED], [does("notification_webhook", [str(HOOK["id"]), "{}"])])],
            "webhooks": [HOOK],
        },
        ["Rule"],
    ),
    Case(
        "look.field-gone",
        {"automations": [rule("Rule", [asks("custom_fields_4711", "x")])], "ticket_fields": [FIELD]},
        {"automations": [rule("Rule", [asks(f"custom_fields_{FIELD['id']}", "x")])], "ticket_fields": [FIELD]},
        ["Rule"],
    ),
    off("brand", "brands", BRAND, OFF_BRAND, "brand_id"),
    off("form", "ticket_forms", FORM, OFF_FORM, "ticket_form_id"),
    off("status", "ticket_statuses", STATUS, OFF_STATUS, "custom_status_id"),
    Case(
        "look.field-off",
        {"views": [rule("Rule", [asks(f"custom_fields_{OFF_FIELD['id']}", "x")])], "ticket_fields": [FIELD, OFF_FIELD]},
        {"views": [rule("Rule", [asks(f"custom_fields_{FIELD['id']}", "x")])], "ticket_fields": [FIELD, OFF_FIELD]},
        ["Rule"],
    ),
    Case(
        "look.webhook-off",
        {
            "triggers": [rule("Rule", [CREATED], [does("notification_webhook", [str(OFF_HOOK["id"]), "{}"])])],
            "webhooks": [OFF_HOOK],
        },
        {  # the rule itself is off, too
            "triggers": [
                rule("Rule", [CREATED], [does("notification_webhook", [str(OFF_HOOK["id"]), "{}"])], active=False)
            ],
            "webhooks": [OFF_HOOK],
        },
        ["Rule"],
    ),
    *by_key("organization-field", "organization_fields", "organization.custom_fields."),
    *by_key("customer-field", "requester_fields", "requester.custom_fields."),
    Case(
        "look.person-suspended",
        {"triggers": [rule("Rule", [CREATED], [mail(str(SUSPENDED["id"]))])], "people": [ANN, SUSPENDED]},
        {"triggers": [rule("Rule", [CREATED], [mail("current_user")])], "people": [ANN, SUSPENDED]},
        ["Rule"],
    ),
    Case(
        "look.group-without-agents",
        {
            "triggers": [rule("Rule", [CREATED], [does("group_id", str(EMPTY["id"]))])],
            "groups": [BILLING, EMPTY],
            "people": [ANN, SUSPENDED],
            "group_memberships": [member(ANN, BILLING), member(SUSPENDED, EMPTY)],
        },
        {
            "triggers": [rule("Rule", [CREATED], [does("group_id", str(BILLING["id"]))])],
            "groups": [BILLING, EMPTY],
            "people": [ANN, SUSPENDED],
            "group_memberships": [member(ANN, BILLING), member(SUSPENDED, EMPTY)],
        },
        ["Rule"],
    ),
    Case(
        "look.option-gone",
        {
            "triggers": [rule("Rule", [asks(f"custom_fields_{CHOICE['id']}", "lathe")])],
            "ticket_fields": [CHOICE],
        },
        {
            "triggers": [
                rule("By tag", [asks(f"custom_fields_{CHOICE['id']}", "saw")]),
                rule("By id", [asks(f"custom_fields_{CHOICE['id']}", str(CHOICE["custom_field_options"][0]["id"]))]),
                rule("Empty", [asks(f"custom_fields_{CHOICE['id']}", "")]),
                rule("Changed", [asks(f"custom_fields_{CHOICE['id']}", None, "changed")]),
                rule("Free text", [asks(f"custom_fields_{FIELD['id']}", "anything")]),
            ],
            "ticket_fields": [CHOICE, FIELD],
        },
        ["Rule"],
    ),
    Case(
        "look.placeholder-gone",
        {
            "macros": [
                rule("Field", None, [does("comment_value", "It is {{ ticket.ticket_field_4711 }}.")]),
                rule("Content", None, [does("comment_value", "{{dc.no_such_thing}}")]),
            ],
        },
        {
            "macros": [
                rule("Field", None, [does("comment_value", f"{{{{ticket.ticket_field_{FIELD['id']}}}}}")]),
                rule("Content", None, [does("comment_value", "{{dc.farewell}} {{ticket.requester.name | upcase}}")]),
            ],
            "ticket_fields": [FIELD],
            "dynamic_content": [body("Farewell", placeholder="{{dc.farewell}}")],
        },
        ["Field", "Content"],
    ),
    Case(
        "look.form-condition-gone",
        {
            "ticket_forms": [
                body("Ask", active=True, agent_conditions=[{"parent_field_id": OFF_FIELD["id"], "child_fields": []}])
            ],
            "ticket_fields": [FIELD, OFF_FIELD],
        },
        {
            "ticket_forms": [
                body(
                    "Ask",
                    active=True,
                    agent_conditions=[{"parent_field_id": FIELD["id"], "child_fields": [{"id": CHOICE["id"]}]}],
                )
            ],
            "ticket_fields": [FIELD, CHOICE],
        },
        ["Ask"],
    ),
    Case(
        "look.contradiction",
        {
            "triggers": [rule("All", [OPEN, SOLVED]), rule("Any", [OPEN], one_of=[SOLVED, asks("status", "new")])],
            "sla_policies": [policy("Policy", [asks("type", "task"), asks("type", "incident")])],
        },
        {
            "triggers": [
                rule("Any", [OPEN], one_of=[SOLVED, asks("type", "task")]),
                rule("Only any", one_of=[OPEN, SOLVED]),
                rule("Off", [OPEN, SOLVED], active=False),
            ],
        },
        ["All", "Any", "Policy"],
    ),
    Case(
        "look.sla-behind",
        {
            "sla_policies": [
                policy("Second", [OPEN, asks("brand_id", 1)], position=2),
                policy("First", [OPEN], position=1),
            ]
        },
        {
            "sla_policies": [
                policy("Narrow first", [OPEN, asks("brand_id", 1)], position=1),
                policy("Other", [asks("brand_id", 2)], position=2),
                policy("Wide last", [OPEN], position=3),
            ]
        },
        ["Second"],
    ),
    Case(
        "look.trigger-defeated",
        {
            "triggers": [
                rule("First", [CREATED], [does("group_id", "7")], position=1),
                rule("Second", [CREATED, asks("group_id", "")], position=2),
            ],
            "trigger_categories": [CATEGORY],
            "groups": [body("G", id=7)],
        },
        {
            "triggers": [
                rule("Second", [CREATED, asks("group_id", "")], position=1),
                rule("First", [CREATED], [does("group_id", "7")], position=2),
            ],
            "trigger_categories": [CATEGORY],
            "groups": [body("G", id=7)],
        },
        ["Second"],
    ),
    Case(
        "look.trigger-overruled",
        {
            "triggers": [
                rule("First", [CREATED], [does("type", "task")], position=1),
                rule("Second", [CREATED], [does("type", "incident")], position=2),
            ],
            "trigger_categories": [CATEGORY],
        },
        {
            "triggers": [
                rule("First", [CREATED], [does("type", "task")], position=1),
                rule("Second", [CREATED, OPEN], [does("type", "incident")], position=2),
                rule("Same", [CREATED], [does("type", "task"), does("priority", "low")], position=3),
            ],
            "trigger_categories": [CATEGORY],
        },
        ["First"],
    ),
    Case(
        "look.rule-silent",
        {"triggers": [rule("Old", usage_30d=0)]},
        {"triggers": [rule("Used", usage_30d=1), rule("New", usage_30d=0, created_at=RECENT), rule("Not told")]},
        ["Old"],
    ),
    Case(
        "look.macro-unused",
        {"macros": [rule("Old", usage_30d=0)]},
        {"macros": [rule("Used", usage_30d=1), rule("New", usage_30d=0, created_at=RECENT), rule("Not told")]},
        ["Old"],
    ),
    Case(
        "look.field-in-no-form",
        {"ticket_fields": [FIELD, CHOICE], "ticket_forms": TWO_FORMS},
        {
            "ticket_fields": [FIELD, CHOICE],
            "ticket_forms": TWO_FORMS,
            "triggers": [rule("Sets it", [CREATED], [does(f"custom_fields_{FIELD['id']}", "x")])],
        },
        ["Product"],
    ),
    Case(
        "look.group-empty",
        {"groups": [BILLING, EMPTY], "people": [ANN], "group_memberships": [member(ANN, BILLING)]},
        {
            "groups": [BILLING, EMPTY],
            "people": [ANN],
            "group_memberships": [member(ANN, BILLING), member(ANN, EMPTY)],
        },
        ["Empty"],
    ),
    Case(
        "look.schedule-unused",
        {"schedules": [HOURS, body("Lisbon")]},
        {
            "schedules": [HOURS, body("Lisbon")],
            "triggers": [rule("Sets it", [CREATED], [does("set_schedule", str(HOURS["id"]))])],
        },
        ["Office", "Lisbon"],
    ),
    Case(
        "look.category-empty",
        {"trigger_categories": [CATEGORY, body("Old", id="2")], "triggers": [rule("Rule")]},
        {"trigger_categories": [CATEGORY], "triggers": [rule("Off", active=False)]},
        ["Old"],
    ),
    Case(
        "look.customers-tags-off",
        {
            "organization_fields": [SEGMENT],
            "sla_policies": [policy("Big", [asks("current_tags", "big", "includes")])],
            "triggers": [
                rule("One of", [CREATED], one_of=[asks("current_tags", each, "includes") for each in ("big", "mid")])
            ],
        },
        {
            "organization_fields": [SEGMENT],
            "sla_policies": [policy("Big", [asks("current_tags", "big", "includes")])],
        },
        ["One of", "Big"],
        {"user": {"tagging": False}},
    ),
    Case(
        "look.off-forgotten",
        {"triggers": [rule("Old", active=False, updated_at=OLD)], "webhooks": [OFF_HOOK | {"updated_at": OLD}]},
        {"triggers": [rule("Just now", active=False), rule("On", updated_at=OLD), rule("No date", active=False,
                                                                                        updated_at=None)]},
        ["Old", "CRM"],
    ),
]  # fmt: skip
