"""What the vendor answers about imports, in our words.

Source: developer.zendesk.com, “Job Statuses”, “Tickets”, “Ticket Comments”, “Attachments”, “Ticket Audits”; for jobs
about users, support.zendesk.com, community, “Create or Update Many Users response specifications”.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from provisioners.history import FoundOrganization, FoundUser, HeldComment, HeldFile, HeldTicket
from provisioners.imports import BegunJob, JobState, JobStatus, RowResult, RuleActed
from provisioners.zendesk.client import Reply
from provisioners.zendesk.replies import unreachable, warnings_in

Body = Mapping[str, Any]

_STATUSES: Mapping[str, JobStatus] = {
    "queued": "queued",
    "working": "working",
    "completed": "completed",
    "failed": "failed",
    "killed": "failed",
}
_TOLD = frozenset({"Notification", "SmsNotification", "Cc", "NotificationWithCcs", "SatisfactionRating"})
"""Events that say that somebody hears of the ticket."""
_SYSTEM = -1
"""The author of what nobody did."""


def begun_job(reply: Reply, call: str) -> BegunJob:
    """The job that a bulk call has begun. Raises SystemFault where the answer names none: whether there is one then,
    nobody knows."""
    job = reply.body.get("job_status")
    if not isinstance(job, Mapping) or not job.get("id"):
        raise unreachable(call, "the answer names no job", reads=False)
    return BegunJob(str(job["id"]), warnings_in(reply.headers))


def job_state(body: Body) -> JobState:
    """A job as the vendor shows it. One that only says whether all went well has no rows."""
    status = _STATUSES.get(str(body.get("status")), "unknown")
    job, results, why = str(body.get("id")), body.get("results"), str(body.get("message") or "")
    if status == "failed":
        return JobState(job, status, why=why or "the vendor does not say why")
    if status != "completed":
        return JobState(job, status)
    if isinstance(results, Mapping):
        if results.get("success") is False:
            return JobState(job, "failed", why=why or "not everything was done, and the vendor does not say what")
        return JobState(job, status)
    listed = [each for each in results or () if isinstance(each, Mapping)]
    rows = (_row(each, place, whole=len(listed) == body.get("total")) for place, each in enumerate(listed))
    return JobState(job, status, tuple(rows))


def _failed(result: Body) -> bool:
    problem = result.get("error") or result.get("errors")
    return bool(problem) or result.get("success") is False or result.get("status") == "Failed"


def _row(result: Body, place: int, *, whole: bool) -> RowResult:
    """place: of the result in the list. whole: whether the list tells of every object of the call.

    Jobs about users have been seen to say no `index`, and to give the place of one that failed as its `id`. Which
    object one that was made is, is not guessed by the order.
    """
    index = result.get("index")
    known = index if isinstance(index, int) and not isinstance(index, bool) else None
    whose = {name: _text(result.get(name)) for name in ("external_id", "email")}
    if not _failed(result):
        return RowResult(known, _text(result.get("id")), **whose)
    if "index" not in result and whole and result.get("id") == place:
        known = place
    said = (result.get(name) for name in ("details", "errors", "message", "error"))
    return RowResult(known, error=next((str(each) for each in said if each), "refused without a reason"), **whose)


def found_user(body: Body) -> FoundUser:
    return FoundUser(
        _text(body["id"]),
        _text(body.get("name")),
        _text(body.get("email")),
        _text(body.get("external_id")),
        team=body.get("role") not in (None, "end-user"),
    )


def found_organization(body: Body) -> FoundOrganization:
    return FoundOrganization(_text(body["id"]), _text(body.get("name")), _text(body.get("external_id")))


def held_ticket(body: Body) -> HeldTicket:
    metrics = body.get("metric_set")
    solved = metrics.get("solved_at") if isinstance(metrics, Mapping) else None
    fields = body.get("custom_fields") or ()
    return HeldTicket(
        id=_text(body["id"]),
        external_id=_text(body.get("external_id")),
        subject=_text(body.get("raw_subject") or body.get("subject")),
        requester=_text(body.get("requester_id")),
        submitter=_text(body.get("submitter_id")),
        assignee=_text(body.get("assignee_id")),
        group=_text(body.get("group_id")),
        organization=_text(body.get("organization_id")),
        brand=_text(body.get("brand_id")),
        form=_text(body.get("ticket_form_id")),
        status=_text(body.get("status")),
        custom_status=_text(body.get("custom_status_id")),
        priority=_text(body.get("priority")),
        kind=_text(body.get("type")),
        channel=_text((body.get("via") or {}).get("channel")),
        created=_text(body.get("created_at")),
        updated=_text(body.get("updated_at")),
        solved=_text(solved),
        copied=tuple(_text(each) for each in body.get("email_cc_ids") or ()),
        tags=tuple(_text(each) for each in body.get("tags") or ()),
        values={_text(each["id"]): each.get("value") for each in fields},
    )


def held_comment(body: Body) -> HeldComment:
    """A comment whose answer does not say that it is public counts as public: that is what has to be noticed."""
    return HeldComment(
        _text(body["id"]),
        _text(body.get("author_id")),
        body.get("public") is not False,
        _text(body.get("body")),
        _text(body.get("html_body")),
        _text(body.get("created_at")),
        tuple(_file(each) for each in body.get("attachments") or ()),
    )


def _file(body: Body) -> HeldFile:
    scanned = _text(body.get("malware_scan_result"))
    infected = scanned == "malware_found" and not body.get("malware_access_override")
    blocked = "the vendor has found malware in it" if infected else ""
    if body.get("deleted"):
        blocked = "it was deleted in the helpdesk"
    return HeldFile(
        _text(body["id"]),
        _text(body.get("file_name")),
        _text(body.get("content_type")),
        int(body.get("size") or 0),
        _text(body.get("content_url")),
        blocked,
    )


def rules_acted(audit: Body) -> Iterator[RuleActed]:
    """What an audit says that rules have done, and who was told.

    What triggers do stands in the audit of the change that fired them; an automation's audit is its own, by the system.
    The audit in which a ticket is made has Create events. Source: developer.zendesk.com, “Ticket Audits”.
    """
    events = audit.get("events") or ()
    acts = [each for each in events if each.get("type") in _TOLD or (each.get("via") or {}).get("channel") == "rule"]
    is_new = any(each.get("type") == "Create" for each in events)
    upon_somebody = len(acts) < len(events) and not is_new and audit.get("author_id") not in (None, _SYSTEM)
    for event in acts:
        source = ((event.get("via") or {}).get("source") or {}).get("from") or {}
        kind = _text(event.get("type"))
        yield RuleActed(_text(source.get("title")), kind, tells=kind in _TOLD, upon_somebody=upon_somebody)


def _text(value: Any) -> str:
    return "" if value is None else str(value)
