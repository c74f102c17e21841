"""The forms in which a gate can be printed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.markup import escape

from config.results.gate import GateDocument
from golive.screens.gate_junit import gate_junit
from golive.screens.gate_markdown import gate_markdown
from golive.screens.gate_page import gate_page
from golive.terminal.masking import masked_document
from golive.terminal.output import OutputFile, write_out, writing_to
from golive.terminal.screen import Screen

Command = TypeVar("Command", bound=Callable[..., Any])
FORMS = ("text", "json", "markdown", "junit", "html")


def form_options(command: Command) -> Command:
    """`--format`, and where it goes."""
    form = click.option(
        "--format",
        "form",
        type=click.Choice(FORMS),
        default="text",
        show_default=True,
        help="markdown: one page for the meeting; junit: for pipelines; html: a page for a browser, offline.",
    )
    out = click.option("--out", type=OutputFile(), default=None, metavar="FILE", help="Write it into a file.")
    return form(out(command))


def print_form(
    screen: Screen, document: GateDocument, form: str, client: str, out: Path | None, show: Callable[[Screen], None]
) -> None:
    """The document in one of the forms, on stdout or in a file. show: shows it on a screen. Raises Fault."""
    if form == "text" and out is None:
        show(screen)
        return
    if form == "text":
        assert out is not None  # noqa: S101 - see above
        with writing_to(out), out.open("w", encoding="utf-8") as file, redirect_stdout(file):
            show(Screen("never"))
    else:
        text = _written(document, form, client)
        if out is None:
            sys.stdout.write(text)
        else:
            write_out(out, text)
    if out is not None:
        screen.note(f"Written to {escape(str(out))}.")


def _written(document: GateDocument, form: str, client: str) -> str:
    match form:
        case "markdown":
            return gate_markdown(document, client)
        case "junit":
            return gate_junit(document)
        case "html":
            return gate_page(document, client)
    return json.dumps(masked_document(document.to_json()), indent=2, ensure_ascii=False) + "\n"
