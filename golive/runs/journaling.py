"""Runs as journal and run files note them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

from pulumi.automation import Deployment

from config.results.plan import Change, Difference
from golive.workspace.authorship import authorship
from golive.workspace.opening import Opened
from provisioners.host.record import RECORD_ID
from provisioners.resource import ObjectName, ResourceName
from stacks.journal import Journal, Run, RunVerb, Touched, noted, runs_in
from stacks.record import RECORD_NAME, Record
from stacks.run_files import RunFile, RunFiles
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
    differences: Mapping[ObjectName, Sequence[Difference]] = MappingProxyType({}),
    noted_only: Collection[ObjectName] = (),
) -> Deployment:
    """The state with a run in its journal that changed nothing but the state itself.

    names: resources that it was about. action: what became of each. journal: that of a state that has no record.
    differences: what came into the files, by object. noted_only: objects of which the state learnt and no more.
    """
    objects = dict.fromkeys(ResourceName.of(name).object for name in names)
    touched = [
        Touched("/".join(each), "noted" if each in noted_only else action, diff=tuple(differences.get(each, ())))
        for each in objects
    ]
    so_far = record(state).journal or journal
    run = new_run(opened, so_far, verb, touched, about=about)
    return with_notes_kept(with_run(state, opened, replace(run, ended=now(), result="done"), journal))


def with_notes_kept(state: Deployment) -> Deployment:
    """The state whose record has notes only on what is there."""
    there = ids(state)
    off = tuple(each.as_text for each in notes_in(record(state).switched_off) if each.resource in there)
    taken = tuple(each for each in record(state).taken_over if TakenOver.of(each).resource in there)
    return with_record(state, switched_off=off, taken_over=taken)


def keep_whole(
    state: Deployment, opened: Opened, differences: Mapping[ObjectName, Sequence[Difference]], copy: str
) -> None:
    """Keep the last run of a state on this machine, with the differences that are too long for its journal.

    copy: the name of the copy of the state that was made before it.
    """
    run = runs_in(record(state).journal)[-1]
    touched = tuple(
        replace(each, diff=tuple(differences.get(ResourceName.of(each.name).object, ())), left=0)
        for each in run.touched
    )
    run_files(opened).keep(RunFile(replace(run, touched=touched), copy))
