"""Dates as a calendar file (RFC 5545) that every calendar takes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from checklists.moments import moment
from config.characters import CONTROL
from config.results.due import DueEntry

LONGEST = 75
"""Octets of a line (RFC 5545, 3.1); what is longer goes on in the next one, behind a space."""
_MARKED = re.compile(r"[\\;,]")


def calendar_file(entries: Iterable[DueEntry], client: str, environment: str, now: datetime) -> str:
    """The file. An entry keeps its identity when it is written again, so that a calendar moves it instead of having it
    twice."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//golive//due//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(f'{client}, {environment}')}",
    ]
    for each in entries:
        lines += _event(each, client, environment, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(entry: DueEntry, client: str, environment: str, now: datetime) -> Iterator[str]:
    at = moment(entry.at)
    identity = hashlib.sha256(f"{client} {environment} {entry.ref}".encode()).hexdigest()[:32]
    who = f"Who: {', '.join(entry.who)}" if entry.who else ""
    said = "\n".join(part for part in (entry.why, who, entry.do) if part)
    yield "BEGIN:VEVENT"
    yield f"UID:{identity}@golive"
    yield f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}"
    if entry.whole_day:
        yield f"DTSTART;VALUE=DATE:{at:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{at + timedelta(days=1):%Y%m%d}"
    else:
        yield f"DTSTART:{at:%Y%m%dT%H%M%SZ}"
    yield f"SUMMARY:{_text(f'{client}: {entry.what}')}"
    if said:
        yield f"DESCRIPTION:{_text(said)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(text: str) -> str:
    """A text value (RFC 5545, 3.3.11): nothing in it ends the value or the line."""
    plain = "\n".join(CONTROL.sub(" ", part) for part in text.splitlines())
    return _MARKED.sub(r"\\\g<0>", plain).replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line in pieces that are short enough; no character is torn apart."""
    piece, room = "", LONGEST
    for character in line:
        size = len(character.encode())
        if size > room:
            yield piece
            piece, room = " ", LONGEST - 1
        piece += character
        room -= size
    yield piece
