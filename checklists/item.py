"""An item of a checklist: one thing that must be true, and how that is established."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from config.duration import Duration
from config.model import Key, Model, Scalar, defaults_to, leave, none_unless_given, required

Stage = Literal["build", "soft_launch", "rollout", "handoff", "day_30", "day_60", "day_90"]
"""The phases and milestones, in their order."""
STAGES: tuple[Stage, ...] = ("build", "soft_launch", "rollout", "handoff", "day_30", "day_60", "day_90")
Profile = Literal[
    "regulated",
    "hipaa",
    "migration",
    "multi_brand",
    "solo",
    "phone_payments",
    "voice",
    "chat",
    "ai_bot",
    "sso",
    "crm",
    "slack",
    "tracker",
    "help_center",
    "more_channels",
]
"""What a project is like. Items that hold for some projects only name one of these."""
Sort = Literal["probe", "metric", "evidence", "sign_off", "by_hand"]
SORTS: tuple[Sort, ...] = ("probe", "metric", "evidence", "sign_off", "by_hand")

FIGURE = r"^\$\{figures\.[a-z][a-z0-9_]*\}$"
Figure = Annotated[str, Field(pattern=FIGURE)]
"""A figure that the project sets: `${figures.soft_launch_length}`."""
Bound = Scalar | Figure


def _refuse_list(value: Any) -> Any:
    """Roles without their numbers."""
    if isinstance(value, str) or (isinstance(value, list) and value and all(isinstance(each, str) for each in value)):
        names = [value] if isinstance(value, str) else value
        hint = f"Write  {{{', '.join(f'{name}: 1' for name in names)}}}"
        raise PydanticCustomError("roles", "how many people of each role is missing", {"hint": hint})
    return value


def _refuse_names(value: Any) -> Any:
    """Probes without a place for their parameters."""
    if isinstance(value, str) or (isinstance(value, list) and value and all(isinstance(each, str) for each in value)):
        names = [value] if isinstance(value, str) else value
        hint = f"Write  probe: {{{', '.join(f'{name}: {{}}' for name in names)}}}"
        raise PydanticCustomError("probe", "a probe has its parameters below it", {"hint": hint})
    return value


def _refuse_false(value: Any) -> Any:
    if value is False:
        hint = "Take it out: what is not dropped stays. To leave the item out write  drop: WHY"
        raise PydanticCustomError("drop", "`drop: false` says nothing", {"hint": hint})
    return value


Roles = Annotated[dict[Key, Annotated[int, Field(ge=1)]], Field(min_length=1), BeforeValidator(_refuse_list)]
"""Roles, and how many people of each."""
Probes = Annotated[dict[Key, dict[str, Any] | None], Field(min_length=1), BeforeValidator(_refuse_names)]
"""Probes by name, each with its parameters."""
Drop = Annotated[str | Literal[True], BeforeValidator(_refuse_false)]
"""That something is left out: true, or why."""


class Limits(Model):
    """Between what a number must lie; one of them is enough. Shares are written as `75%`, times as `4h`."""

    at_least: Bound | None = none_unless_given(description="This or more.")
    at_most: Bound | None = none_unless_given(description="This or less.")
    more_than: Bound | None = none_unless_given(description="More than this.")
    less_than: Bound | None = none_unless_given(description="Less than this.")

    @model_validator(mode="after")
    def check_some(self) -> Self:
        if not self.model_fields_set:
            raise PydanticCustomError(
                "limits", "no limit is said", {"hint": "Say one of at_least, at_most, more_than, less_than."}
            )
        return self


class Metric(Model):
    """A number over a window. Between `good` and `red` it is a warning; without both it only has to be known."""

    name: Key = required(description="Which number, such as csat or first_reply_email.")
    window: Duration | Figure = required(description="Over how long, such as `14d`.")
    good: Limits | None = none_unless_given(description="Where it is good.")
    red: Limits | None = none_unless_given(description="Where it is red, and blocks.")


class Evidence(Model):
    """Files of the workspace, or links, that somebody attaches with `golive gate attach`."""

    what: str = required(description="What has to be attached, in plain words.")
    form: Literal["file", "link", "either"] = defaults_to("either", description="A file, a link, or either of them.")
    at_least: Annotated[int, Field(ge=1)] = defaults_to(1, description="How many there must be.")


class SignOff(Model):
    """People who say so, by role."""

    statement: str = required(description="What they put their name to.")
    roles: Roles = required(description="Which roles, and how many people of each: `{head_of_support: 1}`.")
    by_review: bool = defaults_to(
        False,
        description="true: who approves a pull request that changes what it is about has signed it, too.",
    )
    sees: list[Key] = defaults_to(
        [], description="Items whose attached files are signed with it: when one of them changes, it is out of date."
    )


class ByHand(Model):
    """Done by a person in the vendor's pages, and confirmed with `golive gate attach`."""

    task: str = required(description="What is to be done, and where.")
    proof: Literal["screenshot", "link", "note"] = defaults_to("note", description="What shows that it was done.")


class Item(Model):
    """One thing that must be true. It has exactly one of `probe`, `metric`, `evidence`, `sign_off`, `by_hand`."""

    id: Annotated[str, Field(pattern=r"^[A-Z][A-Za-z0-9.-]*$")] | None = none_unless_given(
        description="Its short name in the method, such as `P2.3.f`; it can be used instead of the key."
    )
    name: str = required(description="What must be true, as a statement.")
    phase: Stage = required(description="In which phase the work for it is done.")
    owner: Key = required(description="The role that sees to it.")
    why: str = required(description="Why it matters: what goes wrong without it.")
    fix: str = required(description="What to do when it does not hold.")
    source: str | None = leave(description="Where it comes from, such as an incident or a contract.")
    probe: Probes | None = none_unless_given(
        description="golive finds out. By the probe's name its parameters; all of them must hold."
    )
    metric: Metric | None = none_unless_given(description="A number over a window.")
    evidence: Evidence | None = none_unless_given(description="Files or links that are attached.")
    sign_off: SignOff | None = none_unless_given(description="People who say so.")
    by_hand: ByHand | None = none_unless_given(description="A person does it in the vendor's pages and confirms it.")
    not_probed: str | None = none_unless_given(
        description="Of an item that is no probe: why golive cannot find out by itself."
    )
    concerns: list[str] = defaults_to(
        [],
        alias="about",
        description="The kinds (`sla_policies`), objects (`sla_policies/enterprise`), `by_hand` (all objects that a "
        "person sets up) or `all` that evidence and sign-offs are about: when one of them changes, they are out of "
        "date.",
    )
    lasts: Duration | None = none_unless_given(description="How long evidence or a sign-off holds; else for good.")
    only_if: list[Profile] = defaults_to([], description="It holds for projects of each of these profiles only.")
    required: bool = defaults_to(True, description="false: it can be dropped without a reason.")
    waivable: bool = defaults_to(True, description="false: its risk cannot be accepted.")
    break_glass: bool = defaults_to(
        True, description="false: not even breaking the glass passes it by; somebody could be harmed."
    )
    advisory: bool = defaults_to(False, description="true: it is shown and blocks nothing, to try it out.")
    allow: dict[str, str] = defaults_to({}, alias="x-allow", description="Ids of rules that it may break, and why.")
    because: str | None = leave(description="Why the project asks for less here than the method does.")
    drop: Drop | None = none_unless_given(description="It is left out, and why. A required item needs the reason.")

    @classmethod
    def needed(cls, data: dict[str, Any]) -> list[str]:
        return [] if data.get("drop") else super().needed(data)

    @model_validator(mode="after")
    def check_sort(self) -> Self:
        said = [sort for sort in SORTS if getattr(self, sort) is not None]
        if self.drop or len(said) == 1:
            return self
        if said:
            raise PydanticCustomError(
                "item_sorts",
                "`{said}` stand together",
                {"said": "` and `".join(said), "at": said[1], "hint": "Keep one; it says how the item is established."},
            )
        raise PydanticCustomError(
            "item_sort",
            "nothing says how this is established",
            {"hint": "Say one of probe, metric, evidence, sign_off, by_hand."},
        )

    @property
    def sort(self) -> Sort:
        """How it is established."""
        return next(sort for sort in SORTS if getattr(self, sort) is not None)
