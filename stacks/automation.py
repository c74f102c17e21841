"""The engine at work: plan, apply, drift, destroy, and the state as a whole. The one gateway to it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from pulumi.automation import (
    CommandError,
    Deployment,
)
from pulumi.automation.errors import ConcurrentUpdateError, StackNotFoundError

from config.chain import Chain
from provisioners.payload import digest
from provisioners.resource import Resource
from stacks.backend import (
    LOCAL,
    STATE_FOLDER,
    backend_url,
    engine_environment,
    project_folder,
    shorten_history,
    state_file,
)
from stacks.command import EngineCommand, was_started_by
from stacks.engine.locate import engine_folder
from stacks.interruption import Interrupted, Interruption
from stacks.lean_stack import LeanStack, LeanWorkspace
from stacks.lock import Holder, holders_in, holders_of
from stacks.program import program
from stacks.soundness import BadState, Seal, check_sound
from stacks.state import ids, urns_of
from stacks.step_events import StepCollector
from stacks.steps import OnStep, Step

PARALLEL = 64
"""Resources in flight at a time. Each system has fewer threads; the rest lets the others go on beside it."""

# gRPC leads to the engine on this machine and back, and would ask a proxy of the surroundings for the way.
os.environ["no_grpc_proxy"] = "127.0.0.1,localhost"  # noqa: SIM112 - gRPC reads it only so

_PASSPHRASES = ("PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE")
_UNREADABLE = "failed to load checkpoint"


class EngineFailed(Exception):
    """The engine did not do what it was asked, and not because of a resource. The text is the engine's."""


class EngineBusy(EngineFailed):
    """Another run holds the state's lock. holders: who, where the engine says so."""

    def __init__(self, text: str, holders: list[Holder] | None = None) -> None:
        super().__init__(text)
        self.holders = holders_in(text) if holders is None else holders


@dataclass(frozen=True)
class Outcome:
    """What a call to the engine came to.

    ok: everything that was asked for. interrupted: it was told to stop. messages: errors of no single
    resource. not_tried: names of resources that it did not come to, because of what failed before them.
    """

    steps: list[Step]
    ok: bool
    interrupted: bool = False
    messages: list[str] = field(default_factory=list)
    not_tried: list[str] = field(default_factory=list)

    def of(self, phase: str) -> list[Step]:
        return [step for step in self.steps if step.phase == phase]

    @property
    def seen(self) -> dict[str, str]:
        """Resource name → digest of the live object as this call read it; empty for one that was gone."""
        return {step.name: digest(step.new.payload) if step.new else "" for step in self.of("refresh")}


@dataclass(frozen=True)
class StackInput:
    """Where and how an environment's engine runs.

    workspace: the client's folder. project: as `Pulumi.yaml` names it. environment: the stack's name.
    run: the run folder, with its request written; beside it are those of the runs before.
    state: `local` or the backend's address.
    python: what starts the host.
    """

    workspace: Path
    project: str
    environment: str
    run: Path
    state: str = LOCAL
    python: str = sys.executable
    interruption: Interruption = field(default_factory=Interruption)
    on_step: OnStep | None = None
    on_released: Callable[[Holder], None] = lambda holder: None
    """Told of each dead run whose lock was released."""
    log: Callable[[], Chain] = Chain
    """Reads and verifies the environment's log; see `stacks.program`."""
    remade: Mapping[str, str] = field(default_factory=dict)
    """What this run makes anew as another type; see `stacks.remaking`."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """What has another name in this run than in the state; see `stacks.remaking`."""


class EnvironmentStack:
    """One environment's stack. Reading its state makes it where there is none yet. Opening it asks nobody.

    Every method may raise EngineFailed, EngineBusy or Interrupted (nothing was started).
    """

    def __init__(self, given: StackInput) -> None:
        self.given = given
        self._command = EngineCommand(engine_folder() / "bin" / "pulumi", given.interruption)
        environment = _environment(given)
        workspace = LeanWorkspace(
            work_dir=str(project_folder(given.workspace, given.project)),
            pulumi_home=environment["PULUMI_HOME"],
            env_vars=environment,
            pulumi_command=self._command,
        )
        local = given.state == LOCAL
        self.file = state_file(given.workspace, given.project, given.environment) if local else None
        """The state, where it is kept in this workspace."""
        self.seal = Seal(given.workspace, given.project, given.environment) if local else None
        """Of a local state."""
        workspace.file = self.file
        self._stack = LeanStack(given.environment, workspace)

    def begin_run(
        self,
        run: Path,
        interruption: Interruption,
        on_step: OnStep | None = None,
        remade: Mapping[str, str] = MappingProxyType({}),
        renamed: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Go on in another run folder, stopped by another interruption."""
        self.given = replace(
            self.given, run=run, interruption=interruption, on_step=on_step, remade=remade, renamed=renamed
        )
        self._command.interruption = interruption
        self._stack.workspace.env_vars = _environment(self.given)

    def preview(self, resources: Sequence[Resource], plan_file: Path) -> Outcome:
        """Read every live object, compare, and write the engine's plan. Changes nothing. Raises ProgramError."""
        run = program(resources, log=self.given.log(), remade=self.given.remade)
        collector = StepCollector(planning=True, on_step=self.given.on_step, renamed=self.given.renamed)
        return self._outcome(
            collector,
            resources,
            lambda: self._stack.preview(
                program=run,
                refresh=True,
                plan=str(plan_file.resolve()),
                parallel=PARALLEL,
                on_event=collector,
                suppress_progress=True,
            ),
        )

    def up(
        self, resources: Sequence[Resource], state: Deployment, plan_file: Path | None = None, message: str = ""
    ) -> Outcome:
        """Make the live objects what the resources say; go on past failures. Raises ProgramError.

        state: what the run begins with. message: what the engine's own history says of it, in one line.
        """
        run = program(resources, ids(state), self.given.log(), self.given.remade)
        collector = StepCollector(planning=False, on_step=self.given.on_step, renamed=self.given.renamed)
        return self._outcome(
            collector,
            resources,
            lambda: self._stack.up(
                program=run,
                message=message or None,
                refresh=True,
                plan=str(plan_file.resolve()) if plan_file else None,
                parallel=PARALLEL,
                on_event=collector,
                continue_on_error=True,
                suppress_progress=True,
                show_secrets=False,
            ),
        )

    def drift(self) -> Outcome:
        """Compare what was last applied with what is live. Changes nothing, the state neither."""
        collector = StepCollector(planning=True, only_refresh=True, on_step=self.given.on_step)
        return self._outcome(
            collector,
            (),
            lambda: self._stack.preview_refresh(parallel=PARALLEL, on_event=collector, suppress_progress=True),
        )

    def destroy(self, names: Collection[str] | None = None, message: str = "") -> Outcome:
        """Take resources out of the state, and their objects out of their systems as the host decides.

        names: those that go; what needs them must be among them. None for everything. message: see `up`.
        """
        state = self.export_state() if names is not None else None
        urns = [urn for name, urn in urns_of(state).items() if name in (names or ())] if state else None
        if names is not None and not urns:  # for the engine, no target means everything
            return Outcome([], True)
        collector = StepCollector(planning=False, on_step=self.given.on_step)
        return self._outcome(
            collector,
            (),
            lambda: self._stack.destroy(
                message=message or None,
                target=urns,
                parallel=PARALLEL,
                on_event=collector,
                continue_on_error=True,
                suppress_progress=True,
                show_secrets=False,
            ),
        )

    def export_state(self) -> Deployment:
        """The state as it is. Raises BadState where it is damaged."""
        with _failures():
            try:
                return self._stack.export_stack()
            except StackNotFoundError:
                self._stack.workspace.create_stack(self._stack.name)
                return self._stack.export_stack()
            except CommandError as failed:
                if _UNREADABLE not in str(failed):
                    raise
                raise BadState(_reason(str(failed))) from failed

    def trusted_state(self) -> Deployment:
        """The state, once it is certain that golive and the engine wrote it. Raises BadState."""
        state = self.export_state()
        check_sound(state)
        if self.seal and self.seal.is_broken and not self.holders():
            raise BadState("Its file is not as golive left it: something else has changed it")
        return state

    def has_moved(self, since: Deployment) -> bool:
        """Whether anything has changed the state since it was read."""
        return self.export_state().deployment != since.deployment

    def import_state(self, state: Deployment) -> None:
        """Replace the state. The engine drops what it holds of unfinished operations; see `stacks.unfinished`."""
        self._locking(lambda: self._stack.import_stack(state))

    def holders(self) -> list[Holder]:
        """Who holds the lock; nobody where the state is not in this workspace, and that cannot be seen."""
        if self.given.state != LOCAL:
            return []
        folder = self.given.workspace.resolve() / STATE_FOLDER
        return list(holders_of(folder, self.given.project, self.given.environment))

    def release_lock(self, holders: Sequence[Holder]) -> None:
        """Take away the locks of runs that are dead. The caller must have made sure that they are.

        The engine's own command takes away every lock there is: also that of a run which began a moment ago. It is
        used where nobody sees the locks.
        """
        if self.given.state == LOCAL:
            for holder in holders:
                if holder.file is not None:
                    holder.file.unlink(missing_ok=True)
            return
        with _failures():
            self._stack.cancel()

    def is_dead(self, holder: Holder) -> bool:
        """Whether it is certain that a lock's run is dead.

        Two machines may be called alike. So where the state is not this workspace's own, the run must have been one of
        this workspace.
        """
        return holder.is_dead and (self.given.state == LOCAL or was_started_by(self.given.run.parent, holder.pid))

    def _locking(self, call: Callable[[], object]) -> None:
        """Make a call that changes the state, releasing the lock of a dead run. Raises EngineBusy for a live one."""
        try:
            with self._sealing(), _failures():
                call()
        except EngineBusy as busy:
            holders = self.holders() or busy.holders
            if not holders or not all(map(self.is_dead, holders)):
                raise
            self.release_lock(holders)
            for holder in holders:
                self.given.on_released(holder)
            with self._sealing(), _failures():
                call()

    @contextmanager
    def _sealing(self) -> Iterator[None]:
        """The seal is put on again once the engine has let go of the state, which it does in good order only."""
        if self.seal is None:
            yield
            return
        self.seal.take_off()
        try:
            yield
        finally:
            if not self.holders():
                self.seal.put_on()
                shorten_history(self.given.workspace, self.given.project, self.given.environment)

    def _outcome(self, collector: StepCollector, resources: Sequence[Resource], call: Callable[[], object]) -> Outcome:
        ok = True
        failure = ""
        self._command.events = collector
        try:
            self._locking(call)
        except EngineBusy:
            raise
        except Interrupted:
            if not collector.steps:  # the engine had not begun
                raise
            ok = False
        except EngineFailed as failed:
            ok = False
            failure = str(failed)
        steps = collector.steps
        interrupted = self.given.interruption.noted
        failed_steps = any(step.status == "failed" for step in steps)
        if not ok and not (failed_steps or collector.messages or interrupted):
            raise EngineFailed(failure)
        reached = {step.name for step in steps if step.phase == "apply"}
        missed = [resource.name for resource in resources if resource.name not in reached]
        return Outcome(steps, ok and not failed_steps, interrupted, collector.messages, missed)


def _reason(text: str) -> str:
    """Why the engine cannot read a state, in one line."""
    line = next(each for each in text.splitlines() if _UNREADABLE in each)
    return f"It cannot be read ({line.partition(_UNREADABLE)[2].strip(': ')})"


def _environment(given: StackInput) -> dict[str, str]:
    return engine_environment(
        backend_url(given.workspace, given.state),
        given.run,
        given.python,
        None if any(name in os.environ for name in _PASSPHRASES) else "",
    )


@contextmanager
def _failures() -> Iterator[None]:
    """The Automation API's errors as ours."""
    try:
        yield
    except Interrupted:
        raise
    except ConcurrentUpdateError as error:
        raise EngineBusy(str(error)) from error
    except (CommandError, RuntimeError, OSError) as error:
        raise EngineFailed(str(error)) from error
