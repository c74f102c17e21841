"""Conditions and actions of rules as people read them: one line each, and texts that customers get always whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from config.kinds.actions import VERBS
from config.vocabulary import TICKET
from golive.screens.texts import Line, changed, whole
from golive.words import Terms
from stacks.difference import differences, moved, paired

Entry: TypeAlias = Mapping[str, Any]

LABELS = {"when": "condition", "when_any": "one of the conditions"}
_VALUELESS = {
    ("empty", True): "is empty",
    ("empty", False): "is not empty",
    ("changed", True): "changed",
    ("not_changed", True): "did not change",
}
_RECIPIENTS = {"requester_and_ccs": "requester and CCs", "current_user": "whoever is at work"}
_TEXTS = {"email": ("subject", "body"), "slack": ("text",), "reply": ("text",), "call": ("body", "query")}
"""What an action carries besides its verb."""


def condition_lines(path: str, old: list[Entry], new: list[Entry], terms: Terms) -> Iterator[Line]:
    """`when` or `when_any`: conditions on one field are compared, others come and go as a whole."""
    label = LABELS[path]
    pairs, gone, come = paired(old, new, _asked)
    for before, after in pairs:
        asked = before["field"]
        yield from changed(f"{label} {asked}", _operation(before, terms), _operation(after, terms))
    for sign, entries in (("-", gone), ("+", come)):
        for entry in entries:
            yield from whole(sign, f"{label} {condition(entry, terms)}")


def _asked(entry: Entry) -> object:
    """What a condition asks of; conditions on hours and events are of no common sort."""
    return entry.get("field") or repr(entry)


def condition(entry: Entry, terms: Terms) -> str:
    """`organization.tier is gold`."""
    if "field" in entry:
        return f"{entry['field']} {_operation(entry, terms)}"
    if "event" in entry:
        return f"the ticket is {entry['event']}"
    for word, said in (("in_hours", "in"), ("outside_hours", "outside")):
        if word in entry:
            return f"{said} the hours of {terms.name('schedules', entry[word])}"
    for word, said in (("hours_since", "since"), ("hours_until", "until")):
        if word in entry:
            spans = [
                f"{name.replace('_', ' ')} {entry[name]}" for name in ("is", "more_than", "less_than") if name in entry
            ]
            clock = " in business hours" if entry.get("clock") == "business" else ""
            return f"{' '.join(spans)} {said} {str(entry[word]).replace('_', ' ')}{clock}"
    return terms.value(entry)


def _operation(entry: Entry, terms: Terms) -> str:
    """A condition without its field: `is one of gold, silver`."""
    operator, value = next((name, value) for name, value in entry.items() if name != "field")
    if isinstance(value, bool) and (operator, value) in _VALUELESS:
        return _VALUELESS[operator, value]
    return f"{operator.replace('_', ' ')} {_values(str(entry['field']), value, terms)}"


def _values(field: str, value: Any, terms: Terms) -> str:
    """Values of a field, objects and priorities by what people call them."""
    if isinstance(value, list):
        return ", ".join(_values(field, each, terms) for each in value)
    if field == "priority":
        return terms.priorities.get(value, str(value))
    kind = TICKET[field].kind if field in TICKET else "schedules" if field == "schedule" else None
    return terms.name(kind, value) if kind and isinstance(value, str) else terms.value(value)


def action_lines(old: list[Entry], new: list[Entry], terms: Terms) -> Iterator[Line]:
    """`then`: actions that do the same to the same are compared, others come and go as a whole, with their texts."""
    pairs, gone, come = paired(old, new, _does, _verb)
    for before, after in pairs:
        yield from _changed_action(before, after, terms)
    for sign, entries in (("-", gone), ("+", come)):
        for entry in entries:
            yield from whole(sign, f"action {action(entry, terms)}", _carried(entry))
    if moved(old, new):
        yield Line(f"new order of the actions: {'; '.join(action(entry, terms) for entry in new)}")


def _verb(entry: Entry) -> str:
    return next((verb for verb in VERBS if verb in entry), "")


def _does(entry: Entry) -> object:
    """The verb and what it is done to; tags are the value of theirs."""
    verb = _verb(entry)
    return verb if verb.endswith("_tags") else (verb, str(entry.get(verb)))


def _carried(entry: Entry) -> dict[str, Any]:
    return {name: entry[name] for name in _TEXTS.get(_verb(entry), ()) if entry.get(name) is not None}


def action(entry: Entry, terms: Terms) -> str:
    """What an action does, in one line and without its texts."""
    verb = _verb(entry)
    target = entry.get(verb)
    if verb == "set":
        to = entry.get("to")
        return f"clear {target}" if to is None else f"set {target} to {_values(str(target), to, terms)}"
    if isinstance(target, list):
        return f"{verb.replace('_', ' ')} {', '.join(map(str, target))}"
    said: dict[str, Callable[[str], str]] = {
        "email": lambda to: f"email to {_RECIPIENTS.get(to) or terms.address(to)}",
        "slack": lambda to: f"post to {terms.address(to)}",
        "call": lambda to: f"call {terms.address(to)}",
        "reply": lambda to: "public reply" if to == "public" else "internal note",
        "send_survey": lambda to: f"send the survey {terms.name('surveys', to)}",
    }
    return said[verb](str(target)) if verb in said else terms.value(entry)


def _changed_action(before: Entry, after: Entry, terms: Terms) -> Iterator[Line]:
    verb = _verb(after)
    name = f"action {action(after, terms)}"
    if _does(before) != _does(after):
        yield from changed("action", action(before, terms), action(after, terms))
    if verb == "set":
        field = str(after["set"])
        old, new = (_values(field, each.get("to"), terms) for each in (before, after))
        yield from changed(f"action set {field}", old, new)
    elif isinstance(after.get(verb), list):
        old, new = (", ".join(map(str, each[verb])) for each in (before, after))
        yield from changed(f"action {verb.replace('_', ' ')}", old, new)
    else:
        for each in differences(_carried(before), _carried(after)):
            yield from changed(f"{name}, {each.path}", each.old, each.new)
