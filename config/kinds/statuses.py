"""Statuses of the client's own, each below one that every ticket has (grammar 16)."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from config.model import Data, Model, defaults_to, leave, none_unless_given, required
from config.text import Help, Text

LABEL = 48
"""Characters that a status may be called by."""
Label = Annotated[str, Field(max_length=LABEL)]


class StatusForCustomers(Model):
    """What customers see of a status."""

    name: Text | None = none_unless_given(description="What customers see instead of the agents' name.")


class TicketStatus(Data):
    """A status of the client's own, such as *waiting for parts*, below one that every ticket has.

    Rules, views and macros name it by `status_detail`: `{field: status_detail, is: waiting_for_parts}`, and
    `{set: status_detail, to: waiting_for_parts}`.
    """

    has_switch = True

    name: Label = required(description="What agents choose.")
    category: Literal["new", "open", "pending", "on_hold", "solved"] = required(
        description="The status that every ticket has and that this one belongs to. It can never be changed later."
    )
    customers: StatusForCustomers = defaults_to({}, validate_default=True, description="What customers see of it.")
    help: Help | None = leave(description="What it stands for.")
    default: bool = defaults_to(
        False, description="true: tickets that come into its category have it. One in each category."
    )
    active: bool = defaults_to(True, description="false: present and switched off.")

    @model_validator(mode="after")
    def check_default(self) -> Self:
        if self.default and not self.active:
            raise PydanticCustomError(
                "default_off",
                "the default of a category cannot be switched off",
                {"at": "active", "hint": "Make another status of its category the default first."},
            )
        return self
