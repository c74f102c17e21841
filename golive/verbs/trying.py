"""`golive try …`: what customers will do, done before they do."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import click
from rich.markup import escape

from checklists.moments import written
from config.environment import Environment
from golive.carrying.approval import ask, check_freeze
from golive.gates.opened import OpenedGates, open_gates
from golive.gates.trial_evidence import kept
from golive.launch.trying import (
    Try,
    by_api,
    by_sandbox,
    by_server,
    chosen,
    expectation,
    trial_sender,
    try_channel,
)
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
    for each in tries:
        show_trial(screen, _SAID, each.result, each.channel, each.said, each.left)
    seen = [each for each in tries if each.result != "skipped"]
    for each in seen:
        data = {
            "channel": each.channel, "result": each.result, "said": each.said, "way": each.way,
            **kept(gates, "channels", each.channel, each.at, each.to_json()), "later": list(each.later),
        }  # fmt: skip
        gates.logbook.append("tried", me, data, gates.signature())
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


def _tried(
    gates: OpenedGates, screen: Screen, keys: list[str], wait: int, *, yes: bool, client: str | None
) -> tuple[list[Try], int]:
    """What was tried, and how much was meant; less, where the run was stopped."""
    opened = gates.opened
    declared = opened.loaded.declaration.of("channels")
    by_person = [key for key in keys if declared[key].value.type in ("messaging", "voice", "social", "api")]
    for key in by_person:
        screen.say(
            f"  [quiet]{escape(key)}: only a person can try it; then  golive try channels {key} --by-hand TEXT[/]"
        )
    keys = [key for key in keys if key not in by_person]
    if not keys:
        return [], 0
    ensure_sandbox(opened.workspace, opened.environment, screen)
    settings = settings_of(opened.environment)
    check_hosts(settings, screen)
    sender = trial_sender(gates.opened.environment, gates.opened.environment_name, all_sandbox=gates.all_sandbox)
    many = "1 ticket" if len(keys) == 1 else f"{len(keys)} tickets"
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
        for key in keys:
            if interruption.noted:
                break
            channel, patience = declared[key].value, timedelta(seconds=wait)
            send = _way(opened.environment, settings[instance], trials, is_mail=channel.type == "email")
            with screen.waiting(f"trying {key} …"):
                stop = interruption.stopped
                tries.append(try_channel(key, channel, trials, cleaning, send, sender, wanted, patience, stop))
    return tries, len(keys)


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
