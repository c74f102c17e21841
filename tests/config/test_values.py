"""`${values.NAME}`: what stands for it, what is missing, and where it cannot stand."""

from __future__ import annotations

from typing import Any

import pytest

from config.document import parse_document
from config.loading import load_documents
from config.values import fill_in, names_in

VALUES: dict[str, Any] = {"name": "Halden", "number": 3, "on_call": False, "address": "help@halden.example"}


def filled(text: str) -> tuple[Any, list[tuple[str, int, int, str]]]:
    data, findings = fill_in(parse_document(text, "f"), VALUES)
    return data, [(each.rule, each.position.line, each.position.column, each.path) for each in findings]


def test_nothing_to_fill_in() -> None:
    assert filled("a: [1, true, null, text, {b: $x}]") == ({"a": [1, True, None, "text", {"b": "$x"}]}, [])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("${values.name}", "Halden"),
        ("${values.number}", 3),
        ("${values.on_call}", False),
        ("The ${values.name} ${values.number}", "The Halden 3"),
        ("on call: ${values.on_call}", "on call: false"),
    ],
)
def test_filled_in(text: str, value: Any) -> None:
    data, findings = filled(f"a: '{text}'")
    assert findings == []
    assert data == {"a": value}
    assert type(data["a"]) is type(value)


def test_missing() -> None:
    _, findings = filled("a:\n  - '${values.nam}'\n  - 'x ${values.zzz} ${values.name}'\n")
    assert findings == [("values.missing", 2, 5, "a[0]"), ("values.missing", 3, 5, "a[1]")]


def test_missing_says_where_to_add_it() -> None:
    document = parse_document("a: '${values.zzz}'\nb: '${values.adress}'", "f")
    unknown, near = fill_in(document, VALUES)[1]
    assert "`zzz:`" in unknown.hint
    assert near.hint == "Did you mean `address`?"


@pytest.mark.parametrize("use", ["${name}", "${value.name}", "${values.a-b}", "${values.}", "${values.name", "${}"])
def test_wrong_form(use: str) -> None:
    assert [rule for rule, *_ in filled(f"a: 'x {use}'")[1]] == ["values.form"]


def test_in_key() -> None:
    assert filled("a:\n  '${values.name}': 1\n")[1] == [("values.in-key", 2, 3, "a.${values.name}")]


def test_names_in() -> None:
    assert names_in({"a": ["${values.x} ${values.y}", 3], "b": {"c": "${values.x}"}}) == {"x", "y"}


def test_missing_value_is_one_finding_whatever_it_makes_of_its_place() -> None:
    document = parse_document("channels: {a: {type: email, name: A, address: '${values.zzz}'}}", "f")
    assert [each.rule for each in load_documents([document], {}).findings] == ["values.missing"]


def test_value_takes_its_own_type() -> None:
    text = "groups: {a: {name: A, by_hand: '${values.number}'}}"
    (finding,) = load_documents([parse_document(text, "f")], VALUES).findings
    assert finding.message == "`3` stands where true or false should be"
