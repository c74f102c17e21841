"""What gates ask of the account itself: its audit log, its sign-in, its routing."""

from __future__ import annotations

from typing import Any

import pytest

from checklists.probes import PROBES
from checklists.probes.base import Probe
from tests.checklists.asking import asked

TEAM = """
roles: {agent: {name: Agent, like: agent}}
groups: {first: {name: First}}
people:
"""
SKILLS = "skills: {language: {name: Language, values: {french: {name: French, people: [p0]}}}}\n"
METHOD = {"one_of": ["round_robin", "load_balanced", "by_skill"], "by_skill_from_agents": 6}


def team(number: int) -> str:
    people = [f"  p{each}: {{name: P{each}, email: p{each}@acme.example, role: agent, groups: [first]}}\n"
              for each in range(number)]  # fmt: skip
    return TEAM + "".join(people)


def test_an_audit_log_is_there_or_not_or_nobody_knows() -> None:
    assert asked("audit_log", answers={"audit_log": {"readable": True, "newest": ""}})[0] == "pass"
    found, said = asked("audit_log", answers={"audit_log": {"readable": False, "why": "Only Enterprise has one"}})
    assert (found, "Only Enterprise has one." in said) == ("fail", True)
    why = "The helpdesk could not be asked whether its audit log can be read, because helpdesk does not answer."
    assert asked("audit_log", unanswered={"audit_log": "helpdesk does not answer"}) == ("unknown", why)
    assert asked("audit_log", answers={})[0] == "unknown"
    assert asked("audit_log") == ("unknown", "Nothing was read")


@pytest.mark.parametrize(
    ("sso", "password", "seen"),
    [(True, False, "pass"), (True, True, "fail"), (False, True, "fail"), (False, False, "fail")],
)
def test_the_team_signs_in_with_the_companys_account_only(sso: bool, password: bool, seen: str) -> None:
    said = {"sign_in": {"single_sign_on": sso, "password": password}}
    assert asked("sign_in_page", answers=said)[0] == seen  # type: ignore[arg-type]


def test_how_people_sign_in_is_unknown_where_the_helpdesk_does_not_say_it() -> None:
    found, said = asked("sign_in_page", unanswered={"sign_in": "403: the token may not"})
    assert (found, "the token may not" in said) == ("unknown", True)


@pytest.mark.parametrize(
    ("method", "agents", "config", "routing", "seen", "word"),
    [
        ("round_robin", 3, "", (True, False), "pass", "in turn"),
        ("load_balanced", 6, "", (True, False), "warn", "6 agents"),
        ("load_balanced", 3, "", (False, True), "fail", "routing is off"),
        ("by_skill", 6, SKILLS, (True, False), "pass", "by skill"),
        ("by_skill", 6, SKILLS, (False, True), "pass", "by skill"),
        ("by_skill", 6, SKILLS, (False, False), "fail", "routing is off"),
        ("by_skill", 6, "", (True, True), "fail", "nobody has a skill"),
        ("whoever is free", 3, "", (True, False), "fail", "round_robin, load_balanced, by_skill"),
    ],
)
def test_how_work_is_dealt_out(
    method: str, agents: int, config: str, routing: tuple[bool, bool], seen: str, word: str
) -> None:
    answers: Any = {"routing": {"on": routing[0], "by_skill": routing[1]}}
    found, said = asked("assignment_method", {**METHOD, "method": method}, config=team(agents) + config,
                        answers=answers)  # fmt: skip
    assert (found, word in said) == (seen, True), said


def test_how_work_is_dealt_out_is_unknown_while_the_helpdesk_was_not_asked() -> None:
    assert asked("assignment_method", {**METHOD, "method": "by_skill"}, config=team(1))[0] == "unknown"


@pytest.mark.parametrize("probe", PROBES.values(), ids=PROBES)
def test_whoever_asks_an_account_looks_at_what_is_live(probe: Probe) -> None:
    assert not probe.asks or "standing" in probe.looks_at
