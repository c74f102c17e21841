"""To which hosts a token may be sent: those that a person has confirmed, once for each token, outside any repository.

An environment file comes with a pull request. Whoever changes its `url:` must not get the tokens of whoever reviews it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

import click
from rich.markup import escape

from config.addresses import is_loopback
from config.environment import is_example_address
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.screen import Screen
from provisioners.private_file import replace_private
from provisioners.run_file import SystemSettings
from provisioners.system import systems
from provisioners.token_store import digest_of, user_folder

ALLOWED = "GOLIVE_ALLOWED_HOSTS"
"""Hosts that are confirmed beforehand, with commas between them: for pipelines."""
HOSTS = "hosts.json"


def check_hosts(settings: Mapping[str, SystemSettings], screen: Screen) -> None:
    """Let a person confirm each host to which a token goes for the first time. Raises Fault where nobody does."""
    said = {host.strip().lower() for host in os.environ.get(ALLOWED, "").split(",") if host.strip()}
    confirmed = _confirmed()
    for instance, each in settings.items():
        host = (urlsplit(each.url).hostname or "").lower()
        secrets = _secrets(each)
        if is_loopback(each.url) or is_example_address(each.url) or host in said or not secrets:
            continue
        if all(host in confirmed.get(digest_of(secret), ()) for secret in secrets.values()):
            continue
        names = " and ".join(secrets)
        title = systems()[each.type].title
        if not screen.can_ask:
            raise _unconfirmed(instance, host, names)
        screen.note(f"[change]New:[/] {escape(names)} goes to [head]{escape(host)}[/] ({title}) for the first time.")
        if not click.confirm("Is this the client's?", err=True, default=False):
            raise Fault("cancelled", "Not agreed. Nothing was sent.", exits=Exit.CANCELLED)
        _confirm(secrets.values(), host)


def _unconfirmed(instance: str, host: str, names: str) -> Fault:
    return Fault(
        "host",
        f"Nobody has confirmed yet that {names} may be sent to {host}; nothing was sent.",
        where=f"{instance}: {host}",
        why="A changed address in a file must not get hold of a token.",
        do=f"Run the command once in a terminal and confirm it; in a pipeline:  export {ALLOWED}={host}",
        exits=Exit.CREDENTIALS,
    )


def _secrets(settings: SystemSettings) -> dict[str, str]:
    """Variable → value, of the secrets that open a system, as far as they are set."""
    named = [value for value in (settings.token, *settings.sign_in.values()) if value.startswith("env:")]
    variables = [value.removeprefix("env:") for value in named]
    return {variable: os.environ[variable] for variable in variables if os.environ.get(variable)}


def _confirmed() -> dict[str, list[str]]:
    """Digest of a secret → hosts."""
    try:
        found = json.loads((user_folder() / HOSTS).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _confirm(secrets: Iterable[str], host: str) -> None:
    folder = user_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    known = _confirmed()
    for secret in secrets:
        key = digest_of(secret)
        known[key] = sorted({*known.get(key, []), host})
    replace_private(folder / HOSTS, json.dumps(known, indent=2).encode())
