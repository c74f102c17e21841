"""Customers as they become known: by the address of a mail, or as somebody names them in a ticket."""

from __future__ import annotations

from typing import Any

from sandbox.store import Row
from sandbox.zendesk.account import Account
from sandbox.zendesk.endpoint import ApiCall
from sandbox.zendesk.refusals import invalid
from sandbox.zendesk.users import USERS, user_of_address


def named_customer(call: ApiCall, given: Any) -> Row:
    """The user whom `{name, email, locale_id}` means, made where nobody has the address. Raises `Refused` (422)."""
    if not isinstance(given, dict):
        raise invalid("requester", "is invalid")
    email = str(given.get("email") or "")
    known = user_of_address(call.account, email)
    if known is not None:
        return known
    sent: Row = {"name": given.get("name") or email.partition("@")[0] or email, "email": email, "verified": True}
    if given.get("locale_id"):
        sent["locale_id"] = given["locale_id"]
    return USERS.create(call, {**sent, "organization_id": _organization(call.account, email)})


def _organization(account: Account, email: str) -> int | None:
    """A new customer belongs to the organization that has the domain of the address."""
    domain = email.rpartition("@")[2].lower()
    for row in account.rows("organizations").values():
        if domain and domain in row["domain_names"]:
            return int(row["id"])
    return None


def copied_in(call: ApiCall, given: list[Any], old: list[int]) -> list[int]:
    """Ids after a change of who is copied in: `[{user_id | user_email, user_name, action: put | delete}]`, or ids.

    Source: developer.zendesk.com, “Creating and managing tickets”, setting email CCs and followers.
    """
    ids = list(old)
    for one in given:
        action = str(one.get("action") or "put") if isinstance(one, dict) else "put"
        user = _meant(call, one)
        if user is None:
            continue
        if action == "delete":
            ids = [key for key in ids if key != user["id"]]
        elif user["id"] not in ids:
            ids.append(user["id"])
    return ids


def _meant(call: ApiCall, one: Any) -> Row | None:
    if isinstance(one, dict):
        if one.get("user_id"):
            return call.account.rows("users").get(str(one["user_id"]))
        email = str(one.get("user_email") or one.get("email") or "")
        if "@" not in email:
            return None
        return named_customer(call, {"name": one.get("user_name") or one.get("name"), "email": email})
    text = str(one)
    if "@" in text:
        return named_customer(call, {"email": text})
    return call.account.rows("users").get(text)
