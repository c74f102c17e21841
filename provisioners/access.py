"""Whether a system can be asked in this run, and what has been said about it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from provisioners.errors import SystemFault
from provisioners.report import Report, nowhere
from provisioners.run_file import RunRequest

FAILURES_IN_A_ROW = 3
"""After so many writes without an answer, one after the other, a system counts as down for the run."""

OF_ONE_TYPE = ("refused", "not_found")
"""Faults that say something of one type of object only, such as a feature that the account's plan lacks."""


@dataclass
class Access:
    """One instance in one run. What could not be read is not written either until the next run: one type of object
    where the vendor refuses only that, else the whole system."""

    instance: str
    request: RunRequest
    report: Report = nowhere
    stop: threading.Event = field(default_factory=threading.Event)
    _down: str | None = None
    _refused: dict[str, str] = field(default_factory=dict)
    _said: set[str] = field(default_factory=set)
    _failures: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._down = self.request.down.get(self.instance)

    def owned(self, type_: str) -> list[str]:
        """Ids of our objects of one type in this system."""
        return self.request.owns(self.instance, type_)

    def why_not(self, type_: str) -> str | None:
        """Why objects of a type are not asked for any more, or None."""
        return self._down or self._refused.get(type_)

    def not_read(self, type_: str, word: str, fault: SystemFault | None = None) -> None:
        """Note that objects of a type could not be read; says so once per type.

        word: what one of them is called. fault: why; None where that is known already.
        """
        with self._lock:
            if fault is not None and fault.code in OF_ONE_TYPE:
                self._refused.setdefault(type_, fault.why)
            elif fault is not None:
                self._down = self._down or fault.why
            if type_ in self._said:
                return
            self._said.add(type_)
        facts = {"instance": self.instance, "type": type_, "word": word, "whole": self._down is not None}
        self.report("not_read", {**facts, "why": self.why_not(type_) or ""})

    def before_write(self, what: str, type_: str) -> None:
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
        if type_ in self._refused:
            raise SystemFault(
                "not_tried",
                what,
                f"{self.instance} does not show what is there of this sort ({self._refused[type_]})",
                "Once it may be read, run `golive up` again.",
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
