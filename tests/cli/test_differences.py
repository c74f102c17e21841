"""Differences in the words of a head of support: nothing cut, no notation of a developer's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from rich.text import Text

from config.results.plan import Change, Difference, PlanDocument
from golive.screens.differences import difference_lines, lines_of
from golive.screens.live_plan import plan_lines
from golive.screens.remarks import renamed_options
from golive.terminal.masking import MASK, masked_differences
from golive.wording.sentences import action
from golive.wording.words import Terms, title_of
from provisioners.translation import STILL_ACTIVE
from stacks.difference import differences

TERMS = Terms(
    priorities={"urgent": "P1 System down", "high": "P2", "normal": "P3", "low": "P4"},
    called={
        ("groups", "billing"): "Billing",
        ("groups", "tier_2"): "Tier 2",
        ("people", "ana"): "Ana Real",
        ("schedules", "desk"): "Support desk",
        ("slack_channels", "ops"): "support-ops",
        ("sla_policies", "gold"): "Gold",
        ("sla_policies", "all"): "Everyone",
        ("sla_policies", "chat"): "Gold, chat",
        ("triggers", "gold"): "Gold customers first",
        ("trigger_categories", "route"): "Route",
        ("webhooks", "pager"): "Pager",
        ("customer_fields", "tier"): "Tier",
    },
    options={("customer_fields", "tier"): {"gold": "Gold tier"}},
)
BODY = """\
Hi {{ticket.requester.first_name}},

your request has arrived and has the number {{ticket.id}}. One of us reads it and answers you by e-mail.

Kind regards
Support
"""


def said(kind: str, old: dict[str, Any], new: dict[str, Any], key: str = "it") -> list[str]:
    """The lines of what differs between two objects."""
    lines = [line for each in differences(old, new) for line in difference_lines(kind, each, TERMS, key)]
    return [Text.from_markup(line.markup).plain for line in lines]


def then(*actions: dict[str, Any]) -> dict[str, Any]:
    return {"then": list(actions)}


def test_a_text_that_customers_get_stands_whole_with_what_changes_in_it() -> None:
    before = {"email": "requester", "subject": "Your request", "body": BODY}
    after = {"email": "requester", "subject": "We have it", "body": BODY.replace("Kind regards", "Yours")}
    first, _, third, fourth, fifth = BODY.splitlines()[:5]
    assert said("triggers", then(before), then(after)) == [
        "mails the requester, subject: Your request → We have it",
        "mails the requester, body:",
        f"    {first}",
        "",
        f"    {third}",
        f"    {fourth}".rstrip(),
        f"  - {fifth}",
        "  + Yours",
        "    Support",
    ]


def test_an_action_that_comes_carries_its_texts_whole() -> None:
    mail = {"email": "groups/billing", "subject": "New", "body": BODY}
    lines = said("triggers", then({"set": "group", "to": "billing"}), then({"set": "group", "to": "billing"}, mail))
    assert lines[:3] == ["+ mails the group Billing", "+   subject: New", "+   body:"]
    assert [line[1:].removeprefix("     ") for line in lines[3:]] == BODY.splitlines()
    assert [line[0] for line in lines] == ["+"] * len(lines)
    assert said("triggers", then(mail), then()) == [f"-{line[1:]}" for line in lines]


def test_one_action_for_another_of_a_different_kind() -> None:
    post = {"slack": "slack_channels/ops", "text": "P1"}
    assert said("triggers", then({"set": "priority", "to": "urgent"}), then(post)) == [
        "- sets priority to P1 System down",
        "+ posts to #support-ops",
        "+   text: P1",
    ]


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ({"set": "group", "to": "billing"}, {"set": "group", "to": "tier_2"}, "sets group Billing → Tier 2"),
        ({"set": "reason", "to": "refund"}, {"set": "reason", "to": None}, "sets reason refund → nothing"),
        ({"add_tags": ["a"]}, {"add_tags": ["a", "b"]}, "adds the tags a → a, b"),
        (
            {"email": "requester", "subject": "s", "body": "b"},
            {"email": "requester_and_ccs", "subject": "s", "body": "b"},
            "mails the requester → mails the requester and CCs",
        ),
        (
            {"call": "webhooks/pager", "body": {"message": "a"}},
            {"call": "webhooks/pager", "body": {"message": "b"}},
            "calls the webhook Pager, what it sends, message: a → b",
        ),
        (
            {"reply": "public", "text": "x"},
            {"reply": "internal", "text": "x"},
            "answers the customer → adds an internal note",
        ),
    ],
)
def test_one_action_changed(before: dict[str, Any], after: dict[str, Any], line: str) -> None:
    assert said("triggers", then(before), then(after)) == [line]


def test_texts_in_the_vendors_own_words_are_shown() -> None:
    before, after = ({"zendesk": {"field": "comment_value", "value": ["channel:web", text]}} for text in ("Hi", "Bye"))
    name = "comment value: channel:web (in Zendesk's own words)"
    assert said("macros", then(before), then(after)) == [f"{name}, text: Hi → Bye"]
    assert said("macros", then(), then(after)) == [f"+ {name}", "+   text: Bye"]
    other = {"zendesk": {"field": "comment_value_html", "value": "<b>Bye</b>"}}
    assert len(said("macros", then(before), then(other))) == 3


def test_actions_in_another_order() -> None:
    tag, group = {"add_tags": ["a"]}, {"set": "group", "to": "billing"}
    assert said("macros", then(tag, group), then(group, tag)) == [
        "in another order: sets group to Billing; adds the tag a"
    ]


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        (
            [{"field": "status", "is": "open"}, {"field": "organization.tier", "is": "gold"}],
            [{"field": "status", "is": "open"}, {"field": "organization.tier", "is": "silver"}],
            ["only if customer's Tier is Gold tier → is silver"],
        ),
        (
            [{"field": "organization.tier", "is": "gold"}],
            [{"field": "organization.tier", "is_one_of": ["gold", "silver"]}],
            ["only if customer's Tier is Gold tier → is Gold tier or silver"],
        ),
        (
            [{"event": "created"}],
            [{"field": "priority", "changed_to": "urgent"}],
            ["- only if the ticket is new", "+ only if priority became P1 System down"],
        ),
        (
            [{"in_hours": "desk"}],
            [{"outside_hours": "desk"}],
            [
                "- only if within the hours of Support desk",
                "+ only if outside the hours of Support desk",
            ],
        ),
        (
            [{"field": "group", "empty": True}],
            [{"field": "group", "empty": False}],
            ["only if group is empty → is not empty"],
        ),
        (
            [],
            [{"hours_since": "pending", "more_than": "24h", "clock": "business"}],
            ["+ only if more than 24 h since it is pending, in business hours"],
        ),
    ],
)
def test_conditions(before: list[Any], after: list[Any], lines: list[str]) -> None:
    assert said("triggers", {"when": before}, {"when": after}) == lines


def test_conditions_of_which_one_must_hold() -> None:
    before: dict[str, Any] = {"when": [], "when_any": []}
    after = {"when_any": [{"field": "tags", "has": "vip"}]}
    assert said("triggers", before, after) == ["+ or if tags contain vip"]


CLOCKS = {
    "first_reply": {"urgent": "calendar", "high": "business", "normal": "business", "others": "calendar"},
    "total_resolution": "business",
}


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("calendar", "business", ["counted around the clock → in business hours"]),
        (
            "business",
            CLOCKS,
            ["P1 System down: first reply counted in business hours → around the clock"],
        ),
        (
            CLOCKS,
            {**CLOCKS, "first_reply": {**CLOCKS["first_reply"], "high": "calendar"}},  # type: ignore[dict-item]
            ["P2: first reply counted in business hours → around the clock"],
        ),
        (
            {"first_reply": {"urgent": "calendar", "others": "business"}, "total_resolution": {"urgent": "calendar"}},
            "business",
            ["P1 System down: counted around the clock → in business hours"],
        ),
        (
            CLOCKS,
            {**CLOCKS, "first_reply": "business"},
            ["P1 System down: first reply counted around the clock → in business hours"],
        ),
    ],
)
def test_hours_per_metric_and_priority(before: Any, after: Any, lines: list[str]) -> None:
    assert said("sla_policies", {"hours": before}, {"hours": after}) == lines


def test_a_whole_metric_comes() -> None:
    row = {"urgent": "1h", "low": "none"}
    assert said("sla_policies", {"targets": {}}, {"targets": {"next_reply": row}}) == [
        "P1 System down: next reply no promise → 1 h",
    ]


def test_a_whole_policy_comes_or_goes() -> None:
    same = dict.fromkeys(("urgent", "high", "normal", "low"), "8h")
    targets = {"targets": {"next_reply": {"urgent": "1h", "low": "none"}, "resolution": same}}
    lines = ["P1 System down: next reply 1 h", "every priority: resolution 8 h"]
    assert said("sla_policies", {}, targets) == [f"+ {line}" for line in lines]
    assert said("sla_policies", targets, {}) == [f"- {line}" for line in lines]


def test_holidays() -> None:
    before = [{"name": "Christmas", "date": "2026-12-25"}, {"name": "Labour Day", "date": "2026-05-01"}]
    after = [
        {"name": "Christmas", "from": "2026-12-24", "to": "2026-12-26"},
        {"name": "New Year", "date": "2027-01-01"},
    ]
    assert said("schedules", {"holidays": before}, {"holidays": after}) == [
        "holiday Christmas 25 Dec 2026 → 24 Dec 2026 to 26 Dec 2026",
        "- holiday Labour Day: 1 May 2026",
        "+ holiday New Year: 1 Jan 2027",
    ]


def test_orders_by_names() -> None:
    assert said("sla_policies", {"order": ["all", "gold"]}, {"order": ["gold", "all"]}, "_order") == [
        "now Gold, Everyone"
    ]
    moved = {"order": ["all", "...", "gold"]}, {"order": ["gold", "...", "new", "all"]}
    assert said("sla_policies", *moved, "_order") == ["now Gold, all others, new, Everyone"]
    assert said("trigger_categories", {"order": ["a", "gold"]}, {"order": ["gold", "a"]}, "route") == [
        "“Gold customers first” now stands before “a”"
    ]
    with_comma = {"order": ["all", "chat"]}, {"order": ["chat", "all"]}
    assert said("sla_policies", *with_comma, "_order") == ["now Gold, chat; Everyone"]
    categories = {"order": ["route", "_category"]}, {"order": ["route", "...", "_category"]}
    assert said("trigger_categories", *categories, "_order") == ["now Route, all others, Alerts (golive)"]
    options = {"options": {"a": "A", "b": "B"}}, {"options": {"b": "B", "a": "A"}}
    assert said("ticket_fields", *options) == ["“b” now stands before “a”"]


def test_people_and_channels_by_their_names() -> None:
    assert said("slack_channels", {"people": ["ana"]}, {"people": []}) == [
        "people:",
        "  - Ana Real  (stays in the channel)",
    ]
    assert said("macros", {"for": []}, {"for": ["groups/billing"]}) == ["who sees it:", "  + the group Billing"]
    assert said("alerts", {"to": "ops"}, {"to": "other"}) == ["posts to #support-ops → #other"]
    assert said("slack_channels", {"webhook": {"channel": "ops"}}, {"webhook": {"channel": "#C1"}}) == [
        "posts to #support-ops → #C1"
    ]


def test_a_list_that_is_only_moved_says_so() -> None:
    assert said("macros", {"x": ["a", "b"]}, {"x": ["b", "a", "c"]}) == [
        "the vendor's own setting “x”:",
        "  + c",
        "  new order: b, a, c",
    ]


def test_of_many_that_are_ordered_only_what_has_moved_is_said() -> None:
    keys = ["all", "gold", "chat", "a", "b"]
    assert said("sla_policies", {"order": keys}, {"order": ["all", "a", "gold", "chat", "b"]}, "_order") == [
        "“a” now stands before “Gold”"
    ]
    many = ["all", "gold", "x", "y", "z", "chat", "a", "b"]
    assert said("sla_policies", {"order": many}, {"order": ["all", "chat", "a", *many[1:5], "b"]}, "_order") == [
        "“Gold, chat” and “a” now stand before “Gold”"
    ]
    assert said("sla_policies", {"order": keys}, {"order": [*keys[:2], "new", *keys[2:]]}, "_order") == [
        "“new” comes after “Gold”"
    ]
    assert said("sla_policies", {"order": keys}, {"order": keys[1:]}, "_order") == ["without “Everyone”"]


def test_what_is_the_same_for_every_priority_is_said_once() -> None:
    old, new = ({"targets": {"first_reply": dict.fromkeys(("urgent", "high", "normal", "low"), cell)}} for cell in "12")
    lines = [line.markup for line in lines_of("sla_policies", differences(old, new), TERMS)]
    assert lines == ["every priority: first reply 1 → [head]2[/]"]


def test_of_a_long_text_only_what_changes_and_what_stands_around_it() -> None:
    lines = [f"Line {number}" for number in range(40)]
    before, after = "\n".join(lines), "\n".join([*lines[:20], "Another line", *lines[21:]])
    assert said("macros", then({"reply": "public", "text": before}), then({"reply": "public", "text": after})) == [
        "answers the customer, text:",
        "    … 18 lines stay",
        "    Line 18",
        "    Line 19",
        "  - Line 20",
        "  + Another line",
        "    Line 21",
        "    Line 22",
        "    … 17 lines stay",
    ]


def test_values_are_never_a_developers() -> None:
    assert said("slack_channels", {"private": False}, {"private": True}) == ["only those who are invited see it"]
    assert said("ticket_fields", {"customers": {"can": "hidden"}}, {"customers": {"can": "edit"}}) == [
        "customers do not see it → see it and fill it in"
    ]
    assert said("webhooks", {"auth": None}, {"auth": {"bearer": "env:PAGER_TOKEN"}}) == [
        "+ signs in with the token: the variable PAGER_TOKEN"
    ]
    assert said("slack_channels", {"topic": "Help"}, {"topic": ""}) == ["- topic: Help"]
    assert said("schedules", {"hours": {"sat": ["09:00-12:30"]}}, {"hours": {"sat": []}}) == [
        "Saturday 09:00–12:30 → closed"
    ]
    assert said("people", {"role": "agent"}, {"role": "admin"}) == ["role agent → administrator"]
    gone = {"options": {"a": "A", "b": {"name": "B", "tag": "x"}}}, {"options": {"a": "A, too"}}
    assert said("ticket_fields", *gone) == [
        "choice A → A, too",
        "- choice “B”  (stays in the helpdesk, and can still be chosen, so that the tickets that hold it keep "
        "it; only by hand is it removed there)",
    ]


@pytest.mark.parametrize(
    "gone",
    [
        [Difference("options.delivery", "Delivery", None), Difference("options.shipping", None, "delivery")],
        [Difference("options", {"delivery": {"name": "Delivery", "tag": "d"}}, {"shipping": {"name": "delivery"}})],
    ],
)
def test_an_option_that_leaves_and_comes_under_one_name_looks_like_a_renamed_key(gone: list[Difference]) -> None:
    change = Change("helpdesk", "ticket_fields", "reason", "update", gone)
    assert [line.text for line in renamed_options(change)] == [
        "looks like a renamed key: write  shipping: {name: delivery, was: delivery} , and “delivery” stays one choice"
    ]
    assert not list(renamed_options(replace(change, action="create")))
    others = [Difference("options.delivery", "Delivery", None), Difference("options.shipping", None, "Shipping")]
    assert not list(renamed_options(replace(change, diff=others)))


def test_what_leaves_is_said_by_its_name() -> None:
    gone = [Difference("options.b", {"name": "Beta"}, None), Difference("options.c.tag", "x", None)]
    terms = Terms(options={("ticket_fields", "f"): {"a": "Alpha"}})
    changes = [
        Change("helpdesk", "ticket_fields", "f", "update", gone),
        Change("helpdesk", "ticket_fields", "how_many", "release", name="How many"),
        Change("helpdesk", "sla_policies", "area", "delete", name="Area, North"),
    ]
    former = terms.with_former(changes)
    assert action({"set": "how_many", "to": "2"}, former) == "sets How many to 2"
    order = Difference("order", ["area", "rule_16"], [])
    lines = [line.text for line in difference_lines("sla_policies", order, former, "_order")]
    assert lines == ["without “Area, North”", "without “rule_16”"]
    assert [former.option("ticket_fields", "f", each) for each in "abc"] == ["Alpha", "Beta", "c"]
    assert said("trigger_categories", {"order": ["x", "y"]}, {"order": []}) == ["without “x”", "without “y”"]
    still = {"replaces": f"X{STILL_ACTIVE}"}, {"replaces": "X"}
    assert said("triggers", *still) == ["switches off the vendor's rule “X”"]


def test_a_plan_beside_a_review_says_the_same_names() -> None:
    """Also of what does not change itself: the document carries the names that its differences mention."""
    terms = replace(
        TERMS, called={**TERMS.called, ("ticket_fields", "how_many"): "How many", ("priorities", "urgent"): "P1"}
    )
    when = [{"field": "organization.tier", "is": "gold"}, {"field": "priority", "is": "urgent"}]
    diff = differences({}, {"when": when, "then": [{"set": "how_many", "to": "2"}]})
    plan = PlanDocument("golive/plan/1", "production", changes=[Change("helpdesk", "triggers", "t", "update", diff)])
    plan = replace(plan, names=terms.mentioned(plan.changes))
    assert "ticket_fields/how_many" in plan.names and "groups/billing" not in plan.names
    lines = [line.strip() for line in plan_lines(plan)]
    for line in ("only if customer's Tier is Gold tier", "only if priority is P1", "sets How many to 2"):
        assert f"+ {line}" in lines, lines


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("triggers", "deleted"),
        ("trigger_categories", "deleted, unless triggers are still in it"),
        ("slack_channels", "archived"),
        ("crm_record_types", "switched off"),
    ],
)
def test_what_becomes_of_what_leaves_is_said_as_it_is(kind: str, said: str) -> None:
    plan = PlanDocument("golive/plan/1", "production", changes=[Change("x", kind, "k", "delete")])
    assert f"- {title_of(kind)} k  {said}" in list(plan_lines(plan))
    assert f"- {title_of(kind)} k  deleted by hand" in list(plan_lines(replace(plan, drift=plan.changes, changes=[])))


def test_what_is_not_in_these_files_has_no_number() -> None:
    assert said("triggers", then(), then({"set": "#36", "to": "x"}, {"email": "#all_agents", "subject": "s"})) == [
        "+ sets a field that is not in these files to x",
        "+ mails all agents",
        "+   subject: s",
    ]
    assert said("triggers", then(), then({"set": "group", "to": "#36"})) == [
        "+ sets group to a group that is not in these files"
    ]


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("Account", {"en-US": "Account", "de": "Konto"}, ["+ headline, de: Konto"]),
        ({"en-US": "Account", "de": "Konto"}, "Account", ["- headline, de: Konto"]),
        ("Account", {"en-US": "Accounts"}, ["headline, en-US Account → Accounts"]),
    ],
)
def test_a_text_that_comes_or_goes_in_further_languages(old: Any, new: Any, lines: list[str]) -> None:
    assert said("articles", {"name": old}, {"name": new}) == lines


def test_two_keys_in_a_list_are_no_name_with_a_secret() -> None:
    """Only what a call asks with is names and values."""
    pair = ["password", "locked_out"]
    order, query = masked_differences("", [Difference("order", [], pair), Difference("then.query", [], [pair])], str)
    assert (order.new, query.new) == (pair, [["password", MASK]])
