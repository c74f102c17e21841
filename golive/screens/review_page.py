"""A review as a page that a head of support reads and answers, without these files and without golive."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from config.characters import visible
from config.results.error import Error
from config.results.findings import FindingEntry
from config.results.review import ReviewChange, ReviewDocument
from golive.changes.risks import TITLES, sentence
from golive.pages import page
from golive.screens.change_lines import called
from golive.screens.live_plan import plan_lines
from golive.screens.review import AUDIENCES, THERE, finding_line, sides, summary, there_lines
from golive.terminal.fault import Fault
from golive.terminal.masking import with_texts

_TAGS = {"create": "new", "update": "", "rename": "only in the files", "none": "leaves the files"}
_TONES = {"create": "good", "update": "", "rename": ""}
_SIGNS = {"+": "come", "-": "gone"}
_SEVERITIES = {"error": "bad", "warning": "warn", "note": ""}
_MANY = 8
"""So many changes that nobody notices stand open; more are folded."""


def review_page(document: ReviewDocument) -> str:
    """The page. What nobody would see in a name is written out."""
    shown: ReviewDocument = with_texts(document, visible)
    invalid = shown.error is not None and shown.error.code == "invalid"
    by_audience = [
        {"title": title, "lines": [], "changes": mine, "folded": audience == "nobody" and len(mine) > _MANY}
        for audience, title in AUDIENCES.items()
        if (mine := [_change(each) for each in shown.changes if each.audience == audience and not each.there])
    ]
    there = [_change(each) for each in shown.changes if each.there]
    if there:
        by_audience.append({"title": THERE, "lines": there_lines(shown), "changes": there, "folded": True})
    plan = shown.plan
    return page(
        "review.html.j2",
        client=shown.client or "This workspace",
        sides=sides(shown),
        environment=shown.environment,
        error=shown.error,
        invalid=invalid,
        summary=summary(shown),
        answer=shown.answer if shown.changes and not invalid else "",
        risks=[{"title": TITLES[each.risk], "text": each.text} for each in shown.risks],
        remarks=shown.remarks,
        blocks=by_audience,
        added=_findings(shown.findings_added),
        removed=_findings(shown.findings_removed),
        plan={"environment": plan.environment, "text": "\n".join(plan_lines(plan))} if plan else None,
        digest=shown.digest,
    )


def failed_page(fault: Fault) -> str:
    """The page where there is no review: it says so, instead of showing nothing."""
    return review_page(ReviewDocument(error=Error(**{**fault.as_json(), "code": "invalid"})))


def _change(each: ReviewChange) -> dict[str, Any]:
    leaving = each.action not in ("create", "update", "rename")
    ends = [each.leaves, each.waits, each.note]
    return {
        "title": sentence(called(each.kind, each.name)),
        "tag": "there already" if each.there else _TAGS.get(each.action, "leaves the files"),
        "tone": "" if each.there else "bad" if leaving else _TONES[each.action],
        "ends": [f"{sentence(end)}." for end in ends if end],
        "lines": [_line(f"  {line[2:]}" if each.there else line) for line in each.says],
        "place": " · ".join(part for part in (each.where, f"until now {each.was}" if each.was else "") if part),
    }


def _line(line: str) -> tuple[str, int, str]:
    """(what becomes of it, how far it stands inside, text)."""
    text = line[2:]
    return _SIGNS.get(line[:1], ""), len(text) - len(text.lstrip()), text.strip() or "\u00a0"


def _findings(findings: Iterable[FindingEntry]) -> list[dict[str, str]]:
    return [
        {"severity": each.severity, "tone": _SEVERITIES[each.severity], "text": finding_line(each)} for each in findings
    ]
