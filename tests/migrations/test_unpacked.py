"""Archives of strangers: nothing in them becomes a path, and none fills the disk."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from migrations.sources.source import SourceFault
from migrations.sources.unpacked import unpacked

NAMES = ("Takeout/Mail/Inbox.mbox", "../../outside.mbox", "/etc/passwd.mbox", "readme.html")


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def tarred(path: Path, files: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        link = tarfile.TarInfo("link.mbox")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return path


def is_mbox(name: str) -> bool:
    return name.endswith(".mbox")


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_no_name_leads_out_of_the_folder(pack: object, tmp_path: Path) -> None:
    ending = "takeout.zip" if pack is zipped else "takeout.tgz"
    path = pack(tmp_path / ending, {name: name.encode() for name in NAMES})  # type: ignore[operator]
    found = unpacked(path, tmp_path / "in", is_mbox)
    assert {name for name, _ in found} == set(NAMES[:3])
    assert all(there.parent == tmp_path / "in" and there.read_bytes() == name.encode() for name, there in found)
    before = {there: there.stat().st_mtime_ns for _, there in found}
    assert {there: there.stat().st_mtime_ns for _, there in unpacked(path, tmp_path / "in", is_mbox)} == before


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = zipped(tmp_path / "bomb.zip", {"a.mbox": b"\0" * 60_000_000})
    with pytest.raises(SourceFault, match="would unpack to 60,000,000 bytes"):
        unpacked(path, tmp_path / "in", is_mbox)
    assert not (tmp_path / "in").exists()


def test_a_file_that_holds_more_than_it_says(tmp_path: Path) -> None:
    path = zipped(tmp_path / "liar.zip", {"a.mbox": b"x" * 5000})
    content = path.read_bytes().replace((5000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path.write_bytes(content)
    with pytest.raises(SourceFault):
        unpacked(path, tmp_path / "in", is_mbox)
    assert [each.name for each in (tmp_path / "in").glob("*") if not each.suffix] == []


@pytest.mark.parametrize("name", ["a.zip", "a.tgz"])
def test_what_is_no_archive_is_said(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"no archive at all")
    with pytest.raises(SourceFault, match="cannot be unpacked"):
        unpacked(tmp_path / name, tmp_path / "in", is_mbox)
