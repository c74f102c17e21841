"""The reference to a ticket that outgoing mails carry, `1G7EOR-0Q2J`, by which replies find their ticket.

It stands in the mail's id, in square brackets at its end, and may stand in the address that answers go to. Source:
support.zendesk.com, “How are incoming emails threaded to tickets?”. How the vendor makes it is not public.
"""

from __future__ import annotations

import re

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SIZE = 36**10
_FACTOR = 2_718_281_828_459_045  # shares no divisor with the size, so that every number has a reference of its own
_BACK = pow(_FACTOR, -1, _SIZE)
_IN_BRACKETS = re.compile(r"\[([0-9A-Z]{6}-[0-9A-Z]{4})\]")
_IN_ADDRESS = re.compile(r"\+id([0-9A-Za-z]{6}-?[0-9A-Za-z]{4})@")
_IN_MAIL_ID = re.compile(r"<([0-9A-Z]{10})_[^@<>]*_sprut@")


def encoded_id(ticket_id: int) -> str:
    """The reference of a ticket."""
    number, letters = ticket_id * _FACTOR % _SIZE, ""
    for _ in range(10):
        number, rest = divmod(number, 36)
        letters = ALPHABET[rest] + letters
    return f"{letters[:6]}-{letters[6:]}"


def ticket_of(reference: str) -> int:
    """The number of the ticket that a reference means."""
    number = 0
    for letter in reference.upper().replace("-", ""):
        number = number * 36 + ALPHABET.index(letter)
    return number * _BACK % _SIZE


def mail_id(reference: str, mail: str, host: str) -> str:
    """The `Message-ID` of an outgoing mail."""
    return f"<{reference.replace('-', '')}_{mail}_sprut@{host}>"


def referred_tickets(headers: str, addresses: str, text: str) -> list[int]:
    """Tickets to which a mail refers, the surest first: by the ids in its headers, by its addresses, in its text."""
    found = [*_IN_MAIL_ID.findall(headers), *_IN_ADDRESS.findall(addresses), *_IN_BRACKETS.findall(text)]
    return [ticket_of(reference) for reference in found]
