"""Where an order matters, it is said once (grammar 30)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from config.declaration import Declared
from config.findings import Finding
from config.kinds import KINDS, PLACES
from config.rules.rule import Rule
from config.rules.scope import Scope, did_you_mean

REST = "..."
_ONCE = "Keep it where it belongs and remove the other."


CATALOGUE = (
    Rule(
        "order.missing",
        "error",
        "Rules of a kind stand in several files, and nothing says their order.",
        "Which one comes first would depend on the names of files.",
        "Put them into one file, or say the order once.",
    ),
    Rule(
        "order.twice",
        "error",
        "An order names the same rule twice.",
        "It cannot stand in two places.",
        "Remove one of the two.",
    ),
    Rule(
        "order.circle",
        "error",
        "A section of the help centre is in itself, at once or over others.",
        "None of them could be made first.",
        "Leave `section` out where a section stands directly in its category.",
    ),
)


def check(scope: Scope) -> Iterator[Finding]:
    order = scope.declaration.get("order", "order")
    for word, kind in KINDS.items():
        items = list(scope.declaration.of(word).values())
        files = {item.position.file for item in items}
        said = getattr(order.value, word, None) if order else None
        if kind.ordered and len(files) > 1 and said is None and word != "triggers":
            yield items[0].finding(
                "order.missing", "error", (),
                f"{word} stand in {len(files)} files, and their order matters",
                f"Put them into one file, or add  order: {{{word}: […]}}.", of_key=True,
            )  # fmt: skip
        if order and said is not None:
            for index, key in enumerate(said):
                if key != REST and not scope.knows(word, key):
                    yield order.finding(
                        "reference.unknown", "error", (word, index), f"there is no {kind.title} `{key}`",
                        scope.nearest(word, key),
                    )  # fmt: skip
            yield from (
                order.finding("order.twice", "error", (word,), f"`{key}` stands twice in this order", _ONCE)
                for key, count in Counter(said).items()
                if count > 1
            )
    yield from _categories(scope)
    yield from _help_center(scope)


def _help_center(scope: Scope) -> Iterator[Finding]:
    """What is in one category or section stands in one file, unless its order is said."""
    order = scope.declaration.get("order", "order")
    for word in ("help_center_categories", "help_center_sections", "articles"):
        said = getattr(order.value, word, None) if order else None
        inside: dict[str, list[Declared]] = {}
        for item in scope.declaration.of(word).values():
            above = getattr(item.value, "section", None) or getattr(item.value, "category", None) or ""
            inside.setdefault(above, []).append(item)
        for items in inside.values():
            files = {item.position.file for item in items}
            if said is None and len(files) > 1:
                many = PLACES[word][-1]
                yield items[0].finding(
                    "order.missing", "error", (),
                    f"{many} that belong together stand in {len(files)} files, and their order matters",
                    f"Put them into one file, or add  order: {{{word}: […]}}.", of_key=True,
                )  # fmt: skip
        for index, key in enumerate(said or []):
            if order and key != REST and not scope.knows(word, key):
                yield order.finding(
                    "reference.unknown", "error", (word, index), f"there is no `{key}` under `{word}`",
                    scope.nearest(word, key),
                )  # fmt: skip
        for key, count in Counter(said or []).items():
            if order and count > 1:
                yield order.finding("order.twice", "error", (word,), f"`{key}` stands twice in this order", _ONCE)
    yield from _circles(scope)


def _circles(scope: Scope) -> Iterator[Finding]:
    """A section that is in itself, over others or at once, would never come into being."""
    sections = scope.declaration.of("help_center_sections")
    for item in sections.values():
        above, seen = item.value.section, {item.key}
        while above in sections and above not in seen:
            seen.add(above)
            above = sections[above].value.section
        if above == item.key and item.key == min(seen):
            yield item.finding(
                "order.circle", "error", ("section",), "this section is in itself",
                "Leave `section` out where a section stands directly in its category.",
            )  # fmt: skip


def _categories(scope: Scope) -> Iterator[Finding]:
    order = scope.declaration.get("order", "order")
    whole = getattr(order.value, "triggers", None) if order else None
    for category in scope.declaration.of("trigger_categories").values():
        inside = [item for item in scope.declaration.of("triggers").values() if item.value.category == category.key]
        keys = [item.key for item in inside]
        listed = category.value.order
        if listed is None:
            if len({item.position.file for item in inside}) > 1 and whole is None:
                yield category.finding(
                    "order.missing", "error", (),
                    "its triggers stand in several files, and their order matters",
                    "Add  order: [first, second, …]  to the category.", of_key=True,
                )  # fmt: skip
            continue
        for index, key in enumerate(listed):
            if key != REST and key not in keys:
                where = " in this category" if scope.knows("triggers", key) else ""
                yield category.finding(
                    "reference.unknown", "error", ("order", index), f"there is no trigger `{key}`{where}",
                    did_you_mean(key, keys),
                )  # fmt: skip
        for key, count in Counter(listed).items():
            if count > 1:
                yield category.finding("order.twice", "error", ("order",), f"`{key}` stands twice in this order", _ONCE)
