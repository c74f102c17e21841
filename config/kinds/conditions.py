"""Conditions of rules, views and SLA policies (grammar 13–22)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Discriminator, Field, PrivateAttr, Tag, model_validator
from pydantic_core import PydanticCustomError

from config.duration import Duration, in_days
from config.model import Model, Scalar, VendorPiece, defaults_to, none_unless_given, required
from config.references import Reference, RefersTo, refers_to
from config.vocabulary import CLOCK_STATES, OPERATORS, TICKET

ClockState = Literal[
    "created", "open", "pending", "on_hold", "solved", "closed", "assigned", "updated", "requester_update",
    "assignee_update", "due", "sla_breach",
]  # fmt: skip
assert set(ClockState.__args__) == set(CLOCK_STATES)  # type: ignore[attr-defined]  # noqa: S101


def _attribute(operator: str) -> str:
    """An operator's name in Python."""
    return "is_" if operator == "is" else operator


Words = Annotated[list[str], Field(min_length=1)]


class FieldCondition(Model):
    """`{field: F, OPERATOR: value}` with exactly one operator."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": [operator]} for operator in OPERATORS]})

    field: str = required(description="A ticket field, `organization.KEY` or `requester.KEY`.")
    is_: Scalar = none_unless_given(alias="is")
    is_not: Scalar = none_unless_given()
    empty: bool = none_unless_given()
    is_one_of: Annotated[list[Scalar], Field(min_length=1)] = none_unless_given()
    is_none_of: Annotated[list[Scalar], Field(min_length=1)] = none_unless_given()
    at_least: str = none_unless_given()
    at_most: str = none_unless_given()
    before: str = none_unless_given()
    after: str = none_unless_given()
    more_than: int | float = none_unless_given()
    less_than: int | float = none_unless_given()
    within_next: Duration = none_unless_given()
    within_last: Duration = none_unless_given()
    has: str = none_unless_given()
    has_any: Words = none_unless_given()
    has_all: Words = none_unless_given()
    has_none: Words = none_unless_given()
    has_word: Words = none_unless_given()
    has_no_word: Words = none_unless_given()
    contains: str = none_unless_given()
    contains_not: str = none_unless_given()
    changed: Literal[True] = none_unless_given()
    not_changed: Literal[True] = none_unless_given()
    changed_to: Scalar = none_unless_given()
    changed_from: Scalar = none_unless_given()
    not_changed_to: Scalar = none_unless_given()
    not_changed_from: Scalar = none_unless_given()

    _operator: str = PrivateAttr("")

    @model_validator(mode="after")
    def check_one_operator(self) -> Self:
        operators = [name for name in OPERATORS if self.given(_attribute(name))]
        if len(operators) != 1:
            said = ", ".join(operators) or "none"
            hint = "Write one condition for each." if operators else "Add one, for example  is: VALUE"
            raise PydanticCustomError(
                "one_operator",
                "a condition has exactly one operator beside `field`; here: {said}",
                {"said": said, "hint": hint},
            )
        self._operator = operators[0]
        return self

    @property
    def operator(self) -> str:
        return self._operator

    @property
    def value(self) -> Any:
        return getattr(self, _attribute(self._operator))

    @property
    def values(self) -> list[Any]:
        """The value as a list, whatever the operator takes."""
        return list(self.value) if isinstance(self.value, list) else [self.value]

    def references(self) -> Iterator[Reference]:
        """The field, where it is a declared one, and values that are keys of a kind."""
        owner, dot, key = self.field.partition(".")
        if dot:
            if owner in ("organization", "requester"):
                yield Reference(("field",), key, refers_to("customer_fields"))
            return
        known = TICKET.get(self.field)
        if known is None:
            yield Reference(("field",), self.field, refers_to("ticket_fields"))
        elif known.kind and self.operator not in ("empty", "changed", "not_changed"):
            target = RefersTo((known.kind,), words=(*known.words, *known.values))
            for index, value in enumerate(self.values):
                place = (self.operator, index) if isinstance(self.value, list) else (self.operator,)
                yield Reference(place, str(value), target)


class EventCondition(Model):
    """`{event: created}` or `{event: updated}`."""

    event: Literal["created", "updated"] = required(description="What has just happened to the ticket.")


class HoursCondition(Model):
    """`{in_hours: SCHEDULE}` or `{outside_hours: SCHEDULE}`."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["in_hours"]}, {"required": ["outside_hours"]}]}
    )

    in_hours: Annotated[str, refers_to("schedules")] = none_unless_given(description="It is now inside this schedule.")
    outside_hours: Annotated[str, refers_to("schedules")] = none_unless_given(
        description="It is now outside this schedule."
    )

    @model_validator(mode="after")
    def check_one(self) -> Self:
        if (self.in_hours is None) == (self.outside_hours is None):
            raise PydanticCustomError("one_of", "say either `in_hours` or `outside_hours`, with a schedule's key")
        return self

    @property
    def schedule(self) -> str:
        return str(self.in_hours or self.outside_hours)


class _Timed(Model):
    """A span with exactly one operator."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["is"]}, {"required": ["more_than"]}, {"required": ["less_than"]}]}
    )

    is_: Duration = none_unless_given(alias="is")
    more_than: Duration = none_unless_given()
    less_than: Duration = none_unless_given()

    @model_validator(mode="after")
    def check_one(self) -> Self:
        if sum(value is not None for value in (self.is_, self.more_than, self.less_than)) != 1:
            raise PydanticCustomError("one_operator", "say exactly one of `is`, `more_than`, `less_than`")
        return self

    @property
    def operator(self) -> str:
        return "is" if self.is_ else "more_than" if self.more_than else "less_than"

    @property
    def duration(self) -> str:
        return str(self.is_ or self.more_than or self.less_than)


class ClockCondition(_Timed):
    """`{hours_since: STATE, more_than: 24h, clock: calendar}`."""

    hours_since: ClockState = required(description="Since when it is counted.")
    clock: Literal["calendar", "business"] = defaults_to("calendar", description="Which hours are counted.")

    @model_validator(mode="after")
    def check_clock(self) -> Self:
        if self.clock == "business" and in_days(self.duration):
            raise PydanticCustomError(
                "days_in_business_hours",
                "`{duration}` cannot be counted on a business clock",
                {"duration": self.duration, "at": self.operator, "hint": "Say it in hours."},
            )
        return self


class DeadlineCondition(_Timed):
    """`{hours_until: next_sla_breach, less_than: 2h}`."""

    hours_until: Literal["next_sla_breach", "due"] = required(description="Until when it is counted.")


class VendorCondition(VendorPiece):
    """`{zendesk: {field: …, operator: …, value: …}}`: what this vocabulary has no word for, in the vendor's own."""


_FORMS = {
    "field": FieldCondition,
    "event": EventCondition,
    "in_hours": HoursCondition,
    "outside_hours": HoursCondition,
    "hours_since": ClockCondition,
    "hours_until": DeadlineCondition,
}


def _form(value: Any) -> str | None:
    if isinstance(value, dict):
        named = {f"~{model.__name__}" for word, model in _FORMS.items() if word in value}
        if VendorCondition.is_meant(value):
            named.add(f"~{VendorCondition.__name__}")
        return named.pop() if len(named) == 1 else None
    return f"~{type(value).__name__}"


Condition = Annotated[
    Annotated[FieldCondition, Tag("~FieldCondition")]
    | Annotated[EventCondition, Tag("~EventCondition")]
    | Annotated[HoursCondition, Tag("~HoursCondition")]
    | Annotated[ClockCondition, Tag("~ClockCondition")]
    | Annotated[DeadlineCondition, Tag("~DeadlineCondition")]
    | Annotated[VendorCondition, Tag("~VendorCondition")],
    Discriminator(
        _form,
        custom_error_type="condition_form",
        custom_error_message="a condition has exactly one of `field`, `event`, `in_hours`, `outside_hours`, "
        "`hours_since` and `hours_until`",
    ),
]
Conditions = list[Condition]
