"""Service level policies (grammar 34–37)."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from config.duration import Duration, in_days
from config.kinds.conditions import Conditions
from config.model import Model, Object, defaults_to, none_unless_given, required
from config.references import refers_to
from config.share import Share
from config.vocabulary import PRIORITIES
from config.words import did_you_mean

Metric = Literal[
    "first_reply", "next_reply", "periodic_update", "pausable_update", "requester_wait", "agent_work",
    "total_resolution",
]  # fmt: skip
Clock = Literal["calendar", "business"]
Cell = Literal["none"] | Duration


class Targets(Model):
    """One metric's target per priority; a missing cell must say `none`."""

    missing_hint = "Say `none` where nothing is promised."

    urgent: Cell = required(description="A duration such as `4h`, or `none`.")
    high: Cell = required(description="A duration such as `4h`, or `none`.")
    normal: Cell = required(description="A duration such as `4h`, or `none`.")
    low: Cell = required(description="A duration such as `4h`, or `none`.")

    def cells(self) -> dict[str, str]:
        """Priority → duration or `none`."""
        return {priority: getattr(self, priority) for priority in PRIORITIES}


PriorityClocks = dict[Literal["urgent", "high", "normal", "low", "others"], Clock]
Hours = Clock | dict[str, Clock | PriorityClocks]


class Warn(Model):
    """Who hears when a share of the time is gone."""

    at: Share = required(description="The share of a target's time after which it warns.")
    to: list[Annotated[str, refers_to("slack_channels", "people", qualified=True)]] = required(
        description="Channels get a post, people a mail."
    )
    how: Literal["hourly", "watch", "none"] | dict[Metric, Literal["hourly", "watch", "none"]] = required(
        description="What watches the clock; or for each metric, such as `{first_reply: watch, next_reply: none}`."
    )

    @property
    def is_hourly(self) -> bool:
        """Whether the helpdesk's own rules, which run once an hour, watch any metric."""
        return "hourly" in (self.how.values() if isinstance(self.how, dict) else (self.how,))


class Breach(Model):
    """Who hears of a breach."""

    to: list[Annotated[str, refers_to("slack_channels", "people", qualified=True)]] = required(
        description="Channels get a post, people a mail."
    )


class SlaPolicy(Object):
    """What is promised to whom. The first policy that matches a ticket wins."""

    dispensable: ClassVar[tuple[str, ...]] = ("warn", "breach")

    name: str = required(description="What people call it.")
    when: Conditions = defaults_to([], description="All of these must hold; `[]` = everybody.")
    when_any: Conditions = defaults_to([], description="At least one of these must hold.")
    targets: Annotated[dict[Metric, Targets], Field(min_length=1)] = required(
        description="For each metric a time per priority."
    )
    hours: Hours = required(
        description="Which clock counts: `calendar` or `business`; or for each priority, such as "
        "`{urgent: calendar, others: business}`; or for each metric, such as "
        "`{first_reply: business, others: calendar}`."
    )
    warn: Warn | None = none_unless_given(description="Who hears before a target is missed.")
    breach: Breach | None = none_unless_given(description="Who hears when it is missed.")

    @model_validator(mode="after")
    def check_clocks(self) -> Self:
        if self.existing:
            return self
        check_keys(self.hours, list(self.targets))
        for metric, targets in self.targets.items():
            for priority, cell in targets.cells().items():
                if cell != "none" and self.clock(metric, priority) == "business" and in_days(cell):
                    raise PydanticCustomError(
                        "days_in_business_hours",
                        "{metric}, {priority}: `{cell}` cannot be counted in business hours",
                        {
                            "metric": metric,
                            "priority": priority,
                            "cell": cell,
                            "at": f"targets.{metric}.{priority}",
                            "hint": "Say it in hours, or put this cell on the calendar clock under `hours`.",
                        },
                    )
        return self

    def clock(self, metric: str, priority: str) -> Clock:
        """Which clock a target runs on."""
        hours: Any = self.hours
        if isinstance(hours, dict):
            hours = hours.get(metric, hours.get(priority, hours.get("others", "calendar")))
        if isinstance(hours, dict):
            hours = hours.get(priority, hours.get("others", "calendar"))
        return "business" if hours == "business" else "calendar"


def check_keys(hours: Hours, metrics: list[str]) -> None:
    """Keys of `hours` are all priorities or all metrics, and cover every cell. Raises PydanticCustomError."""
    if not isinstance(hours, dict):
        return
    keys = set(hours) - {"others"}
    by_priority = keys <= set(PRIORITIES)
    by_metric = keys <= set(metrics)
    words = [*PRIORITIES, *metrics]
    foreign = [key for key in hours if key not in (*words, "others")]
    if not by_priority and not by_metric:
        raise PydanticCustomError(
            "hours",
            "the keys of `hours` are all priorities, or all metrics that have targets, beside `others`",
            {"at": "hours", "hint": did_you_mean(foreign[0], words) if foreign else "Use one sort of keys, not both."},
        )
    whole = set(PRIORITIES) if by_priority else set(metrics)
    if "others" not in hours and keys != whole:
        raise PydanticCustomError(
            "hours", "`hours` does not say a clock for everything", {"at": "hours", "hint": "Add  others: …"}
        )
    for name, part in hours.items():
        if isinstance(part, dict):
            if by_priority:
                raise PydanticCustomError(
                    "hours", "`{name}` must be calendar or business", {"name": name, "at": f"hours.{name}"}
                )
            if "others" not in part and set(part) != set(PRIORITIES):
                raise PydanticCustomError(
                    "hours",
                    "`hours.{name}` does not say a clock for every priority",
                    {"name": name, "at": f"hours.{name}", "hint": "Add  others: …"},
                )


class GroupSlaPolicy(Object):
    """How long a group may keep a ticket before it hands it on. The first policy that matches a ticket wins."""

    name: str = required(description="What people call it.")
    groups: Annotated[list[Annotated[str, refers_to("groups")]], Field(min_length=1)] = required(
        description="The groups that it is for."
    )
    targets: Annotated[dict[Literal["group_ownership"], Targets], Field(min_length=1)] = required(
        description="A time per priority, under `group_ownership`."
    )
    hours: Clock | PriorityClocks = required(
        description="Which clock counts: `calendar` or `business`; or for each priority, such as "
        "`{urgent: calendar, others: business}`."
    )

    @model_validator(mode="after")
    def check_clocks(self) -> Self:
        if self.existing:
            return self
        check_keys(self.hours, list(self.targets))  # type: ignore[arg-type]
        for targets in self.targets.values():
            for priority, cell in targets.cells().items():
                if cell != "none" and self.clock(priority) == "business" and in_days(cell):
                    raise PydanticCustomError(
                        "days_in_business_hours",
                        "{priority}: `{cell}` cannot be counted in business hours",
                        {
                            "priority": priority,
                            "cell": cell,
                            "at": f"targets.group_ownership.{priority}",
                            "hint": "Say it in hours, or put this cell on the calendar clock under `hours`.",
                        },
                    )
        return self

    def clock(self, priority: str) -> Clock:
        """Which clock a target runs on."""
        hours: Any = self.hours
        said = hours.get(priority, hours.get("others", "calendar")) if isinstance(hours, dict) else hours
        return "business" if said == "business" else "calendar"
