"""When a sample is accepted: how much may be wrong, whose word counts, and when it is out of date."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from checklists.accepting import Acceptance, acceptance
from checklists.checklist import Checklist
from checklists.facts import Facts, Found
from checklists.probes import PROBES
from checklists.project import Participant
from config.results.log_entry import Actor, LogEntry
from config.results.migration_status import MigrationEntry, SentTo
from tests.checklists import logs
from tests.checklists.asking import NOW

ANA, CAI = (
    Actor("Ana Sol", "ana@client.example", ("head",), "ana"),
    Actor("Cai", "cai@client.example", ("lead",), "cai"),
)
PEOPLE = {"ana": Participant(roles=["head"]), "cai": Participant(roles=["lead"])}
DIGESTS = {f"t{number}": "a" * 24 for number in range(100)}


def judged(given: dict[str, str], by: Actor = ANA, digest: str = "a" * 24) -> LogEntry:
    verdicts = {source: {"verdict": word, "digest": digest, "note": "n"} for source, word in given.items()}
    return LogEntry("sample_judged", "sandbox", "2026-01-01T00:00:00Z", by,
                    data={"migration": "inbox", "verdicts": verdicts})  # fmt: skip


def come_to(*entries: LogEntry) -> Acceptance:
    return acceptance("inbox", DIGESTS, entries, PEOPLE)


@pytest.mark.parametrize(
    ("faults", "state"),
    [
        ({}, "accepted"),
        ({"cosmetic": 9, "medium": 4, "high": 1}, "accepted"),
        ({"cosmetic": 10}, "refused"),
        ({"medium": 5}, "refused"),
        ({"high": 2}, "refused"),
        ({"critical": 1}, "refused"),
    ],
)
def test_so_much_may_be_wrong(faults: dict[str, int], state: str) -> None:
    words = [word for word, number in faults.items() for _ in range(number)]
    given = dict(zip(DIGESTS, words + ["ok"] * (len(DIGESTS) - len(words)), strict=True))
    assert come_to(judged(given)).state == state


def test_each_ticket_needs_a_verdict_about_what_it_is_now() -> None:
    every = dict.fromkeys(DIGESTS, "ok")
    assert come_to(judged({**every, "other": "critical"})).state == "accepted"
    part = come_to(judged(every), judged({"t1": "ok"}, digest="b" * 24))
    assert (part.state, part.open, part.stale) == ("open", ("t1",), ("t1",))
    assert acceptance("inbox", {}, [], PEOPLE).state == "open"
    assert acceptance("other", DIGESTS, [judged(every)], PEOPLE).state == "open"


def test_nobody_talks_away_what_somebody_else_saw() -> None:
    every = dict.fromkeys(DIGESTS, "ok")
    saw = judged({"t1": "critical"})
    assert come_to(judged(every, CAI), saw, judged({"t1": "ok"}, CAI)).state == "refused"
    assert come_to(judged(every, CAI), saw, judged({"t1": "ok"})).state == "accepted"


def seen(*, share: float = 0.05, roles: tuple[str, ...] = ("head",), sent: float = 9, verdict: str = "ok",
         drawn: bool = True) -> tuple[str, str]:  # fmt: skip
    """What the probe sees of a sample of two, drawn and judged a day ago. sent: so many days ago something was sent."""
    lines: list[str] = []
    at = f"{NOW - timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"
    tickets: dict[str, Any] = {"a": "a" * 24, "b": "b" * 24}
    said = {"a": {"verdict": "ok", "digest": "a" * 24}, "b": {"verdict": verdict, "digest": "b" * 24}}
    if drawn:
        sample: dict[str, object] = {"migration": "inbox", "share": share, "of": 9, "tickets": tickets}
        lines = logs.added(lines, "sample_drawn", at, sample, ANA)
        lines = logs.added(lines, "sample_judged", at, {"migration": "inbox", "verdicts": said}, ANA)
    chain = logs.chain_of(lines)
    last = f"{NOW - timedelta(days=sent):%Y-%m-%dT%H:%M:%S.%fZ}"
    entry = MigrationEntry("inbox", "x", "x", True, sent=[SentTo("sandbox", {"tickets": 9}, last=last, ended=last)])
    checklist = Checklist(people={"ana": Participant(roles=[*roles])})
    facts = Facts(NOW, "build", checklist, migrations=Found([entry], NOW), log=chain)
    probe = PROBES["sample_accepted"]
    found = probe.observe(probe.Parameters.model_validate({"roles": ["head"]}), facts)
    return found.seen, found.said


@pytest.mark.parametrize(
    ("change", "found", "word"),
    [
        ({}, "pass", "2 tickets looked at"),
        ({"drawn": False}, "unknown", "Nobody has looked"),
        ({"share": 0.01}, "fail", "Less than 5%"),
        ({"roles": ("consultant",)}, "unknown", "Not all of the sample has a verdict"),
        ({"sent": 0.5}, "unknown", "Sent since the sample was drawn"),
        ({"verdict": "critical"}, "fail", "More is wrong than may be"),
    ],
)
def test_the_gate_asks_for_an_accepted_sample(change: dict[str, Any], found: str, word: str) -> None:
    answer, said = seen(**change)
    assert (answer, word in said) == (found, True), said
