"""One run of the engine for an opened environment: prepare, ask, and read what it said."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.metadata import version
from typing import Any

from pulumi.automation import Deployment
from rich.markup import escape

from config.chain import Chain
from golive.runs.compiling import check_people, compiled_for, resources_in
from golive.runs.engine import check_lock, engine_faults, engine_ready, new_run_folder, open_stack
from golive.runs.resuming import moved, resume
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.screen import Screen
from golive.wording.words import Terms
from golive.workspace.connection import Reached, reach, settings_of
from golive.workspace.embedded import ensure_sandbox
from golive.workspace.hosts import check_hosts
from golive.workspace.log_history import check_committed
from golive.workspace.logbook import Logbook, check_log, check_nothing_under_way
from golive.workspace.opening import Opened
from golive.workspace.selection import Selection, selection_of
from provisioners.resource import Compiled, Resource
from provisioners.run_file import RunFolder, RunMode, RunRequest
from provisioners.system import Connection, systems
from provisioners.translation import Names
from stacks.automation import EnvironmentStack, Outcome
from stacks.backups import Backups
from stacks.compile import keep_untouched
from stacks.facts import RunFacts
from stacks.interruption import Interruption
from stacks.journal import Run, noted
from stacks.leaving import released_parts
from stacks.naming import names_of
from stacks.planning import Planner
from stacks.record import Record
from stacks.remaking import remade, renamed
from stacks.selecting import keep_unchosen
from stacks.state import dependents, known, names_by_id, owned, payloads, record
from stacks.steps import OnStep
from stacks.switches import Held, held, notes_in, turned
from stacks.taken_over import still_noted
from stacks.unfinished import is_left_open, unfinished


@dataclass
class Session:
    """An environment with its systems reached, its state read and its resources compiled."""

    opened: Opened
    screen: Screen
    reached: Reached
    state: Deployment
    record: Record
    compiled: Compiled
    interruption: Interruption
    engine: EnvironmentStack
    selection: Selection = field(default_factory=Selection)
    unchosen: set[str] = field(default_factory=set)
    """Resources that the run is not about."""
    switches_on: bool = False
    """Whether somebody has said that what was switched off by hand is switched on again."""
    run: Run | None = None
    """How the journal notes this run, once it begins to write."""
    copy: str = ""
    """The copy of the state that was made before it."""
    former: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(Type, id) → resource name, of what is not in the state and is spoken of."""
    log: Chain = field(default_factory=Chain)
    """The environment's log, verified."""
    entering: str = ""
    """The phase to which the run leads; empty where it stays in the one that it is in."""
    undone: list[Held] | None = None
    """What an undo makes of everything that was switched off by hand; otherwise the files decide that."""

    def choose(self, only: Sequence[str], exclude: Sequence[str]) -> None:
        """Leave everything else as it is. Raises Fault for what nothing is called."""
        if not (only or exclude):
            return
        in_state = resources_in(self.state)
        declared = [(kind, key) for kind, items in self.opened.loaded.declaration.objects.items() for key in items]
        held = [(each.named.kind, each.named.key) for each in in_state.values()]
        self.selection = selection_of(only, exclude, self.reached.settings, [*declared, *held])
        self.unchosen = keep_unchosen(self.compiled, in_state, self.selection.includes)
        self.compiled.taken_over = still_noted(self.compiled, self.record.taken_over, self.selection.includes)
        self.screen.say(f"[change]Part of it:[/] {escape(str(self.selection))}. The rest stays as it is.\n")

    @property
    def phase(self) -> str:
        """The phase for which objects are awake or asleep in this run."""
        return self.entering or self.record.phase

    @property
    def held(self) -> list[Held]:
        """What becomes of everything that was switched off by hand with golive."""
        if self.undone is not None:
            return self.undone
        notes = notes_in(self.record.switched_off)
        declaration = self.opened.loaded.declaration
        return held(notes, self.compiled.resources, declaration, self.phase, turn_on=self.switches_on)

    def switch_on(self) -> None:
        """Switch on again what was switched off by hand, as far as the run is about it."""
        self.switches_on = True
        which = [each for each in self.held if each.fate == "turned_on"]
        self.compiled.resources = turned(self.compiled.resources, which, self.reached.settings, on=True)

    def reading(self, instance: str, calls: dict[str, int]) -> Connection:
        """A way to read more of a system than the engine does; the calls made through it are added."""

        def count(event: str, facts: Mapping[str, Any]) -> None:
            calls[instance] = calls.get(instance, 0) + (event == "call")

        settings = self.reached.settings[instance]
        return Connection(instance, settings, read_only=True, report=count, stop=self.interruption.stopped)

    @property
    def names(self) -> Names:
        declaration = self.opened.loaded.declaration
        by_id = {**self.former, **names_by_id(self.state)}
        return names_of(declaration, self.reached.settings, by_id, known(self.state))

    @cached_property
    def terms(self) -> Terms:
        """What the client calls things."""
        return Terms.of(self.opened.loaded.declaration)

    def vendor(self, instance: str) -> str:
        """The product behind an instance, as people say it."""
        settings = self.reached.settings.get(instance)
        return systems()[settings.type].title if settings else instance

    def page(self, instance: str, kind: str, key: str) -> str | None:
        """The object's page in the vendor's admin centre, once it is there."""
        found = self._objects.get(f"{instance}/{kind}/{key}")
        return self.page_of(instance, *found) if found else None

    def page_of(self, instance: str, type_: str, identifier: str) -> str | None:
        """The page of an object of the vendor's in its admin centre."""
        settings = self.reached.settings.get(instance)
        return systems()[settings.type].page(settings.url, type_, identifier) if settings else None

    @cached_property
    def _objects(self) -> dict[str, tuple[str, str]]:
        """Resource name → type and id, read from the state once for all pages."""
        return {name: place for place, name in names_by_id(self.state).items()}

    @property
    def is_first(self) -> bool:
        """Whether golive has never done anything here."""
        return not self.record.accounts

    @property
    def resources(self) -> list[Resource]:
        """Everything to register, the record included."""
        return [self.new_record.resource(), *self.compiled.resources]

    @property
    def new_record(self) -> Record:
        """The record as this run leaves it: accounts that were reached are remembered, and what was switched off by
        hand for as long as it is not settled; once the run is to write, it stands in the journal."""
        accounts = {
            **self.record.accounts,
            **{instance: account.id for instance, account in self.reached.accounts.items() if account.id},
        }
        off = tuple(each.note.as_text for each in self.held if each.fate not in ("settled", "turned_on"))
        journal = noted(self.record.journal, self.run) if self.run else self.record.journal
        return replace(
            self.record,
            phase=self.phase if self.run else self.record.phase,
            log_head=self.log.head if self.run else self.record.log_head,
            accounts=accounts,
            tool_version=version("golive"),
            switched_off=off,
            journal=journal,
            taken_over=tuple(self.compiled.taken_over),
        )

    @contextmanager
    def stack(
        self, mode: RunMode, on_step: OnStep | None = None, seen: Mapping[str, str] | None = None
    ) -> Iterator[tuple[EnvironmentStack, RunFolder]]:
        """The stack with a run folder whose request is written. Engine errors become Fault.

        seen: what live objects must still look like; see `RunRequest`.
        """
        folder = new_run_folder(self.opened)
        with engine_faults(self.interruption, self.opened.option):
            registers = mode in ("plan", "up")
            anew = remade(self.resources, self.state) if registers else {}
            other_names = renamed(self.resources, self.state) if registers else {}
            folder.write_request(
                RunRequest(
                    mode,
                    self.reached.settings,
                    owned=owned(self.state),
                    down=self.reached.down,
                    released=list(released_parts(payloads(self.state), {each.name for each in self.resources})),
                    seen=dict(seen or {}),
                    needs={each.name: list(each.needs) for each in self.resources},
                    dependents=dependents(self.state, self.resources),
                    remade=list(anew),
                    renamed=other_names,
                    unchosen=sorted(self.unchosen),
                    root=str(self.opened.workspace.root),
                )
            )
            self.engine.begin_run(folder.folder, self.interruption, on_step, anew, other_names)
            yield self.engine, folder

    def keep_copy(self, before: str) -> None:
        """Keep a copy of the state before a verb changes it."""
        self.copy = Backups(self.opened.workspace.root, self.opened.environment_name).keep(self.state, before).name

    def keep_waiting(self) -> None:
        """Keep in the state what is there and not sent in this run."""
        keep_untouched(self.compiled, resources_in(self.state), self.opened.loaded.declaration, self.reached.settings)

    def planner(self, folder: RunFolder) -> Planner:
        """The reader of a run's steps."""
        return Planner(
            self.opened.environment_name,
            self.reached.settings,
            self.compiled,
            self.names,
            owned(self.state),
            RunFacts.of(folder.events()),
            self.reached.down,
            self.opened.option,
            unfinished(self.state),
        )

    def preview(self) -> tuple[Outcome, RunFolder]:
        """What would change, read from the live systems."""
        with self.stack("plan") as (stack, folder):
            outcome = stack.preview(self.resources, folder.folder / "plan.json")
        check_outcome(outcome)
        return outcome, folder


def open_session(
    opened: Opened,
    screen: Screen,
    interruption: Interruption,
    *,
    say_renamed: bool = True,
    writes: bool = False,
    fingerprint_key: str = "",
    compiles: bool = True,
    entering: str = "",
) -> Session:
    """Reach the systems, read the state, compile. Sends no write. Raises Fault.

    say_renamed: whether accounts that are others from now on are said here; a plan says them itself. writes: the verb
    is going to change something, so that the ends of an earlier run are cleared up first. fingerprint_key: that of a
    saved plan, for a first run. compiles: False for a verb that goes by the state alone, whatever the files say.
    entering: the phase for which everything is compiled, where a run leads to another one.
    """
    logbook = Logbook(opened.workspace.root, opened.environment_name)
    log = logbook.read()
    engine_ready(screen)
    ensure_sandbox(opened.workspace, opened.environment, screen)
    with engine_faults(interruption, opened.option):
        engine = open_stack(opened, screen, interruption)
        state = engine.trusted_state()
        if writes:
            check_lock(engine)
    remembered = record(state)
    check_log(logbook, log, remembered.log_head, remembered.phase)
    check_committed(logbook, log)
    if writes and not entering:
        check_nothing_under_way(log, opened.option)
    settings = settings_of(opened.environment)
    check_hosts(settings, screen)
    reached = reach(settings, opened.environment.expect, remembered.accounts, interruption.stopped)
    with engine_faults(interruption, opened.option):
        interruption.check()
    if writes and is_left_open(state):
        state = resume(opened, screen, engine, state, reached, interruption)
        remembered = record(state)
    if not remembered.fingerprint_key:
        remembered = replace(remembered, fingerprint_key=fingerprint_key or secrets.token_hex(16))
    for line in reached.said_of_renamed if say_renamed else ():
        screen.note(f"[change]{escape(line)}[/]")
    names = {(item.kind, item.key): item.name for item in opened.loaded.declaration}
    compiled = Compiled(called=names, taken_over=list(remembered.taken_over))
    if compiles:
        check_people(opened, reached)
        compiled = compiled_for(opened, reached, replace(remembered, phase=entering or remembered.phase), state)
    return Session(
        opened, screen, reached, state, remembered, compiled, interruption, engine, log=log, entering=entering
    )


def unmoved_state(session: Session, stack: EnvironmentStack) -> Deployment:
    """The state as it is now. Raises Fault where another run has changed the environment since it was read."""
    now = stack.export_state()
    if _resources(now) != _resources(session.state):
        raise moved()
    return now


def _resources(state: Deployment) -> list[object]:
    """What the state holds of every resource, without the times at which it was noted."""
    entries = (state.deployment or {}).get("resources") or []
    return [{name: value for name, value in entry.items() if name not in _TIMES} for entry in entries]


_TIMES = ("created", "modified")


def check_outcome(outcome: Outcome) -> None:
    """Raises Fault where a preview could not be made."""
    if outcome.interrupted:
        raise Fault("cancelled", "Cancelled. Nothing was changed.", exits=Exit.CANCELLED)
    if outcome.ok:
        return
    failed = [step for step in outcome.steps if step.status == "failed"]
    why = failed[0].error if failed else "; ".join(outcome.messages)
    raise Fault(
        "plan_failed",
        "The plan could not be made; nothing was changed.",
        where=failed[0].name if failed else "",
        why=why,
        do="Correct the cause and run the command again.",
        exits=Exit.FAILED,
    )
