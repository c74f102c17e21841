"""An archive: all of it, and any change of it found."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from migrations.archiving import MANIFEST, BrokenArchive, archive, checked
from migrations.sources.unchanged import name_of
from tests.migrations.mailbox.mails import mail, staged

FILE = "--b\nContent-Type: application/pdf; name=a.pdf\n\nabc\n--b--\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    staging = staged(tmp_path, mail("1@a", text=FILE, Content_Type="multipart/mixed; boundary=b"), mail("2@a"))
    decided = tmp_path / "inbox.yaml"
    decided.write_text("name: x\n", encoding="utf-8")
    out = tmp_path / "inbox.zip"
    assert archive(staging, out, "The inbox", "2036-01-01", {"inbox.yaml": decided}, lambda: False)
    return out


def test_everything_is_in_it(path: Path) -> None:
    assert checked(path) == ("The inbox", "2036-01-01", 4)
    with zipfile.ZipFile(path) as whole:
        names = set(whole.namelist())
        records = [json.loads(line) for line in whole.read("records.jsonl").decode().splitlines()]
    assert {
        f"raw/mail-{name_of('inbox.mbox')}.jsonl.gz",
        "records.jsonl",
        "decided/inbox.yaml",
        MANIFEST,
        "README.txt",
    } < names
    assert {each["type"] for each in records} == {"people", "tickets", "comments", "attachments"}


def changed(path: Path, name: str, content: bytes | None) -> None:
    """The same archive with one part that is another; None: without it."""
    with zipfile.ZipFile(path) as whole:
        parts = {each: whole.read(each) for each in whole.namelist()}
    if content is None:
        del parts[name]
    else:
        parts[name] = content
    with zipfile.ZipFile(path, "w") as anew:
        for each, said in parts.items():
            anew.writestr(each, said)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("records.jsonl", b"{}", "records.jsonl is not as it was"),
        ("decided/inbox.yaml", None, "decided/inbox.yaml is missing"),
        ("more.txt", b"x", "more.txt is not in the manifest"),
        (MANIFEST, b"{", "property name"),
        (MANIFEST, None, "no item named"),
    ],
)
def test_any_change_is_found(path: Path, name: str, content: bytes | None, why: str) -> None:
    changed(path, name, content)
    with pytest.raises(BrokenArchive, match=why):
        checked(path)


def test_one_that_was_stopped_is_not_there(tmp_path: Path) -> None:
    staging = staged(tmp_path, mail("1@a"))
    assert archive(staging, tmp_path / "inbox.zip", "x", "2036-01-01", {}, lambda: True) is None
    assert list(tmp_path.glob("inbox.zip*")) == []
