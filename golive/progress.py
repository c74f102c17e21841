"""The progress of a run: a bar on a terminal, nothing elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from golive.screen import Screen
from golive.words import title_of
from provisioners.resource import ResourceName
from stacks.record import RECORD_NAME
from stacks.steps import OnStep, Step


@contextmanager
def progress(screen: Screen, total: int) -> Iterator[OnStep]:
    """Counts finished steps of the engine. `total`: how many resources the run changes."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=screen.notes,
        disable=not screen.notes.is_terminal,
        transient=True,
    )
    done: set[str] = set()
    with bar:
        task = bar.add_task("reading", total=total)

        def on_step(step: Step) -> None:
            if step.phase != "apply" or step.name == RECORD_NAME or step.operation == "same":
                return
            named = ResourceName.of(step.name)
            bar.update(task, description=f"{named.instance}: {title_of(named.kind)}")
            if step.status in ("done", "failed") and step.name not in done:
                done.add(step.name)
                bar.advance(task)

        yield on_step
