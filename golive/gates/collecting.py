"""Everything that gates go by, found out before anything is judged. Only reads."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from checklists.binding import paths_of
from checklists.book import Book, bound_by, read_book
from checklists.checklist import Checklist, Listed
from checklists.circumstances import Circumstances
from checklists.facts import LIVE, Configuration, Facts, Found, NotKnown, Source, StateFacts
from checklists.gate import GATED
from checklists.gating import gate_verdict, outcome
from checklists.judging import judge_all
from checklists.loading import LoadedChecklist, with_people
from checklists.observation import Observation
from checklists.probes import PROBES
from checklists.probes.base import Probe
from checklists.verdict import ConditionVerdict, GateVerdict, Verdict
from config.environment import Environment
from config.model import Model
from config.results.context import ContextDocument
from config.results.migration_status import MigrationEntry
from config.results.plan import PlanDocument
from config.results.standing import AccountQuestion, Standing
from config.rules.catalogue import rule_ids
from config.schema_errors import findings_of
from config.web_signs import WebSigns
from config.words import some
from golive import clock
from golive.carrying.planned import Planned, planned
from golive.gates.customer_context import found_context
from golive.gates.file_authors import authors_by_item
from golive.gates.identity import can_practise
from golive.gates.proofs import proofs
from golive.live.account_answers import with_answers
from golive.live.web_pages import opened_pages
from golive.migrating.standing import standing
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.screen import Screen
from golive.workspace.logbook import Logbook
from golive.workspace.opening import Opened
from provisioners.system import systems
from stacks.backend import LOCAL
from stacks.backups import Backups
from stacks.interruption import Interruption
from stacks.journal import Journal
from stacks.record import Record

_FATAL = ("cancelled", "wrong_account")
"""Faults that say more than that something could not be found out."""


@dataclass(frozen=True)
class Known:
    """What is known of an environment's gates. facts: what probes looked at. verdicts: item → its state."""

    circumstances: Circumstances
    facts: Facts
    verdicts: Mapping[str, Verdict]
    calls: Mapping[str, int] = field(default_factory=dict)

    @property
    def book(self) -> Book:
        return self.circumstances.book

    @property
    def checklist(self) -> Checklist:
        return self.circumstances.checklist

    def gate(self, phase: str) -> GateVerdict:
        """The gate of a phase."""
        return gate_verdict(phase, self.circumstances, self.verdicts)

    def outcome(self, phase: str) -> list[ConditionVerdict]:
        """What a phase has to come to."""
        return outcome(phase, self.circumstances, self.verdicts)

    def judged_again(self, now: datetime, files: Mapping[str, str]) -> Known:
        """The same at another time, with the files as they are by then."""
        later = replace(self.circumstances, now=now, files=files)
        return replace(self, circumstances=later, verdicts={each.item: each for each in judge_all(later)})


def collect(
    opened: Opened,
    loaded: LoadedChecklist,
    phase: str,
    screen: Screen,
    interruption: Interruption,
    *,
    live: bool = True,
    plan: Planned | None = None,
) -> Known:
    """Find out everything that the gate of a phase goes by. Raises Fault where the log cannot be relied on, or where
    the account is another one.

    live: whether the systems are read. plan: one that was made just now, so that nothing is read twice.
    """
    root, checklist = opened.workspace.root, loaded.checklist
    book = read_book(Logbook(root, opened.environment_name).read())
    people = with_people(checklist, opened.loaded.declaration)
    with ThreadPoolExecutor(2) as beside:
        authors = beside.submit(authors_by_item, root, checklist, opened.loaded.declaration)
        proven = beside.submit(proofs, root, book, people, checklist.signatures)
        facts = _facts(opened, checklist, book, phase, screen, interruption, live=live, plan=plan)
        circumstances = Circumstances(
            now=book.now(facts.now),
            checklist=checklist,
            declaration=opened.loaded.declaration,
            book=book,
            people=people,
            files=file_digests(root, book),
            authors=authors.result(),
            proofs=proven.result(),
            practice=_was_practised(book) and can_practise(opened.environment),
        )
    facts = replace(
        facts, unproven=frozenset(each.digest for each in book.chain.entries if circumstances.unproven(each))
    )
    circumstances = replace(circumstances, observations=observed(checklist, facts))
    verdicts = {each.item: each for each in judge_all(circumstances)}
    calls = facts.plan.value.calls if facts.plan.value else {}
    return Known(circumstances, facts, verdicts, calls)


def _was_practised(book: Book) -> bool:
    """Whether anything was done by somebody who was only played; where not, nobody has to be asked who answers."""
    return any(each.data.get("practice") for each in book.chain.entries)


def observed(checklist: Checklist, facts: Facts) -> dict[str, tuple[Observation, ...]]:
    """Item → what its probes saw, of every item that has probes and counts here."""
    return {
        listed.key: tuple(probe.observe(given, facts) for probe, given in _probes_of(listed))
        for listed in _probed(checklist)
    }


def next_gate(book: Book) -> str:
    """The gate to which an environment comes next."""
    phase = book.progress.phase
    order = [each for each in GATED if each != "handoff"]
    if phase == "rollout" and not book.progress.handed_off:
        return "handoff"
    following = order if phase not in order else order[order.index(phase) + 1 :]
    return following[0] if following else order[-1]


def _probed(checklist: Checklist) -> Iterator[Listed]:
    """The items that have probes and count here."""
    for listed in checklist.items.values():
        counts = listed.item.probe and not listed.item.drop and not listed.unset
        if counts and checklist.answer(listed.item.only_if)[0]:
            yield listed


def _probes_of(listed: Listed) -> Iterator[tuple[Probe, Model]]:
    """An item's probes, each with what it is given."""
    for name, said in (listed.item.probe or {}).items():
        probe = PROBES[name]
        given, _ = findings_of(probe.Parameters, said or {}, listed.document, (*listed.path, "probe", name))
        if given is not None:
            yield probe, given


def _addresses(checklist: Checklist, facts: Facts) -> list[str]:
    """The pages that any probe wants opened."""
    found: list[str] = []
    for listed in _probed(checklist):
        for probe, given in _probes_of(listed):
            try:
                found += probe.pages(given, facts)
            except NotKnown:
                continue  # the probe says so itself, when it is asked
    return found


def _questions(checklist: Checklist) -> list[AccountQuestion]:
    """What any probe wants to know of an account beside its objects."""
    return sorted({each for listed in _probed(checklist) for probe, _ in _probes_of(listed) for each in probe.asks})


def _facts(
    opened: Opened,
    checklist: Checklist,
    book: Book,
    phase: str,
    screen: Screen,
    interruption: Interruption,
    *,
    live: bool,
    plan: Planned | None,
) -> Facts:
    now = clock.now()
    configuration = Configuration(
        opened.loaded.declaration,
        opened.loaded.findings,
        opened.environment.production,
        opened.environment.state == LOCAL,
        rule_ids(),
        *_signs(opened.environment),
    )
    facts = Facts(
        now,
        phase,
        checklist,
        Found(configuration, now),
        migrations=_migrations(opened, checklist, now),
        log=book.chain,
        files=_files(opened.workspace.root),
    )
    if not live:
        nothing = "The live systems were not read"
        facts = replace(facts, web=Found(why=nothing))
        if plan is None:
            lost: Found[StateFacts] = Found(why=nothing)
            return _with(facts, Found(why=nothing), Found(why=nothing), lost, Found(why=nothing))
        return _read(opened, plan, facts)
    with ThreadPoolExecutor(1) as beside:
        pages = beside.submit(opened_pages, _addresses(checklist, facts))
        facts = _systems_read(opened, facts, screen, interruption, plan)
        return replace(facts, web=Found(pages.result(), clock.now()))


def _systems_read(
    opened: Opened, facts: Facts, screen: Screen, interruption: Interruption, plan: Planned | None
) -> Facts:
    """The facts with what the systems say. Raises Fault."""
    checklist = facts.checklist
    if plan is None and _asks_live(checklist):
        try:
            plan = planned(opened, screen, interruption)
        except Fault as fault:
            if fault.code in _FATAL or fault.exits is Exit.CANCELLED:
                raise
            why = f"{fault.what} {fault.why}".strip().rstrip(".")
            lost: Found[StateFacts] = Found(why=why)
            if fault.code == "bad_state":
                lost = Found(StateFacts(sound=False, why=fault.why), facts.now)
            return _with(facts, Found(why=why), Found(why=why), lost, Found(why=why))
    if plan is None:
        return _with(facts, Found(), Found(), Found(), Found())
    return _read(opened, plan, facts)


def _read(opened: Opened, plan: Planned, facts: Facts) -> Facts:
    """The facts with what a plan has read, and what accounts say beside it."""
    calls = dict(plan.document.calls)
    standing = with_answers(plan.standing, plan.session, _questions(facts.checklist), calls)
    context = found_context(plan, calls) if "context" in _sources(facts.checklist) else Found[ContextDocument]()
    seen = clock.now()
    return _with(
        facts,
        Found(replace(plan.document, calls=calls), seen),
        Found(standing, seen),
        Found(_state(opened, plan.session.record, plan), seen),
        context,
    )


def _signs(environment: Environment) -> tuple[WebSigns | None, str]:
    """(By what the environment's helpdesk is known on pages, the host of its address)."""
    for settings in environment.systems.values():
        signs = systems()[settings.type].web_signs if settings.type in systems() else None
        if signs is not None:
            return signs, urlsplit(str(settings.url)).netloc
    return None, ""


def _with(
    facts: Facts,
    plan: Found[PlanDocument],
    standing: Found[Standing],
    state: Found[StateFacts],
    context: Found[ContextDocument],
) -> Facts:
    return replace(facts, plan=plan, standing=standing, state=state, context=context)


def _state(opened: Opened, record: Record, plan: Planned) -> StateFacts:
    return StateFacts(
        sound=True,
        unfinished=tuple(f"{each.kind}/{each.key}" for each in plan.document.unfinished),
        phase=record.phase,
        log_head=record.log_head,
        copies=len(Backups(opened.workspace.root, opened.environment_name).all()),
        runs=len(Journal.of(record.journal).runs),
    )


def _asks_live(checklist: Checklist) -> bool:
    """Whether any item needs the live systems."""
    return not _sources(checklist).isdisjoint(LIVE)


def _sources(checklist: Checklist) -> set[Source]:
    """What the probes of all items that count look at."""
    return {
        source for listed in _probed(checklist) for name in listed.item.probe or {} for source in PROBES[name].looks_at
    }


def _migrations(opened: Opened, checklist: Checklist, now: datetime) -> Found[Sequence[MigrationEntry]]:
    """How far each migration is, here; nobody looks where nothing asks for it."""
    if "migrations" not in _sources(checklist):
        return Found()
    found = [
        replace(each, sent=[one for one in each.sent if one.environment == opened.environment_name])
        for each in standing(opened.workspace, opened.loaded.declaration)
    ]
    return known_migrations(found, now)


def known_migrations(found: Sequence[MigrationEntry], now: datetime) -> Found[Sequence[MigrationEntry]]:
    """Nothing is known of them while one is being read: what it has then is no answer."""
    busy = [f"{each.key}: {each.at_work}" for each in found if each.at_work]
    if busy:
        return Found(why=f"what was read is in use now ({some(busy)}); ask again after its end")
    return Found(found, now) if found else Found(why="this workspace has no file in migrations/")


def _files(root: Path) -> Callable[[str], Sequence[tuple[str, str]]]:
    def found(pattern: str) -> list[tuple[str, str]]:
        if pattern.startswith("/") or ".." in Path(pattern).parts:
            return []
        inside = root.resolve()
        paths = [each for each in root.glob(pattern) if each.is_file() and each.resolve().is_relative_to(inside)]
        return [(each.relative_to(root).as_posix(), file_digest(each)) for each in paths if each.stat().st_size]

    return found


def file_digests(root: Path, book: Book) -> dict[str, str]:
    """Path → digest of every file that something in the log is bound to, as it is now."""
    paths = paths_of(bound_by(each) for each in book.bound)
    return {path: file_digest(root / path) for path in paths if (root / path).is_file()}


def file_digest(path: Path) -> str:
    """SHA-256 (hex) of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
