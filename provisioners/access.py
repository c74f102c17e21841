"""Whether a system can be asked in this run, and what has been said about it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from provisioners.errors import SystemFault
from provisioners.report import Report, nowhere
from provisioners.run_file import RunRequest

FAILURES_IN_A_ROW = 3
"""After so many writes without an answer, one after the other, a system counts as down for the run."""


@dataclass
class Access:
    """One instance in one run. Once it could not be read, nothing is written there until the next run."""

    instance: str
    request: RunRequest
    report: Report = nowhere
    stop: threading.Event = field(default_factory=threading.Event)
    _down: str | None = None
    _said: set[str] = field(default_factory=set)
    _failures: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._down = self.request.down.get(self.instance)

    @property
    def down(self) -> str | None:
        """Why the system is not asked any more, or None."""
        return self._down

    def not_read(self, type_: str, why: str) -> None:
        """Note that objects of a type could not be read; says so once per type."""
        with self._lock:
            self._down = self._down or why
            if type_ in self._said:
                return
            self._said.add(type_)
        self.report("not_read", {"instance": self.instance, "type": type_, "why": why})

    def before_write(self, what: str) -> None:
        """Raises SystemFault where a write must not even be tried."""
        if self.request.read_only:
            raise SystemFault(
                "not_allowed", what, "this run only reads", "This is a fault of golive: please report it."
            )
        if self.stop.is_set():
            raise SystemFault("stopped", what, "the run was stopped before it was sent", "Run `golive up` again.")
        if self._down is not None:
            raise SystemFault(
                "not_tried",
                what,
                f"{self.instance} is not asked any more in this run ({self._down})",
                f"Run `golive up` again once {self.instance} answers.",
            )

    def after_write(self, fault: SystemFault | None) -> None:
        """Count writes without an answer, so that a system that went down does not hold up the run."""
        with self._lock:
            if fault is None or fault.code not in ("unreachable", "credentials"):
                self._failures = 0
                return
            self._failures += 1
            if fault.code == "credentials" or self._failures >= FAILURES_IN_A_ROW:
                self._down = self._down or fault.why
