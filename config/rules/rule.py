"""A rule of validation: its id, how grave it is, what it says, and where it is decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from config.declaration import Declared
from config.document import Path_
from config.findings import Finding, Severity

Weight = Literal["error", "warning", "note", "gate"]
"""gate: no finding of `golive validate`; whether it holds is judged at a gate, by what is known then."""


@dataclass(frozen=True)
class Rule:
    """One rule, for the catalogue and for docs/rules.md.

    what: what is wrong where it speaks, in one line. why: what goes wrong then. fix: what to do; it is also the hint of
    findings that have no better one. source: where a figure or a vendor's behaviour is from. excused: whether `x-allow`
    may set it aside; left out, that is so of warnings and notes, because an error would most often be refused by the
    system anyway. elsewhere: who decides it, where `golive validate` does not: another rule's id, a gate's item, the
    check before a plan, or the part of golive that brings its facts. of_plan: it depends on the plan that the client
    has bought, so that it is asked only where an environment is known. of_account: a plan of a run asks it of the live
    account, about what the run would do.
    """

    id: str
    severity: Weight
    what: str
    why: str
    fix: str
    source: str = ""
    excused: bool | None = None
    elsewhere: str = ""
    of_plan: bool = False
    of_account: bool = False

    @property
    def may_be_allowed(self) -> bool:
        """Whether an object may break it and say why, under `x-allow`."""
        return self.severity != "error" if self.excused is None else self.excused

    @property
    def is_decided_here(self) -> bool:
        """Whether `golive validate` looks for it."""
        return not self.elsewhere

    def found(self, item: Declared, path: Path_, message: str, hint: str = "", *, of_key: bool = False) -> Finding:
        """A finding of this rule about one place of an object; `path` counts from the object. Raises ValueError for a
        rule that is decided elsewhere."""
        return item.finding(self.id, self.weight, path, message, hint or self.fix, of_key=of_key)

    @property
    def weight(self) -> Severity:
        """The severity of its findings. Raises ValueError where it has none."""
        if self.severity == "gate" or (self.elsewhere and not self.of_account):
            raise ValueError(f"{self.id} is decided elsewhere: {self.elsewhere}")
        return self.severity
