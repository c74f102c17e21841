"""Kinds that the grammar knows and that this version accepts in their shape, without applying them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import ConfigDict

from config.kinds.fields import CustomerSide
from config.model import Data, Model, Object, defaults_to, leave, required
from config.references import Reference, refers_to

FORM_FIELDS = ("subject", "priority", "status", "type", "group", "assignee")
FieldKey = Annotated[str, refers_to("ticket_fields", words=FORM_FIELDS)]


class FormCondition(Model):
    """Fields that a form shows or asks for once another field has a value."""

    for_: list[Literal["agents", "customers"]] = required(alias="for", description="Whose form it changes.")
    when: dict[str, Any] = required(description="A field and its value, such as `{request_type: repair}`.")
    show: list[FieldKey] = defaults_to([], description="The fields that are shown then.")
    required: dict[FieldKey, Literal["always", "on_solve"]] = defaults_to(
        {}, description="The fields that must be filled in then, and when: `{frame_number: always}`."
    )

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
    active: bool = defaults_to(True, description="false: present and switched off.")
    has_switch = True


class OpenObject(Object):
    """An object of a kind whose attributes are not checked yet."""

    model_config = ConfigDict(extra="allow")

    name: str | None = leave(description="What people call it.")
