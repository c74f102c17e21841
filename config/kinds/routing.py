"""How tickets find agents: skills, and the queues in which tickets wait."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from config.kinds.conditions import Conditions
from config.model import Key, Model, Object, defaults_to, none_unless_given, required
from config.references import refers_to

GroupKey = Annotated[str, refers_to("groups")]
Priority = Annotated[int, Field(ge=1, le=100)]


class SkillValue(Model):
    """One skill of its sort, and who has it."""

    name: str = required(description="What people call it, such as French.")
    people: list[Annotated[str, refers_to("people")]] = defaults_to([], description="Who has it.")
    was: Key | None = none_unless_given(description="The key that it had before.")


SkillValues = Annotated[dict[Key, str | SkillValue], Field(min_length=1)]


class Skill(Object):
    """A sort of skills that agents have and tickets may need, such as languages."""

    name: str = required(description="What people call the sort.")
    values: SkillValues = required(
        description="The skills of this sort: `french: French`, or a map with `name`, `people`, `was`."
    )

    def of_each(self) -> dict[str, SkillValue]:
        """The skills in one form, by key."""
        return {
            key: value if isinstance(value, SkillValue) else SkillValue(name=value)
            for key, value in (self.values or {}).items()
        }


class Queue(Object):
    """A line in which tickets wait until they are handed to agents. The first that fits a ticket takes it."""

    name: str = required(description="What people call it.")
    when: Conditions = defaults_to([], description="All of these must hold.")
    when_any: Conditions = defaults_to([], description="At least one of these must hold.")
    priority: Priority = defaults_to(
        1, description="1 to 100: whose tickets come first where an agent could take from several queues; 1 is first."
    )
    groups: Annotated[list[GroupKey], Field(min_length=1)] = required(description="Whose agents get the tickets.")
    fallback_groups: list[GroupKey] = defaults_to([], description="Whose agents get them where nobody else is free.")

    @model_validator(mode="after")
    def check_queue(self) -> Self:
        if not self.existing and not self.when and not self.when_any:
            raise PydanticCustomError(
                "no_condition", "a queue without a condition would take every ticket", {"at": "when"}
            )
        both = [key for key in self.fallback_groups if key in (self.groups or [])]
        if both:
            raise PydanticCustomError(
                "group_twice",
                "`{key}` is among `groups` already",
                {"key": both[0], "at": "fallback_groups", "hint": "A group is one or the other: remove it here."},
            )
        return self
