"""`golive up`: make the systems what the files say."""

from __future__ import annotations

from dataclasses import replace

import click
from rich.markup import escape

from golive.approval import ask, check_collisions, check_data, check_numbers
from golive.exits import Exit
from golive.fault import showing
from golive.heading import heading
from golive.notices import notices_of
from golive.opening import open_environment
from golive.options import environment_option, json_option, screen_of
from golive.progress import progress
from golive.running import Session, check_unmoved, open_session
from golive.screen import Screen
from golive.screens.plan import show_plan
from golive.words import title_of
from provisioners.run_file import RunFolder
from stacks.automation import Outcome
from stacks.interruption import Interruption
from stacks.planning import RunFacts
from stacks.results import Results, results_of
from stacks.state import payloads


@click.command("up")
@environment_option
@json_option
@click.option("--yes", is_flag=True, help="Agree beforehand; needs no terminal.")
@click.option("--client", default=None, metavar="NAME", help="With --yes in production: the client's name.")
@click.option("--delete", type=click.IntRange(min=0), default=0, help="How many objects this run may delete.")
@click.option("--mail", type=click.IntRange(min=0), default=0, help="How many mails this run may cause.")
@click.pass_context
def command(
    ctx: click.Context,
    environment: str | None,
    json_wanted: bool,
    yes: bool,
    client: str | None,
    delete: int,
    mail: int,
) -> int:
    """Show the plan, ask, and carry it out.

    What fails is listed, everything else goes on; `golive up` again completes it. Deletions and mails outside the
    sandbox are named as numbers (--delete, --mail).

    Example:  golive up -e production --mail 6
    """
    screen = screen_of(ctx, json_wanted)
    opened = open_environment(ctx.obj["folder"], environment)
    heading(screen, opened)

    def stopping() -> None:
        screen.note("\nStopping: nothing new is sent; what is under way is finished and noted.")

    with Interruption(stopping) as interruption:
        session = open_session(opened, screen, interruption)
        planned, folder = session.preview()
        planner = session.planner(folder)
        document = planner.document(planned.steps)
        session.compiled.not_sent.extend(planner.missing())
        notices = notices_of(document, session.compiled, planner.sides, session.not_read(planner.facts))
        show_plan(screen, session, document, notices)
        nothing_done = replace(document, changes=[replace(each, result="not_tried") for each in document.changes])
        with showing(nothing_done):
            check_collisions(document)
            check_data(planner.loses_data(document))
        if not document.changes and not document.drift and not _to_note(session, planned):
            if json_wanted:
                screen.document(replace(document, schema="golive/up/1").to_json())
            return int(Exit.DONE)
        with showing(nothing_done):
            check_numbers(notices, delete, mail, all_sandbox=session.reached.all_sandbox)
    if document.changes:
        with showing(nothing_done):
            ask(opened, screen, "\nDo this?", yes=yes, client=client)
    with Interruption(stopping) as interruption:
        session.interruption = interruption
        session.reached.down.update(planner.facts.not_read)
        outcome, folder = _apply(session, planned)
    facts = RunFacts.of(folder.events())
    results = results_of(document, planned.steps, outcome.steps, session.not_read(facts))
    results.document = replace(results.document, calls=_together(document.calls, facts.calls))
    if json_wanted:
        screen.document(results.document.to_json())
    show_results(screen, results, facts, interrupted=outcome.interrupted)
    return int(_exit(results, outcome))


def _to_note(session: Session, planned: Outcome) -> bool:
    """Whether the state has something to learn, such as a new key, although no system has to be called."""
    settled = all(step.operation == "same" for step in planned.of("apply"))
    named = {resource.name for resource in session.resources} == set(payloads(session.state))
    return not (settled and named and session.new_record == session.record)


def _apply(session: Session, planned: Outcome) -> tuple[Outcome, RunFolder]:
    """Carry out what was shown, unless another run has changed the environment since."""
    changing = [step for step in planned.of("apply") if step.operation != "same"]
    with progress(session.screen, len(changing)) as on_step, session.stack("up", on_step) as opened:
        stack, folder = opened
        check_unmoved(session, stack)
        outcome = stack.up(session.resources)
    return outcome, folder


def _together(first: dict[str, int], second: dict[str, int]) -> dict[str, int]:
    return {system: first.get(system, 0) + second.get(system, 0) for system in {**first, **second}}


def _exit(results: Results, outcome: Outcome) -> Exit:
    if outcome.interrupted:
        return Exit.CANCELLED
    missed = results.count("failed") + results.count("not_tried")
    if not missed:
        return Exit.DONE if outcome.ok else Exit.FAILED
    return Exit.PARTLY if results.count("done") else Exit.FAILED


def show_results(screen: Screen, results: Results, facts: RunFacts, *, interrupted: bool) -> None:
    """What was done, what was not, and how it goes on."""
    for change in results.document.changes:
        if change.result == "done" or interrupted or change.key.startswith("_"):
            continue
        why = results.reasons.get((change.system, change.kind, change.key), "")
        word = "failed" if change.result == "failed" else "not tried"
        screen.say(
            f"[danger]{word}[/]  {title_of(change.kind)} [head]{change.key}[/]  [place]{escape(change.where)}[/]"
        )
        if why:
            screen.say(f"    {escape(why)}")
    for resource, text in facts.warnings:
        screen.say(f"[change]the vendor says[/]  {escape(resource)}: {escape(text)}")
    done, failed, left = (results.count(each) for each in ("done", "failed", "not_tried"))
    if interrupted:
        screen.say(f"\n[danger]Stopped.[/] {done} done, {failed + left} left. `golive up` goes on from there.")
    elif failed or left:
        screen.say(f"\n[danger]{done} done, {failed} failed, {left} not tried.[/] `golive up` goes on from there.")
    elif not done:
        screen.say("\n[good]Done.[/] Nothing had to be changed; what these files call things is noted.")
    else:
        carried = "1 change was" if done == 1 else f"{done} changes were"
        screen.say(f"\n[good]Done.[/] {carried} carried out.")
