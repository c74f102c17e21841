"""What belongs to somebody else, and what is gone for good."""

from __future__ import annotations

from collections.abc import Iterator

from config.findings import Finding
from provisioners.intent import ENDED, MADE, Intent
from provisioners.zendesk.asking.asked_account import AskedAccount
from provisioners.zendesk.asking.question import Question, rule_of_account

APP = rule_of_account(
    "ZD117",
    "error",
    "A webhook that belongs to an app would be changed.",
    "Only the app can change it.",
    "Change it in the app, and let go of it here:  golive release webhooks/KEY",
    source="developer.zendesk.com, “Webhooks”: `external_source`",
)
FOR_GOOD = rule_of_account(
    "ZD133",
    "warning",
    "A schedule that is on deletes records for good.",
    "Within days, and then again and again; nobody can bring them back.",
    "Look at its conditions once more; say under `x-allow` who has.",
    source="developer.zendesk.com, “Deletion Schedules”",
)
CATALOGUE = (APP, FOR_GOOD)


def webhooks(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    for each in intent.changes:
        if each.type != "zendesk:Webhook" or not each.id or each.does not in (*MADE, *ENDED):
            continue
        live = next((body for body in account.listed("webhooks") if str(body["id"]) == each.id), {})
        if live.get("external_source"):
            yield intent.found(APP, each.name, f"{each.said} belongs to an app, which made it")


_DELETED = {
    "zen:ticket": "archived tickets, with everything that customers and agents wrote in them,",
    "zen:user": "customers, with what is known of them,",
    "zen:attachment": "attachments of tickets",
    "zen:bot_only_conversation": "conversations between customers and the bot",
}


def deleting(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    """No call: said whenever a schedule that is on is made or changed."""
    for each in intent.of("zendesk:DeletionSchedule"):
        if (each.will or {}).get("active", True):
            what = _DELETED.get(str((each.will or {}).get("object")), "records")
            yield intent.found(FOR_GOOD, each.name, f"{each.said} deletes {what} for good")


QUESTIONS = (
    Question("which webhooks belong to apps", webhooks),
    Question("what is deleted", deleting),
)
