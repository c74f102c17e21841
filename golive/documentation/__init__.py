"""Pages that are made from the code, so that they cannot say something else than it does.

`python -P -m golive.documentation docs` writes them; a test compares them with what is committed.
`kinds_page.md` holds the text of docs/kinds.md, `checklists_page.md` that of docs/checklists.md; `[[NAME]]` in them is
replaced by a table or an example.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import click

from golive.cli import group
from golive.documentation.checklists import checklist_tables, phrases
from golive.documentation.checks import checks_page
from golive.documentation.engineering import engineering_page
from golive.documentation.examples import FIRST_FILE, example
from golive.documentation.forms import anchor
from golive.documentation.hubspot import hubspot_page
from golive.documentation.rules import rules_page
from golive.documentation.salesforce import salesforce_page
from golive.documentation.slack import slack_page
from golive.documentation.sources import source_pages
from golive.documentation.tables import all_tables
from golive.documentation.zendesk import zendesk_page

PAGE = Path(__file__).parent / "kinds_page.md"
CHECKLISTS_PAGE = Path(__file__).parent / "checklists_page.md"
_PLACE = re.compile(r"^\[\[(.+)\]\]$", re.MULTILINE)
_HEADING = re.compile(r"^(##|###) (.+)$", re.MULTILINE)


@cache
def pages() -> dict[str, str]:
    """Every generated page by its file name."""
    return {
        "kinds.md": kinds_page(),
        "checklists.md": checklists_page(),
        "commands.md": commands_page(),
        "checks.md": checks_page(),
        "rules.md": rules_page(),
        "zendesk.md": zendesk_page(),
        "slack.md": slack_page(),
        "salesforce.md": salesforce_page(),
        "hubspot.md": hubspot_page(),
        "engineering.md": engineering_page(),
        **source_pages(),
    }


def commands_page() -> str:
    """The help of every verb, as the terminal shows it."""
    lines = ["# Commands", "", "Made from `golive --help`; every verb has an example.", ""]
    for name, command in _commands(group, "golive"):
        context = click.Context(command, info_name=name, help_option_names=group.context_settings["help_option_names"])
        lines += [f"## {name}", "", "```text", _help(command, context), "```", ""]
    return "\n".join(lines)


def _commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name, help_option_names=group.context_settings["help_option_names"])
        for sub in command.list_commands(context):
            found = command.get_command(context, sub)
            if found is not None:
                yield from _commands(found, f"{name} {sub}")


def _help(command: click.Command, context: click.Context) -> str:
    context.terminal_width = context.max_content_width = 100
    return "\n".join(line.rstrip() for line in command.get_help(context).splitlines())


def kinds_page() -> str:
    """What can be written in `config/`: the page's own text with all tables and examples. Raises KeyError."""
    return _page(PAGE, _part)


def checklists_page() -> str:
    """What stands in `checklists/`, all that gates ask for, and what the method asks besides. Raises KeyError."""
    whole = _page(CHECKLISTS_PAGE, lambda name: checklist_tables()[name])
    for name, said in phrases().items():
        whole = whole.replace(f"[[{name}]]", said)
    own = {anchor(title) for _, title in _HEADING.findall(whole)}
    return re.sub(r"\]\(#([^)]+)\)", lambda to: to[0] if to[1] in own else f"](kinds.md#{to[1]})", whole)


def _page(path: Path, part: Callable[[str], list[str]]) -> str:
    """A page's own text with what stands at its places, and its contents, which are known only when all the rest is
    there."""

    def filled(place: re.Match[str]) -> str:
        return place[0] if place[1] == "contents" else "\n".join(part(place[1]))

    whole = _PLACE.sub(filled, path.read_text(encoding="utf-8"))
    return re.sub(r"\n{3,}", "\n\n", whole.replace("[[contents]]", "\n".join(_contents(whole)))).rstrip() + "\n"


def _part(name: str) -> list[str]:
    """What stands at one place of the page of kinds."""
    if name == "first file":
        return ["```yaml", FIRST_FILE.read_text(encoding="utf-8").strip(), "```"]
    if name.startswith("example "):
        return ["```yaml", example(name.removeprefix("example ")), "```"]
    return all_tables()[name]


def _contents(page: str) -> list[str]:
    """Chapters with their parts; a chapter of many parts names them on one line."""
    lines: list[str] = []
    below: list[str] = []
    for level, title in [*_HEADING.findall(page), ("##", "")]:
        entry = f"[{title}](#{anchor(title)})"
        if level == "###":
            below.append(entry)
            continue
        if below:
            lines[-1] += f": {', '.join(below)}"
            below = []
        if title not in ("Contents", ""):
            lines.append(f"- {entry}")
    return lines


def write_pages(folder: Path) -> None:
    """Write every page into a folder."""
    for name, text in pages().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
