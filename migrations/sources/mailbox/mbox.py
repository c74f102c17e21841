"""Mails of an mbox file, one after the other, without reading the file as a whole.

A line that begins with `From ` begins a mail only after an empty line and only with a sender and a date in it: texts
have such lines, too, and not every program quotes them (mboxo), or takes the quoting back (mboxrd).
Source: RFC 4155; the man page mbox(5) of qmail for the variants.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_BEGINS = re.compile(rb"From [^\n]*?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? [^\n]*?\d{1,2}:\d\d[^\n]*\n", re.IGNORECASE)
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
LARGEST = 64_000_000
"""Bytes of one mail. A server takes 25 to 50 million; what is larger is no mail, and is not read."""
_LET_GO = 4 << 20
"""Bytes after which what was read is no longer held in memory; a whole number of pages of any machine."""


@dataclass(frozen=True, slots=True)
class Found:
    """One mail. at: the byte at which it begins. after: that of the next one. envelope: its line `From …`. content:
    None for one that is too large to be a mail."""

    at: int
    after: int
    envelope: str
    content: bytes | None


def mails(path: Path, at: int = 0) -> Iterator[Found]:
    """Those that begin at a byte or later. Raises OSError."""
    with path.open("rb") as file:
        if path.stat().st_size == 0:
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
            yield from _mails(whole, at)


def _mails(whole: mmap.mmap, at: int) -> Iterator[Found]:
    size = len(whole)
    if at == 0:
        at = _first(whole)
    held = at - at % _LET_GO
    while at < size:
        if at - held >= 2 * _LET_GO:
            whole.madvise(mmap.MADV_DONTNEED, held, _LET_GO)
            held += _LET_GO
        line_end = whole.find(b"\n", at) + 1 or size
        after = _next(whole, line_end)
        envelope = whole[at : min(line_end, at + 1000)].decode("utf-8", "replace").strip()
        end = after - 1 if whole[after - 2 : after] == b"\n\n" else after
        content = None
        if end - line_end <= LARGEST:
            content = whole[line_end:end]
            if b">From " in content:
                content = _QUOTED.sub(rb"\1", content)
        yield Found(at, after, envelope, content)
        at = after


def _first(whole: mmap.mmap) -> int:
    """Where the first mail begins; behind the end where there is none."""
    if _BEGINS.match(whole):
        return 0
    found = whole.find(b"\nFrom ")
    while found >= 0:
        if _BEGINS.match(whole, found + 1):
            return found + 1
        found = whole.find(b"\nFrom ", found + 1)
    return len(whole)


def _next(whole: mmap.mmap, begin: int) -> int:
    found = whole.find(b"\nFrom ", max(begin - 1, 0))
    while found >= 0:
        is_after_empty = whole[found - 1 : found] == b"\n" or whole[found - 2 : found] == b"\n\r"
        if is_after_empty and _BEGINS.match(whole, found + 1):
            return found + 1
        found = whole.find(b"\nFrom ", found + 1)
    return len(whole)
