"""Which run an undo is about, and whether this machine knows enough of it."""

from __future__ import annotations

from collections.abc import Sequence

from golive.runs.past_runs import Known
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.workspace.authorship import is_pipeline
from golive.workspace.opening import Opened
from provisioners.resource import ResourceName
from stacks.journal import Run
from stacks.run_files import RunFile


def last_run(runs: Sequence[Known], option: str) -> Known:
    """The last `up` that changed something. Raises Fault where that is undone already."""
    for known in reversed(runs):
        run = known.run
        if run.verb == "undo" and run.undoes:
            raise Fault(
                "undone",
                f"The last run was an undo: run {run.number} has undone run {run.undoes}.",
                why="To undo it once more would bring back what somebody wanted away.",
                do=f"To go further back, name the run:  golive history{option}   What run {run.undoes} had done comes"
                f" back with  golive up{option}   or  golive undo {run.number}{option}",
                exits=Exit.USAGE,
            )
        if run.verb in ("advance", "retreat") and (run.touched or run.more):
            raise Fault(
                "cannot_undo",
                f"The last run was `{run.verb}`, which golive does not undo.",
                do=_OTHERWISE[run.verb].format(option=option),
                exits=Exit.USAGE,
            )
        if run.verb == "up" and (run.touched or run.more):
            return known
    raise Fault(
        "no_run",
        "There is no run to undo.",
        why="No `golive up` that is known here has changed anything.",
        do=f"See what there is:  golive history{option}",
        exits=Exit.USAGE,
    )


_OTHERWISE = {
    "destroy": "What it deleted is made anew with  golive up{option}",
    "adopt": "It changed nothing in the systems; take the objects out of the files to let go of them.",
    "pull": "It changed the files only: take that back with git.",
    "release": "It changed nothing in the systems; `golive adopt` takes the objects over again.",
    "resume": "It only found out what an earlier run had done: undo that one.",
    "restore": "It changed nothing in the systems:  golive state list{option}",
    "accept": "It changed nothing in the systems:  golive state list{option}",
    "advance": "The way back from a phase is  golive retreat PHASE --reason TEXT{option}",
    "retreat": "The way forward is through the gate again:  golive advance PHASE{option}",
}


def can_be_undone(run: Run) -> bool:
    """Whether `golive undo` takes a run of this verb back at all."""
    return run.verb not in _OTHERWISE


def file_of(known: Known, opened: Opened) -> RunFile:
    """What this machine has of a run. Raises Fault."""
    run, option = known.run, opened.option
    if not can_be_undone(run):
        raise Fault(
            "cannot_undo",
            f"Run {run.number} was `{run.verb}`, which golive does not undo.",
            do=_OTHERWISE[run.verb].format(option=option),
            exits=Exit.USAGE,
        )
    if known.file is None:
        gone, instead = is_pipeline(run.by), _instead(run, option)
        raise Fault(
            "elsewhere",
            f"What was there before run {run.number} is not known on this machine.",
            where=run.host,
            why=f"{run.by} ran it on {run.host}; the old values "
            + ("were kept there only, and a pipeline's machine keeps nothing." if gone else "are kept there only."),
            do=f"{instead[0].upper()}{instead[1:]}" if gone else f"Undo it there; or {instead}",
            exits=Exit.FAILED,
        )
    return known.file


def _instead(run: Run, option: str) -> str:
    """How a run is taken back where its old values are not known."""
    if run.verb in ("off", "on") and run.touched:
        address = ResourceName.of(run.touched[0].name).address
        return f"say  golive {f'on {address}' if run.verb == 'off' else f'off {address} --reason TEXT'}{option}"
    if run.verb == "undo":
        return f"do again what run {run.undoes} had done:  golive up{option}"
    take_back = f"git revert {run.commit[:12]}" if run.commit and not run.dirty else "take its changes out of config/"
    if is_pipeline(run.by):
        return f"take it back in the files:  {take_back}   and merge that: the pipeline plans it and carries it out"
    return f"from the files:  {take_back}   then  golive up{option}"
