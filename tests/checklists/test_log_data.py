"""A line with a true digest is read, or it is a broken chain: nothing that is sealed makes golive fall over."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklists.book import read_book
from checklists.due import coming
from checklists.gating import gate_verdict, outcome
from checklists.judging import judge_all
from config.chain import BrokenChain, Chain, verified
from config.results.log_data import SORTS
from config.results.log_entry import SCHEMA, Actor, EntrySort, canonical
from golive.gates.collecting import next_gate
from golive.gates.sentences import entry_said
from golive.gates.telling import glass_told, waiver_told
from golive.workspace.logbook import Logbook
from tests.checklists.building import environment_of
from tests.checklists.judged import NOW, Project
from tests.checklists.logs import ENVIRONMENT

AT = "2026-11-29T10:00:00Z"
ID = "a" * 64
WHOLE: dict[str, dict[str, Any]] = {
    "begun": {},
    "signed": {
        "item": "signed", "binds": {"item": "", "objects": {}, "orders": {}, "texts": {}, "files": {}},
        "on_behalf_of": {"name": "A", "email": "", "roles": ["head"], "key": "ana", "evidence": "x", "digest": ""},
    },
    "withdrawn": {"item": "signed"},
    "attached": {"item": "shown", "binds": {}, "files": {"x": ""}, "links": ["l"], "note": "n"},
    "waiver_asked": {"item": "probed", "reason": "R", "until": "2026-12-20", "definition": ""},
    "waiver_approved": {"waiver": ID, "item": "probed"},
    "waiver_denied": {"waiver": ID, "item": "probed"},
    "waiver_revoked": {"waiver": ID, "item": "probed"},
    "decided": {
        "phase": "soft_launch", "decision": "go", "gate": "", "waivers": [ID], "why": "",
        "dissent": [{"who": "B", "said": "No"}], "conditions": [{"what": "W", "who": "B", "due": "2026-12-01"}],
    },
    "action_done": {"decision": ID, "number": 0, "note": ""},
    "tried": {"channel": "mail", "result": "pass"},
    "alert_tried": {"alert": "p1", "result": "pass", "said": "", "objects": {"alerts/p1": "0"}},
    "address_tried": {"address": "old@a.example", "into": "new@a.example", "result": "pass", "said": ""},
    "migration_verified": {"migration": "inbox", "result": "pass", "mark": "imported", "checks": {"silence": 0}},
    "redirects_checked": {
        "migration": "desk", "result": "pass", "pages": "ab12", "asked": 9, "wrong": 0, "statuses": {"301": 9},
    },
    "sample_drawn": {"migration": "inbox", "share": 0.05, "of": 9, "tickets": {"1@a": ID}},
    "sample_judged": {"migration": "inbox", "verdicts": {"1@a": {"verdict": "ok", "digest": ID, "note": ""}}},
    "watched": {"looks": 3, "began": AT, "until": AT, "longest_gap": 60, "said": ""},
    "cohort_grown": {"stage": "internal", "organizations": 1, "of": 9, "internal": 1, "segment": ""},
    "advance_started": {"phase": "soft_launch"},
    "advanced": {"phase": "soft_launch"},
    "retreat_started": {"phase": "build", "leaves": ["soft_launch"]},
    "retreated": {"phase": "build", "leaves": ["soft_launch"]},
    "glass_broken": {"phase": "soft_launch", "reason": "R", "items": ["probed"], "freeze": ""},
    "glass_confirmed": {"glass": ID, "note": "", "late": True},
    "glass_reviewed": {"glass": ID, "note": ""},
    "merged": {},
}  # fmt: skip
"""Of each sort an entry that says everything which is read of it."""
_TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | _TEXTS
    | st.sampled_from([AT, "2026-12-01", "2026-1-1", "yesterday", "9999-12-31", "go", "soft_launch", ID, "-1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def sealed(content: dict[str, Any]) -> str:
    """The line of this content, with a true digest."""
    whole = canonical(content)
    return canonical({**content, "digest": hashlib.sha256(whole.encode()).hexdigest()})


def content(entry: str, data: Any, **more: Any) -> dict[str, Any]:
    by = {"name": "Ana Sol", "email": "ana@client.example", "roles": ["head"], "key": "ana"}
    return {"schema": SCHEMA, "entry": entry, "environment": ENVIRONMENT, "at": AT, "by": by, "after": [],
            "data": data, "signature": "", **more}  # fmt: skip


def everything(chain: Chain) -> None:
    """All that is made of a log: its book, what it comes to, and how it is told."""
    known = Project().known
    known = replace(known, book=read_book(chain), now=read_book(chain).now(NOW))
    verdicts = {each.item: each for each in judge_all(known)}
    for phase in known.checklist.gates:
        gate_verdict(phase, known, verdicts)
        outcome(phase, known, verdicts)
    coming(known, verdicts, environment_of())
    for entry in chain.ordered:
        entry_said(entry, known.checklist)
    for waiver in known.book.waivers:
        waiver_told(waiver, known)
    for glass in known.book.glass:
        glass_told(glass, known)
    next_gate(known.book)
    assert known.book.progress.goes_to is not None


def test_each_sort_has_its_data() -> None:
    assert set(SORTS) == set(WHOLE) == set(get_args(EntrySort))


@pytest.mark.parametrize("entry", WHOLE)
def test_what_says_everything_is_read(entry: str) -> None:
    everything(verified([sealed(content(entry, WHOLE[entry]))], ENVIRONMENT))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (content("decided", {"phase": "x"}), "`data.decision` is missing"),
        (content("signed", {}), "`data.item` is missing"),
        (content("signed", {"item": "a"}), "`data.binds` is missing"),
        (content("signed", []), "`data` is not what it has to be"),
        (content("attached", WHOLE["attached"], at="yesterday"), "`at` is not what it has to be"),
        (content("attached", WHOLE["attached"], at="2026-11-29"), "`at` is not what it has to be"),
        (content("attached", WHOLE["attached"], at="2026-11-29T9:00:00Z"), "`at` is not what it has to be"),
        (content("attached", WHOLE["attached"], at="9999-12-31T23:59:59Z"), "`at` is not what it has to be"),
        (content("attached", WHOLE["attached"], after=[{}]), "`after.0` is not what it has to be"),
        (content("attached", WHOLE["attached"], by="Ana"), "`by` is not what it has to be"),
        (content("waiver_asked", {**WHOLE["waiver_asked"], "until": "soon"}), "`data.until` is not what it has to be"),
        (content("waiver_asked", {**WHOLE["waiver_asked"], "until": "2026-W10-1"}), "`data.until` is not what"),
        (content("waiver_approved", {"waiver": {}}), "`data.waiver` is not what it has to be"),
        (content("advanced", {"phase": "party"}), "`data.phase` is not what it has to be"),
        (content("retreated", {"phase": "handoff"}), "`data.phase` is not what it has to be"),
        (content("watched", {"looks": 2}), "`data` is not what it has to be"),
        (content("cheered", {}), "there is no entry `cheered`"),
    ],
)
def test_what_is_incomplete_is_a_broken_chain(line: dict[str, Any], why: str) -> None:
    first = sealed(content("begun", {}))
    with pytest.raises(BrokenChain) as broken:
        verified([first, sealed(line)], ENVIRONMENT)
    assert why in broken.value.why
    assert broken.value.line == 2


def test_what_is_no_line_at_all_is_a_broken_chain() -> None:
    for line in ("[" * 100_000, "{" * 9, "null", "", '"\ud800"', "NaN"):
        with pytest.raises(BrokenChain):
            verified([line], ENVIRONMENT)
    deep = '{"data":' * 5_000 + "1" + "}" * 5_000
    with pytest.raises(BrokenChain):
        verified([deep], ENVIRONMENT)


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_is_sealed_is_read_or_is_a_broken_chain(data: st.DataObject) -> None:
    """Entries that are whole but for some places: anything stands there, or nothing."""
    lines: list[str] = []
    digests: list[str] = []
    for _ in range(data.draw(st.integers(1, 4))):
        entry = data.draw(st.sampled_from(sorted(WHOLE)))
        said: dict[str, Any] = json.loads(json.dumps(WHOLE[entry]))
        for name in ("waiver", "glass", "decision"):
            if said.get(name) == ID and digests:
                said[name] = data.draw(st.sampled_from(digests))
        line = content(entry, said, after=digests[-1:])
        if data.draw(st.booleans()):
            _spoil(data, line)
        lines.append(sealed(line))
        digests.append(json.loads(lines[-1])["digest"])
    try:
        chain = verified(lines, ENVIRONMENT)
    except BrokenChain:
        return
    everything(chain)


def _spoil(data: st.DataObject, holder: Any) -> None:
    """Put something else into one place, at any depth."""
    while isinstance(holder, dict | list) and holder:
        step: Any = data.draw(st.sampled_from(sorted(holder) if isinstance(holder, dict) else range(len(holder))))
        inner = holder[step]
        if isinstance(inner, dict | list) and inner and data.draw(st.integers(0, 3)):
            holder = inner
            continue
        if isinstance(holder, dict) and data.draw(st.booleans()):
            del holder[step]
        else:
            holder[step] = data.draw(_JSON)
        return


@settings(deadline=None, max_examples=200)
@given(st.dictionaries(st.sampled_from(["schema", *content("", {})]) | _TEXTS, _JSON, max_size=9))
def test_any_object_at_all(said: dict[str, Any]) -> None:
    try:
        everything(verified([sealed({"schema": SCHEMA, **said})], ENVIRONMENT))
    except BrokenChain:
        return


def test_what_could_not_be_read_again_is_not_written(tmp_path: Path) -> None:
    logbook = Logbook(tmp_path, ENVIRONMENT)
    with pytest.raises(ValueError, match="until"):
        logbook.append("waiver_asked", Actor("Ana Sol"), {"item": "a", "reason": "R", "until": "soon"})
    assert not logbook.path.exists()
