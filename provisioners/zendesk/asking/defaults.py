"""What there is always one of: the default form, status and brand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from config.findings import Finding
from provisioners.intent import Intent, PlannedChange
from provisioners.zendesk.asking.asked_account import AskedAccount
from provisioners.zendesk.asking.question import Question, rule_of_account

ANOTHER = rule_of_account(
    "ZD107",
    "warning",
    "Another form becomes the default.",
    "Tickets that name no form, such as those by mail, have another one from then on.",
    "Nothing, if it is meant; say so under `x-allow`.",
    source="developer.zendesk.com, “Ticket Forms”",
)
STATUS_FIELD = rule_of_account(
    "ZD121",
    "warning",
    "A form names the status field, and the account has ticket statuses of its own.",
    "Zendesk takes the field out of forms then, so that it would differ for ever.",
    "Leave `status` out of `fields`: agents see it all the same.",
    source="a client that has lived with it for years",
)
OFF = rule_of_account(
    "ZD131",
    "error",
    "The default form, brand, or status of a category would be switched off.",
    "There is always one, and Zendesk refuses to switch it off.",
    "Make another one the default first (`default: true`).",
    source="developer.zendesk.com, “Ticket Forms”, “Brands”, “Custom ticket statuses”",
)
CATALOGUE = (ANOTHER, STATUS_FIELD, OFF)


def another_form(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    for each in intent.of("zendesk:DefaultForm"):
        form = str(intent.resolved(each.will or {}).get("form_id"))
        now = next((one for one in account.listed("ticket_forms", cursor=False) if one.get("default")), None)
        if now is not None and str(now["id"]) != form:
            message = f"the default form is “{now.get('name')}”, and would be this one from then on"
            yield intent.found(ANOTHER, each.name, message, path=("default",))


def status_field(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    forms = [each for each in intent.of("zendesk:TicketForm") if "status" in (each.will or {})["ticket_field_ids"]]
    if forms and account.settings("tickets").get("custom_statuses_enabled"):
        for each in forms:
            message = "the account has ticket statuses of its own, and forms without the status field"
            yield intent.found(STATUS_FIELD, each.name, message, path=("fields",))


def switched_off(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    """A default that moves in the same run moves before."""
    for each in _going_off(intent, "zendesk:CustomStatus"):
        live = _live(each, account.listed("custom_statuses", cursor=False), "agent_label")
        category = str(live.get("status_category"))
        if live.get("default") and category not in {"hold", *_categories_with_another(intent, each)}:
            yield _off(intent, each, "the default of its category")
    for type_, path, default in (
        ("zendesk:Brand", "brands", "zendesk:DefaultBrand"),
        ("zendesk:TicketForm", "ticket_forms", "zendesk:DefaultForm"),
    ):
        moves = any(each.name.key for each in intent.of(default))
        for each in _going_off(intent, type_) if not moves else ():
            if _live(each, account.listed(path, cursor=path == "brands"), "name").get("default"):
                yield _off(intent, each, "the default one")


def _going_off(intent: Intent, type_: str) -> list[PlannedChange]:
    """What is declared as switched off, or is switched off as it leaves the files."""
    return [each for each in intent.changes if each.type == type_ and _ends_off(each)]


def _ends_off(change: PlannedChange) -> bool:
    declared_off = change.does in ("create", "update") and (change.will or {}).get("active") is False
    return change.does == "switch_off" or declared_off


def _live(change: PlannedChange, bodies: list[dict[str, Any]], label: str) -> dict[str, Any]:
    """By its id; what is not ours yet, by its name."""
    if change.id:
        return next((body for body in bodies if str(body["id"]) == change.id), {})
    name = str((change.will or {}).get(label)).casefold()
    return next((body for body in bodies if str(body.get(label)).casefold() == name), {})


def _categories_with_another(intent: Intent, off: PlannedChange) -> set[str]:
    """Categories in which another status becomes the default in this run."""
    moving = {each.name.main for each in intent.of("zendesk:DefaultStatus")} - {off.name.main}
    items = (intent.declared.get(name.kind, name.key) for name in moving)
    return {str(item.value.category) for item in items if item}


def _off(intent: Intent, each: PlannedChange, said: str) -> Finding:
    return intent.found(OFF, each.name, f"{each.said} is {said}, and would be switched off")


QUESTIONS = (
    Question("which form is the default one", another_form),
    Question("whether it has ticket statuses of its own", status_field),
    Question("which form, brand and statuses are the default ones", switched_off),
)
