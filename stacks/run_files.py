"""What golive keeps of each run on the machine that ran: all that was shown, and what every resource was before."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from pulumi.automation import Deployment

from provisioners.private_file import replace_private
from stacks.backend import golive_folder
from stacks.journal import KEPT, Run
from stacks.names_now import Told, names_now
from stacks.record import RECORD_NAME
from stacks.state import dependencies, payloads, types
from stacks.steps import Operation, Side, Step


@dataclass(frozen=True)
class Change:
    """One resource in a run. name: as the run registered it; was: its name before, where that is another. before: as it
    was live, None where it was not there. after: as the state has it since, None where it is not there any more.
    type_before: its type before, where that is another. needs: names of the resources that it depended on before."""

    name: str
    type: str
    operation: Operation
    before: Side | None
    after: Side | None = None
    was: str = ""
    type_before: str = ""
    needs: tuple[str, ...] = ()

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Change:
        sides = {name: None if said[name] is None else Side(**said[name]) for name in ("before", "after")}
        return cls(**{**said, **sides, "needs": tuple(said["needs"])})


@dataclass(frozen=True)
class RunFile:
    """run: whole, of which the journal notes the short form. copy: the name of the copy of the state that was made
    before it. document: what `--json` printed. switched_off: the record's notes before and after."""

    run: Run
    copy: str = ""
    document: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    switched_off: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


def changes_of(
    steps: Iterable[Step], state: Deployment, found: Mapping[str, Mapping[str, Any]] | None = None
) -> Iterator[Change]:
    """What a run does to each resource, as far as it does anything.

    state: before the run. found: resource → id and payload of what was looked up for it; see `RunFacts.found`.
    """
    applied = [each for each in steps if each.phase == "apply" and each.name != RECORD_NAME]
    names = names_now((Told(each.name, each.type, each.old) for each in applied), state)
    needs, type_of = dependencies(state), types(state)
    for step in applied:
        was = names[step.name]
        if step.operation == "same" and was == step.name:
            continue
        before = step.old or _found(step, (found or {}).get(step.name, {}))
        former = was if was != step.name else ""
        type_before = type_of.get(was, step.type) if step.old else step.type
        yield Change(
            step.name,
            step.type,
            step.operation,
            before,
            was=former,
            type_before=type_before if type_before != step.type else "",
            needs=needs.get(was, ()),
        )


def _found(step: Step, found: Mapping[str, Any]) -> Side | None:
    """The vendor's own object, of which a run changes some attributes for the first time."""
    if step.new is None or step.new.mode != "patched" or not found.get("payload"):
        return None
    return replace(step.new, id=str(found["id"]), payload=dict(found["payload"]), origin="found")


def with_after(changes: Iterable[Change], state: Deployment) -> tuple[Change, ...]:
    """The changes with what a state has of each resource since."""
    known = payloads(state)
    return tuple(replace(each, after=known.get(each.name)) for each in changes)


class NoRunFile(Exception):
    """There is no such file here, or it cannot be read."""


class RunFiles:
    """The files of one environment's runs. Only their owner may read them: they hold what a client's systems hold."""

    def __init__(self, workspace: Path, environment: str) -> None:
        self.folder = golive_folder(workspace, environment) / "runs"

    def keep(self, file: RunFile) -> None:
        """Write a run's file, in the place of an earlier one of that run."""
        self.folder.mkdir(parents=True, exist_ok=True)
        data = {**asdict(file), "run": file.run.as_text}
        text = json.dumps(data, ensure_ascii=False)
        replace_private(self._file(file.run.number), gzip.compress(text.encode(), compresslevel=5))
        for old in sorted(self._all())[:-KEPT]:
            self._file(old).unlink(missing_ok=True)

    def drop(self, run: Run) -> None:
        """Forget a run that has come to nothing."""
        self._file(run.number).unlink(missing_ok=True)

    def read(self, run: Run) -> RunFile:
        """The file of a run. Raises NoRunFile, also where another run of that number was here."""
        try:
            data = json.loads(gzip.decompress(self._file(run.number).read_bytes()))
            before, after = data["switched_off"]
            found = RunFile(
                Run.of(data["run"]),
                data["copy"],
                data["document"],
                tuple(Change.of(each) for each in data["changes"]),
                (tuple(before), tuple(after)),
            )
        except FileNotFoundError as missing:
            raise NoRunFile(f"run {run.number} has no file on this machine") from missing
        except (OSError, EOFError, ValueError, KeyError, TypeError) as broken:
            raise NoRunFile(f"the file of run {run.number} is damaged ({broken})") from broken
        if found.run.at != run.at:
            raise NoRunFile(f"run {run.number} has no file on this machine")
        return found

    def found(self) -> list[RunFile]:
        """Every file that can be read, the oldest run first."""
        files = []
        for number in sorted(self._all()):
            with suppress(NoRunFile, ValueError, KeyError, OSError):
                run = Run.of(json.loads(gzip.decompress(self._file(number).read_bytes()))["run"])
                files.append(self.read(run))
        return files

    @property
    def last(self) -> int:
        """The highest number of a run that has a file here; 0 where none has."""
        return max(self._all(), default=0)

    def _all(self) -> list[int]:
        files = self.folder.glob("*.json.gz") if self.folder.is_dir() else ()
        numbers = (file.name.removesuffix(".json.gz") for file in files)
        return [int(number) for number in numbers if number.isdecimal()]

    def _file(self, number: int) -> Path:
        return self.folder / f"{number}.json.gz"
