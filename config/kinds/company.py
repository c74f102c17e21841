"""The client itself, its customer segments and the names of its priorities."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from config.model import Model, Object, Removal, defaults_to, leave, none_unless_given, required
from config.text import Locale


class Company(Object):
    """The client itself."""

    name: str = required(description="As customers know it.")
    domain: str | None = leave(description="The company's own internet domain.")
    default_locale: Locale = defaults_to("en-US", description="The language of texts that name none.")
    locales: list[Locale] = defaults_to([], description="All languages in which customers are served.")
    time_zone: str | None = leave(description="IANA name, for example Europe/Berlin.")


class Revenue(Model):
    """A range of yearly revenue, such as `{from: 25000, below: 100000}`."""

    from_: int | None = none_unless_given(alias="from", description="The lowest revenue that belongs to it.")
    below: int | None = none_unless_given(description="The lowest revenue that is too much for it.")

    @model_validator(mode="after")
    def check_range(self) -> Self:
        if self.from_ is not None and self.below is not None and self.from_ >= self.below:
            raise PydanticCustomError("range", "`from` must be lower than `below`", {"at": "below"})
        return self


class Segment(Object):
    """A segment of customers, by yearly revenue."""

    name: str = required(description="What people call it.")
    arr: Revenue | None = leave(description="Yearly revenue in the company's currency.")


PriorityWord = Literal["urgent", "high", "normal", "low"]


class Priority(Object):
    """What the client calls a priority. The keys are urgent, high, normal and low."""

    name: str = required(description="For example `P1 System down`; screens show it.")


class Settings(Object):
    """Settings of the helpdesk's account that other rules depend on."""

    @property
    def removal(self) -> Removal:
        """Nothing is put back: what was there before is not known."""
        return self.on_remove or "release"

    organization_tags: bool | None = leave(description="Tickets take over their organisation's tags.")
    macro_order: Literal["alphabetical", "manual"] | None = leave(description="How agents see the list of macros.")
    languages: Annotated[list[Locale], Field(min_length=1)] | None = leave(
        description="All languages that the account speaks, such as `[en-US, de]`."
    )


class Order(Object):
    """The order of objects that stand in several files."""

    dispensable: ClassVar[tuple[str, ...]] = ("*",)

    views: list[str] | None = none_unless_given(description="Keys of views.")
    automations: list[str] | None = none_unless_given(description="Keys of automations.")
    triggers: list[str] | None = none_unless_given(description="Keys of triggers.")
    trigger_categories: list[str] | None = none_unless_given(description="Keys of trigger categories.")
    sla_policies: list[str] | None = none_unless_given(description="Keys of SLA policies.")
    group_sla_policies: list[str] | None = none_unless_given(description="Keys of group SLA policies.")
    queues: list[str] | None = none_unless_given(description="Keys of queues.")
    macros: list[str] | None = none_unless_given(description="Keys of macros.")
    ticket_fields: list[str] | None = none_unless_given(description="Keys of ticket fields.")
    ticket_forms: list[str] | None = none_unless_given(description="Keys of ticket forms.")
    help_center_categories: list[str] | None = none_unless_given(description="Keys of the help centre's categories.")
    help_center_sections: list[str] | None = none_unless_given(description="Keys of the help centre's sections.")
    articles: list[str] | None = none_unless_given(description="Keys of articles.")
