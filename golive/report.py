"""How a verb that ended early says so."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.markup import escape

from config.results.error import Error
from config.results.findings import FindingsDocument
from config.results.plan import DriftDocument, PlanDocument
from golive.exits import Exit
from golive.fault import Fault
from golive.screen import Screen

ISSUES = "https://github.com/golive-dev/golive/issues"


def show_fault(fault: Fault, arguments: list[str]) -> None:
    """On a terminal four short lines; with `--json` the one document that a verb always prints."""
    screen = Screen(json_wanted=wants_json(arguments))
    if screen.json_wanted:
        screen.document(failed_document(fault, arguments))
    screen.note(f"[danger]{escape(fault.what)}[/]")
    if fault.where:
        screen.note(f"  [quiet]where[/]  {escape(fault.where)}")
    if fault.why:
        screen.note(f"  [quiet]why[/]    {escape(fault.why)}")
    if fault.do:
        screen.note(f"  [quiet]do[/]     {escape(fault.do)}")


def failed_document(fault: Fault, arguments: list[str]) -> dict[str, Any]:
    """The verb's own document, as far as it came, with the error in it."""
    error = Error(**fault.as_json())
    made: Any
    match verb_of(arguments):
        case ("plan" | "up" | "destroy") as verb:
            empty = PlanDocument("golive/plan/1", environment_of(arguments))
            schema: Any = f"golive/{verb}/1"
            made = replace(fault.document or empty, schema=schema, error=error).to_json()
        case "drift":
            made = DriftDocument(environment_of(arguments), error=error).to_json()
        case "validate":
            made = FindingsDocument(error=error).to_json()
        case verb:
            made = {"schema": f"golive/{verb}/1", "error": fault.as_json()}
    document: dict[str, Any] = made
    return document


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


def environment_of(arguments: list[str]) -> str:
    """The environment that a command line names; empty where it names none."""
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=True):
        if argument in ("-e", "--environment"):
            return following
        if argument.startswith("--environment="):
            return argument.partition("=")[2]
    return ""
