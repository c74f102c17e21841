"""What comes up, and when: each sort of date, the nearest first, in days of UTC."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.binding import bound_objects
from checklists.checklist import Checklist
from checklists.due import coming, within
from checklists.milestones import milestone_day, milestones_left
from checklists.moments import moment
from config.progress import Progress
from config.results.due import DueEntry
from config.results.key_end import KeyEnd
from tests.checklists.building import (
    ANA,
    BEN,
    CAI,
    PEOPLE,
    Said,
    chain_of,
    checklist_of,
    circumstances_of,
    declaration_of,
    environment_of,
    verdicts_of,
)

METHOD = """\
items:
  promises_signed:
    {name: Promises are signed, phase: build, owner: consultant, why: x, fix: y, not_probed: z, lasts: 90d,
     about: [schedules], sign_off: {statement: I promise., roles: {head_of_support: 1}}}
  restore_tried:
    {name: A restore was tried, phase: build, owner: consultant, why: x, fix: y, not_probed: z, lasts: 30d,
     evidence: {what: A note.}}
  for_good:
    {name: Once and for all, phase: build, owner: consultant, why: x, fix: y, not_probed: z,
     sign_off: {statement: Yes., roles: {head_of_support: 1}}}
gates:
  soft_launch: {name: Soft launch, decision: {head_of_support: 1}, success: {a: {name: A, items: [promises_signed]}}}
  day_30: {name: Day 30, decision: {finance: 1}}
  day_60: {name: Day 60}
  day_90: {name: Day 90}
figures:
  day_sort: {name: Sort, form: day_sort, why: x, needed_by: day_30}
"""
SCHEDULES = """\
schedules:
  main:
    name: Support desk
    time_zone: Europe/Berlin
    hours: {mon: ["09:00-17:00"], tue: [], wed: [], thu: [], fri: [], sat: [], sun: []}
    holidays:
      - {name: New year, date: 2026-01-01}
      - {name: Christmas, from: 2026-12-24, to: 2026-12-26}
  bare: {name: Night, time_zone: UTC, hours: {mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: []}}
"""


def entered(phase: str, at: str) -> tuple[Said, Said]:
    """The way into a phase, as the log has it."""
    return ("advance_started", at, BEN, {"phase": phase, "gate": "asked"}), ("advanced", at, BEN, {"phase": phase})


def gone_back(phase: str, at: str) -> tuple[Said, Said]:
    return ("retreat_started", at, BEN, {"phase": phase}), ("retreated", at, BEN, {"phase": phase})


SOFT_LAUNCHED = entered("soft_launch", "2026-09-20T10:00:00Z")
ROLLED_OUT = (*SOFT_LAUNCHED, *entered("rollout", "2026-10-31T22:30:00Z"))


def due(
    said: tuple[Said, ...],
    now: str,
    *,
    project: str = "",
    config: str = "",
    people: str = PEOPLE,
    **environment: Any,
) -> dict[str, DueEntry]:
    """What comes up, by what it is about."""
    checklist = checklist_of(project, METHOD, people)
    known = circumstances_of(checklist, chain_of(*said), now, declaration_of(config))
    entries = coming(known, verdicts_of(known), environment_of(**environment), option=" -e production")
    assert len({each.ref for each in entries}) == len(entries)
    assert [each.at for each in entries] == sorted(each.at for each in entries), "the nearest first"
    return {each.ref: each for each in entries}


def signed(checklist: Checklist, item: str, config: str = "") -> dict[str, Any]:
    """What a signature of an item says."""
    listed = checklist.items[item]
    objects = bound_objects(listed.item.concerns, declaration_of(config))
    return {
        "item": item,
        "binds": {"item": listed.digest, "objects": objects, "files": {}},
        "files": {},
        "links": ["x"],
    }


# --- milestones


def test_milestones_are_counted_from_the_rollout_in_days_of_utc() -> None:
    """22:30 UTC on the last day of October is November already in Berlin; the day of UTC counts."""
    found = due(ROLLED_OUT, "2026-11-10T12:00:00Z")
    assert {ref: each.at for ref, each in found.items()} == {
        "milestone/day_30": "2026-11-30T00:00:00Z",
        "milestone/day_60": "2026-12-30T00:00:00Z",
        "milestone/day_90": "2027-01-29T00:00:00Z",
    }
    assert all(each.whole_day and not each.overdue for each in found.values())
    assert found["milestone/day_30"].who == ["Cai Ito"], "who decides about it"
    assert found["milestone/day_30"].do == "golive gate status day_30 -e production"


def test_what_sleeps_until_then_is_counted() -> None:
    config = (
        "trigger_categories: {route: {name: Route}}\n"
        "triggers:\n"
        "  a: {name: A, category: route, not_before: day_30, when: [{event: created}], then: [{add_tags: [x]}]}\n"
        "  b: {name: B, category: route, not_before: day_30, when: [{event: created}], then: [{add_tags: [x]}]}\n"
        "  c: {name: C, category: route, not_before: day_60, when: [{event: created}], then: [{add_tags: [x]}]}\n"
    )
    found = due(ROLLED_OUT, "2026-11-10T12:00:00Z", config=config)
    assert found["milestone/day_30"].why.startswith("2 objects sleep until then. The date alone wakes nothing")
    assert found["milestone/day_60"].why.startswith("1 object sleeps until then.")
    assert found["milestone/day_90"].why.startswith("The date alone wakes nothing")


def test_nothing_is_counted_before_the_rollout_or_after_going_back_behind_it() -> None:
    assert due(SOFT_LAUNCHED, "2026-11-10T12:00:00Z") == {}
    back = gone_back("soft_launch", "2026-11-05T10:00:00Z")
    assert due((*ROLLED_OUT, *back), "2026-11-10T12:00:00Z") == {}
    again = entered("rollout", "2026-11-08T10:00:00Z")
    assert due((*ROLLED_OUT, *back, *again), "2026-11-10T12:00:00Z")["milestone/day_30"].at == "2026-12-08T00:00:00Z"


def test_a_milestone_that_was_entered_is_done_and_one_that_waits_is_overdue() -> None:
    month = entered("day_30", "2026-12-02T10:00:00Z")
    assert list(due((*ROLLED_OUT, *month), "2026-12-03T12:00:00Z")) == ["milestone/day_60", "milestone/day_90"]
    assert due(ROLLED_OUT, "2026-11-30T23:59:59Z")["milestone/day_30"].overdue is False, "all day long"
    assert due(ROLLED_OUT, "2026-12-01T00:00:00Z")["milestone/day_30"].overdue is True


def test_working_days_make_six_weeks_of_thirty_days() -> None:
    found = due(ROLLED_OUT, "2026-11-10T12:00:00Z", project="figures: {day_sort: business}\n")
    # 31 October 2026 is a Saturday; six weeks later is one, too, and Monday is the next day on which anybody works.
    assert found["milestone/day_30"].at == "2026-12-14T00:00:00Z"


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.sampled_from(["day_30", "day_60", "day_90"]))
def test_milestones_keep_their_order_and_never_fall_on_a_weekend_of_working_days(began: date, phase: str) -> None:
    progress = Progress("rollout", since={"rollout": f"{began.isoformat()}T10:00:00Z"})
    assert milestones_left(progress) == ["day_30", "day_60", "day_90"]
    by_calendar = milestone_day(phase, progress)
    working = milestone_day(phase, progress, working_days=True)
    days = int(phase[4:])
    assert by_calendar == began + timedelta(days=days)
    assert working is not None and working.weekday() < 5
    passed = sum((began + timedelta(days=each)).weekday() < 5 for each in range((working - began).days))
    assert days <= passed + 1 and passed <= days
    assert milestone_day(phase, Progress()) is None


# --- what people said


def asked(until: str) -> Said:
    data = {"item": "restore_tried", "reason": "The vendor is late", "until": until, "definition": RESTORE}
    return ("waiver_asked", "2026-11-01T10:00:00Z", BEN, data)


RESTORE = checklist_of("", METHOD).items["restore_tried"].digest
PROMISES = checklist_of("", METHOD).items["promises_signed"].digest


def with_answer(first: Said, sort: Any, at: str, by: Any) -> tuple[Said, Said]:
    (digest,) = (each.digest for each in chain_of(first).entries)
    return first, (sort, at, by, {"waiver": digest, "item": first[3]["item"], "why": ""})


def test_an_accepted_risk_ends_with_its_day() -> None:
    said = with_answer(asked("2026-11-20"), "waiver_approved", "2026-11-01T11:00:00Z", ANA)
    for now, overdue in (("2026-11-20T23:59:59Z", False), ("2026-11-21T00:00:00Z", True)):
        (entry,) = due(said, now).values()
        assert (entry.sort, entry.at, entry.overdue) == ("waiver", "2026-11-20T23:59:59Z", overdue)
    assert entry.what == "The accepted risk of “A restore was tried” ends"
    assert entry.who == ["Ben Okoro"]
    revoked = with_answer(asked("2026-11-20"), "waiver_denied", "2026-11-01T11:00:00Z", ANA)
    assert due(revoked, "2026-11-10T12:00:00Z") == {}


def test_a_risk_that_somebody_asks_to_accept_waits_for_an_answer() -> None:
    """For those who decide about it, and not for who asked."""
    data = {"item": "promises_signed", "reason": "Ana is away", "until": "2026-11-20", "definition": PROMISES}
    asks: Said = ("waiver_asked", "2026-11-01T10:00:00Z", BEN, data)
    (entry,) = due((asks,), "2026-11-02T12:00:00Z").values()
    assert (entry.sort, entry.at, entry.overdue) == ("waiver", "2026-11-01T10:00:00Z", True)
    assert entry.what == "Ben Okoro asks to accept a risk: “Promises are signed”"
    assert (entry.who, entry.do) == (["Ana Wolf"], "golive gate waive promises_signed --approve -e production")
    own: Said = ("waiver_asked", "2026-11-01T10:00:00Z", ANA, data)
    (entry,) = due((own,), "2026-11-02T12:00:00Z").values()
    assert entry.who == [], "she cannot answer herself"
    assert due((asks,), "2026-11-21T00:00:00Z") == {}, "its days are over"


def test_a_role_is_lent_from_one_day_to_another() -> None:
    people = """\
people:
  ana:
    name: Ana Wolf
    email: ana@acme.example
    roles: [head_of_support]
    delegates: [{role: head_of_support, to: ben, from: 2026-12-21, until: 2027-01-03}]
  ben: {name: Ben Okoro, email: ben@acme.example, roles: [consultant]}
"""
    before = due((), "2026-12-20T23:59:59Z", project=people, people="")
    assert [(each.at, each.overdue) for each in before.values()] == [
        ("2026-12-21T00:00:00Z", False),
        ("2027-01-03T23:59:59Z", False),
    ]
    first, last = before.values()
    assert first.what == "Ana Wolf lends the role head of support"
    assert first.why == "Until 3 January 2027 Ben Okoro signs and decides in it."
    assert first.who == last.who == ["Ben Okoro", "Ana Wolf"]
    assert list(due((), "2026-12-21T00:00:00Z", project=people, people="")) == [last.ref]
    assert due((), "2027-01-04T00:00:00Z", project=people, people="") == {}


def test_a_risk_that_has_ended_is_forgotten_once_the_item_holds() -> None:
    said = with_answer(asked("2026-11-20"), "waiver_approved", "2026-11-01T11:00:00Z", ANA)
    done: Said = ("attached", "2026-11-22T10:00:00Z", BEN, signed(checklist_of("", METHOD), "restore_tried"))
    assert list(due((*said, done), "2026-11-23T10:00:00Z")) == ["evidence/restore_tried"]


def test_conditions_of_a_decision_until_they_are_done() -> None:
    conditions = [
        {"what": "Train the night shift", "who": "Cai Ito", "due": "2026-12-10"},
        {"what": "Print the guide", "who": "Ana Wolf", "due": "2026-11-15"},
    ]
    decided: Said = (
        "decided",
        "2026-11-01T10:00:00Z",
        ANA,
        {"phase": "soft_launch", "decision": "go", "gate": "", "conditions": conditions},
    )
    first, second = due((decided,), "2026-11-16T00:00:00Z").values()
    assert (first.what, first.who, first.overdue) == ("Print the guide", ["Ana Wolf"], True)
    assert (second.what, second.at, second.overdue) == ("Train the night shift", "2026-12-10T23:59:59Z", False)
    assert second.do == f"golive gate done {second.ref.removeprefix('condition/')} -e production"
    (digest,) = (each.digest for each in chain_of(decided).entries)
    done: Said = ("action_done", "2026-11-02T10:00:00Z", ANA, {"decision": digest, "number": 1, "note": ""})
    assert [each.what for each in due((decided, done), "2026-11-16T00:00:00Z").values()] == ["Train the night shift"]


def test_signatures_and_evidence_age_to_the_second() -> None:
    checklist = checklist_of("", METHOD)
    said: tuple[Said, ...] = (
        ("signed", "2026-09-01T10:15:00Z", ANA, signed(checklist, "promises_signed")),
        ("signed", "2026-09-01T10:15:00Z", ANA, signed(checklist, "for_good")),
        ("attached", "2026-11-01T10:15:00Z", BEN, signed(checklist, "restore_tried")),
    )
    found = due(said, "2026-11-05T10:00:00Z")
    assert {ref: (each.at, each.whole_day) for ref, each in found.items()} == {
        "sign_off/promises_signed": ("2026-11-30T10:15:00Z", False),
        "evidence/restore_tried": ("2026-12-01T10:15:00Z", False),
    }
    assert found["sign_off/promises_signed"].who == ["Ana Wolf"]
    assert found["evidence/restore_tried"].do == "golive gate attach restore_tried -e production"
    late = due(said, "2026-11-30T10:15:01Z")
    assert (late["sign_off/promises_signed"].at, late["sign_off/promises_signed"].overdue) == (
        "2026-11-30T10:15:00Z",
        True,
    )


def test_a_signature_that_a_change_has_ended_has_no_date() -> None:
    checklist = checklist_of("", METHOD)
    said: Said = ("signed", "2026-11-01T10:15:00Z", ANA, signed(checklist, "promises_signed", SCHEDULES))
    changed = SCHEDULES.replace("09:00", "08:00")
    assert "sign_off/promises_signed" in due((said,), "2026-11-05T10:00:00Z", config=SCHEDULES)
    assert "sign_off/promises_signed" not in due((said,), "2026-11-05T10:00:00Z", config=changed)


def test_broken_glass_waits_for_two_people() -> None:
    data = {"phase": "soft_launch", "reason": "Mail was lost", "items": []}
    glass: Said = ("glass_broken", "2026-11-01T10:00:00Z", BEN, data)
    found = list(due((glass,), "2026-11-01T12:00:00Z").values())
    assert [(each.ref[-7:], each.at, each.overdue, each.who) for each in found] == [
        ("/review", "2026-11-01T10:00:00Z", True, ["Ana Wolf"]),
        ("confirm", "2026-11-02T10:00:00Z", False, ["Ana Wolf", "Cai Ito"]),
    ]
    (digest,) = (each.digest for each in chain_of(glass).entries)
    confirmed: Said = ("glass_confirmed", "2026-11-01T11:00:00Z", CAI, {"glass": digest, "note": "", "late": False})
    assert len(due((glass, confirmed), "2026-11-05T12:00:00Z")) == 1
    reviewed: Said = ("glass_reviewed", "2026-11-01T11:30:00Z", ANA, {"glass": digest, "note": ""})
    assert due((glass, confirmed, reviewed), "2026-11-05T12:00:00Z") == {}


# --- what the files say


def test_holidays_run_out_with_the_last_one() -> None:
    for now, overdue in (("2026-12-26T22:00:00Z", False), ("2026-12-27T00:00:00Z", True)):
        (entry,) = due((), now, config=SCHEDULES).values()
        assert (entry.ref, entry.at, entry.overdue) == ("holiday/main", "2026-12-26T23:59:59Z", overdue)
    assert entry.what == "The last holiday of “Support desk”: Christmas"
    assert entry.do == "Add the next ones in config/own.yaml:3"


@pytest.mark.parametrize(
    ("now", "refs"),
    [
        ("2026-11-24T23:59:59Z", ["freeze/from", "freeze/until"]),
        ("2026-11-25T00:00:00Z", ["freeze/until"]),
        ("2026-12-01T23:59:59Z", ["freeze/until"]),
        ("2026-12-02T00:00:00Z", []),
    ],
)
def test_a_freeze_begins_and_ends(now: str, refs: list[str]) -> None:
    found = due((), now, freeze={"from": "2026-11-25", "until": "2026-12-01", "why": "Black Friday"})
    assert list(found) == refs
    assert {each.at for each in found.values()} <= {"2026-11-25T00:00:00Z", "2026-12-01T23:59:59Z"}
    assert not any(each.overdue for each in found.values())


def test_keys_end_on_the_day_that_the_vendor_has_announced() -> None:
    known = circumstances_of(checklist_of("", METHOD), chain_of(), "2027-04-01T00:00:00Z")
    keys = {"helpdesk": KeyEnd(date(2027, 4, 30), "It is an API token.", "Make an OAuth client")}
    (entry,) = coming(known, {}, environment_of(), keys)
    assert (entry.at, entry.what, entry.ref) == (
        "2027-04-30T23:59:59Z",
        "The key to helpdesk stops",
        "credential/helpdesk",
    )


# --- how far


def test_so_many_days_and_the_first_one_after_them() -> None:
    entries = list(due(ROLLED_OUT, "2026-11-10T12:00:00Z").values())
    now = moment("2026-11-10T12:00:00Z")
    assert within(entries, now, 19) == ([], entries[0])
    assert within(entries, now, 20) == (entries[:1], entries[1])
    assert within(entries, now, 365) == (entries, None)
    late = list(due(ROLLED_OUT, "2026-12-31T12:00:00Z").values())
    shown, after = within(late, moment("2026-12-31T12:00:00Z"), 0)
    assert ([each.ref for each in shown], after) == (["milestone/day_30", "milestone/day_60"], late[2])


def test_the_last_day_belongs_to_it() -> None:
    entries = list(due((), "2026-12-20T12:00:00Z", config=SCHEDULES).values())
    now = moment("2026-12-20T12:00:00Z")
    assert within(entries, now, 6) == (entries, None), "the evening of the sixth day"
    assert within(entries, now, 5) == ([], entries[0])


def test_a_clock_that_goes_back_makes_nothing_due_later() -> None:
    """The log is newer than the clock, so the log's time counts."""
    found = due((*ROLLED_OUT, ("watched", "2026-12-05T10:00:00Z", BEN, {})), "2026-11-01T00:00:00Z")
    assert found["milestone/day_30"].overdue is True
