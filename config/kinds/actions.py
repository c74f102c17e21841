"""Actions of rules and macros: a list, order kept, one verb each (grammar 23–27)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from config.model import Model, Scalar, VendorPiece, none_unless_given, required
from config.references import Reference, refers_to
from config.text import OneText, Text
from config.vocabulary import ACTION_FIELDS, TICKET

Tags = Annotated[list[Annotated[str, Field(pattern=r"^[^\s,]+$")]], Field(min_length=1)]


class SetAction(Model):
    """`{set: FIELD, to: value}`; null clears the field."""

    set: str = required(description="A ticket field, `schedule`, `organization.KEY` or `requester.KEY`.")
    to: Scalar | list[str] | None = required(description="What the field is set to; null clears it.")

    def references(self) -> Iterator[Reference]:
        owner, dot, key = self.set.partition(".")
        if dot:
            if owner in ("organization", "requester"):
                yield Reference(("set",), key, refers_to("customer_fields"))
            return
        if self.set in TICKET and self.set not in ACTION_FIELDS:
            return
        if self.set not in ACTION_FIELDS:
            yield Reference(("set",), self.set, refers_to("ticket_fields"))
            return
        if self.to is None:
            return
        if self.set == "schedule":
            yield Reference(("to",), str(self.to), refers_to("schedules"))
        elif TICKET[self.set].kind:
            field = TICKET[self.set]
            words = (*field.words, *field.values)
            yield Reference(("to",), str(self.to), refers_to(field.kind, words=words))


class AddTagsAction(Model):
    """`{add_tags: [vip]}`."""

    add_tags: Tags = required(description="Tags, such as `[vip]`; the ticket keeps its others.")


class RemoveTagsAction(Model):
    """`{remove_tags: [vip]}`."""

    remove_tags: Tags = required(description="Tags, such as `[vip]`.")


class ReplaceTagsAction(Model):
    """`{replace_all_tags: [vip]}`: every other tag of the ticket is lost."""

    replace_all_tags: Tags = required(description="The only tags that the ticket has afterwards.")


class EmailAction(Model):
    """`{email: requester, subject: …, body: …}`."""

    email: Annotated[
        str,
        refers_to("groups", "people", words=("requester", "requester_and_ccs", "assignee"), qualified=True),
    ] = required(description="requester, requester_and_ccs, assignee, `groups/K` or `people/K`.")
    subject: Text = required(description="The mail's subject.")
    body: Text = required(description="The mail's text.")


class SlackAction(Model):
    """`{slack: slack_channels/K, text: …}`."""

    slack: Annotated[str, refers_to("slack_channels", qualified=True)] = required(
        description="The channel, as `slack_channels/KEY`."
    )
    text: OneText = required(description="What is posted. It mentions nobody.")


class CallAction(Model):
    """`{call: webhooks/K, body: {…}}` or `{call: webhooks/K, query: [[name, value]]}`."""

    model_config = ConfigDict(json_schema_extra={"not": {"required": ["body", "query"]}})

    call: Annotated[str, refers_to("webhooks", qualified=True)] = required(
        description="The webhook, as `webhooks/KEY`."
    )
    body: dict[str, Any] | None = none_unless_given(
        description="What is sent, as YAML. It becomes what the `format` of the webhook says: JSON, XML (all below one "
        "outermost name) or a form (names and values)."
    )
    query: list[Annotated[list[str], Field(min_length=2, max_length=2)]] | None = none_unless_given(
        description='Names and values that are put behind the address, in their order, such as `[[ticket, "7"]]`.'
    )

    @model_validator(mode="after")
    def check_one(self) -> Self:
        if self.body is not None and self.query is not None:
            raise PydanticCustomError("one_of", "`body` and `query` cannot stand together", {"at": "query"})
        return self


class ReplyAction(Model):
    """`{reply: public, text: …}`."""

    reply: Literal["public", "internal"] = required(description="Who can read it.")
    text: Text = required(description="The comment that is put on the ticket.")

    @model_validator(mode="after")
    def check_internal(self) -> Self:
        if self.reply == "internal" and isinstance(self.text, dict):
            raise PydanticCustomError(
                "one_language",
                "an internal note cannot stand in several languages",
                {"at": "text", "hint": "It is for the team: write one text."},
            )
        return self


class SurveyAction(Model):
    """`{send_survey: K}`."""

    send_survey: Annotated[str, refers_to("surveys")] = required(description="The survey's key.")


class VendorAction(VendorPiece):
    """`{zendesk: {field: …, value: …}}`: what this vocabulary has no word for, in the vendor's own."""

    ours = ("slack",)


_FORMS: dict[str, type[Model]] = {
    "set": SetAction,
    "add_tags": AddTagsAction,
    "remove_tags": RemoveTagsAction,
    "replace_all_tags": ReplaceTagsAction,
    "email": EmailAction,
    "slack": SlackAction,
    "call": CallAction,
    "reply": ReplyAction,
    "send_survey": SurveyAction,
}


VERBS = tuple(_FORMS)


def _form(value: Any) -> str | None:
    if isinstance(value, dict):
        named = {f"~{model.__name__}" for verb, model in _FORMS.items() if verb in value}
        if VendorAction.is_meant(value):
            named.add(f"~{VendorAction.__name__}")
        return named.pop() if len(named) == 1 else None
    return f"~{type(value).__name__}"


Action = Annotated[
    Annotated[SetAction, Tag("~SetAction")]
    | Annotated[AddTagsAction, Tag("~AddTagsAction")]
    | Annotated[RemoveTagsAction, Tag("~RemoveTagsAction")]
    | Annotated[ReplaceTagsAction, Tag("~ReplaceTagsAction")]
    | Annotated[EmailAction, Tag("~EmailAction")]
    | Annotated[SlackAction, Tag("~SlackAction")]
    | Annotated[CallAction, Tag("~CallAction")]
    | Annotated[ReplyAction, Tag("~ReplyAction")]
    | Annotated[SurveyAction, Tag("~SurveyAction")]
    | Annotated[VendorAction, Tag("~VendorAction")],
    Discriminator(
        _form,
        custom_error_type="action_form",
        custom_error_message="an action has exactly one verb: `set`, `add_tags`, `remove_tags`, "
        "`replace_all_tags`, `email`, `slack`, `call`, `reply` or `send_survey`",
    ),
]
Actions = list[Action]
