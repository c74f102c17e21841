"""The progress of a run: a bar on a terminal, nothing elsewhere."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from golive.terminal.screen import Screen
from golive.wording.words import title_of
from provisioners.resource import ResourceName
from provisioners.run_file import RunFolder
from stacks.record import RECORD_NAME
from stacks.steps import Step


class Bar:
    """A bar that counts finished steps, and says what a limit makes it wait for."""

    def __init__(self, shown: Progress, total: int) -> None:
        self._shown = shown
        self._task = shown.add_task("reading", total=total, waits="")
        self._done: set[str] = set()
        self._ended = threading.Event()

    def on_step(self, step: Step) -> None:
        """One of the engine's steps has come further."""
        if step.phase != "apply" or step.name == RECORD_NAME or step.operation == "same":
            return
        named = ResourceName.of(step.name)
        self._shown.update(self._task, description=f"{named.instance}: {title_of(named.kind)}")
        if step.status in ("done", "failed") and step.name not in self._done:
            self._done.add(step.name)
            self._shown.advance(self._task)

    def follow(self, folder: RunFolder) -> None:
        """Say what is waited for, as long as that lasts."""
        if not self._shown.disable:
            threading.Thread(target=self._follow, args=(folder,), daemon=True).start()

    def end(self) -> None:
        self._ended.set()

    def _follow(self, folder: RunFolder) -> None:
        place, until = 0, 0.0
        while not self._ended.wait(0.5):
            events, place = folder.events_after(place)
            for event in events:
                if event["event"] == "wait":
                    until = event["at"] + event["seconds"]
                    self._shown.update(self._task, waits=f"{event['system']} waits: {event['why']}")
            if time.time() > until:
                self._shown.update(self._task, waits="")


@contextmanager
def progress(screen: Screen, total: int) -> Iterator[Bar]:
    """A bar on a terminal. total: how many resources the run changes."""
    shown = Progress(
        TextColumn("{task.description}"),
        *([BarColumn(), MofNCompleteColumn()] if total else []),
        TimeElapsedColumn(),
        TextColumn("[yellow]{task.fields[waits]}[/]"),
        console=screen.notes,
        disable=not screen.notes.is_terminal,
        transient=True,
    )
    with shown:
        bar = Bar(shown, total)
        try:
            yield bar
        finally:
            bar.end()
