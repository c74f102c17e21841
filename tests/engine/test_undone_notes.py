"""What an undo makes of what is switched off by hand, told from states alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pulumi.automation import Deployment

from provisioners.host.record import RECORD_ID
from provisioners.resource import Payload, Resource, Source
from provisioners.run_file import SystemSettings
from stacks.journal import Run
from stacks.record import Record
from stacks.run_files import Change, RunFile
from stacks.state import Adopted, with_adopted
from stacks.switches import SwitchedOff
from stacks.undoing import Undoing
from stacks.undone_notes import undone_notes
from tests.engine.test_undoing import side, undone

SETTINGS = {"helpdesk": SystemSettings("zendesk", "http://127.0.0.1:1", "sandbox", sandbox=True)}
A, B = "helpdesk/macros/a", "helpdesk/macros/b"
NOTE = SwitchedOff(A, "2026-01-01T00:00:00+00:00", "Ana", "It loops")
LATER = replace(NOTE, since="2026-01-02T00:00:00+00:00", why="It loops again")
ON: Payload = {"title": "A", "active": True}
OFF: Payload = {"title": "A", "active": False}


def change(name: str, before: Payload, after: Payload, was: str = "") -> Change:
    return Change(name, "zendesk:Macro", "update", side("1", before), side("1", after), was)


def run_file(change: Change | None, before: list[SwitchedOff], after: list[SwitchedOff]) -> RunFile:
    notes = tuple(each.as_text for each in before), tuple(each.as_text for each in after)
    return RunFile(Run(2, "", "up", ended="x"), changes=(change,) if change else (), switched_off=notes)


def held_state(name: str, payload: Payload) -> Deployment:
    record, macro = Record().resource(), Resource(name, "zendesk:Macro", payload, Source("macros", "a", "", 0))
    entries = [Adopted(record, RECORD_ID, record.payload), Adopted(macro, "1", payload, origin="made")]
    return with_adopted(Deployment(3, {}), "acme", "sandbox", entries)


def fates(
    file: RunFile, held: Deployment, notes: list[SwitchedOff], *, chosen: bool = True, **more: Any
) -> tuple[dict[tuple[str, str], str], Undoing]:
    """(Resource, why it is off) → what becomes of it, and the undo."""
    undo = undone(held, *(file.changes if chosen else ()), **more)
    found = undone_notes(notes, file, undo, held, SETTINGS, lambda named: chosen)
    return {(each.note.resource, each.note.why): each.fate for each in found}, undo


def test_a_run_that_switched_on_gives_its_note_back_only_where_it_is_undone() -> None:
    file = run_file(change(A, OFF, {**ON, "title": "B"}), [NOTE], [])
    held = held_state(A, {**ON, "title": "B"})
    assert fates(file, held, [])[0] == {(A, NOTE.why): "stays_off"}
    assert fates(file, held, [], chosen=False)[0] == {}
    found, undo = fates(file, held, [], now={A: {**ON, "title": "Mine"}})
    assert ([each.why for each in undo.left], found) == (["by_hand"], {})
    assert fates(file, held, [], now={A: {**ON, "title": "Mine"}}, put_back=True)[0] == {(A, NOTE.why): "stays_off"}


def test_a_note_of_another_run_stays() -> None:
    file = run_file(change(A, ON, OFF), [], [NOTE])  # `off`, undone
    held = held_state(A, OFF)
    assert fates(file, held, [NOTE])[0] == {(A, NOTE.why): "turned_on"}
    assert fates(file, held, [NOTE], chosen=False)[0] == {(A, NOTE.why): "apart"}
    assert fates(file, held, [LATER])[0] == {(A, LATER.why): "stays_off"}  # on and off again since
    back = run_file(change(A, OFF, ON), [NOTE], [])  # `on`, undone
    assert fates(back, held, [LATER])[0] == {(A, LATER.why): "apart"}


def test_a_note_that_the_files_settled_comes_back_only_where_it_is_off_still() -> None:
    file = run_file(None, [NOTE], [])
    assert fates(file, held_state(A, OFF), [])[0] == {(A, NOTE.why): "apart"}
    assert fates(file, held_state(A, ON), [])[0] == {}


def test_a_note_goes_with_its_object_through_renames() -> None:
    renamed = replace(NOTE, resource=B)
    file = run_file(change(B, OFF, {**OFF, "title": "B"}, was=A), [NOTE], [renamed])
    held = held_state(B, {**OFF, "title": "B"})
    assert fates(file, held, [renamed])[0] == {(A, NOTE.why): "stays_off"}
    assert fates(file, held, [renamed], chosen=False)[0] == {(B, NOTE.why): "apart"}
    file = run_file(change(A, ON, OFF), [], [NOTE])  # `off`; its object was renamed since
    assert fates(file, held_state(B, OFF), [renamed])[0] == {(B, NOTE.why): "turned_on"}
    file = run_file(change(A, OFF, ON), [NOTE], [])  # `on`
    assert fates(file, held_state(B, ON), [])[0] == {(B, NOTE.why): "stays_off"}
