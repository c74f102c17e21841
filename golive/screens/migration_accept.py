"""The sample that people look at: on the screen, and as a page with old and new side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

from rich.markup import escape

from config.characters import visible
from config.results.migration_accept import AcceptDocument
from golive.pages import write_page
from golive.terminal.screen import Screen
from golive.wording.record_words import remark_said
from migrations.accepting.beside import Beside, Said, SaidBeside

MEANINGS: Mapping[str, str] = {
    "ok": "everything is as it was, or as it was decided",
    "cosmetic": "it looks odd, and says the same",
    "medium": "something is missing or wrong, and the case is still understood",
    "high": "the case is not understood any more, or is with the wrong person",
    "critical": "something private is public, or what one customer wrote stands at another one",
}
"""What each verdict says."""
_TONES = {"ok": "good", "cosmetic": "warn", "medium": "warn", "high": "bad", "critical": "bad"}
_SHOWN = 900
"""Characters of a text on the screen; the page has more."""


def verdict_said(document: AcceptDocument) -> tuple[str, str]:
    """(`good`, `warn` or `bad`; what can be said of the whole)."""
    size = len(document.tickets)
    if document.state == "accepted":
        return "good", f"Accepted: all {size:,} tickets of the sample were looked at, by {', '.join(judges(document))}."
    if document.state == "refused":
        over = [each for each in document.judgements if each.number > each.most]
        said = ", ".join(f"{each.judgement} in {each.number:,}, where {each.most:,} may be" for each in over)
        return "bad", f"Not accepted: {said}. Mend it and bring those over again; then they are looked at anew."
    changed = sum(1 for each in document.tickets if each.changed)
    since = f", {changed:,} of them because they have changed since" if changed else ""
    return "warn", f"Not accepted yet: {document.open:,} of {size:,} tickets wait for a verdict{since}."


def judges(document: AcceptDocument) -> list[str]:
    """Who has said something, each once."""
    return list(dict.fromkeys(each.by for each in document.tickets if each.by))


def show_accept(screen: Screen, document: AcceptDocument, option: str) -> None:
    """option: ` -e NAME`."""
    share = f"{document.share:.3g}".rstrip("0") if document.share < 0.01 else f"{document.share:.0%}"
    screen.say(
        f"[head]The sample[/]: {len(document.tickets):,} of {document.of:,} tickets ({share} of the closed ones)"
    )
    for each in document.sorts:
        screen.say(f"  {each.drawn:>6,} of {each.of:>8,}  {escape(remark_said(each.name))}")
    screen.say("\n[head]Verdicts[/]")
    for line in document.judgements:
        mark = "[good]ok  [/]" if line.number <= line.most else "[danger]fail[/]"
        screen.say(
            f"  {mark}  {line.judgement}: {line.number:,}, at most {line.most:,}  [quiet]{MEANINGS[line.judgement]}[/]"
        )
    for ticket in (each for each in document.tickets if each.verdict not in (None, "ok")):
        note = f": {escape(ticket.note)}" if ticket.note else ""
        screen.say(
            f"        {escape(ticket.source)} → {escape(ticket.target)} {ticket.verdict}, {escape(ticket.by)}{note}"
        )
    screen.say()
    tone, said = verdict_said(document)
    screen.say(f"[{ {'good': 'good', 'warn': 'change', 'bad': 'danger'}[tone] }]{escape(said)}[/]")
    if document.page:
        screen.say(f"Old and new side by side:  {escape(document.page)}  [quiet](customers' texts: not for git)[/]")
    if document.state == "open":
        command = f"golive migrate accept {escape(document.source)}{option}"
        screen.say(f"Look at them one by one:  {command} --judge   or say one:  {command} --verdict TICKET ok")


def show_beside(screen: Screen, one: Beside, place: str) -> None:
    """One ticket on the screen. place: `3 of 24`."""
    screen.say(f"\n[head]{place}: {escape(one.subject or '(no subject)')}[/]")
    why = escape(why_said(one.drawn.why))
    screen.say(f"  old {escape(one.drawn.source)}, new {escape(one.drawn.target)}  [quiet]{why}[/]")
    for wrong in one.wrong:
        screen.say(f"  [danger]{escape(wrong)}[/]")
    for fact in one.facts:
        if fact.sameness == "same":
            if fact.old:
                screen.say(f"  {escape(fact.name)}: {escape(fact.old)}")
            continue
        tone = "danger" if fact.sameness == "differs" else "change"
        sides = f"{escape(fact.old or '–')} → {escape(fact.new or '–')}"
        screen.say(f"  {escape(fact.name)}: [{tone}]{sides}[/]  [quiet]{fact.sameness}[/]")
    for pair in one.said:
        screen.say()
        for wrong in pair.wrong:
            screen.say(f"  [danger]{escape(wrong)}[/]")
        if pair.old is not None:
            _show_said(screen, "old", pair.old)
        for new in pair.new:
            _show_said(screen, "new", new)


def _show_said(screen: Screen, side: str, said: Said) -> None:
    reads = "[good]customers can read it[/]" if said.public else "[change]private[/]"
    screen.say(f"  [quiet]{side}[/] {escape(said.author)} {said.at.replace('T', ' ')} {reads}")
    text = said.text[:_SHOWN]
    for line in text.splitlines():
        screen.say(f"      {escape(line)}")
    left = len(said.text) - len(text) + said.cut
    if left:
        screen.say(f"      [quiet]and {left:,} characters more: see the page[/]")
    for file in said.files:
        screen.say(f"      [quiet]file[/] {escape(file)}")


def write_accept_page(
    file: Path, document: AcceptDocument, tickets: Iterable[Beside], read_at: str, option: str
) -> None:
    """One file of HTML that needs nothing else, written ticket by ticket as they are read."""
    tone, said = verdict_said(document)
    write_page(
        file,
        "migration_accept.html.j2",
        document=document,
        tickets=tickets,
        tone=tone,
        verdict=said,
        tones=_TONES,
        meanings=MEANINGS,
        read_at=read_at,
        option=option,
        version=version("golive"),
        lines_of=lines_of,
        new_text=_new_text,
        visible=visible,
        remark_said=remark_said,
        why_said=why_said,
    )


def why_said(why: Iterable[str]) -> str:
    """Why a ticket was drawn."""
    return ", ".join(map(remark_said, why))


def lines_of(text: str, other: str | None) -> Iterator[tuple[str, bool]]:
    """Each line, and whether the other side has none that reads the same. other: None where nothing is wrong."""
    there = {" ".join(line.split()) for line in (other or "").splitlines()}
    for line in text.splitlines():
        said = " ".join(line.split())
        yield line, other is not None and bool(said) and said not in there


def _new_text(pair: SaidBeside) -> str:
    return "\n".join(each.text for each in pair.new)
