"""Contacts, admins, companies and teams, each as a record.

Source: developers.intercom.com, “Contacts”, “Admins”, “Companies”, “Teams”.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from migrations.records.group import Group
from migrations.records.organization import Organization
from migrations.records.person import Person
from migrations.sources.intercom.values import Document, identifier, inner, line, moment, text, values

_OF_CONTACTS = ("role", "external_id", "signed_up_at", "last_seen_at")
_IF_TRUE = ("unsubscribed_from_emails", "has_hard_bounced", "marked_email_as_spam")
_TIMES = frozenset({"signed_up_at", "last_seen_at", "last_request_at", "remote_created_at"})
_OF_COMPANIES = ("company_id", "website", "industry", "size", "monthly_spend", "remote_created_at")


@dataclass(frozen=True)
class Belongings:
    """What belongs to a contact, beside its own document. company: the id of the first; the others by their names."""

    company: str = ""
    more_companies: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    notes: str = ""


def contact(
    document: Document, belongings: Belongings, own: Callable[[str], bool], dates: Collection[str], now: datetime
) -> Person:
    """A user or a lead. own: whether an address is one of the client's own people's. dates: the names of attributes
    that are times. Raises KeyError without an id."""
    email = text(document.get("email")).strip().lower()
    place = document.get("location")
    held = {name: document.get(name) for name in _OF_CONTACTS}
    held |= {name: True for name in _IF_TRUE if document.get(name) is True}
    if isinstance(place, dict):
        held |= {name: place.get(name) for name in ("country", "city")}
    held["more_companies"] = [*belongings.more_companies]
    return Person(
        id=_id(document),
        name=line(document.get("name")),
        email=email,
        phone=text(document.get("phone")).strip(),
        side="team" if email and own(email) else "customer",
        organization=belongings.company,
        language=text(document.get("language_override")),
        notes=belongings.notes,
        tags=belongings.tags,
        values={**values(held, _TIMES), **values(document.get("custom_attributes"), dates)},
        created=moment(document.get("created_at"), now),
    )


def admin(document: Document) -> Person:
    """Raises KeyError without an id."""
    return Person(
        id=_id(document),
        name=line(document.get("name")),
        email=text(document.get("email")).strip().lower(),
        side="team",
        values=values({"job_title": document.get("job_title")}),
    )


def company(document: Document, dates: Collection[str], now: datetime) -> Organization:
    """dates: the names of attributes that are times. Raises KeyError without an id."""
    plan = document.get("plan")
    held = {name: document.get(name) or None for name in _OF_COMPANIES}
    held["plan"] = plan.get("name") if isinstance(plan, dict) else plan
    tags = (text(each.get("name")).strip() for each in inner(document, "tags", "tags"))
    return Organization(
        id=_id(document),
        name=line(document.get("name")),
        tags=tuple(dict.fromkeys(each for each in tags if each)),
        values={**values(held, _TIMES), **values(document.get("custom_attributes"), dates)},
        created=moment(document.get("created_at"), now),
    )


def team(document: Document) -> Group:
    """Raises KeyError without an id."""
    return Group(id=_id(document), name=line(document.get("name")))


def _id(document: Document) -> str:
    found = identifier(document.get("id"))
    if not found:
        raise KeyError("id")
    return found
