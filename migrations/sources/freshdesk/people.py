"""Contacts, agents, companies and groups, each as a record.

Source: developers.freshdesk.com/api, the sections of these names. An agent's id is the one that tickets and
conversations name. The account export calls a contact's company `customer_id` and writes a company's domains in one
text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from migrations.records.group import Group
from migrations.records.organization import Organization
from migrations.records.person import Person
from migrations.sources.freshdesk.values import identifier, inner, listed, moment, text, values, words

Document = Mapping[str, Any]
_OF_CONTACTS = ("job_title", "address", "twitter_id", "facebook_id", "unique_external_id", "external_id")
_OF_COMPANIES = ("health_score", "account_tier", "renewal_date", "industry")


def contact(document: Document, own: Callable[[str], bool], now: datetime) -> Person:
    """own: whether an address is one of the client's own people's."""
    email = text(document.get("email")).strip().lower()
    more = [text(each).strip().lower() for each in listed(document, "other_emails")]
    phones = [text(document.get(name)).strip() for name in ("phone", "mobile")]
    held = {name: document.get(name) for name in _OF_CONTACTS}
    if all(phones):
        held["mobile"] = phones[1]
    company = document.get("company_id", document.get("customer_id"))
    return Person(
        id=identifier(document["id"]),
        name=text(document.get("name")).strip(),
        email=email,
        more_emails=tuple(dict.fromkeys(each for each in more if each and each != email)),
        phone=next((each for each in phones if each), ""),
        side="team" if email and own(email) else "customer",
        organization=identifier(company),
        active=not (document.get("deleted") or document.get("blocked")),
        language=text(document.get("language")),
        notes=text(document.get("description")),
        tags=words(document.get("tags")),
        values=values({**held, **_custom(document)}),
        created=moment(document.get("created_at"), now),
    )


def agent(document: Document, now: datetime) -> Person:

    said = inner(document, "contact") or document
    return Person(
        id=identifier(document["id"]),
        name=text(said.get("name")).strip(),
        email=text(said.get("email")).strip().lower(),
        phone=text(said.get("phone") or said.get("mobile")),
        side="team",
        active=not document.get("deleted") and said.get("active") is not False,
        language=text(said.get("language")),
        values=values({"job_title": said.get("job_title")}),
        created=moment(document.get("created_at"), now),
    )


def company(document: Document, now: datetime) -> Organization:

    domains = document.get("domains") or []
    listed = domains.split(",") if isinstance(domains, str) else domains
    held = {name: document.get(name) for name in _OF_COMPANIES}
    notes = [text(document.get(name)).strip() for name in ("description", "note")]
    return Organization(
        id=identifier(document["id"]),
        name=text(document.get("name")).strip(),
        domains=tuple(each.lower() for each in words(listed)),
        notes="\n\n".join(each for each in notes if each),
        values=values({**held, **_custom(document)}),
        created=moment(document.get("created_at"), now),
    )


def group(document: Document) -> Group:

    return Group(id=identifier(document["id"]), name=text(document.get("name")).strip())


def _custom(document: Document) -> Document:
    return inner(document, "custom_fields") or inner(document, "custom_field")
