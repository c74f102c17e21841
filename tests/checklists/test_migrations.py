"""What gates ask of a migration: that it was read whole, and that people have decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from checklists.checklist import Checklist
from checklists.facts import Facts, Found
from checklists.probes import PROBES
from config.chain import Chain
from config.results.migration_status import MigrationEntry, SentTo
from tests.checklists import logs
from tests.checklists.asking import NOW, asked

WHOLE = MigrationEntry(
    "inbox",
    "The inbox",
    "Shared inbox",
    True,
    True,
    {"tickets": 9},
    {"skipped": 1},
    {"tickets": 10, "comments": 30, "attachments": 4, "contacts": 5},
    {"tickets": 10, "contacts": 5},
    sent=[SentTo("production", {"tickets": 9, "people": 5})],
)
EVERY = (
    "history_complete", "mapping_decided", "legacy_rules_decided", "macros_reviewed", "legacy_pages_moved",
    "addresses_decided", "no_rules_imported",
)  # fmt: skip


def seen(probe: str, given: dict[str, Any] | None = None, **change: Any) -> tuple[str, str]:
    return asked(probe, given, migrations=[replace(WHOLE, **change)])


@pytest.mark.parametrize("probe", EVERY)
def test_without_a_migration_nobody_knows(probe: str) -> None:
    assert asked(probe) == ("unknown", "There is no migration")


@pytest.mark.parametrize("probe", EVERY)
def test_a_whole_one_passes(probe: str) -> None:
    assert seen(probe)[0] == "pass"


@pytest.mark.parametrize(
    ("given", "change", "found", "word"),
    [
        ({"counted": ["tickets", "contacts"]}, {}, "pass", "read to the end"),
        ({"counted": ["tickets", "comments"]}, {}, "unknown", "inbox comments"),
        ({"counted": ["tickets", "comments"]}, {"not_shown": {"comments": "It counts none"}}, "pass", "inbox comments"),
        ({}, {"shown": {"tickets": 12}}, "fail", "tickets 10 read, 12 shown"),
        ({}, {"is_whole": False}, "fail", "Not read to its end: inbox"),
    ],
)
def test_as_much_was_read_as_the_old_tool_shows(
    given: dict[str, Any], change: dict[str, Any], found: str, word: str
) -> None:
    answer, said = seen("history_complete", given, **change)
    assert (answer, word in said) == (found, True), said


def test_each_word_has_a_place_and_a_reason() -> None:
    assert seen("mapping_decided", open=2)[0] == "fail"
    assert seen("mapping_decided", without_reason=2)[0] == "pass"
    answer, said = seen("mapping_decided", {"with_reason": True}, without_reason=2)
    assert (answer, "2 words without a reason, in inbox" in said) == ("fail", True)
    assert seen("mapping_decided", is_whole=False)[0] == "unknown"


def test_people_have_decided_about_rules_and_addresses() -> None:
    answer, said = seen("legacy_rules_decided", rules=["Route refunds"])
    assert (answer, "Route refunds" in said) == ("fail", True)
    answer, said = seen("macros_reviewed", macros=["Refund sent"])
    assert (answer, "Refund sent" in said) == ("fail", True)
    answer, said = seen("legacy_pages_moved", pages=["Cards"])
    assert (answer, "1 old page without an article that is there" in said) == ("fail", True)
    assert seen("legacy_pages_moved", is_whole=False)[0] == "unknown"
    answer, said = seen("addresses_decided", addresses=["help@quayside.example"])
    assert (answer, "help@quayside.example" in said) == ("fail", True)
    assert seen("addresses_decided", is_whole=False)[0] == "unknown"


def test_no_rule_came() -> None:
    assert seen("no_rules_imported", sent=[SentTo("production", {"rules": 1})])[0] == "fail"
    assert seen("no_rules_imported", sent=[])[0] == "unknown"


def verified(probe: str, *looks: tuple[float, dict[str, int]], sent: float = 9, **noted: Any) -> tuple[str, str]:
    """What a probe sees after verifications: how many days ago, and what was wrong. sent: how many days ago the last
    run began. noted: what else the log says of them."""
    lines: list[str] = []
    for days, checks in looks:
        at = f"{NOW - timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}"
        data = {"migration": "inbox", "result": "pass", "mark": "imported", "share": 1.0, "unexplained": 0,
                "checks": checks, **noted}  # fmt: skip
        lines = logs.added(lines, "migration_verified", at, data)
    last = f"{NOW - timedelta(days=sent):%Y-%m-%dT%H:%M:%S.%fZ}"
    entry = replace(WHOLE, sent=[SentTo("production", {"tickets": 9}, last=last, ended=last)])
    facts = Facts(
        NOW, "build", Checklist(), migrations=Found([entry], NOW), log=logs.chain_of(lines) if lines else Chain()
    )
    seen_ = PROBES[probe].observe(PROBES[probe].Parameters(), facts)
    return seen_.seen, seen_.said


@pytest.mark.parametrize(
    ("looks", "sent", "found", "word"),
    [
        ([(1, {})], 9, "pass", ""),
        ([], 9, "unknown", "Never compared: inbox"),
        ([(3, {}), (1, {"authors": 2, "silence": 2})], 9, "fail", "inbox in 2 tickets"),
        ([(3, {"authors": 2, "silence": 2}), (1, {})], 9, "pass", ""),
        ([(3, {})], 2, "unknown", "Sent since it was compared: inbox"),
    ],
)
@pytest.mark.parametrize("probe", ["authors_matched", "imports_silent"])
def test_what_was_compared_holds_until_something_is_sent(
    probe: str, looks: list[tuple[float, dict[str, int]]], sent: float, found: str, word: str
) -> None:
    answer, said = verified(probe, *looks, sent=sent)
    assert (answer, word in said) == (found, True), said


def test_what_has_another_mark_would_be_counted() -> None:
    answer, said = verified("imports_silent", (1, {}), mark="old")
    assert (answer, "inbox" in said) == ("fail", True)


@pytest.mark.parametrize("probe", ["import_complete", "authors_matched", "imports_silent"])
def test_a_sample_says_nothing_about_the_rest(probe: str) -> None:
    assert verified(probe, (1, {}), share=0.05) == (
        "unknown",
        "Less than 100% of the tickets were compared: inbox. Do it:  golive migrate verify",
    )
    said = {"migration": "inbox", "result": "pass", "mark": "imported", "share": 0.05, "unexplained": 0, "checks": {}}
    entry = logs.chain_of(logs.added([], "migration_verified", f"{NOW:%Y-%m-%dT%H:%M:%SZ}", said))
    sent = replace(WHOLE, sent=[])
    facts = Facts(NOW, "build", Checklist(), migrations=Found([sent], NOW), log=entry)
    assert PROBES[probe].observe(PROBES[probe].Parameters(compared="5%"), facts).seen == "pass"


@pytest.mark.parametrize(
    ("noted", "word"),
    [
        ({"unexplained": 1, "result": "fail"}, "inbox 1 record without an explanation"),
        ({"result": "fail"}, "inbox not everything is as it was"),
    ],
)
def test_a_sum_that_does_not_close_keeps_the_gate_closed(noted: dict[str, Any], word: str) -> None:
    assert verified("import_complete", (1, {}))[0] == "pass"
    answer, said = verified("import_complete", (1, {}), **noted)
    assert (answer, word in said) == ("fail", True), said


def test_the_log_kept_by_hand_tells_what_an_audit_needs() -> None:
    assert seen("log_columns", {"columns": ["date"]}) == (
        "unknown",
        "no file in migrations/ names a log kept by hand that can be read",
    )
    log: dict[str, Any] = {"log_has": ["date", "customer"], "of_no_field": ["Remark"]}
    assert seen("log_columns", {"columns": ["date", "customer"]}, **log)[0] == "pass"
    answer, said = seen("log_columns", {"columns": ["date", "resolved"]}, **log)
    assert (answer, "inbox resolved" in said) == ("fail", True)
    answer, said = seen("log_columns", {"named_as": "ticket_fields"}, **log)
    assert (answer, "“Remark”" in said) == ("fail", True)


def test_where_no_old_page_is_known_none_has_to_lead_on() -> None:
    assert seen("redirects_answer") == ("pass", "No page of an old help centre is known.")


def redirected(days: float, pages: str = "ab12", **data: Any) -> tuple[str, str]:
    """What the probe sees after the old pages were asked for, so many days ago; 0 for never."""
    lines: list[str] = []
    if days:
        at = f"{NOW - timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}"
        looked = {"statuses": {"301": 4}, "hops": {"1": 4}, "then": {"200": 4}, **data}
        said = {"migration": "inbox", "result": "pass", "pages": "ab12", "asked": 4, "wrong": 0, **looked}
        lines = logs.added([], "redirects_checked", at, said)
    entry = replace(WHOLE, old_pages=5, pages_digest=pages)
    chain = logs.chain_of(lines) if lines else Chain()
    facts = Facts(NOW, "rollout", Checklist(), migrations=Found([entry], NOW), log=chain)
    probe = PROBES["redirects_answer"]
    seen_ = probe.observe(probe.Parameters(), facts)
    return seen_.seen, seen_.said


@pytest.mark.parametrize(
    ("days", "pages", "data", "found", "word"),
    [
        (1, "ab12", {}, "pass", "5 old pages decided, and led there"),
        (0, "ab12", {}, "unknown", "Nobody has asked for the old pages of inbox"),
        (40, "ab12", {}, "unknown", "It is long ago that inbox was asked for"),
        (1, "cd34", {}, "unknown", "other things were decided about inbox"),
        (1, "ab12", {"wrong": 2}, "fail", "inbox (2 do not lead there)"),
        (1, "ab12", {"undecided": 1}, "fail", "inbox (1 lead nowhere)"),
        (1, "ab12", {"statuses": {"301": 3, "308": 1}}, "fail", "answer 308"),
        (1, "ab12", {"hops": {"2": 4}}, "fail", "steps 2"),
    ],
)
def test_old_pages_lead_to_the_new_ones(days: float, pages: str, data: dict[str, Any], found: str, word: str) -> None:
    answer, said = redirected(days, pages, **data)
    assert (answer, word in said) == (found, True), said
