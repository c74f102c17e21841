"""What programs read: one JSON document on stdout, exit codes that are promises, and colour only where it is wanted."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.workspace import SCRIPT, Ran, Workspace, golive, golive_process

Small = Callable[[str], Workspace]
OWN = "groups:\n  billing: {name: Billing}\n"
ESCAPE = "\x1b["


def test_the_life_of_a_change_in_documents(small: Small) -> None:
    workspace = small(OWN)
    assert workspace.golive("validate", "--json").checked("validate") == {"schema": "golive/validate/1", "findings": []}
    planned = workspace.golive("plan", "--json", "--exit-code")
    assert planned.code == 7
    document = planned.checked("plan")
    assert document["schema"] == "golive/plan/1"
    assert document["environment"] == "sandbox"
    assert document["summary"] == {"create": 1, "update": 0, "replace": 0, "delete": 0, "same": 0}
    (change,) = document["changes"]
    assert change == {
        "system": "helpdesk",
        "kind": "groups",
        "key": "billing",
        "action": "create",
        "diff": change["diff"],
        "name": "Billing",
        "file": "config/own.yaml",
        "line": 2,
        "audience": "agents",
        "audience_reason": "it is where they work",
    }
    assert {"path": "name", "old": None, "new": "Billing"} in change["diff"]
    assert "result" not in change

    raised = workspace.golive("up", "--yes", "--json")
    assert raised.code == 0
    document = raised.checked("up")
    assert document["schema"] == "golive/up/1"
    assert [each["result"] for each in document["changes"]] == ["done"]
    assert document["calls"]["helpdesk"] >= 2

    again = workspace.golive("up", "--yes", "--json")
    assert (again.code, again.checked("up")["changes"]) == (0, [])
    drifted = workspace.golive("drift", "--json", "--exit-code")
    nothing = {"drift": [], "not_read": [], "unfinished": [], "by_unknown": {}, "foreign_rules": []}
    assert drifted.code == 0
    assert drifted.checked("drift") == {"schema": "golive/drift/1", "environment": "sandbox", **nothing}

    group = workspace.one("groups", "Billing")
    workspace.zendesk("PUT", f"groups/{group['id']}", {"group": {"name": "Finance"}})
    assert workspace.golive("drift").code == 0  # 7 only where it is asked for
    assert workspace.golive("drift", "--exit-code").code == 7
    assert workspace.golive("plan", "--exit-code").code == 7


@pytest.mark.parametrize("verb", ["plan", "up", "drift", "validate", "destroy", "doctor", "undo", "history"])
def test_one_document_on_failure_too(small: Small, tmp_path: Path, verb: str) -> None:
    workspace = small(OWN)
    failures = [
        (golive("-C", str(tmp_path), verb, "--json"), 2, "no_workspace"),
        (workspace.golive(verb, "--json", "-e", "nowhere"), 6, "no_environment"),
        (workspace.golive(verb, "--json", "--no-such-option"), 2, "usage"),
    ]
    if verb not in ("validate", "undo", "history"):
        workspace.config("gruops: {}\n")
        failures.append((workspace.golive(verb, "--json"), 2, "invalid"))
    for ran, code, word in failures:
        assert ran.code == code
        document = ran.document
        assert document["schema"] == f"golive/{verb}/1"
        assert document["error"]["code"] == word
        assert set(document["error"]) == {"code", "what", "where", "why", "do"}
        assert document["error"]["what"] in ran.err
        if verb not in ("destroy", "doctor"):
            ran.checked(verb)


def test_format_json_means_the_same(small: Small, tmp_path: Path) -> None:
    workspace = small(OWN)
    assert workspace.golive("validate", "--format", "json").out == workspace.golive("validate", "--json").out
    ran = golive("-C", str(tmp_path), "validate", "--format", "json")
    assert ran.checked("validate")["error"]["code"] == "no_workspace"
    ran = workspace.golive("validate", "--format", "json", "--loud")
    assert ran.document["error"]["code"] == "usage"


def test_results_and_everything_else_are_two_streams(small: Small) -> None:
    workspace = small(OWN)
    text = workspace.golive("plan")
    assert "group billing" in text.out
    assert text.err == ""
    document = workspace.golive("plan", "--json")
    assert document.out.startswith("{\n")
    assert document.out.endswith("}\n")
    assert document.err.startswith("Acme · sandbox · ")


def test_up_asks_and_without_a_terminal_refuses(small: Small) -> None:
    workspace = small(OWN)
    ran = golive_process("up", cwd=workspace.root, text="y\n")
    assert ran.code == 2
    assert "Nobody can be asked here; nothing was changed." in ran.err
    assert "--yes" in ran.err
    assert workspace.sandbox.writes() == []
    agreed = golive_process("up", "--yes", cwd=workspace.root)
    assert agreed.code == 0, agreed.err
    assert "Done. 1 change was carried out." in agreed.out


def on_a_terminal(workspace: Workspace, *arguments: str, answer: str = "") -> Ran:
    """The command on a terminal of its own, with a person who answers the first question."""
    here, there = pty.openpty()
    process = subprocess.Popen(
        [str(SCRIPT), *arguments],
        cwd=workspace.root,
        stdin=there,
        stdout=there,
        stderr=there,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "120"},
        start_new_session=True,
    )
    os.close(there)
    said = b""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        if not select.select([here], [], [], 1)[0]:
            continue
        try:
            said += os.read(here, 65536)
        except OSError:
            break  # the other end is closed
        if answer and re.search(rb"Do this\? \[y/N\]|to agree", said):
            os.write(here, answer.encode())
            answer = ""
    os.close(here)
    return Ran(process.wait(10), said.decode(), "")


def test_a_person_may_say_no(small: Small) -> None:
    workspace = small(OWN)
    ran = on_a_terminal(workspace, "up", answer="n\n")
    assert ran.code == 8
    assert "Not agreed. Nothing was changed." in ran.out
    assert ESCAPE in ran.out
    assert workspace.sandbox.writes() == []


def test_a_person_may_say_yes(small: Small) -> None:
    workspace = small(OWN)
    ran = on_a_terminal(workspace, "up", answer="y\n")
    assert ran.code == 0
    assert "1 change was carried out." in ran.out
    assert "Billing" in workspace.titles("groups")


def test_production_asks_for_the_clients_name(small: Small) -> None:
    workspace = small(OWN)
    workspace.set({**workspace.settings(), "production": True})
    ran = on_a_terminal(workspace, "up", "-e", "sandbox", answer="y\n")
    assert ran.code == 8
    assert "Type the client's name to agree" in ran.out
    assert "That is not the name; it is “Acme”; nothing was done." in ran.out
    ran = on_a_terminal(workspace, "up", "-e", "sandbox", answer="\n")
    assert (ran.code, "Not agreed. Nothing was changed." in ran.out) == (8, True)
    assert workspace.sandbox.writes() == []
    ran = on_a_terminal(workspace, "up", "-e", "sandbox", answer="Acme\n")
    assert ran.code == 0
    assert "Billing" in workspace.titles("groups")


def test_colour(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = small(OWN)
    assert ESCAPE not in workspace.golive("validate").out
    assert ESCAPE in golive("--color", "always", "-C", str(workspace.root), "validate").out
    workspace.config("gruops: {}\n")
    assert ESCAPE not in golive("--color", "never", "-C", str(workspace.root), "validate").out
    assert ESCAPE in golive("--color", "always", "-C", str(workspace.root), "validate").out
    faulty = golive("--color", "always", "-C", str(workspace.root), "plan")
    assert ESCAPE in faulty.err
    monkeypatch.setenv("NO_COLOR", "1")
    coloured = re.compile(r"\x1b\[[0-9;]*3[0-9]")
    assert not coloured.search(on_a_terminal(workspace, "validate").out)
    monkeypatch.delenv("NO_COLOR")
    assert coloured.search(on_a_terminal(workspace, "validate").out)
    assert not coloured.search(on_a_terminal(workspace, "--color", "never", "validate").out)


def test_the_whole_help() -> None:
    ran = golive("--help")
    assert ran.code == 0
    for verb in (
        "init",
        "validate",
        "plan",
        "up",
        "drift",
        "adopt",
        "destroy",
        "doctor",
        "schema",
        "sandbox",
        "engine",
    ):
        assert re.search(rf"^  {verb} ", ran.out, re.MULTILINE)
    assert golive("--version").out == "golive, version 0.1.0\n"


def test_a_fault_of_ours_says_where_to_report_it(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = small(OWN)

    def broken(*_: object) -> None:
        raise RuntimeError("the moon is in the wrong house")

    monkeypatch.setattr("golive.verbs.validate.check_workspace", broken)
    ran = workspace.golive("validate", "--json")
    assert ran.code == 255
    error = ran.checked("validate")["error"]
    assert error["code"] == "bug"
    assert error["why"] == "RuntimeError: the moon is in the wrong house"
    assert "report it to whoever gave you golive" in error["do"]
    assert "Traceback" not in ran.out + ran.err
    details = Path(error["where"])
    assert "Traceback" in details.read_text(encoding="utf-8")
    details.unlink()
