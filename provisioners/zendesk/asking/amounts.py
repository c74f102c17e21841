"""How many of something an account takes, and how many there are already."""

from __future__ import annotations

from collections.abc import Iterator

from config.findings import Finding
from provisioners.intent import Intent, PlannedChange
from provisioners.zendesk.asking.asked_account import AskedAccount
from provisioners.zendesk.asking.question import Question, rule_of_account
from provisioners.zendesk.plans import TRIAL, brands_of
from provisioners.zendesk.seat_changes import seat_changes
from provisioners.zendesk.seats import TEAM, has_seat

SEATS = rule_of_account(
    "ZD104",
    "warning",
    "More people would have a seat than the client pays for.",
    "The bill grows, or Zendesk refuses the last ones.",
    "Ask who pays, and correct `seats:` in the environment file; or invite fewer.",
    source="`seats:` in the environment file: no list of the vendor's tells how many are paid for",
)
WEBHOOKS = rule_of_account(
    "ZD122",
    "error",
    "A trial account would have more than ten webhooks.",
    "The eleventh is refused.",
    "Leave some out until the account is bought.",
    source="developer.zendesk.com, “Webhooks”: ten in a trial",
)
TOO_MANY = rule_of_account(
    "ZD129",
    "error",
    "There would be more brands or custom objects than the account takes.",
    "The ones above the limit are refused.",
    "Leave some out, or take a larger plan.",
    source="the account's own limit of custom objects; support.zendesk.com, “Setting up multiple brands”",
    excused=True,
)
SECOND_SCHEDULE = rule_of_account(
    "ZD134",
    "warning",
    "More than one deletion schedule would be on for one sort of record.",
    "Zendesk takes one, and more only with an add-on.",
    "Put both into one schedule, or say under `x-allow` that the add-on is there.",
    source="support.zendesk.com, “Managing deletion schedules”",
)
CATALOGUE = (SEATS, WEBHOOKS, TOO_MANY, SECOND_SCHEDULE)
IN_TRIAL = 10
"""Webhooks of a trial account."""


def seats(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    """What the run gives back makes room."""
    changes = seat_changes(intent)
    if account.seats is None or not changes.taken:
        return
    there = sum(has_seat(body) for role in TEAM for body in account.listed("users", role=role))
    for number, each in enumerate(changes.taken, start=there - len(changes.given_back) + 1):
        if number > account.seats:
            message = f"with {each.said} {number} people have a seat, and {account.seats} are paid for"
            yield intent.found(SEATS, each.name, message)


def webhooks(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    new = [each for each in intent.of("zendesk:Webhook") if each.does == "create"]
    if account.plan == TRIAL and new:
        yield from _above(intent, new, "zendesk:Webhook", len(account.listed("webhooks")), IN_TRIAL, "webhooks")


def _above(intent: Intent, new: list[PlannedChange], type_: str, there: int, most: int, what: str) -> Iterator[Finding]:
    """The new ones beyond the limit; those that the run deletes make room."""
    rule = WEBHOOKS if type_ == "zendesk:Webhook" else TOO_MANY
    room = most - there + sum(1 for each in intent.ended(type_))
    for each in new[max(0, room) :]:
        message = f"this account takes {most} {what}, and has {there}"
        yield intent.found(rule, each.name, message)


def custom_objects(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    new = [each for each in intent.of("zendesk:CustomObject") if each.does == "create"]
    if new:
        said = account.client.get("custom_objects/limits/object_limit").body
        if isinstance(said.get("limit"), int) and isinstance(said.get("count"), int):
            yield from _above(intent, new, "zendesk:CustomObject", said["count"], said["limit"], "custom objects")


def brands(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    """How many a plan has is known; which one it is, only where the environment file says so."""
    new = [each for each in intent.of("zendesk:Brand") if each.does == "create"]
    most = brands_of(account.plan)
    if new and most is not None:
        there = [body for body in account.listed("brands") if not body.get("is_deleted")]
        yield from _above(intent, new, "zendesk:Brand", len(there), most, "brand" if most == 1 else "brands")


def deletion_schedules(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    """Schedules of ours that the run does not touch count as live ones."""
    new = [each for each in intent.of("zendesk:DeletionSchedule") if (each.will or {}).get("active", True)]
    if not new:
        return
    touched = {each.id for each in intent.changes if each.type == "zendesk:DeletionSchedule" and each.does != "release"}
    live = [
        body
        for body in account.listed("deletion_schedules", cursor=False)
        if body.get("active") and str(body["id"]) not in touched
    ]
    for number, each in enumerate(new):
        sort = intent.resolved(each.will or {}).get("object")
        others = [str(body.get("title")) for body in live if body.get("object") == sort]
        others += [other.label for other in new[:number] if intent.resolved(other.will or {}).get("object") == sort]
        if others:
            message = f"with {each.said}, {len(others) + 1} would be on for the same records; “{others[0]}” is another"
            yield intent.found(SECOND_SCHEDULE, each.name, message)


QUESTIONS = (
    Question("how many people have a seat", seats),
    Question("how many webhooks it has", webhooks),
    Question("how many custom objects it takes", custom_objects),
    Question("how many brands it has", brands),
    Question("which deletion schedules are on", deletion_schedules),
)
