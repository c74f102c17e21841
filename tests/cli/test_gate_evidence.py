"""Files that show something are kept as they were shown: nothing is written over, and nothing empty is taken."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from golive.terminal.exits import Exit
from tests.cli.gated import ITEMS, Gated, bare_checklist
from tests.cli.workspace import Ran, Workspace

Small = Callable[[str], Workspace]
SHOWN = {
    "shown": {"name": "It is shown", "phase": "build", "owner": "lead", "why": "W.", "fix": "F.",
              "evidence": {"what": "Two mails.", "at_least": 2}, "not_probed": "People keep it."},
    "agreed": ITEMS["agreed"],
}  # fmt: skip
FIRST, SECOND = b"From: ana@client.example\n\nYes.\n", b"From: ana@client.example\n\nNo.\n"


@pytest.fixture
def gated(set_up: Small) -> Gated:
    return Gated.of(set_up("groups:\n  day: {name: Day shift}\n"), bare_checklist(SHOWN))


def mail(folder: Path, content: bytes, name: str = "mail.eml") -> str:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    return str(folder / name)


def item(gated: Gated, key: str) -> dict[str, Any]:
    items: list[dict[str, Any]] = gated.status("--offline")["items"]
    return next(each for each in items if each["key"] == key)


def behalf(gated: Gated, file: str) -> Ran:
    gated.is_now("cai")  # who wrote what is signed cannot note it alone
    return gated.golive("gate", "sign", "agreed", "--on-behalf-of", "ana", "--evidence", file, "--yes")


def there(gated: Gated, key: str) -> list[bytes]:
    folder = gated.root / "checklists" / "evidence" / "sandbox" / key
    return sorted(path.read_bytes() for path in folder.iterdir())


def test_a_second_file_of_the_same_name_stands_beside_the_first(gated: Gated, tmp_path: Path) -> None:
    one, other = mail(tmp_path / "one", FIRST), mail(tmp_path / "other", SECOND)
    gated.does("ben", "gate", "attach", "shown", one)
    assert item(gated, "shown")["state"] == "unknown"
    gated.does("ben", "gate", "attach", "shown", other)
    assert item(gated, "shown")["state"] == "pass", "the first one still is what it was"
    assert there(gated, "shown") == sorted([FIRST, SECOND])
    for number, content in enumerate((FIRST, SECOND)):
        ((path, digest),) = gated.data(number)["files"].items()
        assert digest == sha256(content).hexdigest() == sha256((gated.root / path).read_bytes()).hexdigest()
        assert Path(path).name == f"mail-{digest[:8]}.eml"


def test_the_same_content_is_kept_once(gated: Gated, tmp_path: Path) -> None:
    gated.does("ben", "gate", "attach", "shown", mail(tmp_path / "one", FIRST))
    gated.does("ben", "gate", "attach", "shown", mail(tmp_path / "other", FIRST, "again.eml"))
    assert there(gated, "shown") == [FIRST]
    assert gated.data(0)["files"] == gated.data(1)["files"]
    assert item(gated, "shown")["state"] == "unknown", "and counts once"


def test_what_was_signed_for_another_stays_shown_by_its_own_mail(gated: Gated, tmp_path: Path) -> None:
    assert behalf(gated, mail(tmp_path / "one", FIRST)).code == 0
    first = gated.data(0)["on_behalf_of"]
    assert behalf(gated, mail(tmp_path / "other", SECOND)).code == 0
    second = gated.data(1)["on_behalf_of"]
    assert [first["digest"], second["digest"]] == [sha256(each).hexdigest() for each in (FIRST, SECOND)]
    assert [(gated.root / each["evidence"]).read_bytes() for each in (first, second)] == [FIRST, SECOND]
    assert item(gated, "agreed")["state"] == "pass"
    (gated.root / second["evidence"]).write_bytes(FIRST)
    assert item(gated, "agreed")["state"] == "out_of_date", "what shows it is not what it was"


@pytest.mark.parametrize("content", [b"", b" \n\n"])
def test_an_empty_file_shows_nothing(gated: Gated, tmp_path: Path, content: bytes) -> None:
    empty = mail(tmp_path / "one", content)
    for ran in (behalf(gated, empty), gated.golive("gate", "attach", "shown", mail(tmp_path / "two", FIRST), empty)):
        assert (ran.code, "`mail.eml` is empty, and shows nothing." in ran.err) == (Exit.USAGE, True)
    assert not gated.logbook.path.exists()
    assert not (gated.root / "checklists" / "evidence").exists()


def test_a_file_of_the_workspace_stays_where_it_is_unless_git_never_keeps_it(gated: Gated) -> None:
    gated.does("ben", "gate", "attach", "shown", mail(gated.root / "docs", FIRST))
    assert list(gated.data(0)["files"]) == ["docs/mail.eml"]
    gated.does("ben", "gate", "attach", "shown", mail(gated.root / ".golive", SECOND))
    assert next(iter(gated.data(1)["files"])).startswith("checklists/evidence/sandbox/shown/mail-")
