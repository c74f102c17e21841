"""A fault as people and programs read it."""

from __future__ import annotations

from golive.exits import Exit
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

    def as_json(self) -> dict[str, str]:
        return {"code": self.code, "what": self.what, "where": self.where, "why": self.why, "do": self.do}


def of_system(fault: SystemFault, where: str) -> Fault:
    """A system's fault as the verb's own end."""
    exits = Exit.CREDENTIALS if fault.code in ("credentials", "wrong_account") else Exit.FAILED
    return Fault(fault.code, fault.what, where=where, why=fault.why, do=fault.do, exits=exits)
