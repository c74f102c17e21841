"""The runs of an environment, from the state's journal and from what this machine has of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pulumi.automation import Deployment

from config.results.history import HistoryChange, HistoryRun
from config.results.plan import Result
from golive.runs.journaling import run_files
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.workspace.opening import Opened
from provisioners.resource import ResourceName
from stacks.journal import Run, Touched, runs_in
from stacks.run_files import NoRunFile, RunFile
from stacks.state import record


@dataclass(frozen=True)
class Known:
    """A run and, where it is on this machine, its file."""

    run: Run
    file: RunFile | None = None

    @property
    def whole(self) -> Run:
        """With everything that is known of it here."""
        if self.file is None or len(self.file.run.touched) < len(self.run.touched):
            return self.run
        return self.file.run if self.file.run.ended else self.run


def known_runs(opened: Opened, state: Deployment | None) -> list[Known]:
    """Every run that is known, the oldest first. state: None where it cannot be read."""
    files = run_files(opened)
    found: list[Known] = []
    for run in runs_in(record(state).journal) if state is not None else ():
        try:
            found.append(Known(run, files.read(run)))
        except NoRunFile:
            found.append(Known(run))
    noted = {(each.run.number, each.run.at) for each in found}
    lost = [each for each in files.found() if (each.run.number, each.run.at) not in noted and each.run.ended]
    return sorted([*found, *(Known(each.run, each) for each in lost)], key=lambda each: (each.run.at, each.run.number))


def run_named(runs: Iterable[Known], said: str, option: str) -> Known:
    """The run of a number. Raises Fault."""
    number = said.removeprefix("run").strip()
    found = next((each for each in reversed(list(runs)) if str(each.run.number) == number), None)
    if found is None:
        raise Fault(
            "no_run",
            f"There is no run `{said}`.",
            do=f"See which there are:  golive history{option}",
            exits=Exit.USAGE,
        )
    return found


def touching(run: Run, names: Iterable[str]) -> list[Touched]:
    """What a run did to these objects. names: `kind/key` or `system/kind/key`."""
    wanted = set(names)
    return [each for each in run.touched if not wanted.isdisjoint((each.name, ResourceName.of(each.name).address))]


def told(known: Known, names: Iterable[str] = ()) -> HistoryRun:
    """The run as documents tell it. names: of the only objects that are asked for."""
    run = known.whole
    touched = touching(run, names) if names else run.touched
    return HistoryRun(
        run.number,
        run.at,
        run.ended,
        run.verb,
        run.result,
        run.by,
        run.host,
        run.commit,
        run.dirty,
        run.about,
        run.undoes or None,
        [_change(each) for each in touched],
        run.more,
        known.file is not None,
        known.file.copy if known.file else "",
    )


def _change(touched: Touched) -> HistoryChange:
    system, kind, key = ResourceName.of(touched.name).object
    results: dict[str, Result] = {"failed": "failed", "not_tried": "not_tried"}
    result = results.get(touched.result, "done")
    return HistoryChange(system, kind, key, touched.action, result, list(touched.diff), touched.left)
