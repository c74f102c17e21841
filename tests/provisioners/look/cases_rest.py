"""Rules of the health page about doubles, mail, owners and limits: one case that fires, one that nearly does."""

from __future__ import annotations

from tests.provisioners.look.bodies import (
    CHANGED,
    CREATED,
    OLD,
    OPEN,
    RECENT,
    SOLVED,
    TYPED,
    Case,
    agent,
    asks,
    body,
    does,
    mail,
    rule,
    ticket_field,
    webhook,
)

BY_CUSTOMER = asks("role", "end_user")
RATING = mail(text="Rate us: {{ satisfaction.rating_section }}")


def same_name(id_: str, kind: str, make: object) -> Case:
    """Two active objects of one name and different content; then one of them is off."""
    first, second = make("Same  name", 1), make("same name", 2)  # type: ignore[operator]
    switched = {"status": "inactive"} if kind == "webhooks" else {"active": False}
    return Case(f"look.{id_}-title", {kind: [first, second]}, {kind: [first, second | switched]}, ["Same name"])


def ruled(title: str, number: int) -> dict[str, object]:
    return rule(title, [asks("brand_id", number)], [does("brand_id", str(number))])


CASES = [
    Case(
        "look.trigger-duplicate",
        {"triggers": [rule("A", [OPEN, CREATED], [mail()]), rule("B", [CREATED, OPEN], [mail()])]},
        {"triggers": [rule("A", [OPEN], [mail()]), rule("B", [OPEN], [mail(text="Other")]),
                      rule("Off", [OPEN], [mail()], active=False)]},
        ["A"],
    ),
    Case(
        "look.automation-duplicate",
        {"automations": [rule("A", [OPEN]), rule("B", [OPEN])]},
        {"automations": [rule("A", [OPEN]), rule("B", [SOLVED])]},
        ["A"],
    ),
    Case(
        "look.macro-duplicate",
        {"macros": [rule("A", None, [TYPED]), rule("B", None, [TYPED])]},
        {"macros": [rule("A", None, [TYPED]), rule("B", None, [TYPED], restriction={"type": "Group", "ids": [1]})]},
        ["A"],
    ),
    Case(
        "look.view-duplicate",
        {"views": [rule("A", [OPEN], []), rule("B", [OPEN], [])]},
        {"views": [rule("A", [OPEN], []), rule("B", [OPEN, CREATED], [])]},
        ["A"],
    ),
    Case(
        "look.webhook-duplicate",
        {"webhooks": [webhook("A"), webhook("B")]},
        {"webhooks": [webhook("A"), webhook("B", "https://b.example/"), webhook("C") | {"http_method": "PUT"}]},
        ["A"],
    ),
    same_name("trigger", "triggers", ruled),
    same_name("automation", "automations", ruled),
    same_name("macro", "macros", ruled),
    same_name("view", "views", ruled),
    same_name("field", "ticket_fields", lambda title, _: ticket_field(title)),
    same_name("form", "ticket_forms", lambda title, _: body(title)),
    same_name("group", "groups", lambda title, _: body(title)),
    same_name("webhook", "webhooks", lambda title, number: webhook(title, f"https://{number}.example/")),
    Case(
        "look.mail-every-update",
        {"triggers": [rule("State", [SOLVED], [mail()]),
                      rule("Updated", [CHANGED, OPEN], [mail("requester_and_ccs")])]},
        {
            "triggers": [
                rule("Change", [asks("status", "solved", "value")], [mail()]),
                rule("Comment", [CHANGED, asks("comment_is_public", "true")], [mail()]),
                rule("Once", [SOLVED, asks("current_tags", "told", "not_includes")],
                     [mail(), does("current_tags", "told")]),
                rule("Agents", [SOLVED], [mail("assignee_id")]),
                rule("New", [CREATED], [mail()]),
            ]
        },
        ["State", "Updated"],
    ),
    Case(
        "look.mail-loop",
        {"triggers": [rule("Thanks", [CHANGED, BY_CUSTOMER, asks("comment_is_public", "true")], [mail()])]},
        {
            "triggers": [
                rule("First", [CREATED, BY_CUSTOMER], [mail()]),
                rule("Never to the author", [CHANGED, BY_CUSTOMER], [mail("requester_and_ccs")]),
                rule("Reopened", [BY_CUSTOMER, asks("status", "solved", "value_previous")], [mail()]),
                rule("Agent", [CHANGED, asks("role", "agent")], [mail()]),
            ]
        },
        ["Thanks"],
    ),
    Case(
        "look.mail-all-agents",
        {"triggers": [rule("All", [CREATED], [mail("all_agents")])], "people": [agent("A"), agent("B")]},
        {"triggers": [rule("Group", [CREATED], [does("notification_group", ["1", "s", "t"])])], "people": [agent("A")]},
        ["All"],
    ),
    Case(
        "look.no-acknowledgement",
        {"triggers": [rule("Later", [CHANGED], [mail()]), rule("Agent", [CREATED], [mail("assignee_id")])]},
        {"triggers": [rule("First", [CREATED], [mail()])]},
    ),
    Case(
        "look.survey-twice",
        {"automations": [rule("A", [asks("SOLVED", "24")], [RATING]), rule("B", [asks("SOLVED", "48")], [RATING])]},
        {
            "automations": [
                rule("A", [asks("brand_id", "1")], [RATING]),
                rule("B", [asks("brand_id", "2")], [does("satisfaction_score", "offered")]),
                rule("C", [asks("current_tags", "asked", "not_includes")], [RATING]),
            ]
        },
        ["A", "B"],
    ),
    Case(
        "look.address-unverified",
        {"channels": [body("", email="help@acme.example", forwarding_status="failed")]},
        {
            "channels": [
                body("", email="help@acme.example", forwarding_status="verified"),
                body("", email="help@acme.zendesk.com", forwarding_status="unknown"),
                body("", email="new@acme.example"),
            ]
        },
        ["help@acme.example"],
    ),
    Case(
        "look.address-spf",
        {"channels": [body("", email="help@acme.example", spf_status="failed")]},
        {"channels": [body("", email="help@acme.example", spf_status="unknown")]},
        ["help@acme.example"],
    ),
    Case(
        "look.address-general",
        {"channels": [body("", email="info@acme.example")]},
        {"channels": [body("", email="information-desk@acme.example")]},
        ["info@acme.example"],
    ),
    Case(
        "look.agent-suspended-seat",
        {"people": [agent("Bob") | {"suspended": True}]},
        {"people": [agent("Light") | {"suspended": True, "role_type": 1}, agent("Ann")]},
        ["Bob"],
    ),
    Case(
        "look.agent-idle",
        {"people": [agent("Bob", last_login_at=OLD)]},
        {"people": [agent("Ann", last_login_at=RECENT), agent("Never", last_login_at=None)]},
        ["Bob"],
    ),
    Case(
        "look.webhook-uncalled",
        {"webhooks": [webhook("Alone", id="01A", subscriptions=["conditional_ticket_events"])]},
        {
            "webhooks": [
                webhook("Called", id="01A"),
                webhook("Listens", id="01B", subscriptions=["zen:event-type:user.created"]),
                webhook("App", id="01C", external_source={"type": "zis"}),
            ],
            "triggers": [rule("Off", [], [does("notification_webhook", ["01A", "{}"])], active=False)],
        },
        ["Alone"],
    ),
    Case(
        "look.webhook-open-line",
        {"webhooks": [webhook("Open", "http://a.example/")]},
        {"webhooks": [webhook("Safe"), webhook("Here", "http://127.0.0.1:8411/hook"), webhook("Odd", "http://[")]},
        ["Open"],
    ),
    Case(
        "look.undescribed",
        {"triggers": [rule("Silent", description=" "), rule("Told")], "macros": [rule("Null", description=None)]},
        {"triggers": [rule("Told"), rule("Off", description="", active=False)]},
        ["Silent", "Null"],
    ),
    Case(
        "look.trigger-uncategorised",
        {"triggers": [rule("None", category_id=None)], "trigger_categories": [body("C", id="1")]},
        {"triggers": [rule("One", category_id=1)], "trigger_categories": [body("C", id="1")]},
        ["None"],
    ),
    Case(
        "look.brand-without-address",
        {"brands": [body("A", id=1), body("B", id=2)], "channels": [body("", email="a@b.example", brand_id=1)]},
        {"brands": [body("A", id=1), body("Off", id=2, active=False)], "channels": []},
        ["B"],
    ),
    Case(
        "look.groups-many",
        {"groups": [body(str(number)) for number in range(3)], "people": [agent("A"), agent("B")]},
        {"groups": [body(str(number)) for number in range(3)], "people": [agent("A"), agent("B"), agent("C")]},
    ),
    Case(
        "look.limit-triggers",
        {"triggers": [rule("T")] * 5_600},
        {"triggers": [rule("T")] * 5_599 + [rule("Off", active=False)] * 100},
    ),
    Case("look.limit-automations", {"automations": [rule("A")] * 400}, {"automations": [rule("A")] * 399}),
    Case(
        "look.limit-fields",
        {"ticket_fields": [ticket_field("F")] * 320},
        {  # with forms it is the fullest form that counts
            "ticket_fields": [ticket_field("F")] * 500,
            "ticket_forms": [body("A", ticket_field_ids=[1] * 200), body("B", ticket_field_ids=[2] * 300)],
        },
    ),
    Case("look.limit-addresses", {"channels": [body("")] * 2_400}, {"channels": [body("")] * 2_399}),
    Case(
        "look.limit-rule-size",
        {"macros": [rule("Long", None, [does("comment_value", "x" * 60_000)])]},
        {"macros": [rule("Short", None, [does("comment_value", "x" * 50_000)])]},
        ["Long"],
    ),
]  # fmt: skip
