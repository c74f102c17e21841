"""Places for the old tool's words: proposed where they are plain, and missing where they are not."""

from __future__ import annotations

from typing import Any

import pytest

from config.declaration import Declaration
from migrations.declared.mapping import WordMapping
from migrations.mapping.checking import STATUSES, losses, open_words
from migrations.mapping.proposing import PRIORITIES, proposed
from migrations.mapping.words import FieldWords, Words
from migrations.sources.mailbox import SOURCE
from migrations.sources.source import sources
from tests.provisioners.declared import declaration

AREA = {"name": "Product area", "type": "dropdown", "options": {"cards": "Cards", "payouts": "Pay-outs"}}
PEOPLE = {"dana": {"name": "Dana Ruiz", "email": "dana@quayside.example", "role": "agent"}}


@pytest.fixture
def declared() -> Declaration:
    return declaration(
        groups={"billing": {"name": "Billing"}, "tier_1": {"name": "Support"}},
        people=PEOPLE,
        ticket_fields={"product_area": AREA, "note": {"name": "Note", "type": "text"}},
    )


WORDS = Words(
    statuses={"answered": 9, "parked": 2},
    groups={"billing": 5, "Second line": 3},
    people={"7": 4, "8": 1},
    names={"7": "Dana R."},
    addresses={"7": "Dana@quayside.example", "8": "left@quayside.example"},
    fields={
        "tickets": {"Product Area": FieldWords(6, {"cards": 4, "PAYOUTS": 1, "?": 1}), "Free": FieldWords(3, None)}
    },
)


def test_what_is_plain_gets_its_place(declared: Declaration) -> None:
    assert proposed(WORDS, WordMapping(), declared, SOURCE) == {
        "statuses": {"answered": {"to": "closed", "records": 9}, "parked": {"records": 2}},
        "groups": {"billing": {"to": "billing", "records": 5}, "Second line": {"records": 3}},
        "people": {
            "7": {"name": "Dana R.", "to": "dana", "records": 4},
            "8": {"name": "left@quayside.example", "records": 1},
        },
        "ticket_fields": {
            "Product Area": {
                "to": "product_area",
                "records": 6,
                "values": {
                    "cards": {"to": "cards", "records": 4},
                    "PAYOUTS": {"to": "payouts", "records": 1},
                    "?": {"records": 1},
                },
            },
            "Free": {"records": 3},
        },
    }


def test_what_people_wrote_stays(declared: Declaration) -> None:
    said = {
        "statuses": {"answered": {"to": "solved", "records": 1, "decision": "Dana, in May"}, "gone": {"to": "open"}},
        "ticket_fields": {"Free": {"drop": True, "decision": "Nobody reads it"}},
    }
    new = proposed(WORDS, WordMapping.model_validate(said), declared, SOURCE)
    assert new["statuses"] == {
        "answered": {"to": "solved", "records": 9, "decision": "Dana, in May"},
        "gone": {"to": "open", "records": 0},
        "parked": {"records": 2},
    }
    assert new["ticket_fields"]["Free"] == {"drop": True, "records": 3, "decision": "Nobody reads it"}


def lacking(said: dict[str, Any], declared: Declaration) -> dict[str, tuple[str, int]]:
    found = open_words(WORDS, WordMapping.model_validate(said), declared)
    return {"/".join(map(str, each.path[1:])): (each.lack, each.records) for each in found}


def test_every_word_without_a_place_is_named_with_its_records(declared: Declaration) -> None:
    assert lacking(proposed(WORDS, WordMapping(), declared, SOURCE), declared) == {
        "statuses/parked": ("no_place", 2),
        "groups/Second line": ("no_place", 3),
        "people/8": ("no_place", 1),
        "ticket_fields/Free": ("no_place", 3),
        "ticket_fields/Product Area/values/?": ("no_place", 1),
    }


WHOLE: dict[str, Any] = {
    "statuses": {"answered": {"to": "closed"}, "parked": {"to": "pending"}},
    "groups": {"billing": {"to": "billing"}, "Second line": {"to": "tier_1"}},
    "people": {"7": {"to": "dana"}, "8": {"to": "placeholder"}},
    "ticket_fields": {
        "Product Area": {
            "to": "product_area",
            "values": {
                "cards": {"to": "cards"},
                "PAYOUTS": {"to": "payouts"},
                "?": {"drop": True, "decision": "Unknown"},
            },
        },
        "Free": {"to": "note"},
    },
}


def test_a_whole_mapping_lacks_nothing(declared: Declaration) -> None:
    assert lacking(WHOLE, declared) == {}
    assert [(each.path[-1], each.to, each.decision) for each in losses(WordMapping.model_validate(WHOLE))] == [
        ("?", "", "Unknown")
    ]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"statuses": {"answered": {"to": "closed"}, "parked": {"to": "waiting"}}},
         {"statuses/parked/to": ("no_such_place", 2)}),
        ({"groups": {"billing": {"to": "billing"}, "Second line": {"to": "tier_2"}}},
         {"groups/Second line/to": ("no_such_place", 3)}),
        ({"people": {"7": {"to": "dana"}, "8": {"to": "dana"}}}, {}),  # two addresses of one person
        ({"statuses": {"answered": {"to": "closed"}, "parked": {"to": "closed", "decision": "Old"}}},
         {"statuses/answered": ("no_reason", 0)}),
        ({"ticket_fields": {**WHOLE["ticket_fields"], "Free": {"to": "product_area"}}},
         {"ticket_fields/Free/to": ("no_such_place", 3), "ticket_fields/Free": ("no_reason", 0),
          "ticket_fields/Product Area": ("no_reason", 0)}),
    ],
)  # fmt: skip
def test_places_that_are_none_and_losses_without_a_reason(
    change: dict[str, Any], found: dict[str, tuple[str, int]], declared: Declaration
) -> None:
    assert lacking({**WHOLE, **change}, declared) == found


@pytest.mark.parametrize("name", sorted(sources()))
def test_what_a_source_proposes_is_there_whatever_the_capitals(name: str) -> None:
    source = sources()[name]
    assert set(source.statuses.values()) <= set(STATUSES) and set(source.priorities.values()) <= set(PRIORITIES)
    words = Words(statuses={word.upper(): 1 for word in source.statuses}, priorities={"Urgent": 1})
    new = proposed(words, WordMapping(), declaration(), source)
    assert {row.get("to") for row in new["statuses"].values()} == set(source.statuses.values())
    assert new["priorities"]["Urgent"]["to"] in PRIORITIES
