"""Who is who: by key, by any address, whatever the keys were called when something was noted."""

from __future__ import annotations

import pytest

from checklists.people import actor_of, different_people, is_same_person, key_of, person_at
from checklists.project import Participant
from config.results.log_entry import Actor

ANA = Participant(name="Ana Sol", email="Ana@Client.example", roles=["head"], git=["ana@home.example"])
BEN = Participant(name="Ben Ode", email="ben@partner.example", roles=["lead"])
PEOPLE = {"ana": ANA, "ben": BEN}


def by(email: str, key: str = "", name: str = "Somebody") -> Actor:
    return Actor(name, email, (), key)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (by("ana@client.example", "ana"), by("ana@client.example", "ana"), True),
        (by("ana@client.example", "old_key"), by("ana@client.example", "ana"), True),
        (by("ANA@client.example", "old_key"), by("ana@home.example", "other_key"), True),
        (by("new@client.example", "ana"), by("ana@client.example", "ana"), True),
        (by(" ana@home.example ", "old_key"), by("new@client.example", "ana"), True),
        (by("ana@client.example", "ana"), by("ben@partner.example", "ben"), False),
        (by("left@client.example", "gone"), by("left@client.example", "gone_too"), True),
        (by("left@client.example", "gone"), by("ana@client.example", "ana"), False),
        (by("", "", "Ana Sol"), by("", "", "Ana Sol"), True),
        (by("", "", "Ana Sol"), by("", "", "Ben Ode"), False),
        (by("", "", "Ana Sol"), by("x@y.example", "", "Ana Sol"), False),
    ],
)
def test_same_person(one: Actor, other: Actor, same: bool) -> None:
    assert is_same_person(PEOPLE, one, other) is same
    assert is_same_person(PEOPLE, other, one) is same
    assert len(different_people(PEOPLE, [one, other, one])) == (1 if same else 2)


def test_somebody_is_found_by_any_address() -> None:
    assert [person_at(PEOPLE, each) for each in ("ANA@home.example", "ana@client.example", "", "x@y.example")] == [
        "ana", "ana", "", "",
    ]  # fmt: skip


def test_a_key_that_is_there_is_believed_before_an_address() -> None:
    assert key_of(PEOPLE, by("ana@client.example", "ben")) == "ben"
    assert key_of(PEOPLE, by("ana@client.example", "was_ana")) == "ana"
    assert key_of(PEOPLE, by("left@client.example", "gone")) == ""


def test_nobody_without_an_address_is_everybody_without_one() -> None:
    people = {"one": Participant(name="One", roles=["lead"]), "two": Participant(name="Two", roles=["lead"])}
    one, two = actor_of("one", people["one"]), actor_of("two", people["two"])
    assert not is_same_person(people, one, two)
