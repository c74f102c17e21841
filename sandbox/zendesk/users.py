"""Users: agents and customers. Deleting is soft; creating without `skip_verify_email` sends a mail.

Source: developer.zendesk.com, “Users”; support.zendesk.com, “Deleting end users”: not one who is the requester of a
ticket that is not closed. The words of that refusal stand nowhere; these are ours.
"""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.unique import UniqueValues
from sandbox.zendesk.account import Account
from sandbox.zendesk.actor import acting_user
from sandbox.zendesk.customer_fields import known_values
from sandbox.zendesk.endpoint import ApiCall, Endpoint
from sandbox.zendesk.group_memberships import GROUP_MEMBERSHIPS
from sandbox.zendesk.groups import default_group
from sandbox.zendesk.refusals import forbidden, invalid
from sandbox.zendesk.resource import Resource, run_job
from sandbox.zendesk.seats import check_seats
from sandbox.zendesk.ticket_index import REQUESTER, tickets_with

ROLES = ("end-user", "agent", "admin")
ROLE_TYPES = {"agent": 0, "admin": 4}


def _active(call: ApiCall) -> list[Row]:
    return [row for row in call.account.rows("users").values() if row["active"]]


def _unique(account: Account) -> tuple[UniqueValues, UniqueValues]:
    """What no two users share: address and external id, capital letters aside. Who is deleted keeps the external id and
    is in nobody's way."""
    found: tuple[UniqueValues, UniqueValues] = account.store.found.setdefault(
        "zendesk users", (UniqueValues("email"), UniqueValues("external_id"))
    )
    return found


def user_of_address(account: Account, email: str) -> Row | None:
    """Who has this address; None where nobody does."""
    return _unique(account)[0].holder(account.rows("users"), email.strip())


def _of_external_id(call: ApiCall, value: str) -> Row | None:
    return _unique(call.account)[1].holder(call.account.rows("users"), value)


def _prepare(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    if row["role"] not in ROLES:
        raise invalid("role", f"{row['role']} is not one of {', '.join(ROLES)}")
    if row["role"] == "end-user":
        row["custom_role_id"] = None
    if old is not None and old["_owner"] and (row["role"] != "admin" or row["suspended"]):
        raise invalid("base", "The account's owner stays an administrator", "CannotDowngradeOwner")
    role = _role(call, row)
    email = row.get("email")
    if email:
        row["email"] = email = email.strip().lower()
        if "@" not in email:
            raise invalid("email", f"{email} is not properly formatted")
        if _unique(call.account)[0].holder(call.account.rows("users"), email, row.get("id")):
            raise invalid("email", f"{email} is already being used by another user", "DuplicateValue")
    external = row.get("external_id")
    if _unique(call.account)[1].holder(call.account.rows("users"), external, row.get("id")):
        raise invalid("external_id", "has already been taken", "DuplicateValue")
    row["user_fields"] = known_values(call, "user_fields", sent.get("user_fields"), old, "user_fields")
    row["tags"] = sorted({str(tag) for tag in row["tags"]})
    row["role_type"] = role["role_type"] if role else ROLE_TYPES.get(row["role"])
    row["shared_agent"] = False
    check_seats(call, row, old)
    skips = row.pop("skip_verify_email", None)
    if old is None:
        row["verified"] = bool(row["verified"])
        if email and not skips and not row["verified"]:
            call.account.note_mail(email, "verification")


def _role(call: ApiCall, row: Row) -> Row | None:
    """The role of an agent beyond agent and administrator. Raises `Refused`.

    Light agents are there on Growth and above, roles of the account's own on Enterprise.
    """
    if not row.get("custom_role_id"):
        return None
    role = call.account.rows("custom_roles").get(str(row["custom_role_id"]))
    own = role is None or role["role_type"] == 0
    if not call.account.plan_is_at_least("enterprise" if own else "growth"):
        raise forbidden("Custom roles need the Enterprise plan.")
    if role is None:
        raise invalid("custom_role_id", "is not a valid role")
    if role["role_type"] != 4 and row["role"] == "admin":
        raise invalid("custom_role_id", f"{role['name']} is not a role of administrators")
    return role


def _stored(call: ApiCall, row: Row, sent: Row, old: Row | None) -> None:
    """Every agent is in a group: a new one joins the default group, and who is no longer one leaves all of them.

    Source: support.zendesk.com, “Downgrading or removing an agent”: their open tickets have no assignee then.
    """
    for each in _unique(call.account):
        each.stored(row, new=old is None)
    was_agent = old is not None and old["role"] != "end-user"
    if row["role"] == "end-user" and was_agent:
        row["default_group_id"] = None
        _leave_groups(call, row)
        for ticket in call.account.rows("tickets").values():
            if ticket["assignee_id"] == row["id"] and ticket["status"] != "closed":
                ticket["assignee_id"] = None
    group = default_group(call)
    if row["role"] != "end-user" and not was_agent and group is not None:
        GROUP_MEMBERSHIPS.create(call, {"user_id": row["id"], "group_id": group["id"]})
        row["default_group_id"] = group["id"]


def _remove(call: ApiCall, resource: Resource, row: Row) -> None:
    if row["_owner"]:
        raise invalid("base", "The account's owner cannot be deleted", "CannotDeleteOwner")
    asked = tickets_with(call.account, REQUESTER, row["id"])
    if row["role"] == "end-user" and any(ticket["status"] != "closed" for ticket in asked):
        raise invalid("base", f"{row['name']} is the requester of a ticket that is not closed", "CannotDeleteRequester")
    row.update(active=False, email=None, updated_at=call.account.now())
    _leave_groups(call, row)


def _leave_groups(call: ApiCall, row: Row) -> None:
    memberships = call.account.rows("group_memberships")
    for key in [key for key, one in memberships.items() if one["user_id"] == row["id"]]:
        del memberships[key]


def _delete(call: ApiCall) -> Response:
    row = USERS.find(call, call.ids["id"])
    _remove(call, USERS, row)
    return USERS.answer(call, row)


def _present(call: ApiCall, echo: Row) -> Row:
    return {**echo, "user_fields": known_values(call, "user_fields", echo["user_fields"], None, "")}


USERS = Resource(
    path="users",
    one="user",
    many="users",
    attributes={
        "name": "text",
        "email": "text",
        "role": "text",
        "custom_role_id": "id",
        "phone": "text",
        "alias": "text",
        "details": "text",
        "notes": "text",
        "signature": "text",
        "time_zone": "text",
        "locale": "text",
        "locale_id": "id",
        "organization_id": "id",
        "external_id": "text",
        "tags": "list",
        "suspended": "flag",
        "default_group_id": "id",
        "user_fields": "object",
        "ticket_restriction": "text",
        "only_private_comments": "flag",
        "moderator": "flag",
        "restricted_agent": "flag",
        "verified": "flag",
        "skip_verify_email": "flag",
    },
    defaults={
        "email": None,
        "role": "end-user",
        "custom_role_id": None,
        "phone": None,
        "alias": None,
        "details": None,
        "notes": None,
        "signature": None,
        "time_zone": "London",
        "locale": "en-US",
        "locale_id": 1,
        "organization_id": None,
        "external_id": None,
        "tags": [],
        "suspended": False,
        "default_group_id": None,
        "user_fields": {},
        "ticket_restriction": None,
        "only_private_comments": False,
        "moderator": False,
        "restricted_agent": False,
        "verified": False,
        "last_login_at": None,
        "active": True,
        "_owner": False,
    },
    required=("name",),
    verbs=frozenset({"list", "show", "create", "update"}),
    bulk=frozenset({"show_many", "create_many", "update_many", "destroy_many"}),
    prepare=_prepare,
    stored=_stored,
    present=_present,
    listed=lambda call, row: row["active"] and _fits_role(call, row),
    remove=_remove,
    of_external_id=_of_external_id,
)


def _fits_role(call: ApiCall, row: Row) -> bool:
    asked = call.query.get("role") or call.query.get("role[]")
    return asked is None or row["role"] in asked.split(",")


def _me(call: ApiCall) -> Response:
    if not call.signed_in:
        anonymous = {"id": None, "name": "Anonymous user", "email": "invalid@example.com", "role": "end-user"}
        return JSONResponse({"user": anonymous})
    return USERS.answer(call, acting_user(call))


def _matches(row: Row, query: str) -> bool:
    """A search of the form `email:x`, `name:x`, `role:x`, or a bare word in name or email."""
    field, colon, wanted = query.strip().partition(":")
    if colon:
        value: Any = row.get(field)
        return value is not None and str(value).lower() == wanted.strip('"').lower()
    return query.lower() in f"{row['name']} {row['email'] or ''}".lower()


def _search(call: ApiCall) -> Response:
    """All terms must hold; of several addresses or external ids, one."""
    if "external_id" in call.query:
        found = _of_external_id(call, call.query["external_id"])
        return USERS.page(call, [found] if found else [])
    terms = [part for part in call.query.get("query", "").split() if part != "type:user"]
    addresses = [part.partition(":")[2].strip('"') for part in terms if part.startswith("email:")]
    others = [part for part in terms if not part.startswith("email:")]
    rows = _of_addresses(call, addresses) if addresses else _active(call)
    return USERS.page(call, [row for row in rows if all(_matches(row, part) for part in others)])


def _of_addresses(call: ApiCall, addresses: list[str]) -> list[Row]:
    found = (user_of_address(call.account, each) for each in addresses)
    return list({str(row["id"]): row for row in found if row is not None}.values())


def _known(call: ApiCall, sent: Row) -> Row | None:
    """Whom the address or the external id of what is sent means."""
    return user_of_address(call.account, str(sent.get("email") or "")) or _of_external_id(
        call, str(sent.get("external_id") or "")
    )


def _create_or_update(call: ApiCall) -> Response:
    sent = call.envelope("user")
    known = _known(call, sent)
    if known is not None:
        return USERS.answer(call, USERS.update(call, known, sent))
    return USERS.answer(call, USERS.create(call, sent), 201)


def _create_or_update_many(call: ApiCall) -> Response:
    """Only for accounts for which the vendor's support has switched it on; the setting `create_or_update_many` has."""
    if not call.account.settings.get("create_or_update_many"):
        raise forbidden()

    def put(item: Row, where: str) -> Row:
        known = _known(call, item)
        return USERS.create(call, item, where) if known is None else USERS.update(call, known, item, where)

    items = [item for item in call.listed("users") if isinstance(item, dict)]
    return run_job(call, USERS, items, put, "create_or_update")


ENDPOINTS = [
    Endpoint("GET", "users/me", _me),
    Endpoint("GET", "users/search", _search),
    Endpoint("POST", "users/create_or_update", _create_or_update),
    Endpoint("POST", "users/create_or_update_many", _create_or_update_many),
    Endpoint("DELETE", "users/{id}", _delete),
]
