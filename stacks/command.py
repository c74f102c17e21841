"""Running the engine's command line for the Automation API."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from pulumi.automation import CommandResult, OnOutput, PulumiCommand
from pulumi.automation.errors import create_command_error
from semver import VersionInfo

from provisioners.run_file import VARIABLE as RUN_VARIABLE
from stacks.engine.locate import VERSION
from stacks.interruption import Interruption
from stacks.step_events import StepCollector


class EngineCommand(PulumiCommand):
    """Our engine, in a session of its own.

    Ctrl-C in a terminal then reaches golive alone, which tells the engine once: told twice, the engine would
    drop everything at once.
    """

    def __init__(self, executable: Path, interruption: Interruption) -> None:
        # The base class would run `pulumi version`; the installation has proved the version.
        self.command = str(executable)
        self.version = VersionInfo.parse(VERSION)
        self.interruption = interruption
        self.events: StepCollector | None = None
        """Who listens to the events of the command that runs next."""

    def run(
        self,
        args: list[str],
        cwd: str,
        additional_env: Mapping[str, str],
        on_output: OnOutput | None = None,
        on_error: OnOutput | None = None,
    ) -> CommandResult:
        """Run a command to its end. Raises CommandError, or Interrupted when a signal came before the start."""
        self.interruption.check()
        binaries = os.path.dirname(self.command)  # noqa: PTH120 - it is a string for PATH
        environment = {**os.environ, **additional_env, "PULUMI_AUTOMATION_API": "true"}
        environment["PATH"] = os.pathsep.join([binaries, environment.get("PATH", os.defpath)])
        process = subprocess.Popen(
            [self.command, "--non-interactive", *args],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=cwd,
            env=environment,
            encoding="utf-8",
            start_new_session=True,
        )
        _note(Path(additional_env[RUN_VARIABLE]), process.pid)
        self.interruption.engine_started(process)
        try:
            output, errors = _Reader(process.stdout, on_output), _Reader(process.stderr, on_error)
            code = _end_of(process)
            if self.events is not None and "--event-log" in args and code >= 0:
                self.events.wait(ok=code == 0)
            result = CommandResult(output.text(), errors.text(), code)
        finally:
            self.interruption.engine_ended()
        if code != 0:
            raise create_command_error(result)
        return result


SIGNALS_SECONDS = 0.2


def _end_of(process: subprocess.Popen[str]) -> int:
    """The exit code. A signal that comes meanwhile is noticed within `SIGNALS_SECONDS`.

    The system may give it to any thread, and Python handles it in the main one, once that comes out of a system call.
    """
    ended = threading.Event()

    def wait() -> None:
        process.wait()
        ended.set()

    threading.Thread(target=wait, daemon=True).start()
    while not ended.wait(SIGNALS_SECONDS):
        pass
    return process.returncode


_PROCESSES = "engine-processes"


def _note(run: Path, pid: int) -> None:
    with (run / _PROCESSES).open("a", encoding="utf-8") as file:
        file.write(f"{pid}\n")


def was_started_by(runs: Path, pid: int) -> bool:
    """Whether one of these runs started an engine under this number."""
    return any(str(pid) in file.read_text(encoding="utf-8").split() for file in runs.glob(f"*/{_PROCESSES}"))


class _Reader:
    """Reads a stream to its end, line by line, beside the process."""

    def __init__(self, stream: IO[str] | None, listener: OnOutput | None) -> None:
        assert stream is not None  # noqa: S101 - it is a pipe
        self._stream = stream
        self._listener = listener
        self._lines: list[str] = []
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        with self._stream:
            for line in self._stream:
                self._lines.append(line.rstrip())
                if self._listener:
                    self._listener(line.rstrip())

    def text(self) -> str:
        self._thread.join()
        return "\n".join(self._lines)
