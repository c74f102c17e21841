"""An order as it will be: in the plan, with what somebody else made in its place; and just so it is live afterwards."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from config.results.plan import Placed, ResultingOrder
from golive.screens.orders import resulting_lines
from tests.cli.workspace import Workspace, written

SetUp = Callable[[str], Workspace]

CATEGORY = {"early": {"name": "Early"}}


def _triggers(*keys: str) -> dict[str, Any]:
    said = {"category": "early", "when": [{"event": "created"}], "then": [{"add_tags": ["x"]}]}
    return {key: {"name": f"Tag {key}", **said} for key in keys}


def _objects(*keys: str) -> str:
    return written({"trigger_categories": CATEGORY, "triggers": _triggers(*keys)})


def _foreign(workspace: Workspace, place: int) -> None:
    """A trigger of somebody else's in our category, at this place."""
    category = workspace.one("trigger_categories", "Early")["id"]
    conditions = {"all": [{"field": "status", "operator": "is", "value": "new"}]}
    theirs = {"title": "Theirs", "category_id": category, "active": True, "conditions": conditions}
    workspace.zendesk("POST", "triggers", {"trigger": {**theirs, "actions": [{"field": "priority", "value": "low"}]}})
    order = [each for each in _live(workspace) if each != "Theirs"]
    order.insert(place - 1, "Theirs")
    ids = [workspace.one("triggers", each)["id"] for each in order]
    entries = [{"id": each, "category_id": category, "position": place} for place, each in enumerate(ids, start=1)]
    job = {"action": "patch", "items": {"triggers": entries}}
    workspace.zendesk("POST", "trigger_categories/jobs", {"job": job})


def _live(workspace: Workspace) -> list[str]:
    category = workspace.one("trigger_categories", "Early")["id"]
    found = [each for each in workspace.listed("triggers") if each["category_id"] == category]
    return [each["title"] for each in sorted(found, key=lambda each: each["position"])]


def _entries(document: dict[str, Any]) -> list[dict[str, Any]]:
    (order,) = document["orders"]
    assert (order["kind"], order["key"], order["of"]) == ("trigger_categories", "early", "trigger")
    found: list[dict[str, Any]] = order["entries"]
    return found


def test_what_is_not_ours_keeps_its_place_among_ours_and_the_plan_shows_it(set_up: SetUp) -> None:
    workspace = set_up(_objects("a", "b"))
    _foreign(workspace, 2)
    assert _live(workspace) == ["Tag a", "Theirs", "Tag b"]
    workspace.config(_objects("b", "a", "c"))

    assert _entries(workspace.plan().document) == [
        {"name": "Tag b", "ours": "triggers/b", "was": 3, "moves": True},
        {"name": "Theirs", "ours": "", "was": 2, "moves": False},
        {"name": "Tag a", "ours": "triggers/a", "was": 1, "moves": True},
        {"name": "Tag c", "ours": "triggers/c", "was": None, "moves": False},
    ]
    shown = [line.strip() for line in workspace.golive("plan").out.splitlines()]
    start = shown.index("afterwards, from the top:")
    assert shown[start + 1 : start + 5] == [
        "1  Tag b  (now at place 3)",
        "2  Theirs  (not in these files)",
        "3  Tag a  (now at place 1)",
        "4  Tag c  (new here)",
    ]

    workspace.sandbox.clear_log()
    done = workspace.up().document
    assert _live(workspace) == [each["name"] for each in _entries(done)] == ["Tag b", "Theirs", "Tag a", "Tag c"]
    writes = [f"{each['method']} {each['path'].partition('/api/v2/')[2]}" for each in workspace.sandbox.writes()]
    assert writes == ["POST triggers", "POST trigger_categories/jobs"]
    workspace.is_settled()
    assert workspace.plan().document["orders"] == []


def test_an_order_in_which_nothing_moves_beside_others_is_not_spelled_out(set_up: SetUp) -> None:
    workspace = set_up(_objects("a", "b"))
    workspace.config(_objects("a", "b", "c"))
    assert workspace.plan().document["orders"] == []
    assert "afterwards" not in workspace.golive("plan").out


def test_a_trigger_that_goes_to_another_category_stands_in_the_order_of_none_but_that_one(set_up: SetUp) -> None:
    categories = {**CATEGORY, "late": {"name": "Late"}}
    triggers = _triggers("a", "b", "c")
    workspace = set_up(written({"trigger_categories": categories, "triggers": triggers}))
    moved = {each: triggers[each] for each in ("b", "a")} | {"c": {**triggers["c"], "category": "late"}}
    workspace.config(written({"trigger_categories": categories, "triggers": moved}))
    assert [each["name"] for each in _entries(workspace.plan().document)] == ["Tag b", "Tag a"]


TAGS = {
    "when": [{"hours_since": "solved", "more_than": "24h"}, {"field": "tags", "has_none": ["KEY"]}],
    "then": [{"add_tags": ["KEY"]}],
}
PROMISE = {
    "when": [{"field": "tags", "has_any": ["KEY"]}],
    "targets": {"first_reply": {"urgent": "1h", "high": "1h", "normal": "1h", "low": "1h"}},
    "hours": "calendar",
}
ORDERED: dict[str, tuple[dict[str, Any], str, str]] = {
    "automations": (TAGS, "automation", "PUT automations/update_many"),
    "views": ({"when": [{"field": "status", "is": "new"}], "columns": ["subject"]}, "view", "PUT views/update_many"),
    "ticket_forms": ({"fields": ["subject"]}, "ticket form", "PUT ticket_forms/reorder"),
    "ticket_fields": ({"type": "text"}, "ticket field", "PUT ticket_fields/reorder"),
    "trigger_categories": ({}, "trigger category", "POST trigger_categories/jobs"),
    "sla_policies": (PROMISE, "SLA policy", "PUT slas/policies/reorder"),
}
"""Kind → what one says, what one is called, and the call that puts them in order."""


def _in_order(kind: str, says: dict[str, Any], *keys: str) -> str:
    """Objects in this order, each with its key in what it says; fields have an order only where one is given."""
    made = {key: {"name": f"The {key}", **json.loads(json.dumps(says).replace("KEY", key))} for key in keys}
    return written({kind: made, **({"order": {kind: list(keys)}} if kind == "ticket_fields" else {})})


def _existing(workspace: Workspace, kind: str, name: str) -> None:
    """A category that somebody else made, last of all."""
    if kind == "trigger_categories":
        workspace.zendesk("POST", kind, {"trigger_category": {"name": name}})
    else:
        workspace.zendesk("POST", "help_center/categories", {"category": {"name": name, "locale": "en-us"}})


@pytest.mark.parametrize("kind", ["trigger_categories", "help_center"])
def test_a_category_that_is_only_named_keeps_its_place(small: SetUp, kind: str) -> None:
    workspace = small("groups: {}\n")
    workspace.speaks("en-us")
    for name in ("First of theirs", "Second of theirs"):
        _existing(workspace, kind, name)
    named = {
        "second": {"name": "Second of theirs", "existing": True},
        "first": {"name": "First of theirs", "existing": True},
    }
    workspace.config(written({kind: named if kind == "trigger_categories" else {"categories": named}}))
    planned = workspace.plan().document
    assert (planned["changes"], planned["orders"]) == ([], [])
    own = {key: {"name": key} for key in ("b", "a")}
    made = {**named, **own}
    workspace.config(written({kind: made if kind == "trigger_categories" else {"categories": made}}))
    workspace.up()
    listed = "trigger_categories" if kind == "trigger_categories" else "categories"
    live = workspace.listed(listed, None if listed == kind else "help_center/categories")
    live.sort(key=lambda each: (each["position"], int(each["id"])))
    names = [each["name"] for each in live]
    assert [each for each in names if "theirs" in each] == ["First of theirs", "Second of theirs"]
    assert [each for each in names if each in own] == ["b", "a"]
    workspace.is_settled()


@pytest.mark.parametrize("kind", ORDERED)
def test_one_call_puts_a_kind_in_order_and_the_plan_shows_it(set_up: SetUp, kind: str) -> None:
    says, called, call = ORDERED[kind]
    workspace = set_up(_in_order(kind, says, "a", "b", "c"))
    workspace.config(_in_order(kind, says, "c", "a", "b"))
    workspace.sandbox.clear_log()
    (order,) = workspace.up().document["orders"]
    assert (order["kind"], order["key"], order["of"]) == (kind, "_order", called)
    ours = [each for each in order["entries"] if each["ours"]]
    assert [(each["name"], each["moves"]) for each in ours] == [("The c", True), ("The a", False), ("The b", False)]
    writes = [f"{each['method']} {each['path'].partition('/api/v2/')[2]}" for each in workspace.sandbox.writes()]
    assert writes == [call]
    workspace.is_settled()


def _placed(names: str, *new: str) -> list[Placed]:
    """Lower case is ours, upper case is not; new: what is new; `!` behind what moves."""
    found = []
    for place, each in enumerate(names.split(), start=1):
        name = each.rstrip("!")
        ours = f"triggers/{name}" if name.islower() else ""
        found.append(Placed(name, ours, was=None if name in new else place, moves=each.endswith("!")))
    return found


@pytest.mark.parametrize(
    ("names", "new", "shown"),
    [
        ("a B c", (), ["1  a", "2  B  (not in these files)", "3  c"]),
        (
            "a b c d e f! g h i j k l m N",
            (),
            ["…", " 5  e", " 6  f  (now at place 6)", " 7  g", "…"],
        ),
        (
            "N a b c d e f g h i j k l m",
            ("a", "b"),
            [" 1  N  (not in these files)", " 2  a  (new here)", " 3  b  (new here)", "…"],
        ),
    ],
)
def test_of_a_long_order_only_what_matters_is_shown(names: str, new: tuple[str, ...], shown: list[str]) -> None:
    order = ResultingOrder("helpdesk", "trigger_categories", "early", "trigger", _placed(names, *new))
    head, *lines = resulting_lines([order])
    assert head.text == "afterwards, from the top:"
    assert [f"{each.text}{each.new}{f'  ({each.end})' if each.end else ''}" for each in lines] == shown


def test_of_a_long_order_in_which_what_is_new_stands_beside_ours_nothing_is_shown() -> None:
    names = "N a b c d e f g h i j k l m"
    order = ResultingOrder("helpdesk", "trigger_categories", "early", "trigger", _placed(names, "m"))
    assert list(resulting_lines([order])) == []
