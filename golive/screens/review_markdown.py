"""A review as one comment of a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from config.results.findings import FindingEntry
from config.results.review import ReviewChange, ReviewDocument
from golive.changes.risks import TITLES, sentence
from golive.screens.live_plan import plan_lines
from golive.screens.markdown import Block, fenced, fitted, folded, inline, length, marker, name_of
from golive.screens.review import AUDIENCES, THERE, finding_line, headline, sides, summary, there_lines
from golive.terminal.fault import Fault

LARGEST_COMMENT = 65_536
"""Characters that GitHub takes in one comment."""
LARGEST_SUMMARY = 1_000_000
"""Characters of a step's summary; GitHub takes 1 MiB."""
LONGEST_RISK = 400
TOGETHER = 15
"""So many risks or findings stand in one block."""
_REST = "_The rest does not fit here: it stands in the file that was kept beside this comment (artifact of the run)._"
_MARKS = {"create": "➕", "update": "✏️", "rename": "✏️"}


def comment(document: ReviewDocument, name: str, limit: int = LARGEST_COMMENT) -> tuple[str, str]:
    """(the comment, what does not fit into it). name: the workspace's, by which the comment is found again."""
    text, rest = fitted(list(_blocks(document, name)), limit, _REST)
    return text, f"# {_title(document)}: the rest\n\n{rest}" if rest else ""


def whole_length(document: ReviewDocument, name: str) -> int:
    """How long the comment would be if everything stood in it."""
    return length(comment(document, name, 2**31)[0])


def failed_comment(name: str, fault: Fault) -> str:
    """What stands in the comment's place where there is no review: never an older one that looks like this one."""
    pieces = [f"**{inline(fault.what)}**", *(inline(each) for each in (fault.where, fault.why, fault.do) if each)]
    return f"{marker('review', name)}\n## ❌ There is no review of this change\n\n" + "  \n".join(pieces) + "\n"


def _title(document: ReviewDocument) -> str:
    return f"{name_of(document.client or 'This workspace')}: what this change does"


def _blocks(document: ReviewDocument, name: str) -> Iterator[Block]:
    invalid = document.error is not None and document.error.code == "invalid"
    head = [marker("review", name), f"## {_title(document)}", ""]
    if document.error is not None:
        error = document.error
        place = f"{inline(error.where)}: " if error.where else ""
        head += [f"❌ **{inline(error.what)}** {place}{_shortened(error.why)}", ""]
        head += [inline("What it would do cannot be said." if invalid else error.do), ""]
    if not invalid:
        head += [f"**{summary(document)}**  "]
    head += [inline(sides(document))]
    if document.changes and not invalid:
        head += ["", f"To agree to exactly this change, answer: **{document.answer}**"]
    yield Block("\n".join(head))
    lines = [
        f"- **{TITLES[each.risk]}:** {_shortened(each.text)}{_place(each.file, each.line)}" for each in document.risks
    ]
    yield from _list("### Look at this first", lines)
    yield from _list("### What could not be compared", [f"- {_shortened(each)}" for each in document.remarks])
    yield from _changes(document)
    yield from _list(f"### {THERE}", [f"- {inline(line)}" for line in there_lines(document)])
    yield from _findings("### The check finds new", document.findings_added)
    yield from _findings("### The check finds no more", document.findings_removed)
    if document.plan is not None:
        plan = document.plan
        title = f"### The live plan of {name_of(plan.environment)}"
        yield Block(f"{title}\n\n{fenced(plan_lines(plan))}", f"{title}\n\n_Too long to stand here._")


def _changes(document: ReviewDocument) -> Iterator[Block]:
    for audience, title in AUDIENCES.items():
        mine = [each for each in document.changes if each.audience == audience and not each.there]
        if audience == "nobody" and len(mine) > 1:
            body = "\n\n".join(_change(each) for each in mine)
            heads = "\n".join(f"- {_headline(each)}" for each in mine[:TOGETHER])
            folded_title = f"{len(mine)} changes"
            yield Block(f"### {title}\n\n{folded(folded_title, body)}", f"### {title}\n\n{heads}")
            continue
        for number, each in enumerate(mine):
            top = f"### {title}\n\n" if not number else ""
            yield Block(f"{top}{_change(each)}", f"{top}{_headline(each)}\n\n_Too long to stand here._")


def _change(change: ReviewChange) -> str:
    return f"{_headline(change)}\n\n{fenced(change.says)}" if change.says else _headline(change)


def _headline(change: ReviewChange) -> str:
    mark = _MARKS.get(change.action, "➖")
    return f"{mark} **{name_of(sentence(headline(change)))}**{_place(change.file, change.line)}"


def _findings(title: str, findings: Iterable[FindingEntry]) -> Iterator[Block]:
    yield from _list(title, [f"- {each.severity}: {_shortened(finding_line(each))}" for each in findings])


def _list(title: str, lines: list[str]) -> Iterator[Block]:
    """A list in blocks, so that a long one gives way in parts."""
    for start in range(0, len(lines), TOGETHER):
        top = f"{title}\n\n" if not start else ""
        part = "\n".join(lines[start : start + TOGETHER])
        yield Block(top + part, f"{top}_{len(lines)} entries, too long to stand here._")


def _shortened(text: str) -> str:
    return inline(text if len(text) <= LONGEST_RISK else f"{text[:LONGEST_RISK]}…")


def _place(file: str, line: int) -> str:
    return f" · {inline(file)}:{line}" if file else ""
