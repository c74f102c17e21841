"""Rules of the health page about the method's figures: one case that fires, one that nearly does."""

from __future__ import annotations

from tests.provisioners.look.bodies import (
    CREATED,
    OPEN,
    WHOLE,
    Case,
    agent,
    asks,
    body,
    cells,
    does,
    policy,
    rule,
    ticket_field,
)

REPLY, RESOLUTION = "first_reply_time", "total_resolution_time"
PRIORITY_FIELD = {**ticket_field("Priority", "priority"), "removable": False}
CALL = does("notification_webhook", ["1", "{}"])
FORM_FIELDS = [ticket_field(str(number), editable_in_portal=True, required_in_portal=True) for number in range(6)]


def flow(tag: str) -> list[dict[str, object]]:
    """A tag that rules set, take away and ask for."""
    return [
        rule(f"Set {tag}", [CREATED], [does("current_tags", f"{tag} other")]),
        rule(f"End {tag}", [asks("current_tags", tag, "includes")], [does("remove_tags", tag)]),
    ]


CASES = [
    Case("look.sla-none", {}, {"sla_policies": [policy("P")]}),
    Case(
        "look.sla-priority-unset",
        {"sla_policies": [policy("P")], "ticket_fields": [PRIORITY_FIELD]},
        {"sla_policies": [policy("P")], "ticket_fields": [PRIORITY_FIELD],
         "triggers": [rule("Sets it", [CREATED], [does("priority", "normal")])]},
    ),
    Case(
        "look.sla-unwarned",
        {"sla_policies": [policy("P")], "views": [rule("V", [OPEN], [])]},
        {"sla_policies": [policy("P")],
         "views": [rule("V", [asks("until_sla_next_breach_at", "2", "less_than")], [])]},
    ),
    Case(
        "look.sla-one-sided",
        {"sla_policies": [policy("Reply", None, cells(REPLY, 1, 2, 3, 4)),
                          policy("Solve", None, cells(RESOLUTION, 1, 2, 3, 4))]},
        {"sla_policies": [policy("Both", None, {**cells(REPLY, 1, 2, 3, 4), **cells("agent_work_time", 1, 2, 3, 4)})]},
        ["Reply", "Solve"],
    ),
    Case(
        "look.sla-out-of-order",
        {"sla_policies": [policy("Odd", None, cells(REPLY, 60, 30, 90, 120)),
                          policy("Late", None, {("high", REPLY): 90, ("high", RESOLUTION): 60})]},
        {"sla_policies": [policy("Equal", None, {**cells(REPLY, 6, 6, 6, 6), **cells(RESOLUTION, 6, 6, 6, 6)})]},
        ["Odd", "Late"],
    ),
    Case(
        "look.sla-no-schedule",
        {"sla_policies": [policy("P", business_hours=True)]},
        {"sla_policies": [policy("P", business_hours=True)], "schedules": [body("Office")]},
        ["P"],
    ),
    Case(
        "look.sla-no-catch-all",
        {"sla_policies": [policy("P", [asks("brand_id", 1)])]},
        {"sla_policies": [policy("P", [asks("brand_id", 1)]), policy("Everybody")]},
    ),
    Case(
        "look.sla-priority-missing",
        {"sla_policies": [policy("P", None, {("urgent", REPLY): 60})]},
        {"sla_policies": [policy("P"), policy("Resolution only", None, {("urgent", RESOLUTION): 60})]},
        ["P"],
    ),
    Case(
        "look.sla-loose",
        {"sla_policies": [policy("P", None, {("urgent", REPLY): 481})]},
        {"sla_policies": [policy("P", None, {("urgent", REPLY): 480, ("low", REPLY): 10_000})]},
        ["P"],
    ),
    Case(
        "look.sla-few-agents",
        {"sla_policies": [policy("P", [asks("organization_id", 1)])], "people": [agent("A"), agent("B")]},
        {"sla_policies": [policy("P", [asks("brand_id", 1)])], "people": [agent("A"), agent("B")]},
        ["P"],
    ),
    Case(
        "look.sla-no-updates",
        {"sla_policies": [policy("P", None, cells(REPLY, 1, 2, 3, 4))]},
        {"sla_policies": [policy("P", None, WHOLE)]},
    ),
    Case(
        "look.card-number",
        {"ticket_fields": [ticket_field("Credit card number"), ticket_field("CVV", "integer")]},
        {"ticket_fields": [
            ticket_field("Credit card", "partialcreditcard"), ticket_field("Card type"), ticket_field("Discard reason"),
            ticket_field("Last four digits of the credit card"), ticket_field("Card number") | {"active": False},
        ]},
        ["Credit card number", "CVV"],
    ),
    Case(
        "look.form-long",
        {"ticket_fields": FORM_FIELDS, "ticket_forms": [body("Long", ticket_field_ids=[f["id"] for f in FORM_FIELDS])]},
        {"ticket_fields": FORM_FIELDS, "ticket_forms": [
            body("Five", ticket_field_ids=[f["id"] for f in FORM_FIELDS[:5]]),
            body("Agents", ticket_field_ids=[f["id"] for f in FORM_FIELDS], end_user_visible=False),
        ]},
        ["Long"],
    ),
    Case(
        "look.field-undescribed",
        {"ticket_fields": [ticket_field("Silent", agent_description=None, description="Silent"), ticket_field("Told")]},
        {"ticket_fields": [ticket_field("Told", agent_description="", description="What it is."), PRIORITY_FIELD]},
        ["Silent"],
    ),
    Case(
        "look.rules-many",
        {"triggers": [rule("T")] * 7, "automations": [rule("A")] * 4},
        {"triggers": [rule("T")] * 7 + [rule("Off", active=False)] * 50, "automations": [rule("A")] * 3},
    ),
    Case("look.macros-count", {"macros": [rule("M")] * 16}, {"macros": [rule("M")] * 15}),
    Case(
        "look.urgent-unseen",
        {"triggers": [rule("Quiet", [asks("priority", "urgent")]), rule("Low", [asks("priority", "low")], [CALL])]},
        {"triggers": [rule("Loud", [asks("priority", "normal", "greater_than")], [CALL])]},
    ),
    Case(
        "look.closes-open-work",
        {"automations": [rule("Close", [asks("updated_at", "168", "greater_than")], [does("status", "solved")])]},
        {"automations": [
            rule("Pending", [asks("PENDING", "168")], [does("status", "solved")]),
            rule("Solved", [asks("status", "pending", "greater_than")], [does("status", "closed")]),
            rule("Tagged", [asks("current_tags", "done", "includes")], [does("status", "closed")]),
            rule("Opens", [asks("updated_at", "1")], [does("status", "open")]),
        ]},
        ["Close"],
    ),
    Case(
        "look.tags-replaced",
        {"triggers": [rule("All", [CREATED], [does("set_tags", "vip")])]},
        {"triggers": [rule("Add", [CREATED], [does("current_tags", "vip")])],
         "macros": [rule("By hand", None, [does("set_tags", "vip")])]},
        ["All"],
    ),
    Case(
        "look.tags-as-state",
        {"triggers": [*flow("a"), *flow("b"), *flow("c")]},
        {"triggers": [*flow("a"), *flow("b"), rule("Only set", [CREATED], [does("current_tags", "c")])]},
    ),
    Case(
        "look.target-legacy",
        {"triggers": [rule("Old", [CREATED], [does("notification_target", ["1", "text"])])]},
        {"triggers": [rule("New", [CREATED], [does("notification_webhook", ["1", "text"])])]},
        ["Old"],
    ),
    Case(
        "look.admins-many",
        {"people": [agent(f"A{number}", "admin") for number in range(4)]},
        {"people": [agent(f"A{number}", "admin") for number in range(4)] + [agent("B")] * 16},
        ["A0", "A1", "A2", "A3"],
    ),
    Case("look.tickets-deletable", {}, {}, bad_settings={"tickets": {"agent_ticket_deletion": True}}),
    Case(
        "look.tickets-deletable",
        {"roles": [body("Lead", role_type=0, configuration={"ticket_deletion": True})]},
        {"roles": [body("Admin", role_type=4, configuration={"ticket_deletion": True}), body("R", role_type=0)]},
        ["Lead"],
    ),
    Case(
        "look.fourth-tier",
        {"groups": [body("Tier 4"), body("Support L5")]},
        {"groups": [body("Tier 3"), body("Level Four"), body("4th floor"), body("T400 printers")]},
        ["Tier 4", "Support L5"],
    ),
    Case(
        "look.routing-for-one",
        {"people": [agent("A")], "groups": [body("G", id=1), body("H", id=2)],
         "triggers": [rule("Route", [CREATED], [does("group_id", "1")])]},
        {"people": [agent("A"), agent("B")], "groups": [body("G", id=1), body("H", id=2)],
         "triggers": [rule("Route", [CREATED], [does("group_id", "1")])]},
        ["Route"],
    ),
]  # fmt: skip
