"""Conditions and actions of rules as sentences that a head of support reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from config.kinds.actions import VERBS
from config.vocabulary import SATISFACTION, TICKET
from golive.wording.phrases import plain
from golive.wording.words import Terms, duration_of, listed, value_of
from provisioners.system import systems

Entry: TypeAlias = Mapping[str, Any]
"""A condition or action as the YAML has it."""

FIELDS = {
    "status_detail": "detailed status",
    "organization": "organisation",
    "comment_text": "comment",
    "via": "channel",
    "received_at": "address written to",
    "privacy": "comment",
    "satisfaction": "rating",
    "reopens": "number of reopenings",
    "replies": "number of replies",
    "group_changes": "number of groups so far",
    "current_user": "whoever is at work",
}
"""Fields of every ticket whose word is not what people say."""
OWNERS = {"organization": "customer's", "requester": "requester's"}
_VALUES = {
    "current_user": {"customer": "a customer", "agent": "an agent"},
    "satisfaction": {word: plain(word).replace(" with", ", with a") for word in SATISFACTION},
}
_PEOPLE = {
    "me": "whoever is at work",
    "current_user": "whoever is at work",
    "requester": "the requester",
    "requester_and_ccs": "the requester and CCs",
    "assignee": "the assignee",
    "#all_agents": "all agents",
    "#group_id": "the ticket's group",
    "#assignee_id": "the assignee",
    "#requester_id": "the requester",
    "#current_user": "whoever is at work",
}
"""Words for people, the vendor's own among them."""
_YES_OR_NO = {
    "is": ("is ticked", "is not ticked"),
    "is_not": ("is not ticked", "is ticked"),
    "empty": ("is empty", "is not empty"),
    "changed": ("changed", "changed"),
    "not_changed": ("did not change", "did not change"),
}
_OPERATORS = {
    "is": "is {}",
    "is_not": "is not {}",
    "is_one_of": "is {}",
    "is_none_of": "is neither {}",
    "at_least": "is at least {}",
    "at_most": "is at most {}",
    "before": "is before {}",
    "after": "is after {}",
    "more_than": "is more than {}",
    "less_than": "is less than {}",
    "within_next": "is within the next {}",
    "within_last": "is within the last {}",
    "has": "contains {}",
    "has_any": "contains {}",
    "has_all": "contains {}",
    "has_none": "does not contain {}",
    "has_word": "contains one of the words {}",
    "has_no_word": "contains none of the words {}",
    "contains": "contains “{}”",
    "contains_not": "does not contain “{}”",
    "changed_to": "became {}",
    "changed_from": "was {} before",
    "not_changed_to": "did not become {}",
    "not_changed_from": "was not {} before",
}
_ALONE = {
    "is_none_of": "is not {}",
    "has_word": "contains the word {}",
    "has_no_word": "does not contain the word {}",
}
"""What is said of one value where several read otherwise."""
_BETWEEN = {"has_all": "and", "is_none_of": "nor", "has_word": ",", "has_no_word": ","}
"""What stands before the last of several values; `or` unless said."""
_PLURALS = (("is ", "are "), ("contains ", "contain "), ("does ", "do "))
_SINCE = {
    "created": "it was made",
    "assigned": "it was assigned",
    "updated": "it was changed",
    "requester_update": "the requester wrote",
    "assignee_update": "the assignee wrote",
    "due": "it was due",
    "sla_breach": "a promise was missed",
}
_UNTIL = {"next_sla_breach": "the next promise is missed", "due": "it is due"}
_SPANS = {"is": "", "more_than": "more than ", "less_than": "less than "}
_TEXTS = {"email": ("subject", "body"), "slack": ("text",), "reply": ("text",), "call": ("body", "query")}
"""What an action carries besides its verb."""


def field_of(name: str, terms: Terms) -> str:
    """What a field of a condition or action is called: `customer's Segment`."""
    owner, dot, key = name.partition(".")
    if dot:
        return f"{OWNERS.get(owner, plain(owner))} {terms.called.get(('customer_fields', key)) or plain(key)}"
    if name in TICKET or name == "schedule":
        return FIELDS.get(name, plain(name))
    if name.startswith("#"):
        return "a field that is not in these files"
    return terms.called.get(("ticket_fields", name)) or plain(name)


def field_value(name: str, value: Any, terms: Terms) -> str:
    """One value of a field: objects, priorities and options by what people call them."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "ticked" if value else "not ticked"
    text = str(value)
    _, dot, key = name.partition(".")
    if dot or name not in (*TICKET, "schedule"):
        return duration_of(terms.option(*(("customer_fields", key) if dot else ("ticket_fields", name)), text))
    if name == "priority":
        return terms.priorities.get(text, text)
    if name in ("assignee", "requester", "current_user") and text in _PEOPLE:
        return _PEOPLE[text]
    kind = "schedules" if name == "schedule" else TICKET[name].kind
    if text in TICKET.get(name, TICKET["tags"]).values:
        return _VALUES.get(name, {}).get(text, plain(text))
    return terms.name(kind, text) if kind else text


def condition(entry: Entry, terms: Terms) -> str:
    """`customer's Segment is Enterprise`, `the ticket is new`."""
    if "field" in entry:
        return f"{field_of(str(entry['field']), terms)} {operation(entry, terms)}"
    if "event" in entry:
        return "the ticket is new" if entry["event"] == "created" else "the ticket was changed"
    for word, said in (("in_hours", "within"), ("outside_hours", "outside")):
        if word in entry:
            return f"{said} the hours of {terms.name('schedules', str(entry[word]))}"
    for word, said, states in (("hours_since", "since", _SINCE), ("hours_until", "until", _UNTIL)):
        if word in entry:
            state = str(entry[word])
            spans = [f"{text}{duration_of(str(entry[name]))}" for name, text in _SPANS.items() if name in entry]
            clock = ", in business hours" if entry.get("clock") == "business" else ""
            return f"{' '.join(spans)} {said} {states.get(state, f'it is {plain(state)}')}{clock}"
    return _vendors_own(entry, terms) or value_of(dict(entry))


def _vendors_piece(entry: Entry) -> Mapping[str, Any] | None:
    """What stands under a vendor's name; None for anything else."""
    said = next(iter(entry.values()), None)
    return said if len(entry) == 1 and isinstance(said, Mapping) and "field" in said else None


def vendors_field(entry: Entry) -> str:
    """The vendor's own field that an action in its words sets; empty for an action in ours."""
    return str((_vendors_piece(entry) or {}).get("field", ""))


def _vendors_own(entry: Entry, terms: Terms) -> str:
    """What stands under a vendor's name in one line, as far as words go; empty for anything else."""
    said = _vendors_piece(entry)
    if said is None:
        return ""
    system = next(iter(entry))
    field, operator, first = str(said["field"]), str(said.get("operator") or ""), _first(said.get("value"))
    known = systems()[system].sentence(field, operator, first) if system in systems() else ""
    if known:
        return known
    shown = terms.address(str(first).partition("\n")[0]) if first not in (None, "", []) else "nothing"
    how = f" {plain(operator)}" if operator else ":"
    return f"{plain(terms.address(field))}{how} {shown} (in {system.title()}'s own words)"


def _first(value: Any) -> Any:
    """What stands first in a list of values; any other value as it is."""
    return value[0] if isinstance(value, list) and value else value


def operation(entry: Entry, terms: Terms) -> str:
    """A condition without its field: `is Gold or Silver`."""
    name = str(entry["field"])
    operator, value = next((name, value) for name, value in entry.items() if name != "field")
    if isinstance(value, bool) and operator in _YES_OR_NO:
        said, joined = _YES_OR_NO[operator][0 if value else 1], ""
    else:
        values = [_one(name, operator, each, terms) for each in (value if isinstance(value, list) else [value])]
        said = _OPERATORS.get(operator, f"{plain(operator)} {{}}")
        if len(values) == 1:
            said = _ALONE.get(operator, said)
        joined = _row(values, _BETWEEN.get(operator, "or"))
    for one, many in _PLURALS if name == "tags" else ():
        said = f"{many}{said.removeprefix(one)}" if said.startswith(one) else said
    return said.format(joined)


def _one(name: str, operator: str, value: Any, terms: Terms) -> str:
    if operator in ("within_next", "within_last"):
        return duration_of(str(value))
    return field_value(name, value, terms)


def _row(values: list[str], between: str) -> str:
    """`a, b or c`; `a nor b nor c`."""
    if between == "," or len(values) < 2:
        return listed(values)
    if between == "nor":
        return " nor ".join(values)
    return f"{listed(values[:-1])} {between} {values[-1]}"


def verb_of(entry: Entry) -> str:
    """The verb of an action."""
    return next((verb for verb in VERBS if verb in entry), "")


def carried(entry: Entry) -> dict[str, Any]:
    """The texts that an action carries."""
    own = _vendors_piece(entry)
    if own is not None:
        value = own.get("value")
        texts = value[1:] if isinstance(value, list) else [value] if "\n" in str(value or "") else []
        return {"text": "\n".join(map(str, texts))} if texts else {}
    return {name: entry[name] for name in _TEXTS.get(verb_of(entry), ()) if entry.get(name) is not None}


def action(entry: Entry, terms: Terms) -> str:
    """What an action does, in one line and without its texts: `sets group to Tier 2`."""
    verb = verb_of(entry)
    target = entry.get(verb)
    if verb == "set":
        name = str(target)
        to = entry.get("to")
        values = [field_value(name, each, terms) for each in (to if isinstance(to, list) else [to])]
        return f"clears {field_of(name, terms)}" if to is None else f"sets {field_of(name, terms)} to {listed(values)}"
    if isinstance(target, list):
        return tags(verb, [str(each) for each in target])
    said: dict[str, Callable[[str], str]] = {
        "email": lambda to: f"mails {_person(to, terms)}",
        "slack": lambda to: f"posts to {terms.address(to)}",
        "call": lambda to: f"calls {'another system' if to.startswith('#') else terms.address(to)}",
        "reply": lambda to: "answers the customer" if to == "public" else "adds an internal note",
        "send_survey": lambda to: f"sends the survey {terms.name('surveys', to)}",
    }
    return said[verb](str(target)) if verb in said else _vendors_own(entry, terms) or value_of(dict(entry))


def _person(to: str, terms: Terms) -> str:
    if to in _PEOPLE:
        return _PEOPLE[to]
    return "somebody who is not in these files" if to.startswith("#") else terms.address(to)


def tags(verb: str, names: list[str]) -> str:
    """`adds the tags a, b`."""
    return f"{TAG_VERBS[verb]} {'tag' if len(names) == 1 else 'tags'} {listed(names)}"


TAG_VERBS = {"add_tags": "adds the", "remove_tags": "removes the", "replace_all_tags": "replaces all tags by the"}
