"""What stands under `integrations`: Slack, the CRM, engineering (grammar 27, 42, 44)."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from config.kinds.conditions import Conditions
from config.kinds.fields import Options
from config.model import Data, Key, Model, Object, Rule, defaults_to, leave, none_unless_given, required
from config.references import refers_to
from config.share import Share
from config.text import OneText

PersonKey = Annotated[str, refers_to("people")]
CrmFieldKey = Annotated[str, refers_to("crm_fields")]


class SlackChannel(Object):
    """A channel of the client's Slack. Leaving the YAML archives it; Slack cannot delete."""

    dispensable: ClassVar[tuple[str, ...]] = ("people",)

    name: Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,80}$")] = required(description="Without the #.")
    topic: str | None = leave()
    purpose: str | None = leave()
    private: bool = defaults_to(False)
    people: list[PersonKey] = defaults_to([], description="Invited when they are missing; nobody is ever removed.")


class SlackUserGroup(Object):
    """A group that can be mentioned with one handle."""

    name: str = required()
    handle: str | None = leave()
    people: list[PersonKey] = defaults_to([])


class Alert(Rule):
    """Tell this channel when … It posts once per ticket."""

    comes_with_vendor: ClassVar[bool] = False

    name: str = required()
    to: Annotated[str, refers_to("slack_channels")] = required()
    when: Conditions = defaults_to([])
    when_any: Conditions = defaults_to([])
    text: OneText = required()

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

    channels: dict[Key, SlackChannel] = defaults_to({})
    user_groups: dict[Key, SlackUserGroup] = defaults_to({})
    alerts: dict[Key, Alert] = defaults_to({})


CrmFieldType = Literal[
    "text", "textarea", "integer", "decimal", "currency", "date", "checkbox", "dropdown", "multiselect", "pattern",
    "lookup", "card",
]  # fmt: skip


class CrmField(Data):
    """A field of the CRM."""

    object: str = required(description="As the CRM calls it, for example Account.")
    name: str = required(description="What people see.")
    type: CrmFieldType = required()
    formula: str | None = none_unless_given(description="Computed by the CRM from this formula.")
    options: Options | None = none_unless_given()
    options_from: Literal["segments"] | None = none_unless_given()

    @classmethod
    def needed(cls, data: dict[str, Any]) -> list[str]:
        always = [name for name in ("object", "type") if name not in data]
        return always if data.get("existing") or "name" in data else [*always, "name"]


class CrmAccess(Object):
    """Who may see and change which fields."""

    dispensable: ClassVar[tuple[str, ...]] = ("people",)

    name: str = leave(description="The key unless said otherwise.")
    read: list[CrmFieldKey] = defaults_to([])
    edit: list[CrmFieldKey] = defaults_to([])
    people: list[PersonKey] = defaults_to([])


class CrmQueue(Object):
    """A queue of the CRM."""

    name: str = leave(description="The key unless said otherwise.")
    objects: list[str] = required()
    people: list[PersonKey] = defaults_to([])


class MappingRow(Model):
    """One CRM field beside the helpdesk's field that shows it."""

    crm: CrmFieldKey = required()
    helpdesk: Annotated[str, Field(pattern=r"^organization\.[a-z][a-z0-9_]*$")] = required()


class CrmMapping(Object):
    """Which fields go from the CRM to the helpdesk, and what carries them; exactly one writer."""

    dispensable: ClassVar[tuple[str, ...]] = ("rows",)

    written_by: Literal["native_package", "golive"] = required()
    rows: list[MappingRow] = defaults_to([])


class Completeness(Model):
    """How full the CRM's fields must be before advanced features are used."""

    at_least: Share = required()
    of: list[CrmFieldKey] = required()


class Crm(Object):
    """Everything golive sets up in the CRM."""

    account_key: Annotated[str, Field(pattern=r"^(external_id|organization\.[a-z][a-z0-9_]*)$")] = defaults_to(
        "external_id", description="Where the helpdesk keeps the CRM's account id."
    )
    fields: dict[Key, CrmField] = defaults_to({})
    access: dict[Key, CrmAccess] = defaults_to({})
    queues: dict[Key, CrmQueue] = defaults_to({})
    mapping: CrmMapping | None = none_unless_given()
    completeness: Completeness | None = none_unless_given()

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
    """The systems beside the helpdesk (a single object)."""

    slack: Slack | None = none_unless_given()
    crm: Crm | None = none_unless_given()
    engineering: dict[str, Any] | None = none_unless_given()
