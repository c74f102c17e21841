"""The soft launch of an environment: what is declared of it, and the helpdesk whose customers it is about."""

from __future__ import annotations

from collections import Counter
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime

from config.cohort import Membership
from config.declaration import Declared
from config.kinds.rollout import Cohort, SoftLaunch
from config.results.cohort import CohortAction, CohortDocument, TicketCount
from golive.launch.census import Census
from golive.runs.reading import Reading, instance_with, open_reading, system_faults
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.screen import Screen
from golive.workspace.opening import Opened
from provisioners.customers import Customers, MarkState
from provisioners.report import Report
from provisioners.run_file import SystemSettings
from provisioners.system import Connection, systems
from provisioners.translation import Context
from stacks.interruption import Interruption


@dataclass
class Launch:
    """A declared soft launch with its helpdesk reached."""

    reading: Reading
    item: Declared
    instance: str
    context: Context
    customers: Customers
    """For reading alone."""

    @property
    def opened(self) -> Opened:
        return self.reading.opened

    @property
    def settings(self) -> SystemSettings:
        """Those of the helpdesk."""
        return self.reading.settings[self.instance]

    @property
    def calls(self) -> Counter[str]:
        """Made so far, by system."""
        return self.reading.calls

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
        connection = self.reading.connection(self.instance, writes=True, interruption=interruption)
        return _customers(connection, self.context)

    @property
    def vendor(self) -> str:
        """The product, as people say it."""
        return self.reading.vendor(self.instance)

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

    def faults(self) -> AbstractContextManager[None]:
        """The helpdesk's faults as the verb's own end."""
        return system_faults(f"{self.instance} at {self.settings.url}")


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
    instance = instance_with(opened, "customers")
    if instance is None:
        raise _no_helpdesk(opened)
    reading = open_reading(opened, screen, interruption, report, [instance], writes=writes)
    context = reading.context(instance)
    return Launch(reading, item, instance, context, _customers(reading.connection(instance), context))


def _customers(connection: Connection, context: Context) -> Customers:
    customers = systems()[connection.settings.type].customers(connection, context)
    assert customers is not None  # noqa: S101 - `instance_with` has chosen it for that
    return customers


def _no_helpdesk(opened: Opened) -> Fault:
    return Fault(
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
