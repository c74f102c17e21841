"""Fields of tickets and of customers (grammar 31–33)."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from config.model import Data, Key, Model, defaults_to, leave, none_unless_given, required
from config.pattern_samples import can_be_tried
from config.references import refers_to
from config.text import Help, Text

FieldType = Literal[
    "text", "textarea", "integer", "decimal", "date", "checkbox", "dropdown", "multiselect", "pattern", "lookup", "card"
]
CHOICE_TYPES = ("dropdown", "multiselect")


class Option(Model):
    """One choice of a dropdown or multiselect."""

    name: str = required(description="What people choose.")
    tag: Annotated[str, Field(pattern=r"^[^\s,&%$#@!{}\[\]=+()*?<>\"';\\`]+$")] | None = leave(
        description="The tag that tickets get. Left out, it is made of the keys: `request_type_billing`."
    )
    was: Key | None = none_unless_given(description="The key that this option had before.")


Options = Annotated[dict[Key, str | Option], Field(min_length=1)]


class Samples(Model):
    """Values that a pattern must accept and refuse; validation tries them."""

    good: Annotated[list[str], Field(min_length=1)] = required(description="Values that fit.")
    bad: Annotated[list[str], Field(min_length=1)] = required(description="Values that do not fit.")


TARGETS = ("organization", "requester", "ticket")
"""What a lookup field can point to, beside records of the client's own sorts."""


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as broken:
        raise PydanticCustomError(
            "pattern",
            "`{pattern}` is not a regular expression: {why}",
            {"pattern": pattern, "why": str(broken), "at": "pattern"},
        ) from None


class FieldShape(Model):
    """What all fields share. A field's type never changes."""

    name: str = required(description="What agents see.")
    type: FieldType = required(description="What it holds. It can never be changed later.")
    options: Options | None = none_unless_given(
        description="The choices of a dropdown or multiselect: `billing: Billing`, or a map with `name`, `tag`, `was`."
    )
    options_from: Literal["segments"] | None = none_unless_given(
        description="The choices are the segments, instead of `options`."
    )
    pattern: str | None = none_unless_given(
        description="For the type pattern: a regular expression that values must match."
    )
    samples: Samples | None = none_unless_given(description="Beside `pattern`: values that it must take and refuse.")
    to: Annotated[str, refers_to("custom_objects", words=TARGETS, qualified=True)] | None = none_unless_given(
        description="For the type lookup: what it points to: `organization`, `requester`, `ticket`, or "
        "`custom_objects/KEY`. It can never be changed later."
    )
    active: bool = defaults_to(True, description="false: present and switched off.")

    @model_validator(mode="after")
    def check_type(self) -> Self:
        if getattr(self, "existing", None):
            return self
        if (self.type == "lookup") != (self.to is not None):
            raise PydanticCustomError(
                "lookup",
                "a lookup must say what it points to" if self.to is None else "only a lookup points to something",
                {
                    "at": "type" if self.to is None else "to",
                    "hint": "Add  to: organization  or another one." if self.to is None else "Remove `to`.",
                },
            )
        has_options = self.options is not None or self.options_from is not None
        if self.type in CHOICE_TYPES and not has_options:
            raise PydanticCustomError(
                "options",
                "a {type} has no choices",
                {"type": self.type, "at": "type", "hint": "Add `options:` with at least one, or `options_from:`."},
            )
        if self.type not in CHOICE_TYPES and has_options:
            raise PydanticCustomError(
                "options",
                "a field of type {type} has no options",
                {
                    "type": self.type,
                    "at": "options" if self.options is not None else "options_from",
                    "hint": "Remove them, or make it a dropdown or multiselect.",
                },
            )
        if self.options is not None and self.options_from is not None:
            raise PydanticCustomError(
                "options", "`options` and `options_from` cannot stand together", {"at": "options_from"}
            )
        if self.type == "pattern" and self.pattern is None:
            raise PydanticCustomError("pattern", "a field of type pattern needs its `pattern`", {"at": "type"})
        if self.type != "pattern" and self.pattern is not None:
            raise PydanticCustomError(
                "pattern",
                "a field of type {type} takes no pattern",
                {"type": self.type, "at": "pattern", "hint": "Write  type: pattern  or remove it."},
            )
        if self.samples is not None and self.pattern is None:
            raise PydanticCustomError("samples", "samples belong to a pattern, and there is none", {"at": "samples"})
        if self.pattern is not None:
            self.check_samples(self.pattern)
        return self

    def check_samples(self, pattern: str) -> None:
        """Samples of a pattern that only the vendor can read are for people, and not tried."""
        compiled = _compiled(pattern) if can_be_tried(pattern) else None
        if self.samples is None:
            raise PydanticCustomError(
                "samples",
                "a pattern needs samples, so that it is known to work",
                {"at": "pattern", "hint": "Add  samples: {good: […], bad: […]}  with values that people really have."},
            )
        if compiled is None:
            return
        for sample in self.samples.good:
            if not compiled.search(sample):
                raise PydanticCustomError(
                    "samples",
                    "the good sample `{s}` does not match the pattern",
                    {"s": sample, "at": "samples.good", "hint": "Correct the pattern or the sample."},
                )
        for sample in self.samples.bad:
            if compiled.search(sample):
                raise PydanticCustomError(
                    "samples",
                    "the bad sample `{s}` matches the pattern",
                    {"s": sample, "at": "samples.bad", "hint": "Correct the pattern or the sample."},
                )

    def choices(self) -> dict[str, Option]:
        """The declared options in one form, by key; empty where they come from elsewhere."""
        return {
            key: option if isinstance(option, Option) else Option(name=option)
            for key, option in (self.options or {}).items()
        }


class FieldObject(FieldShape, Data):
    """A field that is an object of its own."""

    has_switch = True


class CustomerSide(Model):
    """What customers can do with a field, form or article."""

    can: Literal["hidden", "see", "edit"] = defaults_to("hidden", description="What customers can do with it.")
    name: Text | None = leave(description="What customers see instead of the agents' name.")
    required: bool = defaults_to(False, description="Customers must fill it in.")

    @model_validator(mode="after")
    def check_required_is_editable(self) -> Self:
        if self.required and self.can != "edit":
            raise PydanticCustomError(
                "customers",
                "customers must fill in what they cannot edit",
                {"at": "required", "hint": "Write  can: edit  or remove `required`."},
            )
        return self


class AgentSide(Model):
    """When agents must fill a field in."""

    required: Literal["never", "on_solve"] = defaults_to("never", description="When agents must fill it in.")


class TicketField(FieldObject):
    """A field of tickets."""

    customers: CustomerSide = defaults_to({}, validate_default=True, description="What customers see and may do.")
    agents: AgentSide = defaults_to({}, validate_default=True, description="What agents must do.")
    help: Help | None = leave(description="What stands beside the field.")


class CustomerField(FieldObject):
    """A field of organisations or of the people in them."""

    of: Literal["organization", "requester"] = required(description="Whose field it is.")
    help: Help | None = leave(description="What stands beside the field.")


class CustomObjectField(FieldShape):
    """A field of a sort of record of the client's own."""

    was: Key | None = none_unless_given(description="The key that this field had before.")
    help: Help | None = leave(description="What stands beside the field.")

    @model_validator(mode="after")
    def check_no_card(self) -> Self:
        if self.type == "card":
            raise PydanticCustomError(
                "card", "a record holds no card numbers", {"at": "type", "hint": "Card numbers are for tickets only."}
            )
        return self


class CustomObject(Data):
    """A sort of record of the client's own, such as a bike or a contract."""

    name: str = required(description="What people call one of them.")
    plural: str = required(description="What people call several of them.")
    help: Help | None = leave(description="What it is for.")
    fields: dict[Key, CustomObjectField] = defaults_to(
        {}, description="What each of them holds, in this order, beside its name and an external id."
    )
