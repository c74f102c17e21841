"""`golive up`: make the systems what the files say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from golive.carrying.approval import (
    ask,
    check_accounts,
    check_collisions,
    check_data,
    check_freeze,
    check_gone,
    check_own_role,
    check_share,
    check_taken_out,
)
from golive.carrying.carrying import Carried, carry_out, show_results
from golive.carrying.numbers import Caused, Numbers, check_numbers
from golive.carrying.planned import Planned, planned
from golive.carrying.saving import check_approved, check_saved, read, saved_plan
from golive.gates.breaking import emergency_of, emergency_options
from golive.runs.running import Session
from golive.screens.ending import leave, stopping
from golive.screens.plan import show_missing, show_plan
from golive.terminal.exits import Exit
from golive.terminal.fault import showing
from golive.terminal.options import (
    agreement_options,
    environment_option,
    json_option,
    reach_options,
    screen_of,
    switch_on_option,
)
from golive.workspace.heading import heading
from golive.workspace.opening import open_environment
from golive.workspace.selection import selection_options
from stacks.interruption import Interruption
from stacks.state import count_by_kind, payloads


@click.command("up")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True), required=False)
@environment_option
@json_option
@agreement_options
@click.option("--delete", type=click.IntRange(min=0), default=0, help="How many objects this run may delete.")
@reach_options
@click.option("--remake", type=click.IntRange(min=0), default=0, help="How many objects that are gone are made again.")
@click.option(
    "--taken-out",
    type=click.IntRange(min=0),
    default=0,
    help="How many objects that were taken over, and that no run has seen in the files, leave.",
)
@switch_on_option
@click.option("--share", multiple=True, metavar="KIND", help="Agree that a large share of this kind is deleted.")
@click.option("--approve", default=None, metavar="DIGEST", help="Agree to exactly the plan of this digest.")
@selection_options
@emergency_options
@click.pass_context
def command(
    ctx: click.Context,
    file: Path | None,
    environment: str | None,
    json_wanted: bool,
    only: tuple[str, ...],
    exclude: tuple[str, ...],
    yes: bool,
    client: str | None,
    delete: int,
    mail: int,
    delete_records: int,
    remake: int,
    taken_out: int,
    switch_on: int,
    share: tuple[str, ...],
    approve: str | None,
    break_glass: bool,
    reason: str,
    practises_as: str | None,
    no_push: bool,
) -> int:
    """Show the plan, ask, and carry it out.

    What fails is listed, everything else goes on; `golive up` again completes it. Deletions and mails outside the
    sandbox are named as numbers (--delete, --mail), and so is what deletion schedules begin to delete for good
    (--delete-records). FILE is a plan that `golive plan --out` has saved: it is carried
    out only if files and live objects are still as they were then. --approve names a plan's digest, and agrees to
    its deletions, mails and other numbers, so that a pipeline can run it.

    While the environment file says `freeze:`, nothing is changed. What cannot wait is done with --break-glass, in the
    name of whoever does it; it stays red on the board (golive gate status) until somebody has reviewed it.

    Example:  golive up -e production --mail 6
    """
    saved = read(file) if file else None
    if saved and (only or exclude or switch_on):
        raise click.UsageError("What a saved plan does stands in it: leave out --only, --exclude, --switch-on.", ctx)
    if saved:
        only, exclude = tuple(saved.only), tuple(saved.exclude)
    screen = screen_of(ctx, json_wanted)
    opened = open_environment(ctx.obj["folder"], environment)
    heading(screen, opened)
    emergency = emergency_of(
        ctx, opened, break_glass=break_glass, reason=reason, practises_as=practises_as, push=not no_push
    )

    with Interruption(stopping(screen), leave) as interruption:
        plan = planned(
            opened,
            screen,
            interruption,
            only=only,
            exclude=exclude,
            writes=True,
            fingerprint_key=saved.fingerprint_key if saved else "",
            switch_on=(saved.switch_on or 0) if saved else switch_on,
        )
        session, document = plan.session, plan.document
        show_plan(screen, session, document)
        nothing_done = replace(document, changes=[replace(each, result="not_tried") for each in document.changes])
        with showing(nothing_done):
            check_collisions(document)
            check_data(plan.lost)
            check_accounts(document.findings, can_exclude=True)
            check_own_role(document.changes, plan.sides, session.reached.accounts)
            if saved or approve:
                now = saved_plan(plan)
                if saved:
                    check_saved(saved, now)
                if approve:
                    check_approved(approve, saved or now)
        if not document.changes and not document.drift and not _to_note(plan):
            if json_wanted:
                screen.document(replace(document, schema="golive/up/1").to_json())
            return int(_end(plan, Exit.DONE))
        with showing(nothing_done):
            all_sandbox = session.reached.all_sandbox
            if emergency is None:
                check_freeze(opened, can_break=True)
            if not approve:
                known = count_by_kind(session.state)
                check_gone(document, known, remake, all_sandbox=all_sandbox)
                check_taken_out(document.taken_out, taken_out, all_sandbox=all_sandbox)
                check_numbers(Caused.by(document), Numbers(delete, mail, delete_records), all_sandbox=all_sandbox)
                check_share(document, known, share, all_sandbox=all_sandbox)
    if document.changes and not approve:
        with showing(nothing_done):
            ask(opened, screen, "\nDo this?", yes=yes, client=client)
    if emergency:
        with showing(nothing_done):
            emergency.note(screen, session, "up")
    with Interruption(stopping(screen), leave) as interruption:
        session.interruption = interruption
        with showing(nothing_done):
            carried = carry_out(plan)
    if json_wanted:
        screen.document(carried.results.document.to_json())
    show_results(session, carried, f"golive up{opened.option}")
    if carried.exits is Exit.DONE and carried.results.count("done"):
        _say_how_it_goes_on(session, carried)
    return int(_end(plan, carried.exits))


def _to_note(plan: Planned) -> bool:
    """Whether the state has something to learn, such as a new key, although no system has to be called."""
    session = plan.session
    settled = all(step.operation == "same" for step in plan.outcome.of("apply"))
    named = {resource.name for resource in session.resources} == set(payloads(session.state))
    return not (settled and named and session.new_record == session.record)


def _end(plan: Planned, exits: Exit) -> Exit:
    """The run's exit code, seen over all that is declared: what is not there or was not read is not done."""
    show_missing(plan.session.screen, plan.document, plan.missing)
    named = plan.session.reached.settings  # of a system that has left the environment file nothing is expected
    unseen = list(dict.fromkeys(each.system for each in plan.document.not_read if each.system in named))
    if unseen:
        names = " and ".join(plan.session.vendor(each) for each in unseen)
        again = f"golive up{plan.session.opened.option}"
        plan.session.screen.say(
            f"[danger]{names} could not be read[/], so not all is known to be done. Later:  {again}"
        )
    open_ends = bool(plan.missing or unseen)
    return Exit.PARTLY if exits is Exit.DONE and open_ends else exits


def _say_how_it_goes_on(session: Session, carried: Carried) -> None:
    """After a run that did everything: the first one leads into the files, any other back."""
    screen, option = session.screen, session.opened.option
    if not session.is_first:
        screen.say(f"[quiet]This was run {carried.results.document.run}. To take it back:  golive undo{option}[/]")
        return
    by_hand = len(carried.results.document.by_hand)
    if by_hand:
        waits = f"{by_hand} thing{' is' if by_hand == 1 else 's are'} left to do by hand"
        screen.say(f"\n{waits}:  golive plan --all{option}")
    screen.say(
        f"{'' if by_hand else chr(10)}From here on: change a line below config/, and see what it would do:  "
        f"golive plan{option}"
    )
