"""Triggers that would mail customers again and again, judged as `golive look` judges those of an account.

Each declared trigger is brought into the vendor's form, and the checks of the health page are asked about it. What
cannot be sent has its own finding, and rules that the vendor brings along are left to `golive look`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from config.declaration import Declared
from config.findings import Finding
from config.kinds.actions import EmailAction
from config.rules.logic.mails import REQUESTERS
from config.rules.rule import Rule
from config.rules.scope import Scope
from provisioners.resource import Ref, Text
from provisioners.run_file import SystemSettings
from provisioners.translation import Context
from provisioners.zendesk.look.inventory import Inventory
from provisioners.zendesk.look.rules.mail import EVERY_REPLY, EVERY_UPDATE
from provisioners.zendesk.translations.base import CannotSend
from provisioners.zendesk.translations.triggers import Triggers

AT_EACH_UPDATE = Rule(
    "ZD036",
    "warning",
    "A trigger mails the customer at every update of a ticket.",
    EVERY_UPDATE.why,
    EVERY_UPDATE.do,
    source="`golive look` finds the same in an account",
)
AT_EACH_REPLY = Rule(
    "ZD037",
    "warning",
    "A trigger answers each message of a customer by mail.",
    EVERY_REPLY.why,
    EVERY_REPLY.do,
    source="`golive look` finds the same in an account",
)
CATALOGUE = (AT_EACH_UPDATE, AT_EACH_REPLY)
_JUDGED = (
    (EVERY_UPDATE, AT_EACH_UPDATE, "it mails the customer at every update, whatever that is"),
    (EVERY_REPLY, AT_EACH_REPLY, "it answers each message of a customer, also an automatic one"),
)


def check(scope: Scope) -> Iterator[Finding]:
    triggers = scope.declaration.of("triggers")
    mails = {key: at for key, item in triggers.items() if (at := _mail(item)) is not None}
    bodies = [body for key in mails if (body := _body(triggers[key], scope)) is not None]
    live = Inventory({"triggers": bodies})
    for check_of_look, rule, message in _JUDGED:
        found = check_of_look.found(live)
        for spot in found.spots if found else ():
            key = spot.body["id"]
            yield rule.found(triggers[key], ("then", mails[key], "email"), message)


def _body(item: Declared, scope: Scope) -> dict[str, Any] | None:
    """A trigger in the vendor's form, as if it were live and on; None for one that is not sent, or cannot be."""
    value = item.value
    if value.existing or value.by_hand or not value.active or scope.is_wrong(item, ()):
        return None
    nowhere = SystemSettings("", "", "")
    context = Context(scope.declaration, "helpdesk", nowhere, {"helpdesk": nowhere, "chat": nowhere})
    try:
        resources = Triggers().compiled(item, context)
    except CannotSend:
        return None
    name, ids = context.name(item.kind, item.key), dict[str, str]()
    (payload,) = (each.payload for each in resources if each.name == name)
    return {**_with_ids(payload, ids), "id": item.key, "active": True}


def _mail(item: Declared) -> int | None:
    """The place of the first action that mails the customer."""
    actions = enumerate(item.value.then or ())
    return next((at for at, each in actions if isinstance(each, EmailAction) and each.email in REQUESTERS), None)


def _with_ids(value: Any, ids: dict[str, str]) -> Any:
    """A payload with a number for each object that it names, as a live one has."""
    if isinstance(value, Ref):
        return ids.setdefault(value.resource, str(len(ids) + 1))
    if isinstance(value, Text):
        return "".join(str(_with_ids(part, ids)) for part in value.parts)
    if isinstance(value, dict):
        return {name: _with_ids(part, ids) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_with_ids(part, ids) for part in value]
    return value
