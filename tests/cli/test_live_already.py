"""What is new in the files and there already: only a whole plan of the very same files can tell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from config.results.plan import Change, Collision, HeldOff, NotRead, PlanDocument, Unfinished, Waiting
from golive.review.live_already import with_live_plan
from golive.review.reviewing import review
from golive.screens.review_page import review_page
from tests.repository import ClientRepository, environment

RULES = "trigger_categories: {route: {name: Route}}\ntriggers:\n"
NEW = "  new: {name: New, category: route, when: [{event: created}], then: [{email: requester, subject: S, body: B}]}\n"
OTHER = NEW.replace("new:", "other:").replace("New", "Other")
UNSURE: dict[str, dict[str, Any]] = {
    "a part": {"part": "only groups"},
    "not as declared": {"as_declared": {"triggers": ["old"]}},
    "asleep": {"asleep": [Waiting("triggers", "new", "soft_launch", "", 0)]},
    "by hand": {"by_hand": [Waiting("triggers", "new", "do it", "", 0)]},
    "not sent in part": {"not_sent_parts": [Waiting("triggers", "new", "it cannot be", "", 0)]},
    "changed by hand": {"drift": [Change("helpdesk", "triggers", "new", "update")]},
    "in the way": {"collisions": [Collision("helpdesk", "triggers", "new", "New", "1", "adopt it")]},
    "held off": {"switched_off": [HeldOff("helpdesk", "triggers", "new", "stays_off", "", "", "")]},
    "left in the middle": {"unfinished": [Unfinished("helpdesk", "triggers", "new", "create")]},
    "not read": {"not_read": [NotRead("helpdesk", "it is down")]},
    "not sent": {"not_sent": [Waiting("triggers", "new", "it cannot be", "", 0)]},
    "to be made": {"changes": [Change("helpdesk", "triggers", "new", "create")]},
}


def test_it_warns_of_nothing_and_nobody_notices_it(tmp_path: Path) -> None:
    repository = ClientRepository.new(tmp_path / "client").based_on(RULES + NEW.replace("new:", "old:"))
    repository.write("config/own.yaml", RULES + NEW.replace("new:", "old:") + NEW.replace("name: New", "name: Newer"))
    document = review(repository.root, None, None, None)
    assert "new" in [each.key for each in document.risks]
    live = {"triggers": ["new", "old"]}
    sure = PlanDocument("golive/plan/1", "sandbox", declared=document.head.declared, as_declared=live)
    told = with_live_plan(document, sure)
    assert [(each.key, each.there, each.audience) for each in told.changes] == [("new", True, "nobody")]
    assert (told.risks, told.digest, told.error) == ([], document.digest, None)
    for said in UNSURE.values():
        told = with_live_plan(document, replace(sure, **said))
        assert (told.changes, told.risks, told.error) == (document.changes, document.risks, None)


def test_what_is_there_already_is_not_called_new(tmp_path: Path) -> None:
    repository = ClientRepository.new(tmp_path / "client").based_on("groups: {a: {name: A}}\n")
    reply = "{urgent: 1h, high: 2h, normal: 4h, low: none}"
    gold = f"sla_policies: {{gold: {{name: Gold, targets: {{first_reply: {reply}}}, hours: calendar}}}}\n"
    repository.write("config/own.yaml", f"groups: {{a: {{name: A}}}}\n{gold}")
    document = review(repository.root, None, None, None)
    page = review_page(document)
    assert ('<span class="tag good">new</span>' in page, 'class="line come"' in page) == (True, True)
    assert "urgent: first reply 1 h" in page and "no promise" not in page
    live = {"sla_policies": ["gold"]}
    plan = PlanDocument("golive/plan/1", "sandbox", declared=document.head.declared, as_declared=live)
    told = with_live_plan(document, plan)
    page = review_page(told)
    assert '<span class="tag ">there already</span>' in page and "urgent: first reply 1 h" in page
    assert "<summary>1 object in words</summary>" in page
    assert ">new</span>" not in page and 'class="line come"' not in page


@pytest.mark.parametrize(
    "change",
    [
        ("subject: S", "subject: T"),
        ("new:", "newer:"),
        (NEW, ""),
        (NEW + OTHER, OTHER + NEW),
        ("name: New", "was: x, name: New"),
    ],
)
def test_a_plan_of_other_files_is_a_failure(tmp_path: Path, change: tuple[str, str]) -> None:
    repository = ClientRepository.new(tmp_path / "client").based_on(RULES + NEW + OTHER)
    planned = review(repository.root, None, None, None).head.declared
    repository.write("config/own.yaml", (RULES + NEW + OTHER).replace(*change))
    document = review(repository.root, None, None, None)
    assert document.error is None
    told = with_live_plan(document, PlanDocument("golive/plan/1", "sandbox", declared=planned))
    assert told.error is not None
    assert (told.error.what, told.changes) == ("The live plan is not about this change.", document.changes)


def test_a_plan_of_another_environment_or_account_is_a_failure(tmp_path: Path) -> None:
    repository = ClientRepository.new(tmp_path / "client").based_on(RULES + NEW)
    document = review(repository.root, None, None, None)
    other = PlanDocument("golive/plan/1", "production", declared=document.head.declared)
    assert with_live_plan(document, other).error is not None
    repository.write("stacks/Pulumi.sandbox.yaml", environment(host="real.zendesk.com"))
    moved = review(repository.root, None, None, None)
    assert with_live_plan(moved, replace(other, environment="sandbox")).error is not None
    assert with_live_plan(document, replace(other, environment="sandbox")).error is None


def test_the_review_is_about_the_environment_of_the_plan(tmp_path: Path) -> None:
    repository = ClientRepository.new(tmp_path / "client").based_on(RULES + NEW)
    repository.write("stacks/Pulumi.production.yaml", environment(production=True))
    for planned, meant in (("sandbox", "sandbox"), ("gone", "production"), ("", "production")):
        assert review(repository.root, None, None, None, planned).environment == meant
    assert review(repository.root, None, None, "production", "sandbox").environment == "production"
