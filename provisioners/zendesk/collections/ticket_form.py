"""Forms with which tickets are made, and which of them is the default one.

The vendor's own fields are known by their types (`subject`, `tickettype`), in payloads too: their ids are the
account's. Source: developer.zendesk.com, “Ticket Forms”.
"""

from __future__ import annotations

import builtins
import json
from collections.abc import Hashable, Mapping
from typing import Any, ClassVar

from provisioners.collection import Live, Switch, Write
from provisioners.resource import Payload
from provisioners.zendesk.client import unwrapped
from provisioners.zendesk.collections.base import ZendeskCollection
from provisioners.zendesk.collections.setting import Setting
from provisioners.zendesk.likeness import alike, matched
from provisioners.zendesk.replies import warnings_in

FORMS, FORM = "ticket_forms", "ticket_form"
FIELDS, BRANDS = "ticket_field_ids", "restricted_brand_ids"
CONDITIONS = ("agent_conditions", "end_user_conditions")
MESSAGE = "description"
ALWAYS_THERE = (MESSAGE, "status", "custom_status", "group", "assignee")
"""The vendor's own fields that each form has, named or not."""


class TicketForm(ZendeskCollection):
    type = "zendesk:TicketForm"
    kind_word = "ticket form"
    path = plural = FORMS
    envelope = FORM
    key = "name"
    cursor = False
    raw_texts = frozenset({"name", "display_name"})
    carries_data: ClassVar[bool] = True
    switch: ClassVar[Switch | None] = Switch("active")

    def shown(self, name: str, body: dict[str, Any], wanted: Any) -> Any:
        if name == FIELDS:
            return self._fields(body, wanted or [])
        if name == BRANDS:
            found = [str(each) for each in body.get(name) or []]
            return wanted if sorted(found) == sorted(map(str, wanted or [])) else found
        if name in CONDITIONS:
            conditions = [self._condition(each) for each in body.get(name) or []]
            return matched(conditions, wanted or [], _meaning, ordered=False)
        return super().shown(name, body, wanted)

    def _fields(self, body: Mapping[str, Any], wanted: Any) -> builtins.list[str]:
        listed = [self._word(each) for each in body.get(FIELDS) or []]
        return [each for each in listed if each in wanted or each not in ALWAYS_THERE]

    def _word(self, identifier: Any) -> str:
        """What a payload calls a field."""
        return self.client.system_fields().get(str(identifier), str(identifier))

    def _condition(self, live: Mapping[str, Any]) -> dict[str, Any]:
        children = [{"id": self._word(each["id"]), **_asked(each)} for each in live.get("child_fields") or []]
        value = live.get("value")
        return {
            "parent_field_id": self._word(live.get("parent_field_id")),
            "value": value if isinstance(value, bool) else str(value),
            "child_fields": sorted(children, key=lambda each: str(each["id"])),
        }

    def wire(self, payload: Payload) -> Payload:
        body = super().wire(payload)
        ids = {type_: int(identifier) for identifier, type_ in self.client.system_fields().items()}

        def number(word: Any) -> int:
            return ids[word] if word in ids else int(word)

        if FIELDS in body:
            body[FIELDS] = [number(each) for each in _with_always_there(body[FIELDS], ids)]
        for part in CONDITIONS:
            if part in body:
                body[part] = [
                    {
                        "parent_field_id": number(each["parent_field_id"]),
                        "value": each["value"],
                        "child_fields": [{**child, "id": number(child["id"])} for child in each["child_fields"]],
                    }
                    for each in body[part]
                ]
        if BRANDS in body:
            body[BRANDS] = [int(each) for each in body[BRANDS]]
        return body

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        """A field does not leave a form in one call with its conditions: those go first, by a call of their own."""
        staying = {*payload.get(FIELDS, ())}
        leaving = {*old.get(FIELDS, ())} - staying
        if any(leaving & _named(each) for part in CONDITIONS for each in old.get(part) or ()):
            first = {part: [each for each in old.get(part) or () if not leaving & _named(each)] for part in CONDITIONS}
            self.send(identifier, payload, self.wire(first))
        return super().update(identifier, payload, old)


def _with_always_there(listed: Any, ids: Mapping[str, int]) -> builtins.list[Any]:
    """The fields with those that the vendor has in each form: the message behind the subject, the others last."""
    fields = list(listed)
    missing = [each for each in ALWAYS_THERE if each in ids and each not in fields]
    if MESSAGE in missing:
        missing.remove(MESSAGE)
        fields.insert(fields.index("subject") + 1 if "subject" in fields else 0, MESSAGE)
    return [*fields, *missing]


def _asked(child: Mapping[str, Any]) -> dict[str, Any]:
    """When a field must be filled in: for agents by the ticket's status, for customers or not at all."""
    statuses = child.get("required_on_statuses")
    if not isinstance(statuses, Mapping):
        return {"is_required": bool(child.get("is_required"))}
    kind = str(statuses.get("type"))
    some = {"statuses": [str(each) for each in statuses.get("statuses") or []]} if kind == "SOME_STATUSES" else {}
    return {"is_required": kind != "NO_STATUSES", "required_on_statuses": {"type": kind, **some}}


def _meaning(condition: Mapping[str, Any]) -> Hashable:
    children = sorted(json.dumps(child, sort_keys=True) for child in condition["child_fields"])
    return str(condition["parent_field_id"]), str(alike(condition["value"], "")).lower(), tuple(children)


def _named(condition: Mapping[str, Any]) -> set[str]:
    """The fields of a condition."""
    return {condition["parent_field_id"], *(child["id"] for child in condition["child_fields"])}


class DefaultForm(Setting):
    """Which form tickets have that are made without another one. Its id is the form's.

    It is only ever set: the vendor takes it away by giving it to another form.
    """

    type = "zendesk:DefaultForm"
    kind_word = "default form"
    replace_on: ClassVar[frozenset[str]] = frozenset({"form_id"})

    def list(self, payload: Payload) -> builtins.list[Live]:
        return [_default(body) for body in self.client.pages(FORMS, FORMS, cursor=False)]

    def get(self, identifier: str, payload: Payload) -> Live | None:
        body = self.client.find(f"{FORMS}/{identifier}", FORM)
        return None if body is None else _default(body)

    def canonical(self, live: Live, payload: Payload) -> Payload:
        return {"form_id": live.id, "default": bool(live.body.get("default"))}

    def create(self, payload: Payload) -> Write:
        path = f"{FORMS}/{payload['form_id']}"
        reply = self.client.put(path, {FORM: {"default": True}})
        return Write(_default(unwrapped(reply, FORM, f"PUT {path}", reads=False)), warnings_in(reply.headers))


def _default(body: dict[str, Any]) -> Live:
    return Live(id=str(body["id"]), body=body, label=f"default of {body.get('name')}")
