"""Whoever writes, asks or is assigned, by the id of a person.

Source: developers.intercom.com, “Conversation part author”: a contact, an admin, a bot or a team, with name and address
as far as there are any. The id of a contact that was merged into another one stays in what it wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import parseaddr
from functools import lru_cache
from typing import Any, Literal

from migrations.records.person import Person
from migrations.records.ticket import MOST_COPIED
from migrations.sources.gathering import Gathering
from migrations.sources.intercom.values import Document, identifier, line, text
from migrations.sources.source import Reading

Side = Literal["customer", "team", "tool"]
CONTACTS = frozenset({"user", "lead", "contact", "visitor"})
ADMIN, BOT = "admin", "bot"
_NAMED = """
INSERT INTO intercom_named VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
  name = CASE WHEN name = '' THEN excluded.name ELSE name END,
  email = CASE WHEN email = '' THEN excluded.email ELSE email END
"""
BY_ADDRESS = "mail-"
"""So begin the ids of people who are known by an address only."""


def kind_of(author: Any) -> str:
    """Which sort of author it is, in the vendor's word; empty for none."""
    return text(author.get("type")) if isinstance(author, dict) else ""


class Authors:
    """Finds them in the staging, or puts somebody into a gathering."""

    def __init__(self, reading: Reading, gathering: Gathering) -> None:
        self._database = reading.staging.database
        self._own = lru_cache(maxsize=50_000)(reading.own)
        self._gathering = gathering
        self._is_known = lru_cache(maxsize=50_000)(self._stands)
        self._made: set[str] = set()

    def author(self, said: Any, *, is_customer: bool) -> str:
        """Who wrote something. is_customer: on whose side somebody would be whom the vendor does not name."""
        document: Document = said if isinstance(said, dict) else {}
        kind, number = kind_of(document), identifier(document.get("id"))
        if kind == BOT:
            return self._somebody(number or BOT, line(document.get("name")) or "Bot of Intercom", "tool")
        if kind == "team" and number:
            return self._somebody(f"team-{number}", line(document.get("name")) or f"Team {number}", "team")
        if not number:
            return self._unnamed(document, is_customer=is_customer)
        return self._person(number, kind, document)

    def contacts(self, listed: Sequence[Document], ticket: str) -> tuple[str, ...]:
        """Customers of a ticket of whom only the ids are said; not more than `MOST_COPIED` beside the first."""
        if len(listed) > 1 + MOST_COPIED:
            self._gathering.remark("tickets", ticket, "many receivers", f"{len(listed)}; {MOST_COPIED} are kept")
        found = ((identifier(each.get("id")), each) for each in listed[: 1 + MOST_COPIED])
        return tuple(dict.fromkeys(self._person(number, "contact", each) for number, each in found if number))

    def assignee(self, said: Any) -> str:
        number = identifier(said)
        return self._person(number, ADMIN, {}) if number else ""

    def addressed(self, name: str, said: str) -> str:
        """Who has an address; empty where it is none, or one of the client's own."""
        address = parseaddr(said)[1].strip().lower()
        if "@" not in address or self._own(address):
            return ""
        found = self._by_address(address)
        if found:
            return found
        number = f"{BY_ADDRESS}{address}"
        self._gathering.add(Person(id=number, name=line(name), email=address))
        return number

    def _person(self, number: str, kind: str, document: Document) -> str:
        if self._is_known(number):
            return number
        address = text(document.get("email")).strip().lower()
        found = self._by_address(address) if kind in CONTACTS and address else ""
        if found:
            self._gathering.remark("people", number, "merged into another contact, found by the address", found)
            return found
        self._gathering.note(_NAMED, number, kind, line(document.get("name")), address)
        return number

    def _unnamed(self, document: Document, *, is_customer: bool) -> str:
        found = self._by_address(text(document.get("email")).strip().lower())
        if found:
            return found
        side: Side = "customer" if is_customer else "team"
        who = "Customer" if is_customer else "Colleague"
        return self._somebody(f"unnamed-{side}", f"{who} whom Intercom does not name", side)

    def _somebody(self, number: str, name: str, side: Side) -> str:
        """Whom no list has: the first name that is met stays."""
        if number not in self._made and not self._is_known(number):
            self._made.add(number)
            self._gathering.add(Person(id=number, name=name, side=side, active=False))
        return number

    def _stands(self, number: str) -> bool:
        asked = "SELECT 1 FROM people WHERE id = ?"
        return self._database.execute(asked, (number,)).fetchone() is not None

    def _by_address(self, address: str) -> str:
        asked = f"SELECT id FROM people WHERE email = ? AND id NOT LIKE '{BY_ADDRESS}%' ORDER BY id LIMIT 1"
        row = self._database.execute(asked, (address,)).fetchone() if address else None
        return str(row[0]) if row else ""
