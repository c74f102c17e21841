"""The workspace's start state: what every workspace has, and what the seed file lists.

Under `intercom:` a seed file may say

    workspace: {name, id_code, region: US, locale: en}
    admins: [{name, email, …}]                             the first one is whose token is used
    teams: [{name}]
    data_attributes: [{model: contact, name, data_type, custom}]
    companies: [{name, custom_attributes, tags, …}]
    contacts: [{name, email, role: user, companies: [NAME], tags: [NAME], notes: [{body, from: email}], …}]
    conversations: [{id, title, state: open, priority, type: email, subject, body, from: WRITER, delivered_as, url,
                     contacts: [email], admin: email, team: NAME, tags: [NAME], custom_attributes, attachments,
                     rating, remark, redacted, created_at, updated_at,
                     parts: [{type: comment, from: WRITER, body, created_at, redacted, attachments, headers: [{type: cc,
                              email_address, name}]}],
                     ticket: {…}}]                         a customer's ticket, in the words of `tickets`
    ticket_types: [{name, category: Customer}]
    ticket_states: [{label, category: in_progress}]        beside the four that every workspace has
    tickets: [{id, type: NAME, state: LABEL, title, description, attributes, shared, from: email, admin: email,
               team: NAME, linked: [id], created_at, updated_at, parts: […]}]
    collections: [{name, parent: NAME}]
    articles: [{title, body, state: published, collection: NAME, url, locale, translations: {de: {title, body}}}]

A WRITER is the email of an admin or a contact, `bot:NAME`, `team:NAME`, or an author as the vendor writes one, such as
{type: user, id: gone, name, email} for somebody whom nothing else knows. Whoever writes and is not known becomes a
contact. `{file:NAME}` in a text is the link of a file. Times are seconds since 1970 or text: 2026-03-01T10:00:00Z.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sandbox.intercom import files
from sandbox.intercom.workspace import Workspace
from sandbox.seeding import check_lists, check_words
from sandbox.store import Row, Store

LISTS = ("admins", "teams", "data_attributes", "companies", "contacts", "ticket_types", "ticket_states",
         "conversations", "tickets", "collections", "articles")  # fmt: skip
STATES = (("Submitted", "submitted"), ("In progress", "in_progress"), ("Waiting on you", "waiting_on_customer"),
          ("Resolved", "resolved"))  # fmt: skip
"""What a customer reads, by category; agents read “Waiting on customer” for the third."""


def seed(store: Store, data: Row) -> None:
    """Fill an empty workspace. Raises `ValueError` for what the seed cannot mean."""
    check_words("intercom", data, ["workspace", *LISTS])
    workspace = Workspace(store)
    about = data.get("workspace") or {}
    workspace.table("_app")["1"] = {
        "type": "app",
        "id_code": about.get("id_code", "sandbox1"),
        "name": about.get("name", "Sandbox Company"),
        "region": about.get("region", "US"),
        "timezone": "Etc/UTC",
        "created_at": workspace.now(),
        "_locale": about.get("locale", "en"),
    }
    for label, category in STATES:
        internal = "Waiting on customer" if category == "waiting_on_customer" else label
        _state(workspace, {"label": internal, "external_label": label, "category": category})
    admins = data.get("admins") or [{"name": "Workspace Owner", "email": "owner@intercom.example"}]
    add(store, {**{name: data[name] for name in LISTS if name in data}, "admins": admins})


def add(store: Store, data: Row) -> None:
    """Add to a workspace. Raises `ValueError` for what cannot be meant."""
    check_words("intercom", data, LISTS)
    check_lists("intercom", data, LISTS)
    workspace = Workspace(store)
    for name, adds in _ADDS.items():
        for given in data.get(name) or []:
            adds(workspace, dict(given))


def _seconds(said: Any) -> int:
    if isinstance(said, int):
        return said
    moment = datetime.fromisoformat(str(said))
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def _times(workspace: Workspace, given: Row) -> Row:
    created = _seconds(given.get("created_at", workspace.now()))
    return {"created_at": created, "updated_at": _seconds(given.get("updated_at", created))}


def _long_id(workspace: Workspace) -> str:
    """Ids of contacts and companies have 24 digits and letters."""
    return hashlib.sha256(workspace.new_id().encode()).hexdigest()[:24]


def _named(workspace: Workspace, table: str, name: Any, attribute: str = "name") -> Any:
    """The id of what has a name; None for none. Raises ValueError."""
    if not name:
        return None
    found = next((row["id"] for row in workspace.table(table).values() if row[attribute] == name), None)
    if found is None:
        raise ValueError(f"intercom: none of the {table} is called {name}")
    return found


def _keep(workspace: Workspace, table: str, row: Row) -> Row:
    workspace.table(table)[str(row["id"])] = row
    return row


def _tag(workspace: Workspace, name: str) -> str:
    """The id of a tag, which is there by being used."""
    for row in workspace.table("tags").values():
        if row["name"] == name:
            return str(row["id"])
    return str(_keep(workspace, "tags", {"type": "tag", "id": workspace.new_id(), "name": name})["id"])


def _tags(workspace: Workspace, names: Any) -> Row:
    rows = [workspace.table("tags")[_tag(workspace, name)] for name in names or []]
    return {"type": "tag.list", "tags": [dict(row) for row in rows]}


def _files(workspace: Workspace, given: Row) -> list[str]:
    return [files.keep(workspace, dict(each)) for each in given.get("attachments") or []]


def _admin(workspace: Workspace, given: Row) -> None:
    _keep(workspace, "admins", {"type": "admin", "id": workspace.new_id(), "job_title": "", "away_mode_enabled": False,
                                "has_inbox_seat": True, "team_ids": [], **given})  # fmt: skip


def _team(workspace: Workspace, given: Row) -> None:
    _keep(workspace, "teams", {"type": "team", "id": workspace.new_id(), "admin_ids": [], **given})


def _attribute(workspace: Workspace, given: Row) -> None:
    name = given["name"]
    _keep(workspace, "data_attributes", {"type": "data_attribute", "id": workspace.new_id(), "full_name": name,
                                         "label": name, "data_type": "string", "custom": True, "archived": False,
                                         **given})  # fmt: skip


def _company(workspace: Workspace, given: Row) -> None:
    tags = _tags(workspace, given.pop("tags", []))
    row: Row = {"type": "company", "id": _long_id(workspace), "company_id": given["name"].lower(), "plan": None,
                "size": None, "website": None, "industry": None, "monthly_spend": 0, "session_count": 0,
                "user_count": 0, "custom_attributes": {}, "segments": {"type": "segment.list", "segments": []},
                **given, "tags": tags, **_times(workspace, given)}  # fmt: skip
    _keep(workspace, "companies", row)


def _contact(workspace: Workspace, given: Row) -> Row:
    companies = [_named(workspace, "companies", name) for name in given.pop("companies", [])]
    tags = [_tag(workspace, name) for name in given.pop("tags", [])]
    notes = [_note(workspace, dict(each)) for each in given.pop("notes", [])]
    row: Row = {"type": "contact", "id": _long_id(workspace), "external_id": None, "role": "user", "email": None,
                "phone": None, "name": None, "owner_id": None, "language_override": None, "signed_up_at": None,
                "last_seen_at": None, "unsubscribed_from_emails": False, "has_hard_bounced": False,
                "location": {"type": "location", "country": None, "region": None, "city": None},
                "social_profiles": {"type": "list", "data": []}, "custom_attributes": {}, **given,
                **_times(workspace, given), "_companies": companies, "_tags": tags, "_notes": notes}  # fmt: skip
    return _keep(workspace, "contacts", row)


def _note(workspace: Workspace, given: Row) -> Row:
    return {"type": "note", "id": workspace.new_id(), "body": given["body"],
            "author": _writer(workspace, given.get("from")), **_times(workspace, given)}  # fmt: skip


def _writer(workspace: Workspace, said: Any) -> Row | None:
    """Somebody as messages name them."""
    if said is None or isinstance(said, Mapping):
        return dict(said) if said is not None else None
    word, _, name = str(said).partition(":")
    if word == "bot":
        address = f"operator+{workspace.about()['id_code']}@intercom.io"
        number = int(hashlib.sha256(name.encode()).hexdigest()[:6], 16)
        return {"type": "bot", "id": str(number), "name": name, "email": address}
    if word == "team":
        return {"type": "team", "id": _named(workspace, "teams", name), "name": name, "email": ""}
    for row in workspace.table("admins").values():
        if row["email"] == said:
            return {"type": "admin", "id": row["id"], "name": row["name"], "email": said}
    found = next((row for row in workspace.table("contacts").values() if row["email"] == said), None)
    row = found or _contact(workspace, {"email": said, "role": "lead"})
    return {"type": row["role"], "id": row["id"], "name": row["name"], "email": said}


def _assignees(workspace: Workspace, given: Row) -> Row:
    admin = _writer(workspace, given.get("admin"))
    number = int(admin["id"]) if admin and str(admin["id"]).isdigit() else None
    return {"admin_assignee_id": number, "team_assignee_id": _named(workspace, "teams", given.get("team"))}


def _contacts(workspace: Workspace, writers: list[Any]) -> Row:
    found = [_writer(workspace, each) for each in writers]
    listed = [{"type": "contact", "id": each["id"], "external_id": None} for each in found if each]
    return {"type": "contact.list", "contacts": listed}


def _part(workspace: Workspace, given: Row, whole: Row) -> Row:
    headers = given.get("headers")
    return {
        "id": workspace.new_id(),
        "part_type": given.get("type", "comment"),
        "body": None if given.get("redacted") else given.get("body"),
        "author": _writer(workspace, given.get("from")),
        "assigned_to": None,
        "notified_at": whole["created_at"],
        "external_id": None,
        "redacted": bool(given.get("redacted")),
        "email_message_metadata": {"subject": "", "email_address_headers": headers} if headers else None,
        **{name: given[name] for name in ("ticket_state", "previous_ticket_state") if name in given},
        **_times(workspace, {"created_at": whole["created_at"], **given}),
        "_files": _files(workspace, given),
    }


def _parts(workspace: Workspace, given: Row, whole: Row) -> list[Row]:
    rows = [_part(workspace, dict(each), whole) for each in given.get("parts") or []]
    return sorted(rows, key=lambda row: int(row["created_at"]))


def _conversation(workspace: Workspace, given: Row) -> None:
    times = _times(workspace, given)
    identifier = str(given.get("id") or workspace.new_id())
    writer = _writer(workspace, given.get("from", "customer@customer.example"))
    state = given.get("state", "open")
    if state not in ("open", "closed", "snoozed"):
        raise ValueError(f"intercom: a conversation is open, closed or snoozed, and not `{state}`")
    by_contact = writer is not None and writer["type"] in ("user", "lead", "contact")
    contacts = given.get("contacts", [given.get("from", "customer@customer.example")] if by_contact else [])
    rating = {"rating": given["rating"], "remark": given.get("remark", "")} if "rating" in given else None
    row: Row = {
        "type": "conversation",
        "id": identifier,
        "title": given.get("title"),
        "state": state,
        "open": state == "open",
        "read": True,
        "priority": given.get("priority", "not_priority"),
        "waiting_since": None,
        "snoozed_until": given.get("snoozed_until"),
        "tags": _tags(workspace, given.get("tags")),
        "conversation_rating": rating,
        "contacts": _contacts(workspace, contacts),
        "teammates": {"type": "admin.list", "admins": []},
        "custom_attributes": dict(given.get("custom_attributes") or {}),
        "ai_agent_participated": False,
        **_assignees(workspace, given),
        **times,
        "_source": {
            "type": given.get("type", "conversation"),
            "id": workspace.new_id(),
            "delivered_as": given.get("delivered_as", "customer_initiated" if by_contact else "admin_initiated"),
            "subject": given.get("subject", ""),
            "body": None if given.get("redacted") else given.get("body", ""),
            "author": writer,
            "url": given.get("url"),
            "redacted": bool(given.get("redacted")),
            "_files": _files(workspace, given),
        },
    }
    row["_parts"] = _parts(workspace, given, row)
    closed = [each["created_at"] for each in row["_parts"] if each["part_type"] == "close"]
    row["statistics"] = {
        "type": "conversation_statistics",
        "last_close_at": closed[-1] if closed else (times["updated_at"] if state == "closed" else None),
        "count_conversation_parts": len(row["_parts"]),
    }
    row["_ticket"] = None
    _keep(workspace, "conversations", row)
    if given.get("ticket"):
        own = _ticket(workspace, {"id": identifier, **given["ticket"], **times, "contacts": row["contacts"]})
        own["_parts"] = row["_parts"]
        row["_ticket"] = own["id"]


def _type(workspace: Workspace, given: Row) -> None:
    attributes = {"type": "list", "data": []}
    _keep(workspace, "ticket_types", {"type": "ticket_type", "id": workspace.new_id(), "category": "Customer",
                                      "description": "", "archived": False, "ticket_type_attributes": attributes,
                                      **given})  # fmt: skip


def _state(workspace: Workspace, given: Row) -> None:
    label = given["label"]
    category = given.get("category", "in_progress")
    row: Row = {"type": "ticket_state", "id": workspace.new_id(), "category": category, "internal_label": label,
                "external_label": given.get("external_label", label), "archived": False}  # fmt: skip
    _keep(workspace, "ticket_states", row)


def _ticket(workspace: Workspace, given: Row) -> Row:
    identifier = str(given.get("id") or workspace.new_id())
    type_ = _named(workspace, "ticket_types", given["type"])
    category = workspace.table("ticket_types")[type_]["category"]
    state = _named(workspace, "ticket_states", given.get("state", "Submitted"), "internal_label")
    linked = [{"type": "conversation", "id": str(each), "category": None} for each in given.get("linked") or []]
    writers = [given["from"]] if given.get("from") else []
    row: Row = {
        "type": "ticket",
        "id": identifier,
        "ticket_id": str(workspace.store.next_id("intercom:tickets", 11)),
        "category": category,
        "ticket_attributes": {
            "_default_title_": given.get("title", ""),
            "_default_description_": given.get("description", ""),
            **(given.get("attributes") or {}),
        },
        "contacts": given.get("contacts") or _contacts(workspace, writers),
        "open": workspace.table("ticket_states")[state]["category"] != "resolved",
        "snoozed_until": None,
        "linked_objects": {"type": "list", "data": linked, "total_count": len(linked), "has_more": False},
        "is_shared": bool(given.get("shared", category == "Customer")),
        **_assignees(workspace, given),
        **_times(workspace, given),
        "_type": type_,
        "_state": state,
    }
    row["_parts"] = _parts(workspace, given, row)
    return _keep(workspace, "tickets", row)


def _collection(workspace: Workspace, given: Row) -> None:
    parent = _named(workspace, "collections", given.pop("parent", None))
    _keep(workspace, "collections", {"type": "collection", "id": workspace.new_id(), "description": "", "url": None,
                                     "order": 1, "help_center_id": 1, **given, "parent_id": parent,
                                     **_times(workspace, given)})  # fmt: skip


def _article(workspace: Workspace, given: Row) -> None:
    times = _times(workspace, given)
    identifier = workspace.new_id()
    locale = str(given.get("locale", workspace.about()["_locale"]))
    parent = _named(workspace, "collections", given.get("collection"))
    site = f"https://help.sandbox.example/{{}}/articles/{identifier}"

    def words(said: Row, language: str) -> Row:
        return {"title": said["title"], "description": said.get("description", ""), "body": said.get("body", ""),
                "author_id": 1, "state": said.get("state", "published"), "url": said.get("url", site.format(language)),
                **times}  # fmt: skip

    own = words(given, locale)
    row: Row = {"type": "article", "id": identifier, "workspace_id": workspace.about()["id_code"], **own,
                "parent_id": int(parent) if parent else None, "parent_type": "collection" if parent else None,
                "parent_ids": [int(parent)] if parent else [], "default_locale": locale}  # fmt: skip
    translations = {name: words(dict(said), name) for name, said in (given.get("translations") or {}).items()}
    row["translated_content"] = {
        "type": "article_translated_content",
        **{
            name: {"type": "article_content", **said}
            for name, said in {locale: own, **translations}.items()
        },
    } if translations else None  # fmt: skip
    _keep(workspace, "articles", row)


_ADDS = {
    "admins": _admin, "teams": _team, "data_attributes": _attribute, "companies": _company, "contacts": _contact,
    "ticket_types": _type, "ticket_states": _state, "conversations": _conversation, "tickets": _ticket,
    "collections": _collection, "articles": _article,
}  # fmt: skip
