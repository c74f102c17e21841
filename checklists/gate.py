"""A gate: what must hold before a phase begins, and what the phase must come to."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from checklists.item import Drop, Profile, Roles
from config.model import Key, Model, defaults_to, leave, none_unless_given, required

Part = Literal["entrance", "success", "outcome"]
PARTS: tuple[Part, ...] = ("entrance", "success", "outcome")
Gated = Literal["soft_launch", "rollout", "handoff", "day_30", "day_60", "day_90"]
GATED: tuple[Gated, ...] = ("soft_launch", "rollout", "handoff", "day_30", "day_60", "day_90")


class Condition(Model):
    """One condition of a gate: items that must hold together."""

    id: Annotated[str, Field(pattern=r"^[A-Z][A-Za-z0-9.-]*$")] | None = none_unless_given(
        description="Its short name in the method, such as `SL-E05`."
    )
    name: str = required(description="What must hold, as a statement.")
    items: list[Key] = defaults_to([], description="The items that it asks for.")
    outcome_of: Gated | None = none_unless_given(
        description="All that this earlier phase had to come to must hold, and still hold now."
    )
    only_if: list[Profile] = defaults_to([], description="It holds for projects of each of these profiles only.")
    lasting: bool = defaults_to(True, description="false: only this gate asks for it; later gates do not ask again.")
    source: str | None = leave(description="Where it comes from.")
    because: str | None = leave(description="Why the project asks for less here than the method does.")
    drop: Drop | None = none_unless_given(description="It is left out, and why.")

    @classmethod
    def needed(cls, data: dict[str, Any]) -> list[str]:
        return [] if data.get("drop") else super().needed(data)


class Gate(Model):
    """The gate of one phase. Entrance: may the review be held? Success: may the phase begin? Outcome: what the phase
    must have come to, which the next gate asks for."""

    name: str = required(description="What people call the phase.")
    decision: Roles | None = none_unless_given(
        description="Who decides go or no-go, by role: `{head_of_support: 1}`. No method gives this; the project does."
    )
    entrance: dict[Key, Condition] = defaults_to({}, description="May the review be held?")
    success: dict[Key, Condition] = defaults_to({}, description="May the phase begin?")
    outcome: dict[Key, Condition] = defaults_to({}, description="What must the phase have come to?")

    def conditions(self, *parts: Part) -> list[tuple[Part, str, Condition]]:
        """(Part, key, condition) of the parts that are named, of all without one; none that is dropped."""
        return [each for each in self.every_condition() if each[0] in (parts or PARTS) and not each[2].drop]

    def every_condition(self) -> list[tuple[Part, str, Condition]]:
        """(Part, key, condition), also of what is dropped."""
        return [(part, key, condition) for part in PARTS for key, condition in getattr(self, part).items()]
