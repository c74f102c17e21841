"""Every rule of the method is in the catalogue: decided here, or with the name of whoever decides it."""

from __future__ import annotations

import re

from checklists.loading import merged
from checklists.loading import method as method_of_gates
from config.rules import method
from config.rules.catalogue import catalogue

NUMBERS = {
    "P": "01 02 03 04 05 06 07 08",
    "R": "01 02 03 04 05 06 07 08 09",
    "C": "01 02 03 04 05 06 07 08 09 10",
    "F": "01 02 03 04 05 06",
    "T": "01 02 03 04 05 06 07 08 09",
    "S": "01 02 03 04 05 06 07 08 09 10 11 12",
    "U": "01 02 03 04 05 06 07",
    "M": "01 02 03 04",
    "X": "01 02 03 04 05 06 07",
    "N": "01 02",
    "J": "01",
    "K": "01 02 03 04 05 06",
    "B": "01 02 03",
    "Z": "01 02 03 04 05 06 07",
    "L": "01 02 03 05 06 04",
    "H": "01 02 03 04",
    "G": "01 02 03 04 05",
    "O": "01 02 03 04 05",
}
"""Letter of the method's id → its numbers."""
IDS = {f"GL-{letter}{number}" for letter, numbers in NUMBERS.items() for number in numbers.split()}


def test_every_rule_of_the_method_has_its_place() -> None:
    assert len(IDS) == 111
    assert {each for each in catalogue() if each.startswith("GL-")} == IDS


def test_what_is_decided_elsewhere_says_where() -> None:
    elsewhere = [rule for rule in catalogue().values() if rule.id in IDS and not rule.is_decided_here]
    here = [rule for rule in catalogue().values() if rule.id in IDS and rule.is_decided_here]
    assert len(here) >= 32
    assert all(rule.elsewhere for rule in elsewhere)
    assert {rule.id for rule in method.gated.CATALOGUE} == {
        rule.id for rule in elsewhere if rule.elsewhere.startswith("the gate's item ")
    }


def test_items_of_gates_that_rules_name_are_there() -> None:
    items = {str(each.item.id) for each in merged(method_of_gates(), []).checklist.items.values()}
    texts = [f"{rule.why} {rule.elsewhere}" for rule in catalogue().values() if rule.id in IDS]
    named = {
        found for text in texts for found in re.findall(r"\b(?:P[0-9]\.[0-9]\.[a-z](?:-[a-z]+)*|M[0-9]{2})\b", text)
    }
    assert len(named) > 40
    assert named - items == set()
