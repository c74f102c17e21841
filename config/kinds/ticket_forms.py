"""Forms with which tickets are made (grammar 32)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from config.kinds.fields import CustomerSide
from config.model import Data, Model, defaults_to, none_unless_given, required
from config.references import Reference, refers_to

FORM_FIELDS = ("subject", "priority", "status", "type", "group", "assignee")
Status = Literal["new", "open", "pending", "on_hold", "solved"]
FieldKey = Annotated[str, refers_to("ticket_fields", words=FORM_FIELDS)]

When = Literal["always", "on_solve"] | Annotated[list[Status], Field(min_length=1)]
"""When a field must be filled in; customers know only always."""


class FormCondition(Model):
    """Fields that a form shows or asks for once another field has a value."""

    for_: Annotated[list[Literal["agents", "customers"]], Field(min_length=1)] = required(
        alias="for", description="Whose form it changes."
    )
    when: Annotated[dict[str, str | bool], Field(min_length=1, max_length=1)] = required(
        description="A field and its value, such as `{request_type: repair}`."
    )
    show: list[FieldKey] = defaults_to([], description="The fields that are shown then.")
    required: dict[FieldKey, When] = defaults_to(
        {},
        description="The fields that must be filled in then, and when: `{frame_number: always}`; for agents also in "
        "which statuses: `{parts: [pending, solved]}`.",
    )

    @model_validator(mode="after")
    def check_effect(self) -> Self:
        if not self.show and not self.required:
            raise PydanticCustomError(
                "no_effect",
                "the condition shows no field and asks for none",
                {"at": "when", "hint": "Name fields in `show`, or in `required` with `always` or `on_solve`."},
            )
        return self

    @property
    def field(self) -> str:
        """The field that decides."""
        return next(iter(self.when))

    @property
    def value(self) -> str | bool:
        """Its value."""
        return next(iter(self.when.values()))

    @property
    def fields(self) -> list[str]:
        """The fields that depend on it: those that are shown, and those that are only asked for."""
        return list(dict.fromkeys([*self.show, *self.required]))

    def references(self) -> Iterator[Reference]:
        """The fields that decide."""
        for name in self.when or {}:
            if name not in FORM_FIELDS:
                yield Reference(("when", name), name, refers_to("ticket_fields"))


class TicketForm(Data):
    """A form with which tickets are made."""

    name: str = required(description="What agents see.")
    default: bool = defaults_to(False, description="true: tickets without another form have this one.")
    customers: CustomerSide = defaults_to({}, validate_default=True, description="What customers see and may do.")
    fields: list[FieldKey] = required(description="Its fields, in their order. The message is always there.")
    conditions: list[FormCondition] = defaults_to([], description="What depends on the value of another field.")
    brands: list[Annotated[str, refers_to("brands")]] | None = none_unless_given(
        description="The brands whose customers and agents have it; left out, all of them."
    )
    active: bool = defaults_to(True, description="false: present and switched off.")
    has_switch = True
