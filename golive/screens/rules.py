"""Differences between the conditions and actions of rules: one line each, with the texts that actions carry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from golive.screens.texts import Line, changed, whole
from golive.wording.phrases import plain
from golive.wording.sentences import (
    TAG_VERBS,
    Entry,
    action,
    carried,
    condition,
    field_of,
    field_value,
    operation,
    vendors_field,
    verb_of,
)
from golive.wording.words import Terms, listed, value_of
from stacks.difference import differences, moved, paired

LABELS = {"when": "only if", "when_any": "or if"}
"""What is said before a condition, by its list."""


def condition_lines(path: str, old: list[Entry], new: list[Entry], terms: Terms) -> Iterator[Line]:
    """`when` or `when_any`: conditions on one field are compared, others come and go as a whole."""
    label = LABELS[path]
    pairs, gone, come = paired(old, new, _asked)
    for before, after in pairs:
        name = field_of(str(before["field"]), terms)
        yield Line(f"{label} {name} {operation(before, terms)} → ", new=operation(after, terms))
    for sign, entries in (("-", gone), ("+", come)):
        for entry in entries:
            yield from whole(sign, f"{label} {condition(entry, terms)}")


def _asked(entry: Entry) -> object:
    """What a condition asks of; conditions on hours and events are of no common sort."""
    return entry.get("field") or repr(entry)


def action_lines(old: list[Entry], new: list[Entry], terms: Terms) -> Iterator[Line]:
    """`then`: actions that do the same to the same are compared, others come and go as a whole, with their texts."""
    pairs, gone, come = paired(old, new, _does, lambda entry: verb_of(entry) or vendors_field(entry))
    for before, after in pairs:
        yield from _changed_action(before, after, terms)
    for sign, entries in (("-", gone), ("+", come)):
        for entry in entries:
            yield from whole(sign, action(entry, terms), _texts(entry))
    if moved(old, new):
        yield Line(f"in another order: {'; '.join(action(entry, terms) for entry in new)}")


def _does(entry: Entry) -> object:
    """The verb and what it is done to; tags are the value of theirs."""
    verb = verb_of(entry)
    return verb if verb.endswith("_tags") else (verb, str(entry.get(verb)), vendors_field(entry))


def _texts(entry: Entry) -> dict[str, Any]:
    """What an action carries, by what it is called."""
    found: dict[str, Any] = {}
    for name, value in carried(entry).items():
        if name == "query":
            found["what it sends"] = _pairs(value)
        elif isinstance(value, Mapping) and verb_of(entry) == "call":
            found["what it sends"] = value_of(value)
        elif isinstance(value, Mapping):
            found |= {f"{plain(name)}, {_version(word)}": text for word, text in value.items()}
        else:
            found[plain(name)] = value
    return found


def _version(word: str) -> str:
    """What is said of a text that stands in a file, or in several languages."""
    return "from the file" if word == "file" else f"in {word}"


def _pairs(query: Any) -> str:
    return listed(f"{name} = {value}" for name, value in query)


def _changed_action(before: Entry, after: Entry, terms: Terms) -> Iterator[Line]:
    verb = verb_of(after)
    target = after.get(verb)
    if verb == "set":
        name = str(target)
        old, new = (_set_to(name, each.get("to"), terms) for each in (before, after))
        if before.get("set") == target:
            yield from changed(f"sets {field_of(name, terms)}", old, new)
        else:
            yield Line(f"{action(before, terms)} → ", new=action(after, terms))
    elif isinstance(target, list):
        old, new = (listed(map(str, each[verb])) for each in (before, after))
        yield from changed(f"{TAG_VERBS[verb]} tags", old, new)
    else:
        if before.get(verb) != target or (not verb and action(before, terms) != action(after, terms)):
            yield Line(f"{action(before, terms)} → ", new=action(after, terms))
        yield from _changed_texts(action(after, terms), before, after)


def _set_to(name: str, to: Any, terms: Terms) -> str:
    return (
        listed(field_value(name, each, terms) for each in to) if isinstance(to, list) else field_value(name, to, terms)
    )


def _changed_texts(name: str, before: Entry, after: Entry) -> Iterator[Line]:
    """What an action carries, text by text; what a webhook sends is entered."""
    for each in differences(carried(before), carried(after)):
        first, *inner = each.path.split(".")
        if first == "query":
            old, new = (_pairs(side or []) for side in (each.old, each.new))
            yield from changed(f"{name}, what it sends:", old, new)
        elif inner and verb_of(after) != "call":
            yield from changed(f"{name}, {plain(first)}, {_version(inner[0])}:", each.old, each.new)
        elif first == "body" and verb_of(after) == "call":
            yield from changed(f"{', '.join([name, 'what it sends', *map(plain, inner)])}:", each.old, each.new)
        else:
            yield from changed(f"{name}, {plain(first)}:", each.old, each.new)
