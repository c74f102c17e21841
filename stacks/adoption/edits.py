"""What was taken from live objects as changes to the text in which they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from config.document import Path_
from config.writing.edit import Edit, Entries, Value, Without
from config.writing.nodes import NotWritable
from config.writing.values import escaped, with_values
from provisioners.sighting import Data
from stacks.adoption.merging import Taken
from stacks.adoption.wording import in_order


def edits_of(
    file: Any,
    item: Path_,
    taken: Sequence[Taken],
    values: Mapping[str, Any],
    texts: Mapping[str, str] = MappingProxyType({}),
) -> list[Edit]:
    """The changes to an object's text. Raises NotWritable.

    file: the data of the file in which it stands. item: its path there. values: those of the environment. texts: what
    stands in the files that texts name, by their paths.
    """
    there = file
    for step in item:
        there = there.get(step) if isinstance(there, dict) else None
    place = tuple(map(str, item))
    if there is None:
        said = {each.path[0]: escaped(each.new) for each in by_attribute({}, taken) if not each.gone}
        return [Entries(place, {None: list(said.items())})] if said else []
    return [edit for each in taken for edit in _edits(there, place, each, values, texts)]


def _edits(
    there: Any, item: tuple[str, ...], taken: Taken, values: Mapping[str, Any], texts: Mapping[str, str]
) -> list[Edit]:
    parent = there
    for step in taken.path[:-1]:
        parent = parent.get(step) if isinstance(parent, dict) else None
    name, path = taken.path[-1], (*item, *taken.path)
    if taken.gone:
        return [Without(path)] if isinstance(parent, dict) and name in parent else []
    if not isinstance(parent, dict):
        raise NotWritable(f"`{'.'.join(taken.path)}` is not where it would be")
    new = with_values(taken.new, parent.get(name), values, texts)
    if name in parent:
        return [Value(path, new)]
    order = list(in_order({**parent, name: new}))
    after = next((each for each in reversed(order[: order.index(name)]) if each in parent), "")
    return [Entries(path[:-1], {after: [(name, new)]})]


def with_taken(said: Data, taken: Sequence[Taken]) -> Data:
    """What the files say once they say what was taken."""
    found = dict(said)
    for each in taken:
        found = _put(found, each.path, each)
    return found


def by_attribute(said: Data, taken: Sequence[Taken]) -> list[Taken]:
    """The same with each attribute as a whole. said: what the files say of the object."""
    after = with_taken(said, taken)
    names = dict.fromkeys(each.path[0] for each in taken)
    return [Taken((name,), said.get(name), after.get(name), gone=name not in after) for name in names]


def _put(value: Any, path: Sequence[str], taken: Taken) -> Any:
    """A map with another value at a path."""
    inner = dict(value or {})
    if len(path) > 1:
        inner[path[0]] = _put(inner.get(path[0]), path[1:], taken)
    elif taken.gone:
        inner.pop(path[0], None)
    else:
        inner[path[0]] = taken.new
    return inner
