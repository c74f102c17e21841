"""Setting an order moves what is declared, and nothing else passes what is not."""

from __future__ import annotations

import pytest

from provisioners.collection import Live
from provisioners.resource import Payload
from provisioners.zendesk.client import Reply
from provisioners.zendesk.collections.orders import Order


class Kept(Order):
    """An order in memory."""

    type = "zendesk:Kept"

    def __init__(self, live: str) -> None:
        self.live = live.split()

    def read(self, payload: Payload) -> Live:
        return Live("order", {"order": self.live}, "order")

    def list(self, payload: Payload) -> list[Live]:
        return [self.read(payload)]

    def write(self, order: list[str], payload: Payload) -> Reply:
        self.live = order
        return Reply({}, {})


@pytest.mark.parametrize(
    ("live", "declared", "set_to"),
    [
        ("A x y b", "b A", "b A x y"),
        ("x A y b c", "b A c", "x b A c y"),
        ("A B", "B A", "B A"),
        ("A x B", "B A", "B A x"),
        ("x b c", "c b", "x c b"),
    ],
)
def test_the_first_time_what_stands_last_may_be_new(live: str, declared: str, set_to: str) -> None:
    order = Kept(live)
    order.create({"order": declared.split()})
    assert order.live == set_to.split()


def test_from_then_on_it_is_known_what_is_new() -> None:
    order = Kept("A x B c")
    order.update("order", {"order": ["B", "A", "c"]}, {"order": ["A", "B"]})
    assert order.live == ["B", "x", "A", "c"]
    order.update("order", {"order": ["A", "c"]}, {"order": ["B", "A", "c"]})
    assert order.live == ["B", "x", "A", "c"], "what is let go keeps its place"


@pytest.mark.parametrize(
    ("live", "declared", "set_to"),
    [
        ("x A y B F", "B A", "F x B y A"),
        ("F x A", "A", "F x A"),
        ("x F", "", "F x"),
        ("x A F B", "A ... B", "F A x B"),
    ],
)
def test_what_comes_first_comes_before_what_is_not_declared(live: str, declared: str, set_to: str) -> None:
    payload = {"order": declared.split(), "first": ["F"]}
    order = Kept(live)
    assert (order.canonical(order.read(payload), payload) == payload) == (live == set_to)
    order.update("order", payload, payload)
    assert order.live == set_to.split()
    assert order.canonical(order.read(payload), payload) == payload


def test_something_before_what_comes_first_shows() -> None:
    payload: Payload = {"order": ["A", "B"], "first": ["F"]}
    order = Kept("x F A B")
    assert order.canonical(order.read(payload), payload) == {"order": ["A", "B"], "first": ["x"]}


def test_what_is_made_behind_what_comes_first_is_new_all_the_same() -> None:
    order = Kept("A x F B")
    order.create({"order": ["B", "A"], "first": ["F"]})
    assert order.live == ["F", "B", "A", "x"]
