"""The account export: asked for, made for a while, then a ZIP of JSON files behind a link.

The vendor's page on it could not be read. That it is `POST /account/export`, a job, and for administrators is known;
job and link are here as the page describes them for “Company Export”. What stands in the ZIP is known from public tools
that read one: lists in `Tickets0.json`, `Users0.json` and so on, in the words of the API's first version
(developer.freshdesk.com/api/v1, “View a Ticket”), where `id` is the database's and `display_id` the number that people
know.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator

from sandbox.freshdesk.account import Account, Answer, FreshdeskError, invalid, shown
from sandbox.freshdesk.files import link, with_links
from sandbox.freshdesk.tickets import is_archived
from sandbox.store import Row

IN_ONE_FILE = 300
"""Tickets of one file."""
RESOURCES = ("tickets", "archive_tickets", "contacts", "companies", "groups", "agents", "solutions", "canned_responses")


def ask(account: Account, ids: dict[str, str], query: dict[str, str], body: Row) -> Answer:
    if not account.settings.get("is_admin", True):
        message = "You are not authorized to perform this action."
        raise FreshdeskError(403, {"code": "access_denied", "message": message})
    wanted = body.get("include", list(RESOURCES))
    if not isinstance(wanted, list) or not set(wanted) <= set(RESOURCES):
        raise invalid("include", f"It should be one of these values: '{', '.join(RESOURCES)}'")
    if any(_is_running(account, row) for row in account.table("exports").values()):
        raise FreshdeskError(409, {"code": "inconsistent_state", "message": "An export is already in progress."})
    identifier = f"{account.new_id():x}"
    ready = account.store.clock() + float(account.settings.get("export_takes", 0))
    account.table("exports")[identifier] = {"id": identifier, "include": wanted, "ready": ready}
    return Answer({"id": identifier})


def state(account: Account, ids: dict[str, str], query: dict[str, str], body: Row) -> Answer:
    row = account.find("exports", ids["id"])
    if _is_running(account, row):
        return Answer({"id": row["id"], "status": "in_progress"})
    return Answer({"id": row["id"], "status": "completed", "download_url": link(account, f"exports/{row['id']}.zip")})


def archive(account: Account, row: Row) -> bytes:
    """The ZIP itself."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as file:
        for name, rows in _files(account, set(row["include"])):
            file.writestr(name, json.dumps(rows, ensure_ascii=False))
    return whole.getvalue()


def _is_running(account: Account, row: Row) -> bool:
    return bool(account.store.clock() < row["ready"])


def _files(account: Account, wanted: set[str]) -> Iterator[tuple[str, list[Row]]]:
    tickets = list(account.table("tickets").values())
    for resource, name in (("tickets", "Tickets"), ("archive_tickets", "ArchivedTickets")):
        if resource in wanted:
            rows = [each for each in tickets if is_archived(account, each) == (resource == "archive_tickets")]
            for number, start in enumerate(range(0, len(rows), IN_ONE_FILE)):
                yield f"{name}{number}.json", [_ticket(account, each) for each in rows[start : start + IN_ONE_FILE]]
    if "contacts" in wanted:
        yield "Users0.json", [{"user": _person(row)} for row in account.table("contacts").values()]
    if "agents" in wanted:
        people = (shown(row) for row in account.table("agents").values())
        yield (
            "AllAgents0.json",
            [{"user": {**row["contact"], "id": row["id"], "helpdesk_agent": True}} for row in people],
        )
    if "companies" in wanted:
        yield "Companies0.json", [{"company": _company(row)} for row in account.table("companies").values()]
    if "groups" in wanted:
        yield "Groups0.json", [{"group": shown(row)} for row in account.table("groups").values()]
    if "solutions" in wanted:
        yield "Solutions0.json", [{"category": _category(account, row)} for row in account.table("categories").values()]
    if "canned_responses" in wanted:
        yield (
            "CannedResponses0.json",
            [{"folder": _canned(account, row)} for row in account.table("canned_folders").values()],
        )


def _ticket(account: Account, row: Row) -> Row:
    document = with_links(account, row)
    about = account.about()
    same = ("subject", "status", "priority", "source", "requester_id", "responder_id", "group_id", "product_id", "spam",
            "deleted", "created_at", "updated_at", "to_emails")  # fmt: skip
    return {
        "helpdesk_ticket": {
            **{name: document[name] for name in same},
            "id": 9_000_000 + row["id"],
            "display_id": row["id"],
            "description": document["description_text"],
            "description_html": document["description"],
            "status_name": about["statuses"][str(row["status"])],
            "ticket_type": document["type"],
            "cc_email": {"cc_emails": document["cc_emails"], "fwd_emails": [], "reply_cc": document["cc_emails"]},
            "custom_field": {f"{_bare(name)}_{about['number']}": value for name, value in row["custom_fields"].items()},
            "tags": [{"name": each} for each in document["tags"]],
            "ticket_states": {name: row["stats"][name] for name in ("resolved_at", "closed_at")},
            "attachments": [_file(each) for each in document["attachments"]],
            "notes": [_note(account, each) for each in row["_conversations"]],
        }
    }


def _note(account: Account, row: Row) -> Row:
    note = with_links(account, row)
    same = ("id", "incoming", "private", "user_id", "source", "created_at", "updated_at", "support_email")
    return {
        **{name: note[name] for name in same},
        "body": note["body_text"],
        "body_html": note["body"],
        "deleted": False,
        "attachments": [_file(each) for each in note["attachments"]],
    }


def _file(file: Row) -> Row:
    return {
        "id": file["id"],
        "content_file_name": file["name"],
        "content_content_type": file["content_type"],
        "content_file_size": file["size"],
        "attachment_url": file["attachment_url"],
    }


def _bare(name: str) -> str:
    return name.removeprefix("cf_")


def _person(row: Row) -> Row:
    document = shown(row)
    document["custom_field"] = {f"cf_{_bare(name)}": value for name, value in document.pop("custom_fields").items()}
    return {**document, "customer_id": document.pop("company_id"), "helpdesk_agent": False}


def _company(row: Row) -> Row:
    document = shown(row)
    document["custom_field"] = {f"cf_{_bare(name)}": value for name, value in document.pop("custom_fields").items()}
    return {**document, "domains": ",".join(document["domains"])}


def _category(account: Account, row: Row) -> Row:
    folders = [each for each in account.table("folders").values() if each["_category"] == row["id"]]
    return {**shown(row), "all_folders": [{**shown(each), "articles": _articles(account, each)} for each in folders]}


def _articles(account: Account, folder: Row) -> list[Row]:
    rows = [each for each in account.table("articles").values() if each["folder_id"] == folder["id"]]
    return [{**shown(each), "tags": [{"name": tag} for tag in each["tags"]]} for each in rows]


def _canned(account: Account, row: Row) -> Row:
    responses = [each for each in account.table("canned_responses").values() if each["folder_id"] == row["id"]]
    return {**shown(row), "canned_responses": [shown(each) for each in responses]}
