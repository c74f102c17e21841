"""Rules of the helpdesk: triggers, automations, macros, views, and what they call."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from config.kinds.actions import Actions
from config.kinds.conditions import Conditions
from config.model import Model, Object, Rule, defaults_to, leave, required
from config.references import refers_to
from config.text import Text

Audience = list[Annotated[str, refers_to("groups", "people", qualified=True)]]


class TriggerCategory(Object):
    """A drawer of triggers; drawers run in the order in which they stand."""

    name: str = required()
    order: list[str] | None = leave(
        description='Keys of triggers in their order; "..." is everything not listed, in live order.'
    )


class ConditionalRule(Rule):
    """A rule with conditions: `when` = all of them, `when_any` = at least one."""

    name: str = required()
    when: Conditions = defaults_to([])
    when_any: Conditions = defaults_to([])
    then: Actions = required()
    replaces: str | None = leave(description="The vendor's rule of this name is switched off in the same run.")

    @model_validator(mode="after")
    def check_conditions(self) -> Self:
        if self.existing:
            return self
        if not self.when and not self.when_any:
            raise PydanticCustomError("no_condition", "a rule without a condition would act on every ticket")
        if self.then is not None and not self.then:
            raise PydanticCustomError("no_action", "`then` is empty: the rule would do nothing")
        return self


class Trigger(ConditionalRule):
    """Acts at once when a ticket is made or changed."""

    category: Annotated[str, refers_to("trigger_categories")] = required()


class Automation(ConditionalRule):
    """Acts once an hour on tickets whose time has come."""


class Macro(Rule):
    """What an agent applies to a ticket with one click."""

    name: str = required(description="`::` makes folders.")
    then: Actions = required()
    for_: Audience = defaults_to([], alias="for", description="Who sees it: groups, or one person; [] = everyone.")
    help: dict[str, str] | None = leave()

    @model_validator(mode="after")
    def check_audience(self) -> Self:
        check_audience(self.for_)
        return self


def check_audience(audience: list[str]) -> None:
    """Groups, or one person, never both (grammar 45). Raises PydanticCustomError."""
    people = [entry for entry in audience if entry.startswith("people/")]
    if people and len(audience) > 1:
        raise PydanticCustomError("audience", "`for` names groups, or one person, never both")


class Sort(Model):
    """How a list is ordered."""

    by: str = required()
    ascending: bool = defaults_to(True)


class View(Rule):
    """A list of tickets that agents work from."""

    name: str = required()
    when: Conditions = defaults_to([])
    when_any: Conditions = defaults_to([])
    columns: list[str] = required()
    sort: Sort | None = leave()
    group_by: str | Sort | None = leave()
    for_: Audience = defaults_to([], alias="for")

    @model_validator(mode="after")
    def check_audience(self) -> Self:
        check_audience(self.for_)
        return self


class Authentication(Model):
    """How a webhook signs in; secrets are named, never written out."""

    bearer: str | None = leave()
    basic: dict[Literal["username", "password"], str] | None = leave()
    api_key: dict[Literal["header", "value"], str] | None = leave()

    @model_validator(mode="after")
    def check_one(self) -> Self:
        if sum(part is not None for part in (self.bearer, self.basic, self.api_key)) != 1:
            raise PydanticCustomError("one_of", "say exactly one of `bearer`, `basic`, `api_key`")
        return self

    def secrets(self) -> list[tuple[tuple[str, ...], str]]:
        """Every secret-typed text with its path."""
        found: list[tuple[tuple[str, ...], str]] = []
        if self.bearer is not None:
            found.append((("bearer",), self.bearer))
        if self.basic is not None:
            found.append((("basic", "password"), self.basic.get("password", "")))
        if self.api_key is not None:
            found.append((("api_key", "value"), self.api_key.get("value", "")))
        return found


class Webhook(Object):
    """An address outside that rules can call."""

    name: str = required()
    url: str = required(description="Written out, from `values`, or named as a secret (`env:NAME`).")
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = defaults_to("POST")
    format: Literal["json", "xml", "form"] = defaults_to("json")
    auth: Authentication | None = defaults_to(None, description="Omitted = the address is called without a sign-in.")
    active: bool = defaults_to(True)
    has_switch = True


class Survey(Object):
    """A question to customers after their ticket is solved."""

    name: str = required()
    question: Text | None = leave()


class DynamicContent(Object):
    """A text in several languages that rules and macros can use."""

    name: str = required()
    text: Text = required()


class Tag(Object):
    """What a tag means. Rules use raw tags; an undeclared one is a warning."""

    name: str | None = leave()


class Scenario(Object):
    """A ticket, later events, and what is expected."""

    name: str | None = leave()
    ticket: dict[str, object] = Field(default_factory=dict, json_schema_extra={"x-class": "default"})
    events: list[dict[str, object]] = defaults_to([])
    expect: dict[str, object] = defaults_to({})
