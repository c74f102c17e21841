"""What stands under `integrations`: Slack, the CRM, engineering (grammar 27, 42, 44)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from config.freeze import Day
from config.kinds.conditions import Conditions
from config.kinds.crm_objects import CrmObject, CrmObjectName, CrmRecordType
from config.kinds.engineering import Engineering
from config.kinds.fields import Options
from config.kinds.rules import BY_NAME
from config.model import Data, Key, Model, Object, Rule, Switched, defaults_to, leave, none_unless_given, required
from config.references import Reference, refers_to
from config.share import Share
from config.text import OneText

PersonKey = Annotated[str, refers_to("people")]
GroupKey = Annotated[str, refers_to("groups")]
CrmFieldKey = Annotated[str, refers_to("crm_fields")]


class SlackChannel(Object):
    """A channel of the client's Slack. Leaving the YAML archives it; Slack cannot delete."""

    dispensable: ClassVar[tuple[str, ...]] = ("people", "groups")

    name: Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,80}$")] = required(description="Without the #.")
    topic: str | None = leave(description="The line at the top of the channel.")
    purpose: str | None = leave(description="What the channel is for.")
    private: bool = defaults_to(False, description="true: only those who are invited see it.")
    people: list[PersonKey] = defaults_to([], description="Invited when they are missing; nobody is ever removed.")
    groups: list[GroupKey] = defaults_to(
        [], description="Groups of the helpdesk; everybody whom `people` names in them is invited, too."
    )
    incoming_webhook: Annotated[str, Field(pattern=BY_NAME)] | None = defaults_to(
        None,
        description="The address of an incoming webhook of this channel, which a person makes in Slack: `env:NAME`. "
        "The helpdesk's rules then post through it, and otherwise through Slack's API with the bot's token.",
    )


class SlackUserGroup(Switched):
    """A group that can be mentioned with one handle. Paid plans only. Leaving the YAML switches it off; Slack cannot
    delete it."""

    dispensable: ClassVar[tuple[str, ...]] = ("people", "groups")

    name: str = required(description="What people see.")
    handle: Annotated[str, Field(pattern=r"^[a-z0-9._-]+$")] = leave(description="How it is mentioned, without the @.")
    purpose: str | None = leave(description="What it is for.")
    people: list[PersonKey] = defaults_to([], description="Who is in it; nobody else is.")
    groups: list[GroupKey] = defaults_to(
        [], description="Groups of the helpdesk; everybody whom `people` names in them is in it, too."
    )


class Alert(Rule):
    """Tell this Slack channel when … An alert posts once per ticket, as a rule of the helpdesk."""

    comes_with_vendor: ClassVar[bool] = False

    name: str = required(description="What the rule is called in the helpdesk.")
    to: Annotated[str, refers_to("slack_channels")] = required(description="The channel that it posts into.")
    when: Conditions = defaults_to([], description="All of these must hold.")
    when_any: Conditions = defaults_to([], description="At least one of these must hold.")
    text: OneText = required(description="What it posts. It mentions nobody.")

    @model_validator(mode="after")
    def check_conditions(self) -> Self:
        if not self.existing and not self.when and not self.when_any:
            raise PydanticCustomError(
                "no_condition",
                "an alert without a condition would post every ticket",
                {"at": "when", "hint": "Say in `when` or `when_any` which tickets are meant."},
            )
        return self


class Slack(Object):
    """Everything golive sets up in Slack."""

    channels: dict[Key, SlackChannel] = defaults_to({}, description="Channels.")
    user_groups: dict[Key, SlackUserGroup] = defaults_to({}, description="Groups that can be mentioned.")
    alerts: dict[Key, Alert] = defaults_to({}, description="What is posted when.")


CrmFieldType = Literal[
    "text", "textarea", "integer", "decimal", "currency", "date", "checkbox", "dropdown", "multiselect", "pattern",
    "lookup", "card",
]  # fmt: skip


class CrmField(Data):
    """A field of the CRM."""

    object: CrmObjectName = required(
        description="What has the field: the key of an object under `objects`, or the CRM's word, such as `Account`."
    )
    name: str = required(description="What people see.")
    type: CrmFieldType = required(description="What it holds; must be said of an `existing` field, too.")
    to: CrmObjectName | None = none_unless_given(
        description="For the type lookup: what it points to, an object's key or the CRM's word, such as `User`. It "
        "never changes."
    )
    formula: str | None = none_unless_given(description="Computed by the CRM from this formula.")
    options: Options | None = none_unless_given(description="The choices of a dropdown or multiselect: `good: Good`.")
    options_from: Literal["segments"] | None = none_unless_given(description="The choices are the segments.")
    group: Annotated[str, refers_to("crm_field_groups")] | None = leave(
        description="The group of fields in which the CRM shows it. A new field without one stands in the object's own."
    )

    @classmethod
    def needed(cls, data: dict[str, Any]) -> list[str]:
        always = [name for name in ("object", "type") if name not in data]
        return always if data.get("existing") or "name" in data else [*always, "name"]

    @model_validator(mode="after")
    def check_lookup(self) -> Self:
        if not self.existing and (self.type == "lookup") != (self.to is not None):
            missing = self.to is None
            raise PydanticCustomError(
                "lookup",
                "a lookup must say what it points to" if missing else "only a lookup points to something",
                {
                    "at": "type" if missing else "to",
                    "hint": "Add  to: User  or another of the CRM's objects." if missing else "Remove `to`.",
                },
            )
        return self


class CrmFieldGroup(Object):
    """Fields that the CRM shows together."""

    object: str = required(description="The CRM's word for what has the fields, such as `companies`.")
    name: str = required(description="What people see above them.")


class PipelineStage(Model):
    """A step of a pipeline."""

    name: str = required(description="What people see.")
    closed: bool = defaults_to(False, description="true: a ticket that stands here is done.")
    was: Key | None = none_unless_given(description="The key that this stage had before.")


class CrmPipeline(Object):
    """The steps that the CRM's own tickets go through, in this order."""

    name: str = required(description="What people see.")
    stages: Annotated[dict[Key, str | PipelineStage], Field(min_length=1)] = required(
        description="The steps, first to last: `new: New`, or `done: {name: Done, closed: true}`."
    )

    @property
    def steps(self) -> dict[Key, PipelineStage]:
        """The stages, those too that are only named."""
        return {
            key: PipelineStage(name=stage) if isinstance(stage, str) else stage
            for key, stage in (self.stages or {}).items()
        }


CrmObjectAccess = Literal["read", "edit", "create", "delete"]


class CrmAccess(Object):
    """Who may see and change which fields, and what they do with records."""

    dispensable: ClassVar[tuple[str, ...]] = ("people",)

    name: str = leave(description="The key unless said otherwise.")
    read: list[CrmFieldKey] = defaults_to([], description="Fields that they see.")
    edit: list[CrmFieldKey] = defaults_to([], description="Fields that they change.")
    objects: dict[CrmObjectName, CrmObjectAccess] = defaults_to(
        {},
        description="What they do with records, by an object's key or the CRM's word for it: `{Account: edit}`. Each "
        "word includes those before it: `read`, `edit`, `create`, `delete`.",
    )
    people: list[PersonKey] = defaults_to([], description="Who they are.")


class CrmQueue(Object):
    """A queue of the CRM."""

    name: str = leave(description="The key unless said otherwise.")
    objects: list[CrmObjectName] = required(
        description="What waits in it: keys of objects, or the CRM's words, such as `[Case]`."
    )
    people: list[PersonKey] = defaults_to([], description="Who takes from it.")


class MappingRow(Model):
    """One CRM field beside the helpdesk's field that shows it."""

    crm: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[A-Za-z]\w*)*$")] = required(
        description="The CRM's field, or what a link leads to: `csm.Name` of a field `csm` whose type is `lookup`."
    )
    helpdesk: Annotated[str, Field(pattern=r"^organization\.[a-z][a-z0-9_]*$")] = required(
        description="`organization.KEY` of a customer field, or `organization.name`."
    )

    @property
    def field(self) -> str:
        """The key of the CRM's field."""
        return self.crm.partition(".")[0]

    @property
    def path(self) -> str:
        """What is read of the record to which the field leads, in the CRM's words; empty for the field itself."""
        return self.crm.partition(".")[2]

    def references(self) -> Iterator[Reference]:
        yield Reference(("crm",), self.field, refers_to("crm_fields"))


class Billing(Model):
    """Revenue from billing, for accounts of which the CRM does not know it."""

    from_: Literal["stripe", "chargebee"] = required(alias="from", description="What the subscriptions come from.")
    file: str = required(description="The export, a CSV file below the workspace's root.")
    account: str = required(description="The heading of the column that holds the CRM's account id.")
    fills: CrmFieldKey = required(description="The CRM's field for which yearly revenue stands in.")


class CrmMapping(Object):
    """Which fields go from the CRM to the helpdesk, and what carries them; exactly one writer."""

    dispensable: ClassVar[tuple[str, ...]] = ("rows",)

    written_by: Literal["native_package", "golive"] = required(description="What carries the values.")
    rows: list[MappingRow] = defaults_to([], description="Which field fills which.")
    billing: Billing | None = none_unless_given(description="Where revenue comes from that the CRM lacks.")


class TooEmpty(Model):
    """A field that too few accounts hold to rely on: what stands in for it, and who has it filled."""

    stand_in: str = required(
        description="What people go by meanwhile, such as `the plan in the billing system`. For people; it changes "
        "nothing by itself."
    )
    owner: PersonKey = required(description="Who sees to it that the accounts are filled in.")
    by: Day | None = leave(description="The day by which it is to be done: YYYY-MM-DD.")


class Completeness(Model):
    """How full the CRM's fields must be before advanced features are used."""

    at_least: Share = required(description="The share of accounts that must have a value.")
    of: list[CrmFieldKey] = required(description="The fields that are counted.")
    too_empty: dict[Key, TooEmpty] = defaults_to(
        {},
        description="Fields that are too empty for now, by key. Rules, views and service levels that ask for one sleep "
        "as long as it stands here.",
    )

    def references(self) -> Iterator[Reference]:
        for key in self.too_empty:
            yield Reference(("too_empty", key), key, refers_to("crm_fields"))


class Crm(Object):
    """Everything golive sets up in the CRM."""

    account_key: Annotated[str, Field(pattern=r"^(external_id|organization\.[a-z][a-z0-9_]*)$")] = defaults_to(
        "external_id",
        description="Where the helpdesk keeps the CRM's account id: `external_id`, or `organization.KEY`.",
    )
    objects: dict[Key, CrmObject] = defaults_to({}, description="Sorts of records of the client's own.")
    record_types: dict[Key, CrmRecordType] = defaults_to({}, description="Sorts of the records of one object.")
    fields: dict[Key, CrmField] = defaults_to({}, description="Fields of the CRM.")
    field_groups: dict[Key, CrmFieldGroup] = defaults_to({}, description="Fields that are shown together.")
    access: dict[Key, CrmAccess] = defaults_to({}, description="Who may see and change them.")
    queues: dict[Key, CrmQueue] = defaults_to({}, description="Queues of the CRM.")
    pipelines: dict[Key, CrmPipeline] = defaults_to({}, description="Steps of the CRM's own tickets.")
    mapping: CrmMapping | None = none_unless_given(description="Which fields go to the helpdesk.")
    completeness: Completeness | None = none_unless_given(description="How full the CRM's fields must be.")

    @property
    def too_empty(self) -> Mapping[str, TooEmpty]:
        """Fields that the files call too empty to be relied on, by key."""
        return self.completeness.too_empty if self.completeness is not None else {}

    @model_validator(mode="before")
    @classmethod
    def name_by_key(cls, data: Any) -> Any:
        """Access and queues that say no name are called by their key."""
        if not isinstance(data, dict):
            return data
        named = dict(data)
        for word in ("access", "queues"):
            if isinstance(data.get(word), dict):
                named[word] = {
                    key: {"name": key, **item} if isinstance(item, dict) else item for key, item in data[word].items()
                }
        return named


class Integrations(Object):
    """The systems beside the helpdesk."""

    slack: Slack | None = none_unless_given(description="What is set up in Slack.")
    crm: Crm | None = none_unless_given(description="What is set up in the CRM.")
    engineering: Engineering | None = none_unless_given(
        description="What is set up in the engineers' issue tracker, and how tickets become its issues."
    )
