"""The quick way through a mail comes to what the library comes to, whatever was done to the mail."""

from __future__ import annotations

import mmap
import random
import re
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

from migrations.sources.mailbox.mbox import mails
from migrations.sources.mailbox.parsing import parsed
from tests.bench.histories import write_mails

NESTED = b"""Subject: In parts
Content-Type: multipart/mixed; boundary="zz"

Not for anybody.
--zz
Content-Type: multipart/alternative; boundary="yy"

--yy
Content-Type: text/plain

one
--yy

two

--yy--
--zz
Content-Type: %s

From: b@x.example

three
--zz--
After.
"""
KINDS = (b"text/plain", b"message/rfc822", b"message/delivery-status", b"multipart/digest; boundary=yy", b"multipart/x")
PIECES = (
    b"\n", b"\n\n", b" ", b"--", b"\r", b"\r\n", b":", b"\0", b"\xff", b"From x\n", b"--zz\n", b"\n--zz", b"--yy--\n",
    b"\n--zz--\n",
)  # fmt: skip
PLACES = re.compile(rb"\n--|boundary|\n\n|Content-|--\n|: ")


def tree(message: Message) -> Any:
    """Headers and parts, down to their texts."""
    inner = message.get_payload()
    return [*message.raw_items()], [tree(each) for each in inner] if isinstance(inner, list) else inner  # type: ignore[arg-type]


def changed(content: bytes, chance: random.Random) -> bytes:
    """Something taken away or put in, mostly where it matters."""
    places = [each.start() for each in PLACES.finditer(content)] or [0]
    at = max(0, chance.choice(places) + chance.randint(-1, 12))
    if chance.random() < 0.3:
        return content[:at] + content[at + chance.randint(1, 4) :]
    return content[:at] + chance.choice(PIECES) + content[at:]


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    path = tmp_path_factory.mktemp("mails") / "inbox.mbox"
    write_mails(path, 60, seed=3)
    return [*(each.content or b"" for each in mails(path)), *(NESTED % kind for kind in KINDS)]


@pytest.mark.parametrize("seed", range(4))
def test_a_mail_is_taken_apart_as_the_library_does_it(every: list[bytes], seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    for content in every:
        for _ in range(8):
            assert tree(parsed(content)) == tree(message_from_bytes(content)), content
            content = changed(content, chance)


def test_what_was_read_is_let_go_and_nothing_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "inbox.mbox"
    write_mails(path, 200)
    whole = [*mails(path)]
    assert len(whole) == 200 and path.stat().st_size > 10 * mmap.PAGESIZE
    monkeypatch.setattr("migrations.sources.mailbox.mbox._LET_GO", mmap.PAGESIZE)
    assert [*mails(path)] == whole
    assert [*mails(path, whole[50].at)] == whole[50:]
