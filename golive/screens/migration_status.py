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
    if entry.at_work:
        said = [f"[change]At work now[/]: {escape(entry.at_work)}; until its end nobody knows more."]
        return [*said, *(line for each in entry.sent for line in _sent(each))]
    if not entry.read and not entry.left_out:
        said = ["Nothing is read."]
    else:
        whole = "to its end" if entry.is_whole else "[change]not to its end[/]"
        said = [f"Read {whole}: {records_said(entry.read)}"]
        if entry.left_out:
            left = ", ".join(f"{number:,} {FATES[fate]}" for fate, number in entry.left_out.items())
            said.append(f"{left} while it was read; why:  golive migrate profile {escape(entry.key)}")
        for what, number in entry.shown.items():
            one = ShownNumber(what, number, entry.counted.get(what, 0))
            if one.read != one.shown:
                said.append(f"[change]{shown_said(one)}[/]")
        if entry.open:
            words = "1 word has" if entry.open == 1 else f"{entry.open:,} words have"
            more = f" and {entry.open - len(entry.open_words):,} more" if entry.open > len(entry.open_words) else ""
            said.append(f"[change]{words} no place, or no reason: {escape(', '.join(entry.open_words))}{more}[/]")
            if entry.next.endswith("--check"):
                said.append(f"  They stand in migrations/{escape(entry.key)}.yaml, and wait for a person's decision.")
        else:
            said.append("Every word has its place.")
    undecided = {"rules": len(entry.rules), "macros": len(entry.macros), "articles": len(entry.pages)}
    if any(undecided.values()):
        see = f"golive migrate map {escape(entry.key)} --check"
        said.append(f"[change]Not decided: {decisions_said(undecided)}[/]  See them:  {see}")
    return [*said, *(line for each in entry.sent for line in _sent(each))]


def _sent(sent: SentTo) -> list[str]:
    if sent.at_work:
        return [f"{escape(sent.environment)}: a run is at work now"]
    said = [f"{escape(sent.environment)}: {records_said(sent.there)} there"]
    if sent.refused:
        said.append(f"  refused: {records_said(sent.refused)}")
    if sent.waiting:
        said.append(f"  [change]{counted(sent.waiting, 'ticket')} read and not sent yet[/]")
    if sent.unknown or (sent.last and not sent.ended):
        said.append("  [change]The last run did not come to its end; the next one looks up what became of it.[/]")
    if sent.compared:
        at = sent.compared[:16].replace("T", " ")
        other = ", ".join(f"{number:,} {fate.replace('_', ' ')}" for fate, number in sent.found.items() if number)
        said.append(f"  looked at the old tool again at {at} UTC: {other or 'nothing has changed there'}")
    return said
