"""`golive runsheet`: the go-live day by the minute."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from rich.markup import escape

from config.phases import PHASES
from config.results.runsheet import RunsheetDocument
from golive.carrying.planned import planned
from golive.gates.collecting import Known
from golive.gates.dates import begins_at, zone_of
from golive.gates.opened import OpenedGates, open_gates
from golive.gates.reading import known_of
from golive.gates.telling import gate_document
from golive.launch.runsheet import Launch, runsheet
from golive.screens.ending import leave
from golive.screens.runsheet import show_runsheet
from golive.screens.runsheet_page import runsheet_markdown, runsheet_page
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.masking import masked_document
from golive.terminal.options import environment_option, json_option, screen_of
from golive.terminal.output import OutputFile, write_out
from golive.terminal.screen import Screen
from golive.workspace.heading import heading
from stacks.interruption import Interruption


@click.command("runsheet")
@click.argument("phase")
@environment_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "html", "json"]),
    default=None,
    help="In a terminal text, else Markdown.",
)
@json_option
@click.option("--at", default=None, metavar="'YYYY-MM-DD HH:MM'", help="When it begins, in the project's time zone.")
@click.option("--out", type=OutputFile(), default=None, metavar="FILE", help="Write it into a file.")
@click.option("--offline", is_flag=True, help="Read no system: what wakes is not known then.")
@click.pass_context
def command(
    ctx: click.Context,
    phase: str,
    environment: str | None,
    form: str | None,
    json_wanted: bool,
    at: str | None,
    out: Path | None,
    offline: bool,
) -> int:
    """Write the day on which a phase begins, minute by minute: each step, who does it, how one sees that it worked, and
    the way back. From the day before to the end of the second day.

    It is made from the gate, from the plan of that phase, and from what the project has said under `figures:`. Reads
    only. Telephone numbers are not kept.

    \b
    Example:  golive runsheet rollout -e production \\
                --at "2026-12-01 09:00" --format html --out rollout.html
    """
    usual = "text" if sys.stdout.isatty() and out is None else "markdown"
    form = "json" if json_wanted else form or usual
    if form == "text" and out is not None:
        raise click.UsageError("--out takes markdown, html or json: text is for the screen.", ctx)
    screen = screen_of(ctx, json_wanted=form != "text")
    gates = open_gates(ctx, environment)
    heading(screen, gates.opened)
    asked = gates.gate(phase)
    known = known_of(gates, asked, screen, live=not offline)
    document = _made(gates, known, asked, screen, at, offline=offline)
    if form == "text":
        show_runsheet(screen, masked_document(document))
        return int(Exit.DONE)
    if form == "json":
        text = json.dumps(masked_document(document.to_json()), indent=2, ensure_ascii=False) + "\n"
    else:
        text = runsheet_page(document) if form == "html" else runsheet_markdown(document)
    if out is None:
        sys.stdout.write(text)
    else:
        write_out(out, text)
        screen.note(f"Written to {escape(str(out))}.")
    return int(Exit.DONE)


def _made(
    gates: OpenedGates, known: Known, asked: str, screen: Screen, at: str | None, *, offline: bool
) -> RunsheetDocument:
    begins = begins_at(at, zone_of(known.circumstances.declaration, known.checklist.figures)) if at else None
    plan, why = None, ""
    if asked in PHASES and not offline:
        try:
            with Interruption(on_overdue=leave) as interruption:
                plan = planned(gates.opened, screen, interruption, entering=asked).document
        except Fault as fault:
            if fault.exits in (Exit.CANCELLED, Exit.CREDENTIALS):
                raise
            why = f"What wakes is not known: {fault.what} {fault.why}".strip()
    elif asked in PHASES:
        why = "What wakes is not known: the systems were not read."
    launch = Launch(
        gate_document(known, gates.opened, asked),
        gates.checklist,
        gates.opened.loaded.declaration,
        gates.opened.environment,
        gates.holders(),
        plan,
        known.facts.plan.value,
        why,
        begins,
        gates.opened.option,
    )
    return runsheet(launch, gates.opened.client, known.circumstances.now)
