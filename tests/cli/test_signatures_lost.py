"""What a plan says of signatures and decisions that it makes worthless."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.cli.gated import ITEMS, Gated, bare_checklist
from tests.cli.test_advance import CONFIG
from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]


@pytest.fixture
def gated(set_up: Small) -> Gated:
    return Gated.of(set_up(CONFIG))


def test_a_plan_says_which_signatures_it_makes_worthless(gated: Gated) -> None:
    gated.does("ana", "gate", "sign", "agreed", "--yes")
    assert gated.workspace.plan().document["signatures_lost"] == []
    gated.workspace.edit("{name: Day shift}", "{name: Day crew}")
    gated.workspace.edit("name: Trigger now,", "name: Trigger at once,")
    lost = gated.workspace.plan().document["signatures_lost"]
    assert [(each["item"], each["by"], each["changes"]) for each in lost] == [("agreed", "Ana Sol", ["groups/day"])]
    text = gated.golive("plan").out
    assert "Has to be signed again" in text
    assert "Afterwards:  golive gate sign agreed" in text
    assert "The groups are agreed, signed by Ana Sol" in text
    again = gated.does("ana", "gate", "sign", "agreed", "--yes").out
    (command,) = [
        line.partition("  golive ")[2].split() for line in again.splitlines() if "and what it is now:" in line
    ]
    assert command[0] == "review"
    shown = gated.golive(*command).out
    assert "Day shift" in shown
    assert "Day crew" in shown


def test_a_plan_says_that_a_go_has_to_be_decided_again(gated: Gated) -> None:
    gated.go()
    gated.workspace.edit("name: Trigger now,", "name: Trigger at once,")
    lost = gated.workspace.plan().document["signatures_lost"]
    assert [(each["item"], each["gate"], each["changes"]) for each in lost] == [("", "soft_launch", ["triggers/now"])]
    (gone,) = gated.golive("gate", "diff", "HEAD", "--json").document["signatures"]
    assert (gone["sort"], gone["subject"]) == ("decided", "soft_launch"), gone
    text = gated.golive("plan").out
    assert "Go for the Soft launch, decided by Ana Sol" in text
    assert "  golive gate decide soft_launch go" in text
    gated.workspace.edit("name: Trigger at once,", "name: Trigger now,")
    assert gated.advance().code == 0
    gated.workspace.edit("name: Trigger now,", "name: Trigger at once,")
    assert gated.workspace.plan().document["signatures_lost"] == [], "the phase has begun"


ORDERED = """\
groups:
  day: {name: Day shift}
trigger_categories: {all: {name: All}}
triggers:
  one: {name: One, category: all, when: [{field: status, is: new}], then: [{add_tags: [one]}]}
  two: {name: Two, category: all, when: [{field: status, is: new}], then: [{add_tags: [two]}]}
"""
WITH_TEXT = ORDERED + "macros:\n  hello: {name: Hello, then: [{reply: public, text: {file: texts/hello.md}}]}\n"


def test_a_plan_says_which_signatures_another_order_and_another_text_make_worthless(set_up: Small) -> None:
    workspace = set_up(ORDERED)
    workspace.config(WITH_TEXT)
    workspace.config("We answer within 4 hours.\n", "texts/hello.md")
    made = Gated.of(workspace, bare_checklist({"agreed": {**ITEMS["agreed"], "about": ["triggers", "macros"]}}))
    made.does("ana", "gate", "sign", "agreed", "--yes")
    assert made.workspace.plan().document["signatures_lost"] == []

    made.workspace.config("We answer within 4 minutes.\n", "texts/hello.md")
    assert _lost(made) == ["the text in texts/hello.md"]
    lines = WITH_TEXT.splitlines()
    made.workspace.config("\n".join([*lines[:4], lines[5], lines[4], *lines[6:]]) + "\n")
    assert _lost(made) == ["the order of triggers", "the text in texts/hello.md"]
    text = made.golive("plan").out
    assert "Has to be signed again" in text
    assert "changes: the order of triggers, the text in texts/hello.md" in text
    board = made.status()["items"]
    assert [each["said"].partition("; ")[2] for each in board if each["key"] == "agreed"] == [
        "since then the order of triggers changed and the text in texts/hello.md changed."
    ]
    assert made.golive("up", "--yes").code == 0
    assert made.workspace.plan().document["signatures_lost"] == [], "what is live is what the files say"


def _lost(gated: Gated) -> list[str]:
    (lost,) = gated.workspace.plan().document["signatures_lost"]
    found: list[str] = lost["changes"]
    return found
