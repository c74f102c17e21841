"""`golive doctor`: is everything there that a run needs?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import click
from rich.markup import escape

from config.declaration import Declaration
from config.environment import Environment
from config.results.document import as_json
from config.results.error import Error
from golive.runs.compiling import unset_secrets
from golive.terminal.exits import Exit
from golive.terminal.options import environment_option, json_option, screen_of
from golive.terminal.screen import Screen
from golive.workspace.connection import account_of, in_one_line, settings_of
from golive.workspace.embedded import ensure_sandbox
from golive.workspace.heading import first_line
from golive.workspace.hosts import check_hosts
from golive.workspace.opening import open_environment
from provisioners.errors import SystemFault
from provisioners.run_file import SystemSettings
from provisioners.system import Account, Connection, System, systems
from stacks.engine.locate import status


@dataclass(frozen=True)
class Check:
    """One thing that was looked at. `exits` is the exit code that it would end a run with."""

    name: str
    passed: bool
    said: str
    do: str = ""
    exits: Exit = Exit.DONE


@click.command("doctor")
@environment_option
@json_option
@click.pass_context
def command(ctx: click.Context, environment: str | None, json_wanted: bool) -> int:
    """Check the engine, the settings, and each system's account, credentials, rights and plan. Only reads.

    Example:  golive doctor -e production
    """
    screen = screen_of(ctx, json_wanted)
    opened = open_environment(ctx.obj["folder"], environment)
    ensure_sandbox(opened.workspace, opened.environment, screen)
    first_line(screen, opened)
    settings = settings_of(opened.environment)
    check_hosts(settings, screen)
    checks = [_engine(), *_systems(opened.environment, opened.environment_name, settings, opened.loaded.declaration)]
    checks += _secrets(opened.loaded.declaration, settings)
    failed = [check for check in checks if not check.passed]
    code = max((check.exits for check in failed), default=Exit.DONE)
    if json_wanted:
        document: dict[str, Any] = {
            "schema": "golive/doctor/1",
            "environment": opened.environment_name,
            "checks": [{"name": each.name, "passed": each.passed, "said": each.said, "do": each.do} for each in checks],
        }
        if failed:
            first = failed[0]
            document["error"] = as_json(
                Error("doctor", f"{len(failed)} of {len(checks)} checks failed.", first.name, first.said, first.do)
            )
        screen.document(document)
    _show(screen, checks)
    return int(code)


def _show(screen: Screen, checks: list[Check]) -> None:
    for check in checks:
        mark = "[good]ok  [/]" if check.passed else "[danger]fail[/]"
        screen.say(f"  {mark} {check.name:<10} {escape(check.said)}")
        if check.do:
            screen.say(f"       {'':<10} [quiet]{escape(check.do)}[/]")
    failed = sum(not check.passed for check in checks)
    screen.say("\n[good]Everything is there.[/]" if not failed else f"\n[danger]{failed} of {len(checks)} failed.[/]")


def _engine() -> Check:
    found = status()
    if found.installed:
        return Check("engine", True, f"Pulumi {found.version}")
    return Check("engine", False, f"Pulumi {found.version} is not installed", "golive engine install", Exit.FAILED)


def _systems(
    environment: Environment, name: str, known: Mapping[str, SystemSettings], declared: Declaration
) -> list[Check]:
    checks: list[Check] = []
    answering: dict[str, str] = {}
    for instance, settings in known.items():
        system = systems()[settings.type]
        try:
            account = account_of(instance, settings)
        except SystemFault as fault:
            wrong_token = fault.code == "credentials"
            named = wrong_token or fault.code == "wrong_address"
            said = f"{fault.what if named else system.title}: {fault.why}"
            checks.append(Check(instance, False, said, fault.do, Exit.CREDENTIALS if wrong_token else Exit.FAILED))
            continue
        answering[instance] = account.id
        expected = environment.expect.get(instance)
        if expected is not None and system.account_id(expected) != account.id:
            checks.append(
                Check(
                    instance,
                    False,
                    f"{system.title}: the token opens {account.id}, and {expected} is expected",
                    "Correct the address, the token, or `expect:` in the environment file.",
                    Exit.CREDENTIALS,
                )
            )
        elif account.missing_rights:
            checks.append(
                Check(
                    instance,
                    False,
                    f"{system.title}: {account.user} lacks {', '.join(account.missing_rights)}",
                    "Use the token of somebody who has these rights.",
                    Exit.CREDENTIALS,
                )
            )
        else:
            where = "the local sandbox" if settings.sandbox else settings.url
            said = f"{system.title}: {account.name} ({account.id}) as {account.user}, {where}"
            connection = Connection(instance, settings, read_only=True)
            left = system.calls_left(connection)
            said = f"{said}; {left}" if left else said
            checks.append(Check(instance, True, said, system.way_in(connection)))
            checks += _rights(system, account, declared)
            checks += _plan(system, connection, name)
    if environment.unguarded:
        checks.append(_unguarded(environment, name, answering))
    return checks


def _rights(system: System, account: Account, declared: Declaration) -> list[Check]:
    """What the credentials allow, against what the declared objects need; nothing where the vendor does not say."""
    wanted = system.rights_needed(declared)
    if account.rights is None or not wanted.needed:
        return []
    missing = {right: why for right, why in wanted.needed.items() if right not in account.rights}
    if missing:
        said = ", ".join(f"{right} (for {why})" for right, why in missing.items())
        return [Check("rights", False, f"{system.title}: the token lacks {said}", wanted.how, Exit.CREDENTIALS)]
    has = ", ".join(sorted(account.rights))
    more = {right: why for right, why in wanted.useful.items() if right not in account.rights}
    hint = f"For {next(iter(more.values()))} it lacks {', '.join(more)}. {wanted.how}" if more else ""
    return [Check("rights", True, f"{system.title}: the token has all that these files need ({has})", hint)]


def _secrets(declaration: Declaration, settings: Mapping[str, SystemSettings]) -> list[Check]:
    """The secrets of webhooks that are not there. In the sandbox nobody has to set any, and where no system takes
    webhooks, nobody reads them."""
    taken = any(each.kind == "webhooks" for one in settings.values() for each in systems()[one.type].translations())
    if not taken or all(each.sandbox for each in settings.values()):
        return []
    return [
        Check(
            "webhook",
            False,
            f"{item.key} ({item.position}) needs a secret: the environment variable {variable} is not set",
            f"Set it where golive runs:  export {variable}=…",
            Exit.CREDENTIALS,
        )
        for item, variable in unset_secrets(declaration)
    ]


def _plan(system: System, connection: Connection, name: str) -> list[Check]:
    """Which plan the account has by what it shows, and whether that is the one of the environment's file."""
    instance, declared = connection.instance, connection.settings.plan
    try:
        seen = system.plans_seen(connection)
    except SystemFault as fault:
        said = f"{system.title} does not show which plan it has: {fault.why}"
        return [Check("plan", False, said, fault.do, Exit.FAILED)]
    if seen is None:
        return []
    shows = f"what it shows is {' or '.join(seen.possible) or 'no plan that golive knows'}"
    file = f"`plan:` of {instance} in stacks/Pulumi.{name}.yaml"
    if not declared:
        do = f"If the client has bought that, write it as {file}: golive then says what it does not carry."
        return [Check("plan", True, f"{instance}: {shows}", do if seen.possible else "")]
    if lacking := seen.lacking(declared):
        said = f"{instance}: {declared} carries {lacking}, and this account refuses it; {shows}"
        other = "the `plan` in stacks/sandbox-account.yaml" if connection.settings.sandbox else ""
        do = f"Correct {file}, or {other or 'ask the client what is bought'}."
        return [Check("plan", False, said, do, Exit.FAILED)]
    if beyond := seen.going_beyond(declared):
        do = f"With an add-on that is right; otherwise correct {file}."
        return [
            Check("plan", True, f"{instance}: {declared} does not carry {beyond}, and this account has it; {shows}", do)
        ]
    return [Check("plan", True, f"{instance}: {declared}, as far as the account shows it")]


def _unguarded(environment: Environment, name: str, answering: dict[str, str]) -> Check:
    """Production says which accounts it is: a token in the wrong window must not reach another client."""
    expect = {**environment.expect, **{each: answering[each] for each in environment.unguarded if each in answering}}
    said = f"nothing says which account {', '.join(environment.unguarded)} must be"
    do = f"If these are the client's, write into stacks/Pulumi.{name}.yaml:  expect: {in_one_line(expect)}"
    return Check("expect", False, said, do if expect else "Correct the systems first.", Exit.FAILED)
