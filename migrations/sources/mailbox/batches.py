"""The mails of a file or folder, read a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from migrations.sources.mailbox.mbox import LARGEST, Found, mails
from migrations.sources.mailbox.message import Mail, read_mail

MAILS_IN_PAGE = 500
BYTES_IN_PAGE = 8_000_000


@dataclass(frozen=True, slots=True)
class ReadMail:
    """at: where it begins. content: None for one that is too large. mail: what it says, or why it is none."""

    at: int
    content: bytes | None
    mail: Mail | str


@dataclass(frozen=True, slots=True)
class Batch:
    """What a page is made of. after: where the next one begins."""

    mails: list[ReadMail]
    after: int


def read_batches(path: Path, begin: int, now: datetime) -> Iterator[Batch]:
    """begin: the byte of an mbox; of a Maildir how many of its mails were read. now: no mail is younger. Raises
    OSError."""
    read: list[ReadMail] = []
    size = 0
    for found in _maildir(path, begin) if path.is_dir() else mails(path, begin):
        read.append(_read(found, now))
        size += len(found.content or b"")
        if len(read) == MAILS_IN_PAGE or size > BYTES_IN_PAGE:
            yield Batch(read, found.after)
            read, size = [], 0
    if read:
        yield Batch(read, found.after)


def _read(found: Found, now: datetime) -> ReadMail:
    if found.content is None:
        return ReadMail(found.at, None, "")
    try:
        mail: Mail | str = read_mail(found.content, found.envelope, now)
    except (ValueError, RecursionError, LookupError, AssertionError) as broken:
        mail = str(broken)
    return ReadMail(found.at, found.content, mail)


def _maildir(folder: Path, begin: int) -> Iterator[Found]:
    """The mails of a Maildir, in the order of their names.

    Source: cr.yp.to, “Using maildir format”: what is in `tmp` is not delivered yet.
    """
    every = sorted(path for name in ("cur", "new") for path in (folder / name).glob("*") if path.is_file())
    for number, path in enumerate(every[begin:], start=begin + 1):
        content = path.read_bytes() if path.stat().st_size <= LARGEST else None
        yield Found(number - 1, number, "", content)
