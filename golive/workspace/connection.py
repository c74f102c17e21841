"""Reach the systems of an environment: which answer, as whom, and whether they are the right accounts."""

from __future__ import annotations

import http.client
import json
import threading
import urllib.error
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

import yaml

from config.addresses import is_loopback
from config.environment import Environment, is_example_address
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault, of_system
from provisioners.errors import SystemFault
from provisioners.report import Report, nowhere
from provisioners.run_file import SystemSettings
from provisioners.system import Account, Connection, systems
from sandbox.process import open_locally

NOT_THERE = 404


@dataclass
class Reached:
    """The systems of an environment. `down`: instance → why it does not answer. `renamed`: instance → the account
    that earlier runs had, where the environment file expects the one that answers now."""

    settings: dict[str, SystemSettings]
    accounts: dict[str, Account] = field(default_factory=dict)
    down: dict[str, str] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)

    @property
    def said_of_renamed(self) -> list[str]:
        """One line for each account that is another from now on."""
        return [
            f"The account of {instance} was {old} and is {self.accounts[instance].id} from now on"
            for instance, old in self.renamed.items()
        ]

    @property
    def all_sandbox(self) -> bool:
        """Whether everything is the local sandbox, so that nobody can be harmed."""
        return bool(self.settings) and all(settings.sandbox for settings in self.settings.values())


def settings_of(environment: Environment) -> dict[str, SystemSettings]:
    """The systems' settings, in the order of the environment file. Raises Fault for an unknown product."""
    found: dict[str, SystemSettings] = {}
    for instance, entry in environment.systems.items():
        if entry.type not in systems():
            raise Fault(
                "unknown_system",
                f"The system `{instance}` is of type `{entry.type}`, which golive does not know.",
                where="stacks/",
                why=f"Installed are: {', '.join(sorted(systems()))}.",
                do="Correct `type:` in the environment file.",
                exits=Exit.USAGE,
            )
        answers = is_loopback(entry.url) and sandbox_answers(entry.url)
        claimed = entry.token == "sandbox"  # noqa: S105 - a word, not a secret
        if claimed and not is_loopback(entry.url):
            raise _sandbox_token(instance, entry.url, "its address is not this machine")
        if claimed and answers is False:
            raise _sandbox_token(instance, entry.url, "what answers at its address is not the sandbox")
        sandbox = claimed or bool(answers)
        found[instance] = SystemSettings(
            entry.type,
            entry.url.rstrip("/"),
            entry.token or "",
            entry.plan,
            entry.calls_per_minute,
            sandbox,
            entry.sign_in.values if entry.sign_in else {},
            entry.user or "",
            entry.seats,
        )
    return found


def only_sandbox(environment: Environment) -> bool:
    """Whether all systems of an environment are the local sandbox. Raises Fault for an unknown product."""
    settings = settings_of(environment)
    return bool(settings) and all(each.sandbox for each in settings.values())


def _sandbox_token(instance: str, url: str, why_not: str) -> Fault:
    return Fault(
        "sandbox_token",
        f"`{instance}` names the sandbox's token, and {why_not}.",
        where=url,
        why="The word `sandbox` opens the local sandbox only.",
        do="Name the variable that holds the token:  token: env:NAME",
        exits=Exit.USAGE,
    )


def sandbox_answers(url: str) -> bool | None:
    """Whether it is golive's own sandbox that answers at an address; None where nobody answers."""
    parts = urlsplit(url)
    try:
        with open_locally(f"http://{parts.netloc}/sandbox", 2) as answer:
            return "golive_sandbox" in json.load(answer)
    except (urllib.error.HTTPError, http.client.HTTPException, ValueError):
        return False
    except OSError:
        return None


def reach(
    settings: dict[str, SystemSettings],
    expect: Mapping[str, str],
    remembered: Mapping[str, str],
    stop: threading.Event | None = None,
    report: Report = nowhere,
) -> Reached:
    """Ask every system who we are there, all at once, reading only.

    expect: instance → account that the environment expects. remembered: the same of earlier runs. stop: ends all
    waiting once it is set. report: told of each call. Raises Fault for missing or wrong credentials, for an address
    that is none of the system's, and for another account than the environment expects or earlier runs had.
    """
    reached = Reached(settings)
    if not reached.settings:
        return reached
    with ThreadPoolExecutor(len(reached.settings)) as threads:
        answers = {
            instance: threads.submit(account_of, instance, settings, stop, report)
            for instance, settings in reached.settings.items()
        }
    for instance, answer in answers.items():
        place = f"{instance} at {reached.settings[instance].url}"
        try:
            account = answer.result()
        except SystemFault as fault:
            if fault.code in ("credentials", "wrong_account", "wrong_address"):
                raise of_system(fault, place) from fault
            reached.down[instance] = fault.why
            continue
        reached.accounts[instance] = account
        expected = expect.get(instance)
        known = remembered.get(instance)
        check_expected(instance, account, expected, reached.settings[instance], place)
        if known is not None and account.id != known:
            if expected is None:
                raise _wrong_account(instance, account, known, "earlier runs had", place)
            reached.renamed[instance] = known
    return reached


def check_expected(instance: str, account: Account, expected: str | None, settings: SystemSettings, place: str) -> None:
    """Whether it is the account that the environment file expects, if it expects one. Raises Fault."""
    if expected is not None and account.id != systems()[settings.type].account_id(expected):
        raise _wrong_account(instance, account, expected, "the environment file expects", place)


def account_of(
    instance: str, settings: SystemSettings, stop: threading.Event | None = None, report: Report = nowhere
) -> Account:
    """Who we are in a system; reads only. Raises SystemFault: with the system's name and the token's variable where
    the token is missing or wrong, `wrong_address` where everything that every account answers is unknown there."""
    connection = Connection(instance, settings, read_only=True, report=report, stop=stop or threading.Event())
    return account_through(connection)


def account_through(connection: Connection) -> Account:
    """`account_of` for a connection that is there already."""
    instance, settings = connection.instance, connection.settings
    system = systems()[settings.type]
    if is_example_address(settings.url):
        raise SystemFault(
            "wrong_address",
            f"The address of {instance} is still the example's",
            f"{settings.url} belongs to nobody, and is not tried",
            f"Write the client's own address into `url:` of {instance} in the environment file.",
        )
    try:
        return system.account(connection)
    except SystemFault as fault:
        if fault.code == "credentials" and fault.status is None:
            raise replace(fault, what=f"golive cannot sign in to {system.title}") from fault
        if fault.status == NOT_THERE:
            raise SystemFault(
                "wrong_address",
                f"There is no {system.title} at the address of {instance}",
                f"{settings.url} knows none of {system.title}'s calls ({fault.why})",
                f"Correct `url:` of {instance} in the environment file.",
                status=fault.status,
            ) from fault
        if fault.code != "credentials":
            raise
        named = settings.token.startswith("env:")
        token = f"the token in {settings.token.removeprefix('env:')}" if named else "the sandbox's token"
        token = "the sign-in" if settings.sign_in else token
        raise replace(fault, what=f"{system.title} does not accept {token}") from fault


def in_one_line(said: Mapping[str, str]) -> str:
    """Words as the environment file takes them, between braces: `{crm: '24160387', chat: T07QUAYSIDE}`."""
    return str(yaml.safe_dump(dict(said), default_flow_style=True, sort_keys=False, width=10_000)).strip()


def _wrong_account(instance: str, account: Account, other: str, who: str, place: str) -> Fault:
    return Fault(
        "wrong_account",
        f"The credentials of {instance} open another account: {account.id}, and {who} {other}.",
        where=place,
        why="golive writes only into the account that it knows.",
        do=f"Correct the address or the token; or, if it is the same client's, write into the environment file:  "
        f"expect: {in_one_line({instance: account.id})}",
        exits=Exit.CREDENTIALS,
    )
