"""A workspace opened for its gates: environment, checklist, log, and who acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import click

from checklists.book import Book, read_book
from checklists.checklist import Checklist, Listed
from checklists.circumstances import Circumstances
from checklists.loading import LoadedChecklist, with_people
from checklists.people import roles_of
from checklists.project import Participant
from config.results.log_entry import Actor
from config.words import did_you_mean, suggestion
from golive import clock
from golive.gates.identity import acting_person, can_practise
from golive.gates.proofs import proofs, sign
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.workspace.checking import checked_checklist
from golive.workspace.connection import only_sandbox
from golive.workspace.log_history import check_committed
from golive.workspace.logbook import Logbook
from golive.workspace.opening import Invalid, Opened, open_environment


@dataclass(frozen=True)
class OpenedGates:
    """Everything that a verb about gates begins with. Calls nobody."""

    opened: Opened
    loaded: LoadedChecklist
    logbook: Logbook

    @property
    def checklist(self) -> Checklist:
        return self.loaded.checklist

    @property
    def people(self) -> Mapping[str, Participant]:
        return with_people(self.checklist, self.opened.loaded.declaration)

    @property
    def book(self) -> Book:
        """What the log comes to. Raises Fault where it cannot be relied on."""
        return read_book(self.logbook.read())

    @property
    def now(self) -> datetime:
        """The time that counts."""
        return self.book.now(clock.now())

    @property
    def known(self) -> Circumstances:
        """What says whose entries of the log count: people, roles and signatures. Nothing else was looked at."""
        book, people = self.book, self.people
        return Circumstances(
            now=book.now(clock.now()),
            checklist=self.checklist,
            declaration=self.opened.loaded.declaration,
            book=book,
            people=people,
            proofs=proofs(self.opened.workspace.root, book, people, self.checklist.signatures),
            practice=can_practise(self.opened.environment),
        )

    def holders(self) -> dict[str, list[str]]:
        """Role → who has it now, by name."""
        known = self.known
        roles = dict.fromkeys(role for person in known.people.values() for role in person.roles)
        return {role: [known.people[key].name or key for key in known.asked({role})] for role in roles}

    @property
    def all_sandbox(self) -> bool:
        """Whether everything here is the local sandbox."""
        return only_sandbox(self.opened.environment)

    def me(self, practises_as: str | None) -> Actor:
        """Who acts now, with the roles that are lent to them today. Raises Fault for strangers."""
        people = self.people
        found = acting_person(self.opened.workspace.root, people, practises_as, self.opened.environment)
        lent = roles_of(people, found.key, self.now) - set(found.roles)
        return replace(found, roles=(*found.roles, *sorted(lent)))

    def signature(self) -> Callable[[str], str] | None:
        """What signs entries, where this project asks for it."""
        rules = self.checklist.signatures
        if not (rules.required or rules.allowed_signers):
            return None
        root: Path = self.opened.workspace.root
        return lambda text: sign(root, text)

    def item(self, word: str) -> Listed:
        """The item of a key or id. Raises Fault."""
        found = self.checklist.find(word)
        if found is not None:
            return found
        asks = self._items_of_condition(word)
        if asks:
            raise Fault(
                "condition",
                f"{word} is a condition of a gate, and asks for: {', '.join(asks)}.",
                do=f"See one of them:  golive gate explain {asks[0]}{self.opened.option}",
                exits=Exit.USAGE,
            )
        known = [*self.checklist.items, *filter(None, (each.item.id for each in self.checklist.items.values()))]
        raise Fault(
            "no_item",
            f"The checklist has no item `{word}`.",
            do=suggestion(word, known, f"See them:  golive gate status --all{self.opened.option}"),
            exits=Exit.USAGE,
        )

    def _items_of_condition(self, word: str) -> list[str]:
        conditions = [each for gate in self.checklist.gates.values() for _, _, each in gate.conditions()]
        return next((list(each.items) for each in conditions if each.id and each.id.lower() == word.lower()), [])

    def gate(self, word: str) -> str:
        """The gate of a phase. Raises Fault."""
        if word in self.checklist.gates:
            return word
        known = list(self.checklist.gates)
        raise Fault(
            "no_gate",
            f"There is no gate `{word}`.",
            do=did_you_mean(word.replace("-", "_"), known, f"There are {', '.join(known)}."),
            exits=Exit.USAGE,
        )


def open_gates(ctx: click.Context, environment: str | None) -> OpenedGates:
    """Workspace, environment, declaration and checklist. Raises Fault; `Invalid` where there are errors."""
    opened = open_environment(ctx.obj["folder"], environment)
    loaded = checked_checklist(opened.workspace, [opened.loaded])
    if loaded.errors:
        raise Invalid(loaded.findings)
    logbook = Logbook(opened.workspace.root, opened.environment_name)
    check_committed(logbook, logbook.read())
    return OpenedGates(opened, loaded, logbook)
