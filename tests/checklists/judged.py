"""A small project whose items are judged: what the files say, what stands in the log, what probes saw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from checklists.binding import bindings, whole_digest
from checklists.book import read_book
from checklists.checklist import Listed
from checklists.circumstances import Circumstances
from checklists.gating import gate_verdict
from checklists.judging import judge, judge_all
from checklists.loading import merged, with_people
from checklists.moments import written
from checklists.observation import Observation, Seen
from checklists.verdict import GateVerdict, Verdict
from checklists.waiving import accepted_risks
from config.document import parse_document
from config.loading import load_documents
from config.results.log_entry import Actor, EntrySort
from tests.checklists.logs import added, chain_of

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
METHOD = """
items:
  probed: {id: T1, name: It is so, phase: build, owner: lead, why: W., fix: F., probe: {files_valid: null}}
  counted:
    {name: It is fast, phase: build, owner: lead, why: W., fix: F., metric: {name: csat, window: 14d}}
  shown:
    name: It is shown
    phase: build
    owner: lead
    why: W.
    fix: F.
    evidence: {what: A list., form: file}
    about: [groups]
    not_probed: People keep it.
  signed:
    name: It is agreed
    phase: build
    owner: head
    why: W.
    fix: F.
    sign_off: {statement: We agree., roles: {head: 1, lead: 1}}
    about: [groups]
    lasts: 30d
    not_probed: People say it.
  by_people:
    name: What people set up is set up
    phase: build
    owner: lead
    why: W.
    fix: F.
    by_hand: {task: Set it up}
    about: [by_hand]
    not_probed: By hand.
  done: {name: It is done, phase: build, owner: lead, why: W., fix: F., by_hand: {task: Do it.}, not_probed: By hand.}
  fixed:
    {name: Nobody is harmed, phase: build, owner: lead, why: W., fix: F., probe: {files_valid: null}, waivable: false}
  special:
    {name: Only some, phase: build, owner: lead, why: W., fix: F., probe: {files_valid: null}, only_if: [voice]}
  tried: {name: New, phase: build, owner: lead, why: W., fix: F., probe: {files_valid: null}, advisory: true}
  figured:
    name: Long enough
    phase: build
    owner: lead
    why: W.
    fix: F.
    probe: {phase_lasted: {phase: soft_launch, at_least: "${figures.length}"}}
figures:
  length: {name: Length, form: duration, why: W., needed_by: rollout}
gates:
  soft_launch:
    name: Soft launch
    entrance: {ready: {id: S1, name: Ready, items: [probed]}}
    success: {agreed: {name: Agreed, items: [signed]}, shown: {name: Shown, items: [shown], lasting: false}}
    outcome: {served: {name: Served, items: [done]}}
  rollout:
    name: Rollout
    entrance: {served: {name: It served, outcome_of: soft_launch}}
    success: {fast: {name: Fast, items: [fixed]}}
  handoff: {name: Handoff}
  day_30: {name: Day 30}
  day_60: {name: Day 60}
  day_90: {name: Day 90}
"""
PROJECT = """
people:
  ana: {name: Ana Sol, email: ana@client.example, roles: [head]}
  ben: {name: Ben Ode, email: ben@client.example, roles: [lead], git: [ben@home.example]}
  cai: {name: Cai Lin, email: cai@partner.example, roles: [consultant, lead]}
gates:
  soft_launch: {decision: {head: 1}}
  rollout: {decision: {head: 1}}
"""
GROUPS = "groups:\n  first: {name: First}\n"


@dataclass
class Project:
    """What a test says of it; everything has a plain beginning."""

    project: str = PROJECT
    config: str = GROUPS
    lines: Sequence[str] = ()
    observations: Mapping[str, tuple[Observation, ...]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    authors: Mapping[str, frozenset[str] | None] = field(default_factory=dict)
    proofs: Mapping[str, str] = field(default_factory=dict)
    practice: bool = False
    now: datetime = NOW

    @property
    def known(self) -> Circumstances:
        loaded = merged((parse_document(METHOD, "method.yaml"),), [parse_document(self.project, "checklists/p.yaml")])
        assert not loaded.findings, loaded.findings
        declaration = load_documents([parse_document(self.config, "config/c.yaml")], {}).declaration
        book = read_book(chain_of(self.lines))
        return Circumstances(
            now=book.now(self.now),
            checklist=loaded.checklist,
            declaration=declaration,
            book=book,
            people=with_people(loaded.checklist, declaration),
            observations=self.observations,
            files=self.files,
            authors={"signed": frozenset({"cai@partner.example"}), **self.authors},
            proofs=self.proofs,
            practice=self.practice,
        )

    def listed(self, key: str) -> Listed:
        return self.known.checklist.items[key]

    def verdict(self, key: str) -> Verdict:
        return judge(self.listed(key), self.known)

    def gate(self, phase: str) -> GateVerdict:
        known = self.known
        return gate_verdict(phase, known, {each.item: each for each in judge_all(known)})

    def seen(self, **items: Seen) -> Project:
        """The same with what probes saw just now."""
        return replace(
            self, observations={**self.observations, **{key: (seen(state),) for key, state in items.items()}}
        )

    def noted(
        self,
        entry: EntrySort,
        who: str,
        data: Mapping[str, Any],
        at: datetime = NOW,
        roles: Sequence[str] | None = None,
    ) -> Project:
        """The same with one entry more in the log. roles: in which it was made; else all that the person has."""
        person = self.known.people[who]
        by = Actor(person.name or who, person.email or "", tuple(person.roles if roles is None else roles), who)
        return replace(self, lines=added(self.lines, entry, written(at), dict(data), by))

    def signs(self, who: str, item: str = "signed", at: datetime = NOW, **more: Any) -> Project:
        return self.noted("signed", who, {"item": item, "binds": self.binds(item), **more}, at)

    def attaches(self, item: str, *paths: str, at: datetime = NOW) -> Project:
        files = {path: self.files.get(path, "") for path in paths}
        data = {"item": item, "files": files, "links": [], "note": "n", "binds": {**self.binds(item), "files": files}}
        return self.noted("attached", "ben", data, at)

    def waives(self, item: str, *, days: int = 10, approved_by: str | None = "ana", at: datetime = NOW) -> Project:
        until = (at + timedelta(days=days)).strftime("%Y-%m-%d")
        asked = self.noted(
            "waiver_asked", "cai",
            {"item": item, "reason": "Later.", "until": until, "definition": self.listed(item).digest}, at,
        )  # fmt: skip
        if approved_by is None:
            return asked
        return asked.approves(approved_by, at)

    def approves(self, who: str, at: datetime = NOW, **more: Any) -> Project:
        """The same, and somebody agrees to the risk that was asked for last."""
        asked = chain_of(self.lines).entries[-1]
        return self.noted("waiver_approved", who, {"waiver": asked.digest, "item": asked.data["item"], **more}, at)

    def decides(self, who: str, decision: str = "go", phase: str = "soft_launch", **more: Any) -> Project:
        data = {"phase": phase, "decision": decision, "why": "", "gate": self.gate(phase).digest,
                "config": whole_digest(self.known.declaration),
                "waivers": [each.id for each in accepted_risks(self.known)], **more}  # fmt: skip
        return self.noted("decided", who, data)

    def binds(self, item: str) -> dict[str, Any]:
        listed = self.listed(item)
        return {"item": listed.digest, **bindings(listed.item.concerns, self.known.declaration), "files": {}}


def seen(state: Seen, at: datetime = NOW, lasts: timedelta = timedelta(hours=1)) -> Observation:
    return Observation("files_valid", state, f"It is {state}.", at, lasts)


OTHER_GROUPS = GROUPS + "  second: {name: Second}\n"
FILE = {"list.md": "aa"}
MAIL = {"mail.eml": "aa"}
FOR_BEN = {"name": "Ben Ode", "email": "ben@client.example", "key": "ben", "roles": ["lead"], "evidence": "mail.eml",
           "digest": "aa"}  # fmt: skip
START = Project()
PROVEN = Project(project=PROJECT + "signatures: {required: true}\n")
