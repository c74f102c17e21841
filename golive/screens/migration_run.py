"""What a run of a migration did, on the screen."""

from __future__ import annotations

from rich.markup import escape

from config.results.migration_run import MigrationRunDocument
from golive.terminal.screen import Screen
from golive.wording.record_words import TITLES, records_said

MOST = 12


def show_run(screen: Screen, document: MigrationRunDocument, option: str) -> None:
    """option: ` -e NAME`."""
    key = escape(document.source)
    done = "Taken away" if document.verb == "rollback" else "Sent"
    screen.say(f"\n[head]{done}[/]: {records_said(document.made)}, in {document.seconds:,.0f} s")
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
    screen.say(f"\nThere now: {records_said(document.there)}")
    if not document.is_whole:
        again = f"golive migrate {document.verb} {key}{option}"
        screen.say(f"Stopped; everything that was sent is written down. To go on:  {again}")
    elif document.verb != "rollback":
        trial = " --trial" if document.trial else ""
        screen.say(f"Take it back:  golive migrate rollback {key}{trial}{option}")
    screen.say("The ledger in migrations/ledger/ knows which old id is which new one: commit it, and never delete it.")
