"""The cutover from an old tool, step by step, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from checklists.moments import written
from checklists.words import role_words
from config.results.migration_delta import MigrationDeltaDocument
from config.words import counted
from golive.launch.runsheet import clock_said, minute_said
from golive.screens.markdown import code, inline
from migrations.declared.migration import Address, Migration

SIDE_BY_SIDE_DAYS = 14
"""Days in which both tools run; the method's figure, M07."""
ARCHIVE_DAYS = 90
"""Days of stable operation before the old data are archived and the old tool ends; M09."""
_HOUR, _DAY = 60, 24 * 60
_QUARTER = 15
"""Minutes; steps begin at full quarters."""
_DONE_BY = {"forward": "Forward {} to the new helpdesk", "merge": "Merge {}", "close": "Close {} with an answer that "
            "names the new way"}  # fmt: skip


@dataclass(frozen=True)
class CutoverDay:
    """begins: when the first address moves; None where nobody has said it yet. zone: of the clocks that people read.
    people: role → who has it now, by name. roll_back and escalation: what the project says of them; empty for
    nothing."""

    begins: datetime | None = None
    zone: str = "UTC"
    people: Mapping[str, Sequence[str]] = field(default_factory=dict)
    roll_back: str = ""
    escalation: str = ""

    def who(self, role: str) -> str:
        """By name, with what they are in this project; a role that nobody has stands for itself."""
        names = self.people.get(role)
        return f"{', '.join(names)} ({role_words(role)})" if names else role_words(role)

    def when(self, minute: int) -> str:
        """A moment, counted from the beginning in minutes."""
        days = minute // _DAY
        said = f"T+{days} days" if days > 1 else minute_said(minute)
        if self.begins is None:
            return said
        day, clock = clock_said(written(self.begins + timedelta(minutes=minute)), ZoneInfo(self.zone))
        there = self.begins + timedelta(minutes=minute)
        return f"{day} {clock}" if days < 2 else f"{day} {there:%Y}"


@dataclass(frozen=True)
class _Step:
    """minute: when it begins, counted from the first address that moves. back: the way back; empty where there is
    nothing to take back."""

    minute: int
    what: str
    role: str
    check: str
    back: str = ""


def cutover_sheet(document: MigrationDeltaDocument, declared: Migration, day: CutoverDay, option: str) -> str:
    """Each step with when, who does it, how one sees that it worked, and the way back. option: ` -e NAME`."""
    return "\n".join(_lines(document, declared, day, option)) + "\n"


def _lines(document: MigrationDeltaDocument, declared: Migration, day: CutoverDay, option: str) -> Iterator[str]:
    key, changes = document.source, document.changes
    yield f"# Cutover: {inline(document.name)} → {inline(document.environment or '')}"
    yield ""
    yield from _begins(day)
    since = f", from {document.since} on" if document.since else ""
    new = f"{counted(changes.get('new', 0), 'new ticket')}, {changes.get('changed', 0):,} changed"
    yield f"As the old tool was read last{since}: {new}, {document.unfinished:,} not finished there."
    yield f"Make this sheet again on the day: `golive migrate delta {key} --check --runsheet FILE{_at(day)}{option}`"
    yield ""
    yield "| # | When | What | Who | It worked when | The way back |"
    yield "| ---: | --- | --- | --- | --- | --- |"
    for number, step in enumerate(_steps(document, declared, option), start=1):
        cells = (day.when(step.minute), step.what, inline(day.who(step.role)), step.check, step.back or "–")
        yield f"| {number} | {' | '.join(cells)} |"
    yield from _way_back(document, declared, day, option)
    if document.left:
        yield "\n## To be looked at by a person\n"
        for each in document.left:
            yield f"- {inline(each.source)} {inline(each.subject)}: {inline(each.fate.replace('_', ' '))}, {each.page}"
    if document.replies:
        yield "\n## New tickets that answer an old one: merge by hand\n"
        for reply in document.replies:
            yield f"- {reply.page} {inline(reply.subject)} belongs to {inline(reply.belongs_to)}"


def _begins(day: CutoverDay) -> Iterator[str]:
    if day.begins is None:
        yield "T is when the first address moves: nobody has said yet when that is (`--at 'YYYY-MM-DD HH:MM'`)."
    else:
        date, clock = clock_said(written(day.begins), ZoneInfo(day.zone))
        yield f"It begins on {date} at {clock}, when the first address moves. All times: {inline(day.zone)}."
    if day.escalation:
        yield f"Whom to call: {inline(day.escalation)}"
    yield ""


def _at(day: CutoverDay) -> str:
    if day.begins is None:
        return ""
    return f" --at '{day.begins.astimezone(ZoneInfo(day.zone)):%Y-%m-%d %H:%M}'"


def _steps(document: MigrationDeltaDocument, declared: Migration, option: str) -> Iterator[_Step]:
    key = document.source
    yield _Step(
        -_DAY, f"`golive migrate plan {key}{option}` and `golive migrate delta {key} --check{option}`", "consultant",
        "nothing stands against it, and the numbers are as expected", "nothing was changed",
    )  # fmt: skip
    yield _Step(
        -_DAY, "Tell the team: from when on they answer in the new helpdesk only, and whom they ask", "support_lead",
        "each of them has said that they know it",
    )  # fmt: skip
    for address, fate in declared.addresses.items():
        came = counted(document.arrived.get(address, 0), "ticket")
        yield _Step(
            0, f"{_address_said(address, fate)} ({came} came there since the first sending)", "it_security",
            _address_check(address, fate, option), "take the forwarding away again",
        )  # fmt: skip
    yield _Step(
        _QUARTER, "Make the old tool read-only for the team: no more answers from there", "admin",
        "nobody can answer there any more", "give the rights back",
    )  # fmt: skip
    most = document.minutes[1] if document.minutes else 0
    sending = 2 * _QUARTER
    yield _Step(
        sending, f"The last delta: `golive migrate delta {key} --cutover{option}`; it takes about "
        f"{counted(max(1, round(most)), 'minute')} by the account's limits, and the reading before it", "consultant",
        "it ends without a refusal",
        "former tickets that it deleted can be brought back for thirty days; what it made has the mark",
    )  # fmt: skip
    compared = sending + _quarters(most) + _QUARTER
    yield _Step(
        compared, f"`golive migrate verify {key}{option}`", "consultant", "0 unexplained, each check right",
        "each difference names its ticket; the old tool is still whole",
    )  # fmt: skip
    if declared.articles:
        yield _Step(
            compared + _QUARTER, f"`golive migrate redirects {key} --check{option}`", "web_team",
            "each old address leads in one hop to a page", "take the new rules out again",
        )  # fmt: skip
    if document.unfinished:
        yield _Step(
            compared + _QUARTER, f"Give {counted(document.unfinished, 'ticket')}, not finished so far, to somebody in "
            "the new helpdesk", "support_lead", "each has somebody who answers it",
        )  # fmt: skip
    yield _Step(
        _DAY, f"Every day until {SIDE_BY_SIDE_DAYS} days are over: `golive migrate delta {key} --check{option}`",
        "support_lead", "nothing new comes into the old tool; answers to old mails are merged where they belong",
    )  # fmt: skip
    yield _Step(
        SIDE_BY_SIDE_DAYS * _DAY, "Both tools have run side by side long enough: decide that the old one is only read",
        "head_of_support", "for three days nothing new has come into it", "go on as before",
    )  # fmt: skip
    yield _Step(
        ARCHIVE_DAYS * _DAY, f"`golive migrate archive {key} --keep-until DAY --out FILE`; then the old licence ends",
        "head_of_support", "`golive migrate archive --check FILE` finds each part as written",
        "after the old licence has ended there is none: keep two copies",
    )  # fmt: skip


def _way_back(document: MigrationDeltaDocument, declared: Migration, day: CutoverDay, option: str) -> Iterator[str]:
    """The whole of it, for the case that customers cannot be answered in the new helpdesk."""
    key = document.source
    yield "\n## The way back\n"
    decides = inline(day.roll_back) if day.roll_back else f"{inline(day.who('head_of_support'))} decides it"
    yield f"{decides.rstrip('.')}. Until the old licence ends nothing in the old tool is lost: it was only read.\n"
    moved = [address for address, fate in declared.addresses.items() if fate.fate != "close"]
    if moved:
        yield f"1. {inline(day.who('it_security'))}: take the forwarding of {inline(', '.join(moved))} away again."
    yield f"1. {inline(day.who('admin'))}: give the team its rights in the old tool back."
    yield "1. What customers have written into the new helpdesk since is answered there: golive brings nothing back."
    yield (
        f"1. {inline(day.who('consultant'))}: only where what was brought over is wrong as well: "
        f"`golive migrate rollback {key}{option}` deletes it, except for tickets that somebody has worked on. For "
        "thirty days the helpdesk can bring deleted tickets back."
    )


def _address_said(address: str, fate: Address) -> str:
    into = f", into {inline(fate.into)}" if fate.into and fate.into != address else ""
    return f"{_DONE_BY[fate.fate].format(inline(address))}{into}"


def _address_check(address: str, fate: Address, option: str) -> str:
    if fate.fate == "close":
        return "a test mail to it is answered with the new way"
    return f"{code(f'golive try addresses {address}{option}')} finds its mail in the new helpdesk"


def _quarters(minutes: float) -> int:
    """So many minutes, up to the next full quarter of an hour."""
    return -(-round(minutes) // _QUARTER) * _QUARTER
