"""The one object that somebody wants to switch, looked up and asked about without a plan."""

from __future__ import annotations

from dataclasses import asdict

from golive.carrying.answers import Answers, answers_to_switching_on
from golive.carrying.approval import check_accounts
from golive.changes.reaching import reach_lines
from golive.runs.engine import engine_faults, engine_ready, open_stack
from golive.runs.switching import Switching, switching
from golive.screens.ending import leave
from golive.screens.findings import many_said
from golive.screens.plan import show_answers, show_cautions, show_notices
from golive.terminal.screen import Screen
from golive.workspace.connection import settings_of
from golive.workspace.embedded import ensure_sandbox
from golive.workspace.heading import heading, say_where_the_client_is
from golive.workspace.hosts import check_hosts
from golive.workspace.opening import Opened
from provisioners.host.faults import Redaction
from stacks.automation import EnvironmentStack
from stacks.interruption import Interruption
from stacks.state import payloads

LONGEST_REASON = 500


def looked_up(screen: Screen, opened: Opened, address: str, again: str) -> tuple[Switching, EnvironmentStack]:
    """The object as it is now, and the engine with its state. Only its own system is called. Raises Fault.

    again: the command without its environment, for whoever has forgotten to name one.
    """
    heading(screen, opened)
    say_where_the_client_is(screen, opened, again)
    errors = opened.loaded.errors
    if errors:
        screen.say(
            f"[change]The files have {many_said(errors)}[/], which does not matter here: "
            "golive goes by what it remembers of its last run.\n"
        )
    engine_ready(screen)
    ensure_sandbox(opened.workspace, opened.environment, screen)
    with Interruption(on_overdue=leave) as interruption, engine_faults(interruption, opened.option):
        engine = open_stack(opened, screen, interruption)
        settings = settings_of(opened.environment)
        one = switching(opened, engine, settings, address)
        check_hosts({one.name.instance: one.settings}, screen)
        one.look(interruption)
        interruption.check()
    return one, engine


def answered(screen: Screen, one: Switching) -> Answers:
    """What the account says about switching it on, said and in nobody's way. Raises Fault where it would refuse it."""
    answers = answers_to_switching_on(one)
    if answers.is_silent:
        return answers
    screen.say()
    if answers.reach:
        show_notices(screen, reach_lines(answers.reach))
    show_cautions(screen, answers.cautions)
    show_answers(screen, answers.said.findings, answers.said.allowed or [])
    check_accounts(answers.said.findings)
    return answers


def redacted(one: Switching, text: str) -> str:
    """A person's own words in one line, without the values of secrets that golive knows by name."""
    redaction = Redaction()
    redaction.learn([each.model_dump(mode="json") for each in one.opened.environment.systems.values()])
    redaction.learn([asdict(one.settings), *(side.payload for side in payloads(one.state).values())])
    return redaction.text(" ".join(text.split()))[:LONGEST_REASON]
