"""What of the engine's events reaches people."""

from __future__ import annotations

import pytest
from pulumi.automation.events import DiagnosticEvent, EngineEvent

from provisioners.errors import SystemFault
from stacks.step_events import StepCollector


def event(message: str) -> EngineEvent:
    diagnostic = DiagnosticEvent(message=message, color="never", severity="error")
    return EngineEvent(sequence=1, timestamp=0, diagnostic_event=diagnostic)


@pytest.mark.parametrize("message", ["update failed", "update canceled", "preview canceled", "refresh canceled"])
def test_the_engines_own_last_words_say_nothing_to_people(message: str) -> None:
    collector = StepCollector(planning=False)
    collector(event(f"{message}\n"))
    collector(event("disk full: the update canceled itself"))
    assert collector.messages == ["disk full: the update canceled itself"]


@pytest.mark.parametrize(
    ("why", "do", "said"),
    [
        ("no answer", "Check that it is up.", "helpdesk: no answer. Check that it is up."),
        ("It is closed.", "Wait.", "helpdesk: It is closed. Wait."),
        ("no answer", "", "helpdesk: no answer"),
    ],
)
def test_a_fault_is_said_in_sentences(why: str, do: str, said: str) -> None:
    assert str(SystemFault("unreachable", "helpdesk", why, do)) == said
