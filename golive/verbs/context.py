"""`golive context …`: what the helpdesk knows from the CRM's accounts."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from config.results.context import BillingSeen, ContextDocument
from config.results.error import Error
from golive.carrying.approval import ask, check_freeze
from golive.context.billing import subscriptions
from golive.context.completeness import checked
from golive.context.opening import CustomerContext, check_writer, open_context
from golive.context.pairing import Pairing
from golive.context.syncing import Carried, Expected, carried, expected
from golive.runs.reading import system_faults
from golive.screens.context import show_carried, show_check, show_differences, show_expected
from golive.screens.ending import leave, leave_unsure, stopping
from golive.terminal.call_count import CallCount
from golive.terminal.exits import Exit
from golive.terminal.fault import of_system
from golive.terminal.options import agreement_options, environment_option, json_option, screen_of
from golive.workspace.heading import heading
from golive.workspace.opening import open_environment
from stacks.interruption import Interruption


@click.group("context")
def command() -> None:
    """What agents know of a customer: how full the CRM's fields are, and carry them over to the helpdesk.

    `integrations: crm: mapping` in the files says which field fills which, and who writes.

    Example:  golive context check -e production
    """


@command.command("check", short_help="Say how full the CRM's fields are. Only reads.")
@environment_option
@click.option(
    "--sample", type=click.IntRange(0, 100), default=20, show_default=True, metavar="N",
    help="Compare so many organizations with their accounts, value by value.",
)  # fmt: skip
@click.option("--exit-code", is_flag=True, help="Leave with 7 while a field is too empty, or a sample differs.")
@json_option
@click.pass_context
def check(ctx: click.Context, environment: str | None, sample: int, exit_code: bool, json_wanted: bool) -> int:
    """Say how full the mapped fields of the CRM's accounts are, by segment, against the share that is asked for.

    Accounts are counted by the CRM itself, in one call or two. What relies on a field that is too empty is named, and
    the accounts that lack the most. Samples show whether what arrives in the helpdesk is what the CRM holds, whoever
    carries it over. Only reads.

    Example:  golive context check -e production
    """
    screen, calls = screen_of(ctx, json_wanted), CallCount()
    opened = open_environment(ctx.obj["folder"], environment)
    heading(screen, opened)
    with Interruption(on_overdue=leave) as interruption:
        context = open_context(opened, screen, interruption, calls.report)
        with calls.shown(screen, "Counting"), system_faults(_where(context)):
            document = checked(context, sample)
    if json_wanted:
        screen.document(document.to_json())
    else:
        show_check(screen, context, document)
    differs = document.complete is False or bool(document.sample and document.sample.different)
    return int(Exit.CHANGES if exit_code and differs else Exit.DONE)


@command.command("sync", short_help="Carry the CRM's values over to the helpdesk's organizations.")
@environment_option
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), default=None, metavar="FILE",
    help="Write every difference to this CSV file.",
)  # fmt: skip
@json_option
@agreement_options
@click.pass_context
def sync(
    ctx: click.Context,
    environment: str | None,
    dry_run: bool,
    out: Path | None,
    json_wanted: bool,
    yes: bool,
    client: str | None,
) -> int:
    """Carry the mapped values of the CRM's accounts over to the helpdesk's organizations; only what differs.

    An account belongs to the organization that holds its id (`account_key`); where none does, to the one of its name
    that holds no id yet. An organization with another id is never touched, accounts of one name are left for a person,
    nothing is deleted, and what is empty in the CRM stays as it is in the helpdesk. A run that was cut off is simply
    run again: it does what is left, and a second run does nothing.

    Example:  golive context sync --dry-run -e production
    """
    screen, calls = screen_of(ctx, json_wanted), CallCount()
    opened = open_environment(ctx.obj["folder"], environment)
    heading(screen, opened)
    if not dry_run:
        check_freeze(opened)
    with tempfile.TemporaryDirectory(prefix="golive-context-") as folder:
        with Interruption(on_overdue=leave) as interruption:
            context = open_context(opened, screen, interruption, calls.report, writes=not dry_run)
            check_writer(context, context.crm.mapping)
            reads = context.organizations()
            pairing = Pairing(Path(folder) / "accounts.sqlite", context.rows, context.accounts, reads)
            with calls.shown(screen, "Reading"), system_faults(_where(context)):
                if context.billing is not None:
                    export = subscriptions(context.billing, opened.workspace.root)
                    pairing.take_billing(context.billing.fills, export)
                reads.settled()
                pairing.read()
                found = expected(pairing, out)
        sizes = (pairing.accounts, pairing.organizations, pairing.without_account)
        billed = pairing.billing_seen() if context.billing is not None else None
        show_expected(screen, context, found, sizes, billed)
        show_differences(screen, context, found.first, found.writes)
        done = Carried()
        read = context.reading.calls[context.helpdesk_instance]
        if found.writes and not dry_run:
            ask(opened, screen, "\nWrite them?", yes=yes, client=client)
            again = leave_unsure(f"golive context sync{opened.option}")
            with Interruption(stopping(screen), again) as interruption, calls.shown(screen, "Writing"):
                done = carried(pairing, context.organizations(interruption))
            show_carried(screen, context, done, read)
        elif not found.writes:
            screen.say("\n[good]Nothing to write.[/]")
        else:
            screen.say("\nNothing was written (--dry-run).")
        pairing.close()
    if json_wanted:
        screen.document(_document_of_sync(context, sizes, found, done, billed, dry_run=dry_run).to_json())
    return int(done.exits)


def _document_of_sync(
    context: CustomerContext,
    sizes: tuple[int, int, int],
    found: Expected,
    done: Carried,
    billed: BillingSeen | None,
    *,
    dry_run: bool,
) -> ContextDocument:
    document = ContextDocument(
        environment=context.opened.environment_name,
        action="sync",
        crm=context.crm_instance,
        helpdesk=context.helpdesk_instance,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        accounts=sizes[0],
        organizations=sizes[1],
        without_account=sizes[2],
        counts=dict(found.counts),
        changes=found.first,
        written=done.written,
        refused=done.refused,
        dry_run=dry_run,
        billing=billed,
        calls=dict(context.reading.calls),
    )
    if done.broken is None:
        return document
    return replace(document, error=Error(**of_system(done.broken, _where(context)).as_json()))


def _where(context: CustomerContext) -> str:
    return f"{context.crm_instance} and {context.helpdesk_instance}"
