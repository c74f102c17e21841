"""The order in which objects of a kind stand, as the files say it (grammar 30)."""

from __future__ import annotations

from config.declaration import Declaration, Declared
from config.kinds import ALL_KINDS

REST = "..."
"""In an order: everything that is not listed, in live order."""
FIRST_COUNTS = ("schedules",)
"""Kinds of which only the first object is another one than the rest: it counts where nothing names one."""


def declared_order(
    declaration: Declaration, kind: str, category: str | None = None, *, rest_by_key: bool = False
) -> list[str]:
    """The keys of a kind in their order; of the triggers of one category, where one is named.

    rest_by_key: what `...` stands for comes by its keys, since where it stands in the files means nothing then.
    """
    items = [each for each in declaration.of(kind).values() if category in (None, _category(each))]
    keys = [each.key for each in items]
    said = getattr(declaration.single("order"), kind, None)
    own = declaration.get("trigger_categories", category) if category else None
    listed = getattr(own.value, "order", None) if own else None
    chosen = listed if listed is not None else said
    if chosen is None:
        return keys
    first = [key for key in chosen if key in keys]
    rest = [key for key in keys if key not in first]
    if REST not in chosen:
        return [*first, *rest]
    cut = len([key for key in chosen[: chosen.index(REST)] if key in keys])
    return [*first[:cut], *(sorted(rest) if rest_by_key else rest), *first[cut:]]


def orders_that_count(declaration: Declaration) -> dict[str, list[str]]:
    """Kind → its keys in their order, of each kind of which the helpdesk obeys or shows one. Triggers stand as they
    run: category by category."""
    found = {kind: _as_it_counts(declaration, kind) for kind in declaration.objects if _has_order(declaration, kind)}
    return {kind: keys for kind, keys in found.items() if keys}


def _as_it_counts(declaration: Declaration, kind: str) -> list[str]:
    if kind in FIRST_COUNTS:
        return list(declaration.of(kind))[:1]
    if kind != "triggers":
        return declared_order(declaration, kind, rest_by_key=True)
    categories = declared_order(declaration, "trigger_categories", rest_by_key=True)
    others = [each for each in map(_category, declaration.of(kind).values()) if each and each not in categories]
    return [
        key
        for category in dict.fromkeys([*categories, *others])
        for key in declared_order(declaration, kind, category, rest_by_key=True)
    ]


def _has_order(declaration: Declaration, kind: str) -> bool:
    """Whether the order of a kind's objects means anything: always, where `order:` says it, or where the choices of a
    field are made of them."""
    if ALL_KINDS[kind].ordered or kind in FIRST_COUNTS:
        return True
    if getattr(declaration.single("order"), kind, None) is not None:
        return True
    return any(getattr(each.value, "options_from", None) == kind for each in declaration)


def _category(item: Declared) -> str | None:
    return getattr(item.value, "category", None)
