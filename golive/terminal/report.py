"""How a verb that ended early says so."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.markup import escape

from config.results.cohort import CohortDocument
from config.results.due import DueDocument
from config.results.error import Error
from config.results.findings import FindingsDocument
from config.results.gate import GateDocument
from config.results.gate_diff import GateDiffDocument
from config.results.gate_history import GateHistoryDocument
from config.results.history import HistoryDocument
from config.results.log import LogDocument
from config.results.look import LookDocument
from config.results.plan import DriftDocument, PlanDocument
from config.results.review import ReviewDocument
from config.results.runsheet import RunsheetDocument
from config.results.switch import SwitchDocument
from config.results.watch import WatchDocument
from golive.home import report_to
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.screen import Colour, Screen


def show_fault(fault: Fault, arguments: list[str]) -> None:
    """On a terminal four short lines; with `--json` the one document that a verb always prints."""
    screen = Screen(_colour(arguments), wants_json(arguments))
    if screen.json_wanted:
        screen.document(failed_document(fault, arguments))
    style = "head" if fault.exits == Exit.CANCELLED else "danger"
    screen.note(f"[{style}]{escape(fault.what)}[/]")
    if fault.where:
        screen.note(f"  [quiet]where[/]  {escape(fault.where)}")
    if fault.why:
        screen.note(f"  [quiet]why[/]    {escape(fault.why)}")
    if fault.do:
        screen.note(f"  [quiet]do[/]     {escape(fault.do)}")


def failed_document(fault: Fault, arguments: list[str]) -> dict[str, Any]:
    """The verb's own document, as far as it came, with the error in it."""
    error = Error(**fault.as_json())
    environment = option_of(arguments, "-e", "--environment")
    made: Any
    match verb_of(arguments):
        case ("plan" | "up" | "destroy" | "undo") as verb:
            empty = PlanDocument("golive/plan/1", environment)
            schema: Any = f"golive/{verb}/1"
            made = replace(fault.document or empty, schema=schema, error=error).to_json()
        case "look":
            made = LookDocument(error=error).to_json()
        case "drift":
            made = DriftDocument(environment, error=error).to_json()
        case ("off" | "on") as verb:
            switched: Any = f"golive/{verb}/1"
            made = SwitchDocument(switched, environment, error=error).to_json()
        case "history":
            made = HistoryDocument(environment, error=error).to_json()
        case "runsheet":
            made = RunsheetDocument(environment, error=error).to_json()
        case "due":
            made = DueDocument(environment, error=error).to_json()
        case "gate" if _sub_verb_of(arguments) == "history":
            made = GateHistoryDocument(environment=environment, error=error).to_json()
        case "gate" if _sub_verb_of(arguments) == "diff":
            made = GateDiffDocument(environment, error=error).to_json()
        case "gate":
            made = GateDocument(environment=environment, error=error).to_json()
        case "log":
            made = LogDocument(environment=environment, error=error).to_json()
        case "cohort":
            made = CohortDocument(environment, error=error).to_json()
        case "watch":
            made = WatchDocument(environment=environment, error=error).to_json()
        case "validate":
            made = FindingsDocument(error=error).to_json()
        case "review":
            made = ReviewDocument(environment=environment, error=error).to_json()
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


def option_of(arguments: list[str], *names: str) -> str:
    """What a command line says under an option, known even where it could not be parsed; empty where nothing."""
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if argument in names:
            return following
        name, equals, value = argument.partition("=")
        if equals and name in names:
            return value
    return ""


def wants_json(arguments: list[str]) -> bool:
    """Whether the command line asks for a document."""
    return "--json" in arguments or option_of(arguments, "--format") == "json"


def _sub_verb_of(arguments: list[str]) -> str:
    """The word behind the verb."""
    at = arguments.index(verb_of(arguments)) + 1
    return arguments[at] if at < len(arguments) else ""


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
