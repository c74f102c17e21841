"""An account in which people have worked for years, put into the sandbox by raw HTTP: some 350 objects, and the
oddities that real accounts have. Knows nothing of golive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Send = Callable[..., dict[str, Any]]
"""(method, path, body) → the vendor's answer."""

ODD_NAMES = (
    "VIP 🚀 escalation",
    "Übergabe an Müller & Söhne",
    'She said "now"',
    "It's the team's, isn't it",
    "24/7 hotline",
    "日本語のトリガー",
    "{{not a placeholder",
    "${HOME} and $PATH",
    "yes",
    "null",
    "012",
    "- dash first",
    "# hash first",
    "key: value",
    "tab\there",
    "ends with colon:",
    "[brackets] {braces}",
    "*star &amp; <b>bold</b>",
    "مرحبا بالعالم",
    "a name that is long enough to be cut somewhere because nobody can read a key of one hundred letters or more",
)


def build(send: Send, *, triggers: int = 120, macros: int = 60, enterprise: bool = False) -> dict[str, int]:
    """Fill an account, and say how many objects of each list were put in. enterprise: it has roles of its own."""

    def make(path: str, one: str, **attributes: Any) -> dict[str, Any]:
        answer = send("POST", path, {one: attributes})
        counts[path] = counts.get(path, 0) + 1
        found: dict[str, Any] = answer.get(one) or answer
        return found

    counts: dict[str, int] = {}
    groups = [make("groups", "group", name=f"Team {number}") for number in range(1, 13)]
    groups += [make("groups", "group", name=name) for name in ("Billing", "billing  team", "Ünïted", "no")]
    make("groups", "group", name="Hidden", is_public=False, description="Only its members\nsee it.")
    gone = make("groups", "group", name="Dissolved")
    send("DELETE", f"groups/{gone['id']}")
    people = []
    for number in range(1, 31):
        role = "admin" if number < 4 else "agent"
        person = make(
            "users", "user", name=f"Agent Number{number}", email=f"agent{number}@client.example", role=role,
            skip_verify_email=True,
        )  # fmt: skip
        people.append(person)
        for group in {groups[number % 12]["id"], groups[(number * 5) % 12]["id"]}:
            make("group_memberships", "group_membership", user_id=person["id"], group_id=group)
    send("PUT", f"users/{people[5]['id']}", {"user": {"suspended": True, "alias": "Sam"}})
    send("PUT", f"users/{people[6]['id']}", {"user": {"name": "Agent Number6"}})  # two of one name
    if enterprise:
        own = make("custom_roles", "custom_role", name="Team lead", configuration={"ticket_access": "all"})
        send("PUT", f"users/{people[7]['id']}", {"user": {"custom_role_id": own["id"]}})
    schedule = make("business_hours/schedules", "schedule", name="Office", time_zone="Berlin")
    intervals = [{"start_time": 1440 * day + 540, "end_time": 1440 * day + 1020} for day in range(1, 6)]
    send("PUT", f"business_hours/schedules/{schedule['id']}/workweek", {"workweek": {"intervals": intervals}})
    always = make("business_hours/schedules", "schedule", name="Round the clock", time_zone="UTC")
    send(
        "PUT",
        f"business_hours/schedules/{always['id']}/workweek",
        {"workweek": {"intervals": [{"start_time": 1440 * day, "end_time": 1440 * (day + 1)} for day in range(7)]}},
    )
    for name, day in (("Christmas", "2026-12-25"), ("New Year", "2027-01-01")):
        make(f"business_hours/schedules/{schedule['id']}/holidays", "holiday", name=name, start_date=day, end_date=day)
    for name in ("help", "sales", "press"):
        make("recipient_addresses", "recipient_address", name=name.title(), email=f"{name}@client.example")
    fields = _ticket_fields(make)
    _customer_fields(make)
    pager = make(
        "webhooks", "webhook", name="Pager", endpoint="https://pager.example/hook", http_method="POST",
        request_format="json", status="active", subscriptions=["conditional_ticket_events"],
        authentication={"type": "bearer_token", "data": {"token": "s3cr3t"}, "add_position": "header"},
    )  # fmt: skip
    make(
        "webhooks", "webhook", name="Plain", endpoint="https://plain.example/?a=1&b=2", http_method="GET",
        request_format="json", status="inactive", subscriptions=["conditional_ticket_events"],
    )  # fmt: skip
    make(
        "webhooks", "webhook", name="Listens", endpoint="https://listens.example", http_method="POST",
        request_format="json", status="active", subscriptions=["zen:event-type:user.created"],
    )  # fmt: skip
    categories = [make("trigger_categories", "trigger_category", name=f"{name}") for name in ("Route", "Tell", "Empty")]
    ids = {
        "brand": str(send("GET", "brands")["brands"][0]["id"]),
        "form": str(send("GET", "ticket_forms")["ticket_forms"][0]["id"]),
        "organization": str(make("organizations", "organization", name="Firm")["id"]),
    }
    _triggers(make, triggers, groups, people, fields, schedule, pager, categories, ids)
    _macros(make, macros, groups, people, fields)
    _policies(make, groups, fields)
    return counts


def _ticket_fields(make: Callable[..., dict[str, Any]]) -> dict[str, dict[str, Any]]:
    def field(type_: str, title: str, **more: Any) -> dict[str, Any]:
        return make("ticket_fields", "ticket_field", type=type_, title=title, **more)

    def options(*pairs: tuple[str, str]) -> list[dict[str, str]]:
        return [{"name": name, "value": value} for name, value in pairs]

    return {
        "area": field(
            "tagger", "Area", custom_field_options=options(("API", "api"), ("Pay::Cards", "pay__cards"), ("No", "no")),
            visible_in_portal=True, editable_in_portal=True, title_in_portal="Where?", description="Say where.",
        ),
        "reason": field(
            "tagger", "Reason for contact", required=True, agent_description="Before you solve.",
            custom_field_options=options(("Refund", "reason_refund"), ("Other", "reason_o"), ("Other", "reason_x")),
        ),
        "methods": field("multiselect", "Methods", custom_field_options=options(("Visa", "visa-1"), ("SEPA", "se.pa"))),
        "note": field("text", "Note"),
        "long": field("textarea", "Long note", active=False),
        "count": field("integer", "How many"),
        "price": field("decimal", "Price"),
        "day": field("date", "Due day"),
        "flag": field("checkbox", "Refunded?", tag="refunded"),
        "pattern": field("regexp", "Order number", regexp_for_validation="^[A-Z]{2}[0-9]+$"),
        "priority": field("text", "Priority"),
        "same": field("text", "Note"),
    }  # fmt: skip


def _customer_fields(make: Callable[..., dict[str, Any]]) -> None:
    make("organization_fields", "organization_field", type="text", title="Region", key="region")
    make("user_fields", "user_field", type="text", title="Region of the person", key="region")
    make("organization_fields", "organization_field", type="decimal", title="ARR", key="ARR_2024")
    make(
        "organization_fields", "organization_field", type="dropdown", title="Plan", key="plan",
        custom_field_options=[{"name": "Gold", "value": "plan_gold"}, {"name": "Free", "value": "free_tier"}],
    )  # fmt: skip
    make("user_fields", "user_field", type="checkbox", title="Speaks German", key="german", active=False)


def _triggers(
    make: Callable[..., dict[str, Any]],
    number: int,
    groups: list[dict[str, Any]],
    people: list[dict[str, Any]],
    fields: dict[str, dict[str, Any]],
    schedule: dict[str, Any],
    pager: dict[str, Any],
    categories: list[dict[str, Any]],
    ids: dict[str, str],
) -> None:
    brand, form, firm = ids["brand"], ids["form"], ids["organization"]
    area, reason = f"custom_fields_{fields['area']['id']}", f"custom_fields_{fields['reason']['id']}"
    methods, note = f"custom_fields_{fields['methods']['id']}", f"custom_fields_{fields['note']['id']}"

    def when(field: str, operator: str, value: Any) -> dict[str, Any]:
        return {"field": field, "operator": operator, "value": value}

    conditions: list[dict[str, list[dict[str, Any]]]] = [
        {"all": [when("update_type", "is", "Create"), when("status", "less_than", "solved")], "any": []},
        {"all": [when("priority", "greater_than", "normal")], "any": [when(area, "is", "api"), when(area, "is", "no")]},
        {
            "all": [when("current_tags", "includes", "vip gold"), when("current_tags", "not_includes", "spam")],
            "any": [],
        },
        {"all": [when("group_id", "is", str(groups[0]["id"])), when("group_id", "is_not", "")], "any": []},
        {"all": [when("assignee_id", "is_not", str(people[0]["id"])), when("assignee_id", "changed", None)], "any": []},
        {"all": [when("subject_includes_word", "includes", "refund money"), when("role", "is", "end_user")], "any": []},
        {"all": [when("comment_includes_word", "is", "not my order")], "any": [when("via_id", "is", 4)]},
        {"all": [when("within_schedule", "is_not", str(schedule["id"]))], "any": []},
        {"all": [when("comment_is_public", "is", True), when("status", "value", "open")], "any": []},
        {"all": [when("organization.custom_fields.plan", "is", "plan_gold")], "any": []},
        {"all": [when("organization.custom_fields.ARR_2024", "greater_than", "1000")], "any": []},
        {"all": [when(methods, "includes", "visa-1"), when(note, "present", None)], "any": []},
        {
            "all": [when("current_via_id", "is", "33"), when("status", "is", "new")],
            "any": [when("locale_id", "is", "8")],
        },
        {"all": [when("brand_id", "is", brand), when("ticket_form_id", "is_not", form)], "any": []},
        {"all": [when("satisfaction_score", "is", "bad"), when("reopens", "greater_than", 2)], "any": []},
        {"all": [when("requester_id", "is", people[4]["id"]), when("organization_id", "is", firm)], "any": []},
    ]
    html = '<p>Hello {{ticket.requester.first_name}},</p>\r\n<p>it\'s "done" – {{dc.goodbye}}</p>  \r\n\ttabbed'
    actions: list[list[dict[str, Any]]] = [
        [{"field": "group_id", "value": str(groups[1]["id"])}, {"field": "current_tags", "value": "routed"}],
        [{"field": "priority", "value": "high"}, {"field": area, "value": "pay__cards"}],
        [{"field": "notification_user", "value": ["requester_id", "Re: {{ticket.title}}", html]}],
        [
            {
                "field": "notification_group",
                "value": [str(groups[2]["id"]), "Look", "{{ticket.id}}\n\n{{ticket.link}}\n"],
            }
        ],
        [
            {
                "field": "notification_user",
                "value": [str(people[1]["id"]), "Hi", f"{{{{ticket.ticket_field_{fields['area']['id']}}}}}"],
            }
        ],
        [{"field": "remove_tags", "value": "routed vip"}, {"field": "assignee_id", "value": "current_user"}],
        [{"field": "set_schedule", "value": str(schedule["id"])}, {"field": "status", "value": "hold"}],
        [
            {
                "field": "notification_webhook",
                "value": [pager["id"], '{"id": "{{ticket.id}}", "say": "{{ticket.title}}"}'],
            }
        ],
        [{"field": "notification_user", "value": ["all_agents", "All", "Body"]}],
        [{"field": "follower", "value": str(people[2]["id"])}, {"field": "locale_id", "value": "8"}],
        [{"field": reason, "value": "reason_refund"}, {"field": "assignee_id", "value": ""}],
        [{"field": "set_tags", "value": "only these"}, {"field": "type", "value": "incident"}],
    ]
    for index in range(number):
        title = ODD_NAMES[index] if index < len(ODD_NAMES) else f"Rule {index // 2}"  # every other one twice
        make(
            "triggers", "trigger", title=title, active=index % 3 != 0, conditions=conditions[index % len(conditions)],
            actions=actions[index % len(actions)], category_id=categories[index % 2]["id"],
            description="" if index % 4 else f"Made for case {index}",
        )  # fmt: skip


def _macros(
    make: Callable[..., dict[str, Any]],
    number: int,
    groups: list[dict[str, Any]],
    people: list[dict[str, Any]],
    fields: dict[str, dict[str, Any]],
) -> None:
    actions: list[list[dict[str, Any]]] = [
        [{"field": "comment_value", "value": "Hello,\n\nplease wait.\n"}, {"field": "status", "value": "pending"}],
        [{"field": "comment_value", "value": ["channel:all", "Thank you"]}],
        [{"field": "comment_value", "value": "Note"}, {"field": "comment_mode_is_public", "value": "false"}],
        [{"field": "comment_value_html", "value": "<b>Bold</b>"}, {"field": "set_tags", "value": "a b"}],
        [{"field": f"custom_fields_{fields['count']['id']}", "value": "3"}, {"field": "subject", "value": "New"}],
        [{"field": f"custom_fields_{fields['flag']['id']}", "value": "true"}, {"field": "cc", "value": "current_user"}],
    ]
    restrictions: list[Any] = [
        None,
        {"type": "Group", "id": groups[0]["id"], "ids": [groups[0]["id"], groups[1]["id"]]},
        {"type": "User", "id": people[0]["id"]},
        {"type": "Group", "id": groups[3]["id"]},
    ]
    for index in range(number):
        title = f"Folder::{ODD_NAMES[index]}" if index < len(ODD_NAMES) else f"Answer::{index}"
        make(
            "macros", "macro", title=title, active=index % 5 != 0, actions=actions[index % len(actions)],
            restriction=restrictions[index % len(restrictions)], description=None if index % 3 else f"When {index}",
        )  # fmt: skip


def _policies(
    make: Callable[..., dict[str, Any]], groups: list[dict[str, Any]], fields: dict[str, dict[str, Any]]
) -> None:
    cells = [("urgent", 60, True), ("high", 240, False), ("normal", 1440, False)]
    metrics = [
        {"priority": priority, "metric": "first_reply_time", "target": target, "business_hours": hours}
        for priority, target, hours in cells
    ] + [{"priority": "urgent", "metric": "agent_work_time", "target": 125, "business_hours": True}]
    for name, filters in (
        ("Gold", {"all": [{"field": "current_tags", "operator": "includes", "value": "plan_gold"}], "any": []}),
        ("Team 1", {"all": [{"field": "group_id", "operator": "is", "value": groups[0]["id"]}], "any": []}),
        (
            "Area",
            {"all": [{"field": f"custom_fields_{fields['area']['id']}", "operator": "is", "value": "api"}], "any": []},
        ),
        ("Everybody", {"all": [], "any": []}),
    ):
        make("slas/policies", "sla_policy", title=name, description="", filter=filters, policy_metrics=metrics)
