"""How a ticket becomes an issue: the call that a rule of the helpdesk makes to the tracker (escalations)."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar, TypeAlias

from config.declaration import Declaration
from config.findings import Finding
from config.kinds.engineering import Escalation
from config.rules.rule import Rule
from provisioners.collection import Collection
from provisioners.intent import Intent
from provisioners.run_file import SystemSettings

Body: TypeAlias = dict[str, Any]
"""JSON with the helpdesk's placeholders in its texts; `ref:<resource>` stands for the id of what the tracker has."""


@dataclass(frozen=True)
class Filled:
    """What fills the issue, in the helpdesk's placeholders.

    choose: from the tracker's word for each priority to a placeholder that becomes the one of the ticket's priority.
    """

    title: str
    description: str
    customer_impact: str
    link: str
    choose: Callable[[Mapping[str, str]], str]

    @property
    def text(self) -> str:
        """Everything that the issue says beside its fields."""
        return f"{self.description}\n\n{IMPACT}{self.customer_impact}\n\n{LINK}{self.link}"


IMPACT, LINK = "Customer impact: ", "Ticket: "
_TICKET = re.compile(rf"{LINK}\S*/tickets/(?P<number>\d+)")


@dataclass(frozen=True)
class MadeIssue:
    """An issue that golive's user has made, with the ticket that its text names. project: the key. at: ISO 8601 in
    UTC, to the second."""

    key: str
    project: str
    labels: tuple[str, ...]
    ticket: str
    at: str


def made_issues(found: Iterable[tuple[str, str, Iterable[str], str, str]]) -> dict[str, Any]:
    """The answer to what escalations have made. found: key, project's key, labels, text and time of issues; those
    whose text names no ticket were made for something else."""
    named = ((*each, _TICKET.search(each[3])) for each in found)
    return {
        "issues": [
            asdict(MadeIssue(key, project, tuple(labels), ticket["number"], _in_utc(at)))
            for key, project, labels, _, at, ticket in named
            if ticket
        ]
    }


def _in_utc(at: str) -> str:
    """A vendor's ISO 8601 time, of whatever zone, in UTC and to the second."""
    return f"{datetime.fromisoformat(at).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


@dataclass(frozen=True)
class SignIn:
    """How the call signs in. user: the name before the secret (basic); header: what the secret stands in, otherwise.
    secret: `env:NAME`."""

    secret: str
    user: str = ""
    header: str = ""


@dataclass(frozen=True)
class Call:
    """One call that makes an issue."""

    url: str
    sign_in: SignIn
    body: Body


@dataclass(frozen=True)
class Read:
    """A body read back. project, components, labels: `ref:<resource>` or ids (of labels also names, where the tracker
    knows no others). priorities: the placeholder that `Filled.choose` gave; word: from what stands in it to the
    tracker's word."""

    project: str
    text: str
    priorities: str
    issue_type: str = ""
    components: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    word: Callable[[str], str] = field(default=str)

    @property
    def description(self) -> str:
        return self.text.partition(f"\n\n{IMPACT}")[0]

    @property
    def customer_impact(self) -> str:
        return self.text.partition(f"\n\n{IMPACT}")[2].partition(f"\n\n{LINK}")[0]


ASKED = "asked of the account when planning"
"""Who decides what only the tracker can answer."""


def missing_projects(intent: Intent, rule: Rule, called: str, projects: Collection) -> Iterator[Finding]:
    """A finding for each project that is declared and is not there, which names those that are; they are read only
    where one is missing."""
    for missing in intent.missing:
        source = missing.source
        item = intent.declared.get(source.kind, source.key)
        if source.kind != "engineering_projects" or item is None:
            continue
        there = ", ".join(live.label for live in projects.list({})) or "none that golive's user may see"
        said = f"there is no {called} with the key {item.value.existing}; there is {there}"
        yield rule.found(item, ("existing",), said)


@dataclass(frozen=True)
class WayBack:
    """How the issue's status comes back to the ticket, which a person sets up. what: as the end of “what a person
    does”, in one line. steps: in the vendors' pages, one after the other; `FIELD` stands for the ticket field."""

    what: str
    steps: tuple[str, ...]


class CannotEscalate(Exception):
    """The tracker has no word for what an escalation says. The text is the reason, for a support lead."""


class Issues(ABC):
    """One tracker's way of making issues. `call` and `read` are each other's inverse."""

    tracker: ClassVar[str]
    """As people call it."""
    way_back: ClassVar[WayBack]
    quirks: ClassVar[Mapping[str, tuple[str, ...]]]
    """Kind → what a person should know of it, in sentences."""

    @abstractmethod
    def call(
        self, escalation: Escalation, filled: Filled, declared: Declaration, instance: str, settings: SystemSettings
    ) -> Call:
        """The call that makes the issue. instance: as the environment calls the tracker. Raises CannotEscalate."""

    @abstractmethod
    def read(self, body: Mapping[str, Any]) -> Read | None:
        """A body as it was sent; None where it is not this tracker's."""


def reference(instance: str, kind: str, key: str) -> str:
    """What stands in a body for the id of something in the tracker."""
    return f"ref:{instance}/{kind}/{key}"
