"""The ways in which customers reach the team (grammar 46)."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Discriminator, Tag, model_validator
from pydantic_core import PydanticCustomError

from config.kinds.people import Email
from config.model import Object, defaults_to, leave, required
from config.references import refers_to
from config.text import Text


class EmailChannel(Object):
    """A support address."""

    type: Literal["email"] = required(description="A support address.")
    name: str = required(description="The sender's name that customers see.")
    address: Email = required(description="Where customers write to.")
    forwards_from: Email | None = leave(description="The client's own address that forwards to this one.")
    brand: Annotated[str, refers_to("brands")] | None = leave(description="The brand of tickets that come in here.")
    default: bool = defaults_to(False, description="New tickets without an address are answered from it.")


class WebFormChannel(Object):
    """A form on the help centre or the website."""

    type: Literal["web_form"] = required(description="A form on the help centre or the website.")
    name: str | None = leave(description="What the team calls it.")
    form: Annotated[str, refers_to("ticket_forms")] = required(description="The form that customers fill in.")

    @property
    def is_by_hand(self) -> bool:
        """Nothing can be sent for it."""
        return True


class MessagingChannel(Object):
    """The chat widget. It has no public API and is set up by hand."""

    type: Literal["messaging"] = required(description="The chat widget.")
    name: str | None = leave(description="What the team calls it.")
    hours: Annotated[str, refers_to("schedules")] | None = leave(description="When somebody is there.")
    when_closed: Text | None = leave(description="What customers read outside these hours.")

    @property
    def is_by_hand(self) -> bool:
        """No API sets it up."""
        return True


class HandMadeChannel(Object):
    """A channel that only a person can set up; what else is said of it is for that person."""

    model_config = ConfigDict(extra="allow")

    type: Literal["voice", "social", "api"] = required(description="Which channel it is.")
    name: str | None = leave(description="What the team calls it.")
    by_hand: bool = required(description="true: no other way exists.")

    @model_validator(mode="after")
    def check_by_hand(self) -> Self:
        if self.by_hand is False or (self.existing and not self.by_hand):
            raise PydanticCustomError(
                "by_hand", "golive cannot set this channel up", {"at": "by_hand", "hint": "Write  by_hand: true"}
            )
        return self


_FORMS: dict[str, type[Object]] = {
    "email": EmailChannel,
    "web_form": WebFormChannel,
    "messaging": MessagingChannel,
    "voice": HandMadeChannel,
    "social": HandMadeChannel,
    "api": HandMadeChannel,
}


CHANNEL_TYPES = tuple(_FORMS)


def _form(value: Any) -> str | None:
    said = value.get("type") if isinstance(value, dict) else getattr(value, "type", None)
    model = _FORMS.get(said) if isinstance(said, str) else None
    return f"~{model.__name__}" if model else None


Channel = Annotated[
    Annotated[EmailChannel, Tag("~EmailChannel")]
    | Annotated[WebFormChannel, Tag("~WebFormChannel")]
    | Annotated[MessagingChannel, Tag("~MessagingChannel")]
    | Annotated[HandMadeChannel, Tag("~HandMadeChannel")],
    Discriminator(
        _form,
        custom_error_type="channel_type",
        custom_error_message="a channel needs a `type`: email, web_form, messaging, voice, social or api",
    ),
]
