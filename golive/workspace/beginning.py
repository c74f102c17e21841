"""The account that a new workspace begins with, named on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from config.addresses import is_loopback
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault, of_system
from golive.workspace.connection import account_through
from golive.workspace.looking import SIGN_IN, named_target
from golive.workspace.template import FromAccount
from provisioners.errors import SystemFault
from provisioners.system import Connection, systems


def account_to_begin_with(url: str, said: Mapping[str, Any]) -> FromAccount:
    """Ask the account who it is, and say how an environment file names it. Raises Fault."""
    options = {name: value for name, value in said.items() if name != "type_"}
    target = named_target(url, said["type_"], options)
    settings = target.settings
    connection = Connection(target.instance, settings, read_only=True)
    try:
        account = account_through(connection)
        plans = systems()[settings.type].plans_seen(connection)
    except SystemFault as fault:
        if fault.code == "wrong_address":
            path = f"/{settings.type}"
            locally = is_loopback(settings.url) and not settings.url.endswith(path)
            address = f"--url {settings.url}{path}" if locally else "--url https://acme.zendesk.com"
            fault = replace(fault, do=f"Correct the address:  {address}")
        raise of_system(fault, f"{target.instance} at {settings.url}") from fault
    if account.missing_rights:
        raise Fault(
            "rights",
            "Whoever this token belongs to does not see everything.",
            where=account.user,
            why="; ".join(account.missing_rights),
            do="Take the token of an admin, so that nothing is left out.",
            exits=Exit.CREDENTIALS,
        )
    entry: dict[str, Any] = {"type": settings.type, "url": settings.url}
    sign_in = {name: options[name] for name in SIGN_IN if options.get(name) is not None}
    entry |= {name: value for name, value in options.items() if value is not None and name not in SIGN_IN}
    if sign_in:
        entry["sign_in"] = sign_in
    plan = plans.possible[0] if plans and plans.possible else ""
    return FromAccount(account.name or account.id, entry, account.id, plan)
