"""Zendesk as the place to which history comes.

Tickets come by `imports/tickets/create_many`, which no rule sees; people and organizations by their `create_many`,
because `create_or_update_many` is only for accounts for which the vendor's support has switched it on. Bulk calls begin
a job of up to a hundred objects. How large a file may be says the account; fifty megabytes is what accounts have.
Source: developer.zendesk.com, “Ticket Import”, “Users”, “Organizations”, “Attachments”, “Job Statuses”;
support.zendesk.com, “Understanding CCs and followers”.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from provisioners.errors import SystemFault
from provisioners.history import (
    FoundOrganization,
    FoundUser,
    HeldComment,
    HeldFile,
    HeldTicket,
    NewFile,
    NewOrganization,
    NewTicket,
    NewUser,
)
from provisioners.imports import BegunJob, Imports, JobState, LiveLimits, RuleActed, RuleMet, Upload
from provisioners.zendesk.client import ZendeskClient, unwrapped
from provisioners.zendesk.imports import answers, lookups
from provisioners.zendesk.imports.bodies import file_name, media_type, organization_body, ticket_body, user_body
from provisioners.zendesk.imports.content import content
from provisioners.zendesk.imports.rules_met import SCHEDULES, Arrival, rules_met
from provisioners.zendesk.jobs import AT_ONCE
from provisioners.zendesk.replies import NOT_GIVEN, unreachable

_IMPORT = "imports/tickets/create_many"


class ZendeskImports(Imports):
    at_once = AT_ONCE
    most_comments = 5000
    most_copied = 48
    longest_text = 64 * 1024
    largest_file = 50 * 1024 * 1024
    earliest = "1970-01-01T00:00:00Z"

    def __init__(self, client: ZendeskClient) -> None:
        self._client = client

    # ---------------------------------------------------------------- look-ups

    def organizations_by_external_id(self, external_ids: Collection[str]) -> dict[str, FoundOrganization]:
        return lookups.organizations_by_external_id(self._client, external_ids)

    def organization_by_name(self, name: str) -> FoundOrganization | None:
        return lookups.organization_by_name(self._client, name)

    def users_by_external_id(self, external_ids: Collection[str]) -> dict[str, FoundUser]:
        return lookups.users_by_external_id(self._client, external_ids)

    def users_by_email(self, emails: Collection[str]) -> dict[str, FoundUser]:
        return lookups.users_by_email(self._client, emails)

    def tickets_by_external_id(self, external_id: str) -> list[str]:
        return lookups.tickets_by_external_id(self._client, external_id)

    def count_tagged(self, tag: str) -> int:
        count = self._client.get("search/count", query=f"type:ticket tags:{tag}").body.get("count")
        if not isinstance(count, int):
            raise unreachable(self._call("GET", "search/count"), "the answer holds no count", reads=True)
        return count

    # ---------------------------------------------------------------- writing

    def create_organizations(self, organizations: Sequence[NewOrganization]) -> BegunJob:
        return self._create("organizations/create_many", "organizations", list(map(organization_body, organizations)))

    def create_users(self, users: Sequence[NewUser]) -> BegunJob:
        return self._create("users/create_many", "users", list(map(user_body, users)))

    def import_tickets(self, tickets: Sequence[NewTicket], *, archive: bool = False) -> BegunJob:
        query = {"archive_immediately": "true"} if archive else {}
        return self._create(_IMPORT, "tickets", list(map(ticket_body, tickets)), **query)

    def _create(self, path: str, many: str, bodies: list[dict[str, Any]], **query: str) -> BegunJob:
        self._check(len(bodies))
        sent = json.dumps({many: bodies}, separators=(",", ":")).encode()
        reply = self._client.send(path, sent, "application/json", **query)
        return answers.begun_job(reply, self._call("POST", path))

    def upload(self, file: NewFile, token: str = "") -> Upload:
        query = {"filename": file_name(file.name)} | ({"token": token} if token else {})
        reply = self._client.send("uploads", file.content, media_type(file.media_type), **query)
        call = self._call("POST", "uploads")
        upload = unwrapped(reply, "upload", call, reads=False)
        attachment = upload.get("attachment")
        if not upload.get("token") or not isinstance(attachment, Mapping):
            raise unreachable(call, "the answer names no token", reads=False)
        return Upload(str(upload["token"]), str(attachment.get("id")), str(attachment.get("content_url") or ""))

    def discard(self, token: str) -> None:
        self._client.remove(f"uploads/{token}")

    def delete_tickets(self, ids: Sequence[str]) -> BegunJob:
        return self._delete("tickets/destroy_many", ids)

    def delete_tickets_for_good(self, ids: Sequence[str]) -> BegunJob:
        return self._delete("deleted_tickets/destroy_many", ids)

    def delete_users(self, ids: Sequence[str]) -> BegunJob:
        return self._delete("users/destroy_many", ids)

    def delete_organizations(self, ids: Sequence[str]) -> BegunJob:
        return self._delete("organizations/destroy_many", ids)

    def _delete(self, path: str, ids: Sequence[str]) -> BegunJob:
        self._check(len(ids))
        return answers.begun_job(self._client.delete(path, ids=",".join(ids)), self._call("DELETE", path))

    def delete_user_for_good(self, identifier: str) -> bool:
        try:
            self._client.delete(f"deleted_users/{identifier}")
        except SystemFault as fault:
            if fault.code == "not_found":
                return False
            raise
        return True

    def _check(self, count: int) -> None:
        if not 1 <= count <= AT_ONCE:
            raise ValueError(f"{count} objects in one call, which takes 1 to {AT_ONCE}")

    def _call(self, method: str, path: str) -> str:
        return f"{self._client.guard.system} {method} {path}"

    # ---------------------------------------------------------------- jobs and limits

    def jobs(self, ids: Collection[str]) -> dict[str, JobState]:
        found = {each: JobState(each, "unknown") for each in ids}
        for batch in lookups.batches(found, AT_ONCE):
            bodies = lookups.listed(self._client, "job_statuses/show_many", "job_statuses", ids=",".join(batch))
            states = map(answers.job_state, bodies)
            found |= {state.id: state for state in states if state.id in found}
        return found

    def jobs_under_way(self) -> list[JobState]:
        pages = self._client.each_page("job_statuses", "job_statuses")
        states = (answers.job_state(body) for page in pages for body in page)
        return [state for state in states if state.status in ("queued", "working")]

    def ticket_page(self, ticket: str) -> str:
        return f"{self._client.url}/agent/tickets/{ticket}"

    def limits(self) -> LiveLimits:
        limiter, jobs = self._client.guard.limiter, self._client.limits.jobs
        most, left = jobs if jobs is not None else (None, None)
        return LiveLimits(limiter.per_minute, limiter.left, most, left)

    # ---------------------------------------------------------------- reading back

    def tickets(self, ids: Collection[str]) -> dict[str, HeldTicket]:
        found: dict[str, HeldTicket] = {}
        for batch in lookups.batches(dict.fromkeys(ids), AT_ONCE):
            asked = {"ids": ",".join(batch), "include": "metric_sets"}
            bodies = lookups.listed(self._client, "tickets/show_many", "tickets", **asked)
            found |= {ticket.id: ticket for ticket in map(answers.held_ticket, bodies)}
        return found

    def changed_since(self, moment: str) -> Iterator[HeldTicket]:
        return map(answers.held_ticket, lookups.tickets_changed_since(self._client, moment))

    def comments(self, ticket: str) -> Iterator[HeldComment]:
        path = f"tickets/{ticket}/comments"
        for page in self._client.each_page(path, "comments", include_inline_images="true"):  # else no pictures of texts
            yield from map(answers.held_comment, page)

    def users(self, ids: Collection[str]) -> dict[str, FoundUser]:
        return lookups.users_by_id(self._client, ids)

    def content(self, file: HeldFile) -> Iterator[bytes]:
        return content(self._client, file.address)

    def acted(self, ticket: str) -> list[RuleActed]:
        pages = self._client.each_page(f"tickets/{ticket}/audits", "audits")
        return [each for page in pages for audit in page for each in answers.rules_acted(audit)]

    def rules_met(self, mark: str, statuses: Collection[str], tags: Collection[str] | None = None) -> list[RuleMet]:
        lists = {each: self._client.pages(each, each) for each in ("automations", "triggers")}
        schedules = {SCHEDULES: self._if_given(SCHEDULES)}
        names = {(many, str(body["id"])): str(body.get("name") or "")
                 for many in ("groups", "webhooks") for body in self._if_given(many)}  # fmt: skip
        arrival = Arrival(mark, tuple(statuses), None if tags is None else frozenset(tags))
        return rules_met(lists | schedules, arrival, names)

    def _if_given(self, many: str) -> list[dict[str, Any]]:
        """A list that not every plan has, and not every user may read; empty where it is not given."""
        try:
            return self._client.pages(many, many)
        except SystemFault as fault:
            if fault.status in NOT_GIVEN:
                return []
            raise
