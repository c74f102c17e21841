"""Reading mails: what is public, what is odd, and what is left out."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from migrations.extracting import extract
from migrations.records.attachment import Attachment
from migrations.records.comment import Comment
from migrations.records.person import Person
from migrations.sources.mailbox import SOURCE
from migrations.sources.source import SourceFault
from migrations.staging.staging import Staging
from tests.migrations.mailbox.mails import CUSTOMER, TEAM, mail, mbox, reading, staged
from tests.migrations.staged import content, read_in_pieces, read_whole


def comment(staging: Staging, identifier: str = "1@a") -> Comment:
    found = staging.get(Comment, identifier)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("heads", "public"),
    [
        ({}, True),
        ({"sender": TEAM, "to": CUSTOMER}, True),
        ({"sender": TEAM, "to": "Grace <grace@quayside.example>"}, False),
        ({"sender": TEAM, "to": "Grace <grace@quayside.example>", "Cc": CUSTOMER}, True),
        ({"sender": "mailer-daemon@mx.example"}, False),
    ],
)
def test_what_no_customer_could_read_is_private(heads: dict[str, str], public: bool, tmp_path: Path) -> None:
    assert comment(staged(tmp_path, mail("1@a", **heads))).public == public  # type: ignore[arg-type]


def test_people_are_known_by_their_address_and_the_first_name_that_they_say(tmp_path: Path) -> None:
    staging = staged(
        tmp_path,
        mail("1@a", sender="MAJA@tidewater.example"),
        mail("2@a"),
        mail("3@a", sender="Other <maja@tidewater.example>"),
    )
    assert {each.id: (each.name, each.side) for each in staging.all(Person)} == {
        "maja@tidewater.example": ("Maja", "customer"),
    }


@pytest.mark.parametrize(
    ("kind", "text", "said", "remark"),
    [
        ("text/plain; charset=utf-8", "Grüße".encode(), "Grüße", ""),
        ("text/plain; charset=utf-8", "ü".encode("cp1252"), "ü", "it is not the utf-8 that it says; read as cp1252"),
        ("text/plain; charset=klingon", "ü".encode(), "ü", "it says klingon, which nobody knows; read as utf-8"),
        ("text/plain", "Grüße".encode(), "Grüße", "it says no encoding; read as utf-8"),
        ("text/html; charset=utf-8", b"<style>x</style><p>A</p><p>B</p><script>evil()</script>", "A\n\nB", ""),
    ],
)  # fmt: skip
def test_texts_in_any_encoding(kind: str, text: bytes, said: str, remark: str, tmp_path: Path) -> None:
    staging = staged(tmp_path, mail("1@a", text=text, Content_Type=kind, Content_Transfer_Encoding="8bit"))
    assert comment(staging).body == said
    rows = staging.database.execute("SELECT detail FROM remarks WHERE what = 'bad encoding'").fetchall()
    assert rows == ([(remark,)] if remark else [])


def test_characters_that_no_system_takes_are_left_out_and_said(tmp_path: Path) -> None:
    staging = staged(tmp_path, mail("1@a", text="a\x00b\x07c"))
    assert comment(staging).body == "abc"
    assert staging.remarks() == {("comments", "odd characters"): 1}


@pytest.mark.parametrize(
    ("date", "received", "at"),
    [
        ("01 Mar 2024 10:00:00 +0100", "", "2024-03-01T09:00:00Z"),
        ("01 Mar 1969 10:00:00 +0000", "from x; 02 Mar 2024 10:00:00 +0000", "2024-03-02T10:00:00Z"),
        ("01 Mar 2124 10:00:00 +0000", "from x; 02 Mar 2024 10:00:00 +0000", "2024-03-02T10:00:00Z"),
        ("yesterday", "", "2024-03-01T10:00:00Z"),  # the file's own line
        ("", "", "2024-03-01T10:00:00Z"),
    ],
)
def test_a_time_that_cannot_be_is_taken_from_the_server(date: str, received: str, at: str, tmp_path: Path) -> None:
    staging = staged(tmp_path, mail("1@a", Date=date, Received=received))
    created = comment(staging).created
    assert created is not None and created.at == at
    assert bool(staging.remarks()) == (not date.endswith("+0100"))


def test_without_any_time_it_is_put_aside(tmp_path: Path) -> None:
    folder = tmp_path / "Maildir" / "cur"
    folder.mkdir(parents=True)
    (folder / "1").write_bytes(mail("1@a", Date="never"))
    staging = read_whole(SOURCE, reading(Staging(tmp_path / "staging"), tmp_path, "Maildir"))
    assert staging.reasons() == {("comments", "quarantined", "no time that can be right"): 1}


def test_the_same_mail_twice_is_one_and_another_of_its_id_is_kept(tmp_path: Path) -> None:
    again = mail("1@a", Received="from elsewhere")
    staging = staged(
        tmp_path, mail("1@a"), again, mail("1@a", text="Something else"), mail("", text="x"), mail("", text="x")
    )
    assert staging.count("comments") == 3
    assert staging.reasons() == {("comments", "skipped", "the same mail again"): 2}
    assert staging.remarks() == {("comments", "one id for several mails"): 1}


def test_a_line_of_a_text_that_looks_like_the_next_mail(tmp_path: Path) -> None:
    text = "Hello\n\nFrom Monday on it is 10:00 o'clock\n\n>From the start\n>>From x\n"
    assert comment(staged(tmp_path, mail("1@a", text=text), mail("2@a"))).body == text.replace("\n>", "\n").strip()


def test_files_are_kept_by_their_content_and_no_name_is_a_path(tmp_path: Path) -> None:
    part = "--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename={}\n\nabc\n"
    text = part.format('"../../etc/passwd"') + part.format('"C:\\\\x\\\\y.pdf"') + part.format('""') + "--b--\n"
    staging = staged(tmp_path, mail("1@a", text=text, Content_Type="multipart/mixed; boundary=b"))
    assert [each.name for each in staging.all(Attachment)] == ["passwd", "y.pdf", "unnamed"]
    [kept] = staging.files.all()
    assert kept.read_bytes() == b"abc" and kept.is_relative_to(tmp_path / "staging" / "files")


DEEP = "".join(f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(1500))
HOSTILE = {
    "no heads": b"nothing at all\n",
    "empty": b"",
    "broken multipart": mail("1@a", text="--x\n", Content_Type="multipart/mixed; boundary="),
    "unending": mail("1@a", text="--b\nContent-Type: text/plain\n\nx", Content_Type="multipart/mixed; boundary=b"),
    "deep": mail("1@a", text=DEEP, Content_Type="multipart/mixed; boundary=b0"),
    "receivers": mail("1@a", to=", ".join(f"p{n}@x.example" for n in range(10_000))),
    "long body": mail("1@a", text="x" * 600_000),
    "odd base64": mail("1@a", text="####", Content_Transfer_Encoding="base64"),
    "odd header": mail("1@a", subject="=?utf-8?b?####?= =?x?q?=ff?="),
    "raw header": mail("1@a").replace(b"A question", b"\xff\xfe \x00 caf\xe9"),
    "raw ids": mail("1@a", In_Reply_To="<x@a>").replace(b"x@a", b"\xe9\0@a").replace(b"1@a", b"\xff\0@a"),
    "raw date": mail("1@a").replace(b"+0100", b"+0100 (\xe9)"),
    "odd file name": mail("1@a", Content_Type="text/plain; name*=klingon''%ff", Content_Disposition="attachment"),
    "address": mail("1@a", sender='"a" <<x@y.example>, broken <', to="undisclosed-recipients:;"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_comes_is_carried_or_put_aside(name: str, tmp_path: Path) -> None:
    staging = staged(tmp_path, HOSTILE[name], mail("2@a"))
    assert comment(staging, "2@a").body == "Hello"
    assert staging.count("comments") + sum(staging.reasons().values()) == 2
    if name == "receivers":
        assert len(comment(staging).copied) == 48 and ("comments", "many receivers") in staging.remarks()


def test_what_is_too_large_to_be_a_mail_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("migrations.sources.mailbox.mbox.LARGEST", 1000)
    staging = staged(tmp_path, mail("1@a", text="x" * 2000), mail("2@a"))
    assert [each.id for each in staging.all(Comment)] == ["2@a"]
    assert staging.reasons() == {("comments", "quarantined", "larger than 64 MB"): 1}


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SourceFault) as raised:
        read_whole(SOURCE, reading(Staging(tmp_path / "staging"), tmp_path, "none.mbox"))
    assert raised.value.where == "none.mbox"


def test_a_reading_that_stops_after_every_page_comes_to_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("migrations.sources.mailbox.batches.MAILS_IN_PAGE", 3)
    every = [
        mail(f"{n}@a", day=1 + n % 25, text="x" * n, sender=f"c{n % 5}@x.example", In_Reply_To=f"<{n - n % 3 * 7}@a>")
        for n in range(40)
    ]
    (tmp_path / "inbox.mbox").write_bytes(mbox(*every, *every[:5]))
    whole = read_whole(SOURCE, reading(Staging(tmp_path / "whole"), tmp_path, "inbox.mbox"))

    def in_pieces(staging: Staging) -> object:
        return reading(staging, tmp_path, "inbox.mbox", stopped=lambda: True)

    pieces = read_in_pieces(SOURCE, tmp_path / "pieces", in_pieces)
    assert content(pieces) == content(whole)
    assert whole.count("comments") == 40 and len(whole.reasons()) == 1


def test_a_path_before_the_others_moves_no_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("migrations.sources.mailbox.batches.MAILS_IN_PAGE", 2)
    (tmp_path / "old.mbox").write_bytes(mbox(*(mail(f"old-{n}@a") for n in range(4))))
    (tmp_path / "new.mbox").write_bytes(mbox(*(mail(f"new-{n}@a") for n in range(4))))
    staging = Staging(tmp_path / "staging")
    assert not extract(SOURCE, reading(staging, tmp_path, "old.mbox", stopped=lambda: True)).is_whole
    assert extract(SOURCE, reading(staging, tmp_path, "new.mbox", "old.mbox")).read == 6
    assert staging.count("comments") == 8 and not staging.reasons()


@pytest.mark.parametrize("is_whole", [True, False])
def test_another_file_under_the_same_name_is_not_taken_for_the_one_that_was_read(
    is_whole: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("migrations.sources.mailbox.batches.MAILS_IN_PAGE", 1)
    (tmp_path / "inbox.mbox").write_bytes(mbox(mail("1@a"), mail("2@a")))
    staging = Staging(tmp_path / "staging")
    stopped = reading(staging, tmp_path, "inbox.mbox", stopped=lambda: not is_whole)
    assert extract(SOURCE, stopped).is_whole is is_whole
    (tmp_path / "inbox.mbox").write_bytes(mbox(mail("3@a"), mail("4@a")))
    with pytest.raises(SourceFault, match="it has changed since") as raised:
        extract(SOURCE, reading(staging, tmp_path, "inbox.mbox"))
    assert raised.value.where == "inbox.mbox" and "--again" in raised.value.do


def test_gmails_takeout(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "takeout.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Takeout/Mail/Support.mbox", mbox(mail("1@a")))
        archive.writestr("Takeout/archive_browser.html", "<p>x</p>")
    staging = read_whole(SOURCE, reading(Staging(tmp_path / "staging"), tmp_path, "takeout.zip"))
    assert comment(staging).body == "Hello"
    (tmp_path / "other.zip").write_bytes((tmp_path / "takeout.zip").read_bytes().replace(b".mbox", b".html"))
    with pytest.raises(SourceFault, match="holds no"):
        read_whole(SOURCE, reading(Staging(tmp_path / "other"), tmp_path, "other.zip"))
