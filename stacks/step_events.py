"""From the engine's events to steps."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from pulumi.automation.events import DiagnosticEvent, EngineEvent, StepEventMetadata, StepEventStateMetadata

from provisioners.host.providers import ENGINE_PREFIX, Address
from stacks.steps import OnStep, Operation, Phase, Side, Status, Step

_OPERATIONS: dict[str, Operation] = {
    "same": "same",
    "create": "create",
    "update": "update",
    "delete": "delete",
    "replace": "replace",
    "create-replacement": "replace",
    "delete-replaced": "replace",
}

FIRST_EVENT_SECONDS = 0.5
LAST_EVENT_SECONDS = 10.0

NO_HOST = "the part of golive that talks to the systems ended before it answered"
_NO_HOST = re.compile(r"error reading from server: |code = Unavailable desc = |connection error: desc = \"transport")

_SAYS_NOTHING = re.compile(r"(update|preview|refresh|destroy) (failed|canceled)")
"""What the engine adds to every end that is not a good one. Who stopped a run knows it, and is told how far it came."""


class StepCollector:
    """Listens to one call. planning: nothing is done. only_refresh: the call only compares with what is live.

    on_step: called for each change of a step, in the engine's threads. renamed: name in the state → name in this run,
    where it is another: the engine tells of what is replaced by its old name, too.
    """

    def __init__(
        self,
        planning: bool,
        only_refresh: bool = False,
        on_step: OnStep | None = None,
        renamed: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._renamed = renamed
        self._planning = planning
        self._only_refresh = only_refresh
        self._on_step = on_step
        self._steps: dict[tuple[bool, str], Step] = {}
        self._errors: dict[str, str] = {}
        self.messages: list[str] = []
        """Errors that belong to no step."""
        self._lock = threading.Lock()
        self._begun = False
        self._ended = threading.Event()

    def wait(self, ok: bool) -> None:
        """Wait until the last event is in: they come on a stream of their own, and the engine may be gone first.

        ok: the engine ended well, so that there must be events. Otherwise it may have failed before the first.
        """
        self._ended.wait(LAST_EVENT_SECONDS if ok or self._begun else FIRST_EVENT_SECONDS)

    @property
    def steps(self) -> list[Step]:
        """The steps in the order in which they began."""
        with self._lock:
            return list(self._steps.values())

    def __call__(self, event: EngineEvent) -> None:
        with self._lock:
            self._begun = True
            if event.resource_pre_event:
                self._note(event.resource_pre_event.metadata, "running")
            elif event.res_outputs_event:
                self._note(event.res_outputs_event.metadata, "done")
            elif event.res_op_failed_event:
                self._note(event.res_op_failed_event.metadata, "failed")
            elif event.diagnostic_event and event.diagnostic_event.severity == "error":
                self._diagnose(event.diagnostic_event)
            elif event.cancel_event:
                self._ended.set()

    def _note(self, metadata: StepEventMetadata, status: Status) -> None:
        if not metadata.type.startswith(ENGINE_PREFIX):
            return
        refreshing = self._only_refresh or metadata.op.value == "refresh"
        operation = "same" if refreshing else _OPERATIONS.get(metadata.op.value)
        if operation is None:
            return
        address, error = Address.of(metadata.urn), self._errors.get(metadata.urn, "")
        if not refreshing:
            address = replace(address, name=self._renamed.get(address.name, address.name))
        known = self._steps.get((refreshing, address.name))
        old, new = _side(metadata.old, live=True), _side(metadata.new, live=refreshing)
        if refreshing and status == "done":
            operation = "delete" if new is None else "same" if _equal(old, new) else "update"
        if operation == "replace" and known is not None:
            old, new = known.old or old, new or known.new
        type_ = known.type if metadata.op.value == "delete-replaced" and known is not None else address.type
        if error or (known is not None and known.status == "failed"):
            status = "failed"
        elif self._planning and status != "failed":
            status = "planned"
        changed = _changed(metadata) or (known.changed if known else ())
        phase: Phase = "refresh" if refreshing else "apply"
        step = Step(address.name, type_, operation, phase, old, new, status, error, changed)
        self._keep(step)

    def _diagnose(self, diagnostic: DiagnosticEvent) -> None:
        text = diagnostic.message.strip().removeprefix("Preview failed: ")
        text = NO_HOST if _NO_HOST.search(text) else text
        urn = diagnostic.urn or ""
        if ENGINE_PREFIX not in urn:
            if not _SAYS_NOTHING.fullmatch(text):
                self.messages.append(text)
            return
        self._errors[urn] = text
        name = Address.of(urn).name
        step = self._steps.get((False, self._renamed.get(name, name))) or self._steps.get((True, name))
        if step is None and text == NO_HOST:
            self.messages += [text] if text not in self.messages else []
        elif step is None:
            self.messages.append(f"{name}: {text}")
        else:
            self._keep(replace(step, error=text, status="failed"))

    def _keep(self, step: Step) -> None:
        self._steps[step.phase == "refresh", step.name] = step
        if self._on_step:
            self._on_step(step)


def _side(state: StepEventStateMetadata | None, live: bool) -> Side | None:
    """live: what the vendor shows counts (outputs); otherwise what was asked for (inputs)."""
    if state is None:
        return None
    inputs, outputs = state.inputs or {}, state.outputs or {}
    properties = {**inputs, **outputs} if live else {**outputs, **inputs}
    return Side.of(state.id, properties) if "payload" in properties else None


def _equal(old: Side | None, new: Side) -> bool:
    return old is not None and old.payload == new.payload


def _changed(metadata: StepEventMetadata) -> tuple[str, ...]:
    paths = metadata.detailed_diff or {}
    return tuple(path.removeprefix("payload.").removeprefix("payload") for path in paths)
