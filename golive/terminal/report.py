"""How a verb that ended early says so."""

from __future__ import annotations

import tempfile
from importlib.metadata import version
from pathlib import Path

from rich.markup import escape

from golive.home import report_to
from golive.terminal.arguments import option_of, verb_of, wants_json
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.screen import Colour, Screen


def show_fault(fault: Fault, arguments: list[str]) -> None:
    """On a terminal four short lines; with `--json` the one document that a verb always prints."""
    screen = Screen(_colour(arguments), wants_json(arguments))
    if screen.json_wanted:
        from golive.terminal.failed_document import failed_document  # all documents: most runs end without one

        screen.document(failed_document(fault, arguments))
    style = "head" if fault.exits == Exit.CANCELLED else "danger"
    screen.note(f"[{style}]{escape(fault.what)}[/]")
    if fault.where:
        screen.note(f"  [quiet]where[/]  {escape(fault.where)}")
    if fault.why:
        screen.note(f"  [quiet]why[/]    {escape(fault.why)}")
    if fault.do:
        screen.note(f"  [quiet]do[/]     {escape(fault.do)}")


def show_bug(trace: str, arguments: list[str]) -> None:
    """Something that nobody expected: keep the details in a file, say where to report it."""
    with tempfile.NamedTemporaryFile("w", prefix="golive-bug-", suffix=".txt", delete=False, encoding="utf-8") as file:
        file.write(f"golive {version('golive')}, verb {verb_of(arguments)}\n\n{trace}")
    fault = Fault(
        "bug",
        "golive met something that it does not expect. This is a fault of golive, not yours.",
        where=str(Path(file.name)),
        why=trace.strip().splitlines()[-1],
        do=f"Please report it {report_to()}, with that file, after a look whether it names anything secret.",
        exits=Exit.BUG,
    )
    show_fault(fault, arguments)


def _colour(arguments: list[str]) -> Colour:
    match option_of(arguments, "--color"):
        case ("always" | "never") as said:
            return said
        case _:
            return "auto"
