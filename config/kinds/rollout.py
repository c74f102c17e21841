"""How the client goes live: who is in the soft launch, and which way leads there (grammar 39)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from config.model import Model, Phase, Removal, Rule, defaults_to, none_unless_given
from config.references import refers_to
from config.share import Share

Way = Literal["mail_server_rule", "website_flag", "link_only"]
"""How customers of the cohort are led to a channel: a helpdesk cannot send back what has reached it."""
ChannelKey = Annotated[str, refers_to("channels")]


class Cohort(Model):
    """Which organisations are in the soft launch."""

    share: Share | None = none_unless_given(
        description="How many of all organisations are in it: 10% to 20%. A larger share only adds."
    )
    segment: Annotated[str, refers_to("segments")] | None = none_unless_given(
        description="Instead of a share: the key of one segment, all of whose organisations are in it."
    )
    always: list[str] = defaults_to([], description="Account ids or domains that are in it in any case.")
    never: list[str] = defaults_to([], description="Account ids or domains that are not in it.")
    internal: list[str] = defaults_to(
        [], description="Your own domains or account ids. They come first, as a stage of their own."
    )

    @model_validator(mode="after")
    def check_chosen(self) -> Self:
        if self.share is not None and self.segment is not None:
            raise PydanticCustomError(
                "cohort",
                "`share` and `segment` cannot stand together",
                {"at": "segment", "hint": "Say how many of all organisations are in it, or which segment."},
            )
        return self


class SoftLaunch(Model):
    """How the soft launch splits customers, and where."""

    cohort: Cohort | None = none_unless_given(description="Which customers are in it.")
    entry: dict[ChannelKey, Way] = defaults_to(
        {}, description="For each channel's key, how its customers are led to the new helpdesk."
    )


class Rollout(Rule):
    """How the client goes live. In the helpdesk it becomes the mark of the organisations that are in the soft launch,
    and the fence: a rule that tags what comes from outside, for as long as the soft launch lasts."""

    comes_with_vendor: ClassVar[bool] = False
    dispensable: ClassVar[tuple[str, ...]] = ("*",)

    soft_launch: SoftLaunch | None = none_unless_given(description="The launch with some customers only.")

    @property
    def name(self) -> str:
        """What people call it."""
        return "Soft launch"

    @property
    def span(self) -> tuple[Phase, Phase | None]:
        """The fence stands in the soft launch, whatever else is declared."""
        return "soft_launch", "rollout"

    @property
    def mark_removal(self) -> Removal:
        """What leaving the YAML does to the mark, which holds what people have decided."""
        return "delete" if self.on_remove == "delete" else "release"

    @model_validator(mode="after")
    def check_rollout(self) -> Self:
        for word in ("phase", "not_before"):
            if self.given(word):
                raise PydanticCustomError(
                    "rollout",
                    "the rollout has phases of its own",
                    {"at": word, "hint": f"Remove `{word}`: the fence stands in the soft launch, and nowhere else."},
                )
        if self.existing:
            raise PydanticCustomError(
                "rollout",
                "mark and fence are golive's own, and there is nothing to look up",
                {
                    "at": "existing",
                    "hint": "Remove `existing`. What an earlier run has made:  golive adopt rollout/rollout",
                },
            )
        return self
