"""What a run of a migration did, on the screen."""

from __future__ import annotations

from rich.markup import escape

from config.results.migration_run import MigrationRunDocument
from config.words import counted
from golive.terminal.screen import Screen
from golive.wording.record_words import TITLES, records_said

MOST = 12


def show_run(screen: Screen, document: MigrationRunDocument, option: str) -> None:
    """option: ` -e NAME`."""
    key = escape(document.source)
    done = "Taken away" if document.verb == "rollback" else "Sent"
    screen.say(f"\n[head]{done}[/]: {_made(document)}, {_took(document.seconds)}")
    if document.purged:
        screen.say(f"[head]Deleted for good[/]: {records_said(document.purged)}; nobody can bring them back.")
    if document.recovered:
        screen.say(f"  {document.recovered} calls of which nobody knew the end were looked up first.")
    if document.misfits:
        screen.say(f"  {document.misfits:,} values did not fit their new field, and stayed behind.")
    if document.refused:
        title = "What stays, and why" if document.verb == "rollback" else "Refused by the helpdesk"
        screen.say(f"\n[head]{title}[/]")
        for each in document.refused[:MOST]:
            few = escape(", ".join(one[:40] for one in each.examples[:2]))
            kind = TITLES[each.type][each.number != 1]
            screen.say(f"  {each.number:>8,}  {kind}: {escape(each.reason)}  [quiet]{few}[/]")
        screen.say(f"  To try these again, once mended:  golive migrate {document.verb} {key}{option}")
    screen.say(f"\nThere now: {records_said(document.there)}{_matched(document)}")
    if not document.is_whole:
        again = f"golive migrate {document.verb} {key}{option}"
        what = "taken away" if document.verb == "rollback" else "sent"
        screen.say(f"Stopped; everything that was {what} is written down. To go on:  {again}")
    elif document.verb != "rollback":
        trial = " --trial" if document.trial else ""
        what = "everything, not only this," if document.verb == "delta" else "it"
        screen.say(f"Take {what} back:  golive migrate rollback {key}{trial}{option}")
    screen.say("The ledger in migrations/ledger/ knows which old id is which new one: commit it, and never delete it.")


def _took(seconds: float) -> str:
    return "in less than a second" if seconds < 1 else f"in {counted(round(seconds), 'second')}"


def _made(document: MigrationRunDocument) -> str:
    within = " with their comments and files" if document.made.get("tickets") and document.verb != "rollback" else ""
    return f"{records_said(document.made)}{within}"


def _matched(document: MigrationRunDocument) -> str:
    """What of it was there before, so that nobody wonders where it comes from."""
    return f" ({records_said(document.matched)} of these were there before)" if document.matched else ""
