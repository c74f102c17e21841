"""The reference client through the command line, before and after it is set up."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import new_workspace
from tests.cli.workspace import Ran, Workspace
from tests.live_sandbox import LiveSandbox

README = Path(__file__).parents[2] / "README.md"
SYSTEMS = {"zendesk", "salesforce", "slack"}
READING = ("validate", "doctor", "plan", "plan --json", "drift")


def reads_only(workspace: Workspace) -> dict[str, Ran]:
    """Every verb that reads succeeds, asks all three systems, and writes to none. Gives what each said."""
    said = {}
    for verb in READING:
        workspace.sandbox.clear_log()
        ran = workspace.golive(*verb.split())
        assert ran.code == 0, f"{verb}: {ran.err}"
        log = workspace.sandbox.log()
        written = {system: [each for each in log if each["writes"] and each["system"] == system] for system in SYSTEMS}
        assert written == {system: [] for system in SYSTEMS}, verb
        if verb != "validate":
            assert {each["system"] for each in log} == SYSTEMS, verb
        said[verb] = ran
    return said


def test_before_it_is_set_up(engine: Path, tmp_path: Path, sandbox: LiveSandbox) -> None:
    said = reads_only(new_workspace(tmp_path, sandbox, "--example"))
    document = said["plan --json"].checked("plan")
    assert document["summary"]["create"] >= 80
    assert document["collisions"] == []
    assert document["drift"] == []
    assert {each["system"] for each in document["changes"]} == {"helpdesk", "crm", "chat"}
    assert document["unmanaged"]["macros"] > 0
    assert list(document["calls"]) == ["helpdesk", "crm", "chat"]
    assert all(each["file"].startswith("config/") for each in document["changes"] if not each["key"].startswith("_"))
    first = "Here you practise; nothing is set up yet. The client's own account:  -e production\n\n"
    assert first in said["plan"].out
    is_what_a_head_of_support_reads(said["plan"].out.replace(first, ""), sandbox)


def is_what_a_head_of_support_reads(text: str, sandbox: LiveSandbox) -> None:
    """The blocks in their order, and no word of an engine's or a vendor's."""
    lines = text.splitlines()
    assert lines[0] == f"Quayside Payments · sandbox · {sandbox.url.removeprefix('http://')}"
    assert lines[2] == "Who gets mail or loses access"
    blocks = [
        "Who gets mail or loses access",
        "What the accounts say against it",
        "What customers notice",
        "What agents notice",
        "What nobody notices",
        "Asleep until the soft launch:",
        "By hand",
        "Not sent",
        "In Zendesk, Salesforce, Slack, not in these files; left alone:",
        "Calls made for this:",
        "Make it so:  golive up",
    ]
    places = [next(i for i, line in enumerate(lines) if line.startswith(block)) for block in blocks]
    assert places == sorted(places)
    assert "Agents: 2 get an invitation by mail: Aoife Brennan, Marcus Lind" in text
    assert "  3 people (Isabel Moreno, Kofi Mensah, Yara Haas): no invitation (`invite: never`)" in text
    assert "  + Enterprise  SLA policy enterprise  config/slas.yaml:" in text
    assert "helpdesk/" not in text
    assert "zendesk:" not in text
    assert "{" not in "\n".join(lines[: places[5]]).replace("{{", "")  # placeholders of texts
    nobody = lines[places[4] : places[5]]
    assert any(line.startswith("  + 25 triggers, made and switched off: Every ticket has") for line in nobody)


def test_once_it_is_set_up(reference: Workspace) -> None:
    said = reads_only(reference)
    document = said["plan --json"].checked("plan")
    assert document["changes"] == []
    assert document["drift"] == []
    assert document["summary"]["same"] >= 80
    nothing = f"Nothing to do for golive. All {document['summary']['same']} objects are as the files say. 2 things are"
    assert nothing in said["plan"].out
    assert said["drift"].out.endswith("Nothing was changed by hand.\n")

    reference.sandbox.clear_log()
    again = reference.golive("up")
    assert again.code == 0, again.err
    assert nothing in again.out
    assert reference.sandbox.writes() == []

    doctor = said["doctor"].out
    for words in ("Pulumi 3.259.0", "Zendesk: ", "(quayside)", "(00D7q00000Qs4PdEAJ)", "(T07QUAYSIDE)"):
        assert words in doctor
    assert doctor.endswith("Everything is there.\n")
    checks = reference.golive("doctor", "--json").document
    assert [each["name"] for each in checks["checks"]] == [
        "engine",
        "helpdesk",
        "plan",
        "crm",
        "rights",
        "chat",
        "rights",
    ]
    assert "error" not in checks


def test_an_everyday_change_is_read_without_scrolling(reference: Workspace) -> None:
    file = reference.root / "config" / "slas.yaml"
    before = file.read_text(encoding="utf-8")
    try:
        head, policy, rest = before.partition("  enterprise:\n")
        file.write_text(head + policy + rest.replace("urgent: 1h,", "urgent: 30m,", 1), encoding="utf-8")
        lines = reference.golive("plan").out.splitlines()
    finally:
        file.write_text(before, encoding="utf-8")
    place = lines.index("What customers notice")
    line = before.splitlines().index("  enterprise:") + 1
    assert lines[place + 1] == (
        f"  ~ Enterprise, P1 System down: first reply 1 h → 30 min  SLA policy enterprise  config/slas.yaml:{line}"
    )
    assert "What agents notice" not in lines
    assert len(lines) <= 25
    assert sum(max(1, -(-len(line) // 80)) for line in lines) <= 30, "on 80 columns"
    shown = README.read_text(encoding="utf-8").splitlines()
    for begins in ("  ~ Enterprise, P1", "Waiting: ", "1 to change, "):
        assert next(line for line in shown if line.startswith(begins)) in lines, "the README shows what golive says"


def test_what_the_plan_said_that_the_run_would_take(reference: Workspace) -> None:
    """Within a seventh: `calls` are those of the plan and of the run."""
    reads = reference.plan().document["calls"]
    for system, expected in reference.first["expected"].items():
        made = reference.first["calls"][system] - reads[system]
        assert abs(made - expected["calls"]) <= made / 7, system
