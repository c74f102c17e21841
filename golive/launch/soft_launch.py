"""The soft launch of an environment: what is declared of it, and the helpdesk whose customers it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from config.cohort import Membership
from config.declaration import Declared
from config.kinds.rollout import Cohort, SoftLaunch
from config.results.cohort import CohortAction, CohortDocument, TicketCount
from golive.launch.census import Census
from golive.runs.engine import check_lock, engine_faults, engine_ready, open_stack
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault, of_system
from golive.terminal.screen import Screen
from golive.workspace.connection import reach, settings_of
from golive.workspace.embedded import ensure_sandbox
from golive.workspace.hosts import check_hosts
from golive.workspace.opening import Opened
from provisioners.customers import Customers, MarkState
from provisioners.errors import SystemFault
from provisioners.report import Report
from provisioners.run_file import SystemSettings
from provisioners.system import Connection, System, systems
from provisioners.translation import Context
from stacks.interruption import Interruption
from stacks.state import known, record


@dataclass
class Launch:
    """A declared soft launch with its helpdesk reached. report: told of each call. calls: made so far, by system."""

    opened: Opened
    item: Declared
    instance: str
    settings: SystemSettings
    context: Context
    customers: Customers
    """For reading alone."""
    report: Report
    calls: Counter[str] = field(default_factory=Counter)

    @property
    def soft_launch(self) -> SoftLaunch:
        found: SoftLaunch = self.item.value.soft_launch
        return found

    @property
    def cohort(self) -> Cohort:
        assert self.soft_launch.cohort is not None  # noqa: S101 - `declared` has looked
        return self.soft_launch.cohort

    @property
    def membership(self) -> Membership:
        return Membership(self.cohort)

    @property
    def phase(self) -> str:
        """The phase that the environment is in."""
        return self.context.phase

    def marking(self, interruption: Interruption) -> Customers:
        """The same customers, to be marked."""
        connection = Connection(
            self.instance, self.settings, read_only=False, report=self.report, stop=interruption.stopped
        )
        return _customers(connection, self.context)

    @property
    def vendor(self) -> str:
        """The product, as people say it."""
        return systems()[self.settings.type].title

    @property
    def segments(self) -> dict[str, str]:
        """Key of each segment → its name, in the order of the files."""
        return {key: item.name for key, item in self.opened.loaded.declaration.of("segments").items()}

    @property
    def said(self) -> str:
        """Who is meant to be in it: `15% of all`, `all of Enterprise`."""
        if self.cohort.segment is not None:
            return f"all of {self.segments.get(self.cohort.segment, self.cohort.segment)}"
        return f"{self.cohort.share} of all" if self.cohort.share else "nobody but who is named"

    def mark(self) -> MarkState:
        """How it is with the mark. Raises Fault."""
        with self.faults():
            return self.customers.mark()

    @contextmanager
    def faults(self) -> Iterator[None]:
        """The helpdesk's faults as the verb's own end."""
        try:
            yield
        except SystemFault as fault:
            if fault.code == "stopped":
                raise Fault("cancelled", "Cancelled. Nothing was changed.", exits=Exit.CANCELLED) from fault
            raise of_system(fault, f"{self.instance} at {self.settings.url}") from fault


def declared(opened: Opened) -> Declared:
    """What the files say of the rollout. Raises Fault where they say nobody who is in a soft launch."""
    item = opened.loaded.declaration.get("rollout", "rollout")
    launch = item.value.soft_launch if item is not None else None
    if item is None or launch is None or launch.cohort is None:
        raise Fault(
            "no_cohort",
            "These files say nobody who is in a soft launch.",
            where=str(item.position) if item else "config/",
            do="Say it:  rollout: {soft_launch: {cohort: {share: 15%, internal: [your.domain]}}}",
            exits=Exit.USAGE,
        )
    if item.value.by_hand:
        raise Fault(
            "by_hand",
            "The rollout is done by hand, and golive neither makes the mark nor sets it.",
            where=str(item.at("by_hand")),
            do="Take `by_hand` out, if golive is to do it.",
            exits=Exit.USAGE,
        )
    return item


def open_launch(opened: Opened, screen: Screen, interruption: Interruption, report: Report, *, writes: bool) -> Launch:
    """Sign in to the helpdesk and see that it is the right account. Reads only. Raises Fault.

    report: told of each call. writes: the verb is going to change something, so that no other run may be at work.
    """
    item = declared(opened)
    settings = settings_of(opened.environment)
    instance = _helpdesk(opened, settings)
    own = {instance: settings[instance]}
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
        calls[instance] += event == "call"
        report(event, facts)

    reached = reach(own, opened.environment.expect, remembered.accounts, interruption.stopped, count)
    if instance in reached.down:
        raise Fault(
            "unreachable",
            f"{systems()[settings[instance].type].title} does not answer; nothing was changed.",
            where=settings[instance].url,
            why=reached.down[instance],
            do="Run the command again in a moment.",
            exits=Exit.FAILED,
        )
    connection = Connection(instance, own[instance], read_only=True, report=count, stop=interruption.stopped)
    context = Context(
        opened.loaded.declaration, instance, own[instance], settings, phase=remembered.phase, known=known(state)
    )
    return Launch(opened, item, instance, own[instance], context, _customers(connection, context), count, calls)


def _customers(connection: Connection, context: Context) -> Customers:
    customers = systems()[connection.settings.type].customers(connection, context)
    assert customers is not None  # noqa: S101 - `_helpdesk` has chosen it for that
    return customers


def _helpdesk(opened: Opened, settings: Mapping[str, SystemSettings]) -> str:
    """The instance whose customers a soft launch is about. Raises Fault."""
    for instance, each in settings.items():
        if type(systems()[each.type]).customers is not System.customers:
            return instance
    raise Fault(
        "no_helpdesk",
        f"The environment `{opened.environment_name}` has no helpdesk with customers.",
        where=f"stacks/Pulumi.{opened.environment_name}.yaml",
        do="Name another environment with -e.",
        exits=Exit.USAGE,
    )


def document_of(
    launch: Launch,
    action: CohortAction,
    census: Census,
    mark: MarkState,
    *,
    tickets: TicketCount | None = None,
    not_read: str = "",
) -> CohortDocument:
    """What every verb of the cohort says."""
    return CohortDocument(
        environment=launch.opened.environment_name,
        system=launch.instance,
        action=action,
        stage=census.stage,
        declared=launch.said,
        phase=launch.phase,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        mark=mark,
        organizations=census.counted,
        segments=census.by_segment(launch.segments) if launch.customers.segment_field else [],
        tickets=tickets,
        not_read=not_read,
        not_found=census.not_found,
        calls=dict(launch.calls),
    )
