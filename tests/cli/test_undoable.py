"""What an undo refuses: a run whose old values are elsewhere, and a state that it would damage."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from pulumi.automation import Deployment

from golive.carrying.undone import UndoPlan, _check
from golive.runs.past_runs import Known
from golive.runs.reverting import holds_alone
from golive.runs.undoable import file_of
from golive.terminal.fault import Fault
from golive.workspace.selection import Selection
from provisioners.collection import Live
from provisioners.host.record import RECORD_ID
from provisioners.resource import Resource, Source
from stacks.journal import Run, Touched
from stacks.record import Record
from stacks.run_files import Change
from stacks.soundness import BadState
from stacks.state import Adopted, with_adopted
from stacks.steps import Side
from stacks.undoing import Left, StillThere, Undoing
from tests.repository import ClientRepository

COMMIT = "0123456789abcdef"


@pytest.mark.parametrize(
    ("run", "do"),
    [
        (
            Run(2, "", "up", "Ada <ada@acme.example>", "ada-laptop", COMMIT),
            "Undo it there; or from the files:  git revert 0123456789ab   then  golive up -e live",
        ),
        (
            Run(2, "", "up", "ada (GitHub Actions)", "fv-az1", COMMIT),
            "Take it back in the files:  git revert 0123456789ab   and merge that: the pipeline plans it and carries it"
            " out",
        ),
        (
            Run(2, "", "off", "Ada", "ada-laptop", COMMIT, touched=(Touched("helpdesk/macros/m", "switch_off"),)),
            "Undo it there; or say  golive on macros/m -e live",
        ),
        (
            Run(3, "", "undo", "Ada", "ada-laptop", COMMIT, undoes=2),
            "Undo it there; or do again what run 2 had done:  golive up -e live",
        ),
    ],
)
def test_a_run_of_another_machine_is_refused_with_what_to_do_instead(run: Run, do: str) -> None:
    with pytest.raises(Fault) as refused:
        file_of(Known(run), cast("Any", SimpleNamespace(option=" -e live")))
    assert (refused.value.code, refused.value.do) == ("elsewhere", do)
    assert ("keeps nothing" in refused.value.why) == ("Actions" in run.by)


@pytest.mark.parametrize(
    ("verbs", "why", "do"),
    [
        (
            ["pull"],
            "somebody changed macro m by hand, and run 3 (`pull`) took that into the files.",
            "Leave these as they are:  golive undo 2 --exclude macros/n --exclude macros/m -e live",
        ),
        (
            ["resume"],
            "run 3 (`resume`) has changed the same of macro m.",
            "Leave these as they are:  golive undo 2 --exclude macros/n --exclude macros/m -e live",
        ),
        (
            ["pull", "up"],
            "run 4 has changed the same of macro m.",
            "Leave these as they are:  golive undo 2 --exclude macros/n --exclude macros/m -e live",
        ),
        (
            ["up"],
            "run 3 has changed the same of macro m.",
            "Undo the later run first; or leave these as they are:"
            "  golive undo 2 --exclude macros/n --exclude macros/m -e live",
        ),
    ],
)
def test_only_what_works_is_offered_where_something_came_after(verbs: list[Any], why: str, do: str) -> None:
    touched = (Touched("helpdesk/macros/m", "update"),)
    runs = [Known(Run(number, "", verb, touched=touched)) for number, verb in enumerate(["up", *verbs], 2)]
    undo = Undoing(left=[Left("helpdesk/macros/m", "later")])
    with pytest.raises(Fault) as refused:
        _check(undo, runs[0], runs, Selection(exclude=("macros/n",)), " -e live")
    assert (refused.value.why, refused.value.do) == (why, do)


def test_an_object_never_gets_a_second_name() -> None:
    record, payload = Record().resource(), {"title": "M"}

    def macro(key: str) -> Resource:
        return Resource(f"helpdesk/macros/{key}", "zendesk:Macro", payload, Source("macros", key, "", 0))

    entries = [Adopted(record, RECORD_ID, record.payload), Adopted(macro("hello"), "1", payload)]
    state = with_adopted(Deployment(3, {}), "acme", "sandbox", entries)
    saved: list[Deployment] = []
    stack = SimpleNamespace(export_state=lambda: state, import_state=saved.append)
    opened = SimpleNamespace(workspace=SimpleNamespace(name="acme"), environment_name="sandbox")
    name = "helpdesk/macros/m"

    def relink(identifier: str) -> None:
        change = Change(name, "zendesk:Macro", "delete", Side(identifier, payload))
        found = StillThere(Live(identifier, payload, "M"), payload, payload)
        undo = Undoing([macro("m")], {name: change}, relinked={name: found})
        plan = SimpleNamespace(session=SimpleNamespace(opened=opened))
        UndoPlan(Run(2, "", "up"), None, undo, cast("Any", plan)).relink(cast("Any", stack))

    with pytest.raises(BadState, match="belongs to 2 names"):
        relink("1")
    assert saved == []
    relink("2")
    assert len(saved) == 1


def test_a_commit_is_taken_back_where_it_holds_a_run_alone(tmp_path: Path) -> None:
    client = ClientRepository.new(tmp_path / "client")

    def macros(**titles: str) -> str:
        lines = (f"  {key}: {{name: {title}, then: [{{add_tags: [t]}}]}}\n" for key, title in titles.items())
        client.write("config/macros.yaml", f"macros:\n{''.join(lines)}")
        return client.commit()

    def alone(commit: str, *keys: str, dirty: bool = False) -> bool:
        touched = tuple(Touched(f"helpdesk/macros/{key}", "update") for key in keys)
        return holds_alone(client.root, {}, Run(2, "", "up", commit=commit, dirty=dirty, touched=touched))

    macros(a="A", b="B", gone="Gone")
    both = macros(a="A2", b="B2", gone="Gone")
    assert alone(both, "a", "b")
    assert not alone(both, "a")  # the commit also holds what the run did not do
    assert not alone(both, "a", "b", "gone")  # and the run did what another commit holds
    assert not alone(both, "a", "b", dirty=True)
    assert alone(macros(a="A2", b="B2"), "gone")
    renamed = macros(a="A2", c="B2, was: b")
    assert alone(renamed, "c")
    assert not alone(macros(a="[", c="B2"), "a")
    assert not alone("0" * 40, "a")
