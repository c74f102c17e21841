"""A review on a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.markup import escape

from config.results.findings import FindingEntry
from config.results.plan import Audience
from config.results.review import ReviewChange, ReviewDocument
from golive.changes.risks import TITLES
from golive.screens.change_lines import called
from golive.screens.differences import INDENT
from golive.screens.live_plan import plan_lines
from golive.terminal.screen import Screen
from golive.wording.words import count_of

AUDIENCES: dict[Audience, str] = {
    "customers": "Customers notice",
    "agents": "Agents notice",
    "nobody": "Nobody notices",
}
THERE = "There already, just as these files say"
FEW = 8
"""So many names of a kind are said of what is there already."""
_SYMBOLS = {"create": "+", "update": "~", "rename": "~", "delete": "-", "switch_off": "-", "release": "-", "none": "-"}
_STYLES = {"+": "add", "-": "remove", "~": "change", " ": ""}


def show_review(screen: Screen, document: ReviewDocument) -> None:
    """Every block that has something to say, most risky first."""
    screen.say(f"[head]{escape(document.client)}[/] · {escape(sides(document))}\n")
    if document.error and document.error.code == "invalid":
        said = f"{document.error.where}: {document.error.why}"
        screen.say(f"[danger]{escape(document.error.what)}[/] {escape(said)}")
        screen.say("What they would do cannot be said.\n")
    if document.risks:
        screen.say("[head]Look at this first[/]")
        for risk in document.risks:
            place = f"  [place]{escape(risk.file)}:{risk.line}[/]" if risk.file else ""
            screen.say(f"  [change]{TITLES[risk.risk]}[/]: {escape(risk.text)}{place}")
        screen.say()
    for remark in document.remarks:
        screen.say(f"[change]{escape(remark)}[/]\n")
    for audience, title in AUDIENCES.items():
        mine = [each for each in document.changes if each.audience == audience and not each.there]
        if mine:
            screen.say(f"[head]{title}[/]")
            for each in mine:
                _show_change(screen, each)
            screen.say()
    there = there_lines(document)
    if there:
        screen.say(f"[head]{THERE}[/]")
        for line in there:
            screen.say(f"  {escape(line)}")
        screen.say()
    _show_findings(screen, "The check finds new", document.findings_added)
    _show_findings(screen, "The check finds no more", document.findings_removed)
    if document.plan is not None:
        screen.say(f"[head]The live plan[/] · {escape(document.plan.environment)}")
        for line in plan_lines(document.plan):
            screen.say(f"  {escape(line)}".rstrip())
        screen.say()
    if document.error is None or document.error.code != "invalid":
        screen.say(f"[head]{summary(document)}[/]")
        if document.changes:
            screen.say(f"[quiet]To agree to exactly this:[/] {document.answer}")


def _show_change(screen: Screen, change: ReviewChange) -> None:
    symbol = _SYMBOLS[change.action]
    where = f"  [place]{escape(change.where)}[/]" if change.where else ""
    screen.say(f"  [{_STYLES[symbol]}]{symbol}[/] {escape(headline(change))}{where}")
    for line in change.says:
        style = _STYLES.get(line[:1], "")
        text = escape(line if line[:1] in "+-" else line[2:])
        screen.say(f"{INDENT}[{style}]{text}[/]" if style else f"{INDENT}{text}")


def there_lines(document: ReviewDocument) -> list[str]:
    """What is new in the files and there already: of each kind how many, and the first names."""
    names: dict[str, list[str]] = {}
    for each in document.changes:
        if each.there:
            names.setdefault(each.kind, []).append(f"“{each.name or each.key}”")
    return [
        f"{count_of(len(some), kind)}: {', '.join(some[:FEW])}{f' and {len(some) - FEW} more' if some[FEW:] else ''}"
        for kind, some in names.items()
    ]


def _show_findings(screen: Screen, title: str, findings: Iterable[FindingEntry]) -> None:
    for number, each in enumerate(findings):
        if not number:
            screen.say(f"[head]{title}[/]")
        screen.say(f"  {each.severity}  {escape(finding_line(each))}")
    if findings:
        screen.say()


def finding_line(finding: FindingEntry) -> str:
    """A finding in one line."""
    place = f"{finding.file}:{finding.line}"
    hint = f" {finding.hint}" if finding.hint else ""
    return f"{place}  {finding.message}.{hint} ({finding.rule})"


def headline(change: ReviewChange) -> str:
    """What an object is called, what becomes of it, and from when on."""
    key = "" if change.kind == "environments" or change.key.startswith("_") or change.key == change.name else change.key
    ends = [
        *([f"was {change.was}"] if change.was else []),
        *([change.leaves] if change.leaves else []),
        *([change.waits] if change.waits else []),
        *([change.note] if change.note else []),
    ]
    said = f"{called(change.kind, change.name)}{f' ({key})' if key else ''}"
    return f"{said}: {'; '.join(ends)}" if ends else said


def sides(document: ReviewDocument) -> str:
    """`3f2a19c0b → working tree · values of production`."""
    values = f" · values of {document.environment}" if document.environment else ""
    return f"{document.base.short} → {document.head.short}{values}"


def summary(document: ReviewDocument) -> str:
    """How much the change changes, in one line."""
    counts = document.summary
    environments = sum(each.kind == "environments" for each in document.changes)
    pieces = [
        *([f"{counts.made} new"] if counts.made else []),
        *([f"{counts.changed} changed"] if counts.changed else []),
        *([f"{counts.renamed} under a new key"] if counts.renamed else []),
        *([f"{counts.leaving} leave{'s' if counts.leaving == 1 else ''} the files"] if counts.leaving else []),
    ]
    if not pieces:
        return "Nothing that is declared changes."
    among = " (among them an environment file)" if environments == 1 else ""
    among = f" (among them {environments} environment files)" if environments > 1 else among
    there = sum(each.there for each in document.changes)
    said = f" {there} of the new ones {'is' if there == 1 else 'are'} there already: nothing changes there."
    return f"{', '.join(pieces)}{among}.{said if there else ''}"
