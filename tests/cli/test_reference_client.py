"""The reference client through the command line, before and after it is set up."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import new_workspace
from tests.cli.workspace import Workspace
from tests.live_sandbox import LiveSandbox

SYSTEMS = {"zendesk", "salesforce", "slack"}
READING = ("validate", "doctor", "plan", "plan --json", "drift")


def reads_only(workspace: Workspace) -> None:
    """Every verb that reads succeeds, asks all three systems, and writes to none."""
    for verb in READING:
        workspace.sandbox.clear_log()
        ran = workspace.golive(*verb.split())
        assert ran.code == 0, f"{verb}: {ran.err}"
        log = workspace.sandbox.log()
        written = {system: [each for each in log if each["writes"] and each["system"] == system] for system in SYSTEMS}
        assert written == {system: [] for system in SYSTEMS}, verb
        if verb != "validate":
            assert {each["system"] for each in log} == SYSTEMS, verb


def test_before_it_is_set_up(engine: Path, tmp_path: Path, sandbox: LiveSandbox) -> None:
    workspace = new_workspace(tmp_path, sandbox, "--example")
    reads_only(workspace)
    document = workspace.plan().document
    assert document["summary"]["create"] >= 80
    assert document["collisions"] == []
    assert document["drift"] == []
    assert {each["system"] for each in document["changes"]} == {"helpdesk", "crm", "chat"}
    assert document["unmanaged"]["macros"] > 0
    assert set(document["calls"]) == {"helpdesk", "crm", "chat"}
    assert all(each["file"].startswith("config/") for each in document["changes"] if not each["key"].startswith("_"))


def test_after_it_is_set_up_nothing_is_left_to_do(reference: Workspace) -> None:
    document = reference.plan("--exit-code").document
    assert document["changes"] == []
    assert document["drift"] == []
    assert document["summary"]["same"] >= 80
    text = reference.golive("plan").out
    assert f"Nothing to do. All {document['summary']['same']} objects are as the files say." in text


def test_after_it_is_set_up_reading_writes_nothing(reference: Workspace) -> None:
    reads_only(reference)


def test_a_second_up_writes_nothing_either(reference: Workspace) -> None:
    reference.sandbox.clear_log()
    ran = reference.golive("up")
    assert ran.code == 0, ran.err
    assert "Nothing to do." in ran.out
    assert reference.sandbox.writes() == []


def test_doctor_says_who_we_are_where(reference: Workspace) -> None:
    text = reference.golive("doctor").out
    assert "Zendesk: " in text
    assert "(quayside)" in text
    assert "(00D7q00000Qs4PdEAJ)" in text
    assert "(T07QUAYSIDE)" in text
    assert "Pulumi 3.259.0" in text
    assert text.endswith("Everything is there.\n")
    document = reference.golive("doctor", "--json").document
    assert [each["name"] for each in document["checks"]] == ["engine", "helpdesk", "crm", "chat"]
    assert "error" not in document


def test_the_plan_of_a_morning(engine: Path, tmp_path: Path, sandbox: LiveSandbox) -> None:
    """What a head of support reads first, and in which order."""
    workspace = new_workspace(tmp_path, sandbox, "--example")
    lines = workspace.golive("plan").out.splitlines()
    assert lines[0] == f"Quayside Payments · sandbox · {sandbox.url.removeprefix('http://')}"
    assert lines[2] == "Who gets mail or loses access"
    blocks = [
        "Who gets mail or loses access",
        "Zendesk",
        "Salesforce",
        "Slack",
        "Asleep until the soft launch:",
        "By hand",
        "Not sent",
        "In Zendesk, Salesforce, Slack, not in these files; left alone:",
        "Calls made for this:",
        "Make it so:  golive up",
    ]
    places = [next(i for i, line in enumerate(lines) if line.startswith(block)) for block in blocks]
    assert places == sorted(places)
    text = "\n".join(lines)
    assert "Agents: 2 get an invitation by mail: aoife@quayside.example, marcus@quayside.example" in text
    assert "+ sla_policy" not in text
    assert "  + SLA policy enterprise  Enterprise  config/slas.yaml:" in text
    assert "helpdesk/" not in text
    assert "zendesk:" not in text
    assert "{" not in "\n".join(lines[: places[4]])
