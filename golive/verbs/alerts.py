"""`golive alerts …`: whether what people are to hear of reaches them."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import click
from rich.markup import escape

from checklists.binding import bound_objects
from checklists.moments import written
from config.declaration import Declared
from config.phases import asleep_until
from config.results.alerts_test import AlertsTestDocument, TestedAlert
from config.results.document import as_json
from config.results.error import Error
from config.results.log_entry import Actor
from config.words import counted
from golive.carrying.approval import ask, check_freeze
from golive.gates.identity import acting_actor
from golive.gates.opened import OpenedGates, open_gates
from golive.gates.trial_evidence import kept
from golive.launch.alert_trials import LiveAlert, Tried, try_alert, why_not_tried
from golive.launch.trying import STOPPED, chosen, trial_sender
from golive.runs.engine import engine_faults, engine_ready, open_stack
from golive.runs.reading import system_faults
from golive.screens.ending import CLEANING_SECONDS, leave, leave_trial, stopping_trial
from golive.screens.trials import cancelled, show_trial
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.options import agreement_options, environment_option, json_option, practising_option, screen_of
from golive.terminal.screen import Screen
from golive.wording.alerts import alert_sentence
from golive.wording.words import Terms
from golive.workspace.connection import reach, settings_of
from golive.workspace.embedded import ensure_sandbox
from golive.workspace.heading import heading
from golive.workspace.hosts import check_hosts
from provisioners.provider import ABSENT
from provisioners.resource import ResourceName
from provisioners.run_file import SystemSettings
from provisioners.system import Connection, System, systems
from stacks.interruption import Interruption
from stacks.state import ids, record, types

_SEEN_ONLY = {"warn": "taken, not seen"}
_SAID = {"pass": "arrived", "warn": "arrived, not all shown", "fail": "did not arrive", "skipped": "not tried"}


@dataclass(frozen=True)
class _World:
    """Where alerts are tried. helpdesk, chat: the instances. ids, types: by resource, as the state knows them. calls:
    counted by instance."""

    gates: OpenedGates
    helpdesk: str
    chat: str
    settings: Mapping[str, SystemSettings]
    ids: Mapping[str, str]
    types: Mapping[str, str]
    calls: Counter[str]

    def tried(self, stop: threading.Event) -> Tried:
        """The systems, with calls that end with this stop."""
        trials = systems()[self.settings[self.helpdesk].type].trials(self._connection(self.helpdesk, stop))
        posts = systems()[self.settings[self.chat].type].posts(self._connection(self.chat, stop))
        if trials is None or posts is None:  # both were chosen for having them
            raise TypeError(f"{self.helpdesk} and {self.chat} have nothing to try alerts with")
        return Tried(trials, posts)

    def _connection(self, instance: str, stop: threading.Event) -> Connection:
        def report(event: str, facts: Mapping[str, Any]) -> None:
            self.calls[instance] += event == "call"

        return Connection(instance, self.settings[instance], False, report, stop)


@click.group("alerts")
def command() -> None:
    """Alerts: what a Slack channel is told of, and whether it arrives.

    Example:  golive alerts test -e production
    """


@command.command("test", short_help="Send one alert through the whole way, and look what arrives.")
@click.argument("keys", metavar="[KEY]…", nargs=-1)
@environment_option
@json_option
@agreement_options
@practising_option
@click.option(
    "--wait", type=click.IntRange(min=5), default=60, show_default=True, help="Seconds to wait for each post."
)
@click.pass_context
def test(
    ctx: click.Context,
    keys: tuple[str, ...],
    environment: str | None,
    json_wanted: bool,
    yes: bool,
    client: str | None,
    practises_as: str | None,
    wait: int,
) -> int:
    """Make a marked ticket in the helpdesk that fits the alert, look whether its rule acts, what Slack answers the
    helpdesk, and whether the post stands in the channel; then delete ticket and post.

    Without a KEY, each alert is tried that is not switched off. Where no ticket can have its rule act now (it sleeps,
    waits for hours, or asks for the customer or the time of day), a copy of the rule acts in its place, with this
    ticket only, and is deleted again. What was seen is kept as evidence, and noted in the log. It ends with 4
    where an alert that was named was not tried, or none at all, and with 8 where it was stopped.

    Example:  golive alerts test p1 -e production
    """
    screen = screen_of(ctx, json_wanted)
    gates = open_gates(ctx, environment)
    heading(screen, gates.opened)
    me = acting_actor(gates.opened.workspace.root, gates.people, practises_as, gates.opened.environment)
    meant = chosen(gates.opened.loaded.declaration.of("alerts"), keys, "alert")
    calls: Counter[str] = Counter()
    tested, left = _tested(gates, screen, meant, wait, calls, yes=yes, client=client) if meant else ([], 0)
    for each in tested:
        said = _SEEN_ONLY if each.result == "warn" and not each.text else _SAID
        show_trial(screen, said, each.result, each.alert, each.said, each.left, each.name)
    if not meant:
        screen.say("No alert is declared.")
    if any(each.result != "skipped" for each in tested):
        _note(gates, screen, me, tested)
    stopped = cancelled(screen, len(meant) - left, len(meant)) if left else None
    if json_wanted:
        error = Error(**stopped.as_json()) if stopped else None
        screen.document(AlertsTestDocument(environment=gates.opened.environment_name, alerts=tested,
                                           calls=dict(calls), error=error).to_json())  # fmt: skip
    return int(stopped.exits if stopped else ends(tested, named=bool(keys)))


def ends(tested: list[TestedAlert], *, named: bool) -> Exit:
    """How the verb ends that was not stopped. named: whether somebody has said which alerts."""
    results = [each.result for each in tested]
    if "fail" in results:
        return Exit.FAILED
    skipped = results.count("skipped")
    return Exit.PARTLY if skipped and (named or skipped == len(results)) else Exit.DONE


def _note(gates: OpenedGates, screen: Screen, me: Actor | None, tested: list[TestedAlert]) -> None:
    """Keep what was seen, and note it in the log in the name of who tried it: one of the project's people."""
    if me is None or not me.key:
        who = me.email if me is not None else "whoever runs this"
        screen.say(f"\n[quiet]Not noted for the gates: {escape(who)} is nobody of this project (checklists/).[/]")
        return
    declaration, at = gates.opened.loaded.declaration, written(gates.now)
    for each in (each for each in tested if each.result != "skipped"):
        concerns = [f"alerts/{each.alert}", f"slack_channels/{declaration.of('alerts')[each.alert].value.to}"]
        data = {
            "alert": each.alert, "channel": each.channel, "result": each.result, "said": each.said,
            **kept(gates, "alerts", each.alert, at, {**as_json(each), "at": at}),
            "objects": bound_objects(concerns, declaration),
        }  # fmt: skip
        gates.logbook.append("alert_tried", me, data, gates.signature())
    screen.say(f"\n[quiet]It stands in {gates.logbook.shown}; commit it with checklists/evidence/.[/]")


def _tested(
    gates: OpenedGates,
    screen: Screen,
    meant: list[Declared],
    wait: int,
    calls: Counter[str],
    *,
    yes: bool,
    client: str | None,
) -> tuple[list[TestedAlert], int]:
    """What became of the alerts, and how many were left because the run was stopped."""
    opened = gates.opened
    check_freeze(opened)
    ensure_sandbox(opened.workspace, opened.environment, screen)
    settings = settings_of(opened.environment)
    check_hosts(settings, screen)
    engine_ready(screen)
    sender = trial_sender(opened.environment, opened.environment_name, all_sandbox=gates.all_sandbox)
    with Interruption(on_overdue=leave) as interruption:
        world = _opened(gates, screen, settings, calls, interruption)
        with system_faults(world.helpdesk):
            tried = world.tried(interruption.stopped)
            alerts = [_live(item, world, tried) for item in meant]
    sent = [each for each in alerts if why_not_tried(each) is None]
    if sent:
        tickets = counted(len(sent), "ticket")
        channels = ", ".join(dict.fromkeys(f"#{each.channel}" for each in sent))
        rules = sum(each.rule is not None and each.rule.needs_stand_in for each in sent)
        copies = f", {counted(rules, 'trigger')} for these tickets only" if rules else ""
        asked = f"Make {tickets}{copies}, post to {channels}, let rules mail {sender}, and delete it all again?"
        ask(opened, screen, asked, yes=yes, client=client)
    tested: list[TestedAlert] = []
    with Interruption(stopping_trial(screen), leave_trial, CLEANING_SECONDS) as interruption:
        stop = interruption.stopped
        tried, cleaning = world.tried(stop), world.tried(threading.Event())
        for each in alerts:
            if interruption.noted:
                break
            with screen.waiting(f"trying {each.key} …"):
                tested.append(try_alert(each, tried, cleaning, sender, timedelta(seconds=wait), stop))
    seen = [each for each in tested if each.said != STOPPED]
    return tested, len(alerts) - len(seen)


def _opened(
    gates: OpenedGates,
    screen: Screen,
    settings: Mapping[str, SystemSettings],
    calls: Counter[str],
    interruption: Interruption,
) -> _World:
    """The systems, signed in to and the right accounts. Raises Fault where one is missing or does not answer."""
    opened = gates.opened
    helpdesk = _instance(settings, lambda system: type(system).trials is not System.trials)
    chat = _instance(settings, lambda system: type(system).posts is not System.posts)
    for instance, said in ((helpdesk, "helpdesk"), (chat, "chat")):
        if not instance:
            raise Fault(f"no_{said}", f"The environment `{opened.environment_name}` has no {said}.",
                        where=f"stacks/Pulumi.{opened.environment_name}.yaml",
                        do="Add it under `systems:`, or name another environment with -e.",
                        exits=Exit.USAGE)  # fmt: skip
    with engine_faults(interruption, opened.option):
        state = open_stack(opened, screen, interruption).trusted_state()
    own = {name: settings[name] for name in (helpdesk, chat)}
    expect = {name: each for name, each in opened.environment.expect.items() if name in own}
    reached = reach(own, expect, record(state).accounts, interruption.stopped)
    for name, why in reached.down.items():
        raise Fault("unreachable", f"{name} does not answer.", where=own[name].url, why=why,
                    do="Run the command again in a moment.", exits=Exit.FAILED)  # fmt: skip
    known = {name: each for name, each in ids(state).items() if each != ABSENT}
    return _World(gates, helpdesk, chat, own, known, types(state), calls)


def _instance(settings: Mapping[str, SystemSettings], can: Callable[[System], bool]) -> str:
    return next((instance for instance, each in settings.items() if can(systems()[each.type])), "")


def _live(item: Declared, world: _World, tried: Tried) -> LiveAlert:
    """An alert as it is in the systems now. Raises SystemFault."""
    rule_name = str(ResourceName(world.helpdesk, "alerts", item.key))
    rule = None
    if rule_name in world.ids:
        waits = world.types.get(rule_name, "").endswith(":Automation")
        rule = tried.trials.rule(world.ids[rule_name], waits=waits)
    channel = world.gates.opened.loaded.declaration.of("slack_channels")[item.value.to]
    said = channel.value.existing if isinstance(channel.value.existing, str) else channel.value.name
    when, when_any = (
        [each.model_dump(mode="json", exclude_unset=True) for each in listed or ()]
        for listed in (item.value.when, item.value.when_any)
    )
    return LiveAlert(
        item.key,
        item.name,
        rule,
        said or channel.key,
        world.ids.get(str(ResourceName(world.chat, "slack_channels", item.value.to)), ""),
        asleep_until(item.value, world.gates.book.progress.phase) or "",
        alert_sentence(when, when_any, item.value.to, Terms.of(world.gates.opened.loaded.declaration)),
    )
