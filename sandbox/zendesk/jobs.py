"""Background jobs: what a bulk call begins, when it is carried out, and what is kept of it.

The account has at most thirty queued or running; one more is refused with `TooManyJobs`, and each answer that begins a
job says in `zendesk-ratelimit-inflight-jobs` how many may follow. The last hundred are kept, for about an hour.

A job does its work when it is over, not when it is asked for: until then nothing of it can be found. How long it takes
the settings say: `job_seconds` (0: it is done at once) and `jobs_at_once` (how many are at work together; the pages do
not say). With `job_results: shuffled` results come in another order than the objects were sent; the pages promise none.
With `without_index` they are as jobs about users have shown them: in the order sent, without `index`, and the `id` of
one that failed is its place.

Source: developer.zendesk.com, “Job Statuses” and “Rate limits”; its page speaks of a day now, in place of an hour. For
results without an index: support.zendesk.com, community, “Create or Update Many Users response specifications”. The
body of the refusal, beside its error and the ids of the jobs, is ours.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from starlette.responses import JSONResponse, Response

from sandbox.store import Row
from sandbox.zendesk.account import Account
from sandbox.zendesk.endpoint import ApiCall, Handler
from sandbox.zendesk.refusals import Refused, plain, titled

BULK_LIMIT = 100
"""Objects in one bulk call."""
IN_FLIGHT = 30
"""Jobs that are queued or running, whoever began them."""
KEPT = 100
"""Jobs of which the result can still be asked for."""
KEPT_SECONDS = 3600
HEADER = "zendesk-ratelimit-inflight-jobs"

Work = Callable[[], Any]
"""Does what the job is there for; its results."""
Find = Callable[[str, str], tuple[Handler, dict[str, str]]]
"""The handler of a method and a path by which a job was begun."""


def check_bulk(count: int) -> None:
    """Raises `Refused` above 100 objects, or for none."""
    if count > BULK_LIMIT:
        raise plain(400, "TooManyValues", f"At most {BULK_LIMIT} objects in one call")
    if not count:
        raise titled(400, "Invalid attribute", "No objects were given.")


def begin_job(call: ApiCall, job_type: str, total: int | None, work: Work) -> Response:
    """Begin a job and answer with its status as queued. A call that is carried out later comes here again."""
    if call.job is not None:
        _complete(call, call.job, work)
        return JSONResponse({})
    account = call.account
    now, jobs = account.store.clock(), account.rows("job_statuses")
    waiting = [row for row in jobs.values() if _is_in_flight(account, row)]
    if len(waiting) >= IN_FLIGHT:
        ids = [row["id"] for row in waiting]
        words = f"The account has {IN_FLIGHT} jobs queued or running"
        refusal = Refused(429, {"error": "TooManyJobs", "description": words, "current_job_ids": ids})
        refusal.headers = {HEADER: _left(0)}
        raise refusal
    _forget_old(account, now)
    number = account.store.next_id("zendesk jobs")
    key = f"{number:032x}"
    row: Row = {
        "id": key,
        "job_type": job_type,
        "total": total,
        "progress": None,
        "status": "queued",
        "message": None,
        "results": None,
        "_number": number,
        "_begun": now,
    }
    jobs[key] = row
    seconds = float(account.settings.get("job_seconds", 0))
    if seconds:
        row.update(_plan(account, now, seconds), _request=_written(call))
    else:
        _complete(call, row, work)
    shown = {name: value for name, value in row.items() if not name.startswith("_")}
    queued = {**shown, "status": "queued", "progress": None, "message": None, "results": None}
    url = f"{call.base}/api/v2/job_statuses/{key}.json"
    response = JSONResponse({"job_status": {**queued, "url": url}})
    response.headers[HEADER] = _left(IN_FLIGHT - len(waiting) - _is_in_flight(account, row))
    return response


def carry_out_due(account: Account, find: Find) -> None:
    """Do what jobs were begun for whose time has come, in the order in which they end."""
    now = account.store.clock()
    due = [row for row in account.rows("job_statuses").values() if row.get("_ends", now + 1) <= now]
    for row in sorted(due, key=lambda each: (each["_ends"], each["_number"])):
        request = row.pop("_request")
        row.pop("_ends")
        handler, ids = find(request["method"], request["path"])
        try:
            handler(ApiCall(account, ids=ids, job=row, **request))
        except Refused as why:
            row.update(status="failed", message=str(why.body.get("description") or why.body))


def shown_job(account: Account, row: Row, echo: Row) -> Row:
    """A job as it is now. The setting `job_polls` says for how many looks it is at work before it is done."""
    row["_looks"] = row.get("_looks", 0) + 1
    if "_ends" in row:
        begun = row["_starts"] <= account.store.clock()
        return {**echo, "status": "working" if begun else "queued", "progress": 0 if begun else None}
    if row["_looks"] <= int(account.settings.get("job_polls", 0)):
        return {**echo, "status": "working", "progress": 0, "message": None, "results": None}
    return echo


def kept_job(account: Account, key: str) -> Row | None:
    """A job of which the result is still kept."""
    row = account.rows("job_statuses").get(key)
    return None if row is None or _is_over(row, account.store.clock()) else row


def _complete(call: ApiCall, row: Row, work: Work) -> None:
    results = work()
    if isinstance(results, list) and call.account.settings.get("job_results") == "shuffled":
        random.Random(row["_number"]).shuffle(results)  # noqa: S311 - a repeatable disorder, not a secret
    if isinstance(results, list) and call.account.settings.get("job_results") == "without_index":
        results = [_without_index(each) for each in results]
    message = f"Completed at {call.account.now()}" if isinstance(results, list) else None
    row.update(status="completed", progress=row["total"], message=message, results=results)


def _without_index(result: Row) -> Row:
    place = result["index"]
    rest = {name: value for name, value in result.items() if name not in ("index", "success", "action")}
    return {**rest, "status": "Created"} if result["success"] else {"id": place, **rest, "status": "Failed"}


def _plan(account: Account, now: float, seconds: float) -> Row:
    """When a job starts and ends, where only so many are at work together."""
    ends = sorted(row["_ends"] for row in account.rows("job_statuses").values() if "_ends" in row)
    together = int(account.settings.get("jobs_at_once", IN_FLIGHT))
    starts = max(now, ends[-together]) if len(ends) >= together else now
    return {"_starts": starts, "_ends": starts + seconds}


def _written(call: ApiCall) -> Row:
    """What it takes to carry out a call later."""
    return {
        "method": call.method,
        "path": call.path,
        "query": call.query,
        "document": call.document,
        "base": call.base,
        "user": call.user,
        "brand": call.brand,
    }


def _is_in_flight(account: Account, row: Row) -> bool:
    return "_ends" in row or row.get("_looks", 0) < int(account.settings.get("job_polls", 0))


def _is_over(row: Row, now: float) -> bool:
    return "_ends" not in row and now - float(row.get("_begun", 0)) > KEPT_SECONDS


def _forget_old(account: Account, now: float) -> None:
    jobs = account.rows("job_statuses")
    ended = [key for key, row in jobs.items() if "_ends" not in row]
    beyond = ended[: max(0, len(jobs) - KEPT + 1)]
    for key in {*beyond, *(key for key in ended if _is_over(jobs[key], now))}:
        del jobs[key]


def _left(count: int) -> str:
    return f"total={IN_FLIGHT}; remaining={max(0, count)}; resets=60"
