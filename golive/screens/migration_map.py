"""How far a mapping has come, on the screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import groupby

from rich.markup import escape

from config.results.migration_map import DraftFile, LossyDecision, MapDocument, OpenWord
from config.words import counted, some
from golive.terminal.screen import Screen
from golive.wording.record_words import word_said

MOST = 20


def show_map(screen: Screen, document: MapDocument) -> None:
    """What is open first, then what is lost."""
    screen.say(f"[head]{escape(document.name)}[/]: {document.words:,} words in {escape(document.file)}")
    if document.written:
        screen.say(f"  {_written(document)}")
        screen.say("  What people wrote in it is as it was.")
    if document.open:
        screen.say(f"\n[head]Not settled: {len(document.open):,}[/]")
        for said, words in groupby(document.open[:MOST], lambda each: each.said):
            screen.say(f"  {escape(said[:1].upper() + said[1:])}")
            for each in words:
                word = f"{escape(word_said(each.path))}  {_records(each.records)}"
                screen.say(f"    {word}  [place]{_place(document, each)}[/]")
        if len(document.open) > MOST:
            screen.say(
                f"  and {len(document.open) - MOST:,} more:  golive migrate map {escape(document.source)} --json"
            )
    lossy = [each for each in document.lossy if each.decision]  # the others stand above
    if lossy:
        screen.say("\n[head]What is lost, and who said so[/]")
        for loss in lossy[:MOST]:
            screen.say(f"  {_loss_said(loss)}")
        if len(lossy) > MOST:
            screen.say(f"  and {len(lossy) - MOST:,} more:  golive migrate map {escape(document.source)} --json")
    if document.undecided:
        _show_undecided(screen, document)
    if document.drafts is not None:
        _show_drafts(screen, document.drafts)
    if document.open:
        again = f"golive migrate map {escape(document.source)}"
        screen.say(f"\nDecide each in {escape(document.file)}, and look again:  {again} --check")
    else:
        plan = f"golive migrate plan {escape(document.source)}"
        screen.say(f"\n[good]Every word has its place.[/] What would be sent:  {plan}")


def _written(document: MapDocument) -> str:
    """What has just been written into the file."""
    new = counted(document.added, "new line")
    waits = f", {document.added_open:,} of which wait for your decision" if document.added_open else ""
    said = [f"{new}{waits}"] if document.added else []
    if document.renumbered:
        said.append(f"{counted(document.renumbered, 'number')} brought up to date")
    return f"Written into it now: {'; '.join(said) or 'the order of its lines'}."


_DECISIONS = {"rules": "rule", "macros": "macro", "articles": "old page"}


def decisions_said(numbers: Mapping[str, int]) -> str:
    """`3 rules, 1 macro, 12 old pages`."""
    return ", ".join(counted(number, _DECISIONS[sort]) for sort, number in numbers.items() if number)


def _show_undecided(screen: Screen, document: MapDocument) -> None:
    numbers = Counter[str](each.sort for each in document.undecided)
    screen.say(f"\n[head]Not decided: {decisions_said(numbers)}[/]")
    for each in document.undecided[:MOST]:
        place = f"{escape(document.file)}:{each.line}" if each.line else escape(document.file)
        screen.say(f"  {_DECISIONS[each.sort]} “{escape(each.name)}”: {escape(each.said)}  [place]{place}[/]")
    if len(document.undecided) > MOST:
        screen.say(
            f"  and {len(document.undecided) - MOST:,} more:  golive migrate map {escape(document.source)} --json"
        )


def _show_drafts(screen: Screen, drafts: DraftFile) -> None:
    if drafts.state == "edited":
        screen.say(f"\n{escape(drafts.file)} was changed by somebody, and is left alone.")
    elif drafts.state != "nothing":
        held = {"macros": drafts.macros, "articles": drafts.articles}
        said = ", ".join(counted(number, sort.removesuffix("s")) for sort, number in held.items() if number)
        listed = f"{counted(drafts.rules, 'rule')} listed, to be rebuilt by hand" if drafts.rules else ""
        what = "; ".join(filter(None, (f"drafts of {said}" if said else "", listed)))
        screen.say(f"\nTo be read, and moved into config/:  {escape(drafts.file)}  [quiet]({what})[/]")


def _place(document: MapDocument, word: OpenWord) -> str:
    return f"{escape(document.file)}:{word.line}" if word.line else escape(document.file)


def _loss_said(loss: LossyDecision) -> str:
    """What is lost by one decision, of how many records, and why."""
    others = [f"“{each}”" for each in loss.together if each != loss.path[-1]]
    what = f"becomes {escape(loss.to)}, the same as {escape(some(others))}" if loss.to else "left behind"
    return f"{escape(word_said(loss.path))}  {_records(loss.records)}: {what}  [quiet]{escape(loss.decision)}[/]"


def _records(number: int) -> str:
    return f"{number:,} record{'' if number == 1 else 's'}"
