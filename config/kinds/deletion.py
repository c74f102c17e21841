"""What is deleted by itself, and when (grammar 13–16)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from config.kinds.conditions import ClockCondition, Conditions
from config.model import Switched, defaults_to, required
from config.references import refers_to

RECORDS = ("tickets", "customers", "attachments", "bot_conversations")
"""What can be deleted by itself, beside records of the client's own sorts."""


class DeletionSchedule(Switched):
    """Deletes what has become old, again and again, and for good."""

    comes_with_vendor: ClassVar[bool] = True

    name: str = required(description="What people call it.")
    of: Annotated[str, refers_to("custom_objects", words=RECORDS, qualified=True)] = required(
        description="What it deletes: `tickets`, `customers`, `attachments`, `bot_conversations`, or "
        "`custom_objects/KEY`. It can never be changed later."
    )
    when: Conditions = defaults_to([], description="All of these must hold; one of them says since when.")
    when_any: Conditions = defaults_to([], description="At least one of these must hold.")

    @model_validator(mode="after")
    def check_age(self) -> Self:
        said = self.when or self.when_any
        if (said or not self.existing) and not any(isinstance(each, ClockCondition) for each in self.when):
            raise PydanticCustomError(
                "no_condition",
                "nothing says how old it must be, so that everything would be deleted at once",
                {"at": "when", "hint": "Say it in `when`, such as  {hours_since: updated, more_than: 1095d}."},
            )
        return self
