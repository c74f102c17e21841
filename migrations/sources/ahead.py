"""A generator carried out in a process of its own, a step ahead of whoever uses what it gives.

Taking a file apart and writing down what was understood of it each keep a processor busy. The process only reads; all
that is kept is kept by the one that began it. Each notices the end of the other by the pipe between them, also where
one of them is killed.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar, TypeVarTuple

from migrations.sources.source import SourceFault

WORTH_IT = 8_000_000
"""Bytes of a file that takes longer to read than a process takes to begin."""

Given = TypeVar("Given")
Said = TypeVarTuple("Said")


def ahead(path: Path, made: Callable[[*Said], Iterator[Given]], *said: *Said) -> Iterator[Given]:
    """What `made` gives, by a process of its own where a file or folder is large enough. made: a function of a module,
    whose arguments and results can be pickled. Raises SourceFault, and whatever it raises."""
    if _is_large(path) and _processors() > 1:
        return _ahead(path, made, said)
    return made(*said)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _is_large(path: Path) -> bool:
    """A folder with as many files as that may be is not gone through to its end."""
    size = 0
    for each in path.rglob("*") if path.is_dir() else (path,):
        size += each.stat().st_size
        if size >= WORTH_IT:
            return True
    return False


def _ahead(path: Path, made: Callable[..., Iterator[Given]], said: tuple[object, ...]) -> Iterator[Given]:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_give, args=(there, gc.get_threshold(), made, said), daemon=True)
    with _interrupts_wait():
        process.start()
    there.close()
    try:
        while True:
            try:
                given, fault = here.recv()
            except (EOFError, OSError):  # between two of what it gives, or within one
                why = "the process that reads it has ended; somebody has ended it, or this machine has no memory left"
                raise SourceFault(path.name, why, "Run the same command again: it goes on where it was.") from None
            if fault is not None:
                raise fault
            if given is None:
                return
            yield given
    finally:
        here.close()
        process.terminate()
        process.join()


@contextmanager
def _interrupts_wait() -> Iterator[None]:
    """A process that begins here never gets Ctrl-C: the one that began it ends it."""
    resource_tracker.ensure_running()  # which lets them through again where it only begins with the process
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    usual = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, usual)


def _give(
    there: Connection,
    collections: tuple[int, int, int],
    made: Callable[..., Iterator[object]],
    said: tuple[object, ...],
) -> None:
    """The process: (what was made, a fault), one after the other; nothing of both at the end. collections: how often
    memory is looked through, as where it was begun."""
    gc.set_threshold(*collections)
    try:
        try:
            for each in made(*said):
                there.send((each, None))
            there.send((None, None))
        except BrokenPipeError:
            raise
        except Exception as fault:  # it is raised where it can be told
            if not isinstance(fault, (SourceFault, OSError)):
                fault.add_note(traceback.format_exc())
            there.send((None, fault))
    except BrokenPipeError:
        return  # nobody is there any more
