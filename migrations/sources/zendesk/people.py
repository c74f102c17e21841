"""Users and organizations of an old Zendesk.

Source: developer.zendesk.com, “Users” and “Organizations”.
"""

from __future__ import annotations

from typing import Literal

from migrations.records.organization import Organization
from migrations.records.person import Person
from migrations.sources.zendesk.account import OldAccount
from migrations.sources.zendesk.json_values import Body, moment, one_line, text, texts_in

TEAM = ("agent", "admin")
OWN_ROBOT = "Zendesk"
"""Whose id is below zero: the vendor's own doings stand there."""


def person_of(body: Body, account: OldAccount) -> Person:
    """Somebody who is deleted or suspended is no longer active, and stays as the author of what they wrote."""
    identifier = text(body.get("id"))
    return Person(
        id=identifier,
        name=one_line(body.get("name")),
        email=one_line(body.get("email")).lower(),
        phone=one_line(body.get("phone")),
        side=_side(identifier, text(body.get("role"))),
        organization=text(body.get("organization_id")),
        active=body.get("active") is not False and body.get("suspended") is not True,
        language=text(body.get("locale")),
        notes="\n\n".join(each for each in (text(body.get("details")), text(body.get("notes"))) if each),
        tags=texts_in(body.get("tags")),
        values=account.person_values(body),
        created=moment(body.get("created_at")),
    )


def robot(identifier: str) -> Person:
    """Who wrote what the vendor itself has written."""
    return Person(id=identifier, name=OWN_ROBOT, side="tool")


def is_robot(identifier: str) -> bool:
    return identifier.startswith("-")


def _side(identifier: str, role: str) -> Literal["customer", "team", "tool"]:
    if is_robot(identifier):
        return "tool"
    return "team" if role in TEAM else "customer"


def organization_of(body: Body, account: OldAccount) -> Organization:
    return Organization(
        id=text(body.get("id")),
        name=one_line(body.get("name")),
        domains=tuple(each.lower() for each in texts_in(body.get("domain_names"))),
        notes="\n\n".join(each for each in (text(body.get("details")), text(body.get("notes"))) if each),
        tags=texts_in(body.get("tags")),
        values=account.organization_values(body),
        created=moment(body.get("created_at")),
    )
