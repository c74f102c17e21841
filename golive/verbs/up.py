"""`golive up`: make the systems what the files say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from golive.approval import (
    ask,
    check_collisions,
    check_data,
    check_freeze,
    check_gone,
    check_numbers,
    check_own_role,
    check_share,
)
from golive.exits import Exit
from golive.fault import Fault, showing
from golive.heading import heading
from golive.noting import begin, end, message
from golive.opening import open_environment
from golive.options import environment_option, json_option, screen_of, switch_on_option
from golive.planned import Planned, planned
from golive.progress import progress
from golive.running import Session, unmoved_state
from golive.saving import check_approved, check_saved, read, saved_plan
from golive.screens.ending import leave, show_undone, stopping
from golive.screens.plan import show_missing, show_plan, vendor
from golive.selection import selection_options
from golive.words import title_of
from provisioners.resource import ResourceName
from stacks.automation import Outcome
from stacks.facts import RunFacts
from stacks.interruption import Interruption
from stacks.results import Results, results_of
from stacks.state import count_by_kind, payloads


@click.command("up")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True), required=False)
@environment_option
@json_option
@click.option("--yes", is_flag=True, help="Agree beforehand; needs no terminal.")
@click.option("--client", default=None, metavar="NAME", help="With --yes in production: the client's name.")
@click.option("--delete", type=click.IntRange(min=0), default=0, help="How many objects this run may delete.")
@click.option("--mail", type=click.IntRange(min=0), default=0, help="How many mails this run may cause.")
@click.option("--remake", type=click.IntRange(min=0), default=0, help="How many objects that are gone are made again.")
@switch_on_option
@click.option("--share", multiple=True, metavar="KIND", help="Agree that a large share of this kind is deleted.")
@click.option("--approve", default=None, metavar="DIGEST", help="Agree to exactly the plan of this digest.")
@selection_options
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
    remake: int,
    switch_on: int,
    share: tuple[str, ...],
    approve: str | None,
) -> int:
    """Show the plan, ask, and carry it out.

    What fails is listed, everything else goes on; `golive up` again completes it. Deletions and mails outside the
    sandbox are named as numbers (--delete, --mail). FILE is a plan that `golive plan --out` has saved: it is carried
    out only if files and live objects are still as they were then. --approve names a plan's digest, and agrees to
    its deletions and mails, so that a pipeline can run it.

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
            check_own_role(document.changes, plan.sides, session.reached.accounts)
            if saved or approve:
                now = saved_plan(plan)
                if saved:
                    check_saved(saved, now)
                if approve:
                    check_approved(approve, now)
        if not document.changes and not document.drift and not _to_note(plan):
            if json_wanted:
                screen.document(replace(document, schema="golive/up/1").to_json())
            return int(_end(plan, Exit.DONE))
        with showing(nothing_done):
            all_sandbox = session.reached.all_sandbox
            check_freeze(opened)
            if not approve:
                known = count_by_kind(session.state)
                check_gone(document, known, remake, all_sandbox=all_sandbox)
                check_numbers(document.deletions, document.mails, delete, mail, all_sandbox=all_sandbox)
                check_share(document, known, share, all_sandbox=all_sandbox)
    if document.changes and not approve:
        with showing(nothing_done):
            ask(opened, screen, "\nDo this?", yes=yes, client=client)
    with Interruption(stopping(screen), leave) as interruption:
        session.interruption = interruption
        with showing(nothing_done):
            outcome, facts, results = _apply(plan)
    if json_wanted:
        screen.document(results.document.to_json())
    show_results(session, results, facts, outcome)
    return int(_end(plan, _exit(results, outcome)))


def _to_note(plan: Planned) -> bool:
    """Whether the state has something to learn, such as a new key, although no system has to be called."""
    session = plan.session
    settled = all(step.operation == "same" for step in plan.outcome.of("apply"))
    named = {resource.name for resource in session.resources} == set(payloads(session.state))
    return not (settled and named and session.new_record == session.record)


def _apply(plan: Planned) -> tuple[Outcome, RunFacts, Results]:
    """Carry out what was shown, unless another run or a person has changed something since. Raises Fault."""
    session, document = plan.session, plan.document
    changing = [step for step in plan.outcome.of("apply") if step.operation != "same"]
    with progress(session.screen, len(changing)) as bar, session.stack("up", bar.on_step, plan.outcome.seen) as opened:
        stack, folder = opened
        bar.follow(folder)
        now = unmoved_state(session, stack)
        file = begin(session, "up", document, plan.outcome.steps, plan.found)
        outcome = stack.up(session.resources, now, message=message(file))
        facts = RunFacts.of(folder.events())
        results = _results(plan, outcome, facts)
        end(session, stack, file, results.document, outcome, facts, session.resources)
    if not outcome.interrupted:
        _check_read(outcome, facts)
    return outcome, facts, results


def _results(plan: Planned, outcome: Outcome, facts: RunFacts) -> Results:
    """What became of each change."""
    session, document = plan.session, plan.document
    down = {**facts.not_read, **session.reached.down}
    needs = {each.name: each.needs for each in session.resources}
    results = results_of(document, plan.outcome.steps, outcome.steps, down, facts, needs)
    assert session.run is not None  # noqa: S101 - it has begun
    calls = _together(document.calls, facts.calls)
    results.document = replace(results.document, calls=calls, run=session.run.number)
    return results


def _check_read(outcome: Outcome, facts: RunFacts) -> None:
    """Before its first write, a run reads everything again. Raises Fault where that stopped it."""
    stopped = [step for step in outcome.of("refresh") if step.status == "failed"]
    if not stopped:
        return
    moved = [step for step in stopped if facts.faults.get(step.name, {}).get("code") == "moved"]
    first = (moved or stopped)[0]
    named = ResourceName.of(first.name)
    called = f"{title_of(named.kind)} {named.key}"
    if moved:
        code, what = "moved", f"Somebody changed {called} after the plan was made; nothing was changed."
    else:
        code, what = "not_read", f"{called} could not be read again before the first change; nothing was changed."
    do = "Run the command again: the new plan shows it."
    raise Fault(code, what, why=first.error, do=do, exits=Exit.FAILED)


def _together(first: dict[str, int], second: dict[str, int]) -> dict[str, int]:
    return {system: first.get(system, 0) + second.get(system, 0) for system in {**first, **second}}


def _end(plan: Planned, exits: Exit) -> Exit:
    """The run's exit code, seen over all that is declared: what is not there or was not read is not done."""
    show_missing(plan.session.screen, plan.missing)
    named = plan.session.reached.settings  # of a system that has left the environment file nothing is expected
    unseen = list(dict.fromkeys(each.system for each in plan.document.not_read if each.system in named))
    if unseen:
        names = " and ".join(vendor(plan.session, each) for each in unseen)
        again = f"golive up{plan.session.opened.option}"
        plan.session.screen.say(
            f"[danger]{names} could not be read[/], so not all is known to be done. Later:  {again}"
        )
    open_ends = bool(plan.missing or unseen)
    return Exit.PARTLY if exits is Exit.DONE and open_ends else exits


def _exit(results: Results, outcome: Outcome) -> Exit:
    if outcome.interrupted:
        return Exit.CANCELLED
    missed = results.count("failed") + results.count("not_tried")
    if not missed:
        return Exit.DONE if outcome.ok else Exit.FAILED
    return Exit.PARTLY if results.count("done") else Exit.FAILED


def show_results(session: Session, results: Results, facts: RunFacts, outcome: Outcome) -> None:
    """What was done, what was not, and how it goes on."""
    screen, option, interrupted = session.screen, session.opened.option, outcome.interrupted
    undone = [each for each in results.document.changes if each.result != "done"]
    if interrupted:  # what a stopped run did not come to needs no reason
        undone = [each for each in undone if each.result == "failed" and not results.was_stopped(each)]
    undone.sort(key=lambda each: each.result != "failed")
    show_undone(session, undone, results.reasons, facts, outcome.messages)
    kept = sum(each.result == "done" and each.why is not None for each in results.document.changes)
    done, failed, left = (results.count(each) for each in ("done", "failed", "not_tried"))
    done -= kept
    if interrupted:
        screen.say(f"\n[danger]Stopped.[/] {done} done, {failed + left} left. `golive up{option}` goes on from there.")
    elif failed or left or not outcome.ok:
        screen.say(
            f"\n[danger]{done} done, {failed} failed, {left} not tried.[/] `golive up{option}` goes on from there."
        )
    elif not done:
        screen.say("\n[good]Done.[/] Nothing had to be changed; what these files call things is noted.")
    else:
        carried = "1 change was" if done == 1 else f"{done} changes were"
        screen.say(f"\n[good]Done.[/] {carried} carried out.")
        if session.is_first:
            by_hand = len(results.document.by_hand)
            waits = f"{by_hand} thing{' is' if by_hand == 1 else 's are'} left to do by hand:  "
            waits += f"golive plan --all{option}\n"
            screen.say(
                f"\n{waits if by_hand else ''}From here on: change a line below config/, and see what it would do:  "
                f"golive plan{option}"
            )
