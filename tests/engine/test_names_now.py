"""Names of before or after a run, under the names that a state has."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi.automation import Deployment

from provisioners.provider import ABSENT
from provisioners.resource import Mode, Resource, ResourceName, Source
from stacks.names_now import Told, names_now
from stacks.state import Adopted, with_adopted
from stacks.steps import Side

BEN, KIM = "helpdesk/people/ben", "helpdesk/people/kim"


def side(identifier: str, mode: Mode = "managed") -> Side:
    return Side(identifier, {}, mode)


def state(held: dict[str, Side]) -> Deployment:
    entries = []
    for name, each in held.items():
        named = ResourceName.of(name)
        mode: Any = each.mode
        resource = Resource(name, f"zendesk:{named.part or 'User'}", {}, Source(named.kind, named.key, "", 0), mode)
        entries.append(Adopted(resource, each.id, {}))
    return with_adopted(Deployment(3, {}), "acme", "sandbox", entries)


def told(name: str, each: Side | None) -> Told:
    return Told(name, f"zendesk:{ResourceName.of(name).part or 'User'}", each)


LIGHT = side("7", "found")
"""The same for everybody who is a light agent."""
BOTH = {BEN: side("1"), f"{BEN}/role": LIGHT, KIM: side("2"), f"{KIM}/role": LIGHT}


@pytest.mark.parametrize("held", [BOTH, dict(reversed(BOTH.items()))], ids=["one way", "the other way"])
def test_what_two_objects_have_both_looked_up_is_each_ones_own(held: dict[str, Side]) -> None:
    state_now = state(held)
    assert names_now([told(*each) for each in held.items()], state_now) == {each: each for each in held}
    people = [told(BEN, side("2")), told(f"{BEN}/role", LIGHT), told(KIM, side("1")), told(f"{KIM}/role", LIGHT)]
    exchanged = {BEN: KIM, f"{BEN}/role": f"{KIM}/role", KIM: BEN, f"{KIM}/role": f"{BEN}/role"}
    assert names_now(people, state_now) == exchanged


def test_what_was_looked_up_goes_with_a_renamed_object_and_stays_itself_where_that_is_gone() -> None:
    now = state({KIM: side("1"), f"{KIM}/role": LIGHT})
    assert names_now([told(BEN, side("1")), told(f"{BEN}/role", LIGHT)], now) == {
        BEN: KIM,
        f"{BEN}/role": f"{KIM}/role",
    }
    gone = [told(BEN, side("3")), told(f"{BEN}/role", LIGHT)]
    assert names_now(gone, now) == {BEN: BEN, f"{BEN}/role": f"{BEN}/role"}


def test_a_part_is_known_by_its_own_id_and_what_is_not_there_by_none() -> None:
    now = state({KIM: side("1"), f"{KIM}/groups/a": side("5"), "helpdesk/macros/x": side(ABSENT)})
    parts = [told(f"{BEN}/groups/b", None), told(f"{KIM}/groups/x", side(ABSENT))]
    assert names_now(parts, now) == {each.name: each.name for each in parts}
    same_type = Told(f"{BEN}/groups/c", "zendesk:groups/a", side("5"))
    assert names_now([same_type], now) == {same_type.name: f"{KIM}/groups/a"}
    other = Told("other/people/ben", "zendesk:User", side("1"))
    assert names_now([other], now) == {other.name: other.name}
