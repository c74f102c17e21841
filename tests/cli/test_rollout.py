"""The rollout's mark and fence in the helpdesk: made, put back, woken and put to sleep, let go of."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from config.phases import PHASES
from config.progress import phases_after, progress_of
from config.results.log_entry import Actor
from golive.workspace.logbook import Logbook
from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]

ROLLOUT = """
trigger_categories:
  route: {name: Route}
triggers:
  tag: {name: Tag, category: route, when: [{event: created}], then: [{add_tags: [x]}]}
rollout:
  soft_launch:
    cohort: {share: 15%, internal: [acme.example]}
"""
ALONE = ROLLOUT[ROLLOUT.index("rollout:") :]
FENCE, MARK = "Rollout: from outside the soft launch", "Rollout: in the soft launch"
CATEGORY = "Rollout (golive)"


def begin(workspace: Workspace, phase: str) -> None:
    """Let the environment be in a phase, as a gate would: the log leads there, and the state remembers it."""
    logbook = Logbook(workspace.root, "sandbox")
    now = progress_of(logbook.read()).phase
    for each in PHASES[PHASES.index(now) + 1 : PHASES.index(phase) + 1]:
        for entry in ("advance_started", "advanced"):
            logbook.append(entry, Actor("Ana Sol"), {"phase": each, "gate": "asked"})
    if PHASES.index(phase) < PHASES.index(now):
        for back in ("retreat_started", "retreated"):
            logbook.append(back, Actor("Ana Sol"), {"phase": phase, "leaves": list(phases_after(phase))})
    (file,) = (workspace.root / ".pulumi-state" / ".pulumi" / "stacks").rglob("*.json")
    whole = json.loads(file.read_text())
    record = next(
        each for each in whole["checkpoint"]["latest"]["resources"] if each["urn"].endswith("golive/record/environment")
    )
    for side in ("inputs", "outputs"):
        record[side]["payload"] |= {"phase": phase, "log_head": logbook.read().head}
    file.write_text(json.dumps(whole))
    assert workspace.golive("state", "accept", "--yes").code == 0


def categories(workspace: Workspace) -> list[str]:
    """In the order in which the helpdesk goes through them."""
    found = workspace.zendesk("GET", "trigger_categories")["trigger_categories"]
    return [each["name"] for each in sorted(found, key=lambda each: each["position"])]


def test_mark_and_fence_are_made_and_say_whose_they_are(set_up: Small) -> None:
    workspace = set_up(ROLLOUT)
    mark = workspace.one("organization_fields", MARK)
    assert (mark["key"], mark["type"], mark["tag"], mark["active"]) == ("rollout", "checkbox", "in_rollout", True)
    fence = workspace.one("triggers", FENCE)
    assert fence["active"] is False, "the soft launch has not begun"
    assert fence["actions"] == [{"field": "current_tags", "value": "outside_rollout"}]
    assert [each["description"].startswith("Made by golive from `rollout`") for each in (mark, fence)] == [True, True]
    workspace.is_settled()


def test_the_fence_comes_before_everything_and_nothing_else_moves(small: Small) -> None:
    workspace = small(ROLLOUT)
    for name in ("Theirs first", "Theirs second"):
        workspace.zendesk("POST", "trigger_categories", {"trigger_category": {"name": name, "position": 1}})
    before = categories(workspace)
    workspace.up()
    assert categories(workspace) == [CATEGORY, *before, "Route"]
    fence = workspace.one("triggers", FENCE)
    ours = workspace.one("trigger_categories", CATEGORY)
    assert fence["category_id"] == ours["id"]
    workspace.is_settled()

    workspace.zendesk("POST", "trigger_categories", {"trigger_category": {"name": "Squeezed in", "position": 1}})
    planned = workspace.golive("plan").out
    assert "before all others stands Rollout (golive) → a trigger category that is not in these files" in planned
    workspace.up()
    assert categories(workspace) == [CATEGORY, "Squeezed in", *before, "Route"]
    workspace.is_settled()


@pytest.mark.parametrize("order", ['["...", route]', '[route, "..."]', "[route]"])
def test_the_fence_stays_first_whatever_order_is_declared(small: Small, order: str) -> None:
    workspace = small(f"{ROLLOUT}order: {{trigger_categories: {order}}}\n")
    workspace.up()
    there = categories(workspace)
    assert there[0] == CATEGORY
    assert there.index("Route") == (1 if order.startswith('[route, "') else 2)
    workspace.is_settled()


def test_the_fence_is_first_where_no_category_is_declared(small: Small) -> None:
    workspace = small(ALONE)
    workspace.up()
    assert categories(workspace)[0] == CATEGORY
    workspace.is_settled()
    workspace.config(ROLLOUT)
    workspace.up()
    assert categories(workspace)[0] == CATEGORY
    workspace.is_settled()


def test_the_fence_is_awake_in_the_soft_launch_only(set_up: Small) -> None:
    workspace = set_up(ROLLOUT)
    assert "Asleep until the soft launch: 1 rollout (Soft launch)" in workspace.golive("plan", "--all").out
    seen = {}
    for phase in ("soft_launch", "rollout", "soft_launch", "build"):
        begin(workspace, phase)
        planned = workspace.plan()
        assert planned.actions == {"helpdesk/rollout/rollout": "update"}
        workspace.up()
        seen[phase] = workspace.one("triggers", FENCE)["active"]
        assert workspace.one("organization_fields", MARK)["active"] is True, "the mark stays"
        workspace.is_settled()
    assert seen == {"soft_launch": True, "rollout": False, "build": False}


def test_what_an_admin_changes_is_shown_in_words_and_put_back(set_up: Small) -> None:
    workspace = set_up(ROLLOUT)
    mark, fence = workspace.one("organization_fields", MARK), workspace.one("triggers", FENCE)
    workspace.zendesk(
        "PUT", f"organization_fields/{mark['id']}", {"organization_field": {"title": "Pilot", "active": False}}
    )
    workspace.zendesk("PUT", f"triggers/{fence['id']}", {"trigger": {"active": True}})
    text = workspace.golive("plan").out
    assert "name of the mark Rollout: in the soft launch → Pilot" in text
    assert "the mark is switched off" in text
    workspace.up()
    assert workspace.one("organization_fields", MARK)["active"] is True
    assert workspace.one("triggers", FENCE)["active"] is False


@pytest.mark.parametrize(
    ("said", "fence", "mark", "category"),
    [
        ("", "off", "on", True),  # a category with a trigger in it stays
        ("  on_remove: switch_off\n", "off", "on", True),
        ("  on_remove: release\n", "on", "on", True),
        ("  on_remove: delete\n", "gone", "gone", False),
    ],
)
def test_leaving_the_files(said: str, fence: str, mark: str, category: bool, set_up: Small) -> None:
    workspace = set_up(ROLLOUT.replace("rollout:\n", f"rollout:\n{said}"))
    begin(workspace, "soft_launch")
    workspace.up()
    workspace.config(ROLLOUT[: ROLLOUT.index("rollout:")])
    workspace.up()

    def is_now(many: str, title: str) -> str:
        found = [each["active"] for each in workspace.listed(many) if each["title"] == title]
        return ("on" if found[0] else "off") if found else "gone"

    assert (is_now("triggers", FENCE), is_now("organization_fields", MARK)) == (fence, mark)
    assert (CATEGORY in categories(workspace)) is category
    workspace.is_settled()


def test_without_a_fence(set_up: Small) -> None:
    workspace = set_up(ROLLOUT)
    begin(workspace, "soft_launch")
    workspace.up()
    for said, active in (("active: false", False), ("active: true", True), ("why: No fence for a while", True)):
        workspace.config(ROLLOUT.replace("rollout:\n", f"rollout:\n  {said}\n"))
        workspace.up()
        assert workspace.one("triggers", FENCE)["active"] is active
        assert workspace.one("organization_fields", MARK)["active"] is True
        workspace.is_settled()


def test_who_is_in_it_changes_nothing_in_the_helpdesk(set_up: Small) -> None:
    workspace = set_up(ROLLOUT)
    workspace.edit("share: 15%", "share: 20%, always: [friend.example]")
    assert workspace.plan().document["changes"] == []


def test_switching_it_off_means_the_fence(set_up: Small) -> None:
    workspace = set_up(ROLLOUT)
    begin(workspace, "soft_launch")
    workspace.up()
    off = workspace.golive("off", "rollout/rollout", "--reason", "It tags our own people", "--yes")
    assert (off.code, "Zendesk: rollout  Rollout: from outside the soft launch" in off.out) == (0, True)
    workspace.up()
    assert workspace.one("triggers", FENCE)["active"] is False
    assert workspace.one("organization_fields", MARK)["active"] is True


def test_what_an_earlier_run_made_is_in_the_way_until_it_is_taken_over(set_up: Small) -> None:
    workspace = set_up(ROLLOUT)
    before = [workspace.one("organization_fields", MARK)["id"], workspace.one("triggers", FENCE)["id"]]
    assert workspace.golive("release", "rollout/rollout", "--yes").code == 0
    workspace.config(ROLLOUT)
    planned = workspace.plan().document
    assert {each["name"] for each in planned["collisions"]} == {"rollout", FENCE, CATEGORY}
    assert workspace.golive("adopt", "rollout/rollout", "--yes").code == 0
    workspace.up()
    workspace.is_settled()
    assert [workspace.one("organization_fields", MARK)["id"], workspace.one("triggers", FENCE)["id"]] == before


def test_what_golive_made_is_no_field_and_no_trigger_to_take_over(set_up: Small) -> None:
    workspace = set_up(ROLLOUT)
    workspace.edit(ALONE, "")
    workspace.up()
    found = workspace.golive("adopt", "--all", "--dry-run").out
    for name in ("rollout", FENCE, CATEGORY):
        assert f"“{name}”: golive made it for" in found
    assert found.count("ollout") == 4, "nothing of it is written into a file"


def test_destroy_takes_all_of_it_away(set_up: Small) -> None:
    workspace = set_up(ROLLOUT)
    gone = workspace.golive("destroy", "--yes")
    assert gone.code == 0, gone.err
    assert FENCE not in workspace.titles("triggers") and CATEGORY not in categories(workspace)
    assert MARK not in [each["title"] for each in workspace.listed("organization_fields")]


def test_an_undo_takes_the_fence_out_of_the_order_and_the_next_run_puts_it_back(small: Small) -> None:
    workspace = small(ROLLOUT[: ROLLOUT.index("rollout:")])
    workspace.up()
    workspace.config(ROLLOUT)
    workspace.up()
    assert workspace.golive("undo", "--yes").code == 0
    workspace.up()
    assert categories(workspace)[0] == CATEGORY
    workspace.is_settled()
