"""What is made from the code says what the code does."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from config.kinds import ALL_KINDS
from golive.cli import group
from golive.documentation import pages

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", sorted(pages()))
def test_the_committed_page_is_the_made_one(name: str) -> None:
    committed = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert committed == pages()[name], "run `make generated`"


def test_the_short_form_of_help_is_documented_with_every_verb() -> None:
    page = pages()["commands.md"]
    assert page.count("-h, --help") == page.count("```text")


@pytest.mark.parametrize("kind", sorted(set(ALL_KINDS) - {"integrations", "help_center"}))
def test_every_kind_is_described(kind: str) -> None:
    assert f"\n## {kind}\n" in pages()["kinds.md"]


@pytest.mark.parametrize("verb", group.list_commands(click.Context(group)))
def test_every_verb_explains_itself_with_an_example(verb: str) -> None:
    command = group.get_command(click.Context(group), verb)
    assert command is not None
    text = command.help or ""
    assert len(text.splitlines()[0]) > 20
    assert "Example:" in text
    assert f"golive {verb}" in text


def test_the_readme_shows_the_two_commands_first() -> None:
    first_screen = "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:45])
    assert "make demo" in first_screen
    assert "make test" in first_screen
