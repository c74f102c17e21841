"""A run that writes: noted before its first write, and once it is known what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from rich.markup import escape

from config.results.plan import PlanDocument
from golive.runs.journaling import new_run, now, run_files, touched_by, with_notes_kept, with_run
from golive.runs.running import Session
from provisioners.resource import Resource
from stacks.automation import EngineFailed, EnvironmentStack, Outcome
from stacks.facts import RunFacts
from stacks.interruption import Interruption
from stacks.journal import Ended, Journal, RunVerb
from stacks.run_files import RunFile, changes_of, with_after
from stacks.state import record
from stacks.steps import Step
from stacks.unfinished import noted, unsettled_after


def begin(
    session: Session,
    verb: RunVerb,
    document: PlanDocument,
    steps: Iterable[Step] = (),
    found: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    undoes: int = 0,
) -> RunFile:
    """Keep a copy of the state, and let the run stand in the journal from its first write on.

    steps: what is going to be done, as far as that is known before. found: see `RunFacts.found`.
    """
    session.keep_copy(verb)
    touched = touched_by(document.changes)
    session.run = new_run(session.opened, session.record.journal, verb, touched, undoes=undoes)
    notes = (session.record.switched_off, session.new_record.switched_off)
    changes = tuple(changes_of(steps, session.state, found))
    file = RunFile(session.run, session.copy, document.to_json(), changes, notes)
    run_files(session.opened).keep(file)
    return file


def end(
    session: Session,
    engine: EnvironmentStack,
    file: RunFile,
    document: PlanDocument,
    outcome: Outcome,
    facts: RunFacts,
    resources: Iterable[Resource],
) -> None:
    """Let state and run file know what became of a run, and of writes of which nobody knows whether they arrived.

    document: with the result of each change. Of a run that ended before its first write the state knows nothing.
    """
    engine.begin_run(engine.given.run, Interruption())  # a stopped run, too, has this to note
    state = engine.export_state()
    result = _result(document, outcome)
    run = replace(file.run, ended=now(), result=result, touched=touched_by(document.changes))
    left = [step for step in outcome.of("apply") if step.status != "done"]
    found = unsettled_after(state, left, facts, resources)
    files = run_files(session.opened)
    is_noted = Journal.of(record(state).journal).numbered(run.number) is not None
    if not (is_noted or found or _did_something(outcome)):
        files.drop(run)
        return
    changes = file.changes or tuple(changes_of(outcome.steps, session.state))
    files.keep(replace(file, run=run, document=document.to_json(), changes=with_after(changes, state)))
    state = with_notes_kept(with_run(state, session.opened, run, session.record.journal))
    try:
        engine.import_state(noted(state, found))
    except EngineFailed as failed:
        if found:
            raise
        why = (str(failed).strip() or "another run is at work already").splitlines()[-1]
        session.screen.note(f"[quiet]How this run ended is noted on this machine only: {escape(why)}[/]")


def message(file: RunFile) -> str:
    """What the engine's own history says of a run, for whoever looks there: one line, without values."""
    run = file.run
    many = len(run.touched)
    commit = f" from {run.commit[:12]}{' with changes' if run.dirty else ''}" if run.commit else ""
    return f"golive {run.verb}, run {run.number}, by {run.by}{commit}: {many} object{'s' if many != 1 else ''}"


def _did_something(outcome: Outcome) -> bool:
    return any(step.status == "done" and step.operation != "same" for step in outcome.of("apply"))


def _result(document: PlanDocument, outcome: Outcome) -> Ended:
    if outcome.interrupted:
        return "cancelled"
    results = {each.result for each in document.changes}
    if outcome.ok and results <= {"done"}:
        return "done"
    return "partly" if "done" in results else "failed"
