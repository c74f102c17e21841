"""The everyday questions of docs/zendesk.md: their examples are right, and golive does what the answers say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from golive.documentation.questions import QUESTIONS, Question
from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]
ROUTE = "trigger_categories: {route: {name: Routing}}\n"
RULES = "triggers:\n" + "".join(
    f"  {key}: {{name: {key.title()}, category: route, when: [{{event: created}}], then: [{{add_tags: [{key}]}}]}}\n"
    for key in ("night", "rest", "vip")
)
BESIDE = {"How do I move a rule up?": RULES}
"""Question → what its example needs beside it, other than a category."""


@pytest.mark.parametrize("question", [each for each in QUESTIONS if each.yaml], ids=lambda each: each.asked)
def test_the_examples_are_right(small: Small, question: Question) -> None:
    workspace = small("")
    workspace.edit("default_locale: en-US", "default_locale: en-US, locales: [en-US, de]", "config/company.yaml")
    workspace.config(question.yaml)
    beside = BESIDE.get(question.asked, ROUTE if "category: route" in question.yaml else "")
    workspace.config(beside or "groups: {}\n", "config/beside.yaml")
    checked = workspace.golive("validate")
    assert checked.code == 0, checked.out


def test_a_hidden_field_a_removed_option_a_renamed_rule_and_one_that_moves_up(small: Small) -> None:
    field = "ticket_fields: {severity: {name: Severity, type: dropdown, options: {%s}, customers: {can: %s}}}\n"
    rule = "  %s: {%sname: %s, category: route, when: [{event: created}], then: [{add_tags: [%s]}]}\n"
    first, second = rule % ("first", "", "First", "a"), rule % ("second", "", "Second", "b")
    workspace = small(f"{field % ('high: High, low: Low', 'see')}{ROUTE}triggers:\n{first}{second}")
    workspace.up()
    identifier = workspace.one("triggers", "First")["id"]

    renamed = rule % ("number_one", "was: first, ", "Number one", "a")
    workspace.config(f"{field % ('high: High', 'hidden')}{ROUTE}triggers:\n{second}{renamed}")
    told = workspace.golive("plan").out
    assert "no ticket holds it" in told
    assert "customers see it → do not see it" in told
    assert "Number one: renamed First → Number one" in told
    assert "  1  Second  (now at place 2)" in told
    workspace.up()
    live = workspace.one("ticket_fields", "Severity")
    assert [each["name"] for each in live["custom_field_options"]] == ["High", "Low"]
    assert (live["visible_in_portal"], workspace.one("triggers", "Number one")["id"]) == (False, identifier)
    titles = [each["title"] for each in workspace.listed("triggers") if each["title"] in ("Second", "Number one")]
    assert titles == ["Second", "Number one"]


def test_what_leaves_the_files_an_undo_and_what_people_made(small: Small) -> None:
    rule = "  {0}: {{name: {0}, category: route, when: [{{event: created}}], then: [{{add_tags: [{0}]}}]}}\n"
    workspace = small(f"{ROUTE}triggers:\n{rule.format('stays')}{rule.format('leaves')}")
    workspace.up()
    workspace.config(f"{ROUTE}triggers:\n{rule.format('stays')}")
    assert "has left the files: switched off, and no longer looked after" in workspace.golive("plan").out
    workspace.up()
    assert workspace.one("triggers", "leaves")["active"] is False
    undone = workspace.golive("undo", "--yes")
    assert undone.code == 0 and "`golive up` does it again" in undone.out
    assert workspace.one("triggers", "leaves")["active"] is True
    workspace.up()

    taken = workspace.golive("adopt", "macros", "--yes")
    assert taken.code == 0, taken.err
    assert workspace.plan().document["changes"] == []
