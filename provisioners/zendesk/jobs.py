"""Zendesk's background jobs: a bulk call begins one, which is looked at until it is over.

Source: developer.zendesk.com, “Job Statuses”.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from provisioners.errors import SystemFault
from provisioners.zendesk.client import Reply, ZendeskClient
from provisioners.zendesk.replies import unreachable, warnings_in

AT_ONCE = 100
"""Objects in one bulk call."""
UNDER_WAY = 5
"""Jobs that golive has at work at the same time; the account takes thirty of everybody together."""
LOOKS = (0.5, 1.0, 2.0, 4.0)
"""Seconds between one look at a job and the next; the last one again and again."""
LONGEST = 600.0
"""Seconds after which a job counts as lost."""
_ENDED = ("completed", "failed", "killed")
_AT_WORK = ("queued", "working")

Item = TypeVar("Item")


@dataclass(frozen=True)
class JobResult:
    """What came of one bulk call of so many objects. refused: place in the call → the vendor's reason."""

    size: int
    refused: Mapping[int, str] = field(default_factory=dict)

    @property
    def done(self) -> int:
        return self.size - len(self.refused)


def in_batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items, as many at a time as one bulk call takes."""
    left = iter(items)
    while batch := list(islice(left, AT_ONCE)):
        yield batch


def carried_out(
    client: ZendeskClient,
    batches: Iterable[list[Item]],
    send: Callable[[list[Item]], tuple[str, Reply]],
    id_of: Callable[[Item], str],
) -> Iterator[tuple[list[Item], JobResult]]:
    """Send objects in bulk calls, a few at work at the same time, and tell of each call what came of it.

    send: makes one call; what was called, and the answer. id_of: an object's id; empty for one that is made by the
    call. Raises SystemFault.
    """
    under_way: deque[tuple[list[Item], str]] = deque()

    def first() -> tuple[list[Item], JobResult]:
        batch, job = under_way.popleft()
        return batch, result_of(client, job, [id_of(each) for each in batch])

    for batch in batches:
        under_way.append((batch, _job(*send(batch))))
        if len(under_way) >= UNDER_WAY:
            yield first()
    while under_way:
        yield first()


def _job(call: str, reply: Reply) -> str:
    """The job that a bulk call has begun. What the vendor would leave out of it is a fault."""
    warned = warnings_in(reply.headers)
    if warned:
        raise SystemFault(
            "dropped_field", call, "; ".join(warned), "See how the fields are:  golive plan", took_effect=None
        )
    job = reply.body.get("job_status") or {}
    if not job.get("id"):
        raise unreachable(call, "the answer names no job", reads=False)
    return str(job["id"])


def result_of(client: ZendeskClient, job: str, ids: Sequence[str]) -> JobResult:
    """What came of a job, once it is over. ids: those of the call's objects, in their order."""
    body = ended(client, job)
    if body.get("status") != "completed":
        why = str(body.get("message") or "the vendor's job failed")
        return JobResult(len(ids), dict.fromkeys(range(len(ids)), why))
    refused: dict[int, str] = {}
    for each in body.get("results") or ():
        if each.get("error") or each.get("success") is False:
            place = _place(each, ids)
            if place is not None:
                refused[place] = str(each.get("details") or each.get("error") or "refused")
    return JobResult(len(ids), refused)


def _place(result: Mapping[str, Any], ids: Sequence[str]) -> int | None:
    """The object that a result is about: by its id, or by its place in the call."""
    named, index = str(result.get("id") or ""), result.get("index")
    if named and named in ids:
        return ids.index(named)
    return index if isinstance(index, int) and 0 <= index < len(ids) else None


def ended(client: ZendeskClient, job: str) -> dict[str, Any]:
    """A job once it is over. Raises SystemFault."""
    path, waited = f"job_statuses/{job}", 0.0
    for number in range(int(LONGEST)):
        body: dict[str, Any] = client.get(path).body.get("job_status") or {}
        if body.get("status") in _ENDED:
            return body
        pause = LOOKS[min(number, len(LOOKS) - 1)]
        waited += pause
        if waited > LONGEST:
            break
        client.guard.pause(pause)
    raise SystemFault(
        "unreachable",
        f"GET {path}",
        f"the vendor's job is not done after {LONGEST / 60:.0f} minutes",
        "Run the same command again later: it does what is left.",
        took_effect=None,
    )


def wait_for_others(client: ZendeskClient, words: str) -> None:
    """Wait for every job at work of whose sort the vendor says `words`. Raises SystemFault."""
    for job in client.pages("job_statuses", "job_statuses"):
        if job.get("status") in _AT_WORK and words in str(job.get("job_type") or "").lower():
            ended(client, str(job["id"]))
