"""Taking over writes files on one machine and the state for everybody: until the files arrive, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

from config.writing.files import read_text
from stacks.taken_over import NOT_IN_FILES
from tests.cli.workspace import Workspace

OLD = "groups: {billing: {name: Billing}}\n"


def test_files_that_have_not_arrived_are_no_reason_to_switch_anything_off(set_up: Callable[[str], Workspace]) -> None:
    workspace = set_up(OLD)
    macro = {"title": "Hello you", "actions": [{"field": "status", "value": "open"}]}
    workspace.zendesk("POST", "macros", {"macro": macro})
    assert workspace.golive("adopt", "macros/hello_you", "--yes").code == 0
    written = workspace.root / "config" / "macros.yaml"
    text = read_text(written)
    written.unlink()

    planned = workspace.plan().document
    assert planned["changes"] == []
    assert [(each["key"], each["why"], each["held"]) for each in planned["not_sent"]] == [
        ("hello_you", NOT_IN_FILES, True)
    ]
    assert "Taken over, and not in these files: 1 macro" in workspace.golive("plan").out
    workspace.edit("{name: Billing}", "{name: Finance}")
    assert workspace.up().actions == {"helpdesk/groups/billing": "update"}
    assert workspace.one("macros", "Hello you")["active"] is True

    assert workspace.golive("adopt", "macros", "--dry-run").code == 0
    again = workspace.golive("adopt", "macros/hello_you", "--yes")
    assert again.code == 0, again.err
    assert read_text(written) == text, "lost files are written once more"
    workspace.is_settled()
    workspace.up()
    written.unlink()
    assert workspace.plan().actions == {"helpdesk/macros/hello_you": "switch_off"}, "from then on leaving is leaving"


def test_what_is_taken_out_of_files_that_have_arrived_leaves(set_up: Callable[[str], Workspace]) -> None:
    workspace = set_up(OLD)
    for title in ("Hello you", "Hello me"):
        macro = {"title": title, "actions": [{"field": "status", "value": "open"}]}
        workspace.zendesk("POST", "macros", {"macro": macro})
    group = {"group": {"name": "Night"}}
    workspace.zendesk("POST", "groups", group)
    assert workspace.golive("adopt", "macros/hello_you", "macros/hello_me", "groups/night", "--yes").code == 0
    text = read_text(workspace.root / "config" / "macros.yaml")
    workspace.config(text[: text.index("  hello_me:")], "config/macros.yaml")
    own = read_text(workspace.root / "config" / "own.yaml")
    workspace.config(OLD)
    planned = workspace.plan()
    assert planned.actions == {"helpdesk/macros/hello_me": "switch_off"}
    assert [each["key"] for each in planned.document["not_sent"]] == ["night"], (
        "nothing says that this file has arrived"
    )
    workspace.config(own)
    assert workspace.up().actions == {"helpdesk/macros/hello_me": "switch_off"}
    assert workspace.one("macros", "Hello you")["active"] is True
    workspace.is_settled()
