"""Brands of the client: each with an address of its own (grammar 16, 46)."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from config.model import Data, defaults_to, leave, required

Subdomain = Annotated[str, Field(pattern=r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")]


class Brand(Data):
    """A brand of the client, with an address of its own."""

    has_switch = True

    name: str = required(description="What customers and agents see.")
    subdomain: Subdomain = required(
        description="The first part of its address: `fernhill` of fernhill.zendesk.com. It belongs to one account only."
    )
    default: bool = defaults_to(False, description="true: tickets that name no brand are of this one.")
    signature: str | None = leave(description="What stands under agents' mails, such as `{{agent.signature}}`.")
    active: bool = defaults_to(True, description="false: present and switched off.")

    @model_validator(mode="after")
    def check_default(self) -> Self:
        if self.default and not self.active:
            raise PydanticCustomError(
                "default_off",
                "the default brand cannot be switched off",
                {"at": "active", "hint": "Make another brand the default first."},
            )
        return self
