"""The helpdesk to which a migration goes, with the ledger of what went there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.declaration import Declaration
from golive.migrating.opening import OpenedMigration
from golive.runs.reading import Reading, instance_with, open_reading
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.screen import Screen
from golive.workspace.opening import Opened
from migrations.declared.reading import FOLDER
from migrations.ledger.database import AtWork
from migrations.ledger.ledger import Ledger
from migrations.sending.places import Places
from provisioners.imports import Imports
from provisioners.report import Report
from provisioners.resource import ResourceName
from provisioners.system import systems
from stacks.interruption import Interruption
from stacks.state import ids


@dataclass
class Target:
    """A helpdesk that takes history in. places: where what the files declare is there."""

    reading: Reading
    instance: str
    places: Places

    @property
    def title(self) -> str:
        return self.reading.vendor(self.instance)

    @property
    def declared(self) -> Declaration:
        return self.reading.opened.loaded.declaration

    @property
    def account(self) -> str:
        """The account's id."""
        return self.reading.reached.accounts[self.instance].id

    @property
    def where(self) -> str:
        """For faults: which system."""
        return f"{self.instance} at {self.reading.settings[self.instance].url}"

    def imports(self, *, writes: bool, interruption: Interruption | None = None) -> Imports:
        """The way in. interruption: what stops it, where it is to be written."""
        connection = self.reading.connection(self.instance, writes=writes, interruption=interruption)
        found = systems()[connection.settings.type].imports(connection)
        assert found is not None  # noqa: S101 - `open_target` has chosen it for that
        return found


def open_target(
    migration: OpenedMigration,
    opened: Opened,
    screen: Screen,
    interruption: Interruption,
    report: Report,
    *,
    writes: bool = False,
) -> Target:
    """Sign in to the helpdesk that the migration names, and see that it is the right account. Raises Fault."""
    instance = migration.declared.to or instance_with(opened, "imports")
    if instance is None or instance not in opened.environment.systems:
        known = ", ".join(opened.environment.systems)
        raise Fault(
            "no_target",
            f"In {opened.environment_name} there is no helpdesk that takes history in.",
            where=migration.file,
            why=f"`to` says {instance}; the environment has {known}." if instance else f"The environment has {known}.",
            do="Say  to: helpdesk  as the environment's file calls it.",
            exits=Exit.USAGE,
        )
    reading = open_reading(opened, screen, interruption, report, [instance], writes=writes)
    return Target(reading, instance, _places(reading, instance))


def _places(reading: Reading, instance: str) -> Places:
    """Groups, people and fields of the files that are there, by what the last runs have noted."""
    live = ids(reading.state)
    declared = reading.opened.loaded.declaration

    def of(kind: str) -> dict[str, str]:
        named = ((key, str(ResourceName(instance, kind, key))) for key in declared.of(kind))
        return {key: live[name] for key, name in named if name in live}

    system = systems()[reading.settings[instance].type]
    fields = system.import_fields(reading.context(instance), of("ticket_fields"))
    return Places(of("groups"), of("people"), fields)


def ledger_path(root: Path, key: str, environment: str) -> Path:
    """Where it is written what went from a source to an environment."""
    return root / FOLDER / "ledger" / f"{key}.{environment}.sqlite"


@contextmanager
def open_ledger(migration: OpenedMigration, environment: str) -> Iterator[Ledger]:
    """The ledger, for this process alone. Raises Fault."""
    path = ledger_path(migration.workspace.root, migration.key, environment)
    try:
        with closing(Ledger(path)) as ledger:
            yield ledger
    except AtWork:
        who = migration.at_work()
        raise Fault(
            "at_work",
            f"Another run of {migration.declared.name} is at work.",
            where=migration.workspace.show(path),
            why=f"Two at once would send the same twice.{f' At work: {who}.' if who else ''}",
            do="Wait for its end. Where it has died, the ledger is free again by itself.",
            exits=Exit.FAILED,
        ) from None


def check_account(ledger: Ledger, target: Target, migration: OpenedMigration) -> None:
    """The ledger belongs to the account that answers. Raises Fault."""
    held = ledger.account()
    if held and held != target.account:
        raise Fault(
            "wrong_account",
            f"What {migration.declared.name} has sent so far is in {held}, and this is {target.account}.",
            where=migration.workspace.show(ledger.path),
            why="The ids in the ledger mean nothing in another account.",
            do="Name the right account in the environment's file, or use an environment of its own for this one.",
            exits=Exit.CREDENTIALS,
        )
