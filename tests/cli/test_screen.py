"""A terminal wraps lines: what goes on stands under what it belongs to."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from golive.carrying.carrying import counted
from golive.terminal.screen import Screen


def shown(text: str, *, terminal: bool = True) -> list[str]:
    screen = Screen()
    made = io.StringIO()
    screen.out = Console(file=made, force_terminal=terminal, width=40, theme=None, color_system=None, highlight=False)
    screen.say(text)
    return made.getvalue().splitlines()


def test_what_is_wrapped_keeps_its_place() -> None:
    assert shown("  [bold]+[/] trigger received  We have received your request  config/triggers.yaml:12") == [
        "  + trigger received  We have received",
        "    your request",
        "    config/triggers.yaml:12",
    ]
    assert shown("      condition organization.tier: is gold → is one of silver, bronze") == [
        "      condition organization.tier: is",
        "      gold → is one of silver, bronze",
    ]


@pytest.mark.parametrize("text", ["", "short", "\nafter a gap", "one\n\n  two\n"])
def test_what_fits_stays_as_it_is(text: str) -> None:
    assert shown(text) == f"{text}\n".splitlines()


def test_in_files_each_line_stays_whole() -> None:
    text = "  + " + "word " * 30 + "end"
    assert shown(text, terminal=False) == [text]


@pytest.mark.parametrize(
    ("changed", "released", "said"),
    [
        (10, 3, "10 changes were carried out, 3 objects let go"),
        (1, 0, "1 change was carried out"),
        (0, 1, "1 object let go"),
    ],
)
def test_what_was_done_is_counted_as_the_plan_counts_it(changed: int, released: int, said: str) -> None:
    assert counted(changed, released) == said
