"""Zendesk's organizations, as a soft launch asks for them.

Organizations are listed by cursor, a hundred at once, and marked by `organizations/update_many`, a hundred with one
call, which a background job carries out. Tickets come from the incremental export by cursor, a thousand at once: the
vendor allows ten such calls a minute, and has no other way to count them by organization in fewer.
Sources: developer.zendesk.com, “Organizations”, “Job Statuses”, “Incremental Exports”.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from config.cohort import Organization
from config.rules.rollout import segment_field
from provisioners.customers import Customers, Marking, MarkState, Ticket
from provisioners.translation import Context
from provisioners.zendesk.client import Reply, ZendeskClient
from provisioners.zendesk.jobs import carried_out, in_batches
from provisioners.zendesk.replies import unreachable
from provisioners.zendesk.translations.options import customer_field_key, tags_of
from provisioners.zendesk.translations.rollout import FENCE_TAG, MARK, MARK_KEY

EXPORTED = 1000
"""Tickets in one call of the export."""
_IDS = "external_id"


class ZendeskCustomers(Customers):
    outside_tag = FENCE_TAG
    tickets_way = "incremental export"

    def __init__(self, client: ZendeskClient, context: Context) -> None:
        self._client = client
        self._made = context.known.get(context.name("rollout", "rollout", MARK))
        whole = context.declared.single("integrations")
        account_key = whole.crm.account_key if whole is not None and whole.crm is not None else _IDS
        _, dot, key = account_key.partition(".")
        self._account_field = customer_field_key(key, context) if dot else ""
        field = segment_field(list(context.declared.of("customer_fields").values()))
        self._segment_field = customer_field_key(field.key, context) if field else ""
        self._segments = {tag: key for key, tag in tags_of(field, context).items()} if field else {}
        self.segment_field = field.name if field else ""

    def mark(self) -> MarkState:
        if self._made is None:
            return "missing"
        fields = self._client.pages("organization_fields", "organization_fields")
        mark = next((each for each in fields if each.get("key") == MARK_KEY), None)
        if mark is None:
            return "gone"
        return "made" if mark.get("active") else "off"

    def organizations(self) -> Iterator[Organization]:
        for page in self._client.each_page("organizations", "organizations"):
            for body in page:
                yield self._organization(body)

    def _organization(self, body: Mapping[str, Any]) -> Organization:
        fields = body.get("organization_fields") or {}
        ids = (fields.get(self._account_field) if self._account_field else None, body.get(_IDS))
        mark = fields.get(MARK_KEY) if self._made is not None else False
        return Organization(
            id=str(body["id"]),
            name=str(body.get("name") or ""),
            account_ids=tuple(str(each).strip() for each in ids if each not in (None, "")),
            domains=tuple(str(each).strip().lower() for each in body.get("domain_names") or ()),
            segment=self._segments.get(str(fields.get(self._segment_field)), ""),
            marked=bool(mark) if mark in (True, False, None, "") else None,
        )

    def tickets(self, since: datetime) -> Iterator[Ticket]:
        """The export is of what was changed since then, which everything is that was made since then."""
        asked: dict[str, Any] = {"start_time": int(since.timestamp())}
        while True:
            body = self._client.get("incremental/tickets/cursor", per_page=EXPORTED, **asked).body
            if not isinstance(body.get("tickets"), list):
                raise unreachable("GET incremental/tickets/cursor", "the answer holds no tickets", reads=True)
            for each in body["tickets"]:
                made_at = datetime.strptime(str(each["created_at"]), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
                if made_at >= since and each.get("status") != "deleted":
                    yield Ticket(str(each.get("organization_id") or ""), made_at, FENCE_TAG in (each.get("tags") or ()))
            if body.get("end_of_stream", True) or not body.get("after_cursor"):
                return
            asked = {"cursor": body["after_cursor"]}

    def mark_many(self, ids: Iterable[str]) -> Iterator[Marking]:
        for batch, result in carried_out(self._client, in_batches(ids), self._mark, str):
            yield Marking(result.done, {batch[place]: why for place, why in result.refused.items()})

    def _mark(self, batch: list[str]) -> tuple[str, Reply]:
        path, fields = "organizations/update_many", {"organization_fields": {MARK_KEY: True}}
        marked = [{"id": int(each), **fields} for each in batch]
        return f"PUT {path}", self._client.put(path, {"organizations": marked})
