"""`golive migrate delta`: what has changed in the old tool since it was sent."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import click

from checklists.loading import checklist_files
from config.results.migration_delta import MigrationDeltaDocument
from config.words import counted, some
from golive.carrying.approval import ask, check_freeze
from golive.gates.dates import begins_at, zone_of
from golive.gates.opened import open_gates
from golive.migrating.agreeing import check_number, check_sendable
from golive.migrating.carrying import Carrying
from golive.migrating.changing import changed
from golive.migrating.opening import open_migration
from golive.migrating.planning import planned
from golive.migrating.reporting import keep_comparison
from golive.migrating.rereading import note_sent, read_again
from golive.migrating.target import check_account, open_ledger, open_target
from golive.runs.reading import system_faults
from golive.screens.ending import leave, stopping
from golive.screens.migration_cutover import CutoverDay, cutover_sheet
from golive.screens.migration_delta import show_delta
from golive.screens.migration_run import show_run
from golive.terminal.call_count import CallCount
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.options import agreement_options, environment_option, json_option, screen_of
from golive.terminal.output import OutputFile, write_out
from golive.terminal.read_count import ReadCount
from golive.terminal.sent_count import SentCount
from golive.wording.record_words import records_said
from golive.workspace.heading import heading
from golive.workspace.opening import Opened, open_environment
from migrations.records.ticket import Ticket
from migrations.sending.selection import Selection
from migrations.staging.staging import Staging
from stacks.interruption import Interruption


@click.command("delta", short_help="Bring what has changed in the old tool since it was sent.")
@click.argument("source")
@environment_option
@click.option("--check", is_flag=True, help="Only say what it would do. The old tool is read again for it.")
@click.option("--as-read", is_flag=True, help="Take what was read last, instead of reading the old tool again.")
@click.option(
    "--overlap", type=click.IntRange(min=0), default=1, show_default=True, metavar="DAYS",
    help="So many days before the last reading are read as well.",
)  # fmt: skip
@click.option("--cutover", is_flag=True, help="The last one: tickets that are still open in the old tool come as well.")
@click.option(
    "--also", multiple=True, metavar="ID",
    help="Make this ticket (its old id) anew although it was worked on in the new helpdesk. Can be said several times.",
)  # fmt: skip
@click.option(
    "--replace-tickets", "number", type=click.IntRange(min=0), default=None, metavar="N",
    help="How many tickets are deleted and made anew: said beforehand, instead of being asked.",
)  # fmt: skip
@click.option("--runsheet", type=OutputFile(), default=None, metavar="FILE", help="Write the cutover, step by step.")
@click.option(
    "--at", default=None, metavar="'YYYY-MM-DD HH:MM'",
    help="With --runsheet: when the first address moves, in the project's time zone.",
)  # fmt: skip
@json_option
@agreement_options
@click.pass_context
def delta(
    ctx: click.Context,
    source: str,
    environment: str | None,
    check: bool,
    as_read: bool,
    overlap: int,
    cutover: bool,
    also: tuple[str, ...],
    number: int | None,
    runsheet: Path | None,
    at: str | None,
    json_wanted: bool,
    yes: bool,
    client: str | None,
) -> int:
    """Read the old tool again, and bring what is new or has changed since it was sent. Nothing can be added to the
    history of a ticket, so one that has changed is deleted in the new helpdesk and made anew; the ledger keeps both
    ids. A ticket that somebody has worked on in the new helpdesk since is left alone and named. It also says what still
    comes into the old tool, and which new tickets answer one that was brought over.

    Example:  golive migrate delta old_inbox --check -e production
    """
    if at and runsheet is None:
        raise click.UsageError("--at goes with --runsheet FILE.", ctx)
    screen, calls, compared = screen_of(ctx, json_wanted), CallCount(), ReadCount("Comparing")
    migration = open_migration(ctx.obj["folder"], source)
    decisions = migration.decisions
    if cutover:
        migration = replace(migration, declared=migration.declared.model_copy(update={"open_tickets": "bring"}))
    opened = open_environment(ctx.obj["folder"], environment)
    heading(screen, opened)
    if not check:
        check_freeze(opened)
    day = _day(ctx, opened, environment, at) if runsheet is not None else CutoverDay()
    with ExitStack() as held:
        ledger = held.enter_context(open_ledger(migration, opened.environment_name))
        since = "" if as_read else read_again(migration, screen, overlap)
        staging = held.enter_context(migration.staging())
        migration.check_read(staging)
        _check_known(staging, also)
        with Interruption(on_overdue=leave) as interruption, compared.shown(screen):
            target = open_target(migration, opened, screen, interruption, calls.report, writes=not check)
            check_account(ledger, target, migration)
            decided_anew = ledger.last_run().mapping not in ("", decisions)
            with system_faults(target.where):
                Carrying(migration, target, ledger, interruption, lambda *_: None, calls.made).look_up()
                imports = target.imports(writes=False)
                plan = planned(migration, staging, ledger, target, imports, Selection())
                document = changed(
                    migration, staging, ledger, target, imports, plan, also, lambda n: compared.read("", n),
                    since=since, cutover=cutover, decided_anew=decided_anew,
                )  # fmt: skip
        if not json_wanted:
            show_delta(screen, document, opened.option, is_check=check)
        if runsheet is not None:
            write_out(runsheet, cutover_sheet(document, migration.declared, day, opened.option))
            screen.note(f"The cutover, step by step:  {runsheet}")
        keep_comparison(migration, opened.environment_name, document.changes)
        is_left_open = bool(ledger.open_batches() or ledger.former.superseded(1))
        if not check and (document.records or is_left_open):
            check_sendable(migration, document.blocked)
            anew = document.changes.get("changed", 0)
            said = f"This makes {counted(anew, 'ticket')} anew, and deletes the former ones; nothing was sent."
            check_number(said, anew, number, "--replace-tickets", yes=yes)
            ask(opened, screen, _question(document, target.title), yes=yes, client=client)
            count = SentCount(document.records)
            with Interruption(stopping(screen)) as stop, count.shown(screen), system_faults(target.where):
                carrying = Carrying(migration, target, ledger, stop, count.sent, calls.made)
                document = replace(document, run=carrying.send_changes(staging))
            if document.run is not None and document.run.is_whole:
                left = {fate: many for fate, many in document.changes.items() if fate not in ("new", "changed")}
                keep_comparison(migration, opened.environment_name, left)
                note_sent(staging)
    if json_wanted:
        screen.document(document.to_json())
    elif document.run is not None:
        show_run(screen, document.run, opened.option)
    return int(_exit(document))


def _day(ctx: click.Context, opened: Opened, environment: str | None, at: str | None) -> CutoverDay:
    """When the cutover is, and who is there, as far as the project says it. at: as it was typed. Raises Fault."""
    declaration = opened.loaded.declaration
    gates = open_gates(ctx, environment) if checklist_files(opened.workspace) else None
    figures = gates.checklist.figures if gates is not None else {}
    zone = zone_of(declaration, figures)
    said = {key: str(each.value) for key, each in figures.items() if each.value is not None}
    return CutoverDay(
        begins_at(at, zone) if at else None,
        zone,
        gates.holders() if gates is not None else {},
        said.get("roll_back", ""),
        said.get("launch_escalation", ""),
    )


def _check_known(staging: Staging, also: tuple[str, ...]) -> None:
    """Raises Fault."""
    unknown = [each for each in also if staging.get(Ticket, each) is None]
    if unknown:
        raise Fault(
            "no_ticket",
            f"There is no ticket {some(unknown)} in the old tool; nothing was done.",
            do="Say the old id, as  golive migrate delta --check  shows it.",
            exits=Exit.USAGE,
        )


def _question(document: MigrationDeltaDocument, title: str) -> str:
    if not document.records:
        return f"Finish in {title} what the last run has left open?"
    anew = document.changes.get("changed", 0)
    deleted = f", and delete {counted(anew, 'former ticket')}" if anew else ""
    return f"Send {records_said(document.records)} to {title}{deleted}?"


def _exit(document: MigrationDeltaDocument) -> Exit:
    if document.blocked:
        return Exit.FAILED
    if document.run is None:
        return Exit.DONE
    return Exit.CANCELLED if not document.run.is_whole else Exit.PARTLY if document.run.refused else Exit.DONE
