"""Systems reached for a verb that reads or writes records beside the engine: accounts, customers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from pulumi.automation import Deployment

from golive.runs.engine import check_lock, engine_faults, engine_ready, open_stack
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault, of_system
from golive.terminal.screen import Screen
from golive.workspace.connection import Reached, reach, settings_of
from golive.workspace.embedded import ensure_sandbox
from golive.workspace.hosts import check_hosts
from golive.workspace.opening import Opened
from provisioners.errors import SystemFault
from provisioners.people import LivePerson
from provisioners.report import Report
from provisioners.run_file import SystemSettings
from provisioners.system import Connection, System, systems
from provisioners.translation import Context
from stacks.interruption import Interruption
from stacks.record import Record
from stacks.state import known, names_by_id, record


@dataclass
class Reading:
    """Some systems of an environment, each seen to be the right account. calls: made so far, by instance."""

    opened: Opened
    settings: Mapping[str, SystemSettings]
    """Of the whole environment."""
    reached: Reached
    state: Deployment
    record: Record
    report: Report
    interruption: Interruption
    calls: Counter[str] = field(default_factory=Counter)

    def vendor(self, instance: str) -> str:
        """The product behind an instance, as people say it."""
        return systems()[self.settings[instance].type].title

    @property
    def people_in(self) -> dict[str, tuple[str, ...]]:
        """Instance → kinds that people belong to there."""
        return {instance: systems()[each.type].people_in for instance, each in self.settings.items()}

    def context(self, instance: str) -> Context:
        """What translations of that instance may ask."""
        return Context(
            self.opened.loaded.declaration,
            instance,
            self.settings[instance],
            self.settings,
            phase=self.record.phase,
            known=known(self.state),
        )

    def connection(
        self, instance: str, *, writes: bool = False, interruption: Interruption | None = None
    ) -> Connection:
        """A way to the instance. interruption: what stops it, where another than that of the reading does."""
        stop = (interruption or self.interruption).stopped
        settings = self.settings[instance]
        return Connection(instance, settings, read_only=not writes, report=self.report, stop=stop)


def open_reading(
    opened: Opened,
    screen: Screen,
    interruption: Interruption,
    report: Report,
    instances: Collection[str],
    *,
    writes: bool,
    needs_all: bool = True,
) -> Reading:
    """Sign in to these systems and see that they are the right accounts. Reads only. Raises Fault.

    report: told of each call. writes: the verb is going to change something, so that no other run may be at work.
    needs_all: whether it is a fault, too, where one of them does not answer.
    """
    settings = settings_of(opened.environment)
    own = {instance: settings[instance] for instance in instances}
    engine_ready(screen)
    ensure_sandbox(opened.workspace, opened.environment, screen)
    with engine_faults(interruption, opened.option):
        engine = open_stack(opened, screen, interruption)
        state = engine.trusted_state()
        if writes:
            check_lock(engine)
        interruption.check()
    remembered = record(state)
    check_hosts(own, screen)
    calls: Counter[str] = Counter()

    def count(event: str, facts: Mapping[str, Any]) -> None:
        calls[facts.get("system", "")] += event == "call"
        report(event, facts)

    reached = reach(own, opened.environment.expect, remembered.accounts, interruption.stopped, count)
    if interruption.noted:
        raise Fault(
            "cancelled",
            "Stopped while the systems were asked. Nothing was changed.",
            do="What was read and done before is kept: run the same command again.",
            exits=Exit.CANCELLED,
        )
    for instance, why in reached.down.items() if needs_all else ():
        raise Fault(
            "unreachable",
            f"{systems()[settings[instance].type].title} does not answer; nothing was changed.",
            where=settings[instance].url,
            why=why,
            do="Run the command again in a moment.",
            exits=Exit.FAILED,
        )
    return Reading(opened, settings, reached, state, remembered, count, interruption, calls)


def instance_with(opened: Opened, ability: str) -> str | None:
    """The instance whose system has that of the contract's methods, `customers`; None where none has."""
    for instance, each in settings_of(opened.environment).items():
        if getattr(type(systems()[each.type]), ability) is not getattr(System, ability):
            return instance
    return None


@contextmanager
def system_faults(where: str) -> Iterator[None]:
    """A system's faults as the verb's own end."""
    try:
        yield
    except SystemFault as fault:
        if fault.code == "stopped":
            raise Fault("cancelled", "Cancelled. Nothing was changed.", exits=Exit.CANCELLED) from fault
        raise of_system(fault, where) from fault


def open_people(
    opened: Opened, screen: Screen, interruption: Interruption, report: Report
) -> tuple[Reading, dict[str, list[LivePerson]], dict[str, str], dict[tuple[str, str], str]]:
    """The people of every system that has some, by instance; why others were not read; (type, id) → resource name of
    what golive looks after. Reads only. Raises Fault."""
    settings = settings_of(opened.environment)
    with_people = [name for name, each in settings.items() if systems()[each.type].shows_people]
    reading = open_reading(opened, screen, interruption, report, with_people, writes=False, needs_all=False)
    names = names_by_id(reading.state)
    live: dict[str, list[LivePerson]] = {}
    not_read = dict(reading.reached.down)
    for instance in with_people:
        if instance in not_read:
            continue
        try:
            live[instance] = systems()[settings[instance].type].people(reading.connection(instance), names)
        except SystemFault as fault:
            if fault.code == "stopped":
                raise Fault("cancelled", "Cancelled. Nothing was changed.", exits=Exit.CANCELLED) from fault
            not_read[instance] = f"{fault.why.rstrip('.')}. {fault.do}".strip()
    return reading, live, not_read, names
