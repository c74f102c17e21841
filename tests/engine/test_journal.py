"""The journal keeps within its bounds, run files give back what was kept, and notes have their fate."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from config.declaration import Declaration, Declared
from config.findings import Position
from config.results.plan import Difference
from golive.workspace.authorship import authorship
from provisioners.resource import Ref, Resource, Source, Text
from stacks.backend import KEPT_HISTORY, shorten_history
from stacks.dead_ids import referring
from stacks.journal import KEPT, LARGEST, NAMED, Journal, Run, Touched, merged, noted, runs_in
from stacks.run_files import Change, NoRunFile, RunFile, RunFiles
from stacks.steps import Side
from stacks.switches import SwitchedOff, held

AT = "2026-11-28T22:15:02+00:00"


def run(number: int, objects: int = 1, **more: Any) -> Run:
    diff = (Difference("name", "Old", "New"), Difference("text", "long " * 100, "longer " * 100))
    touched = tuple(Touched(f"helpdesk/macros/m{each}", "update", diff=diff) for each in range(objects))
    return Run(number, AT, "up", "Ada", "vm", "7f3a" * 10, touched=touched, **more)


def test_a_run_comes_back_as_it_was_kept() -> None:
    (text,) = noted((), run(3, result="partly", dirty=True))
    back = Run.of(text)
    assert (back.number, back.result, back.dirty, back.by) == (3, "partly", True, "Ada")
    assert back.touched == (Touched("helpdesk/macros/m0", "update", diff=(Difference("name", "Old", "New"),), left=1),)
    failed = Touched("a/b/c", "create", "failed")
    assert Run.of(replace(run(4), touched=(failed,)).as_text).touched == (failed,)
    assert Run.of(text[:-1] + ',"of a newer version":1}') == back


def test_a_journal_has_an_end() -> None:
    journal: tuple[str, ...] = ()
    for number in range(1, 2 * KEPT):
        journal = noted(journal, run(number, 2))
    assert [each.number for each in runs_in(journal)] == [*range(KEPT, 2 * KEPT)]
    for number in range(2 * KEPT, 3 * KEPT):
        journal = noted(journal, run(number, 5000))
        assert sum(map(len, journal)) <= LARGEST
    newest, oldest = runs_in(journal)[-1], runs_in(journal)[0]
    assert (len(newest.touched), newest.more) == (NAMED, 5000 - NAMED)
    assert (oldest.touched, oldest.more) == ((), 5000)
    assert newest.touched[0].diff


def test_a_run_is_noted_once_and_two_journals_become_one() -> None:
    journal = noted(noted((), run(1)), run(2))
    journal = noted(journal, run(2, result="done"))
    assert [(each.number, each.result) for each in runs_in(journal)] == [(1, "open"), (2, "done")]
    older = noted(noted((), run(1)), replace(run(2), at="2026-11-27T00:00:00+00:00"))
    assert [each.at[8:10] for each in runs_in(merged(journal, older))] == ["27", "28", "28"]
    assert Journal.of(journal).last == 2
    assert Journal.of(()).last == 0


def test_a_file_of_another_run_of_that_number_is_none(tmp_path: Path) -> None:
    files = RunFiles(tmp_path, "sandbox")
    side = Side("7", {"title": "A", "none": None}, notes={"x": 1}, outputs={"name": "n"})
    change = Change(
        "helpdesk/macros/a", "zendesk:Macro", "update", side, replace(side, payload={}), "old", needs=("b",)
    )
    file = RunFile(run(1), "copy", {"changes": []}, (change,), (("a",), ()))
    files.keep(file)
    assert files.read(run(1)) == file
    assert files.found() == [file]
    with pytest.raises(NoRunFile, match="run 1 has no file"):
        files.read(replace(run(1), at="2026-11-27T00:00:00+00:00"))
    (files.folder / "1.json.gz").write_bytes(b"broken")
    with pytest.raises(NoRunFile, match="damaged"):
        files.read(run(1))
    assert files.found() == []
    for number in range(2, KEPT + 5):
        files.keep(replace(file, run=run(number)))
    assert len([*files.folder.glob("*.gz")]) == KEPT
    assert files.last == KEPT + 4


def test_the_engines_own_history_has_an_end(tmp_path: Path) -> None:
    folder = tmp_path / ".pulumi-state" / ".pulumi" / "history" / "acme" / "sandbox"
    folder.mkdir(parents=True)
    for number in range(KEPT_HISTORY + 7):
        for ending in ("history.json", "checkpoint.json"):
            (folder / f"sandbox-{1795903538203271020 + number}.{ending}").touch()
    shorten_history(tmp_path, "acme", "sandbox")
    left = sorted(each.name for each in folder.iterdir())
    assert len(left) == 2 * KEPT_HISTORY
    assert "sandbox-1795903538203271020.history.json" not in left


def test_dead_ids_become_references() -> None:
    stale = {"360001": "helpdesk/groups/a", "77": "helpdesk/fields/f"}
    payload = {"group": "360001", "number": 77, "all": [{"field": "custom_fields_77", "other": "3600012"}], "no": True}
    assert referring(payload, stale) == {
        "group": Ref("helpdesk/groups/a"),
        "number": Ref("helpdesk/fields/f", as_number=True),
        "all": [{"field": Text(("custom_fields_", Ref("helpdesk/fields/f"))), "other": "3600012"}],
        "no": True,
    }
    assert referring("as it is", {}) == "as it is"


@pytest.mark.parametrize(
    ("value", "more", "fate"),
    [
        ({"active": True}, {}, "stays_off"),
        ({"active": True}, {"turn_on": True}, "turned_on"),
        ({"active": False}, {"turn_on": True}, "settled"),
        ({"active": True, "phase": "rollout"}, {"turn_on": True}, "asleep"),
        ({}, {}, "stays_off"),
        ({"active": True}, {"untouched": True, "turn_on": True}, "apart"),
    ],
)
def test_a_note_has_its_fate(value: dict[str, Any], more: dict[str, Any], fate: str) -> None:
    untouched = more.pop("untouched", False)
    declared = SimpleNamespace(
        **{"not_before": None, "waits_for_crm": False, "span": (value.get("phase", "build"), None), **value}
    )
    item = Declared("macros", "b", declared, Position("a.yaml", 1, 1))
    declaration = Declaration({"macros": {"b": item}})
    note = SwitchedOff("helpdesk/macros/a", AT, "Ada", "why")
    resource = Resource(
        "helpdesk/macros/b", "zendesk:Macro", {"active": True}, Source("macros", "b", "a.yaml", 1),
        aliases=("helpdesk/macros/a",), untouched=untouched,
    )  # fmt: skip
    (found,) = held([note, replace(note, resource="helpdesk/macros/gone")], [resource], declaration, "build", **more)
    assert (found.fate, found.note.resource) == (fate, "helpdesk/macros/b")
    assert SwitchedOff.of(note.as_text) == note


def test_who_runs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_ACTIONS", "GITLAB_CI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    monkeypatch.setenv("LOGNAME", "ada")
    nobody = authorship(tmp_path)
    assert (nobody.by, nobody.commit, nobody.dirty) == ("ada", "", False)
    monkeypatch.setenv("PATH", str(tmp_path))  # no git
    assert authorship(tmp_path) == nobody
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_ACTOR", "octo")
    assert authorship(tmp_path).by == "octo (GitHub Actions)"
