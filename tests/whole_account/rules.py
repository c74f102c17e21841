"""Rules that act: webhooks, triggers in their categories, automations with clocks, promises, queues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.running_account import ODD_NAMES
from tests.whole_account.making import Maker, Row, asks, does

TRIGGERS = 150
AUTOMATIONS = 30


def build_rules(maker: Maker) -> None:
    """In the order in which each needs the other."""
    _webhooks(maker)
    _vendors(maker)
    _triggers(maker)
    _automations(maker)
    _policies(maker)
    _queues(maker)


def _webhooks(maker: Maker) -> None:
    signing: Sequence[tuple[str, Mapping[str, Any]]] = (
        ("Pager", {"authentication": {"type": "bearer_token", "data": {"token": "s3cr3t"}, "add_position": "header"}}),
        ("Stock", {"authentication": {
            "type": "basic_auth", "data": {"username": "halden", "password": "s3cr3t"}, "add_position": "header"}}),
        ("Ledger", {"authentication": {
            "type": "api_key", "data": {"name": "X-Key", "value": "s3cr3t"}, "add_position": "header"}}),
        ("Plain", {"endpoint": "https://plain.example/?a=1&b=2", "http_method": "GET", "description": "Asks only."}),
        ("Old one", {"status": "inactive"}),
        ("Form", {"request_format": "form_encoded"}),
        ("Listens", {"subscriptions": ["zen:event-type:user.created"]}),
    )  # fmt: skip
    for name, more in signing:
        usual = {
            "endpoint": f"https://{name.lower().replace(' ', '-')}.example/hook", "http_method": "POST",
            "status": "active", "request_format": "json", "subscriptions": ["conditional_ticket_events"],
        }  # fmt: skip
        maker.make("webhooks", "webhook", **{"name": name, **usual, **more})


def _vendors(maker: Maker) -> None:
    """Some of the vendor's own rules are off, one says something else."""
    triggers = {each["title"]: each for each in maker.call("GET", "triggers?page[size]=100")["triggers"]}
    for title, each in triggers.items():
        maker.ids["triggers", title] = each["id"]
    off = triggers["Notify requester of new proactive ticket"]
    maker.change(f"triggers/{off['id']}", "trigger", active=False)
    said = triggers["Notify requester and CCs of received request"]
    mail = does(
        "notification_user", ["requester_and_ccs", "We have {{ticket.id}}", "{{dc.golive_triggers_old_key_body}}"]
    )
    maker.change(f"triggers/{said['id']}", "trigger", actions=[mail])


def conditions(maker: Maker) -> list[dict[str, list[Row]]]:
    """What triggers ask for."""

    def group(name: str) -> str:
        return maker.text_id("groups", name)

    def custom(title: str) -> str:
        return f"custom_fields_{maker.id('ticket_fields', title)}"

    area, methods = custom("Area"), custom("Methods")
    firm = maker.text_id("organizations", "Firm")
    agent = maker.text_id("users", "agent4@halden.example")
    office = maker.text_id("schedules", "Office")
    parts = maker.text_id("custom_statuses", "Waiting for parts")
    photo = maker.text_id("custom_statuses", "Waiting for photo")
    return [
        {"all": [asks("update_type", "is", "Create"), asks("status", "less_than", "solved")]},
        {"all": [asks("priority", "greater_than", "normal")], "any": [asks(area, "is", "api"), asks(area, "is", "no")]},
        {"all": [asks("current_tags", "includes", "vip gold"), asks("current_tags", "not_includes", "spam")]},
        {"all": [asks("group_id", "is", group("Team 1")), asks("group_id", "is_not", "")]},
        {"all": [asks("assignee_id", "is_not", agent), asks("assignee_id", "changed", None)]},
        {"all": [asks("subject_includes_word", "includes", "refund money"), asks("role", "is", "end_user")]},
        {"all": [asks("comment_includes_word", "is", "not my order")], "any": [asks("via_id", "is", 4)]},
        {"all": [asks("within_schedule", "is_not", office)]},
        {"all": [asks("comment_is_public", "is", True), asks("status", "value", "open")]},
        {"all": [asks("organization.custom_fields.o_plan", "is", "o_plan_gold")]},
        {"all": [asks("organization.custom_fields.ARR_2024", "greater_than", "1000")]},
        {"all": [asks(methods, "includes", "visa-1"), asks(custom("Note"), "present", None)]},
        {"all": [asks("current_via_id", "is", "33"), asks("status", "is", "new")],
         "any": [asks("locale_id", "is", "8")]},
        {"all": [asks("brand_id", "is", maker.text_id("brands", "Halden Pro"))],
         "any": [asks("ticket_form_id", "is_not", maker.text_id("ticket_forms", "Dealers"))]},
        {"all": [asks("satisfaction_score", "is", "bad"), asks("reopens", "greater_than", 2)]},
        {"all": [asks("requester_id", "is", agent), asks("status", "value_previous", "pending")]},
        {"all": [asks("custom_status_id", "is", parts), asks("status", "not_value", "solved")]},
        {"all": [asks("custom_status_id", "includes", [parts, photo]), asks("priority", "not_changed", None)]},
        {"all": [
            asks("status", "is_not", "closed"), asks("status", "is_not", "solved"), asks("type", "is", "incident")]},
        {"all": [asks("requester.custom_fields.u_vip", "is", "true"), asks("type", "is", "")]},
        {"all": [asks("recipient", "is", "dealers@halden.example"), asks("update_type", "is", "Create")]},
        {"all": [asks("ticket_is_public", "is", "private"), asks("in_business_hours", "is", "true")]},
        {"all": [asks(custom("Due day"), "within_next_n_days", "3"), asks(custom("Under warranty"), "is", "true")]},
        {"all": [asks(custom("Dealer"), "present", None)], "any": [asks(custom("Colour"), "is", "colour_24h")]},
        {"all": [asks("via_id", "is_not", "4"), asks("via_id", "is_not", "0")], "any": [asks("via_id", "is", "29")]},
        {"all": [asks("current_via_id", "includes", ["44", "45"]), asks("attachment", "is", "present")]},
        {"all": [
            asks("update_type", "is", "Change"), asks("replies", "less_than", "3"), asks("group_stations", "is", "1")]},
        {"all": [asks("organization_id", "is", firm)]},
    ]  # fmt: skip


def actions(maker: Maker) -> list[list[Row]]:
    """What triggers do."""

    def group(name: str) -> str:
        return maker.text_id("groups", name)

    def custom(title: str) -> str:
        return f"custom_fields_{maker.id('ticket_fields', title)}"

    agent = maker.text_id("users", "agent2@halden.example")
    body = '{"id": "{{ticket.id}}", "say": "{{ticket.title}}", "list": [1, {"deep": true}]}'
    html = '<p>Hello {{ticket.requester.first_name}},</p>\r\n<p>it\'s "done" – {{dc.goodbye}}</p>  \r\n\ttabbed'
    area, colour = maker.id("ticket_fields", "Area"), maker.id("ticket_fields", "Colour")
    placed = f"{{{{ticket.ticket_field_{area}}}}} {{{{ticket.ticket_field_option_title_{colour}}}}}"
    article = maker.id("articles", "Article 7")
    link = f"Read https://halden.zendesk.com/hc/en-us/articles/{article}-How-to-7 please"
    liquid = (
        "{% if ticket.priority == 'Urgent' %}Now{% else %}Soon{% endif %} {{ticket.organization.custom_fields.o_plan}}"
    )
    return [
        [does("group_id", group("Team 2")), does("current_tags", "routed")],
        [does("priority", "high"), does(custom("Area"), "pay__cards")],
        [does("notification_user", ["requester_id", "Re: {{ticket.title}}", html])],
        [does("notification_group", [group("Team 3"), "Look", "{{ticket.id}}\n\n{{ticket.link}}\n"])],
        [does("notification_user", [agent, "Hi", placed])],
        [does("remove_tags", "routed vip"), does("assignee_id", "current_user")],
        [does("set_schedule", maker.text_id("schedules", "With lunch")), does("status", "hold")],
        [does("notification_webhook", [maker.id("webhooks", "Pager"), body])],
        [does("notification_user", ["all_agents", "All", "Body"])],
        [does("follower", agent), does("locale_id", "8")],
        [does(custom("Reason for contact"), "reason_refund"), does("assignee_id", "")],
        [does("set_tags", "only these"), does("type", "incident")],
        [does("notification_webhook", [maker.id("webhooks", "Plain"), [["q", "{{ticket.id}}"], ["x", "a b"]]])],
        [does("custom_status_id", maker.text_id("custom_statuses", "Waiting for parts"))],
        [does(custom("Methods"), ["visa-1", "se.pa"]), does(custom("Price"), "3.50"), does(custom("How many"), "7")],
        [does("brand_id", maker.text_id("brands", "Halden Pro")),
         does("ticket_form_id", maker.text_id("ticket_forms", "Repair"))],
        [does("notification_user", ["assignee_id", "Link", link]), does(custom("Under warranty"), "true")],
        [does("notification_user", ["requester_and_ccs", "{{dc.shop_hours_new}}", liquid])],
        [does("organization.custom_fields.o_plan", "o_free_tier"), does("requester.custom_fields.u_seats", "5")],
        [does("side_conversation_slack", ["x"]), does("satisfaction_score", "offered")],
        [does("notification_webhook", [maker.id("webhooks", "Form"), "a={{ticket.id}}"]),
         does(custom("Due day"), "2027-01-31")],
    ]  # fmt: skip


def _triggers(maker: Maker) -> None:
    maker.call("PUT", "account/settings", {"settings": {"side_conversations": {"slack_channel": True}}})
    names = ("Route", "Tell", "Empty", "Überwachung", "Last")
    for name in names:
        maker.make("trigger_categories", "trigger_category", name=name)
    asked, done = conditions(maker), actions(maker)
    for index in range(TRIGGERS):
        title = ODD_NAMES[index] if index < len(ODD_NAMES) else f"Rule {index // 2}"  # every other one twice
        groups = asked[index % len(asked)]
        if groups["all"][0]["field"] == "organization_id" and index > len(asked):
            groups = asked[0]  # one rule names an organisation, whose id no other account has
        maker.make(
            "triggers", "trigger", f"{title} {index}", title=title, active=index % 3 != 0,
            conditions={"all": groups["all"], "any": groups.get("any", [])}, actions=done[index % len(done)],
            category_id=maker.id("trigger_categories", names[index % 2 if index % 9 else 3]),
            description="" if index % 4 else f"Made for case {index}",
        )  # fmt: skip
    gone = maker.make(
        "triggers", "trigger", title="Gone", conditions={"all": asked[0]["all"], "any": []}, actions=done[0]
    )
    maker.remove(f"triggers/{gone['id']}", "triggers")


def _automations(maker: Maker) -> None:
    clocks = ("NEW", "OPEN", "PENDING", "HOLD", "SOLVED", "assigned_at", "updated_at", "requester_updated_at",
              "assignee_updated_at", "due_date", "until_due_date", "sla_next_breach_at",
              "until_sla_next_breach_at")  # fmt: skip
    operators = ("greater_than", "less_than", "greater_than_business_hours", "is", "is_business_hours")
    custom = f"custom_fields_{maker.id('ticket_fields', 'Area')}"
    done = actions(maker)
    fit = [one for one in done if not {each["field"] for each in one} & {"set_schedule", "side_conversation_slack"}]
    for index in range(AUTOMATIONS):
        clock = clocks[index % len(clocks)]
        operator = operators[index % len(operators)] if not clock.startswith("until") else "less_than"
        tag = f"waited_{index}"
        maker.make(
            "automations", "automation", title=f"Wait {index}", active=index % 4 != 0,
            conditions={
                "all": [
                    asks("status", "less_than", "closed"), asks(clock, operator, str(24 * (index % 7 + 1))),
                    asks("current_tags", "not_includes", tag),
                ],
                "any": [asks(custom, "is", "api"), asks("priority", "is", "high")] if index % 5 == 0 else [],
            },
            actions=[does("current_tags", tag), *fit[index % len(fit)]],
        )  # fmt: skip
    ids = [each["id"] for each in maker.call("GET", "automations?page[size]=100")["automations"]]
    turned = [{"id": each, "position": place} for place, each in enumerate([*ids[10:], *ids[:10]], start=1)]
    maker.call("PUT", "automations/update_many", {"automations": turned})


def _policies(maker: Maker) -> None:
    def cells(metric: str, *rows: tuple[str, int, bool]) -> list[Row]:
        return [
            {"priority": priority, "metric": metric, "target": target, "business_hours": hours}
            for priority, target, hours in rows
        ]

    whole = (("urgent", 60, False), ("high", 240, False), ("normal", 480, True), ("low", 1440, True))
    area = f"custom_fields_{maker.id('ticket_fields', 'Area')}"
    for title, asked, metrics, described in (
        ("Gold", [asks("current_tags", "includes", "o_plan_gold")], cells("first_reply_time", *whole), "The promise."),
        ("Team 1", [asks("group_id", "is", maker.id("groups", "Team 1"))],
         cells("first_reply_time", *whole) + cells("agent_work_time", ("urgent", 125, True)), ""),
        ("Area", [asks(area, "is", "api")],
         cells("next_reply_time", *whole[:3]) + cells("requester_wait_time", *whole), ""),
        ("Two brands", [asks("brand_id", "is_not", maker.id("brands", "Halden Kids")), asks("type", "is", "problem")],
         cells("periodic_update_time", *whole) + cells("pausable_update_time", *whole[1:]), ""),
        ("Tagged", [asks("current_tags", "includes", "vip"), asks("current_tags", "not_includes", "spam later")],
         cells("total_resolution_time", *whole), "Two\nlines"),
        ("Everybody", [], cells("first_reply_time", *whole), ""),
    ):  # fmt: skip
        maker.make("slas/policies", "sla_policy", title=title, description=described,
                   filter={"all": asked, "any": []}, policy_metrics=metrics)  # fmt: skip
    for title, names, targets in (
        ("Billing keeps", ("Billing",), whole),
        ("Two teams", ("Team 4", "Team 5"), whole[:2]),
        ("Night", ("Team 6", "Team 7", "Team 8"), tuple((name, time, True) for name, time, _ in whole)),
    ):
        groups = [maker.id("groups", name) for name in names]
        one = len(groups) == 1
        maker.make(
            "group_slas/policies", "group_sla_policy", title=title,
            filter={"all": [asks("group_id", "is" if one else "includes", groups[0] if one else groups)], "any": []},
            policy_metrics=cells("group_ownership_time", *targets),
        )  # fmt: skip
    maker.call("PUT", "group_slas/policies/reorder", {"group_sla_policy_ids": [
        maker.id("policies", name) for name in ("Night", "Billing keeps", "Two teams")]})  # fmt: skip


def _queues(maker: Maker) -> None:
    def groups(*names: str) -> list[int]:
        return [maker.id("groups", name) for name in names]

    area = f"custom_fields_{maker.id('ticket_fields', 'Area')}"
    for name, asked, priority, first, second, more in (
        ("VIP", [asks("current_tags", "includes", "vip")], 1, groups("Team 1"), groups("Team 2", "Team 3"), {}),
        ("Messaging", [asks("via_id", "is", "75")], 5, groups("Team 4"), [], {"description": "Chats first."}),
        (
            "Payments",
            [asks(area, "is", "pay__cards"), asks("priority", "greater_than", "normal")],
            20,
            groups("Billing"),
            [],
            {},
        ),
        ("Rest", [asks("status", "less_than", "solved")], 100, groups("Team 5", "Team 6"), groups("Billing"), {}),
    ):
        maker.make("queues", "queue", name=name, definition={"all": asked, "any": []}, priority=priority,
                   primary_groups_id=first, secondary_groups_id=second, **more)  # fmt: skip
    maker.call("PATCH", "queues/order", {"queue_ids": [
        maker.id("queues", name) for name in ("Payments", "VIP", "Messaging", "Rest")]})  # fmt: skip
