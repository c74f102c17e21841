"""An Intercom that is read, mapped, sent, compared and taken away through the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.conftest import empty_workspace
from tests.cli.workspace import Workspace, written
from tests.live_sandbox import running_sandbox
from tests.migrations.intercom.desk import SEED

pytestmark = pytest.mark.engine

FIELDS = {"ticket_fields": {"reason": {"name": "Reason", "type": "text"}}}
NO = {"drop": True, "decision": "Nobody uses it"}


def migrate(workspace: Workspace, verb: str, *more: str) -> dict[str, Any]:
    ran = workspace.golive("migrate", verb, "intercom", *more, "--json")
    assert ran.code == 0, f"{ran.out}\n{ran.err}"
    return ran.checked(f"migrate-{verb}")


def decide(path: Path) -> None:
    """What a person writes where golive proposes nothing; all tickets are closed."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    mapping = data["mapping"]
    assert mapping["statuses"]["Resolved"]["to"] == "solved" and mapping["statuses"]["snoozed"]["to"] == "pending"
    assert mapping["priorities"]["priority"]["to"] == "high" and mapping["ticket_fields"]["Reason"]["to"] == "reason"
    for sort, rows in mapping.items():
        for row in rows.values():
            if sort == "statuses":
                row |= {"to": "closed", "decision": "Done in Intercom"}
            elif "to" not in row:
                row |= {"to": "placeholder"} if sort == "people" else NO
    path.write_text(yaml.safe_dump(data), encoding="utf-8")


def test_the_whole_way(empty_state: Path, tmp_path: Path) -> None:
    with running_sandbox({"intercom": SEED}) as sandbox:
        workspace = empty_workspace(tmp_path, sandbox, empty_state)
        workspace.config(written(FIELDS))
        workspace.up()
        path = workspace.root / "migrations" / "intercom.yaml"
        path.parent.mkdir(exist_ok=True)
        source = {"intercom": {"url": f"{sandbox.url}/intercom", "token": "sandbox"}}
        path.write_text(yaml.safe_dump({"name": "Intercom", "source": source, "own": ["quayside.example"]}))
        assert migrate(workspace, "extract")["records"]["tickets"] == 4
        migrate(workspace, "map")
        decide(path)
        ran = migrate(workspace, "run", "--yes")
        assert (ran["is_whole"], ran["made"]["tickets"], ran["refused"]) == (True, 4, [])
        right = migrate(workspace, "verify")
        assert right["is_right"] and {each["wrong"] for each in right["checks"]} == {0}
        sums = {each["type"]: each for each in right["sums"] if each["by"] == "type"}
        assert (sums["comments"]["imported"], sums["attachments"]["imported"]) == (16, 3)
        number = str(sum(ran["made"].values()))
        assert migrate(workspace, "rollback", "--yes", "--delete-records", number)["made"] == ran["made"]
