"""Actions of rules and macros in both directions (grammar 23–26)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from config.kinds.actions import (
    VERBS,
    AddTagsAction,
    CallAction,
    EmailAction,
    RemoveTagsAction,
    ReplaceTagsAction,
    ReplyAction,
    SetAction,
    SlackAction,
    SurveyAction,
    VendorAction,
)
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.base import CannotSend
from provisioners.zendesk.translations.speech import Hearing, Speech
from provisioners.zendesk.translations.texts import (
    SLACK_FILTER,
    compiled_text,
    declared_text,
    json_data,
    json_template,
)
from provisioners.zendesk.translations.vendor_fields import field_word, value_word, vendor_name, vendor_value
from provisioners.zendesk.translations.vendor_pieces import sent_piece
from provisioners.zendesk.translations.webhook_bodies import said_content, sent_content

Action = dict[str, Any]
Place = Literal["triggers", "automations", "macros"]

GROUP, USER, WEBHOOK, SCHEDULE = "zendesk:Group", "zendesk:User", "zendesk:Webhook", "zendesk:Schedule"

_RULES: tuple[Place, ...] = ("triggers", "automations")
_EVERYWHERE: tuple[Place, ...] = (*_RULES, "macros")
PLACES: dict[str, tuple[Place, ...]] = {
    "set": _EVERYWHERE,
    "set: schedule": ("triggers",),
    "set: language": _RULES,
    "set: organization.KEY": _RULES,
    "set: requester.KEY": _RULES,
    "add_tags": _EVERYWHERE,
    "remove_tags": _EVERYWHERE,
    "replace_all_tags": _EVERYWHERE,
    "email": _RULES,
    "slack": _RULES,
    "call": _RULES,
    "send_survey": _RULES,
    "reply": ("macros",),
}
"""Which action exists where; what is set has a line of its own where it differs from `set`."""
_INSTEAD: dict[Place, dict[str, str]] = {
    "triggers": {"reply": "Send a mail to the requester with `email`."},
    "automations": {
        "reply": "Send a mail to the requester with `email`.",
        "set: schedule": "Set it with a trigger when the ticket is made.",
    },
    "macros": {},
}
_BY_TRIGGER = "Let the macro add a tag with `add_tags`, and a trigger act on it."

_TAG_VERBS: dict[type[Any], tuple[str, str]] = {
    AddTagsAction: ("add_tags", "current_tags"),
    RemoveTagsAction: ("remove_tags", "remove_tags"),
    ReplaceTagsAction: ("replace_all_tags", "set_tags"),
}
_TAG_VERBS_BACK = {vendor: verb for verb, vendor in _TAG_VERBS.values()}
_RECIPIENTS = {
    "requester": "requester_id",
    "requester_and_ccs": "requester_and_ccs",
    "assignee": "assignee_id",
    "current_user": "current_user",
}
_RECIPIENTS_BACK = {vendor: word for word, vendor in _RECIPIENTS.items()}
_MENTION, _NO_MENTION = re.compile(r"<([!@])"), re.compile(r"&lt;([!@])")
"""Slack's marks for a person, a group or everybody; and how they look when they mention nobody."""
REPLY, REPLY_IS_PUBLIC = "comment_value", "comment_mode_is_public"


def compiled_actions(then: Iterable[Any], speech: Speech, place: Place) -> list[Action]:
    """The vendor's actions, in order. Raises CannotSend."""
    result: list[Action] = []
    for action in then:
        result += _compiled(action, speech, place)
    return result


def _vendor(field: Any, value: Any) -> Action:
    return {"field": field, "value": value}


def check_action(action: Any, context: Context, place: Place) -> None:
    """Whether an action exists in a place and can do what it says there. Raises CannotSend."""
    if isinstance(action, VendorAction):
        sent_piece(action, "an action", context)
        return
    verb = next(verb for verb in VERBS if verb in type(action).model_fields)
    word = verb
    if isinstance(action, SetAction):
        owner, dot, _ = action.set.partition(".")
        word = f"set: {owner}.KEY" if dot else f"set: {action.set}"
    if place not in PLACES.get(word, PLACES[verb]):
        said = f"set: {action.set}" if isinstance(action, SetAction) else verb
        instead = _INSTEAD[place].get(word) or _BY_TRIGGER
        raise CannotSend(f"`{said}` does not exist in {place} in Zendesk", instead, (verb,))
    if isinstance(action, SetAction) and action.set == "status" and action.to in ("new", None):
        raise CannotSend(
            "no rule can make a ticket new again" if action.to else "every ticket has a status",
            "Set it to open, pending, on_hold or solved.",
            ("to",),
        )
    if isinstance(action, SetAction):
        _set(action, context)
    if isinstance(action, CallAction):
        sent_content(action, context)


def _compiled(action: Any, speech: Speech, place: Place) -> list[Action]:
    context = speech.context
    check_action(action, context, place)
    if isinstance(action, VendorAction):
        said = sent_piece(action, "an action", context)
        return [_vendor(said["field"], said["value"])]
    if isinstance(action, SetAction):
        return [_set(action, context)]
    if type(action) in _TAG_VERBS:
        verb, vendor = _TAG_VERBS[type(action)]
        return [_vendor(vendor, " ".join(getattr(action, verb)))]
    if isinstance(action, SurveyAction):
        return _survey(action, speech)
    if isinstance(action, EmailAction):
        return [_email(action, speech)]
    if isinstance(action, SlackAction):
        return [slack_post(action.slack.partition("/")[2], action.text, speech)]
    if isinstance(action, CallAction):
        return [_call(action, context)]
    if isinstance(action, ReplyAction):
        return _reply(action, speech)
    raise TypeError(f"not an action: {action!r}")


def _set(action: SetAction, context: Context) -> Action:
    name, value = action.set, action.to
    if name == "schedule":
        return _vendor("set_schedule", "" if value is None else context.ref("schedules", str(value)))
    vendor = "subject" if name == "subject" else vendor_name(name, context)
    if value is None:
        return _vendor(vendor, "")
    if name == "subject":
        return _vendor(vendor, compiled_text(str(value), context))
    if isinstance(value, list):
        return _vendor(vendor, [vendor_value(name, item, context) for item in value])
    return _vendor(vendor, vendor_value(name, value, context))


def _email(action: EmailAction, speech: Speech) -> Action:
    subject, body = speech.text(action.subject, "subject"), speech.text(action.body, "body")
    if action.email in _RECIPIENTS:
        return _vendor("notification_user", [_RECIPIENTS[action.email], subject, body])
    kind, _, key = action.email.partition("/")
    field = "notification_group" if kind == "groups" else "notification_user"
    return _vendor(field, [speech.context.ref(kind, key), subject, body])


RATING = "{{satisfaction.rating_section}}"
"""Where the vendor puts the question and what can be answered; only a mail to the requester can hold it."""


def _survey(action: SurveyAction, speech: Speech) -> list[Action]:
    """A mail with the survey's question, and the note that the customer was asked, so that nobody is asked twice.

    Source: the vendor's own rule “Request customer satisfaction rating”.
    """
    survey = speech.context.declared.get("surveys", action.send_survey)
    question = (survey.value.question if survey else None) or (survey.name if survey else action.send_survey)
    body = (
        {language: f"{text}\n\n{RATING}" for language, text in question.items()}
        if isinstance(question, dict)
        else (f"{speech.plain(question)}\n\n{RATING}")
    )
    subject, text = speech.text(question, "subject"), speech.text(body, "body")
    return [_vendor("notification_user", ["requester_id", subject, text]), _vendor("satisfaction_score", "offered")]


def slack_post(channel: str, text: Any, speech: Speech) -> Action:
    """Post a text into a Slack channel through the channel's webhook. Nobody is ever mentioned by it."""
    context = speech.context
    named = context.declared.get("slack_channels", channel)
    if context.instance_of("chat") is None and (named is None or named.value.incoming_webhook is None):
        raise CannotSend("this environment has no Slack")
    said = _MENTION.sub(r"&lt;\1", speech.plain(text).rstrip("\n"))
    message = {"text": said, "link_names": False, "parse": "none"}
    body = compiled_text(json_template(message), context, SLACK_FILTER)
    return _vendor("notification_webhook", [context.ref("slack_channels", channel), body])


def _call(action: CallAction, context: Context) -> Action:
    webhook = context.ref("webhooks", action.call.partition("/")[2])
    return _vendor("notification_webhook", [webhook, sent_content(action, context)])


def _reply(action: ReplyAction, speech: Speech) -> list[Action]:
    text = speech.text(action.text, "text")
    return [_vendor(REPLY, text), _vendor(REPLY_IS_PUBLIC, "true" if action.reply == "public" else "false")]


# ------------------------------------------------------------ and back


def declared_actions(actions: Any, hearing: Hearing) -> list[dict[str, Any]]:
    """`then` as the YAML has it."""
    result: list[dict[str, Any]] = []
    listed = list(actions or [])
    for place, action in enumerate(listed):
        field, value = str(action["field"]), action.get("value")
        if field == REPLY_IS_PUBLIC and place and listed[place - 1]["field"] == REPLY:
            continue
        if field == REPLY:
            after = listed[place + 1] if place + 1 < len(listed) else {}
            private = after.get("field") == REPLY_IS_PUBLIC and str(after.get("value")).lower() == "false"
            text = value[-1] if isinstance(value, list) else value
            result.append({"reply": "internal" if private else "public", "text": hearing.text(text, "text")})
        else:
            result.append(_back(field, value, hearing))
    return result


def _back(field: str, value: Any, hearing: Hearing) -> dict[str, Any]:
    names = hearing.names
    if field in _TAG_VERBS_BACK:
        return {_TAG_VERBS_BACK[field]: str(value or "").split()}
    if field in ("notification_user", "notification_group") and isinstance(value, list):
        return _email_back(field, value, hearing)
    if field == "notification_webhook" and isinstance(value, list):
        return _call_back(value, names)
    if field == "set_schedule":
        return {"set": "schedule", "to": names.key(SCHEDULE, value) if value else None}
    if field == "subject":
        return {"set": "subject", "to": declared_text(value, names)}
    name = field_word(field, names)
    if value in (None, ""):
        return {"set": name, "to": None}
    if isinstance(value, list):
        return {"set": name, "to": [value_word(name, item, names) for item in value]}
    return {"set": name, "to": value_word(name, value, names)}


def _email_back(field: str, value: list[Any], hearing: Hearing) -> dict[str, Any]:
    names = hearing.names
    recipient, subject, body = (*[str(item) for item in value], "", "")[:3]
    if field == "notification_group":
        word = names.address(GROUP, recipient)
    else:
        word = _RECIPIENTS_BACK.get(recipient) or names.address(USER, recipient)
    return {"email": word, "subject": hearing.text(subject, "subject"), "body": hearing.text(body, "body")}


def _call_back(value: list[Any], names: Names) -> dict[str, Any]:
    address = names.address(WEBHOOK, value[0])
    said = value[1] if len(value) > 1 else ""
    if address.startswith("slack_channels/"):
        message = json_data(declared_text(said, names, SLACK_FILTER))
        text = message.get("text", "") if isinstance(message, Mapping) else message
        return {"slack": address, "text": _NO_MENTION.sub(r"<\1", str(text))}
    return {"call": address, **said_content(said, address, names)}
