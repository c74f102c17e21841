"""Kinds that the grammar knows and that this version accepts in their shape, without applying them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import ConfigDict

from config.kinds.fields import CustomerSide
from config.model import Data, Key, Model, Object, defaults_to, leave, required
from config.references import Reference, refers_to
from config.text import Text

FORM_FIELDS = ("subject", "priority", "status", "type", "group", "assignee")
FieldKey = Annotated[str, refers_to("ticket_fields", words=FORM_FIELDS)]


class FormCondition(Model):
    """Fields that a form shows or asks for once another field has a value."""

    for_: list[Literal["agents", "customers"]] = required(alias="for")
    when: dict[str, Any] = required()
    show: list[FieldKey] = defaults_to([])
    required: dict[FieldKey, Literal["always", "on_solve"]] = defaults_to({})

    def references(self) -> Iterator[Reference]:
        """The fields that decide."""
        for name in self.when or {}:
            if name not in FORM_FIELDS:
                yield Reference(("when", name), name, refers_to("ticket_fields"))


class TicketForm(Data):
    """A form with which tickets are made."""

    name: str = required()
    default: bool = defaults_to(False)
    customers: CustomerSide = defaults_to({}, validate_default=True)
    fields: list[FieldKey] = required()
    conditions: list[FormCondition] = defaults_to([])
    active: bool = defaults_to(True)
    has_switch = True


class OpenObject(Object):
    """An object of a kind whose attributes are not checked yet."""

    model_config = ConfigDict(extra="allow")

    name: str | None = leave()


class HelpCenterCategory(Object):
    """A top-level drawer of articles."""

    name: Text = required()


class HelpCenterSection(Object):
    """A drawer of articles inside a category."""

    name: Text = required()
    category: Annotated[str, refers_to("help_center_categories")] = required()


class Article(Data):
    """An article that customers or agents read."""

    name: Text = required()
    section: Annotated[str, refers_to("help_center_sections")] = required()
    body: Text = required()
    labels: list[str] = defaults_to([])
    customers: CustomerSide = defaults_to({}, validate_default=True)
    for_: list[Annotated[str, refers_to("groups", "people", qualified=True)]] = defaults_to([], alias="for")


class HelpCenter(Object):
    """The public articles (a single object)."""

    categories: dict[Key, HelpCenterCategory] = defaults_to({})
    sections: dict[Key, HelpCenterSection] = defaults_to({})
    articles: dict[Key, Article] = defaults_to({})
