"""What a signature or evidence is bound to: when that changes, it is out of date.

Bound are what the objects say, the order of those whose order the helpdesk obeys or shows, and the texts in the files
that they name. Comments, the files in which objects stand, and the order of an object's attributes mean nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from checklists.checklist import Listed
from config.declaration import Declaration, Declared
from config.model import VendorPiece
from config.ordering import FIRST_COUNTS, orders_that_count
from config.results.log_entry import canonical
from config.text import files_named_in
from config.words import some

ALL = "all"
BY_HAND = "by_hand"
"""What an item is about: all objects that a person sets up."""
LENGTH = 12
"""Hex digits of the digest of an object, and of a text."""
_UNSEEN = ("why", "was", "allow", "vendor")
"""Attributes that no system gets; what stands under a vendor's name is added by itself."""
_IN_ORDER = ("options",)
"""Attributes that map keys and are shown in the order of these."""
_ORDERS = "order"
"""The kind that says orders. What it comes to is bound, and not how it is said."""


@dataclass(frozen=True)
class Changed:
    """Why something is out of date. objects: `kind/key` of what is other than it was then, or new, or gone. orders:
    kinds whose objects stand in another order. texts: files whose text is another one. definition: whether the item
    asks for something else now. evidence: files that are other than they were."""

    objects: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    definition: bool = False
    evidence: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.objects or self.orders or self.texts or self.definition or self.evidence)

    @property
    def said(self) -> str:
        """What changed, in words."""
        parts = []
        if self.objects:
            parts.append(f"{some(self.objects)} changed")
        if self.orders:
            parts.append(f"{order_said(some(self.orders))} changed")
        if self.texts:
            parts.append(f"{text_said(some(self.texts))} changed")
        if self.definition:
            parts.append("the item asks for something else")
        if self.evidence:
            parts.append(f"{', '.join(self.evidence[:3])} is not what it was")
        return " and ".join(parts)


def order_said(kind: str) -> str:
    """`the order of sla_policies`."""
    return f"the order of {kind}"


def text_said(path: str) -> str:
    """`the text in texts/welcome.md`."""
    return f"the text in {path}"


def bindings(concerns: Sequence[str], declaration: Declaration) -> dict[str, Any]:
    """Everything that an item is about, as the log has it: `objects`, `orders` and `texts`."""
    return {
        "objects": bound_objects(concerns, declaration),
        "orders": bound_orders(concerns, declaration),
        "texts": bound_texts(concerns, declaration),
    }


def bound_objects(concerns: Sequence[str], declaration: Declaration) -> dict[str, str]:
    """`kind/key` → digest of everything that an item is about."""
    return {f"{item.kind}/{item.key}": _digest(item, declaration) for item in concerned(concerns, declaration)}


def bound_orders(concerns: Sequence[str], declaration: Declaration) -> dict[str, list[str]]:
    """Kind → the keys of all its objects in their order, of each kind of which an item is about one at least, and whose
    order counts. Where the first one wins, what stands before an object says as much as the object."""
    kinds = {item.kind for item in concerned(concerns, declaration)}
    return {kind: keys for kind, keys in orders_that_count(declaration).items() if kind in kinds}


def bound_texts(concerns: Sequence[str], declaration: Declaration) -> dict[str, str]:
    """Path → digest of the text, of each file that something names which an item is about."""
    return {
        path: declaration.texts.get(path, "")[:LENGTH]
        for item in concerned(concerns, declaration)
        for path in texts_of(item)
    }


def texts_of(item: Declared) -> list[str]:
    """The files that an object's texts name."""
    return files_named_in(item.value)


def whole_digest(declaration: Declaration) -> str:
    """One digest of everything that the files declare, in the order that counts, with the texts in other files."""
    objects = {f"{item.kind}/{item.key}": _digest(item, declaration) for item in concerned([ALL], declaration)}
    said = [objects, orders_that_count(declaration), declaration.texts]
    return hashlib.sha256(canonical(said).encode()).hexdigest()[:16]


def changed_since(
    bound: Mapping[str, Any], listed: Listed, declaration: Declaration, files: Mapping[str, str]
) -> Changed:
    """What is other now than when something was bound. bound: as the log has it: `item` (the definition's digest),
    `objects`, `orders` and `texts`, and `files` by path. files: path → digest as they are now."""
    concerns = listed.item.concerns
    now = bound_objects(concerns, declaration)
    then: Mapping[str, str] = bound.get("objects", {})
    texts, read = bound_texts(concerns, declaration), bound.get("texts", {})
    return Changed(
        objects=tuple(sorted(address for address in {*now, *then} if now.get(address) != then.get(address))),
        orders=tuple(_moved(bound, then, now, bound_orders(concerns, declaration))),
        texts=tuple(sorted(path for path, digest in read.items() if path in texts and texts[path] != digest)),
        definition=bound.get("item") != listed.digest,
        evidence=tuple(sorted(path for path, digest in bound.get("files", {}).items() if files.get(path) != digest)),
    )


def paths_of(bindings: Iterable[Mapping[str, Any]]) -> set[str]:
    """Every file that something was bound to."""
    return {path for bound in bindings for path in bound.get("files", {})}


def concerned(concerns: Sequence[str], declaration: Declaration) -> Iterator[Declared]:
    """The objects that an item is about."""
    for item in declaration:
        words = {item.kind, f"{item.kind}/{item.key}"}
        if item.kind != _ORDERS:
            words.add(ALL)
        if item.value.is_by_hand:
            words.add(BY_HAND)
        if not words.isdisjoint(concerns):
            yield item


def _moved(
    bound: Mapping[str, Any], then: Collection[str], now: Collection[str], orders: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    """Kinds of whose order something else was said then. What is new or gone is named by itself and moves nothing."""
    former: Mapping[str, Sequence[str]] = bound.get("orders", orders)
    for kind in sorted({*former, *orders}):
        own = {key for key in _keys(kind, then) if f"{kind}/{key}" in now}
        named = {*_keys(kind, then), *_keys(kind, now)} - own
        was, is_ = former.get(kind), orders.get(kind)
        if was is None or is_ is None:
            moved = len(own) > 1
        elif kind in FIRST_COUNTS:
            moved = any((was[:1] == [key]) != (is_[:1] == [key]) for key in own)
        else:
            moved = any(_before(key, was) - named != _before(key, is_) - named for key in own)
        if moved:
            yield kind


def _keys(kind: str, addresses: Iterable[str]) -> set[str]:
    return {each.partition("/")[2] for each in addresses if each.partition("/")[0] == kind}


def _before(key: str, order: Sequence[str]) -> set[str]:
    """What stands before an object."""
    return set(order[: order.index(key)]) if key in order else set()


def _digest(item: Declared, declaration: Declaration) -> str:
    said = _said(item.value)
    others = declaration.of(getattr(item.value, "options_from", None) or "")
    choices = [[key, other.name] for key, other in others.items()]
    return hashlib.sha256(canonical([said, *([choices] if choices else [])]).encode()).hexdigest()[:LENGTH]


def _said(value: Any, name: str = "") -> Any:
    """What is said of something, as plain data. name: of the attribute that says it."""
    if isinstance(value, VendorPiece):
        return value.vendor
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        said = {
            fields[each].alias or each: _said(getattr(value, each), each)
            for each in value.model_fields_set
            if each in fields and each not in _UNSEEN
        }
        return {**said, **(value.model_extra or {}), **getattr(value, "vendor", {})}
    if isinstance(value, Mapping):
        pairs = [[str(key), _said(part)] for key, part in value.items()]
        return pairs if name in _IN_ORDER else dict(pairs)
    return [_said(part) for part in value] if isinstance(value, list | tuple) else value
