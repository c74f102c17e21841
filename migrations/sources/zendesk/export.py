"""Reading the JSON export of an administrator: a record a line.

Source: support.zendesk.com, “Exporting data to a JSON, CSV, or XML file”: files of tickets, of users and of
organizations; an account of more than a million tickets exports 31 days at a time. What stands in one record is as in
the API; people and groups of a ticket may stand in it as a whole, and its comments do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from migrations.records.comment import Comment
from migrations.records.organization import Organization
from migrations.records.person import Person
from migrations.sources.source import Reading, SourceFault
from migrations.sources.unpacked import is_archive, unpacked
from migrations.sources.zendesk.access import OldZendesk
from migrations.sources.zendesk.account import OldAccount
from migrations.sources.zendesk.account_lists import keep_of_list
from migrations.sources.zendesk.gathered import Gathered
from migrations.sources.zendesk.json_values import Body, bodies_in, body_in, listed, moment, text
from migrations.sources.zendesk.people import organization_of, person_of
from migrations.sources.zendesk.tickets import DELETED, Merging, deleted_ticket, keep_ticket, ticket_of
from migrations.sources.zendesk.writings import Writings
from migrations.staging.page import LeftOut, Page, Raw

LINES_IN_PAGE = 500
CHARACTERS_IN_PAGE = 16_000_000
LARGEST_LINE = 200_000_000
"""Bytes of one record. A ticket of 5,000 comments comes to less; what is longer is not read."""
ENDINGS = (".json", ".ndjson", ".jsonl", ".txt")
Sort = Literal["list", "organization", "person", "ticket"]
_SORTS: tuple[Sort, ...] = ("list", "organization", "person", "ticket")
"""In the order in which they are read: what is named by another one comes before it."""
_LISTS = {
    "ticket_fields": "ticket_fields",
    "ticket_forms": "ticket_forms",
    "custom_statuses": "ticket_statuses",
    "brands": "brands",
    "groups": "groups",
    "user_fields": "requester_fields",
    "organization_fields": "organization_fields",
}
"""Lists saved from the API, by the name that stands in them, and as golive calls them."""
_PEOPLE_OF_TICKET = ("requester", "submitter", "assignee")


@dataclass(frozen=True)
class ExportFile:
    """said: how people know it. sort: what its first record is."""

    said: str
    path: Path
    sort: Sort


def export_files(paths: list[str], reading: Reading) -> list[ExportFile]:
    """The files in the order in which they are read. Raises SourceFault."""
    found: list[ExportFile] = []
    for number, said in enumerate(paths):
        path = (reading.root / said).resolve()
        if not path.exists():
            raise SourceFault(said, "there is no such file", "The path counts from the workspace's root.")
        if is_archive(path):
            folder = reading.staging.folder / "unpacked" / f"{number:03}"
            inside = unpacked(path, folder, lambda name: name.lower().endswith(ENDINGS))
            files = [(f"{said}/{name}", there) for name, there in inside]
        else:
            files = [(said, path)]
        for name, there in files:
            found.append(ExportFile(name, there, _sort_of_file(name, there)))
    if not found:
        raise SourceFault(paths[0], "it holds no JSON file", "In the admin centre choose the JSON export, for tickets.")
    return sorted(found, key=lambda each: _SORTS.index(each.sort))


def _sort_of_file(said: str, path: Path) -> Sort:
    """By the first record that says what it is. Raises SourceFault where none does."""
    for number, (_, line) in enumerate(lines(path, 0)):
        if line is not None and line.lstrip().startswith(b"["):
            why = "it is one list, and not a record a line"
            raise SourceFault(said, why, "Export it as JSON in the admin centre, or write each record on a line.")
        body = _parsed(line)
        sort = _sort_of(body) if isinstance(body, Mapping) else None
        if sort is not None:
            return sort
        if number == LINES_IN_PAGE:
            break
    why = f"in its first {LINES_IN_PAGE} lines is no ticket, person or organization of Zendesk"
    raise SourceFault(said, why, "Name the files of the JSON export; those of CSV and XML are another thing.")


def lines(path: Path, at: int) -> Iterator[tuple[int, bytes | None]]:
    """(the byte behind it, the line) from a byte on; None for a line that is too long. Empty lines are left out."""
    with path.open("rb") as file:
        file.seek(at)
        while line := file.readline(LARGEST_LINE):
            is_long = len(line) == LARGEST_LINE and not line.endswith(b"\n")
            while is_long and (rest := file.readline(LARGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            if is_long or line.strip(b"\xef\xbb\xbf \t\r\n\0"):
                yield file.tell(), None if is_long else line


def _parsed(line: bytes | None) -> Any:
    """What a line holds; None for what is no JSON. Numbers that JSON does not have are nothing."""
    if line is None:
        return None
    try:
        return json.loads(line.decode("utf-8-sig", "replace"), parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None


def _sort_of(body: Body) -> Sort | None:
    if any(isinstance(body.get(name), list) for name in _LISTS) and "id" not in body:
        return "list"
    if "id" not in body:
        return None
    if "requester_id" in body or "requester" in body or ("subject" in body and "status" in body):
        return "ticket"
    if "role" in body:
        return "person"
    return "organization" if "domain_names" in body or "organization_fields" in body else None


class ExportReader:
    """Makes pages of one file. account: from where files of comments are loaded; None for nowhere. Raises SystemFault
    where that fails."""

    def __init__(self, reading: Reading, said: str, account: OldZendesk | None) -> None:
        self._staging = reading.staging
        self._said = said
        self._page = account.page if account is not None else ""
        self._writings = Writings(account)
        self._begin()

    def _begin(self) -> None:
        self._gathered = Gathered()
        self._known: dict[tuple[str, str], str] = {}
        """(Type, id) of who was put on this page because a ticket names them → nothing; for people their language."""

    def pages(self, path: Path, checkpoint: str) -> Iterator[Page]:
        """checkpoint: the byte at which reading goes on."""
        self._names = OldAccount.of(self._staging.database)
        at, after = int(checkpoint or 0), 0
        for after, line in lines(path, at):
            self._take(line, f"{self._said}@{at}")
            at = after
            if self._gathered.read >= LINES_IN_PAGE or self._gathered.size > CHARACTERS_IN_PAGE:
                yield self._gathered.page(str(after))
                self._begin()
        if self._gathered.read:
            yield self._gathered.page(str(after))

    def _take(self, line: bytes | None, place: str) -> None:
        self._gathered.read += 1
        body = _parsed(line)
        sort = _sort_of(body) if isinstance(body, Mapping) else None
        if line is None:
            self._put_aside(place, f"larger than {LARGEST_LINE // 1_000_000} MB", b"")
        elif body is None or not isinstance(body, Mapping):
            self._put_aside(place, "no JSON that can be read", line)
        elif sort is None or (sort != "list" and not text(body.get("id"))):
            self._put_aside(place, "no record that Zendesk's export has", line)
        elif sort == "list":
            self._lists(body)
        elif sort == "organization":
            plain = self._gathered.keep_body("organizations", text(body.get("id")), body)
            self._gathered.records.append(organization_of(plain, self._names))
        elif sort == "person":
            plain = self._gathered.keep_body("people", text(body.get("id")), body)
            self._put_person(person_of(plain, self._names))
        else:
            self._ticket(body)

    def _put_aside(self, place: str, why: str, line: bytes) -> None:
        if line:
            self._gathered.raw.append(Raw("line", place, line.decode("latin-1")))
        self._gathered.left_out.append(LeftOut("tickets", place, "quarantined", why, place))

    def _lists(self, body: Body) -> None:
        for name, list_ in _LISTS.items():
            for each in bodies_in(body.get(name)):
                keep_of_list(list_, each, self._gathered)

    def _ticket(self, body: Body) -> None:
        key = text(body.get("id"))
        if text(body.get("status")) == DELETED:
            self._gathered.ticket_is_gone(deleted_ticket(self._gathered.keep_body("tickets", key, body)))
            return
        comments = bodies_in(body.get("comments"))
        alone = {name: value for name, value in body.items() if name != "comments"}
        plain = self._with_ids(self._gathered.keep_body("tickets", key, alone))
        ticket = ticket_of(plain, self._names, self._page, self._language(text(plain.get("requester_id"))))
        merging = Merging(key)
        for number, each in enumerate(comments):
            author = body_in(each.get("author"))
            held = {"id": f"{key}/{number}", **({"author_id": author["id"]} if "id" in author else {}), **each}
            self._people(author)
            merging.heard(self._writings.keep(held, key, self._gathered), ticket.requester, self._gathered)
        keep_ticket(plain, ticket, self._gathered)
        merging.told(plain, self._gathered)
        if not comments and text(plain.get("description")):
            self._gathered.remark("tickets", key, "not all comments", "the export has only its description")
            said, created = text(plain["description"]), moment(plain.get("created_at"))
            description = Comment(f"{key}/description", key, ticket.requester, False, said, "", created)
            self._gathered.records.append(description)

    def _with_ids(self, body: Body) -> Body:
        """A ticket with the ids of what stands in it as a whole, which is kept where nothing better is there."""
        found = dict(body)
        for name in _PEOPLE_OF_TICKET:
            self._people(body_in(body.get(name)))
        for name in (*_PEOPLE_OF_TICKET, "organization", "group", "brand"):
            within = body_in(body.get(name))
            if text(within.get("id")) and not text(body.get(f"{name}_id")):
                found[f"{name}_id"] = within["id"]
        copied = [each["id"] for each in bodies_in(body.get("collaborator")) if text(each.get("id"))]
        for each in bodies_in(body.get("collaborator")):
            self._people(each)
        if copied and not listed(body.get("email_cc_ids")):
            found["email_cc_ids"] = copied
        organization, group = body_in(body.get("organization")), body_in(body.get("group"))
        if text(organization.get("id")) and self._is_new(Organization, text(organization.get("id"))):
            self._gathered.records.append(organization_of(organization, self._names))
        if text(group.get("id")) and text(group.get("id")) not in self._names.groups:
            found["group_id"] = text(group.get("name")) or group["id"]
        return found

    def _people(self, body: Body) -> None:
        key = text(body.get("id"))
        if key and self._is_new(Person, key):
            self._put_person(person_of(body, self._names))

    def _put_person(self, person: Person) -> None:
        self._gathered.records.append(person)
        self._known[Person.type, person.id] = person.language

    def _is_new(self, kind: type[Person] | type[Organization], key: str) -> bool:
        """Whether nothing is known of somebody; from now on there is."""
        if (kind.type, key) in self._known or self._staging.get(kind, key) is not None:
            return False
        self._known[kind.type, key] = ""
        return True

    def _language(self, key: str) -> str:
        if (Person.type, key) in self._known:
            return self._known[Person.type, key]
        person = self._staging.get(Person, key)
        return person.language if person is not None else ""
