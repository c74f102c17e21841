"""Sending a mail through the server that an environment file names."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage

from config.environment import MailEntry
from provisioners.system import secret_value

TIMEOUT = 30
ONLY_TLS = 465
USUAL = 587


class NotSent(Exception):
    """The mail was not sent, or nobody knows. arrived: None where the connection broke while it was handed over; for
    good: whether another try would end in the same way."""

    def __init__(self, host: str, why: str, *, arrived: bool | None = False, for_good: bool = False) -> None:
        super().__init__(why)
        self.host = host
        self.why = why
        self.arrived = arrived
        self.for_good = for_good


def send(entry: MailEntry, message: EmailMessage) -> None:
    """Hand a mail over, on an encrypted line. Raises NotSent; SystemFault where a variable is not set."""
    host, _, port = entry.server.partition(":")
    number = int(port or USUAL)
    context = ssl.create_default_context()
    user = _value(entry.user, "the mail server's user") if entry.user else ""
    password = _value(entry.password, "the mail server's password") if entry.password else ""
    under_way = False
    try:
        server = (
            smtplib.SMTP_SSL(host, number, timeout=TIMEOUT, context=context)
            if number == ONLY_TLS
            else smtplib.SMTP(host, number, timeout=TIMEOUT)
        )
        with server:
            if number != ONLY_TLS:
                server.starttls(context=context)
            if user and password:
                server.login(user, password)
            under_way = True
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        raise NotSent(host, str(refused), for_good=all(code >= 500 for code in codes)) from refused
    except smtplib.SMTPResponseException as refused:
        raise NotSent(host, str(refused), for_good=under_way and refused.smtp_code >= 500) from refused
    except (OSError, smtplib.SMTPException) as broken:
        raise NotSent(host, str(broken), arrived=None if under_way else False) from broken


def _value(said: str, what: str) -> str:
    return secret_value(said, what, sandbox=False) if said.startswith("env:") else said
