"""`golive review`: what a change of the files means, offline."""

from __future__ import annotations

import json
import os
import sys
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path

import click
from jsonschema import Draft7Validator
from jsonschema.exceptions import best_match
from pydantic import TypeAdapter, ValidationError
from rich.markup import escape

from config.results.document import schema_of
from config.results.error import Error
from config.results.plan import PlanDocument
from config.results.review import ReviewDocument
from config.workspace import NoWorkspace, find_workspace
from golive.review.live_already import with_live_plan
from golive.review.reviewing import review
from golive.screens.annotations import review_annotations
from golive.screens.review import show_review
from golive.screens.review_markdown import LARGEST_COMMENT, LARGEST_SUMMARY, comment, failed_comment, whole_length
from golive.screens.review_page import failed_page, review_page
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.masking import masked_document
from golive.terminal.options import screen_of
from golive.terminal.output import OutputFile, write_out, writing_to
from golive.terminal.screen import Screen
from golive.workspace.opening import open_workspace
from golive.workspace.repository import place_in_repository

SUMMARY_VARIABLE = "GITHUB_STEP_SUMMARY"


@click.command("review")
@click.argument("base", required=False)
@click.option("--head", default=None, metavar="REV", help="The revision to look at; the files as they are, otherwise.")
@click.option(
    "-e",
    "--environment",
    default=None,
    metavar="NAME",
    help="Whose values are filled in; production's unless said otherwise. No system is touched.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "html", "json"]),
    default="text",
    show_default=True,
    help="markdown: one comment of a pull request; html: one page for people without these files.",
)
@click.option("--json", "json_wanted", is_flag=True, help="The same as --format json.")
@click.option(
    "--out",
    type=OutputFile(),
    default=None,
    metavar="FILE",
    help="Write the result into a file.",
)
@click.option(
    "--rest",
    type=OutputFile(),
    default=None,
    metavar="FILE",
    help="With markdown: what is too long for one comment goes into this file.",
)
@click.option(
    "--plan",
    "plan_file",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    metavar="FILE",
    help="Show this live plan beside it: what `golive plan --json` has printed.",
)
@click.option("--annotations", is_flag=True, help="Mark the changed lines for GitHub, on stderr.")
@click.option("--step-summary", is_flag=True, help=f"Add the result to the file that ${SUMMARY_VARIABLE} names.")
@click.pass_context
def command(
    ctx: click.Context,
    base: str | None,
    head: str | None,
    environment: str | None,
    form: str,
    json_wanted: bool,
    out: Path | None,
    rest: Path | None,
    plan_file: Path | None,
    annotations: bool,
    step_summary: bool,
) -> int:
    """Say what a change of the files means: for each object in words, how risky it is, and who notices.

    Compares two revisions of the workspace's git repository: BASE (the point at which the change left the main branch,
    unless it is said) with the files as they are, or with --head. Needs no network, no credentials and no state.

    Example:  golive review --format html --out review.html
    """
    form = "json" if json_wanted else form
    if rest and form != "markdown":
        raise click.UsageError("--rest belongs to --format markdown.", ctx)
    summary_file = _summary_file(ctx) if step_summary else None
    screen = screen_of(ctx, form == "json")
    name = _name(ctx.obj["folder"])
    try:
        plan = _plan_in(plan_file) if plan_file else None
        planned = plan.environment if isinstance(plan, PlanDocument) else ""
        document = review(ctx.obj["folder"], base, head, environment, planned)
        if isinstance(plan, Error):
            document = replace(document, error=document.error or plan)
        elif plan is not None:
            document = with_live_plan(document, plan)
        _show(screen, document, form, out, rest, name)
    except Fault as fault:
        # Where a comment or page shows an earlier review, silence would be taken for the same again.
        if form in ("markdown", "html"):
            _write(failed_comment(name, fault) if form == "markdown" else failed_page(fault), out)
        if summary_file:
            _append(summary_file, failed_comment(name, fault))
        raise
    if annotations:
        above = place_in_repository(open_workspace(ctx.obj["folder"]).root)
        sys.stderr.writelines(f"{line}\n" for line in review_annotations(document, above))
    if summary_file:
        _append(summary_file, comment(document, name, LARGEST_SUMMARY)[0])
    if document.error is None:
        return int(Exit.DONE)
    screen.note(f"[danger]{escape(document.error.what)}[/]")
    screen.note(f"  [quiet]why[/]    {escape(document.error.why)}")
    screen.note(f"  [quiet]do[/]     {escape(document.error.do)}")
    return int(Exit.USAGE if document.error.code == "invalid" else Exit.FAILED)


def _name(folder: Path) -> str:
    """What the comment is found again by: the workspace's name, if there is a workspace."""
    try:
        return find_workspace(folder).name
    except NoWorkspace:
        return folder.resolve().name


def _show(screen: Screen, document: ReviewDocument, form: str, out: Path | None, rest: Path | None, name: str) -> None:
    """Print or write the result in one of its forms. Raises Fault where a part of it would be lost."""
    match form:
        case "json":
            _write(json.dumps(document.to_json(), indent=2, ensure_ascii=False) + "\n", out)
        case "markdown":
            text, left = comment(document, name)
            if left and rest is None:
                raise Fault(
                    "too_long",
                    "The review does not fit into one comment.",
                    why=f"GitHub takes {LARGEST_COMMENT:,} characters, and this has {whole_length(document, name):,}.",
                    do="Say where the rest goes:  --rest FILE",
                    exits=Exit.FAILED,
                )
            _write(text, out)
            if rest is not None:
                _write(left, rest)
        case "html":
            _write(review_page(document), out)
        case _ if out is None:
            show_review(screen, document)
        case _:
            with writing_to(out), out.open("w", encoding="utf-8") as file, redirect_stdout(file):
                show_review(Screen("never"), document)
    if out:
        screen.note(f"Written to {escape(str(out))}.")


def _plan_in(file: Path) -> PlanDocument | Error:
    """The live plan in a file. One that was to be shown and is not there is an error in the review."""

    def missing(why: str) -> Error:
        return Error("plan", "The live plan is missing.", str(file), why, "Look at why `golive plan --json` made none.")

    try:
        text = file.read_bytes()
    except OSError as broken:
        return missing(f"{file}: {broken.strerror or broken}.")
    if not text.strip():
        return missing(f"{file} is empty.")
    try:
        data = json.loads(text)
        wrong = best_match(Draft7Validator(schema_of(PlanDocument, "golive/plan/1")).iter_errors(data))
        plan = TypeAdapter(PlanDocument).validate_python(data)
    except (ValidationError, ValueError) as broken:
        return missing(f"{file} is no plan: {str(broken).splitlines()[0]}.")
    if wrong is not None:
        return missing(f"{file} is no plan: {wrong.message[:200]}.")
    return replace(masked_document(plan), declared=plan.declared)


def _summary_file(ctx: click.Context) -> Path:
    named = os.environ.get(SUMMARY_VARIABLE)
    if not named:
        raise click.UsageError(f"--step-summary needs the variable {SUMMARY_VARIABLE}, which GitHub Actions sets.", ctx)
    return Path(named)


def _write(text: str, out: Path | None) -> None:
    if out is None:
        sys.stdout.write(text)
    else:
        write_out(out, text)


def _append(file: Path, text: str) -> None:
    with file.open("a", encoding="utf-8") as summary:
        summary.write(text)
