"""Zendesk's organizations, as a soft launch asks for them.

Organizations are listed by cursor, a hundred at once, and marked by `organizations/update_many`, a hundred with one
call, which a background job carries out. Tickets come from the incremental export by cursor, a thousand at once: the
vendor allows ten such calls a minute, and has no other way to count them by organization in fewer.
Sources: developer.zendesk.com, “Organizations”, “Job Statuses”, “Incremental Exports”.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from config.cohort import Organization
from config.rules.rollout import segment_field
from provisioners.customers import Customers, Marking, MarkState, Ticket
from provisioners.errors import SystemFault
from provisioners.translation import Context
from provisioners.zendesk.client import ZendeskClient
from provisioners.zendesk.replies import unreachable, warnings_in
from provisioners.zendesk.translations.options import customer_field_key, tags_of
from provisioners.zendesk.translations.rollout import FENCE_TAG, MARK, MARK_KEY

AT_ONCE = 100
"""Organizations in one bulk call."""
EXPORTED = 1000
"""Tickets in one call of the export."""
UNDER_WAY = 5
"""Jobs that golive has at work at the same time; the account takes thirty of everybody together."""
LOOKS = (0.5, 1.0, 2.0, 4.0)
"""Seconds between one look at a job and the next; the last one again and again."""
LONGEST = 600.0
"""Seconds after which a job counts as lost."""
_IDS = "external_id"
_ENDED = ("completed", "failed", "killed")


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
        left = iter(ids)
        under_way: deque[tuple[str, list[str]]] = deque()
        while batch := list(islice(left, AT_ONCE)):
            under_way.append((self._begin(batch), batch))
            if len(under_way) >= UNDER_WAY:
                yield self._result(*under_way.popleft())
        while under_way:
            yield self._result(*under_way.popleft())

    def _begin(self, batch: list[str]) -> str:
        """The job that marks these. What the vendor would leave out of it is a fault."""
        path = "organizations/update_many"
        fields = {"organization_fields": {MARK_KEY: True}}
        reply = self._client.put(path, {"organizations": [{"id": int(each), **fields} for each in batch]})
        warned = warnings_in(reply.headers)
        if warned:
            raise SystemFault(
                "dropped_field", f"PUT {path}", "; ".join(warned), "See how the mark is:  golive plan", took_effect=None
            )
        job = reply.body.get("job_status") or {}
        if not job.get("id"):
            raise unreachable(f"PUT {path}", "the answer names no job", reads=False)
        return str(job["id"])

    def _result(self, job: str, batch: list[str]) -> Marking:
        """What came of a job, once it is over."""
        body = self._ended(job)
        if body.get("status") != "completed":
            why = str(body.get("message") or "the vendor's job failed")
            return Marking(0, dict.fromkeys(batch, why))
        refused: dict[str, str] = {}
        for each in body.get("results") or ():
            if each.get("error") or each.get("success") is False:
                refused[_which(each, batch)] = str(each.get("details") or each.get("error") or "refused")
        return Marking(len(batch) - len(refused), refused)

    def _ended(self, job: str) -> dict[str, Any]:
        path, waited = f"job_statuses/{job}", 0.0
        for number in range(int(LONGEST)):
            body: dict[str, Any] = self._client.get(path).body.get("job_status") or {}
            if body.get("status") in _ENDED:
                return body
            pause = LOOKS[min(number, len(LOOKS) - 1)]
            waited += pause
            if waited > LONGEST:
                break
            self._client.guard.pause(pause)
        raise SystemFault(
            "unreachable",
            f"GET {path}",
            f"the vendor's job is not done after {LONGEST / 60:.0f} minutes",
            "Run the same command again later: it does what is left.",
            took_effect=None,
        )


def _which(result: Mapping[str, Any], batch: list[str]) -> str:
    """The organization that a result is about: by its id, or by its place in the call."""
    named = str(result.get("id") or "")
    index = result.get("index")
    if named in batch or not isinstance(index, int) or not 0 <= index < len(batch):
        return named
    return batch[index]
