"""How letters became bytes, by the bytes of a file's beginning and end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrations.sources.spreadsheet.found import Guess, Other

_EIGHT_BITS = ("cp1252", "cp850", "mac-roman", "iso-8859-15", "cp1250", "cp1251")
_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_LEAST = 0.3
"""Share of the bytes that are 0 in a text of UTF-16 in which most letters are Latin."""


def encoding_of(head: bytes, tail: bytes = b"") -> Guess:
    """tail: from any byte on."""
    if head.startswith(b"\xef\xbb\xbf"):
        return Guess("encoding", "utf-8", "certain", "the file says so (byte order mark)")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Guess("encoding", "utf-16", "certain", "the file says so (byte order mark)")
    if head and max(head[0::2].count(0), head[1::2].count(0)) > _LEAST * len(head):
        others = (Other("utf-8", "with NUL bytes, which are then put aside"),)
        return Guess("encoding", "utf-16", "likely", "every second byte is 0", 1, others)
    if head.isascii() and tail.isascii():
        return Guess("encoding", "utf-8", "certain", "only letters that all encodings have in common")
    if _is_utf_8(head) and _is_utf_8(tail.lstrip(bytes(range(0x80, 0xC0)))):
        return Guess("encoding", "utf-8", "certain", "its letters beyond ASCII are valid UTF-8, as no other's would be")
    return _eight_bits(head, tail)


def _is_utf_8(sample: bytes) -> bool:
    """Whether it is, but for a letter that the end of the sample cuts."""
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as broken:
        return broken.end >= len(sample) and broken.reason == "unexpected end of data"
    return True


def _eight_bits(head: bytes, tail: bytes) -> Guess:
    """Each byte is a letter in each of them: only somebody who reads the language can tell."""
    from_head = next(_not_utf_8(head), None)
    word, line = from_head or (next(_not_utf_8(tail), (b"", 0))[0], 0)
    readings = {name: word.decode(name, "replace") for name in _EIGHT_BITS}
    others = tuple(Other(name, f"it is `{readings[name]}` then") for name in _EIGHT_BITS[1:])
    why = f"it is not UTF-8, and nothing says what else; a word in it is `{readings['cp1252']}` in cp1252"
    return Guess("encoding", "cp1252", "open", why, line, others)


def _not_utf_8(sample: bytes) -> Iterator[tuple[bytes, int]]:
    """Words that are no UTF-8, each with its line."""
    for found in _WORD.finditer(sample):
        if not _is_utf_8(found.group()):
            yield found.group()[:40], sample.count(b"\n", 0, found.start()) + 1
