"""Taking over writes files on one machine and the state for everybody: until the files arrive, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from config.writing.files import read_text
from golive.carrying.approval import check_taken_out
from golive.terminal.fault import Fault
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
    assert planned.document["taken_out"] == ["macros/hello_me"]
    assert planned.document["cautions"][0].startswith("1 object that was taken over leaves, and no run has seen it in")
    assert [each["key"] for each in planned.document["not_sent"]] == ["night"], (
        "nothing says that this file has arrived"
    )
    workspace.config(own)
    assert workspace.up().actions == {"helpdesk/macros/hello_me": "switch_off"}
    assert workspace.one("macros", "Hello you")["active"] is True
    workspace.is_settled()


def macros(workspace: Workspace, *titles: str) -> None:
    for title in titles:
        macro = {"title": title, "actions": [{"field": "status", "value": "open"}]}
        workspace.zendesk("POST", "macros", {"macro": macro})


def test_one_that_is_written_once_more_says_nothing_of_the_others(set_up: Callable[[str], Workspace]) -> None:
    workspace = set_up(OLD)
    macros(workspace, "One", "Two", "Three")
    addresses = ("macros/one", "macros/two", "macros/three")
    assert workspace.golive("adopt", *addresses, "--yes").code == 0
    written = workspace.root / "config" / "macros.yaml"
    text = read_text(written)
    written.unlink()
    said = workspace.golive("plan").out
    assert all(each in said for each in addresses)
    assert workspace.golive("adopt", "macros/one", "--yes").code == 0
    assert workspace.plan().actions == {}
    assert workspace.golive("adopt", *addresses[1:], "--yes").code == 0
    assert sorted(read_text(written).splitlines()) == sorted(text.splitlines())
    workspace.config(text.replace(text[text.index("  three:") :], ""), "config/macros.yaml")
    assert workspace.plan().actions == {"helpdesk/macros/three": "switch_off"}
    assert workspace.golive("adopt", "macros/three", "--yes").code == 0, "what was taken out can be brought back"
    workspace.is_settled()


def test_two_that_were_written_into_one_file_at_different_times_are_apart(set_up: Callable[[str], Workspace]) -> None:
    workspace = set_up(OLD)
    macros(workspace, "One", "Two")
    assert workspace.golive("adopt", "macros/one", "--yes").code == 0
    first = read_text(workspace.root / "config" / "macros.yaml")
    assert workspace.golive("adopt", "macros/two", "--yes").code == 0
    workspace.config(first, "config/macros.yaml")
    document = workspace.plan().document
    assert (document["changes"], [each["key"] for each in document["not_sent"]]) == ([], ["two"])


def test_no_run_forgets_what_it_was_not_about(set_up: Callable[[str], Workspace]) -> None:
    workspace = set_up(OLD)
    macros(workspace, "One", "Two", "Three")
    assert workspace.golive("adopt", "macros/one", "macros/two", "macros/three", "--yes").code == 0
    written = workspace.root / "config" / "macros.yaml"
    text = read_text(written)
    workspace.config(text.replace(text[text.index("  three:") :], ""), "config/macros.yaml")
    workspace.edit("{name: Billing}", "{name: Finance}")
    assert workspace.up("--only", "groups").actions == {"helpdesk/groups/billing": "update"}
    assert workspace.plan().document["taken_out"] == ["macros/three"], "a part says nothing of the rest"
    written.unlink()
    workspace.edit("{name: Finance}", "{name: Money}")
    workspace.up()
    assert workspace.golive("undo", "--yes").code == 0
    document = workspace.plan().document
    assert {each["key"] for each in document["not_sent"]} == {"one", "two", "three"}
    assert [each["key"] for each in document["changes"]] == ["billing"]
    assert workspace.golive("destroy", "--only", "macros/one", "--yes").code == 0
    ran = workspace.golive("adopt", "macros/one", "macros/two", "--yes")
    assert ran.code == 0, ran.err


def test_what_no_run_has_seen_leaves_by_its_number_only() -> None:
    check_taken_out(["macros/a"], 1, all_sandbox=False)
    check_taken_out(["macros/a"], 0, all_sandbox=True)
    for said in (0, 2):
        with pytest.raises(Fault) as raised:
            check_taken_out(["macros/a"], said, all_sandbox=False)
        assert raised.value.do == "If that is meant:  --taken-out 1"
