"""A plan carried out: everything that can be done, and then what was done, what was not, and how it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from golive.carrying.planned import Planned
from golive.runs.noting import begin, end, message
from golive.runs.running import Session, unmoved_state
from golive.screens.ending import show_undone
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.terminal.progress import progress
from golive.wording.words import Terms
from provisioners.resource import ResourceName
from stacks.automation import EnvironmentStack, Outcome
from stacks.facts import RunFacts
from stacks.journal import RunVerb
from stacks.results import Results, results_of


@dataclass(frozen=True)
class Carried:
    """What carrying a plan out has come to."""

    outcome: Outcome
    facts: RunFacts
    results: Results

    @property
    def exits(self) -> Exit:
        if self.outcome.interrupted:
            return Exit.CANCELLED
        missed = self.results.count("failed") + self.results.count("not_tried")
        if not missed:
            return Exit.DONE if self.outcome.ok else Exit.FAILED
        return Exit.PARTLY if self.results.count("done") else Exit.FAILED


def carry_out(
    plan: Planned,
    verb: RunVerb = "up",
    *,
    undoes: int = 0,
    before: Callable[[EnvironmentStack], None] | None = None,
) -> Carried:
    """Carry out what was shown, unless another run or a person has changed something since. Raises Fault.

    undoes: the number of the run that is undone. before: called once the run is noted, before the engine begins.
    """
    session, document = plan.session, plan.document
    changing = [step for step in plan.outcome.of("apply") if step.operation != "same"]
    with progress(session.screen, len(changing)) as bar, session.stack("up", bar.on_step, plan.outcome.seen) as opened:
        stack, folder = opened
        bar.follow(folder)
        now = unmoved_state(session, stack)
        file = begin(session, verb, document, plan.outcome.steps, plan.found, undoes=undoes)
        if before:
            before(stack)
            now = stack.export_state()
        outcome = stack.up(session.resources, now, message=message(file))
        facts = RunFacts.of(folder.events())
        results = _results(plan, verb, outcome, facts)
        end(session, stack, file, results.document, outcome, facts, session.resources)
    if not outcome.interrupted:
        _check_read(outcome, facts, session.terms)
    return Carried(outcome, facts, results)


def _results(plan: Planned, verb: RunVerb, outcome: Outcome, facts: RunFacts) -> Results:
    """What became of each change."""
    session, document = plan.session, plan.document
    down = {**facts.not_read, **session.reached.down}
    needs = {each.name: each.needs for each in session.resources}
    results = results_of(document, plan.outcome.steps, outcome.steps, down, facts, needs)
    assert session.run is not None  # noqa: S101 - it has begun
    calls = _together(document.calls, facts.calls)
    results.document = replace(results.document, calls=calls, run=session.run.number)
    if verb == "undo":
        results.document = replace(results.document, schema="golive/undo/1")
    return results


def _check_read(outcome: Outcome, facts: RunFacts, terms: Terms) -> None:
    """Before its first write, a run reads everything again. Raises Fault where that stopped it."""
    stopped = [step for step in outcome.of("refresh") if step.status == "failed"]
    if not stopped:
        return
    moved = [step for step in stopped if facts.faults.get(step.name, {}).get("code") == "moved"]
    first = (moved or stopped)[0]
    called = terms.address(ResourceName.of(first.name).address)
    if moved:
        code, what = "moved", f"Somebody changed {called} after the plan was made; nothing was changed."
    else:
        code, what = "not_read", f"Before the first change, {called} could not be read again; nothing was changed."
    do = "Run the command again: the new plan shows it."
    raise Fault(code, what, why=first.error, do=do, exits=Exit.FAILED)


def _together(first: dict[str, int], second: dict[str, int]) -> dict[str, int]:
    return {system: first.get(system, 0) + second.get(system, 0) for system in {**first, **second}}


def show_results(session: Session, carried: Carried, again: str) -> None:
    """What was done, what was not, and how it goes on. again: the command that does the rest."""
    screen, results, outcome = session.screen, carried.results, carried.outcome
    undone = [each for each in results.document.changes if each.result != "done"]
    if outcome.interrupted:  # what a stopped run did not come to needs no reason
        undone = [each for each in undone if each.result == "failed" and not results.was_stopped(each)]
    undone.sort(key=lambda each: each.result != "failed")
    show_undone(session, undone, results.reasons, carried.facts, outcome.messages)
    kept = sum(each.result == "done" and each.why is not None for each in results.document.changes)
    done, failed, left = (results.count(each) for each in ("done", "failed", "not_tried"))
    done_changes = [each for each in results.document.changes if each.result == "done" and each.why is None]
    released = sum(each.action == "release" for each in done_changes)
    done -= kept
    if outcome.interrupted:
        screen.say(f"\n[danger]Stopped.[/] {done} done, {failed + left} left. `{again}` goes on from there.")
    elif failed or left or not outcome.ok:
        screen.say(f"\n[danger]{done} done, {failed} failed, {left} not tried.[/] `{again}` goes on from there.")
    elif not done:
        screen.say("\n[good]Done.[/] Nothing had to be changed; what these files call things is noted.")
    else:
        screen.say(f"\n[good]Done.[/] {counted(done - released, released)}.")


def counted(changed: int, released: int) -> str:
    """What was done, counted as the plan counts it: what is let go of is no change to what is there."""
    many = "1 change was carried out" if changed == 1 else f"{changed} changes were carried out"
    objects = "1 object" if released == 1 else f"{released} objects"
    if not released:
        return many
    return f"{many}, {objects} let go" if changed else f"{objects} let go"
