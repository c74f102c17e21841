"""How a verb that ended early says so."""

from __future__ import annotations

import tempfile
from importlib.metadata import version
from pathlib import Path

from rich.markup import escape

from golive.exits import Exit
from golive.fault import Fault
from golive.screen import Screen

ISSUES = "https://github.com/golive-dev/golive/issues"


def show_fault(fault: Fault, arguments: list[str]) -> None:
    """On a terminal four short lines; with `--json` the one document that a verb always prints."""
    screen = Screen(json_wanted=wants_json(arguments))
    if screen.json_wanted:
        screen.document({"schema": f"golive/{verb_of(arguments)}/1", "error": fault.as_json()})
    screen.note(f"[danger]{escape(fault.what)}[/]")
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
        do=f"Please report it with that file, after a look whether it names anything secret: {ISSUES}",
        exits=Exit.BUG,
    )
    show_fault(fault, arguments)


def wants_json(arguments: list[str]) -> bool:
    """Whether the command line asks for a document, known even where it could not be parsed."""
    pairs = zip(arguments, [*arguments[1:], ""], strict=True)
    return "--json" in arguments or "--format=json" in arguments or ("--format", "json") in pairs


def verb_of(arguments: list[str]) -> str:
    """The verb in a command line, `golive` where there is none."""
    skip = False
    for argument in arguments:
        if skip:
            skip = False
        elif argument in ("-C", "--color"):
            skip = True
        elif not argument.startswith("-"):
            return argument
    return "golive"
