"""The encoding of payloads, without the engine."""

from __future__ import annotations

import json
from typing import Any

import pytest
from google.protobuf.struct_pb2 import Struct
from hypothesis import given
from hypothesis import strategies as st

from provisioners.host.structs import plain, structure
from provisioners.payload import UNKNOWN, decode, encode, has_unknown

odd_texts = st.sampled_from(["~", "~null", '~"x"', UNKNOWN, "", "\ud800", "a\x00b", "__x", "null", "1.0"])
texts = st.text() | odd_texts
odd_keys = st.sampled_from(["", "__defaults", "~", "4dabf18193072939515e22adb298388d", "a.b", 'a"]', "id"])
leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts
values = st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(texts | odd_keys, inner))


def through_the_wire(value: Any) -> Any:
    """What the engine's messages make of a value: numbers become floats, order is lost."""
    message = Struct()
    message.CopyFrom(structure({"payload": value}))
    return plain(Struct.FromString(message.SerializeToString()))["payload"]


@given(values)
def test_what_is_decoded_is_what_was_encoded(value: Any) -> None:
    assert decode(encode(value)) == value


@given(values)
def test_it_survives_the_engines_messages_with_types(value: Any) -> None:
    again = decode(through_the_wire(encode(value)))
    assert again == value
    assert typed(again) == typed(value)


def typed(value: Any) -> Any:
    """Types by place; a whole float may come back as a whole number."""
    if isinstance(value, dict):
        return {key: typed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [typed(item) for item in value]
    return "number" if isinstance(value, (int, float)) and not isinstance(value, bool) else type(value)


@given(values)
def test_nothing_that_the_engine_would_change_is_left(value: Any) -> None:
    encoded = encode(value)
    assert None not in list(leaves_of(encoded))
    assert UNKNOWN not in list(leaves_of(encoded))
    json.dumps(encoded, ensure_ascii=False).encode("utf-8")


def leaves_of(value: Any) -> Any:
    if isinstance(value, dict):
        for item in value.values():
            yield from leaves_of(item)
    elif isinstance(value, list):
        for item in value:
            yield from leaves_of(item)
    else:
        yield value


def test_whole_numbers_stay_whole() -> None:
    again = decode(through_the_wire(encode({"a": 1, "b": 2**60, "c": 1.5})))
    assert json.dumps(again, sort_keys=True) == '{"a": 1, "b": 1152921504606846976, "c": 1.5}'


def test_references_are_left_to_the_caller() -> None:
    assert encode({"a": [object]}, lambda leaf: f"<{leaf.__name__}>") == {"a": ["<object>"]}
    with pytest.raises(TypeError, match="not JSON"):
        encode({"a": object()})
    with pytest.raises(TypeError, match="not a JSON key"):
        encode({1: "a"})
    with pytest.raises(ValueError, match="JSON"):
        encode(float("inf"))


def test_unknown_values_are_found_anywhere() -> None:
    assert has_unknown({"a": [{"b": f"x_{UNKNOWN}"}]})
    assert not has_unknown({"a": [{"b": 1, "c": None}]})
