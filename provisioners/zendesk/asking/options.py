"""Options that a field has in Zendesk and not in the files: golive leaves them, so that no change would show them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from config.findings import Finding
from config.words import some
from provisioners.intent import Intent
from provisioners.lasting import FORMER
from provisioners.zendesk.asking.asked_account import AskedAccount
from provisioners.zendesk.asking.question import Question, rule_of_account
from provisioners.zendesk.attribute_words import OPTIONS

UNDECLARED = rule_of_account(
    "ZD139",
    "note",
    "A field has an option in Zendesk that the files do not name.",
    "People can choose it, and no rule of the files knows it; golive leaves it, because tickets may hold it.",
    "Write it under `options`, or remove it by hand in the field's page in Zendesk; tickets that hold it lose it then.",
    source="the account's own lists of fields",
)
_TWICE = (
    "one of the files' options has the same name. Remove by hand, in the field's page in Zendesk, the one that no "
    "ticket holds; if that is the one of the files, write  tag:  with the other one's tag under it."
)
CATALOGUE = (UNDECLARED,)
_LISTS = {
    "zendesk:TicketField": "ticket_fields",
    "zendesk:OrganizationField": "organization_fields",
    "zendesk:UserField": "user_fields",
}


def undeclared_options(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    """One call for each sort of field of which the files have one with options. Not said of options that this very run
    leaves behind: the plan counts who holds them."""
    leaving = {str(each.name): each.was or {} for each in intent.changes}
    for resource in intent.resources:
        identifier = intent.ids.get(resource.name)
        if resource.type not in _LISTS or resource.mode != "managed" or not identifier or not _values(resource.payload):
            continue
        live = next((one for one in account.listed(_LISTS[resource.type]) if str(one["id"]) == identifier), {})
        known = _values(resource.payload) | _values(leaving.get(resource.name, {}))
        known |= set((resource.notes.get(FORMER) or {}).values())
        names = [_name(one) for one in live.get(OPTIONS) or () if str(one["value"]) not in known]
        if names:
            shown = some([f"“{name}”" for name in names])
            what = "options" if len(names) > 1 else "the option"
            title = live.get("raw_title") or live.get("title")
            message = f"“{title}” has in Zendesk {what} {shown}, which these files do not name"
            ours = {_name(one).casefold() for one in resource.payload.get(OPTIONS) or ()}
            twice = [f"“{name}”" for name in names if name.casefold() in ours]
            hint = f"{some(twice)}: {_TWICE}" if twice else ""
            yield intent.found(UNDECLARED, resource.named, message, hint, path=("options",))


def _values(payload: dict[str, Any]) -> set[str]:
    return {str(each["value"]) for each in payload.get(OPTIONS) or ()}


def _name(option: dict[str, Any]) -> str:
    return str(option.get("raw_name") or option.get("name"))


QUESTIONS = (Question("which options its fields have", undeclared_options),)
