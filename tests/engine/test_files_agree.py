"""Whether the files say what an undo brings back, told from resources alone."""

from __future__ import annotations

import pytest

from golive.carrying.files_agree import says_what_is_there_again
from provisioners.resource import Payload, Ref, Resource, Source
from stacks.run_files import Change
from stacks.steps import Side
from stacks.undoing import Undoing

NAME, MADE = "helpdesk/macros/bye", "helpdesk/macros/hello"
BEFORE: Payload = {"title": "Bye", "group_id": "7", "active": True}
AFTER: Payload = {"title": "Good-bye", "group_id": "8", "active": True, "note": "x"}


def declared(name: str, payload: Payload) -> Resource:
    return Resource(name, "zendesk:Macro", payload, Source("macros", "bye", "", 0))


UNDO = Undoing(
    targets={NAME: Change(NAME, "zendesk:Macro", "update", Side("1", BEFORE), Side("1", AFTER))}, removed=[MADE]
)


@pytest.mark.parametrize(
    ("files", "agree"),
    [
        ([declared(NAME, {"title": "Bye", "group_id": Ref("helpdesk/groups/one"), "active": False})], True),
        ([declared(NAME, {"title": "Good-bye", "group_id": "7"})], False),
        ([declared(NAME, {"title": "Bye", "group_id": Ref("helpdesk/groups/new")})], False),
        ([declared(NAME, {**BEFORE, "note": "x"})], False),
        ([declared(NAME, BEFORE), declared(MADE, {"title": "Hello"})], False),
        ([], False),
    ],
)
def test_the_files_agree_where_they_say_the_old_values_and_nothing_of_the_new(
    files: list[Resource], agree: bool
) -> None:
    known = {"helpdesk/groups/one": "7", "helpdesk/groups/new": "8"}
    assert says_what_is_there_again(UNDO, files, known) is agree
