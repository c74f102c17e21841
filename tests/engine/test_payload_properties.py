"""Whatever JSON there is comes back from the engine's carrier, and from the canonical forms, as it went."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from provisioners.host.structs import plain, structure
from provisioners.payload import decode, digest, encode
from provisioners.resource import Ref, Text, with_symbols
from provisioners.zendesk.collections.orders import REST, full_order, order_as_declared

NUMBERS = some.integers(-(2**70), 2**70) | some.floats(allow_nan=False, allow_infinity=False)
LEAVES = some.none() | some.booleans() | NUMBERS | some.text() | some.sampled_from(["~", "~null", "__x", ""])
VALUES = some.recursive(
    LEAVES,
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(), inner, max_size=4),
    max_leaves=25,
)
KEYS = some.lists(some.text("abcdefgh", min_size=1, max_size=2), unique=True, max_size=7)


def as_sent(value: Any) -> Any:
    """Numbers as JSON means them: 1.0 is 1."""
    if isinstance(value, float) and value.is_integer() and abs(value) <= 2**53:
        return int(value)
    if isinstance(value, dict):
        return {key: as_sent(item) for key, item in value.items()}
    return [as_sent(item) for item in value] if isinstance(value, list) else value


@settings(max_examples=300, deadline=None)
@given(some.dictionaries(some.text(), VALUES, max_size=5))
def test_a_payload_survives_the_carrier(payload: dict[str, Any]) -> None:
    carried = plain(structure({"payload": encode(payload)}))["payload"]
    assert decode(carried) == as_sent(payload)
    assert digest(decode(carried)) == digest(as_sent(payload))


@settings(max_examples=200, deadline=None)
@given(KEYS, some.data())
def test_an_order_that_is_set_is_the_order_that_is_declared(live: list[str], data: some.DataObject) -> None:
    chosen = data.draw(some.lists(some.sampled_from(live), unique=True)) if live else []
    place = data.draw(some.integers(0, len(chosen)))
    new = data.draw(some.sets(some.sampled_from(chosen))) if chosen else set()
    for declared in (chosen, [*chosen[:place], REST, *chosen[place:]]):
        order = full_order(live, declared, new)
        assert sorted(order) == sorted(live), "nothing is lost and nothing is there twice"
        assert order_as_declared(order, declared) == declared
        assert full_order(order, declared) == order, "and setting it again changes nothing"


@settings(max_examples=100, deadline=None)
@given(some.dictionaries(some.text(min_size=1), some.text(), max_size=4))
def test_references_that_are_known_leave_nothing_behind(plain_part: dict[str, str]) -> None:
    payload = {**plain_part, "id": Ref("a/b/c", as_number=True), "text": Text(("x_", Ref("a/b/c")))}
    resolved = with_symbols(payload, {"a/b/c": "17"})
    assert resolved == {**plain_part, "id": 17, "text": "x_17"}
