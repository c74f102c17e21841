"""The report of a migration, as Markdown and as a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from config.characters import visible
from config.results.migration_accept import AcceptDocument
from config.results.migration_report import MigrationReportDocument, NotBrought, RunEntry
from config.results.migration_verify import SumLine
from config.words import counted
from golive.pages import page
from golive.screens.markdown import inline
from golive.screens.migration_accept import verdict_said
from golive.wording.record_words import FATES, TITLES, records_said, word_said
from golive.wording.shown_numbers import shown_said

MOST_LISTED = 500
"""Records that did not come, in Markdown and on the page; the JSON has all of them."""
RUN_HEADS = ("Run", "What it did", "Began (UTC)", "Took", "The file's decisions", "Calls", "golive")
_VERBS = {"run": "sent", "delta": "sent what had changed", "rollback": "took away"}
HEADS = ("Source", "Imported", "Left out", "Refused", "Put aside", "Waiting", "Unexplained")


def numbers_of(line: SumLine) -> tuple[int, ...]:
    """In the order of `HEADS`."""
    return (line.source, line.imported, line.skipped, line.failed, line.quarantined, line.waiting, line.unexplained)


def runs_said(document: MigrationReportDocument) -> list[tuple[str, ...]]:
    """Each run, in the order of `RUN_HEADS`."""
    return [
        (
            str(run.id),
            _VERBS.get(run.verb, run.verb),
            run.began[:16].replace("T", " "),
            _took(run),
            "as now" if run.mapping == document.mapping else f"others ({run.mapping})",
            f"{run.calls:,}",
            run.version,
        )
        for run in document.runs
    ]


def _took(run: RunEntry) -> str:
    if not run.ended:
        return "it did not come to its end"
    seconds = round((datetime.fromisoformat(run.ended) - datetime.fromisoformat(run.began)).total_seconds())
    if seconds < 90:
        return counted(max(1, seconds), "second")
    return counted(round(seconds / 60), "minute") if seconds < 5400 else f"{seconds / 3600:.1f} hours"


def reasons(left: Sequence[NotBrought]) -> list[tuple[str, str, str, int]]:
    """(type, fate, reason, how many), the most frequent first."""
    numbers = Counter((each.type, FATES[each.fate], each.reason) for each in left)
    return [(TITLES[type_][number != 1], fate, why, number) for (type_, fate, why), number in numbers.most_common()]


def verdict(document: MigrationReportDocument) -> tuple[str, str]:
    """(`good`, `warn` or `bad`; what can be said of the whole)."""
    if document.verified is None:
        return "warn", f"Nobody has compared it yet:  golive migrate verify {document.source}"
    part = "every ticket" if document.verified.share == 1 else f"{document.verified.share:.0%} of the tickets"
    since = [run for run in document.runs if run.began[:19] > document.verified_at[:19]]
    if since:
        return "warn", (
            f"Since it was compared ({document.verified_at[:16].replace('T', ' ')}) a {since[-1].verb} has changed it. "
            f"Compare it again:  golive migrate verify {document.source}"
        )
    if document.verified.is_right:
        return "good", f"Everything is there, or it is said why not. Compared: {part}, on {document.verified_at[:10]}."
    return "bad", f"It does not hold: see the checks. Compared: {part}, on {document.verified_at[:10]}."


def report_markdown(document: MigrationReportDocument) -> str:
    return "\n".join(_lines(document)) + "\n"


def _lines(document: MigrationReportDocument) -> Iterator[str]:
    yield f"# {inline(document.name)} → {inline(document.title)} ({inline(document.environment or '')})"
    yield ""
    yield f"{verdict(document)[1]}"
    yield ""
    yield f"Read: {records_said(document.read)}. Each ticket that came has the tag `{document.mark}`."
    if document.window:
        since, before = document.window
        yield f"Tickets that began{f' since {since}' if since else ''}{f' before {before}' if before else ''}."
    if document.verified is not None:
        yield "\n## The sum\n"
        yield f"| | {' | '.join(HEADS)} |"
        yield f"| --- |{' ---: |' * len(HEADS)}"
        for line in document.verified.sums:
            if line.source:
                word = TITLES[line.type][1] if line.by == "type" else f"{line.by} {inline(line.word or '(none)')}"
                yield f"| {word} | {' | '.join(f'{number:,}' for number in numbers_of(line))} |"
        yield from (f"\n{inline(shown_said(number))}." for number in document.verified.shown)
        yield "\n## Compared with the helpdesk\n"
        yield "| holds | what | tickets looked at | wrong |\n| --- | --- | ---: | ---: |"
        for check in document.verified.checks:
            mark = "❌" if check.wrong else "✅"
            yield f"| {mark} | {inline(check.means)} | {check.looked_at:,} | {check.wrong:,} |"
        for check in document.verified.checks:
            for wrong in check.examples:
                yield f"- {inline(wrong.source)} → {inline(wrong.target)}: {inline(wrong.said)}"
    if document.accepted is not None:
        yield from _accepted(document.accepted)
    if document.decisions:
        yield "\n## What is lost, and who said so\n"
        yield "| word | becomes | records | decision |\n| --- | --- | ---: | --- |"
        for loss in document.decisions:
            word, place = inline(word_said(loss.path)), inline(loss.to or "–")
            yield f"| {word} | {place} | {loss.records:,} | {inline(loss.decision)} |"
    if document.left:
        yield "\n## What did not come\n"
        yield "| what | fate | why | how many |\n| --- | --- | --- | ---: |"
        for type_, fate, why, number in reasons(document.left):
            yield f"| {type_} | {fate} | {inline(why)} | {number:,} |"
        yield ""
        for each in document.left[:MOST_LISTED]:
            retry = f" Again: `{each.retry}`" if each.retry else ""
            yield f"- {TITLES[each.type][0]} {inline(each.source)}: {FATES[each.fate]}, {inline(each.reason)}.{retry}"
        if len(document.left) > MOST_LISTED:
            yield f"- … and {len(document.left) - MOST_LISTED:,} more, in the JSON"
    yield "\n## Runs\n"
    yield f"| {' | '.join(RUN_HEADS)} |\n| ---: | --- | --- | --- | --- | ---: | --- |"
    yield from (f"| {' | '.join(cells)} |" for cells in runs_said(document))
    if document.tickets_a_minute:
        yield f"\n{document.tickets_a_minute:,.0f} tickets a minute while it was sent."
    yield "\n## Taking it back\n"
    yield f"`golive migrate rollback {document.source}` would delete {records_said(document.made)}."
    yield f"There before, and never touched: {records_said(document.matched)}."
    yield "Deleted tickets can be brought back for 30 days."
    yield f"\n_Made by golive {document.version} at {document.made_at}._"


def _accepted(document: AcceptDocument) -> Iterator[str]:
    """The sample, and who said what of it."""
    yield "\n## What people have seen\n"
    yield inline(verdict_said(document)[1])
    yield "\n| sort | came | looked at |\n| --- | ---: | ---: |"
    yield from (f"| {inline(each.name)} | {each.of:,} | {each.drawn:,} |" for each in document.sorts)
    yield "\n| verdict | tickets | at most |\n| --- | ---: | ---: |"
    yield from (f"| {each.judgement} | {each.number:,} | {each.most:,} |" for each in document.judgements)
    yield ""
    for ticket in document.tickets:
        said = f"{ticket.verdict}, {inline(ticket.by)} on {ticket.at[:10]}" if ticket.verdict else "nobody has said yet"
        note = f": {inline(ticket.note)}" if ticket.note else ""
        yield f"- {inline(ticket.source)} → {inline(ticket.target)}: {said}{note}"


def report_page(document: MigrationReportDocument) -> str:
    """One file of HTML that needs nothing else."""
    mark, said = verdict(document)
    return page(
        "migration_report.html.j2",
        document=document,
        mark=mark,
        seen=verdict_said(document.accepted) if document.accepted is not None else ("", ""),
        said=said,
        read=records_said(document.read),
        made=records_said(document.made),
        matched=records_said(document.matched),
        heads=HEADS,
        run_heads=RUN_HEADS,
        runs=runs_said(document),
        numbers_of=numbers_of,
        reasons=reasons(document.left),
        most=MOST_LISTED,
        titles=TITLES,
        fates=FATES,
        visible=visible,
        word_said=word_said,
    )
