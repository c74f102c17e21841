"""What rules send: mails to people, calls to webhooks and targets. Nothing leaves the sandbox; all of it is kept,
and calls of webhooks reach the stand-ins that are here (`webhook_invocations`).

Source: developer.zendesk.com, “Actions reference”; support.zendesk.com, “About email notifications” and “Adding
support addresses” (a mail comes from the address at which the ticket was received).
"""

from __future__ import annotations

from typing import Any

from sandbox.store import Row
from sandbox.zendesk.account import Account
from sandbox.zendesk.actor import is_agent
from sandbox.zendesk.encoded_ids import encoded_id, mail_id
from sandbox.zendesk.subject_facts import person, user
from sandbox.zendesk.ticket_placeholders import text_for, texts_for
from sandbox.zendesk.ticket_update import TicketUpdate
from sandbox.zendesk.via import rule_via

CALLS = "_webhook_calls"
WAITING = "_webhook_calls_waiting"
"""Those that nobody has carried yet."""
MOST_CALLS = 10_000


def notify_user(update: TicketUpdate, rule: Row, value: list[Any]) -> None:
    """`[who, subject, body]`: a user's id, or a word for the people of the ticket."""
    who = str(value[0])
    kind = "NotificationWithCcs" if who == "requester_and_ccs" else "Notification"
    _send(update, rule, _people(update, who), value, kind)


def notify_group(update: TicketUpdate, rule: Row, value: list[Any]) -> None:
    """`[group id or group_id, subject, body]`: everybody in the group."""
    key = update.row["group_id"] if str(value[0]) in ("group_id", "current_groups") else value[0]
    memberships = update.account.rows("group_memberships").values()
    members = [user(update.account, one["user_id"]) for one in memberships if str(one["group_id"]) == str(key)]
    _send(update, rule, [one for one in members if one], value, "Notification")


def _people(update: TicketUpdate, who: str) -> list[Row]:
    if who == "all_agents":
        return [one for one in update.account.rows("users").values() if is_agent(one)]
    keys: list[Any] = [update.row["requester_id"] if who == "requester_and_ccs" else person(update, who)]
    if who == "requester_and_ccs":
        keys += update.row["email_cc_ids"]
    found = [user(update.account, key) for key in dict.fromkeys(keys)]
    return [one for one in found if one]


def sender(account: Account, ticket: Row) -> Row:
    """The support address from which mails of a ticket come: where it was received, else its brand's, the default."""
    rows = list(account.rows("recipient_addresses").values())
    received = next((one for one in rows if one["email"] == ticket["recipient"]), None)
    default = next((one for one in rows if one["default"]), None)
    of_brand = next((one for one in rows if one["brand_id"] == ticket["brand_id"]), None)
    same_brand = default is not None and default["brand_id"] == ticket["brand_id"]
    return received or (default if same_brand else of_brand) or default or {"email": "", "name": ""}


def _send(update: TicketUpdate, rule: Row, people: list[Row], value: list[Any], kind: str) -> None:
    """One mail to each of them that has an address; the audit says what was sent and to whom."""
    account, row = update.account, update.row
    readers = [one for one in people if one["active"] and one["email"] and not one["suspended"]]
    if not readers:
        return
    address, reference = sender(account, row), encoded_id(row["id"])
    texts: dict[tuple[bool, Any], list[str]] = {}
    for reader in readers:
        reads_as = (not is_agent(reader), reader["locale_id"])
        if reads_as not in texts:
            templates = [str(text or "") for text in value[1:3]]
            texts[reads_as] = texts_for(update, templates, customer=reads_as[0], locale_id=reads_as[1])
        subject, body = texts[reads_as]
        mail = account.note_mail(
            reader["email"],
            "notification",
            **{"from": address["email"]},
            from_name=address["name"],
            subject=subject,
            body=f"{body}\n\n[{reference}]",
            ticket_id=row["id"],
            rule_id=rule["id"],
            rule_title=rule["title"],
        )
        mail["message_id"] = mail_id(reference, mail["id"], f"{account.subdomain}.zendesk.com")
    subject, body = next(iter(texts.values()))
    told = {"subject": subject, "body": body, "recipients": [one["id"] for one in readers]}
    update.add_event(kind, via=rule_via(rule), **told)


def call_webhook(update: TicketUpdate, rule: Row, value: list[Any]) -> None:
    """`[webhook id, body]`: kept as it would be sent. Instead of a body, `[name, template]` pairs are a form."""
    webhook = update.account.rows("webhooks").get(str(value[0]))
    if webhook is None or webhook["status"] != "active":
        return
    body = _filled(update, value[1])
    _keep_call(update, rule, webhook, body)
    update.add_event("External", via=rule_via(rule), resource=str(webhook["id"]), body=str(body))


def call_target(update: TicketUpdate, rule: Row, value: list[Any]) -> None:
    """`[target id, message]`: a target of the old sort, of which only the message is known."""
    body = _filled(update, value[1])
    _keep_call(update, rule, {"id": str(value[0])}, body)
    update.add_event("External", via=rule_via(rule), resource=str(value[0]), body=str(body))


def _filled(update: TicketUpdate, template: Any) -> Any:
    if isinstance(template, list):
        return [_filled(update, one) for one in template]
    return text_for(update, template) if isinstance(template, str) else template


def _keep_call(update: TicketUpdate, rule: Row, webhook: Row, body: Any) -> None:
    calls = update.account.rows(CALLS)
    number = str(update.account.store.next_id("zendesk webhook calls"))
    calls[number] = {
        "id": number,
        "webhook_id": webhook["id"],
        "webhook_name": webhook.get("name"),
        "endpoint": webhook.get("endpoint"),
        "http_method": webhook.get("http_method"),
        "request_format": webhook.get("request_format"),
        "body": body,
        "ticket_id": update.row["id"],
        "rule_id": rule["id"],
        "rule_title": rule["title"],
        "created_at": update.account.now(),
        "attempt": None,
    }
    if "endpoint" in webhook:
        update.account.rows(WAITING)[number] = {"id": number}
    if len(calls) > MOST_CALLS:
        del calls[next(iter(calls))]
