"""Rules of the helpdesk: triggers, automations, macros, views, and what they call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from config.kinds.actions import Actions
from config.kinds.conditions import Conditions
from config.model import Model, Object, Removal, Rule, defaults_to, leave, none_unless_given, required
from config.references import Reference, refers_to
from config.text import Help, Text
from config.vocabulary import TICKET

VIEW_COLUMNS = (
    *TICKET, "created", "updated", "sla", "number", "assigned", "solved", "due", "requester_update", "assignee_update",
    "submitter", "updated_by", "latest_comment",
)  # fmt: skip
"""What a view shows and sorts by, beside the keys of fields."""

Audience = list[Annotated[str, refers_to("groups", "people", qualified=True)]]


class TriggerCategory(Object):
    """A group of triggers. The groups run in the order in which they stand."""

    dispensable: ClassVar[tuple[str, ...]] = ("order",)

    name: str = required(description="What people call it.")
    order: list[str] | None = none_unless_given(
        description='Keys of triggers in their order; "..." is everything not listed, in live order.'
    )


class ConditionalRule(Rule):
    """A rule with conditions: `when` = all of them, `when_any` = at least one."""

    name: str = required(description="What people call it.")
    when: Conditions = defaults_to([], description="All of these must hold.")
    when_any: Conditions = defaults_to([], description="At least one of these must hold.")
    then: Actions = required(description="What it does, in this order.")
    replaces: str | None = none_unless_given(
        description="The name of a rule that came with the helpdesk; it is switched off in the same run."
    )

    @model_validator(mode="after")
    def check_conditions(self) -> Self:
        if self.existing:
            return self
        if not self.when and not self.when_any:
            raise PydanticCustomError(
                "no_condition",
                "a rule without a condition would act on every ticket",
                {"at": "when", "hint": "Say in `when` or `when_any` which tickets are meant."},
            )
        check_then(self.then)
        return self


def check_then(then: Actions) -> None:
    """Rules and macros do something. Raises PydanticCustomError."""
    if not then:
        raise PydanticCustomError(
            "no_action", "`then` is empty: it would do nothing", {"at": "then", "hint": "Add an action."}
        )


class Trigger(ConditionalRule):
    """Acts at once when a ticket is made or changed."""

    category: Annotated[str, refers_to("trigger_categories")] = required(description="The category it is in.")


class Automation(ConditionalRule):
    """Acts once an hour on tickets whose time has come."""


class Macro(Rule):
    """What an agent applies to a ticket with one click."""

    name: str = required(description="What agents see; `::` makes folders.")
    then: Actions = required(description="What it does, in this order.")
    for_: Audience = defaults_to([], alias="for", description="Who sees it: groups, or one person.")
    help: Help | None = leave(description="What stands beside the macro.")
    files: list[Annotated[str, Field(min_length=1)]] | None = leave(
        description="Files that it adds to the comment, by their paths from the workspace's root, such as "
        "`[files/returns.pdf]`; `[]` takes all of them away. Left out, those that it has stay."
    )

    @model_validator(mode="after")
    def check_audience(self) -> Self:
        check_audience(self.for_)
        if not self.existing:
            check_then(self.then)
        return self


def check_audience(audience: list[str]) -> None:
    """Groups, or one person, never both (grammar 45). Raises PydanticCustomError."""
    people = [entry for entry in audience if entry.startswith("people/")]
    if people and len(audience) > 1:
        raise PydanticCustomError(
            "audience",
            "`for` names groups, or one person, never both",
            {"at": "for", "hint": "The helpdesk allows no mix; make a second one for the person."},
        )


class Sort(Model):
    """How a list is ordered."""

    by: str = required(description="A column's word.")
    ascending: bool = defaults_to(True, description="true: the smallest or oldest first.")


class View(Rule):
    """A list of tickets that agents work from."""

    name: str = required(description="What agents see.")
    when: Conditions = defaults_to([], description="All of these must hold.")
    when_any: Conditions = defaults_to([], description="At least one of these must hold.")
    columns: list[str] = required(
        description="Words of ticket fields, keys of your own, `organization.KEY`, and `created`, `updated`, `sla`."
    )
    sort: Sort | None = none_unless_given(description="How the list is ordered.")
    group_by: str | Sort | None = none_unless_given(description="A column's word; or a map like that of `sort`.")
    for_: Audience = defaults_to([], alias="for", description="Who sees it: groups, or one person.")

    @model_validator(mode="after")
    def check_view(self) -> Self:
        check_audience(self.for_)
        if not self.existing and not self.when and not self.when_any:
            raise PydanticCustomError(
                "no_condition", "a view without a condition would list every ticket", {"at": "when"}
            )
        return self

    def references(self) -> Iterator[Reference]:
        """Columns and orders that are declared fields."""
        group_by = self.group_by.by if isinstance(self.group_by, Sort) else self.group_by
        places: list[tuple[tuple[str | int, ...], str | None]] = [
            *((("columns", index), name) for index, name in enumerate(self.columns or [])),
            (("sort", "by"), self.sort.by if self.sort else None),
            (("group_by", "by") if isinstance(self.group_by, Sort) else ("group_by",), group_by),
        ]
        for path, name in places:
            if name is None or name in VIEW_COLUMNS:
                continue
            owner, dot, key = name.partition(".")
            if dot and owner in ("organization", "requester"):
                yield Reference(path, key, refers_to("customer_fields"))
            else:
                yield Reference(path, name, refers_to("ticket_fields", words=VIEW_COLUMNS))


class Authentication(Model):
    """How a webhook signs in; secrets are named, never written out."""

    bearer: str | None = none_unless_given(description="The name of a token: `env:PAGER_TOKEN`.")
    basic: Annotated[dict[Literal["username", "password"], str], Field(min_length=2)] | None = none_unless_given(
        description="User name and password: `{username: fernhill, password: env:PARTS_PASSWORD}`."
    )
    api_key: Annotated[dict[Literal["header", "value"], str], Field(min_length=2)] | None = none_unless_given(
        description="A header of the call and its secret value: `{header: X-Key, value: env:PARTS_KEY}`."
    )

    @model_validator(mode="after")
    def check_one(self) -> Self:
        if sum(part is not None for part in (self.bearer, self.basic, self.api_key)) != 1:
            raise PydanticCustomError(
                "one_of",
                "a webhook signs in in one way",
                {"hint": "Say exactly one of `bearer`, `basic` and `api_key`."},
            )
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


BY_NAME = r"^env:[A-Za-z_][A-Za-z0-9_]*$"
ADDRESS = r"^(https?://[^\s]+|env:[A-Za-z_][A-Za-z0-9_]*)$"


class Webhook(Object):
    """An address outside that rules can call."""

    name: str = required(description="What people call it.")
    url: Annotated[str, Field(pattern=ADDRESS)] = required(
        description="The address: written out, from `${values.NAME}`, or named as a secret (`env:NAME`)."
    )
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = defaults_to("POST", description="How it is called.")
    format: Literal["json", "xml", "form"] = defaults_to(
        "json", description="The form in which a `body` is sent: JSON, XML or a form."
    )
    auth: Authentication | None = defaults_to(
        None, description="How the call signs in: exactly one of `bearer`, `basic`, `api_key`."
    )
    signing: Annotated[str, Field(pattern=BY_NAME)] | None = leave(
        description="The signing secret by which the receiver tells that a call is from the helpdesk: `env:NAME`. The "
        "helpdesk makes it and nobody chooses it: a person hands it on, and golive only compares."
    )
    active: bool = defaults_to(True, description="false: present and switched off.")
    has_switch = True

    @property
    def is_by_hand(self) -> bool:
        """The signing secret is handed on by a person."""
        return super().is_by_hand or self.signing is not None


class Survey(Object):
    """A question to customers after their ticket is solved."""

    @property
    def removal(self) -> Removal:
        """A person has switched it on, and switches it off."""
        return self.on_remove or "release"

    @property
    def is_by_hand(self) -> bool:
        """No API makes one."""
        return True

    name: str = required(description="What people call it.")
    question: Text | None = leave(description="What customers are asked.")


class DynamicContent(Object):
    """A text in several languages that rules and macros can use."""

    name: str = required(description="What people call it.")
    text: Text = required(description="The text in each language.")


class Tag(Object):
    """What a tag means. Rules name tags as they are; this is for people."""

    name: str | None = leave(description="What it means.")
    tag: str | None = leave(description="The tag itself, where it cannot be a key: `refund-talk`.")


class Scenario(Object):
    """A ticket, later events, and what is expected."""

    name: str | None = leave(description="What people call it.")
    ticket: dict[str, object] = defaults_to({}, description="The ticket at the start.")
    events: list[dict[str, object]] = defaults_to([], description="What happens then.")
    expect: dict[str, object] = defaults_to({}, description="What the ticket must be at the end.")
