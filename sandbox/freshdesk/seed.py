"""The account's start state: what every account has, and what the seed file lists.

Under `freshdesk:` a seed file may say

    account: {name, domain, number, language, languages: [de]}
    statuses: [{id: 6, label: Waiting on Customer}]        beside the four that every account has
    ticket_fields: [{name: cf_reason, label, type: custom_dropdown, choices: [Refund]}]
    groups: [{name}]
    agents: [{name, email, …}]                             the first one is whose key is used
    companies: [{name, domains, …}]
    contacts: [{name, email, company: NAME, state: deleted, …}]
    tickets: [{id, subject, description, from: email, agent: email, group: NAME, status: Open, priority: High,
               source: 1, type, tags, cc_emails, custom_fields, created_at, updated_at, spam, deleted, merged_into: 7,
               attachments: [{name, content, content_type, size, inline}],
               conversations: [{from: email, body, private, source, to_emails, cc_emails, created_at, attachments}]}]
    canned_folders: [{name, personal, responses: [{title, content, visibility}]}]
    categories: [{name, folders: [{name, visibility, articles: [{title, description, status, tags, translations}]}]}]
    rules: [{name, on: creation, active, asks: [], does: []}]
    scenarios: [{name, actions: [{name, value}]}]

Whoever writes and is not known becomes a contact. `{attachment:NAME}` in a text is the link of a file.
"""

from __future__ import annotations

import html
import re
from typing import Any

from sandbox.freshdesk import files
from sandbox.freshdesk.account import Account, written
from sandbox.freshdesk.fields import PRIORITIES, STATUSES, default_fields
from sandbox.freshdesk.lists import RULE_TYPES
from sandbox.seeding import check_lists, check_words
from sandbox.store import Row, Store

LISTS = ("statuses", "ticket_fields", "groups", "agents", "companies", "contacts", "tickets", "canned_folders",
         "categories", "rules", "scenarios")  # fmt: skip
_TAG = re.compile(r"<[^>]*>")


def seed(store: Store, data: Row) -> None:
    """Fill an empty account. Raises `ValueError` for what the seed cannot mean."""
    check_words("freshdesk", data, ["account", *LISTS])
    account = Account(store)
    about = data.get("account") or {}
    account.table("_account")["1"] = {
        "name": about.get("name", "Sandbox Company"),
        "domain": about.get("domain", "sandbox.freshdesk.com"),
        "number": int(about.get("number", 1_234_567)),
        "language": about.get("language", "en"),
        "languages": list(about.get("languages") or []),
        "statuses": dict(STATUSES),
    }
    for field in default_fields():
        account.table("_ticket_fields")[field["name"]] = {"id": account.new_id(), **field}
    agents = data.get("agents") or [{"name": "Account Admin", "email": "admin@freshdesk.example"}]
    add(store, {**{name: data[name] for name in LISTS if name in data}, "agents": agents})


def add(store: Store, data: Row) -> None:
    """Add to an account. Raises `ValueError` for what cannot be meant."""
    check_words("freshdesk", data, LISTS)
    check_lists("freshdesk", data, LISTS)
    account = Account(store)
    for name, adds in _ADDS.items():
        for given in data.get(name) or []:
            adds(account, dict(given))
    for given in data.get("tickets") or []:
        if given.get("merged_into"):
            _merge(account, str(given["id"]), str(given["merged_into"]))


def _times(account: Account, given: Row) -> Row:
    created = given.get("created_at") or written(account.now())
    return {"created_at": created, "updated_at": given.get("updated_at") or created}


def _status(account: Account, given: Row) -> None:
    account.about()["statuses"][str(given["id"])] = given["label"]
    choices = account.table("_ticket_fields")["status"]["choices"]
    choices[str(given["id"])] = [given["label"], given.get("label_for_customers", given["label"])]


def _field(account: Account, given: Row) -> None:
    row: Row = {"id": account.new_id(), "default": False, "type": "custom_text", **given, **_times(account, given)}
    row.setdefault("label", row["name"])
    account.table("_ticket_fields")[row["name"]] = row


def _group(account: Account, given: Row) -> None:
    row: Row = {"id": account.new_id(), "description": None, "agent_ids": [], **given, **_times(account, given)}
    account.table("groups")[str(row["id"])] = row


def _agent(account: Account, given: Row) -> None:
    times = _times(account, given)
    contact = {"name": given["name"], "email": given["email"], "active": bool(given.get("active", True)),
               "phone": given.get("phone"), "mobile": None, "job_title": given.get("job_title"),
               "language": given.get("language", "en"), "time_zone": "UTC", **times}  # fmt: skip
    row: Row = {"id": int(given.get("id") or account.new_id()), "occasional": False, "type": "support_agent",
                "ticket_scope": 1, "contact": contact, **times}  # fmt: skip
    account.table("agents")[str(row["id"])] = row


def _company(account: Account, given: Row) -> None:
    row: Row = {"id": account.new_id(), "description": None, "note": None, "domains": [], "custom_fields": {},
                "health_score": None, "account_tier": None, "renewal_date": None, "industry": None,
                **given, **_times(account, given)}  # fmt: skip
    account.table("companies")[str(row["id"])] = row


def _contact(account: Account, given: Row) -> Row:
    company, state = given.pop("company", None), given.pop("state", "")
    row: Row = {"id": account.new_id(), "name": given.get("email"), "email": None, "phone": None, "mobile": None,
                "active": not state, "address": None, "description": None, "job_title": None, "language": "en",
                "time_zone": "UTC", "twitter_id": None, "unique_external_id": None, "other_emails": [], "tags": [],
                "custom_fields": {}, "company_id": _named(account, "companies", company), **given,
                **_times(account, given), "_state": state}  # fmt: skip
    if state == "deleted":
        row["deleted"] = True
    account.table("contacts")[str(row["id"])] = row
    return row


def _named(account: Account, table: str, name: str | None) -> Any:
    """The id of what has a name; None for none. Raises ValueError."""
    if not name:
        return None
    found = next((row["id"] for row in account.table(table).values() if row["name"] == name), None)
    if found is None:
        raise ValueError(f"freshdesk: none of the {table} is called {name}")
    return found


def _writer(account: Account, address: Any) -> Any:
    """The id of who has an address; a number is taken as it is, and may be nobody's."""
    if address is None or isinstance(address, int):
        return address
    for row in account.table("agents").values():
        if row["contact"]["email"] == address:
            return row["id"]
    for row in account.table("contacts").values():
        if row["email"] == address:
            return row["id"]
    return _contact(account, {"email": address})["id"]


def _text(page: str | None) -> str:
    """A page without its tags, as the vendor gives it beside the page."""
    return html.unescape(_TAG.sub(" ", page or "")).strip()


def _files(account: Account, given: Row) -> list[int]:
    return [
        files.keep(account, {"created_at": given.get("created_at"), **each})["id"]
        for each in given.get("attachments") or []
    ]


def _ticket(account: Account, given: Row) -> None:
    number = int(given.get("id") or account.store.next_id("freshdesk:tickets"))
    times = _times(account, given)
    status = _number(account.about()["statuses"], given.get("status", 2))
    closed = times["updated_at"] if status in (4, 5) else None
    row: Row = {
        "id": number,
        "subject": given.get("subject", ""),
        "description": given.get("description", ""),
        "description_text": _text(given.get("description")),
        "status": status,
        "priority": _number(PRIORITIES, given.get("priority", 1)),
        "source": int(given.get("source", 1)),
        "type": given.get("type"),
        "requester_id": _writer(account, given.get("from", "customer@customer.example")),
        "responder_id": _writer(account, given.get("agent")),
        "group_id": _named(account, "groups", given.get("group")),
        "company_id": _named(account, "companies", given.get("company")),
        "product_id": None,
        "email_config_id": None,
        "to_emails": given.get("to_emails"),
        "cc_emails": list(given.get("cc_emails") or []),
        "fwd_emails": [],
        "reply_cc_emails": list(given.get("cc_emails") or []),
        "custom_fields": dict(given.get("custom_fields") or {}),
        "tags": list(given.get("tags") or []),
        "spam": bool(given.get("spam")),
        "deleted": bool(given.get("deleted")),
        "fr_escalated": False,
        "is_escalated": False,
        "due_by": times["updated_at"],
        "fr_due_by": times["updated_at"],
        "stats": {"resolved_at": closed, "closed_at": closed if status == 5 else None, "first_responded_at": None},
        **times,
        "_attachments": _files(account, given),
        "_conversations": [],
    }
    row["_conversations"] = [_conversation(account, row, dict(each)) for each in given.get("conversations") or []]
    account.table("tickets")[str(number)] = row


def _number(labels: dict[str, str], said: Any) -> int:
    """The number behind a label; a number is taken as it is."""
    if isinstance(said, int):
        return said
    found = next((number for number, label in labels.items() if label == said), None)
    if found is None:
        raise ValueError(f"freshdesk: there is no `{said}`; there is {', '.join(labels.values())}")
    return int(found)


def _conversation(account: Account, ticket: Row, given: Row) -> Row:
    writer = _writer(account, given.get("from"))
    times = _times(account, {"created_at": ticket["created_at"], **given})
    private = bool(given.get("private"))
    return {
        "id": account.new_id(),
        "body": given.get("body", ""),
        "body_text": _text(given.get("body")),
        "incoming": writer == ticket["requester_id"],
        "private": private,
        "user_id": writer,
        "source": int(given.get("source", 2 if private else 0)),
        "support_email": given.get("support_email"),
        "from_email": given.get("from") if isinstance(given.get("from"), str) else None,
        "to_emails": list(given.get("to_emails") or []),
        "cc_emails": list(given.get("cc_emails") or []),
        "bcc_emails": list(given.get("bcc_emails") or []),
        "ticket_id": ticket["id"],
        "last_edited_at": None,
        "last_edited_user_id": None,
        **times,
        "_attachments": _files(account, given),
    }


def _merge(account: Account, secondary: str, primary: str) -> None:
    """What is left of a merger: the vendor names the other ticket only in the note that it writes unless told another.

    Source: developers.freshdesk.com/api, “Merge Tickets”; the words of the note as public code quotes them.
    """
    row, into = account.find("tickets", secondary), account.table("tickets").get(primary)
    said = {"from": row["responder_id"], "private": True, "created_at": row["updated_at"]}
    row["_conversations"].append(
        _conversation(account, row, {**said, "body": f"This ticket is closed and merged into ticket {primary}"})
    )
    row["status"] = 5
    if into is not None:
        text = f"Merged from ticket {secondary}<br><br><b>Subject:</b> {row['subject']}<br>{row['description']}"
        into["_conversations"].append(_conversation(account, into, {**said, "body": text}))


def _canned(account: Account, given: Row) -> None:
    responses = given.pop("responses", [])
    row: Row = {"id": account.new_id(), "personal": False, "responses_count": len(responses), **given,
                **_times(account, given)}  # fmt: skip
    account.table("canned_folders")[str(row["id"])] = row
    for each in responses:
        text = each.get("content", "")
        response: Row = {"id": account.new_id(), "title": each["title"], "folder_id": row["id"], "content": _text(text),
                         "content_html": text, "visibility": each.get("visibility", 0), "group_ids": [],
                         **_times(account, each), "_attachments": _files(account, each)}  # fmt: skip
        account.table("canned_responses")[str(response["id"])] = response


def _category(account: Account, given: Row) -> None:
    folders = given.pop("folders", [])
    row: Row = {
        "id": account.new_id(),
        "description": None,
        "visible_in_portals": [],
        **given,
        **_times(account, given),
    }
    account.table("categories")[str(row["id"])] = row
    for folder in folders:
        _folder(account, row, None, dict(folder))


def _folder(account: Account, category: Row, parent: Row | None, given: Row) -> None:
    articles, inner = given.pop("articles", []), given.pop("folders", [])
    row: Row = {"id": account.new_id(), "description": None, "visibility": 1, "articles_count": len(articles),
                "sub_folders_count": len(inner), "parent_folder_id": parent["id"] if parent else None, **given,
                **_times(account, given), "_in_category": None if parent else category["id"],
                "_category": category["id"]}  # fmt: skip
    account.table("folders")[str(row["id"])] = row
    for each in inner:
        _folder(account, category, row, dict(each))
    for each in articles:
        translations = {language: {**words, "description_text": _text(words["description"])}
                        for language, words in (each.get("translations") or {}).items()}  # fmt: skip
        article: Row = {"id": account.new_id(), "title": each["title"], "type": 1, "status": each.get("status", 2),
                        "category_id": category["id"], "folder_id": row["id"], "tags": list(each.get("tags") or []),
                        "description": each.get("description", ""), "description_text": _text(each.get("description")),
                        "seo_data": {}, "agent_id": next(iter(account.table("agents").values()))["id"], "hits": 0,
                        "thumbs_up": 0, "thumbs_down": 0, **_times(account, each),
                        "_translations": translations}  # fmt: skip
        account.table("articles")[str(article["id"])] = article


def _rule(account: Account, given: Row) -> None:
    kinds = {name: int(number) for number, name in RULE_TYPES.items()}
    asks, does = given.pop("asks", []), given.pop("does", [])
    row: Row = {"id": account.new_id(), "position": 1, "active": True, "automation_type_id": kinds[given.pop("on")],
                "performer": {}, "events": [], "conditions": [], "actions": [], **given, **_times(account, given),
                "summary": {"performer": "", "events": [], "conditions": {"condition_set_1": asks}, "actions": does},
                }  # fmt: skip
    account.table("rules")[str(row["id"])] = row


def _scenario(account: Account, given: Row) -> None:
    row: Row = {"id": account.new_id(), "description": "", "actions": [], "private": False, **given,
                **_times(account, given)}  # fmt: skip
    account.table("scenarios")[str(row["id"])] = row


_ADDS = {
    "statuses": _status, "ticket_fields": _field, "groups": _group, "agents": _agent, "companies": _company,
    "contacts": _contact, "tickets": _ticket, "canned_folders": _canned, "categories": _category, "rules": _rule,
    "scenarios": _scenario,
}  # fmt: skip
