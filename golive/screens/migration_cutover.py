"""The cutover from an old tool, step by step, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from config.results.migration_delta import MigrationDeltaDocument
from config.words import counted
from golive.screens.markdown import inline
from migrations.declared.migration import Migration

SIDE_BY_SIDE_DAYS = 14
"""Days in which both tools run; the method's figure, M07."""
ARCHIVE_DAYS = 90
"""Days of stable operation before the old data are archived and the old tool ends; M09."""


def cutover_sheet(document: MigrationDeltaDocument, declared: Migration, option: str) -> str:
    """Each step with who does it, how one sees that it worked, and the way back. option: ` -e NAME`."""
    return "\n".join(_lines(document, declared, option)) + "\n"


def _lines(document: MigrationDeltaDocument, declared: Migration, option: str) -> Iterator[str]:
    key = document.source
    changes = document.changes
    yield f"# Cutover: {inline(document.name)} → {inline(document.environment or '')}"
    yield ""
    since = f" from {document.since} on" if document.since else ""
    new, changed, waiting = changes.get("new", 0), changes.get("changed", 0), document.waiting
    yield f"As the old tool was read last{since}: {counted(new, 'ticket')} new, {changed:,} changed, {waiting:,} not"
    yield "finished there. Make this sheet again on the day:"
    yield f"`golive migrate delta {key} --check --runsheet FILE{option}`"
    yield ""
    yield "| # | What | Who | It worked when | The way back |"
    yield "| --- | --- | --- | --- | --- |"
    for number, row in enumerate(_steps(document, declared, option), start=1):
        yield f"| {number} | {' | '.join(row)} |"
    if document.left:
        yield "\n## To be looked at by a person\n"
        for each in document.left:
            yield f"- {inline(each.source)} {inline(each.subject)}: {inline(each.fate.replace('_', ' '))}, {each.page}"
    if document.replies:
        yield "\n## New tickets that answer an old one: merge by hand\n"
        for reply in document.replies:
            yield f"- {reply.page} {inline(reply.subject)} belongs to {inline(reply.belongs_to)}"


def _steps(document: MigrationDeltaDocument, declared: Migration, option: str) -> Iterator[tuple[str, ...]]:
    key, most = document.source, document.minutes[1] if document.minutes else 0
    took = f"about {counted(max(1, round(most)), 'minute')} by the account's limits"
    yield (
        f"The day before: `golive migrate plan {key}{option}` and `golive migrate delta {key} --check{option}`",
        "consultant", "nothing stands against it, and the numbers are as expected", "nothing was changed",
    )  # fmt: skip
    for address, fate in declared.addresses.items():
        into = f" into {inline(fate.into)}" if fate.into and fate.into != address else ""
        said = {
            "forward": f"Forward {inline(address)}{into} to the new helpdesk",
            "merge": f"Merge {inline(address)}{into}",
            "close": f"Close {inline(address)} with an answer that names the new way",
        }[fate.fate]
        came = document.arrived.get(address, 0)
        yield (
            f"{said} ({counted(came, 'ticket')} came there since the first sending)", "client's IT",
            "a test mail to it is a ticket in the new helpdesk", "take the forwarding away again",
        )  # fmt: skip
    yield (
        "Make the old tool read-only for the team: no more answers from there", "client's support lead",
        "nobody can answer there any more", "give the rights back",
    )  # fmt: skip
    yield (
        f"The last delta: `golive migrate delta {key} --cutover{option}` ({took})", "consultant",
        "it ends without a refusal",
        "what it deleted can be brought back for thirty days; what it made has the mark and stands in the ledger",
    )  # fmt: skip
    yield (
        f"`golive migrate verify {key}{option}`", "consultant", "0 unexplained, each check right",
        "each difference names its ticket; the old tool is still whole",
    )  # fmt: skip
    if declared.articles:
        yield (
            f"`golive migrate redirects {key} --check{option}`", "whoever runs the website",
            "each old address leads in one hop to a page", "take the new rules out again",
        )  # fmt: skip
    if document.unfinished:
        yield (
            f"Tell the team: {counted(document.unfinished, 'ticket')} not finished so far go on in the new helpdesk",
            "client's support lead", "each has somebody who answers it", "",
        )  # fmt: skip
    yield (
        f"Every day for {SIDE_BY_SIDE_DAYS} days: `golive migrate delta {key} --check{option}`",
        "client's support lead",
        "nothing new comes into the old tool; answers to old mails are merged where they belong", "",
    )  # fmt: skip
    yield (
        f"After {ARCHIVE_DAYS} days of stable operation: `golive migrate archive {key} --keep-until DAY --out FILE`",
        "client's owner of the data", "`golive migrate archive --check FILE` finds each part as written",
        "after the old licence has ended there is none: keep two copies",
    )  # fmt: skip
