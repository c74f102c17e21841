"""Files of `checklists/` that are wrong or right: who says so, and who goes on all the same."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from golive.workspace.schemas import schemas
from tests.cli.conftest import account, new_workspace
from tests.cli.workspace import Workspace, golive
from tests.live_sandbox import LiveSandbox, running_sandbox

Small = Callable[[str], Workspace]
OWN = "groups:\n  billing: {name: Billing}\n"
WRONG = "items:\n  channels_tried:\n    skip: We have one channel.\n"
PLACE = ("checklists/own.yaml", 3, 5)


@pytest.fixture(scope="module")
def quiet() -> Iterator[LiveSandbox]:
    """A sandbox that nobody should call."""
    with running_sandbox(account()) as running:
        yield running


@pytest.fixture
def offline(quiet: LiveSandbox, tmp_path: Path) -> Workspace:
    return new_workspace(tmp_path, quiet)


def without_checklists(workspace: Workspace) -> None:
    """Take away what `golive init` has written there."""
    shutil.rmtree(workspace.root / "checklists")


def check(workspace: Workspace, text: str, name: str = "own.yaml") -> None:
    """Give the workspace a file of `checklists/`."""
    path = workspace.root / "checklists" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_every_format_says_what_is_wrong_and_where(offline: Workspace) -> None:
    check(offline, WRONG)
    ran = offline.golive("validate", "--json")
    errors = [each for each in ran.checked("validate")["findings"] if each["severity"] == "error"]
    assert ran.code == 2
    assert [(each["file"], each["line"], each["column"]) for each in errors] == [PLACE]
    text = offline.golive("validate").out
    assert "checklists/own.yaml:3:5  error  `skip` is not an attribute here" in text
    assert "It is called `drop`." in text
    github = offline.golive("validate", "--format", "github").out
    assert "::error file=checklists/own.yaml,line=3,col=5,title=schema.unknown-attribute::" in github
    (run,) = offline.golive("validate", "--format", "sarif").document["runs"]
    uris = {each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in run["results"]}
    assert "checklists/own.yaml" in uris


def test_findings_of_both_folders_are_sorted_together(offline: Workspace) -> None:
    check(offline, WRONG)
    offline.config("gruops: {}\n")
    found = offline.golive("validate", "--json").document["findings"]
    places = [(each["file"], each["line"], each["column"]) for each in found]
    assert places == sorted(places)
    assert {"checklists/own.yaml", "config/own.yaml"} <= {file for file, _, _ in places}


def test_a_mistake_in_config_is_not_told_again_by_the_checklist(offline: Workspace) -> None:
    """An object that is wrong, and one in a file that cannot be read, are there all the same."""
    check(offline, "items:\n  requirements_signed: {about: [groups/a, groups/b]}\npeople: {rea: {roles: [admin]}}\n")
    offline.config("groups:\n  a: {name: 12}\n")
    offline.config('groups:\n  b: {name: "B}\npeople:\n  rea: {name: Rea}\n', "config/torn.yaml")
    found = offline.golive("validate", "--json").document["findings"]
    assert sorted(each["rule"] for each in found if each["severity"] == "error") == ["schema.type", "yaml.syntax"]


def test_an_error_here_keeps_gates_closed_and_nothing_else(small: Small) -> None:
    workspace = small(OWN)
    check(workspace, WRONG)
    for verb in ("gate status --offline", "gate check soft_launch", "gate figures", "advance soft_launch"):
        ran = workspace.golive(*verb.split())
        assert ran.code == 2, verb
        assert "checklists/own.yaml:3:5" in ran.err
    ran = workspace.golive("gate", "status", "--json")
    assert ran.checked("gate")["error"]["code"] == "invalid"
    assert workspace.plan().document["summary"]["create"] == 1
    assert workspace.up().results == {"helpdesk/groups/billing": "done"}
    workspace.is_settled()
    assert workspace.golive("drift").code == 0
    assert workspace.golive("off", "groups/billing", "--reason", "x").code != 0  # groups have no switch; it was asked
    assert workspace.golive("log", "verify").code == 0
    (workspace.root / "checklists" / "own.yaml").unlink()
    assert workspace.golive("gate", "status", "--offline").code == 0


def test_two_files_about_one_gate(offline: Workspace) -> None:
    check(offline, "gates:\n  soft_launch: {decision: {admin: 1}}\n")
    check(offline, "gates:\n  soft_launch: {decision: {finance: 1}}\n", "second.yaml")
    text = offline.golive("validate").out
    assert "checklists/second.yaml:2:3  error  `soft_launch` is said a second time" in text
    assert "the first is at checklists/own.yaml:2:3" in text
    assert "Write under one of them what both say." in text


def test_many_notes_of_one_sort_are_told_once(offline: Workspace) -> None:
    """No error or warning is ever left out."""
    cells = "{urgent: 8h, high: 16h, normal: none, low: none}"
    policies = "".join(
        f"  p{number}: {{name: P{number}, hours: calendar, targets: {{first_reply: {cells}}},"
        f" warn: {{at: 75%, to: [], how: watch}}}}\n"
        for number in range(4)
    )
    offline.config(f"sla_policies:\n{policies}")
    told, everything = offline.golive("validate"), offline.golive("validate", "--all")
    rules = [each["rule"] for each in offline.golive("validate", "--json").document["findings"]]
    many = rules.count("sla_policies.warning-times")
    assert many == 4
    assert told.out.count("(sla_policies.warning-times)") == 1
    assert f"and {many - 1} more like it:  golive validate --all" in told.out
    assert everything.out.count("(sla_policies.warning-times)") == many
    assert "more like it" not in everything.out


def test_what_only_the_project_can_say(offline: Workspace) -> None:
    """What is not said comes first, with what it decides and how it is written."""
    without_checklists(offline)
    blank = offline.golive("gate", "figures").out
    unset, _, rest = blank.partition("Does it apply to this project?")
    assert "Figures to be set before soft launch" in unset
    assert "How long the soft launch lasts at least: a time, such as 30m, 4h or 14d" in unset
    assert "Too short a time shows good days only." in unset
    assert "customers say card numbers on the phone" in rest
    assert "figures: {NAME: VALUE}" in unset
    own = """\
        people: {rea: {name: Rea, email: rea@client.example, roles: [it_security]}}
        figures: {soft_launch_length: 14d, risk_words: [cancel, lawyer]}
        profiles: {voice: {applies: false, why: Nobody is called.}, crm: true}
        gates: {handoff: {decision: {it_security: 2}}}
    """
    check(offline, textwrap.dedent(own))
    text = offline.golive("gate", "figures").out
    lines = text.splitlines()
    said = lines[lines.index("Figures") :]
    assert "  risk_words            cancel, lawyer" in said
    assert "  voice                 no: Nobody is called." in said
    assert "  Handoff               2 × IT security" in said
    assert "  IT security           Rea" in said
    assert not [line for line in lines[: lines.index("Figures")] if line.startswith("  soft_launch_length")]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ((), "The one file in config/ is valid.\n"),
        (("own.yaml",), "All 2 files in config/ and checklists/ are valid. (4 notes)"),
        (("own.yaml", "more/b.yml", "log/x.yaml", "evidence/y.yaml"), "All 3 files in config/ and checklists/"),
    ],
)
def test_files_are_counted(offline: Workspace, files: tuple[str, ...], said: str) -> None:
    without_checklists(offline)
    for file in files:
        (offline.root / "checklists" / file).parent.mkdir(parents=True, exist_ok=True)
        check(offline, "figures: {training_sessions: 1}\n" if file == "own.yaml" else "x-ours: 1\n", file)
    ran = offline.golive("validate")
    assert (ran.code, said in ran.out) == (0, True)


def test_before_anything_is_said_there_nothing_is_said_of_checklists(offline: Workspace) -> None:
    assert offline.golive("validate", "--json").document["findings"] == []
    without_checklists(offline)
    assert "checklist" not in offline.golive("validate").out
    (offline.root / "checklists" / "log").mkdir(parents=True)
    assert "checklist" not in offline.golive("validate").out


def test_editors_find_the_schema_in_a_new_workspace(offline: Workspace) -> None:
    path = offline.root / ".golive" / "schemas" / "checklists.json"
    assert json.loads(path.read_text(encoding="utf-8")) == schemas()["checklists.json"]


def test_the_page_of_checklists_is_at_hand() -> None:
    ran = golive("schema", "--checklists")
    assert ran.code == 0
    assert ran.out == (Path(__file__).parents[2] / "docs" / "checklists.md").read_text(encoding="utf-8")
    assert golive("schema", "--checklists", "--kinds").code == 2


def test_documents_of_gates_keep_to_their_schemas(small: Small) -> None:
    workspace = small(OWN)
    check(workspace, "people:\n  zoe: {name: Zoe, email: zoe@client.example, roles: [head_of_support]}\n")
    board = workspace.golive("gate", "status", "--json", "--offline").checked("gate")
    assert (board["phase"], board["gate"], board["open"]) == ("build", "soft_launch", False)
    assert workspace.golive("gate", "history", "--json").checked("gate-history")["entries"] == []
    note = workspace.root / "note.md"
    note.write_text("Done.\n", encoding="utf-8")
    noted = workspace.golive("gate", "attach", "widget_contact", str(note), "--as", "zoe", "--yes")
    assert noted.code == 0, noted.err
    history = workspace.golive("gate", "history", "widget_contact", "--json").checked("gate-history")
    (entry,) = history["entries"]
    assert (history["item"], entry["entry"], entry["by"]["key"]) == ("widget_contact", "attached", "zoe")
    log = workspace.golive("log", "verify", "--json").checked("log")
    assert (log["entries"], log["head"], log["phase"]) == (1, entry["digest"], "build")


@pytest.mark.parametrize(
    ("verb", "document"),
    [("gate status", "gate"), ("gate check soft_launch", "gate"), ("gate history", "gate-history"),
     ("log verify", "log")],
)  # fmt: skip
def test_one_document_on_failure_too(offline: Workspace, tmp_path: Path, verb: str, document: str) -> None:
    words = (*verb.split(), "--json")
    for ran, code, word in (
        (golive("-C", str(tmp_path), *words), 2, "no_workspace"),
        (offline.golive(*words, "-e", "nowhere"), 6, "no_environment"),
        (offline.golive(*words, "--no-such-option"), 2, "usage"),
    ):
        assert ran.code == code
        assert ran.checked(document)["error"]["code"] == word
    offline.root.joinpath("checklists", "log").mkdir(parents=True)
    offline.root.joinpath("checklists", "log", "sandbox.jsonl").write_text("{}\n", encoding="utf-8")
    assert offline.golive(*words).checked(document)["error"]["code"] == "broken_log"
