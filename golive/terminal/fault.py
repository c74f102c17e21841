"""A fault as people and programs read it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from config.results.plan import PlanDocument
from golive.terminal.exits import Exit
from provisioners.errors import SystemFault


class Fault(Exception):
    """Ends a verb. `code` is for programs; the other four are for people: what, where, why, what to do."""

    def __init__(self, code: str, what: str, *, where: str = "", why: str = "", do: str = "", exits: Exit) -> None:
        super().__init__(what)
        self.code = code
        self.what = what
        self.where = where
        self.why = why
        self.do = do
        self.exits = exits
        self.document: PlanDocument | None = None
        """How far the verb had come, for `--json`."""

    def as_json(self) -> dict[str, str]:
        return {"code": self.code, "what": self.what, "where": self.where, "why": self.why, "do": self.do}


def of_system(fault: SystemFault, where: str) -> Fault:
    """A system's fault as the verb's own end."""
    exits = Exit.CREDENTIALS if fault.code in ("credentials", "wrong_account") else Exit.FAILED
    return Fault(fault.code, fault.what, where=where, why=fault.why, do=fault.do, exits=exits)


@contextmanager
def showing(document: PlanDocument) -> Iterator[None]:
    """A fault in this block ends the verb with the document beside the error, so that `--json` loses nothing."""
    try:
        yield
    except Fault as fault:
        fault.document = fault.document or document
        raise
