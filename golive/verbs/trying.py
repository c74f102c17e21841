"""`golive try …`: what customers will do, done before they do."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Literal

import click
from rich.markup import escape

from checklists.moments import written
from checklists.old_addresses import OldAddress, old_addresses
from config.environment import Environment
from config.results.log_entry import Actor
from golive.carrying.approval import ask, check_freeze
from golive.gates.opened import OpenedGates, open_gates
from golive.gates.trial_evidence import kept
from golive.launch.trying import (
    Try,
    Tryable,
    by_api,
    by_sandbox,
    by_server,
    chosen,
    expectation,
    trial_sender,
    try_channel,
)
from golive.migrating.standing import standing
from golive.screens.ending import CLEANING_SECONDS, leave, leave_trial, stopping_trial
from golive.screens.trials import cancelled, show_trial
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.options import agreement_options, environment_option, json_option, practising_option, screen_of
from golive.terminal.screen import Screen
from golive.workspace.connection import reach, settings_of
from golive.workspace.embedded import ensure_sandbox
from golive.workspace.heading import heading
from golive.workspace.hosts import check_hosts
from provisioners.run_file import SystemSettings
from provisioners.system import Connection, systems
from provisioners.trial import TrialMail, Trials
from stacks.interruption import Interruption

_SAID = {"pass": "arrived", "warn": "arrived, not all shown", "fail": "not as it should be",
         "skipped": "not tried"}  # fmt: skip
_Event = Literal["tried", "address_tried"]
_NO_FILE_NAME = re.compile(r"[^\w.@+-]|^\.+")


@click.group("try")
def command() -> None:
    """Do what customers will do, before they do it, and look what becomes of it.

    Example:  golive try channels -e production
    """


@command.command("channels", short_help="Send a marked message through each channel.")
@click.argument("keys", metavar="[KEY]…", nargs=-1)
@environment_option
@json_option
@agreement_options
@practising_option
@click.option(
    "--wait", type=click.IntRange(min=5), default=120, show_default=True, help="Seconds to wait for a ticket."
)
@click.option(
    "--by-hand", "by_hand", default="", metavar="TEXT", help="A person tried KEY, and this is what came of it."
)
@click.pass_context
def channels(
    ctx: click.Context,
    keys: tuple[str, ...],
    environment: str | None,
    json_wanted: bool,
    yes: bool,
    client: str | None,
    practises_as: str | None,
    wait: int,
    by_hand: str,
) -> int:
    """Send a marked message through each channel as a customer would, look for its ticket, group, priority and receipt,
    and take everything away again. What was seen is kept as evidence, and noted in the log.

    Mail goes through `mail:` of the environment file; without it, messages are sent through the helpdesk's API, and
    that mail arrives is then not shown. What only a person can try (chat, phone) is noted with --by-hand.

    Example:  golive try channels support_email -e production
    """
    screen = screen_of(ctx, json_wanted)
    gates = open_gates(ctx, environment)
    heading(screen, gates.opened)
    me = gates.me(practises_as)
    named = [each.key for each in chosen(gates.opened.loaded.declaration.of("channels"), keys, "channel")]
    if by_hand:
        tries, meant = [_noted(gates, each, by_hand) for each in named], len(named)
    else:
        check_freeze(gates.opened)
        tries, meant = _tried(gates, screen, named, wait, yes=yes, client=client)
    _note(screen, gates, me, tries, "tried", lambda each: {"channel": each.channel, "later": list(each.later)})
    return _ended(screen, gates, tries, meant, json_wanted=json_wanted)


_EVIDENCE: Mapping[_Event, str] = {"tried": "channels", "address_tried": "addresses"}
"""Event → the folder in which what was seen is kept."""


def _note(
    screen: Screen,
    gates: OpenedGates,
    me: Actor,
    tries: Sequence[Try],
    event: _Event,
    about: Callable[[Try], Mapping[str, Any]],
) -> None:
    """Show what was seen, keep it as evidence, and note it in the log. about: what was tried, for the log."""
    for each in tries:
        show_trial(screen, _SAID, each.result, each.channel, each.said, each.left)
    for each in tries:
        if each.result != "skipped":
            evidence = kept(gates, _EVIDENCE[event], _NO_FILE_NAME.sub("_", each.channel), each.at, each.to_json())
            data = {**about(each), "result": each.result, "said": each.said, "way": each.way, **evidence}
            gates.logbook.append(event, me, data, gates.signature())


def _ended(screen: Screen, gates: OpenedGates, tries: Sequence[Try], meant: int, *, json_wanted: bool) -> int:
    """What is said last, and the exit code. meant: how many were to be tried."""
    seen = [each for each in tries if each.result != "skipped"]
    if seen:
        screen.say(f"\n[quiet]It stands in {gates.logbook.shown}; commit it with checklists/evidence/.[/]")
    stopped = cancelled(screen, len(seen), meant) if len(seen) < meant else None
    if json_wanted:
        error = {"error": stopped.as_json()} if stopped else {}
        screen.document({"schema": "golive/tries/1", "environment": gates.opened.environment_name,
                         "tries": [each.to_json() for each in tries], **error})  # fmt: skip
    if stopped:
        return int(stopped.exits)
    return int(Exit.FAILED if any(each.result == "fail" for each in seen) else Exit.DONE)


@command.command("addresses", short_help="Write to each old address, and look where it arrives.")
@click.argument("addresses", metavar="[ADDRESS]…", nargs=-1)
@environment_option
@json_option
@agreement_options
@practising_option
@click.option(
    "--wait", type=click.IntRange(min=5), default=120, show_default=True, help="Seconds to wait for a ticket."
)
@click.option(
    "--by-hand", "by_hand", default="", metavar="TEXT", help="A person wrote to ADDRESS, and this is what came of it."
)
@click.pass_context
def addresses_(
    ctx: click.Context,
    addresses: tuple[str, ...],
    environment: str | None,
    json_wanted: bool,
    yes: bool,
    client: str | None,
    practises_as: str | None,
    wait: int,
    by_hand: str,
) -> int:
    """Send a marked mail to each address that customers have used until now and that is forwarded or merged (addresses:
    in the files of migrations/, forwards_from: at channels), and look whether it becomes a ticket of the new helpdesk,
    at the address that takes it over. Everything is taken away again. What was seen is kept as evidence, and noted in
    the log.

    Mail goes through `mail:` of the environment file. Without it, a person writes the mail, and it is noted with
    --by-hand.

    Example:  golive try addresses -e production
    """
    screen = screen_of(ctx, json_wanted)
    gates = open_gates(ctx, environment)
    heading(screen, gates.opened)
    me = gates.me(practises_as)
    meant = _old_addresses(gates, addresses)
    if by_hand:
        at = written(gates.now)
        tries = [Try(one.address, "pass", f"Tried by hand: {by_hand}", at, "", "mail", one.address) for one in meant]
    else:
        check_freeze(gates.opened)
        _check_mail(gates)
        tryables = [(Tryable(one.address, one.address, one.address, one.right), True) for one in meant]
        tries, _ = _sent(gates, screen, tryables, wait, yes=yes, client=client)
    said = {one.address: {"address": one.address, "into": one.into} for one in meant}
    _note(screen, gates, me, tries, "address_tried", lambda each: said[each.channel])
    return _ended(screen, gates, tries, len(meant), json_wanted=json_wanted)


def _old_addresses(gates: OpenedGates, named: Sequence[str]) -> list[OldAddress]:
    """Those that are meant; all where none is named. Raises Fault."""
    opened = gates.opened
    entries = standing(opened.workspace, opened.loaded.declaration)
    moved = {old: into for each in entries for old, into in each.moved.items()}
    known = old_addresses(opened.loaded.declaration, moved)
    unknown = [each for each in named if each.lower() not in known]
    if unknown or not known:
        there = f"There are: {', '.join(known)}." if known else ""
        raise Fault(
            "no_address",
            f"{unknown[0]} is no address that is forwarded or merged." if unknown else "No old address is named.",
            where="migrations/",
            why=there or "Nobody has said where customers have written until now.",
            do="Write it into a file of migrations/:  addresses: {OLD: {fate: forward, into: NEW}}   or at the "
            "channel:  forwards_from: OLD",
            exits=Exit.USAGE,
        )
    return [known[each.lower()] for each in named] if named else list(known.values())


def _check_mail(gates: OpenedGates) -> None:
    """That an address is forwarded only a mail can show. Raises Fault."""
    if not gates.opened.environment.mail and not gates.all_sandbox:
        raise Fault(
            "no_mail",
            "No mail can be sent from here, and nothing else shows that an old address is forwarded.",
            where=f"stacks/Pulumi.{gates.opened.environment_name}.yaml",
            do="Write into the environment file:  mail: {server: HOST:587, sender: you@your-company.example, user: …, "
            "password: env:NAME}   or write a mail yourself, and note it:  golive try addresses ADDRESS --by-hand TEXT",
            exits=Exit.USAGE,
        )


def _tried(
    gates: OpenedGates, screen: Screen, keys: list[str], wait: int, *, yes: bool, client: str | None
) -> tuple[list[Try], int]:
    """What was tried, and how much was meant; less, where the run was stopped."""
    declared = gates.opened.loaded.declaration.of("channels")
    by_person = [key for key in keys if declared[key].value.type in ("messaging", "voice", "social", "api")]
    for key in by_person:
        screen.say(
            f"  [quiet]{escape(key)}: only a person can try it; then  golive try channels {key} --by-hand TEXT[/]"
        )
    keys = [key for key in keys if key not in by_person]
    tryables = [(Tryable.of_channel(key, declared[key].value), declared[key].value.type == "email") for key in keys]
    return _sent(gates, screen, tryables, wait, yes=yes, client=client) if tryables else ([], 0)


def _sent(
    gates: OpenedGates,
    screen: Screen,
    tryables: Sequence[tuple[Tryable, bool]],
    wait: int,
    *,
    yes: bool,
    client: str | None,
) -> tuple[list[Try], int]:
    """What became of messages, and how many were meant. tryables: each with whether it goes by mail."""
    opened = gates.opened
    ensure_sandbox(opened.workspace, opened.environment, screen)
    settings = settings_of(opened.environment)
    check_hosts(settings, screen)
    sender = trial_sender(gates.opened.environment, gates.opened.environment_name, all_sandbox=gates.all_sandbox)
    many = "1 ticket" if len(tryables) == 1 else f"{len(tryables)} tickets"
    ask(opened, screen, f"Make {many}, let rules mail {sender}, and delete it all again?", yes=yes, client=client)
    with Interruption(on_overdue=leave) as interruption:
        reached = reach(settings, opened.environment.expect, {}, interruption.stopped)
        _, instance = _trials(settings, interruption.stopped)
        if instance in reached.down:
            raise Fault("unreachable", f"{instance} does not answer.", why=reached.down[instance],
                        do="Run the command again in a moment.", exits=Exit.FAILED)  # fmt: skip
    wanted = expectation(opened.loaded.declaration, gates.book.progress.phase)
    tries: list[Try] = []
    with Interruption(stopping_trial(screen), leave_trial, CLEANING_SECONDS) as interruption:
        trials, _ = _trials(settings, interruption.stopped)
        cleaning, _ = _trials(settings, threading.Event())
        for what, is_mail in tryables:
            if interruption.noted:
                break
            send = _way(opened.environment, settings[instance], trials, is_mail=is_mail)
            with screen.waiting(f"trying {what.key} …"):
                stop, patience = interruption.stopped, timedelta(seconds=wait)
                tries.append(try_channel(what, trials, cleaning, send, sender, wanted, patience, stop))
    return tries, len(tryables)


def _trials(settings: dict[str, SystemSettings], stop: threading.Event) -> tuple[Trials, str]:
    """What it takes to try the helpdesk, and which instance that is. Raises Fault where there is none."""
    for instance, each in settings.items():
        connection = Connection(instance, each, read_only=False, stop=stop)
        trials = systems()[each.type].trials(connection)
        if trials is not None:
            return trials, instance
    raise Fault("no_helpdesk", "This environment has no helpdesk that takes messages.", exits=Exit.USAGE)


def _way(
    environment: Environment, settings: SystemSettings, trials: Trials, *, is_mail: bool
) -> Callable[[TrialMail], Any]:
    if not is_mail:
        return by_api(trials)
    if settings.sandbox:
        return by_sandbox(settings.url)
    return by_server(environment.mail) if environment.mail else by_api(trials)


def _noted(gates: OpenedGates, key: str, text: str) -> Try:
    """What a person has tried."""
    channel = gates.opened.loaded.declaration.of("channels")[key].value
    address = str(getattr(channel, "address", "") or "")
    return Try(key, "pass", f"Tried by hand: {text}", written(gates.now), "", "mail", address)
