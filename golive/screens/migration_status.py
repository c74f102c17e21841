"""How far each migration is, on the screen."""

from __future__ import annotations

from rich.markup import escape

from config.results.migration_status import MigrationEntry, MigrationStatusDocument, SentTo
from config.results.shown_number import ShownNumber
from config.words import counted
from golive.screens.migration_map import decisions_said
from golive.terminal.screen import Screen
from golive.wording.record_words import FATES, records_said
from golive.wording.shown_numbers import shown_said


def show_status(screen: Screen, document: MigrationStatusDocument) -> None:
    """One block for each."""
    for entry in document.migrations:
        place = f"[place]migrations/{escape(entry.key)}.yaml[/]"
        screen.say(f"[head]{escape(entry.name)}[/]  [quiet]{escape(entry.source)}[/]  {place}")
        for line in _lines(entry):
            screen.say(f"  {line}")
        screen.say(f"  Next:  {escape(entry.next)}\n")


def _lines(entry: MigrationEntry) -> list[str]:
    if not entry.valid:
        return ["[danger]The file has a mistake.[/]"]
    if not entry.read and not entry.left_out:
        said = ["Nothing is read."]
    else:
        whole = "to its end" if entry.is_whole else "[change]not to its end[/]"
        said = [f"Read {whole}: {records_said(entry.read)}"]
        if entry.left_out:
            said.append(", ".join(f"{number:,} {FATES[fate]}" for fate, number in entry.left_out.items()))
        for what, number in entry.shown.items():
            one = ShownNumber(what, number, entry.counted.get(what, 0))
            if one.read != one.shown:
                said.append(f"[change]{shown_said(one)}[/]")
        said.append(f"[change]{entry.open:,} words have no place[/]" if entry.open else "Every word has its place.")
    undecided = {"rules": len(entry.rules), "macros": len(entry.macros), "articles": len(entry.pages)}
    if any(undecided.values()):
        said.append(f"[change]Not decided: {decisions_said(undecided)}[/]")
    return [*said, *(line for each in entry.sent for line in _sent(each))]


def _sent(sent: SentTo) -> list[str]:
    if sent.at_work:
        return [f"{escape(sent.environment)}: a run is at work now"]
    said = [f"{escape(sent.environment)}: {records_said(sent.there)} there"]
    if sent.refused:
        said.append(f"  refused: {records_said(sent.refused)}")
    if sent.waiting:
        said.append(f"  [change]{counted(sent.waiting, 'ticket')} not sent yet[/]")
    if sent.unknown or (sent.last and not sent.ended):
        said.append("  [change]The last run did not come to its end; the next one looks up what became of it.[/]")
    return said
