"""An account as it looks after five years in many hands: about 160 objects, put into the sandbox by raw HTTP.

Most of what a health page can find in a real account is in it at least once, beside what is in order. Old objects are
made on an old day; how often rules ran, and when agents were last seen, stands where only the vendor can write it.
"""

from __future__ import annotations

import json
import time
import urllib.request
from dataclasses import dataclass, field
from typing import Any

from tests.live_sandbox import LiveSandbox

Row = dict[str, Any]
SEED: dict[str, Any] = {
    "zendesk": {
        "subdomain": "northwind",
        "name": "Northwind Tools",
        "plan": "enterprise",
        "owner": "helga@northwind.example",
    }
}
"""What the sandbox begins with."""
DAY = 86_400
LONG_AGO = 400
"""Days."""
CUSTOMER_MAIL = "jane.doe@customer.example"
SECRET = "T0K3NabcdefghijklmnopqrstuvwxyzB0"
"""Neither may be seen on a page."""
LONG_TITLE = "Escalate " + "very " * 56 + "late tickets"
HOSTILE = [
    "<b>VIP</b> & <script>alert(1)</script>",
    "[bold red]Urgent[/] [link=file:///etc/hosts]click[/link]",
    "Größe 🔧 “quotes” 'and' \"more\"",
    "دعم العملاء ‮ right to left",
    LONG_TITLE,
    f"Call {CUSTOMER_MAIL} first",
    f"Post to https://hooks.slack.example/services/{SECRET}",
]
"""Titles that could break a screen, a page or a document, or tell what they must not."""


def asks(name: str, value: Any, operator: str = "is") -> Row:
    return {"field": name, "operator": operator, "value": value}


def does(name: str, value: Any) -> Row:
    return {"field": name, "value": value}


def mail(to: str, text: str = "We have received your request.") -> Row:
    kind = "notification_group" if to.isdigit() else "notification_user"
    return does(kind, [to, "Northwind Tools: {{ticket.title}}", text])


CREATED, CHANGED = asks("update_type", "Create"), asks("update_type", "Change")
UNSOLVED = asks("status", "solved", "less_than")


@dataclass
class MessyAccount:
    """The account while it is made: raw HTTP, and the ids of what was made by name."""

    sandbox: LiveSandbox
    ids: dict[str, Any] = field(default_factory=dict)

    def call(self, method: str, path: str, body: Any = None) -> Row:
        """A call such as the admin centre makes it; answers without a body are empty."""
        request = urllib.request.Request(
            f"{self.sandbox.url}/zendesk/api/v2/{path}",
            data=None if body is None else json.dumps(body).encode(),
            method=method,
            headers={"Authorization": "Bearer sandbox", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            text = answer.read()
        found: Row = json.loads(text) if text else {}
        return found

    def make(self, path: str, one: str, **sent: Any) -> Any:
        """Make an object; its id is kept under its name, and given back."""
        made = self.call("POST", path, {one: sent})[one]
        name = sent.get("title") or sent.get("name") or sent.get("email") or sent.get("agent_label")
        self.ids[str(name)] = made["id"]
        return made["id"]

    def at(self, days: int) -> None:
        """From now on it is so many days ago."""
        moment = time.time() - days * DAY
        self.sandbox.store.clock = lambda: moment

    def note(self, table: str, key: str, **facts: Any) -> None:
        """What only the vendor writes."""
        self.sandbox.store.table("zendesk", table).setdefault(key, {}).update(facts)

    def trigger(self, title: str, when: list[Row], then: list[Row], **more: Any) -> int:
        made: int = self.make("triggers", "trigger", title=title, conditions={"all": when}, actions=then, **more)
        return made

    def automation(self, title: str, when: list[Row], then: list[Row], **more: Any) -> int:
        made: int = self.make("automations", "automation", title=title, conditions={"all": when}, actions=then, **more)
        return made

    def view(self, title: str, when: list[Row], **more: Any) -> int:
        made: int = self.make("views", "view", title=title, all=when, **more)
        return made

    def macro(self, title: str, text: str, **more: Any) -> int:
        made: int = self.make("macros", "macro", title=title, actions=[does("comment_value", text)], **more)
        return made


def make_messy(sandbox: LiveSandbox) -> MessyAccount:
    """Fill a sandbox that began with `SEED`."""
    account = MessyAccount(sandbox)
    account.at(LONG_AGO)
    _people(account)
    _fields(account)
    _channels(account)
    _rules(account)
    _macros_and_views(account)
    _slas(account)
    account.at(5)
    _newer(account)
    sandbox.store.clock = time.time
    _gone(account)
    _noted(account)
    sandbox.clear_log()
    return account


def _people(account: MessyAccount) -> None:
    for name in ("Tier 1", "Tier 2", "Tier 3", "Tier 4 Experts", "Billing", "billing ", "Returns", "Hardware 2021"):
        account.make("groups", "group", name=name)
    for name in ("Warehouse", "Spain", "Portugal", "Italy", "Night shift", "Old VIP desk", "Training"):
        account.make("groups", "group", name=name)
    roles = [("admin", 5), ("agent", 7)]
    for role, count in roles:
        for number in range(1, count + 1):
            name = f"{role.title()} {number}"
            email = f"{role}{number}@northwind.example"
            account.make("users", "user", name=name, email=email, role=role, verified=True, skip_verify_email=True)
            account.ids[name] = account.ids[name]
    for number, group in enumerate(("Tier 1", "Tier 2", "Tier 3", "Billing", "Tier 1", "Tier 2", "Warehouse"), start=1):
        account.make("group_memberships", "group_membership", user_id=account.ids[f"Agent {number}"],
                     group_id=account.ids[group])  # fmt: skip
    account.make("custom_roles", "custom_role", name="Team lead", configuration={"ticket_deletion": True})
    account.make("users", "user", name=CUSTOMER_MAIL, email=CUSTOMER_MAIL, skip_verify_email=True)
    for name in ("Harbour Books", "Maple Street Bakery"):
        account.make("organizations", "organization", name=name)


def _fields(account: MessyAccount) -> None:
    def choice(title: str, *values: str, **more: Any) -> int:
        options = [{"name": value.title(), "value": value} for value in values]
        made: int = account.make(
            "ticket_fields", "ticket_field", type="tagger", title=title, custom_field_options=options, **more
        )
        return made

    choice("Product", "drill", "saw", "lathe", agent_description="What the customer has in front of them.")
    choice("Region", "emea", "apac", "latam")
    choice("region", "north", "south")
    choice("Old category", "cat_a", "cat_b")
    choice("Nobody's field", "nobody_a", "nobody_b")
    for title in ("Order number", "Serial number", "Purchase date", "Shop", "Postcode", "Invoice"):
        account.make("ticket_fields", "ticket_field", type="text", title=title, visible_in_portal=True,
                     editable_in_portal=True, required_in_portal=True)  # fmt: skip
    account.make("ticket_fields", "ticket_field", type="text", title="Credit card number")
    account.make("ticket_fields", "ticket_field", type="text", title="Gone field")
    account.make("organization_fields", "organization_field", key="tier", type="text", title="Tier")
    account.make("user_fields", "user_field", key="language_wish", type="text", title="Language wish")
    wanted = ["Product", "Order number", "Serial number", "Purchase date", "Shop", "Postcode", "Invoice"]
    account.make("ticket_forms", "ticket_form", name="Return a tool",
                 ticket_field_ids=[account.ids[name] for name in wanted])  # fmt: skip
    product, region = account.ids["Product"], account.ids["Region"]
    asked = account.make("ticket_forms", "ticket_form", name="Ask us", ticket_field_ids=[product, region])
    account.ids["the form Ask us"] = asked  # a policy has the same name
    account.make("ticket_forms", "ticket_form", name="Old form", active=False, ticket_field_ids=[product])
    account.call("PUT", f"ticket_fields/{account.ids['Old category']}", {"ticket_field": {"active": False}})


def _channels(account: MessyAccount) -> None:
    for name, subdomain in (("Northwind Pro", "northwindpro"), ("Northwind Rent", "northwindrent")):
        account.make("brands", "brand", name=name, subdomain=subdomain)
    rent = account.ids["Northwind Rent"]
    account.call("PUT", f"brands/{rent}", {"brand": {"active": False}})
    for email in ("support@northwind.example", "info@northwind.example", "returns@northwind.example"):
        account.make("recipient_addresses", "recipient_address", email=email)
    for name, zone in (("Head office", "Berlin"), ("Lisbon", "Lisbon")):
        account.make("business_hours/schedules", "schedule", name=name, time_zone=zone)
    webhook = {"http_method": "POST", "request_format": "json", "status": "active"}
    slack = "https://hooks.slack.example/services/" + SECRET
    account.make("webhooks", "webhook", name="Slack alerts", endpoint=slack, **webhook)
    account.make("webhooks", "webhook", name="Slack alerts (new)", endpoint=slack, **webhook)
    account.make("webhooks", "webhook", name="ERP", endpoint="http://erp.northwind.example/hook", **webhook)
    account.make("webhooks", "webhook", name="Old CRM", endpoint="https://crm.northwind.example/hook",
                 **{**webhook, "status": "inactive"})  # fmt: skip
    account.make("webhooks", "webhook", name="Gone webhook", endpoint="https://gone.northwind.example/", **webhook)
    variants = [{"locale_id": 1, "default": True, "content": "Kind regards"}]
    account.make("dynamic_content/items", "item", name="Farewell", default_locale_id=1, variants=variants)


def _rules(account: MessyAccount) -> None:
    ids = account.ids
    for name in ("Routing", "Mail", "Old things"):
        account.make("trigger_categories", "trigger_category", name=name)
    routing: Row = {"category_id": str(ids["Routing"])}
    post: Row = {"category_id": str(ids["Mail"])}
    product, region = f"custom_fields_{ids['Product']}", f"custom_fields_{ids['Region']}"
    group = {name: str(ids[name]) for name in ("Tier 1", "Tier 2", "Tier 3", "Billing", "Returns", "Hardware 2021")}

    account.trigger("Everything to Tier 1", [CREATED, asks("group_id", "")], [does("group_id", group["Tier 1"])],
                    description="The first line sees each ticket.", **routing)  # fmt: skip
    account.trigger("Saws to Tier 2", [CREATED, asks("group_id", ""), asks(product, "saw")],
                    [does("group_id", group["Tier 2"])], **routing)  # fmt: skip
    account.trigger("Returns to Returns", [CREATED, asks("ticket_form_id", str(ids["Return a tool"]))],
                    [does("group_id", group["Returns"])], **routing)  # fmt: skip
    account.trigger(
        "Hardware", [CREATED, asks(product, "drill")], [does("group_id", group["Hardware 2021"])], **routing
    )
    account.trigger("Lathes", [CREATED, asks(product, "lathe")], [does("current_tags", "heavy")], **routing)
    account.trigger("EMEA priority", [CREATED, asks(region, "emea")], [does("type", "incident")], **routing)
    account.trigger("EMEA priority, new", [CREATED, asks(region, "emea")], [does("type", "problem")], **routing)
    account.trigger("Wide open", [asks("status", "open"), asks("status", "pending")], [does("type", "task")], **routing)
    account.trigger("To Ann", [CREATED, asks("subject_includes_word", "ann", "includes")],
                    [does("assignee_id", str(ids["Agent 6"]))], **routing)  # fmt: skip
    account.trigger("To Bob", [CREATED, asks("subject_includes_word", "bob", "includes")],
                    [does("assignee_id", str(ids["Agent 7"]))], **routing)  # fmt: skip
    account.trigger("Pro brand", [CREATED, asks("brand_id", str(ids["Northwind Rent"]))], [does("type", "task")],
                    **routing)  # fmt: skip
    account.trigger("Ask about the old category", [asks(f"custom_fields_{ids['Old category']}", "cat_a")],
                    [does("current_tags", "old")], **routing)  # fmt: skip
    account.trigger("Clean tags", [CHANGED, asks("current_tags", "spam", "includes")], [does("set_tags", "clean")],
                    **routing)  # fmt: skip
    for state in ("waiting_a", "waiting_b", "waiting_c"):
        account.trigger(f"Begin {state}", [CREATED, asks("current_tags", state, "not_includes")],
                        [does("current_tags", state)], **routing)  # fmt: skip
        account.trigger(f"End {state}", [CHANGED, asks("current_tags", state, "includes")],
                        [does("remove_tags", state)], **routing)  # fmt: skip

    account.trigger("Solved", [CHANGED, asks("status", "solved")], [mail("requester_id", "It is solved.")], **post)
    account.trigger("Thanks for your answer", [CHANGED, asks("role", "end_user"), asks("comment_is_public", "true")],
                    [mail("requester_id", "Thank you.")], **post)  # fmt: skip
    twice = ([CREATED, asks("brand_id", str(ids["Northwind Pro"]))], [mail("requester_and_ccs", "Welcome to Pro.")])
    account.trigger("Welcome to Pro", *twice, **post)
    account.trigger("Pro: welcome", *twice, **post)
    account.trigger("Slack", [CREATED, asks("priority", "high")],
                    [does("notification_webhook", [str(ids["Slack alerts"]), "{}"])], **post)  # fmt: skip
    account.trigger("Tell the CRM", [CREATED], [does("notification_webhook", [str(ids["Old CRM"]), "{}"])], **post)
    account.trigger("Tell the gone one", [CREATED], [does("notification_webhook", [str(ids["Gone webhook"]), "{}"])],
                    **post)  # fmt: skip
    account.trigger("Footer", [CREATED, asks("type", "question")],
                    [mail("requester_id", "{{ticket.ticket_field_4711}} {{dc.no_such_thing}}")], **post)  # fmt: skip
    account.trigger("Slack", [CREATED, asks("priority", "low")], [does("type", "question")], **post)
    for number, title in enumerate(HOSTILE):
        account.trigger(title, [CREATED, asks("current_tags", f"odd_{number}", "includes")], [does("type", "task")],
                        **post)  # fmt: skip
    for year in (2019, 2020, 2021):
        account.trigger(f"Christmas {year}", [CREATED, asks("current_tags", f"xmas_{year}", "includes")],
                        [mail("requester_id", "We are closed.")], active=False, **post)  # fmt: skip

    week = asks("updated_at", "168", "greater_than")
    account.automation("Close after a week", [week, asks("status", "closed", "less_than")], [does("status", "closed")])
    account.automation("Remind after 2 days", [asks("PENDING", "48")], [mail("requester_id", "Are you there?")])
    account.automation("Rate us", [asks("SOLVED", "24")], [mail("requester_id", "{{satisfaction.rating_section}}")])
    account.automation("Rate us, please", [asks("SOLVED", "48")],
                       [mail("requester_id", "Please: {{satisfaction.rating_section}}")])  # fmt: skip
    account.automation("Escalate 2020", [asks("OPEN", "72")], [mail(group["Tier 3"])], active=False)


def _macros_and_views(account: MessyAccount) -> None:
    for number in range(1, 15):
        account.macro(f"Answer {number}", f"Our answer number {number}.", description="For a frequent question.")
    account.macro("Reset", "Hold the button for ten seconds.")
    account.macro("How to reset", "Hold the button for ten seconds.")
    account.macro("Closing (old)", "Good bye", active=False)
    account.macro("VIP farewell", "{{dc.farewell}}",
                  restriction={"type": "Group", "ids": [account.ids["Old VIP desk"]]})  # fmt: skip
    tier = str(account.ids["Tier 1"])
    account.view("Tier 1", [UNSOLVED, asks("group_id", tier)])
    account.view("First line", [UNSOLVED, asks("group_id", tier)])
    account.view("Impossible", [asks("status", "new"), asks("status", "open")])
    for name in ("Spain", "Portugal", "Italy"):
        account.view(f"Open in {name}", [UNSOLVED, asks("group_id", str(account.ids[name]))])
    account.view("Summer campaign", [UNSOLVED, asks("current_tags", "summer", "includes")], active=False)


def _slas(account: MessyAccount) -> None:
    def targets(*cells: tuple[str, str, int]) -> list[Row]:
        return [
            {"priority": priority, "metric": metric, "target": minutes, "business_hours": False}
            for priority, metric, minutes in cells
        ]

    reply, solved = "first_reply_time", "total_resolution_time"
    whole = targets(
        *((priority, reply, minutes) for priority, minutes in zip(_PRIORITIES, (60, 240, 480, 960), strict=True)),
        *((priority, solved, minutes) for priority, minutes in zip(_PRIORITIES, (240, 480, 1440, 2880), strict=True)),
    )
    pro = {"all": [asks("brand_id", str(account.ids["Northwind Pro"]))], "any": []}
    both = {"all": [*pro["all"], asks("ticket_form_id", str(account.ids["Return a tool"]))], "any": []}
    make = account.make
    make("slas/policies", "sla_policy", title="Pro customers", filter=pro, policy_metrics=whole)
    make("slas/policies", "sla_policy", title="Pro customers, returns", filter=both, policy_metrics=whole)
    odd = targets(("urgent", reply, 960), ("high", reply, 60), ("urgent", solved, 5000))
    form = {"all": [asks("ticket_form_id", str(account.ids["Ask us"]))], "any": []}
    make("slas/policies", "sla_policy", title="Ask us", filter=form, policy_metrics=odd)
    one = {"all": [asks("current_tags", "vip", "includes")], "any": []}
    make("slas/policies", "sla_policy", title="VIP", filter=one, policy_metrics=targets(("urgent", reply, 30)))


_PRIORITIES = ("urgent", "high", "normal", "low")


def _newer(account: MessyAccount) -> None:
    """What was made this week: too new to be called unused or forgotten."""
    account.macro("Brand new", "Just written.", description="For the new drill.")
    account.trigger("Brand new", [CREATED, asks("current_tags", "new", "includes")], [does("type", "task")],
                    description="Marks what the new shop sends.", active=False)  # fmt: skip


def _gone(account: MessyAccount) -> None:
    """What was deleted, suspended or changed while rules still name it."""
    ids = account.ids
    account.call("DELETE", f"groups/{ids['Hardware 2021']}")
    account.call("DELETE", f"groups/{ids['Old VIP desk']}")
    account.call("DELETE", f"users/{ids['Agent 7']}")
    account.call("DELETE", f"webhooks/{ids['Gone webhook']}")
    account.call("DELETE", f"ticket_fields/{ids['Gone field']}")
    left = [{"parent_field_id": ids["Gone field"], "value": "x", "child_fields": [{"id": ids["Region"]}]}]
    account.note("ticket_forms", str(ids["the form Ask us"]), agent_conditions=left)  # from before the vendor looked
    account.call("PUT", f"users/{ids['Agent 6']}", {"user": {"suspended": True}})
    product = account.call("GET", f"ticket_fields/{ids['Product']}")["ticket_field"]
    left = [option for option in product["custom_field_options"] if option["value"] != "lathe"]
    account.call("PUT", f"ticket_fields/{ids['Product']}", {"ticket_field": {"custom_field_options": left}})
    account.call("PUT", "account/settings", {"settings": {"tickets": {"agent_ticket_deletion": True}}})


def _noted(account: MessyAccount) -> None:
    """How often rules ran, whether mail arrives, and when agents were last seen."""
    ids = account.ids
    for many in ("triggers", "automations", "macros"):
        for key in list(account.sandbox.store.table("zendesk", many)):
            account.note("_usage", f"{many}/{key}", usage_30d=40)
    for title in ("Lathes", "Ask about the old category"):
        account.note("_usage", f"triggers/{ids[title]}", usage_30d=0)
    for title in ("Answer 12", "Answer 13", "Answer 14"):
        account.note("_usage", f"macros/{ids[title]}", usage_30d=0)
    account.note("recipient_addresses", str(ids["returns@northwind.example"]), forwarding_status="failed")
    account.note("recipient_addresses", str(ids["support@northwind.example"]), forwarding_status="verified",
                 spf_status="failed")  # fmt: skip
    for name, day in (("Agent 1", "2026-11-27"), ("Agent 5", "2025-03-01"), ("Admin 5", "2024-12-24")):
        account.note("users", str(ids[name]), last_login_at=f"{day}T08:00:00Z")
