"""Escalations: one action of agents, by which a ticket becomes an issue of the engineers' tracker (grammar 42).

The macro adds a tag; the trigger sees it, has the webhook make the issue, notes it on the ticket by a tag of its own,
so that a ticket becomes one issue and no more, and sets the field that says how the issue stands. The view shows what
was handed over and is not solved.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from config.declaration import Declared
from config.kinds.engineering import MESSAGE, Escalation
from config.kinds.rules import Macro, Trigger, View
from provisioners.issues import Call, CannotEscalate, Filled, Read
from provisioners.resource import Payload, Ref, Resource, Source, Text
from provisioners.system import system_named, systems
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.actions import declared_actions
from provisioners.zendesk.translations.base import MADE_BY_GOLIVE, CannotSend, ZendeskTranslation, made
from provisioners.zendesk.translations.conditions import declared_conditions
from provisioners.zendesk.translations.macros import Macros
from provisioners.zendesk.translations.orders import ESCALATION_CATEGORY, ESCALATIONS_NAME
from provisioners.zendesk.translations.speech import Hearing
from provisioners.zendesk.translations.texts import (
    JSON_FILTER,
    compiled_text,
    declared_text,
    joined,
    json_data,
    json_template,
)
from provisioners.zendesk.translations.triggers import Triggers
from provisioners.zendesk.translations.views import Views

TRACKER = "tracker"
TAG = "golive-escalated-"
"""With this begins the tag of a ticket of which an escalation has made an issue."""
MACRO, VIEW, WEBHOOK = "macro", "view", "webhook"
"""The parts of an escalation; its main resource is the trigger."""
_NOTE = "tag"
_TITLE = "{{ticket.title | truncate: 250}}"
_WORDS = {"urgent": "Urgent", "high": "High", "low": "Low"}
"""Priorities as the vendor's placeholder writes them; a ticket without one counts as normal."""
_CHOICE = re.compile(r"\{% when '(?P<vendor>\w+)' %\}(?P<word>[^{]*)|\{% else %\}(?P<other>[^{]*)")
_REFERENCE = re.compile(r"ref:(?P<resource>[a-z0-9_]+/[a-z0-9_]+/[a-z0-9_]+)")
_SHOWN = ("name", "active", "columns", "sort", "for")
_COLUMNS = ["subject", "requester", "priority", "updated"]


class Escalations(ZendeskTranslation):
    kind = "escalations"
    type_ = "zendesk:Trigger"

    def compiled(self, item: Declared, context: Context) -> list[Resource]:
        value: Escalation = item.value
        try:
            call = _call(item, context)
        except CannotEscalate as reason:
            raise CannotSend(str(reason)) from reason
        tag = _tag_of(item, context)
        webhook = made(item, context, "zendesk:Webhook", _webhook(item, call, context), part=WEBHOOK)
        ours = {"was": value.was, "active": value.active, "name": value.name}
        asked = Trigger.model_validate(
            {
                **ours,
                "category": ESCALATION_CATEGORY,
                "when": [{"field": "tags", "has": value.tag}, {"field": "tags", "has_none": [tag]}],
                "then": [{"add_tags": [tag]}, *_status_at_first(value)],
            }
        )
        [trigger] = [each.payload for each in _sent(Triggers(), item, asked, context)]
        body = _with_references(compiled_text(json_template(call.body), context, JSON_FILTER))
        action = {"field": "notification_webhook", "value": [Ref(webhook.name), body]}
        trigger |= {
            "category_id": context.ref(self.kind, ESCALATION_CATEGORY),
            "description": f"{MADE_BY_GOLIVE}from the escalation `{item.key}`. Changes made here are put back.",
            "actions": [action, *trigger["actions"]],
        }
        self._ask_for_the_way_back(item, context)
        groups = [f"groups/{key}" for key in value.from_]
        macro = Macro.model_validate({**ours, "for": groups, "then": [{"add_tags": [value.tag]}]})
        told = f"{MADE_BY_GOLIVE}from the escalation `{item.key}`: it makes an issue of the ticket."
        shown = f"{MADE_BY_GOLIVE}from the escalation `{item.key}`: what was handed over and is not solved."
        view = View.model_validate(
            {
                **ours,
                "name": f"{value.name}: open",
                "when": [{"field": "tags", "has": tag}, {"field": "status", "before": "solved"}],
                "columns": [*_COLUMNS, *([value.comes_back.status] if value.comes_back else [])],
                "sort": {"by": "updated", "ascending": True},
                "for": groups,
            }
        )
        [macro_payload] = [each.payload for each in _sent(Macros(), item, macro, context)]
        [view_payload] = [each.payload for each in _sent(Views(), item, view, context)]
        makes = f"a macro, a webhook, a view and a trigger in the category “{ESCALATIONS_NAME}”"
        return [
            *_category(item, context),
            webhook,
            made(
                item,
                context,
                self.type_,
                trigger,
                notes={_NOTE: tag},
                becomes={"": f"{makes}, which makes one issue per ticket (tag {tag})"},
            ),
            made(item, context, "zendesk:Macro", {**macro_payload, "description": told}, part=MACRO),
            made(item, context, "zendesk:View", {**view_payload, "description": shown}, part=VIEW),
        ]

    @staticmethod
    def _ask_for_the_way_back(item: Declared, context: Context) -> None:
        """The tracker's app is installed by a person, unless a service of the client's own carries the status back."""
        back = item.value.comes_back
        issues = system_named(context.systems[TRACKER].type).issues()
        if back is None or back.calls or issues is None:
            return
        field = context.declared.get("ticket_fields", back.status)
        shown = f"“{field.name}”" if field is not None else back.status
        context.by_hand(item, f"{issues.way_back.what}, so that {shown} says how it stands (docs/engineering.md)")

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        type_, payload = parts.get("", ("", {}))
        if type_ == "zendesk:TriggerCategory":
            return {"name": payload["name"]}
        result: dict[str, Any] = _trigger_back(payload, names) if payload else {}
        if MACRO in parts:
            result |= _macro_back(parts[MACRO][1], names, result)
        if VIEW in parts:
            shown = Views().declared({"": parts[VIEW]}, names)
            result["view"] = {name: shown[name] for name in _SHOWN if name in shown}
        if WEBHOOK in parts:
            result["webhook"] = _webhook_back(parts[WEBHOOK][1])
        return result


def _sent(translation: Any, item: Declared, value: Any, context: Context) -> list[Resource]:
    """What another kind's translation makes of a rule that stands for a part of an escalation."""
    found: list[Resource] = translation.compiled(replace(item, value=value), context)
    return found


def _call(item: Declared, context: Context) -> Call:
    """The call that makes the issue. Raises CannotEscalate."""
    value: Escalation = item.value
    tracker = context.instance_of(TRACKER)
    issues = system_named(context.systems[tracker].type).issues() if tracker else None
    if tracker is None or issues is None:
        raise CannotEscalate("this environment has no issue tracker")
    impact = value.row("customer_impact")
    text = value.row("description")
    filled = Filled(
        title=_TITLE,
        description="{{ticket.description}}" if text is None or text.ticket == MESSAGE else _field(text.ticket),
        customer_impact=_field(impact.ticket) if impact else "",
        link="{{ticket.link}}",
        choose=_choice,
    )
    return issues.call(value, filled, context.declared, tracker, context.systems[tracker])


def _field(key: str) -> str:
    return f"{{{{ticket.fields.{key}}}}}"


def _choice(words: Mapping[str, str]) -> str:
    """A placeholder that becomes the word for the ticket's priority."""
    cases = "".join(f"{{% when '{vendor}' %}}{words[ours]}" for ours, vendor in _WORDS.items())
    return f"{{% case ticket.priority %}}{cases}{{% else %}}{words['normal']}{{% endcase %}}"


def _choice_back(placeholder: str, read: Read) -> dict[str, str]:
    """`as` as the YAML has it."""
    back = {vendor: ours for ours, vendor in _WORDS.items()}
    found: dict[str, str] = {}
    for each in _CHOICE.finditer(placeholder):
        ours = back.get(each["vendor"], each["vendor"]) if each["vendor"] else "normal"
        found[ours] = read.word(each["word"] if each["vendor"] else each["other"])
    return {ours: found[ours] for ours in ("urgent", "high", "normal", "low") if ours in found}


def _with_references(body: str | Text) -> str | Text:
    """The body with references where `ref:<resource>` stands."""
    pieces: list[str | Ref] = []
    for piece in body.parts if isinstance(body, Text) else (body,):
        if isinstance(piece, Ref):
            pieces.append(piece)
            continue
        end = 0
        for found in _REFERENCE.finditer(piece):
            pieces += [piece[end : found.start()], Ref(found["resource"])]
            end = found.end()
        pieces.append(piece[end:])
    return joined(pieces)


def _status_at_first(value: Escalation) -> list[dict[str, Any]]:
    return [{"set": value.comes_back.status, "to": value.comes_back.at_first}] if value.comes_back else []


def _webhook(item: Declared, call: Call, context: Context) -> Payload:
    signed = call.sign_in
    secret = {"secret": signed.secret, "fingerprint": context.fingerprint(signed.secret)}
    if signed.user:
        authentication = {"type": "basic_auth", "username": signed.user, **secret}
    else:
        authentication = {"type": "api_key", "header": signed.header, **secret}
    return {
        "name": f"{item.name} (golive)",
        "description": f"{MADE_BY_GOLIVE}for the escalation `{item.key}`. Changes made here are put back.",
        "status": "active",
        "endpoint": call.url,
        "http_method": "POST",
        "request_format": "json",
        "subscriptions": ["conditional_ticket_events"],
        "authentication": authentication,
    }


def _webhook_back(payload: Payload) -> dict[str, Any]:
    signed = payload.get("authentication") or {}
    said: dict[str, Any] = {name: payload[name] for name in ("name", "status", "endpoint") if name in payload}
    return {**said, "user": signed.get("username"), "auth": signed.get("secret")}


def _trigger_back(payload: Payload, names: Names) -> dict[str, Any]:
    result: dict[str, Any] = {"name": payload["title"], "active": payload["active"]}
    conditions = declared_conditions(payload["conditions"], names, "triggers")
    asked = [each for each in conditions.get("when", []) if not _is_own_tag(each.get("has_none"))]
    tags = [each["has"] for each in asked if each.get("field") == "tags" and "has" in each]
    others = [each for each in asked if not (each.get("field") == "tags" and "has" in each)]
    if len(tags) == 1:
        result["tag"] = tags[0]
    if others or len(tags) != 1 or "when_any" in conditions:
        result |= {"when": asked, **{word: said for word, said in conditions.items() if word == "when_any"}}
    more: list[dict[str, Any]] = []
    for action in payload["actions"]:
        if action["field"] == "notification_webhook":
            result |= _body_back(action["value"][1] if len(action["value"]) > 1 else "", names)
            continue
        [said] = declared_actions([action], Hearing(names)) or [{}]
        if "set" in said and "comes_back" not in result:
            result["comes_back"] = {"status": said["set"], "at_first": said.get("to")}
        elif not _is_own_tag(said.get("add_tags")):
            more.append(said)
    return result | ({"then": more} if more else {})


def _body_back(body: Any, names: Names) -> dict[str, Any]:
    """The issue as the YAML has it; the body as it is, where somebody has changed it beyond that."""
    data = json_data(declared_text(body, names, JSON_FILTER))
    read = _read(data) if isinstance(data, Mapping) else None
    if read is None:
        return {"body": data}
    said: dict[str, Any] = {"project": _key("engineering_projects", read.project, names)}
    if read.issue_type:
        said["issue_type"] = read.issue_type
    said["components"] = [_key("engineering_components", each, names) for each in read.components]
    said["labels"] = [_key("engineering_labels", each, names) for each in read.labels]
    said["fields"] = [
        {"issue": "priority", "ticket": "priority", "as": _choice_back(read.priorities, read)},
        {"issue": "description", "ticket": _source_of(read.description)},
        {"issue": "customer_impact", "ticket": _source_of(read.customer_impact)},
    ]
    return said


def _read(body: Mapping[str, Any]) -> Read | None:
    trackers = [issues for each in systems().values() if (issues := each.issues()) is not None]
    return next((read for issues in trackers if (read := issues.read(body)) is not None), None)


def _key(kind: str, live: str, names: Names) -> str:
    """Our key for something of the tracker: from the reference, from its id, or from its name."""
    found = _REFERENCE.fullmatch(live)
    if found:
        return found["resource"].rpartition("/")[2]
    by_id = [name for (type_, identifier), name in names.by_id.items() if identifier == live and f"/{kind}/" in name]
    return by_id[0].split("/")[2] if by_id else names.values.get((kind, live), live)


_OWN_FIELD = re.compile(r"\{\{\s*ticket\.fields\.(?P<key>[a-z0-9_]+)\s*\}\}")


def _source_of(text: str) -> str:
    """What fills a text, as a row of `fields` names it; the text itself where it is another."""
    found = _OWN_FIELD.fullmatch(text)
    if found:
        return found["key"]
    return MESSAGE if text == "{{ticket.description}}" else text


def _macro_back(payload: Payload, names: Names, result: Mapping[str, Any]) -> dict[str, Any]:
    said = Macros().declared({"": ("zendesk:Macro", payload)}, names)
    groups = [entry.partition("/")[2] for entry in said.get("for") or []]
    found: dict[str, Any] = {"from": groups}
    different = {
        name: said[name]
        for name, expected in (("name", result.get("name")), ("active", result.get("active")))
        if said.get(name) != expected
    }
    if said.get("then") != [{"add_tags": [result.get("tag")]}]:
        different["then"] = said.get("then")
    return found | ({"macro": different} if different else {})


def _tag_of(item: Declared, context: Context) -> str:
    """The tag of tickets that have become an issue: what it was at first, however often the key is renamed. Otherwise
    every such ticket would become another one."""
    known = context.last_known(item.kind, item.key)
    kept = known.notes.get(_NOTE) if known is not None else None
    return str(kept or f"{TAG}{item.value.was or item.key}")


def _is_own_tag(tags: Any) -> bool:
    return isinstance(tags, list) and len(tags) == 1 and str(tags[0]).startswith(TAG)


def _category(item: Declared, context: Context) -> list[Resource]:
    """The category that holds the escalations' triggers; it comes with the first of them."""
    name = context.name(item.kind, ESCALATION_CATEGORY)
    if any(resource.name == name for resource in context.compiled.resources):
        return []
    source = Source(item.kind, ESCALATION_CATEGORY, item.position.file, item.position.line)
    return [Resource(name=name, type="zendesk:TriggerCategory", payload={"name": ESCALATIONS_NAME}, source=source)]
