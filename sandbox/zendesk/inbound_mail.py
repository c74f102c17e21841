"""Mail that arrives: a new ticket, a customer's comment on one, or nothing of the sort.

Source: support.zendesk.com, “How are incoming emails threaded to tickets?”, “Adding support addresses” and
“Forwarding incoming email”; developer.zendesk.com, “Cause of suspension reference”.
"""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses
from typing import Any

from sandbox.store import Row
from sandbox.zendesk.account import Account
from sandbox.zendesk.actor import is_agent
from sandbox.zendesk.customers import named_customer
from sandbox.zendesk.encoded_ids import referred_tickets
from sandbox.zendesk.endpoint import ApiCall
from sandbox.zendesk.refusals import Refused
from sandbox.zendesk.settings import settings_row
from sandbox.zendesk.suspended_tickets import suspend
from sandbox.zendesk.ticket_comments import text_of_html
from sandbox.zendesk.tickets import TICKETS
from sandbox.zendesk.users import user_of_address
from sandbox.zendesk.via import MAIL, via

KNOWN_IDS = "_mail_ids"
"""`Message-ID` of mails that arrived → their tickets."""
_QUOTE_HEAD = re.compile(r"\n[^\n]*(?:wrote|schrieb|a écrit|escribió)[^\n]*:\s*\n(?=\s*>)")
_DELIMITER = "##- Please type your reply above this line -##"


def receive(account: Account, raw: bytes, envelope: list[str]) -> Row:
    """Take a mail as RFC 5322 has it. envelope: to whom it was handed over; empty for those whom its head names.

    The answer's `result` is `ticket`, `comment`, `suspended` (with the vendor's `cause`) or `bounced` (with `why`).
    """
    mail = message_from_bytes(raw, policy=default)
    sender = next(iter(_addresses(mail, "from")), ("", ""))
    if not sender[1]:
        return {"result": "bounced", "why": "The mail has no sender."}
    named = _addresses(mail, "to", "cc", "delivered-to", "x-forwarded-to")
    handed = [one.lower() for one in envelope] or [address for _, address in named]
    handed += [str(to).lower() for to in (_forwards(account).get(one) for one in list(handed)) if to]
    reached = _reached(account, handed)
    if reached is None:
        return {"result": "bounced", "why": f"{', '.join(handed) or 'Nobody'} is no support address of this account."}
    call = ApiCall(account, "POST", "sandbox/mail")
    body = _text(mail)
    cause = _suspension(account, mail, sender[1], body)
    if cause:
        suspend(account, str(mail["subject"] or ""), body, sender, cause, _reached(account, handed) or "")
        return {"result": "suspended", "cause": cause}
    received = _received_at(account, named, reached)
    try:
        author = named_customer(call, {"name": sender[0], "email": sender[1]})
        call.author = author
        call.via = via(MAIL, *_ends(account, sender, named, received))
        call.message = {"subject": str(mail["subject"] or ""), "attachments": _attachments(account, mail)}
        ticket = _meant(account, mail, handed, body)
        if ticket is not None and ticket["status"] != "closed":
            return _comment(call, ticket, author, reply_text(body), mail)
        return _ticket(call, received, body, mail, named, ticket)
    except Refused as why:
        return {"result": "bounced", "why": str(why.body)}


def _addresses(mail: EmailMessage, *names: str) -> list[tuple[str, str]]:
    headers = [str(one) for name in names for one in mail.get_all(name, [])]
    return [(name, address.strip().lower()) for name, address in getaddresses(headers) if "@" in address]


# Where it arrives


def _forwards(account: Account) -> dict[str, str]:
    """The setting `forwards`: which other mailboxes forward to which support address."""
    given = account.settings.get("forwards")
    return {str(name).lower(): str(to) for name, to in given.items()} if isinstance(given, dict) else {}


def _own_host(account: Account) -> str:
    return f"@{account.subdomain}.zendesk.com"


def _reached(account: Account, handed: list[str]) -> str | None:
    """The address by which the mail comes in: one that is listed, or any at the account's own host."""
    listed = {row["email"] for row in account.rows("recipient_addresses").values()}
    for address in handed:
        plain = re.sub(r"\+id[\w-]+@", "@", address)
        if plain in listed:
            return plain
    wild = settings_row(ApiCall(account, "GET", "account/settings"))["email"]["accept_wildcard_emails"]
    return next((one for one in handed if wild and one.endswith(_own_host(account))), None)


def _received_at(account: Account, named: list[tuple[str, str]], reached: str) -> str:
    """What the ticket shows as its recipient: the listed address that the customer wrote to, else where it came in."""
    listed = {row["email"] for row in account.rows("recipient_addresses").values()}
    return next((address for _, address in named if address in listed), reached)


def _ends(account: Account, sender: tuple[str, str], named: list[tuple[str, str]], received: str) -> tuple[Row, Row]:
    rows = account.rows("recipient_addresses").values()
    name = next((row["name"] for row in rows if row["email"] == received), None)
    recipients = [address for _, address in named]
    return (
        {"address": sender[1], "name": sender[0] or sender[1], "original_recipients": recipients},
        {"address": received, "name": name or str(account.settings.get("name", "Sandbox"))},
    )


def _suspension(account: Account, mail: EmailMessage, sender: str, body: str) -> str | None:
    """Why the vendor would keep it back, in its own words; None where it would not."""
    if str(mail.get("auto-submitted", "no")).lower() != "no":
        return "auto_mailer"
    if any(row["email"] == sender for row in account.rows("recipient_addresses").values()):
        return "loop"
    known = user_of_address(account, sender)
    if known is not None and known["suspended"]:
        return "blocklisted"
    return None if body.strip() or mail["subject"] else "blank"


# What it says


def _text(mail: EmailMessage) -> str:
    part = mail.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        content = str(part.get_content())
    except (LookupError, KeyError):
        content = (part.get_payload(decode=True) or b"").decode("utf-8", "replace")  # type: ignore[union-attr]
    content = content.replace("\r\n", "\n")
    return (text_of_html(content) if part.get_content_subtype() == "html" else content).strip()


def reply_text(body: str) -> str:
    """An answer without the mail that it quotes."""
    text = body.partition(_DELIMITER)[0]
    head = _QUOTE_HEAD.search(f"\n{text}")
    if head:
        text = text[: max(0, head.start() - 1)] if head.start() else ""
    lines = text.rstrip().split("\n")
    while lines and (lines[-1].lstrip().startswith(">") or not lines[-1].strip()):
        lines.pop()
    return "\n".join(lines).strip() or body


def _attachments(account: Account, mail: EmailMessage) -> list[Row]:
    found: list[Row] = []
    for part in mail.iter_attachments():
        content: Any = part.get_payload(decode=True) or b""
        key = account.new_id()
        found.append(
            {
                "id": key,
                "file_name": part.get_filename() or "attachment",
                "content_type": part.get_content_type(),
                "content_url": f"https://{account.subdomain}.zendesk.com/attachments/token/{key}",
                "size": len(content),
                "inline": part.get_content_disposition() == "inline",
            }
        )
    return found


# Which ticket


def _meant(account: Account, mail: EmailMessage, handed: list[str], body: str) -> Row | None:
    """The ticket that it answers, by its head, by the address that it was sent to, by the reference in its text."""
    headers = " ".join(str(one) for name in ("in-reply-to", "references") for one in mail.get_all(name, []))
    known = account.rows(KNOWN_IDS)
    numbers = [known[one]["ticket_id"] for one in re.findall(r"<[^<>]+>", headers) if one in known]
    numbers += referred_tickets(headers, " ".join(handed), body)
    tickets = account.rows("tickets")
    return next((tickets[str(one)] for one in numbers if str(one) in tickets), None)


def _remember(account: Account, mail: EmailMessage, ticket: Row) -> None:
    key = str(mail["message-id"] or "").strip()
    if key:
        account.rows(KNOWN_IDS)[key] = {"id": key, "ticket_id": ticket["id"]}


def _ticket(
    call: ApiCall, received: str, body: str, mail: EmailMessage, named: list[tuple[str, str]], closed: Row | None
) -> Row:
    """A new one. closed: the closed ticket that it follows up."""
    author = call.author or {}
    copied = {address for _, address in _addresses(mail, "cc")}
    own = {row["email"] for row in call.account.rows("recipient_addresses").values()} | {author.get("email")}
    sent: Row = {
        "subject": str(mail["subject"] or "").strip() or None,
        "comment": {"body": body or str(mail["subject"])},
        "recipient": received,
        "email_ccs": [{"user_email": one} for one in sorted(copied - own) if not one.endswith(_own_host(call.account))],
    }
    if closed is not None and call.via is not None:
        call.via["source"]["rel"] = "follow_up"
        call.via["source"]["from"] |= {"ticket_id": closed["id"], "subject": closed["subject"]}
    row = TICKETS.create(call, {name: value for name, value in sent.items() if value is not None})
    _remember(call.account, mail, row)
    return {"result": "ticket", "ticket_id": row["id"], "requester_id": row["requester_id"], "recipient": received}


def _comment(call: ApiCall, ticket: Row, author: Row, body: str, mail: EmailMessage) -> Row:
    """What somebody says who is not on the ticket is kept aside from the customer."""
    on_it = author["id"] == ticket["requester_id"] or author["id"] in ticket["email_cc_ids"]
    if call.message is not None:
        call.message["aside"] = not on_it and not is_agent(author)
    row = TICKETS.update(call, ticket, {"comment": {"body": body or str(mail["subject"])}})
    _remember(call.account, mail, row)
    comment = row["_comments"][-1]
    return {"result": "comment", "ticket_id": row["id"], "comment_id": comment["id"], "public": comment["public"]}
