"""One file in `migrations/`: one source, and what becomes of it."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, create_model, model_validator
from pydantic_core import PydanticCustomError

from config.model import Key, Model, defaults_to, none_unless_given, required
from migrations.declared.acceptance import Acceptance
from migrations.declared.mapping import Decidable, WordMapping
from migrations.sources.source import sources

Fate = Literal["forward", "merge", "close"]
Verdict = Literal["rebuild", "drop", "later"]


def _check_day(said: str) -> str:
    """A day that there is."""
    try:
        date.fromisoformat(said)
    except ValueError:
        raise PydanticCustomError("day", "`{said}` is no day; write it as 2026-03-01", {"said": said}) from None
    return said


Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_check_day)]
Tag = Annotated[str, Field(pattern=r"^[^\s,]+$")]


class Window(Model):
    """Which tickets are carried over, by the day on which they began. Both may be left out."""

    since: Day | None = none_unless_given(description="The first day.")
    before: Day | None = none_unless_given(description="The day after the last one.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since and self.before and self.since >= self.before:
            raise PydanticCustomError("window", "the window ends before it begins", {"at": "before"})
        return self


class Address(Model):
    """What becomes of an address that customers write to today."""

    fate: Fate = required(description="`forward` to the new helpdesk, `merge` into another one, or `close`.")
    into: str | None = none_unless_given(description="The address that takes its mails.")
    decision: str | None = none_unless_given(description="Why, by whom it was decided.")


class RuleVerdict(Model):
    """What a person decided about a rule of the old tool. No rule is ever carried over."""

    name: str | None = none_unless_given(description="What it is called there; golive fills it in.")
    verdict: Verdict | None = none_unless_given(description="What becomes of it.")
    owner: Key | None = none_unless_given(description="Who sees to it: a key of `people`.")
    target: str | None = none_unless_given(description="The new rule, as KIND/KEY, once it is there.")
    decision: str | None = none_unless_given(description="Why.")


class MacroVerdict(Model):
    """What a person decided about an answer that agents had ready."""

    name: str | None = none_unless_given(description="What it is called there; golive fills it in.")
    verdict: Verdict | None = none_unless_given(
        description="`rebuild`: it was read, and `target` stands for it; `drop` and `later` need a `decision`."
    )
    target: Annotated[str, Field(pattern=r"^macros/[a-z][a-z0-9_]*$")] | None = none_unless_given(
        description="The new macro, as macros/KEY, once it is there."
    )
    decision: str | None = none_unless_given(description="Why.")


class PageFate(Decidable):
    """What becomes of a page of the old help centre: customers keep bookmarks, and search engines its address."""

    title: str | None = none_unless_given(description="Its headline; golive fills it in.")
    url: str | None = none_unless_given(description="Where customers read it; what has to lead to the new page.")
    to: Key | None = none_unless_given(description="The new article: a key of `help_center: articles`.")
    drop: bool = defaults_to(False, description="It leads nowhere any more, on purpose; needs `decision`.")


class LiveTrigger(Model):
    """A trigger of the new helpdesk that acts on what was brought over once somebody changes it, and is to do so: one
    that carries the team's answers to the customer, above all."""

    decision: str = required(description="Why, by whom it was decided.")


class SourceChoice(Model):
    """`{mailbox: {…}}`: exactly one of the sources that are installed. The attributes come from them."""

    @property
    def chosen(self) -> tuple[str, Any]:
        """The source's name, and an instance of its `Settings`."""
        [name] = self.model_fields_set
        return name, getattr(self, name)

    @model_validator(mode="after")
    def _one(self) -> Self:
        if len(self.model_fields_set) != 1:
            known = ", ".join(sources())
            raise PydanticCustomError("one_of", "exactly one of these says where it is: {known}", {"known": known})
        return self


class Migration(Model):
    """A source and its fate."""

    name: str = required(description="What people call it.")
    source: SourceChoice = required(description="Where it is: one sort of source, with what it needs.")
    to: Key | None = none_unless_given(description="The helpdesk, as environment files call it; else the only one.")
    own: list[str] = defaults_to(
        [], description="Addresses and domains of the client's own people: whoever else writes is a customer."
    )
    window: Window | None = none_unless_given(description="Which tickets are carried over.")
    open_tickets: Literal["bring", "wait"] = defaults_to(
        "bring",
        description="Tickets that are neither solved nor closed: `bring` them with all others, or `wait`: they are "
        "finished in the old tool, and come with `golive migrate delta` once they are, or with its --cutover.",
    )
    mark: Tag = defaults_to("imported", description="The tag of every ticket that is carried over.")
    shown: dict[
        Literal["tickets", "comments", "attachments", "contacts"],
        Annotated[int, Field(ge=0)] | Annotated[str, Field(min_length=1)],
    ] = defaults_to(
        {},
        description="Numbers that the old tool itself shows, typed in by a person; a sentence says why it shows none.",
    )
    addresses: dict[str, Address] = defaults_to({}, description="Every address that customers write to today.")
    mapping: WordMapping | None = none_unless_given(description="What becomes of each word.")
    live_triggers: dict[str, LiveTrigger] = defaults_to(
        {},
        description="Triggers of the new helpdesk, by their titles, that may act on open tickets once somebody changes "
        "them. Of automations, which act by themselves, none may.",
    )
    rules: dict[str, RuleVerdict] = defaults_to({}, description="The old tool's rules, and what was decided.")
    macros: dict[str, MacroVerdict] = defaults_to({}, description="Its macros, by their ids, and what was decided.")
    articles: dict[str, PageFate] = defaults_to(
        {}, description="Its pages that customers read, by their ids, and where each address is to lead."
    )
    accept: Acceptance | None = none_unless_given(
        description="Which tickets `golive migrate accept` draws beside those that it draws by itself."
    )


class _Own:
    def __init__(self, said: tuple[str, ...]) -> None:
        self._whole = frozenset(each.strip().lower() for each in said)

    def __call__(self, address: str) -> bool:
        address = address.lower()
        domain = address.rpartition("@")[2]
        return address in self._whole or domain in self._whole or f"@{domain}" in self._whole


@cache
def own_matcher(said: tuple[str, ...]) -> _Own:
    """Tells the client's own addresses. said: addresses and domains."""
    return _Own(said)


@cache
def migration_model() -> type[Migration]:
    """The model of a file, with every source that is installed."""
    settings: dict[str, Any] = {
        name: (each.Settings | None, none_unless_given(description=each.title)) for name, each in sources().items()
    }
    choice = create_model("SourceChoice", __base__=SourceChoice, **settings)
    attribute = (choice, required(description="Where it is: one sort of source, with what it needs."))
    return create_model("Migration", __base__=Migration, source=attribute)
