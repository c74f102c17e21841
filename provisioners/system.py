"""The contract of a system: what an entry point of the group `golive.systems` names."""

from __future__ import annotations

import os
import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any, ClassVar

from config.web_signs import WebSigns
from provisioners.authors import Asked, Authors
from provisioners.collection import Collection
from provisioners.errors import SystemFault
from provisioners.report import Report, nowhere
from provisioners.resource import Payload, Resource
from provisioners.run_file import SystemSettings
from provisioners.snapshot import Snapshot

if TYPE_CHECKING:
    from config.declaration import Declaration
    from config.findings import Finding
    from config.results.key_end import KeyEnd
    from config.results.look import LookDocument
    from config.results.reach import Reach
    from config.results.standing import LiveObject
    from provisioners.accounts import Accounts
    from provisioners.clocks import Clocks
    from provisioners.customers import Customers
    from provisioners.history import FieldPlace
    from provisioners.imports import Imports
    from provisioners.intent import Intent, SeatChanges
    from provisioners.issues import Issues
    from provisioners.organizations import Organizations
    from provisioners.people import LivePerson
    from provisioners.plans_seen import PlansSeen
    from provisioners.posts import Posts
    from provisioners.redirects import Redirects
    from provisioners.translation import Context, Names, Translation
    from provisioners.trial import Trials

ENTRY_POINTS = "golive.systems"
SANDBOX_TOKEN = "sandbox"  # noqa: S105 - the sandbox's own well-known token, good for nothing else


@dataclass(frozen=True)
class Account:
    """Which account the credentials open. `id` is what `expect:` is compared with."""

    id: str
    name: str
    user: str
    missing_rights: tuple[str, ...] = ()
    user_id: str = ""
    """The vendor's id of that user, where it is asked for."""
    rights: frozenset[str] | None = None
    """What the credentials allow, in the vendor's words; None where it does not say."""


@dataclass(frozen=True)
class RightsNeeded:
    """The vendor's word for a right → what it is for, in words. useful: rights without which all is set up all the
    same. how: where a person gives them."""

    needed: Mapping[str, str] = field(default_factory=dict)
    useful: Mapping[str, str] = field(default_factory=dict)
    how: str = ""


@dataclass
class Connection:
    """One environment's access to one system in one run."""

    instance: str
    settings: SystemSettings
    read_only: bool
    report: Report = nowhere
    stop: threading.Event = field(default_factory=threading.Event)
    snapshot: Snapshot | None = None
    """Where lists are kept while nothing is written, because several types stand in one list."""
    root: str = ""
    """The workspace's folder, for files that are sent as they are; empty where none is."""

    def token(self) -> str:
        """The token, read now. Raises SystemFault naming the variable to set."""
        named = self.settings.token
        if not named:
            raise SystemFault(
                "credentials",
                f"the token of {self.instance}",
                "this system takes a token and no `sign_in:`",
                "Write into the environment file:  token: env:NAME",
            )
        if named == SANDBOX_TOKEN and self.settings.sandbox:
            return SANDBOX_TOKEN
        what = f"the token of {self.instance}"
        return _sendable(_from_environment(named, what), named, what)

    def sign_in_value(self, name: str) -> str:
        """A value under `sign_in:`, read now where it names a variable. Raises SystemFault naming what is missing."""
        said = self.settings.sign_in.get(name)
        what = f"{name} of {self.instance}"
        if said is None:
            raise SystemFault(
                "credentials",
                what,
                "it is not said under `sign_in:`",
                "Write it into the environment file.",
            )
        return _from_environment(said, what) if said.startswith("env:") else said


def secret_value(named: str, what: str, *, sandbox: bool) -> str:
    """The value of a secret that is named as `env:NAME`.

    In the sandbox an unset variable, and the sandbox's own token, have the value `sandbox`; this is not for signing
    in to the sandbox itself (`Connection.token`). Raises SystemFault that names the variable.
    """
    if sandbox and not os.environ.get(named.removeprefix("env:"), "").strip():
        return SANDBOX_TOKEN
    return _from_environment(named, what)


def _from_environment(named: str, what: str) -> str:
    variable = named.removeprefix("env:")
    value = os.environ.get(variable, "").strip()
    if value:
        return value
    raise SystemFault(
        "credentials",
        what,
        f"the environment variable {variable} is not set",
        f"Set it and run the command again:  export {variable}=…",
    )


def _sendable(token: str, named: str, what: str) -> str:
    """The token as it is, where a header can carry it: visible ASCII. A password may be anything, a token may not.

    Raises SystemFault that names the variable and the place, and shows nothing of the token.
    """
    variable = named.removeprefix("env:")
    for place, character in enumerate(token, start=1):
        if "!" <= character <= "~":
            continue
        seen = "a line break or a space" if character.isspace() else "one that cannot be seen, or no plain letter"
        raise SystemFault(
            "credentials",
            what,
            f"character {place} in the environment variable {variable} cannot be part of a token: it is {seen}",
            f"Copy the token again, in one piece, and set it:  export {variable}=…",
        )
    return token


class System(ABC):
    """One vendor: its name, its types, its kinds. Stateless; everything of a run is in the connection."""

    name: ClassVar[str]
    """As environment files say it under `type:`, for example `zendesk`."""
    title: ClassVar[str]
    """As people say it, for example `Zendesk`."""
    role: ClassVar[str]
    """Which instance it serves by default: `helpdesk`, `crm`, `chat` or `tracker`."""
    acting: ClassVar[Mapping[str, str]] = {}
    """Kind → type of rules that act by themselves and are looked through where the files have none, too: those that
    are live are told of as any others that are not in the files."""

    people_in: ClassVar[tuple[str, ...]] = ()
    """Kinds that people belong to there; see `people`."""
    shows_people: ClassVar[bool] = False
    """Whether `people` says anything; what people belong to there may still be none of the kinds."""

    web_signs: ClassVar[WebSigns | None] = None
    """By what its parts are known on the client's pages; None for a system that shows customers none."""

    @abstractmethod
    def account(self, connection: Connection) -> Account:
        """Who we are there. Reads only. Raises SystemFault with code `credentials` or `unreachable`."""

    def rights_needed(self, declared: Declaration) -> RightsNeeded:
        """What the credentials must allow for what is declared. Makes no call."""
        return RightsNeeded()

    def account_id(self, said: str) -> str:
        """The id of an account, as `expect:` says it, in the form that `account` gives it."""
        return said

    @abstractmethod
    def collections(self, connection: Connection) -> Mapping[str, Collection]:
        """Every type of the system, by `Collection.type`. Makes no call."""

    @abstractmethod
    def translations(self) -> Sequence[Translation]:
        """The kinds that the system takes, in the order in which they are compiled."""

    def words(self, context: Context) -> Mapping[tuple[str, str], str]:
        """For `translation.Names.values`: (field as conditions write it, the vendor's value) → the YAML's word."""
        return {}

    def authors(self, connection: Connection, asked: Sequence[Asked], own_user: str) -> Authors:
        """Who changed objects by hand, where the vendor keeps that. Reads only, in few calls. own_user: golive's own
        user there (`Account.user_id`), whose run must not be taken for a person's change."""
        return Authors()

    def does(self, payload: Payload, names: Names) -> list[dict[str, Any]]:
        """What a live rule does, as the YAML would have it. payload: see `Collection.told`."""
        return []

    def sentence(self, field: str, operator: str, value: Any) -> str:
        """A well-known condition or action in the vendor's own words as people say it; empty for any other. operator:
        empty for an action; value: its first one."""
        return ""

    def cautions(self, connection: Connection, intent: Intent) -> list[str]:
        """What people should know of a system before a run, as lines; nothing of it stops the run. Reads only."""
        return []

    def asked(self, connection: Connection, intent: Intent) -> list[Finding]:
        """What the live account says against what a run would do, by rules of the system's catalogue that are
        `of_account`. An error keeps the run from sending anything. Reads only, in few calls."""
        return []

    def mails(self, type_: str, payload: Payload) -> int:
        """How many mails the vendor sends when such an object is made: an invitation, a verification. Makes no call."""
        return 0

    def seats(self, intent: Intent) -> SeatChanges:
        """Whose seat for agents a run would take, and whose it would give back; `standing` of a live person says under
        `seat` whether they have one. Makes no call."""
        from provisioners.intent import SeatChanges

        return SeatChanges()

    def reach(self, connection: Connection, intent: Intent) -> list[Reach]:
        """On how many tickets rules would act now that act by themselves on what is there already, of those that a run
        makes, changes or switches on; what deletes records for good is among them. Reads only."""
        return []

    def look(self, connection: Connection, account: Account) -> LookDocument | None:
        """The health page of an account; None where the system has none. Reads only. Raises SystemFault."""
        return None

    def plans_seen(self, connection: Connection) -> PlansSeen | None:
        """Which plans the account may have, by what it shows; None where the system cannot tell. Reads only. Raises
        SystemFault."""
        return None

    def customers(self, connection: Connection, context: Context) -> Customers | None:
        """The helpdesk's customers, for a soft launch; None where the system has none. Makes no call."""
        return None

    def organizations(self, connection: Connection, context: Context) -> Organizations | None:
        """The helpdesk's organizations, to be filled from a CRM; None for a system that has none. Makes no call."""
        return None

    def imports(self, connection: Connection) -> Imports | None:
        """The way in for history from another tool; None for a system that takes none in. Makes no call."""
        return None

    def import_fields(self, context: Context, live: Mapping[str, str]) -> dict[str, FieldPlace]:
        """Where the files' ticket fields are. live: key → id, of those that are there. Makes no call."""
        return {}

    def redirects(self, connection: Connection) -> Redirects | None:
        """Redirects of the help centre; None for a system that has none. Makes no call."""
        return None

    def accounts(self, connection: Connection, context: Context) -> Accounts | None:
        """The CRM's accounts; None for a system that is none. Makes no call."""
        return None

    def people(self, connection: Connection, names: Mapping[tuple[str, str], str]) -> list[LivePerson]:
        """Who has a user there, with what they belong to; nobody in a system that has no people. names: (type, id) →
        resource name of what golive looks after. Reads only. Raises SystemFault."""
        return []

    def beyond(self, connection: Connection) -> dict[str, int]:
        """What golive does not take over: people's word for several of a kind → how many there are. Reads only."""
        return {}

    def account_answer(self, connection: Connection, asked: str) -> Mapping[str, Any] | None:
        """What the account says of itself; see `config.results.standing.AccountQuestion`. None for what this system
        does not say. Reads only, in few calls. Raises SystemFault."""
        return None

    def answer_about(
        self, connection: Connection, asked: str, objects: Sequence[LiveObject]
    ) -> Mapping[str, Any] | None:
        """Like `account_answer`, for what is asked about live objects, ours and others'."""
        return self.account_answer(connection, asked)

    def trials(self, connection: Connection) -> Trials | None:
        """What it takes to try a channel of this helpdesk; None for a system that takes no customers' messages."""
        return None

    def clocks(self, connection: Connection) -> Clocks | None:
        """The SLA clocks of this helpdesk's tickets; None for a system that has none. Makes no call, and only reads."""
        return None

    def posts(self, connection: Connection) -> Posts | None:
        """What it takes to tell people something in this chat; None for a system that is none. Makes no call."""
        return None

    def calls_left(self, connection: Connection) -> str:
        """How many calls the account still takes, for a vendor that counts them by the day; empty for any other. Reads
        only, in one call. Raises SystemFault."""
        return ""

    def issues(self) -> Issues | None:
        """How tickets become issues of this tracker; None for a system that is none. Makes no call."""
        return None

    def way_in(self, connection: Connection) -> str:
        """What people should know of the way in which golive signs in; empty where that is fine. Makes no call."""
        return ""

    def key_end(self, settings: SystemSettings) -> KeyEnd | None:
        """When the way in which golive signs in stops by itself, as far as the vendor has said so. Makes no call."""
        return None

    def page(self, url: str, type_: str, identifier: str) -> str | None:
        """The object's page in the vendor's admin centre."""
        return None

    def list_page(self, url: str, kind: str) -> str | None:
        """The page of the vendor's admin centre that lists the objects of a kind."""
        return None

    def facts(self) -> dict[str, Any]:
        """Schema fragments and rules that the system adds; see `config.registry`."""
        return {}


def readable(instance: str, settings: SystemSettings) -> Mapping[str, Collection]:
    """An instance's collections, which can read and refuse to write."""
    return systems()[settings.type].collections(Connection(instance, settings, read_only=True))


def collection_of(resource: Resource, settings: Mapping[str, SystemSettings]) -> Collection:
    """What knows a resource's type at its vendor; it only reads."""
    return readable(resource.instance, settings[resource.instance])[resource.type]


def carries_data(resource: Resource, settings: Mapping[str, SystemSettings]) -> bool:
    """Whether people enter values into an object, which are lost with it."""
    return collection_of(resource, settings).carries_data


@cache
def systems() -> Mapping[str, System]:
    """Every installed system by name."""
    return {point.name: point.load() for point in entry_points(group=ENTRY_POINTS)}


@cache
def system_named(name: str) -> System:
    """One system, without loading the others. Raises SystemFault where none of that name is installed."""
    for point in entry_points(group=ENTRY_POINTS):
        if point.name == name:
            system: System = point.load()
            return system
    raise SystemFault(
        "not_found",
        f"system type {name!r}",
        "no such system is installed",
        "Correct `type:` in the environment file, or install the package that brings it.",
    )
