"""A gate as one page of Markdown, for the meeting that decides about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from checklists.moments import moment
from checklists.words import role_words
from config.phases import phase_words
from config.results.gate import GateCondition, GateDocument, GateItem, GateState
from config.words import counted
from golive.launch.board import (
    LESS,
    VERBS,
    by_name,
    common_reasons,
    groups,
    held_said,
    holds,
    is_advisory,
    items_that_count,
    needs_reason,
    open_items,
    review_said,
    states_said,
    verb_of,
)
from golive.screens.due import date_said
from golive.screens.gate import PARTS, WORDS, day_of
from golive.screens.markdown import Block, fitted, folded, inline, name_of
from golive.screens.review_markdown import LARGEST_COMMENT
from golive.terminal.masking import masked_document

MARKS: dict[GateState, str] = {
    "pass": "✅",
    "warn": "⚠️",
    "waived": "🟡",
    "not_applicable": "➖",
    "out_of_date": "⌛",
    "unknown": "❔",
    "fail": "❌",
}
_REST = "_The rest does not fit here: `golive gate status --all` shows all of it._"
LONGEST_REASON = 300
TOGETHER = 12
"""So many entries stand in one block, so that a long list gives way in parts."""


def gate_markdown(document: GateDocument, client: str) -> str:
    """The page; no name in it breaks out of its place."""
    return fitted(list(_blocks(masked_document(document), client)), LARGEST_COMMENT, _REST)[0]


def _blocks(document: GateDocument, client: str) -> Iterator[Block]:
    yield Block(_head(document, client))
    yield from _list("## Red until somebody has looked at it", list(_red(document)))
    yield from _list("## What keeps it closed", list(_blocking(document)))
    advisory = [each for each in items_that_count(document) if is_advisory(each)]
    yield _folded(f"What is open and blocks nothing ({len(advisory)})", advisory)
    yield from _list("## Who is asked", list(_asked(document)))
    yield _table("## Risks that are accepted", ("What", "Why", "Asked by", "Accepted by", "Ends"), _risks(document))
    yield _table("## Conditions of a go", ("What", "Who", "Due"), _actions(document))
    less = [(each.name, LESS[each.what], each.why) for each in document.less]
    yield _table("## Asked for less than the method does", ("What", "How", "Why"), less)
    zone = document.time_zone or "UTC"
    dates = [
        (date_said(each, zone) + (" (overdue)" if each.overdue else ""), each.what, ", ".join(each.who))
        for each in document.dates
    ]
    yield _table("## Dates", ("When", "What", "Who"), dates)
    held = [each for each in items_that_count(document) if holds(each)]
    yield _folded(f"What holds ({len(held)})", held)
    outcome = [name for each in document.conditions if each.part == "outcome" for name in each.items]
    later = [each for each in document.items if each.key in outcome]
    yield _folded(f"What the phase must come to ({len(later)})", later)


def _head(document: GateDocument, client: str) -> str:
    asked = items_that_count(document)
    since = f" since {day_of(document.since)}" if document.since else ""
    state = "🟢 **Open**" if document.open else "🔴 **Closed**"
    phase = inline(phase_words(document.phase))
    lines = [
        f"# {name_of(client)}, {name_of(document.environment)}: gate {inline(document.gate_name or document.gate)}",
        "",
        f"{state}: {held_said(asked)}. The environment is in {phase}{since}.",
        "",
        f"- **State:** {inline(states_said(asked))}",
        f"- **Go or no-go:** {MARKS[document.decision]} {inline(review_said(document))}",
    ]
    if document.not_before:
        lines.append(f"- **Not before:** {day_of(document.not_before)}, counted from the start of the rollout")
    if document.under_way:
        to = inline(phase_words(document.under_way))
        lines.append(f"- **Under way:** ❌ the way to {to} was begun and is not finished")
    read = f"the systems were read at {_time(document.read_at)}" if document.read_at else "the systems were not read"
    now = f"As of {_time(document.now)}; " if document.now else ""
    return "\n".join([*lines, "", f"_{now}{read}._"])


def _red(document: GateDocument) -> Iterator[str]:
    for glass in document.broken_glass:
        if not glass.reviewed_by:
            second = f"confirmed by {glass.confirmed_by}" if glass.confirmed_by else "nobody has confirmed it yet"
            late = " (too late)" if glass.late else ""
            said = f"{glass.by} broke the glass {glass.for_what} on {day_of(glass.at)}"
            yield f"- ❌ **{inline(said)}**: {_short(glass.reason)}; {inline(second)}{late}, not reviewed"


def _blocking(document: GateDocument) -> Iterator[str]:
    """Each condition that does not hold, with what is missing; what many items wait for is said once for each."""
    items = {each.key: each for each in open_items(document) if each.blocks}
    reasons = common_reasons(items.values())
    for said, many in reasons.items():
        yield f"- ❔ {counted(many, 'item')} could not be found out: {_short(said)}"
    for condition in document.conditions:
        missing = [items[name] for name in condition.items if name in items]
        if condition.part != "outcome" and not condition.left_out and missing:
            lines = [f"- {MARKS[condition.state]} **{_title(condition)}**"]
            yield "\n".join([*lines, *(f"  - {line}" for line in _missing(missing, document, reasons))])


def _missing(items: Sequence[GateItem], document: GateDocument, reasons: Mapping[str, int]) -> Iterator[str]:
    for each in items:
        if each.step in VERBS:
            why = f": {_short(each.said)}" if needs_reason(each) and each.said not in reasons else ""
            said = f"{inline(each.name)}{why}{_who(each, document.people)}"
            yield f"{MARKS[each.state]} **{verb_of(each)}** {said}"
    for name, waiting in by_name(items, "answer").items():
        yield f"❔ say whether {inline(name)} applies to this project ({counted(len(waiting), 'item')})"
    for name, waiting in by_name(items, "figure").items():
        said = f", {inline(document.figures[name])}" if name in document.figures else ""
        yield f"❔ set the figure {inline(name)}{said} ({counted(len(waiting), 'item')})"
    for name, waiting in by_name(items, "wait").items():
        names = ", ".join(inline(each.name) for each in waiting)
        yield f"❔ golive cannot find out before it has {inline(name)}: {names}"


def _who(item: GateItem, people: Mapping[str, list[str]]) -> str:
    said = [
        f"{role_words(role)} ({', '.join(people[role])})" if people.get(role) else role_words(role)
        for role in item.roles
    ]
    return f" → {inline(', '.join(said))}" if said else ""


def _asked(document: GateDocument) -> Iterator[str]:
    for group in groups(open_items(document), document.people):
        who = f"({', '.join(group.people)})" if group.people else "(nobody yet)"
        yield f"- **{inline(role_words(group.role))}** {inline(who)}: {counted(len(group.items), 'item')}"


def _risks(document: GateDocument) -> Iterator[tuple[str, ...]]:
    names = {each.key: each.name for each in document.items}
    for each in document.waivers:
        if each.state in ("asked", "approved"):
            by = each.approved_by or "nobody yet"
            yield names.get(each.item, each.item), each.reason, each.asked_by, by, day_of(each.until)


def _actions(document: GateDocument) -> Iterator[tuple[str, ...]]:
    for each in document.actions:
        done = "done" if each.done else day_of(each.due)
        late = " (overdue)" if not each.done and document.now and moment(each.due) < moment(document.now) else ""
        yield each.what, each.who, f"{done}{late}"


def _folded(title: str, items: Iterable[GateItem]) -> Block:
    lines = [f"- {MARKS[each.state]} {inline(each.name)}: {WORDS[each.state]}. {_short(each.said)}" for each in items]
    return Block(folded(inline(title), "\n".join(lines)), folded(inline(title), _REST)) if lines else Block("")


def _table(title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Block:
    lines = [f"| {' | '.join(_short(cell) for cell in row)} |" for row in rows]
    if not lines:
        return Block("")
    above = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    return Block(
        f"{title}\n\n" + "\n".join([*above, *lines]), f"{title}\n\n_{len(lines)} rows, too long to stand here._"
    )


def _list(title: str, lines: list[str]) -> Iterator[Block]:
    for start in range(0, len(lines), TOGETHER):
        top = f"{title}\n\n" if not start else ""
        part = "\n".join(lines[start : start + TOGETHER])
        yield Block(top + part, f"{top}_{len(lines)} entries, too long to stand here._")


def _title(condition: GateCondition) -> str:
    part = f" _({PARTS[condition.part].lower()})_" if condition.part in ("entrance", "earlier") else ""
    return f"{inline(condition.id)} {inline(condition.name)}".strip() + part


def _short(text: str) -> str:
    return inline(text if len(text) <= LONGEST_REASON else f"{text[:LONGEST_REASON]}…")


def _time(text: str) -> str:
    at = moment(text)
    return f"{at.day} {at:%b %Y %H:%M} UTC"
