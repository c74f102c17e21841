"""The client itself, its customer segments and the names of its priorities."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from config.model import Model, Object, defaults_to, leave, none_unless_given, required
from config.share import Share
from config.text import Locale


class Company(Object):
    """The client (a single object)."""

    name: str = required(description="As customers know it.")
    domain: str | None = leave(description="The company's own internet domain.")
    default_locale: Locale = defaults_to("en-US", description="The language of texts that name none.")
    locales: list[Locale] = defaults_to([], description="All languages customers are served in; [] = the default one.")
    time_zone: str | None = leave(description="IANA name, for example Europe/Berlin.")


class Revenue(Model):
    """A half-open range of yearly revenue: `from` belongs to it, `below` does not."""

    from_: int | None = none_unless_given(alias="from")
    below: int | None = none_unless_given()

    @model_validator(mode="after")
    def check_range(self) -> Self:
        if self.from_ is not None and self.below is not None and self.from_ >= self.below:
            raise PydanticCustomError("range", "`from` must be lower than `below`", {"at": "below"})
        return self


class Segment(Object):
    """A segment of customers, by yearly revenue."""

    name: str = required()
    arr: Revenue | None = leave(description="Yearly revenue in the company's currency.")


PriorityWord = Literal["urgent", "high", "normal", "low"]


class Priority(Object):
    """What the client calls a priority. The keys are urgent, high, normal and low."""

    name: str = required(description="For example `P1 System down`; screens show it.")


class Settings(Object):
    """Account settings that other rules depend on (a single object)."""

    organization_tags: bool | None = leave(description="Tickets take over their organisation's tags.")
    macro_order: Literal["alphabetical", "manual"] | None = leave()


class Cohort(Model):
    """Which organisations are in the soft launch."""

    share: Share | None = none_unless_given()
    always: list[str] = defaults_to([])
    never: list[str] = defaults_to([])
    internal: list[str] = defaults_to([])


class SoftLaunch(Model):
    """How the soft launch splits customers, and where."""

    cohort: Cohort | None = none_unless_given()
    entry: dict[str, Literal["mail_server_rule", "website_flag", "link_only"]] = defaults_to({})


class Rollout(Object):
    """How the client goes live (a single object)."""

    soft_launch: SoftLaunch | None = none_unless_given()


class Order(Object):
    """The order of kinds that stand in several files (a single object)."""

    dispensable: ClassVar[tuple[str, ...]] = ("*",)

    views: list[str] | None = none_unless_given()
    automations: list[str] | None = none_unless_given()
    triggers: list[str] | None = none_unless_given()
    trigger_categories: list[str] | None = none_unless_given()
    sla_policies: list[str] | None = none_unless_given()
    macros: list[str] | None = none_unless_given()
    ticket_fields: list[str] | None = none_unless_given()
    ticket_forms: list[str] | None = none_unless_given()
