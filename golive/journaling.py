"""Runs as journal and run files note them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from pulumi.automation import Deployment

from config.results.plan import Change
from golive.authorship import authorship
from golive.opening import Opened
from provisioners.host.record import RECORD_ID
from provisioners.resource import ResourceName
from stacks.journal import Journal, Run, RunVerb, Touched, noted
from stacks.record import RECORD_NAME, Record
from stacks.run_files import RunFiles
from stacks.state import Adopted, ids, record, urns_of, with_adopted, with_record
from stacks.switches import notes_in
from stacks.taken_over import TakenOver

_WITH_DIFFERENCES = ("update", "replace")
"""Actions whose differences are worth keeping; what is made or goes stands as a whole in the files of its commit."""


def now() -> str:
    """UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def run_files(opened: Opened) -> RunFiles:
    """The files of an environment's runs on this machine."""
    return RunFiles(opened.workspace.root, opened.environment_name)


def new_run(
    opened: Opened,
    journal: Sequence[str],
    verb: RunVerb,
    touched: Iterable[Touched] = (),
    *,
    about: str = "",
    undoes: int = 0,
) -> Run:
    """A run that begins now. journal: that of the state."""
    number = max(Journal.of(journal).last, run_files(opened).last) + 1
    who = authorship(opened.workspace.root)
    said = Run(number, now(), verb, who.by, who.host, who.commit, who.dirty, about=about, undoes=undoes)
    return replace(said, touched=tuple(touched))


def touched_by(changes: Iterable[Change]) -> tuple[Touched, ...]:
    """A document's changes as the journal notes them; what is only planned counts as not tried."""
    return tuple(
        Touched(
            f"{each.system}/{each.kind}/{each.key}",
            each.action,
            each.result or "not_tried",
            tuple(each.diff) if each.action in _WITH_DIFFERENCES else (),
        )
        for each in changes
    )


def with_run(state: Deployment, opened: Opened, run: Run, journal: Sequence[str] = ()) -> Deployment:
    """The state whose journal has a run in it. journal: that of a state that has no record of its own."""
    if RECORD_NAME in urns_of(state):
        return with_record(state, journal=noted(record(state).journal, run))
    kept = Record(journal=noted(journal, run)).resource()
    entry = Adopted(kept, RECORD_ID, kept.payload)
    return with_adopted(state, opened.workspace.name, opened.environment_name, [entry])


def with_done(
    state: Deployment,
    opened: Opened,
    verb: RunVerb,
    names: Iterable[str] = (),
    *,
    action: str = "noted",
    about: str = "",
    journal: Sequence[str] = (),
) -> Deployment:
    """The state with a run in its journal that changed nothing but the state itself.

    names: resources that it was about. action: what became of each. journal: that of a state that has no record.
    """
    objects = dict.fromkeys("/".join(ResourceName.of(name).object) for name in names)
    so_far = record(state).journal or journal
    run = new_run(opened, so_far, verb, [Touched(each, action) for each in objects], about=about)
    there = ids(state)
    state = with_run(state, opened, replace(run, ended=now(), result="done"), journal)
    off = tuple(each.as_text for each in notes_in(record(state).switched_off) if each.resource in there)
    taken = tuple(each for each in record(state).taken_over if TakenOver.of(each).resource in there)
    return with_record(state, switched_off=off, taken_over=taken)
