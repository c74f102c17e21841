"""Which account `golive look` reads: one that the command line names, or the helpdesk of an environment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from config.addresses import is_loopback
from config.environment import Environment
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.screen import Screen
from golive.workspace.connection import settings_of
from golive.workspace.embedded import ensure_sandbox
from golive.workspace.hosts import check_hosts
from golive.workspace.opening import Invalid, environment_name, open_workspace
from provisioners.run_file import SystemSettings
from provisioners.system import System, systems

_NAMED = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]*|sandbox")
EXAMPLE = "https://acme.zendesk.com"
SECRET = ("token", "client_secret", "refresh_token")
SIGN_IN = ("client_id", "client_secret", "refresh_token")
_HOW = "Name the variable that holds the token:  --token env:ZENDESK_TOKEN  (or --client-id and --client-secret)"
_HOW_LOCALLY = "Say the word that every local sandbox takes:  --token sandbox"


@dataclass(frozen=True)
class Target:
    """An account to look at. expected: which account the environment file says that it must be. environment: its name,
    empty where the command line names the account."""

    instance: str
    settings: SystemSettings
    expected: str | None = None
    environment: str = ""
    production: bool = False

    @property
    def system(self) -> System:
        return systems()[self.settings.type]


def has_health_page(type_: str) -> bool:
    """Whether golive can look at accounts of a system."""
    return type_ in systems() and type(systems()[type_]).look is not System.look


def named_target(url: str, type_: str, said: Mapping[str, str | int | None]) -> Target:
    """The account that the command line names; it needs no workspace. said: the options beside it. Raises Fault."""
    if not has_health_page(type_):
        known = ", ".join(sorted(each for each in systems() if has_health_page(each)))
        raise _usage(f"golive has no health page for `{type_}`.", f"It has one for: {known}.")
    for name in SECRET:
        _check_named(name, said.get(name))
    address = url if "://" in url else f"https://{url}"
    if "@" in urlsplit(address).netloc:
        raise _usage("The address holds a name or password.", f"Write only the host:  --url {EXAMPLE}")
    host = urlsplit(address).hostname or ""
    if not ("." in host or ":" in host or host == "localhost"):
        example = f"https://{host}.zendesk.com" if re.fullmatch(r"[a-z0-9][a-z0-9-]*", host) else EXAMPLE
        raise _usage(f"`{url}` is no address.", f"Did you mean {example}?")
    entry: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
    entry |= {"type": type_, "url": address}
    sign_in = {name: entry.pop(name) for name in SIGN_IN if name in entry}
    if sign_in:
        entry["sign_in"] = sign_in
    elif "token" not in entry:
        raise _usage("How to sign in is not said.", _HOW_LOCALLY if is_loopback(address) else _HOW)
    instance = systems()[type_].role
    try:
        environment = Environment.model_validate({"state": "local", "systems": {instance: entry}})
    except ValidationError as wrong:
        first = wrong.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"][2:])
        raise _usage(f"This cannot be an account: {place}: {first['msg']}", "Look at  golive look --help") from None
    return Target(instance, settings_of(environment)[instance])


def _check_named(name: str, value: object) -> None:
    """Secrets are named, never written: a command line stays in the shell's history, and others can see it."""
    if value is None or (isinstance(value, str) and _NAMED.fullmatch(value)):
        return
    option = "--" + name.replace("_", "-")
    raise _usage(
        f"{option} takes the name of a variable, not the secret itself.",
        f"Put it into a variable and name that:  {option} env:ZENDESK_TOKEN. If what you have typed was the secret, it"
        " stands in your shell's history now: make a new one.",
    )


def environment_target(folder: Path, asked: str | None, screen: Screen) -> Target:
    """The helpdesk of an environment; `config/` is not looked at. Raises Fault."""
    try:
        workspace = open_workspace(folder)
    except Fault as missing:
        missing.do = f"Say which account:  golive look --url {EXAMPLE} --token env:ZENDESK_TOKEN"
        raise
    name = environment_name(workspace, asked)
    environment, wrong = workspace.environment(name)
    if environment is None or any(each.severity == "error" for each in wrong):
        raise Invalid(wrong)
    ensure_sandbox(workspace, environment, screen)
    for instance, settings in settings_of(environment).items():
        if has_health_page(settings.type):
            check_hosts({instance: settings}, screen)
            return Target(instance, settings, environment.expect.get(instance), name, environment.production)
    raise _usage(
        f"The environment `{name}` has no helpdesk that golive can look at.",
        "Name another environment with -e, or an account:  golive look --url … --token env:NAME",
    )


def _usage(what: str, do: str) -> Fault:
    return Fault("usage", what, do=do, exits=Exit.USAGE)
