"""How gates and their log differ from a revision of git, and which signatures that makes out of date."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.gated import ITEMS, PEOPLE, Gated, bare_checklist
from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]

OWN = "groups: {billing: {name: Billing}}\n"
SHOWN: dict[str, Any] = {
    "name": "It is shown", "phase": "build", "owner": "lead", "why": "W.", "fix": "F.", "not_probed": "People.",
    "evidence": {"what": "A list."}, "lasts": "30d",
}  # fmt: skip


def gated(small: Small, **items: Any) -> Gated:
    return Gated.of(small(OWN), bare_checklist({**ITEMS, "shown": SHOWN, **items}, figures={"training_sessions": 2}))


def change(made: Gated, edit: Callable[[dict[str, Any]], None]) -> None:
    """Edit the checklist as a person does."""
    path = made.root / "checklists" / "project.yaml"
    said = yaml.safe_load(path.read_text(encoding="utf-8"))
    edit(said)
    path.write_text(yaml.safe_dump(said, sort_keys=False), encoding="utf-8")


def diff(made: Gated, revision: str = "HEAD", *more: str) -> dict[str, Any]:
    ran = made.golive("gate", "diff", revision, *more, "--json")
    assert ran.code == 0, ran.err
    return ran.checked("gate-diff")


def test_nothing_differs(small: Small) -> None:
    made = gated(small)
    document = diff(made)
    assert {name: document[name] for name in ("items", "settings", "signatures", "entries", "lacks")} == {
        "items": [], "settings": [], "signatures": [], "entries": [], "lacks": 0
    }  # fmt: skip
    assert document["commit"] == made.git("rev-parse", "HEAD").strip()
    assert "Nothing is asked otherwise, and nothing was noted." in made.golive("gate", "diff", "HEAD").out


def test_items_that_come_go_and_change(small: Small) -> None:
    made = gated(small)

    def edit(said: dict[str, Any]) -> None:
        items = said["items"]
        items["shown"] = {**SHOWN, "lasts": "60d", "why": "Another reason."}
        items["settled"] = {**ITEMS["settled"], "fix": "Look at the plan."}
        items["licences_approved"] = {"drop": "The client has them already"}
        del items["agreed"]
        items["fresh"] = {**SHOWN, "name": "It is fresh"}
        for gate in said["gates"].values():
            gate["success"]["own"]["items"] = ["settled", "shown", "fresh"]

    change(made, edit)
    document = diff(made)
    assert {each["key"]: (each["change"], each["said"]) for each in document["items"]} == {
        "settled": ("reworded", ["fix: golive up → Look at the plan."]),
        "licences_approved": ("dropped", ["The client has them already"]),
        "agreed": ("gone", []),
        "shown": ("changed", ["lasts: 30d → 60d", "why: W. → Another reason."]),
        "fresh": ("added", []),
    }
    names = {each["key"]: each["name"] for each in document["items"]}
    assert names["agreed"] == "The groups are agreed"
    assert names["licences_approved"] == "The money for the licences is approved", "as it was called"
    fresh = next(each for each in document["items"] if each["key"] == "fresh")
    assert fresh["gates"][:2] == ["Soft launch", "Full rollout"]
    assert {each["sort"] for each in document["settings"]} == {"condition"}
    assert document["settings"][0] == {
        "sort": "condition",
        "key": "soft_launch.success.own",
        "old": "settled, agreed, shown",
        "new": "settled, shown, fresh",
    }
    text = made.golive("gate", "diff", "HEAD").out
    assert "~ “It is shown” asks for something else  shown" in text
    assert "- “The groups are agreed” is gone from the files" in text
    assert "- “The money for the licences is approved” is left out" in text
    made.commit("changed")
    back = diff(made, "HEAD~1")
    assert len(back["items"]) == 5
    change(made, lambda said: said["items"].pop("licences_approved"))
    assert {each["key"]: each["change"] for each in diff(made)["items"]} == {"licences_approved": "taken_up"}


def test_what_the_project_says(small: Small) -> None:
    made = gated(small)

    def edit(said: dict[str, Any]) -> None:
        said["figures"]["training_sessions"] = 3
        said["profiles"] = {"voice": {"applies": False, "why": "Nobody calls"}}
        said["gates"]["rollout"]["decision"] = {"head": 2}
        said["people"]["dan"] = {"name": "Dan", "email": "dan@client.example", "roles": ["finance"]}
        said["people"]["cai"] = {**PEOPLE["cai"], "roles": ["lead"]}
        del said["people"]["ben"]
        said["waivers"] = {"at_most": 2}

    change(made, edit)
    settings = {(each["sort"], each["key"]): (each["old"], each["new"]) for each in diff(made)["settings"]}
    assert settings == {
        ("figure", "training_sessions"): ("2", "3"),
        ("profile", "voice"): ("", "no: Nobody calls"),
        ("decision", "rollout"): ("1 × head", "2 × head"),
        ("person", "dan"): ("", "finance"),
        ("person", "cai"): ("lead, head", "lead"),
        ("person", "ben"): ("consultant, lead", ""),
        ("waivers", "waivers"): ("at_most 5, days 30", "at_most 2, days 30"),
    }
    assert "client.example" not in str(settings), "no address"


def test_signatures_that_a_change_makes_worthless(small: Small) -> None:
    made = gated(small)
    made.go()
    made.does("ben", "gate", "attach", "shown", "--link", "https://acme.example/list")
    made.commit("signed and decided")
    assert diff(made)["signatures"] == []
    made.workspace.edit("Billing", "Invoices")
    signed, decided = diff(made)["signatures"]
    assert (signed["sort"], signed["subject"], signed["by"]) == ("signed", "agreed", "Ana Sol")
    assert signed["why"] == "groups/billing changed"
    assert (decided["sort"], decided["subject"]) == ("decided", "soft_launch")
    assert decided["why"] == "the configuration was changed"
    change(made, lambda said: said["items"].update(shown={**SHOWN, "lasts": "60d"}))
    found = {each["sort"]: each["why"] for each in diff(made)["signatures"]}
    assert found == {
        "signed": "groups/billing changed",
        "attached": "the item asks for something else",
        "decided": "the gate asks for something else",
    }
    text = made.golive("gate", "diff", "HEAD").out
    assert "golive gate sign agreed" in text and "golive gate decide soft_launch" in text
    made.commit("changed")
    assert diff(made)["signatures"] == [], "they were out of date at that revision already"
    assert len(diff(made, "HEAD~1")["signatures"]) == 3


def test_a_file_that_was_attached_and_is_another_now(small: Small) -> None:
    made = gated(small)
    (made.root / "list.txt").write_text("one\n")
    made.does("ben", "gate", "attach", "shown", str(made.root / "list.txt"))
    made.commit("attached")
    assert diff(made)["signatures"] == []
    (made.root / "list.txt").write_text("two\n")
    (attached,) = diff(made)["signatures"]
    assert attached["why"] == "list.txt is not what it was"


def test_what_was_noted_since(small: Small) -> None:
    made = gated(small)
    made.does("ana", "gate", "sign", "agreed", "--yes")
    made.commit("signed")
    made.does("ana", "gate", "decide", "soft_launch", "go", "--yes")
    document = diff(made)
    (entry,) = document["entries"]
    assert (entry["entry"], entry["by"], entry["said"]) == (
        "decided",
        "Ana Sol",
        "Ana Sol decided go for the soft launch",
    )
    assert [each["entry"] for each in diff(made, "HEAD~1")["entries"]] == ["signed", "decided"]
    assert "Ana Sol decided go for the soft launch" in made.golive("gate", "diff", "HEAD").out


def test_a_log_that_lacks_what_another_branch_has(small: Small) -> None:
    made = gated(small)
    made.does("ana", "gate", "sign", "agreed", "--yes")
    made.commit("signed")
    made.git("checkout", "-q", "-b", "other")
    made.does("ana", "gate", "decide", "soft_launch", "go", "--yes")
    made.commit("decided")
    made.git("checkout", "-q", "main")
    assert diff(made, "other")["lacks"] == 1
    assert "The log lacks 1 of the entries that it had then" in made.golive("gate", "diff", "other").out


def test_a_log_that_has_lost_something_is_compared_with_nothing(small: Small) -> None:
    made = gated(small)
    made.does("ana", "gate", "sign", "agreed", "--yes")
    made.does("ana", "gate", "decide", "soft_launch", "go", "--yes")
    made.commit("both")
    made.write_log(made.lines()[:1])
    ran = made.golive("gate", "diff", "HEAD")
    assert ran.code == 1
    assert "An entry that stood in it in commit" in ran.err


def test_the_phase_then_and_now(small: Small) -> None:
    made = gated(small)
    person = made.logbook.append("begun", _ana(), {}).by
    made.commit("begun")
    for sort in ("advance_started", "advanced"):
        made.logbook.append(sort, person, {"phase": "soft_launch", "gate": "asked"})  # type: ignore[arg-type]
    document = diff(made)
    assert (document["phase_then"], document["phase"]) == ("build", "soft_launch")
    assert "The environment was in build and is in soft launch." in made.golive("gate", "diff", "HEAD").out


def _ana() -> Any:
    from config.results.log_entry import Actor

    return Actor("Ana Sol", "ana@client.example", ("head",), "ana")


@pytest.mark.parametrize(
    ("revision", "code", "error"), [("nowhere", 1, "no_revision"), ("--json", 2, "usage"), ("HEAD", 1, "no_repository")]
)
def test_what_cannot_be_compared(
    small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, revision: str, code: int, error: str
) -> None:
    if error == "no_repository":
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
        workspace = small(OWN)
        workspace.config(bare_checklist(), "checklists/project.yaml")
        ran = workspace.golive("gate", "diff", revision, "--json")
    else:
        ran = gated(small).golive("gate", "diff", revision, "--json")
    assert (ran.code, ran.checked("gate-diff")["error"]["code"]) == (code, error)


def test_a_revision_from_before_the_checklists(small: Small) -> None:
    made = Gated(small(OWN))
    made.git("init", "-q", "-b", "main")
    made.is_now("ben")
    made.commit("without")
    made.checklist(bare_checklist())
    document = diff(made)
    assert {"settled", "agreed"} <= {each["key"] for each in document["items"] if each["change"] == "added"}
    assert ("person", "ana", "", "head") in {tuple(each.values()) for each in document["settings"]}
