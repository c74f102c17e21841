"""Who wrote what is signed: as git's commits say it, whatever the files beside them want git to show."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from golive.gates.file_authors import lines_of
from tests.cli.gated import ITEMS, PEOPLE, Gated, bare_checklist
from tests.cli.workspace import Workspace

Small = Callable[[str], Workspace]
CONFIG = "groups:\n  day: {name: Day shift}\n"
MAILMAP = "Cai Lin <cai@client.example> Ben Ode <ben@partner.example>\n"


@pytest.fixture
def gated(set_up: Small) -> Gated:
    return Gated.of(set_up(CONFIG), bare_checklist({"agreed": ITEMS["agreed"]}))


def authors(gated: Gated, file: str) -> set[str]:
    lines = lines_of(gated.root, [file])[file]
    assert lines is not None
    return {address for line in lines for address in line}


def file_of(gated: Gated) -> str:
    """The file in which the groups stand."""
    (found,) = [each for each in (gated.root / "config").glob("*.yaml") if "Day shift" in each.read_text("utf-8")]
    return found.relative_to(gated.root).as_posix()


def said_of_signing(gated: Gated, who: str) -> str:
    """What the board says once somebody has signed."""
    gated.does(who, "gate", "sign", "agreed", "--yes")
    (item,) = [each for each in gated.status("--offline")["items"] if each["key"] == "agreed"]
    return f"{item['state']}: {item['said']}"


@pytest.mark.parametrize("way", ["file", "setting", "blob"])
def test_no_mailmap_makes_another_of_an_author(gated: Gated, way: str) -> None:
    """Ben wrote it; git blame would show Cai."""
    file = file_of(gated)
    (gated.root / (".mailmap" if way == "file" else "names")).write_text(MAILMAP, encoding="utf-8")
    gated.commit("Names")
    if way == "setting":
        gated.git("config", "mailmap.file", str(gated.root / "names"))
    if way == "blob":
        gated.git("config", "mailmap.blob", "HEAD:names")
    assert "cai@client.example" in gated.git("blame", "--line-porcelain", "--", file), "git itself is led astray"
    assert authors(gated, file) == {"ben@partner.example"}


def test_no_commit_is_looked_past(gated: Gated) -> None:
    """Ana wrote it first, and Ben, who has changed it, cannot have his commit ignored."""
    gated.is_now("ana")
    file = file_of(gated)
    gated.workspace.edit("{name: Day shift}", "{name: Day crew}")
    gated.git("commit", "-qam", "Crew")
    gated.is_now("ben")
    gated.workspace.edit("{name: Day crew}", "{name: Day people}")
    gated.git("commit", "-qam", "People")
    head = gated.git("rev-parse", "HEAD").strip()
    (gated.root / ".ignored").write_text(f"{head}\n", encoding="utf-8")
    gated.git("config", "blame.ignoreRevsFile", ".ignored")
    shown = gated.git("-C", str(gated.root), "blame", "--line-porcelain", "-L", "/Day people/,+1", "--", file)
    assert "ana@client.example" in shown, "git itself looks past it"
    assert "ben@partner.example" in authors(gated, file)
    gated.git("config", "blame.ignoreRevsFile", "no-such-file")
    assert lines_of(gated.root, [file])[file] is None, "where git refuses, nobody knows who wrote it"


def test_who_wrote_it_together_with_somebody_is_its_author_too(gated: Gated) -> None:
    gated.workspace.edit("{name: Day shift}", "{name: Day crew}")
    gated.commit("Crew\n\nAs agreed.\n\nCo-Authored-By: Ana Sol <Ana@Client.example>\nco-authored-by: X <x@y.example>")
    assert said_of_signing(gated, "ana").startswith("unknown: Ana Sol wrote what is signed")
    assert said_of_signing(gated, "cai").startswith("pass")


def test_who_wrote_the_text_that_an_object_names_is_its_author(set_up: Small) -> None:
    macros = "macros:\n  hello:\n    name: Hello\n    then: [{reply: public, text: {file: ./texts/hello.md}}]\n"
    item = {**ITEMS["agreed"], "about": ["macros"]}
    gated = Gated.of(set_up(CONFIG), bare_checklist({"agreed": item}))
    gated.workspace.config(macros, "config/macros.yaml")
    gated.commit("A macro")
    text = gated.root / "texts" / "hello.md"
    text.parent.mkdir(exist_ok=True)
    text.write_text("We answer within an hour.\n", encoding="utf-8")
    assert "Nobody knows who wrote" in said_of_signing(gated, "ana"), "git does not keep the text yet"
    gated.is_now("ana")
    gated.commit("What we say")
    gated.is_now("ben")
    assert said_of_signing(gated, "ana").startswith("unknown: Ana Sol wrote what is signed")
    assert said_of_signing(gated, "cai").startswith("pass")


def test_what_is_not_committed_is_of_who_acts(gated: Gated) -> None:
    file = file_of(gated)
    gated.workspace.edit("{name: Day shift}", "{name: Day crew}")
    gated.is_now("ana")
    assert str(PEOPLE["ana"]["email"]) in authors(gated, file)
    assert lines_of(gated.root, ["no/such/file.yaml"]) == {"no/such/file.yaml": None}


def test_a_line_that_looks_like_gits_own_is_a_line(gated: Gated) -> None:
    """Lines end where git ends them, whatever else some readers take for an end."""
    file = gated.root / "config" / "odd.yaml"
    file.write_text(f"# one \x0b{'0' * 40} 1 1\n# two \u2028{'0' * 40} 2 2\n", encoding="utf-8")
    gated.commit("Odd")
    assert lines_of(gated.root, ["config/odd.yaml"]) == {"config/odd.yaml": [frozenset({"ben@partner.example"})] * 2}
