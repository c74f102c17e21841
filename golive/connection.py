"""Reach the systems of an environment: which answer, as whom, and whether they are the right accounts."""

from __future__ import annotations

import http.client
import ipaddress
import json
import threading
import urllib.error
import urllib.request
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from config.environment import Environment
from golive.exits import Exit
from golive.fault import Fault, of_system
from provisioners.errors import SystemFault
from provisioners.run_file import SystemSettings
from provisioners.system import Account, Connection, systems


@dataclass
class Reached:
    """The systems of an environment. `down`: instance → why it does not answer."""

    settings: dict[str, SystemSettings]
    accounts: dict[str, Account] = field(default_factory=dict)
    down: dict[str, str] = field(default_factory=dict)

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
            entry.type, entry.url.rstrip("/"), entry.token, entry.plan, entry.calls_per_minute, sandbox
        )
    return found


def _sandbox_token(instance: str, url: str, why_not: str) -> Fault:
    return Fault(
        "sandbox_token",
        f"`{instance}` names the sandbox's token, and {why_not}.",
        where=url,
        why="The word `sandbox` opens the local sandbox only.",
        do="Name the variable that holds the token:  token: env:NAME",
        exits=Exit.USAGE,
    )


def is_loopback(url: str) -> bool:
    """Whether an address is this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def sandbox_answers(url: str) -> bool | None:
    """Whether it is golive's own sandbox that answers at an address; None where nobody answers."""
    parts = urlsplit(url)
    try:
        with urllib.request.urlopen(f"http://{parts.netloc}/sandbox", timeout=2) as answer:
            return "golive_sandbox" in json.load(answer)
    except (urllib.error.HTTPError, http.client.HTTPException, ValueError):
        return False
    except OSError:
        return None


def reach(environment: Environment, remembered: Mapping[str, str]) -> Reached:
    """Ask every system who we are there, all at once, reading only.

    remembered: instance → account id of earlier runs. Raises Fault for missing or wrong credentials and for
    another account than the environment expects or earlier runs had.
    """
    reached = Reached(settings_of(environment))
    if not reached.settings:
        return reached
    with ThreadPoolExecutor(len(reached.settings)) as threads:
        answers = {
            instance: threads.submit(account_of, instance, settings) for instance, settings in reached.settings.items()
        }
    for instance, answer in answers.items():
        place = f"{instance} at {reached.settings[instance].url}"
        try:
            account = answer.result()
        except SystemFault as fault:
            if fault.code in ("credentials", "wrong_account"):
                raise of_system(fault, place) from fault
            reached.down[instance] = fault.why
            continue
        reached.accounts[instance] = account
        expected = environment.expect.get(instance)
        known = remembered.get(instance)
        same = systems()[reached.settings[instance].type].account_id
        if expected is not None and account.id != same(expected):
            raise _wrong_account(instance, account, expected, "the environment file expects", place)
        if known is not None and account.id != known:
            raise _wrong_account(instance, account, known, "earlier runs had", place)
    return reached


def account_of(instance: str, settings: SystemSettings) -> Account:
    """Who we are in a system; reads only. Raises SystemFault, which names the token's variable where it is wrong."""
    connection = Connection(instance, settings, read_only=True, stop=threading.Event())
    try:
        return systems()[settings.type].account(connection)
    except SystemFault as fault:
        variable = settings.token.removeprefix("env:")
        named = settings.token.startswith("env:")
        if fault.code == "credentials" and named and variable not in fault.why + fault.do:
            raise replace(fault, do=f"{fault.do} The token stands in the variable {variable}.".strip()) from fault
        raise


def _wrong_account(instance: str, account: Account, other: str, who: str, place: str) -> Fault:
    return Fault(
        "wrong_account",
        f"The credentials of {instance} open another account: {account.id}, and {who} {other}.",
        where=place,
        why="golive writes only into the account that it knows.",
        do="Correct the address or the token; or, if the account is meant, `expect:` in the environment file.",
        exits=Exit.CREDENTIALS,
    )
