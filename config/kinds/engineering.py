"""What stands under `integrations.engineering`: the engineers' issue tracker, and how tickets become its issues.

The words are the same for every tracker; which one it is says the environment file (`tracker: {type: jira, …}`).
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from config.model import Data, Key, Model, Object, Switched, defaults_to, leave, none_unless_given, required
from config.references import refers_to

GroupKey = Annotated[str, refers_to("groups")]
ProjectKey = Annotated[str, refers_to("engineering_projects")]
ComponentKey = Annotated[str, refers_to("engineering_components")]
LabelKey = Annotated[str, refers_to("engineering_labels")]
TicketFieldKey = Annotated[str, refers_to("ticket_fields")]

IssueField = Literal["priority", "description", "customer_impact"]
MESSAGE = "message"
"""The ticket's subject, its first message and its address: what an issue says beside fields."""
PRIORITIES = ("urgent", "high", "normal", "low")


class Project(Object):
    """A project of the tracker (a team, where the tracker sorts by teams). It is there already: golive makes none."""

    name: str = leave(description="What people call it. The key unless said otherwise.")

    @model_validator(mode="after")
    def check_existing(self) -> Self:
        if not isinstance(self.existing, str) or self.existing == "vendor_default":
            raise PydanticCustomError(
                "project_existing",
                "golive makes no projects: it looks up one that is there",
                {
                    "at": "existing" if self.existing else "",
                    "hint": 'Write  existing: "PAY"  with what stands before the number of its issues (PAY-12).',
                },
            )
        return self


class Component(Data):
    """A part of a project, for which somebody is responsible. Issues lose it when it is deleted."""

    dispensable: ClassVar[tuple[str, ...]] = ("lead",)

    name: str = required(description="What people see.")
    project: ProjectKey = required(description="The project that it is a part of.")
    lead: Annotated[str, refers_to("people")] | None = leave(description="Who looks after it.")


class Label(Data):
    """A label that issues carry; they lose it when it is deleted."""

    name: str = required(description="What people see.")
    project: ProjectKey | None = none_unless_given(
        description="Whose label it is; all projects' unless said otherwise."
    )
    color: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")] | None = leave(description="`#rrggbb`.")


class IssueRow(Model):
    """One field of the issue, and what of the ticket fills it."""

    issue: IssueField = required(description="The issue's field. All three are filled, each once.")
    ticket: Annotated[str, refers_to("ticket_fields", words=("priority", MESSAGE))] = required(
        description="What fills it: `priority`, `message` (subject, first message and the ticket's address), or a "
        "ticket field's key."
    )
    as_: dict[str, str] | None = none_unless_given(
        alias="as",
        description="For the priority: the tracker's word for each of the ticket's: "
        "`{urgent: Highest, high: High, normal: Medium, low: Low}`.",
    )


class ComesBack(Model):
    """How agents see what becomes of the issue."""

    status: TicketFieldKey = required(description="The ticket's dropdown that says how the issue stands.")
    at_first: str = required(description="The option that it has once the issue is made.")
    calls: Annotated[str, Field(pattern=r"^https?://[^\s]+$")] | None = none_unless_given(
        description="Linear: the address that it calls when an issue changes, where a service of the client's own "
        "carries the status back. Without it the tracker's app in the helpdesk does, which a person installs."
    )


class Escalation(Switched):
    """Agents of some groups hand a ticket to engineering with one action, which makes an issue of it.

    The helpdesk gets a macro, a trigger with its webhook, and a view of what was handed over.
    """

    name: str = required(description="What agents choose: `Escalate to Engineering`.")
    from_: list[GroupKey] = required(alias="from", description="The groups whose agents can do it.")
    project: ProjectKey = required(description="The project in which the issue is made.")
    issue_type: str = defaults_to("Bug", description="Which type of issue, where the tracker knows types.")
    components: list[ComponentKey] = defaults_to([], description="The components that the issue has.")
    labels: list[LabelKey] = defaults_to([], description="The labels that the issue has.")
    tag: Annotated[str, Field(pattern=r"^[^\s,]+$")] = required(
        description="The ticket's tag that asks for the issue; the macro adds it."
    )
    fields: list[IssueRow] = required(description="What of the ticket fills which field of the issue.")
    comes_back: ComesBack | None = none_unless_given(description="How agents see what becomes of the issue.")

    @model_validator(mode="after")
    def check_existing_escalation(self) -> Self:
        if self.existing:
            raise PydanticCustomError(
                "escalation_existing",
                "an escalation is several objects at once, which golive makes",
                {"at": "existing", "hint": "Remove `existing`; take over single macros and triggers as such."},
            )
        return self

    def row(self, issue: IssueField) -> IssueRow | None:
        """The row that fills a field of the issue."""
        return next((row for row in self.fields or () if row.issue == issue), None)


class Engineering(Object):
    """Everything golive sets up in the engineers' issue tracker, and towards it."""

    projects: dict[Key, Project] = defaults_to({}, description="Projects (or teams) that are there.")
    components: dict[Key, Component] = defaults_to({}, description="Components.")
    labels: dict[Key, Label] = defaults_to({}, description="Labels.")
    escalations: dict[Key, Escalation] = defaults_to({}, description="How tickets become issues.")

    @model_validator(mode="before")
    @classmethod
    def name_by_key(cls, data: Any) -> Any:
        """Projects that say no name are called by their key."""
        projects = data.get("projects") if isinstance(data, dict) else None
        if not isinstance(projects, dict):
            return data
        named = {key: {"name": key, **item} if isinstance(item, dict) else item for key, item in projects.items()}
        return {**data, "projects": named}
