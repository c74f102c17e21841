"""`golive validate`: check the files, offline."""

from __future__ import annotations

import sys

import click

from checklists.loading import checklist_files
from config.results.findings import FindingsDocument
from config.workspace import Workspace
from golive.screens.annotations import workflow_commands
from golive.screens.findings import many_said, show_findings
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.options import screen_of
from golive.workspace.checking import check_workspace
from golive.workspace.opening import open_workspace
from golive.workspace.repository import place_in_repository
from golive.workspace.sarif import failed_sarif, sarif
from migrations.declared.reading import migration_files


@click.command("validate")
@click.option(
    "-e", "--environment", default=None, metavar="NAME", help="Only this environment's values; all are tried otherwise."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    show_default=True,
    help="sarif: for code scanning and editors; github: annotations, as GitHub Actions reads them.",
)
@click.option("--json", "json_wanted", is_flag=True, help="The same as --format json.")
@click.option("--all", "every_note", is_flag=True, help="Every note, too, where there are many of one sort.")
@click.pass_context
def command(ctx: click.Context, environment: str | None, form: str, json_wanted: bool, every_note: bool) -> int:
    """Check every file and show all errors and warnings at once, sorted by file and line.

    Needs no network and no credentials.

    Example:  golive validate --format github
    """
    form = "json" if json_wanted else form
    screen = screen_of(ctx, form in ("json", "sarif"))
    try:
        workspace = open_workspace(ctx.obj["folder"])
        checked = check_workspace(workspace, environment)
    except Fault as fault:
        if form == "sarif":
            screen.document(failed_sarif(fault))
        raise
    findings = checked.findings
    above = place_in_repository(workspace.root)
    errors = [finding for finding in findings if finding.severity == "error"]
    if form == "json":
        screen.document(FindingsDocument.of(findings, allowed=checked.allowed).to_json())
    elif form == "sarif":
        screen.document(sarif(findings, above))
    elif form == "github":
        sys.stdout.writelines(f"{line}\n" for line in workflow_commands(findings, above))
    else:
        show_findings(screen, findings, every_note)
        if errors:
            screen.say(f"\n[danger]{many_said(findings)}[/]. Correct what is wrong and check again:  golive validate")
        else:
            rest = f" ({many_said(findings)})" if findings else ""
            screen.say(f"[good]{_valid(workspace)}[/]{rest}")
        if checked.allowed:
            screen.say(f"[quiet]{_allowed(len(checked.allowed))}[/]")
    return int(Exit.USAGE if errors else Exit.DONE)


def _allowed(many: int) -> str:
    """How many findings are set aside."""
    said = "1 finding is" if many == 1 else f"{many} findings are"
    return f"{said} allowed by `x-allow`, with a reason:  golive validate --json"


def _valid(workspace: Workspace) -> str:
    """So many files have no error."""
    files = {
        "config/": len(workspace.config_files()),
        "checklists/": len(checklist_files(workspace)),
        "migrations/": len(migration_files(workspace.root)),
    }
    where = " and ".join(folder for folder, many in files.items() if many)
    match sum(files.values()):
        case 0:
            return "There is nothing in config/ yet, and nothing is wrong."
        case 1:
            return f"The one file in {where} is valid."
        case many:
            return f"All {many} files in {where} are valid."
