"""What agents work with: macros and views of everybody, of groups, and of one person."""

from __future__ import annotations

from typing import Any

from tests.running_account import ODD_NAMES
from tests.whole_account.making import Maker, asks, does

MACROS = 84
VIEWS = 44


def build_screens(maker: Maker) -> None:
    """Personal ones are somebody else's, and stay as they are."""
    _macros(maker)
    _views(maker)


def _restrictions(maker: Maker) -> list[Any]:
    team, billing, other = (maker.id("groups", name) for name in ("Team 1", "Billing", "Team 9"))
    return [
        None,
        {"type": "Group", "id": team, "ids": [team, billing]},
        {"type": "User", "id": maker.id("users", "agent9@halden.example")},
        {"type": "Group", "id": other},
        None,
    ]


def _macros(maker: Maker) -> None:
    def custom(title: str) -> str:
        return f"custom_fields_{maker.id('ticket_fields', title)}"

    actions = [
        [does("comment_value", "Hello,\n\nplease wait.\n"), does("status", "pending")],
        [does("comment_value", ["channel:all", "Thank you"])],
        [does("comment_value", "Note"), does("comment_mode_is_public", "false")],
        [does("comment_value_html", "<b>Bold</b>"), does("set_tags", "a b")],
        [does(custom("How many"), "3"), does("subject", "New")],
        [does(custom("Refunded?"), "true"), does("cc", "current_user")],
        [does("comment_value", "{{dc.goodbye}}"), does("comment_mode_is_public", "true"), does("priority", "low")],
        [does("group_id", maker.text_id("groups", "Billing")), does("assignee_id", "")],
        [does("custom_status_id", maker.text_id("custom_statuses", "Repaired")), does(custom("Colour"), "colour_red")],
        [does("ticket_form_id", maker.text_id("ticket_forms", "Dealers")), does("type", "question")],
        [does(custom("Methods"), ["visa-1"]), does("current_tags", "from_macro second")],
    ]
    restrictions = _restrictions(maker)
    for index in range(MACROS):
        title = f"Folder::{ODD_NAMES[index]}" if index < len(ODD_NAMES) else f"Answer::{index}"
        maker.make(
            "macros", "macro", title=title, active=index % 5 != 0, actions=actions[index % len(actions)],
            restriction=restrictions[index % len(restrictions)], description=None if index % 3 else f"When {index}",
        )  # fmt: skip
    shared = [each["id"] for each in maker.call("GET", "macros?access=shared&page[size]=100")["macros"]]
    turned = [{"id": each, "position": place} for place, each in enumerate(reversed(shared), start=1)]
    maker.call("PUT", "macros/update_many", {"macros": turned})


def _views(maker: Maker) -> None:
    def custom(title: str) -> str:
        return f"custom_fields_{maker.id('ticket_fields', title)}"

    opened = asks("status", "less_than", "solved")
    conditions: list[dict[str, Any]] = [
        {"all": [opened]},
        {"all": [opened, asks("group_id", "is", maker.text_id("groups", "Team 1")), asks("assignee_id", "is", "")]},
        {"all": [opened], "any": [asks("current_tags", "includes", "vip"), asks("priority", "is", "urgent")]},
        {"all": [opened, asks("updated_at", "greater_than", "48"), asks(custom("Area"), "is", "api")]},
        {"all": [asks("status", "is", "solved"), asks("SOLVED", "less_than", "24")]},
        {"all": [opened, asks("assignee_id", "is", "current_user")]},
        {"all": [opened, asks("organization_id", "is_not", "")]},
        {"all": [opened, asks("custom_status_id", "includes", [
            maker.text_id("custom_statuses", name) for name in ("Waiting for photo", "Quote sent")])]},
        {"all": [
            opened, asks(custom("Dealer"), "present"), asks("brand_id", "is", maker.text_id("brands", "Halden Pro"))]},
        {"all": [
            opened, asks("sla_next_breach_at", "less_than", "4"), asks("current_tags", "includes", "o_plan_gold")]},
        {"all": [opened, asks("group_id", "is", "current_groups"), asks("satisfaction_score", "is", "bad")]},
    ]  # fmt: skip
    area, colour = maker.id("ticket_fields", "Area"), maker.id("ticket_fields", "Colour")
    outputs: list[dict[str, Any]] = [
        {"columns": ["nice_id", "subject", "requester", "updated"], "sort_by": "updated", "sort_order": "asc"},
        {
            "columns": ["status", "subject", area, colour],
            "group_by": "status",
            "group_order": "asc",
            "sort_by": "nice_id",
        },
        {
            "columns": ["priority", "requester", "created", "sla_next_breach_at"],
            "group_by": area,
            "group_order": "desc",
        },
        {"columns": ["group", "assignee", "organization", "brand", "ticket_form", "type", "satisfaction_score"]},
    ]
    restrictions = _restrictions(maker)
    for index in range(VIEWS):
        groups = conditions[index % len(conditions)]
        maker.make(
            "views", "view", title=f"View {index // 2}" if index > 9 else ODD_NAMES[index], active=index % 6 != 0,
            all=groups["all"], any=groups.get("any", []), output=outputs[index % len(outputs)],
            restriction=restrictions[index % len(restrictions)], description="" if index % 4 else f"For case {index}",
        )  # fmt: skip
    ids = [each["id"] for each in maker.call("GET", "views?access=shared&page[size]=100")["views"]]
    turned = [{"id": each, "position": place} for place, each in enumerate([*ids[5:], *ids[:5]], start=1)]
    maker.call("PUT", "views/update_many", {"views": turned})
