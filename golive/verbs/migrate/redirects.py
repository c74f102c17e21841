"""`golive migrate redirects`: let old pages lead to the new ones."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import click
from rich.markup import escape

from config.results.migration_redirects import MigrationRedirectsDocument
from config.words import counted
from golive.carrying.approval import ask, check_freeze
from golive.gates.migration_notes import note_redirects, noted_for_gates
from golive.migrating.opening import open_migration
from golive.migrating.redirecting import Redirecting, redirecting, removals
from golive.migrating.target import check_account, open_ledger, open_target
from golive.runs.reading import system_faults
from golive.screens.ending import leave
from golive.screens.migration_redirects import show_checked, show_refused, show_rules
from golive.terminal.call_count import CallCount
from golive.terminal.exits import Exit
from golive.terminal.options import agreement_options, environment_option, json_option, practising_option, screen_of
from golive.terminal.output import OutputFile, write_out
from golive.terminal.read_count import ReadCount
from golive.terminal.screen import Screen
from golive.workspace.heading import heading
from golive.workspace.opening import Opened, open_environment
from migrations.mapping.decisions import old_pages
from migrations.redirecting.files import FORMATS
from migrations.redirecting.resolving import pages_digest
from migrations.redirecting.rules import RuleChange, RuleChanges
from stacks.interruption import Interruption


@click.command("redirects", short_help="Let the addresses of old pages lead to the new ones.")
@click.argument("source")
@environment_option
@click.option(
    "--format", "format_", type=click.Choice([*FORMATS]), default=None,
    help="Write a file for the server of the old pages, instead of rules of the help centre.",
)  # fmt: skip
@click.option("--out", type=OutputFile(), default=None, metavar="FILE", help="With --format: where it is written.")
@click.option("--check", is_flag=True, help="Ask for each old page as anybody would: one step, for good, to a page.")
@click.option("--remove", is_flag=True, help="Take away the rules that this has set, and no other one.")
@json_option
@agreement_options
@practising_option
@click.pass_context
def redirects(
    ctx: click.Context,
    source: str,
    environment: str | None,
    format_: str | None,
    out: Path | None,
    check: bool,
    remove: bool,
    json_wanted: bool,
    yes: bool,
    client: str | None,
    practises_as: str | None,
) -> int:
    """Let each page of the old help centre lead to the article that its row names (articles: in the migration's file).

    Where the old pages were on the new help centre's own host, that is done by its redirect rules, after they are shown
    and agreed to; they act only where nothing is any more. For every other host --format writes a file for whoever runs
    it. A page without a decision is named, and nothing is set while there is one. It can be run again at any time: what
    is right stays, and rules of somebody else are never touched.

    --check asks for every old address, without signing in, and leaves with 1 where one does not lead to its page. What
    it finds is kept as evidence for the gates, and noted in the log.

    Example:  golive migrate redirects old_desk -e production
    """
    if sum((format_ is not None, check, remove)) > 1 or (out is not None and format_ is None):
        raise click.UsageError("It takes one of --format (with --out), --check and --remove.")
    screen, calls = screen_of(ctx, json_wanted), CallCount()
    migration = open_migration(ctx.obj["folder"], source)
    opened = open_environment(ctx.obj["folder"], environment)
    if format_ is None or out is not None:  # else the file alone is the answer
        heading(screen, opened)
    sets = format_ is None and not check
    if sets:
        check_freeze(opened)
    with migration.staging(alone=sets) as staging, ExitStack() as alone:
        migration.check_read(staging)
        migration.check_whole(staging, "not every old page is known")
        ledger = alone.enter_context(open_ledger(migration, opened.environment_name)) if sets else None
        with Interruption(on_overdue=leave) as interruption, calls.shown(screen, "Reading"):
            target = open_target(migration, opened, screen, interruption, calls.report, writes=sets)
            if ledger is not None:
                check_account(ledger, target, migration)
            with system_faults(target.where):
                one = redirecting(migration, staging, target, writes=sets)
        with system_faults(target.where):
            if format_ is not None:
                document = _file(one, format_, out)
            elif check:
                document = _checked(screen, one)
                digest = pages_digest(old_pages(staging, migration.declared))
                noted = noted_for_gates(
                    ctx,
                    environment,
                    opened,
                    practises_as,
                    lambda gates, me: note_redirects(gates, me, document, digest),
                )
            else:
                document = _rules(screen, one, opened, json_wanted=json_wanted, remove=remove, yes=yes, client=client)
    if json_wanted:
        screen.document(document.to_json())
    elif format_ is not None and document.text:
        sys.stdout.write(document.text)
        _note_left(screen, one)
    elif format_ is not None and not document.refused:
        screen.say(f"{document.file}: {counted(sum(document.hosts.values()), 'old page')}.")
        _note_left(screen, one)
    if not json_wanted and document.checked is not None:
        show_checked(screen, document, document.checked)
    if not json_wanted:  # what should have been a file says nothing else than that
        show_refused(screen_of(ctx, json_wanted=format_ is not None and out is None), document)
    if check and not json_wanted:
        screen.say(f"[quiet]{escape(noted)}[/]")
    wrong = document.refused or (document.checked is not None and document.checked.wrong)
    return int(Exit.FAILED if wrong and not remove else Exit.DONE)


def _note_left(screen: Screen, one: Redirecting) -> None:
    """Whoever has a file for other hosts is told what it does not hold."""
    if one.here:
        more = f"{counted(len(one.here), 'old page')} on the help centre's own host"
        screen.note(f"Without {more}, which need its rules:  golive migrate redirects {escape(one.migration.key)}")


def _file(one: Redirecting, format_: str, out: Path | None) -> MigrationRedirectsDocument:
    """A file for the pages of other hosts; none while a page leads nowhere. Raises Fault."""
    document = replace(one.document("file"), format=format_)
    if document.refused:
        return document
    text = FORMATS[format_](one.elsewhere)
    if out is None:
        return replace(document, text=text)
    write_out(out, text)
    return replace(document, file=str(out))


def _checked(screen: Screen, one: Redirecting) -> MigrationRedirectsDocument:
    count = ReadCount("Asking for old pages")
    with count.shown(screen):
        checked = one.check(lambda number: count.read("", number))
    return replace(one.document("checked"), checked=checked)


def _rules(
    screen: Screen, one: Redirecting, opened: Opened, *, json_wanted: bool, remove: bool, yes: bool, client: str | None
) -> MigrationRedirectsDocument:
    """Set the help centre's rules, or take them away, once somebody has agreed. Raises Fault, SystemFault."""
    asking = ReadCount("Asking for old pages")
    with asking.shown(screen):
        found = RuleChanges([*removals(one)]) if remove else one.changes(lambda number: asking.read("", number))
    changes = found.changes
    document = one.document("removed" if remove else "rules", changes, found.there)
    if not json_wanted:
        show_rules(screen, document, opened.option)
    if document.refused and not remove:
        return replace(document, rules=[])
    if changes:
        ask(opened, screen, f"{_asked(changes)} in {one.target.title}?", yes=yes, client=client)
    if changes or found.renewed:
        count = ReadCount("Setting redirects")
        with count.shown(screen):
            one.carry_out(changes, found.renewed, lambda number: count.read("", number))
        if not json_wanted:
            check = f"golive migrate redirects {escape(one.migration.key)}{opened.option} --check"
            screen.say("\n[good]Done.[/]" if remove else f"\n[good]Done.[/] Whether they lead there:  {check}")
    return document


def _asked(changes: list[RuleChange]) -> str:
    """`Set 12 redirects, remove 1`."""
    numbers = {action: sum(each.action == action for each in changes) for action in ("set", "change", "remove")}
    said = [f"{action} {number:,} redirects" for action, number in numbers.items() if number]
    return ", ".join(said).capitalize()
