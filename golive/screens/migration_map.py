"""How far a mapping has come, on the screen."""

from __future__ import annotations

from rich.markup import escape

from config.results.migration_map import LossyDecision, MapDocument, OpenWord
from golive.terminal.screen import Screen

SORTS = {
    "statuses": "status",
    "priorities": "priority",
    "kinds": "kind",
    "groups": "group",
    "people": "person",
    "tags": "tag",
    "ticket_fields": "field of tickets",
    "person_fields": "field of customers",
    "organization_fields": "field of organizations",
}
MOST = 20


def show_map(screen: Screen, document: MapDocument) -> None:
    """What is open first, then what is lost."""
    screen.say(f"[head]{escape(document.name)}[/]: {document.words:,} words in {escape(document.file)}")
    if document.written:
        screen.say("  The file has new words or numbers; what people wrote in it is as it was.")
    if document.open:
        screen.say(f"\n[head]Not settled: {len(document.open):,}[/]")
        for each in document.open[:MOST]:
            said = f"{_word(each.path)}  {_records(each.records)}: {escape(each.said)}"
            screen.say(f"  {said}  [place]{_place(document, each)}[/]")
        if len(document.open) > MOST:
            screen.say(
                f"  and {len(document.open) - MOST:,} more:  golive migrate map {escape(document.source)} --json"
            )
    if document.lossy:
        screen.say("\n[head]What is lost, and who said so[/]")
        for loss in document.lossy[:MOST]:
            screen.say(f"  {loss_said(loss)}")
        if len(document.lossy) > MOST:
            screen.say(f"  and {len(document.lossy) - MOST:,} more")
    if document.open:
        again = f"golive migrate map {escape(document.source)}"
        screen.say(f"\nWrite a place for each in the file, and look again:  {again}")
    else:
        plan = f"golive migrate plan {escape(document.source)}"
        screen.say(f"\n[good]Every word has its place.[/] What would be sent:  {plan}")


def _word(path: list[str]) -> str:
    """`status “waiting”`, `field of tickets “Area”, value “Cards”`."""
    steps = path[1:-1] if path[-1] == "to" else path[1:]
    said = f"{SORTS[steps[0]]} “{escape(steps[1])}”"
    return f"{said}, value “{escape(steps[3])}”" if len(steps) > 3 else said


def _place(document: MapDocument, word: OpenWord) -> str:
    return f"{escape(document.file)}:{word.line}" if word.line else escape(document.file)


def loss_said(loss: LossyDecision) -> str:
    """What is lost by one decision, of how many records, and why."""
    what = f"becomes {escape(loss.to)}, as {len(loss.together) - 1} more" if loss.to else "left behind"
    why = escape(loss.decision) or "no reason yet"
    return f"{_word(loss.path)}  {_records(loss.records)}: {what}  [quiet]{why}[/]"


def _records(number: int) -> str:
    return f"{number:,} record{'' if number == 1 else 's'}"
