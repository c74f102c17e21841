"""Which plans an account may have, by what it shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PlansSeen:
    """possible: those, as environment files say them, of which the account shows all that they carry and nothing that
    they do not; the likeliest first. lacks: plan → what it carries and the account refuses. beyond: plan → what the
    account shows and the plan does not carry, which an add-on may explain."""

    possible: tuple[str, ...] = ()
    lacks: tuple[tuple[str, str], ...] = ()
    beyond: tuple[tuple[str, str], ...] = ()

    def lacking(self, plan: str) -> str:
        """What the account refuses although the plan carries it; empty where that is nothing."""
        return dict(self.lacks).get(plan, "")

    def going_beyond(self, plan: str) -> str:
        """What the account shows although the plan does not carry it; empty where that is nothing."""
        return dict(self.beyond).get(plan, "")
