"""`golive undo`: the old values of a run come back."""

from __future__ import annotations

from dataclasses import replace

import click

from golive.carrying.approval import (
    ask,
    check_accounts,
    check_collisions,
    check_data,
    check_freeze,
    check_own_role,
    check_share,
)
from golive.carrying.carrying import carry_out, show_results
from golive.carrying.files_agree import files_agree
from golive.carrying.numbers import Caused, Numbers, check_numbers
from golive.carrying.undone import UndoPlan, undo_plan
from golive.gates.breaking import emergency_of, emergency_options
from golive.screens.ending import leave, stopping
from golive.screens.undo import show_next, show_undo
from golive.terminal.exits import Exit
from golive.terminal.fault import showing
from golive.terminal.options import (
    agreement_options,
    environment_option,
    json_option,
    reach_options,
    screen_of,
)
from golive.workspace.heading import heading
from golive.workspace.opening import open_environment
from golive.workspace.selection import selection_options
from stacks.interruption import Interruption
from stacks.state import count_by_kind


@click.command("undo")
@click.argument("run", metavar="[RUN]", required=False)
@environment_option
@json_option
@click.option("--dry-run", is_flag=True, help="Show what would come back, and change nothing.")
@agreement_options
@click.option("--delete", type=click.IntRange(min=0), default=0, help="How many objects this run may delete.")
@reach_options
@click.option("--share", multiple=True, metavar="KIND", help="Agree that a large share of this kind is deleted.")
@click.option(
    "--by-hand",
    type=click.IntRange(min=0),
    default=0,
    help="How many objects are put back although somebody has changed the same of them by hand since.",
)
@selection_options
@emergency_options
@click.pass_context
def command(
    ctx: click.Context,
    run: str | None,
    environment: str | None,
    json_wanted: bool,
    only: tuple[str, ...],
    exclude: tuple[str, ...],
    dry_run: bool,
    yes: bool,
    client: str | None,
    delete: int,
    mail: int,
    delete_records: int,
    share: tuple[str, ...],
    by_hand: int,
    break_glass: bool,
    reason: str,
    practises_as: str | None,
    no_push: bool,
) -> int:
    """Bring back what was there before a run: the last `up`, or the RUN that `golive history` names.

    Shows the plan, asks, and carries it out as `golive up` does; the files are neither needed nor changed. The accounts
    are asked as for any plan: what one of them would refuse is not sent, and `--exclude` leaves it out. What the
    run made is deleted or switched off as its kind and its `on_remove` say. What somebody has changed by hand since is
    shown and left; what `golive off` holds off stays off. A run can be undone on the machine that ran it, as long as
    no later one has changed the same; of what a pipeline has run, revert the commit.

    Example:  golive undo -e production --dry-run
    """
    screen = screen_of(ctx, json_wanted)
    opened = open_environment(ctx.obj["folder"], environment, checked=False)
    heading(screen, opened)
    emergency = emergency_of(
        ctx, opened, break_glass=break_glass, reason=reason, practises_as=practises_as, push=not no_push
    )
    with Interruption(stopping(screen), leave) as interruption:
        undo = undo_plan(
            opened, screen, interruption, run, only=only, exclude=exclude, by_hand=by_hand, writes=not dry_run
        )
        session, document = undo.plan.session, undo.plan.document
        show_undo(screen, session, document, undo.run, undo.undo)
        counted = f" --by-hand {by_hand}" if by_hand else ""
        again = f"golive undo {undo.run.number}{session.selection.options}{counted}{opened.option}"
        nothing_done = replace(document, changes=[replace(each, result="not_tried") for each in document.changes])
        if dry_run or not _has_something_to_do(undo):
            if json_wanted:
                screen.document(document.to_json())
            if _has_something_to_do(undo):
                screen.say(f"\nMake it so:  {again}")
            else:
                more = " more" if undo.undo.left else ""
                screen.say(f"Nothing{more} of run {undo.run.number} is left to be undone.")
            return int(Exit.DONE)
        with showing(nothing_done):
            all_sandbox = session.reached.all_sandbox
            check_collisions(document)
            check_data(undo.plan.lost)
            check_accounts(document.findings, can_exclude=True)
            check_own_role(document.changes, undo.plan.sides, session.reached.accounts)
            if emergency is None:
                check_freeze(opened, can_break=True)
            check_numbers(Caused.by(document), Numbers(delete, mail, delete_records), all_sandbox=all_sandbox)
            check_share(document, count_by_kind(session.state), share, all_sandbox=all_sandbox)
    with showing(nothing_done):
        ask(opened, screen, "\nUndo this?", yes=yes, client=client)
        if emergency:
            emergency.note(screen, session, "undo")
    with Interruption(stopping(screen), leave) as interruption:
        session.interruption = interruption
        with showing(nothing_done):
            carried = carry_out(undo.plan, "undo", undoes=undo.run.number, before=undo.relink)
    if json_wanted:
        screen.document(carried.results.document.to_json())
    show_results(session, carried, again)
    show_next(screen, session, undo.run, undo.before, files_agree=files_agree(session, undo.undo))
    return int(carried.exits)


def _has_something_to_do(undo: UndoPlan) -> bool:
    """Whether a system is called, or the state learns something."""
    session = undo.plan.session
    notes = session.new_record.switched_off != session.record.switched_off
    return bool(undo.plan.document.changes or undo.undo.relinked or notes or _renames(undo))


def _renames(undo: UndoPlan) -> bool:
    return any(each.aliases for each in undo.undo.resources)
