"""What can stand where, found by asking: every field with every operator, every action in every place.

The rules of validation answer, those of the helpdesk included, so that a table made from this says what they do.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Literal

from config.document import is_within
from config.vocabulary import DATES, OPERATORS, SHAPE_OF_TYPE, TICKET, Shape
from golive.documentation.examples import with_candidates

Answer = Literal["yes", "later", "no"]
"""later: valid, and not sent by this version."""
CONDITION_PLACES = ("triggers", "automations", "sla_policies", "views")
ACTION_PLACES = ("triggers", "automations", "macros")
AT_A_TIME = 150
OWN_TYPES = tuple(word for word in SHAPE_OF_TYPE if word != "currency")
"""The types of the helpdesk's fields."""
CUSTOMER_TYPES = tuple(word for word in OWN_TYPES if word != "card")

_LISTS = ("is_one_of", "is_none_of", "has_any", "has_all", "has_none", "has_word", "has_no_word")
_KEYS = {
    "groups": ["first_line", "workshop"],
    "people": ["ana", "ben"],
    "brands": ["fernhill", "fernhill_cargo"],
    "ticket_forms": ["question", "warranty"],
    "ticket_statuses": ["waiting_for_parts", "waiting_for_decision"],
    "channels": ["support_email", "billing_email"],
}
"""Keys of the examples."""
_VALUES: dict[Shape, list[Any]] = {
    "choice": ["one", "other"],
    "number": [2, 3],
    "date": ["2027-01-31", "2027-02-28"],
    "text": ["word", "other"],
    "tags": ["vip", "recall"],
    "checkbox": [True, False],
    "lookup": ["one", "other"],
    "multiselect": ["one", "other"],
}
_PROMISE = {
    "targets": {"first_reply": {"urgent": "1h", "high": "1h", "normal": "1h", "low": "1h"}},
    "hours": "calendar",
}
_WITH_CONDITION: dict[str, dict[str, Any]] = {
    "triggers": {"category": "escalate", "then": [{"add_tags": ["tried"]}]},
    "automations": {"then": [{"add_tags": ["tried"]}]},
    "views": {"columns": ["subject"]},
    "sla_policies": _PROMISE,
    "alerts": {"to": "support_alerts", "text": "Tried"},
}
_WITH_ACTION: dict[str, dict[str, Any]] = {
    "triggers": {"category": "escalate", "when": [{"event": "created"}]},
    "automations": {"when": [{"hours_since": "created", "more_than": "2h"}]},
    "macros": {},
}


def ask_conditions(candidates: Sequence[tuple[str, Any]], list_name: str = "when") -> list[Answer]:
    """For each (place, condition) whether it can stand there."""
    whole = [(place, {**_WITH_CONDITION[place], list_name: [condition]}) for place, condition in candidates]
    return _ask(whole, list_name)


def ask_actions(candidates: Sequence[tuple[str, Any]]) -> list[Answer]:
    """For each (place, action) whether it can stand there."""
    excused = {"x-allow": {"actions.replace-all-tags": "tried"}}
    whole = [(place, {**_WITH_ACTION[place], "then": [action]}) for place, action in candidates]
    return _ask(
        [(place, {**item, **excused} if "replace_all_tags" in item["then"][0] else item) for place, item in whole],
        "then",
    )


def _ask(candidates: list[tuple[str, dict[str, Any]]], list_name: str) -> list[Answer]:
    """Some at a time: what rules cost grows with what they have found."""
    answers: list[Answer] = []
    for start in range(0, len(candidates), AT_A_TIME):
        answers += _ask_some(candidates[start : start + AT_A_TIME], list_name)
    return answers


def _ask_some(candidates: list[tuple[str, dict[str, Any]]], list_name: str) -> list[Answer]:
    data: dict[str, Any] = {
        "ticket_fields": {f"own_{word}": _own_field(word) for word in OWN_TYPES},
        "customer_fields": {
            f"{owner}_{word}": {"of": owner, **_own_field(word)}
            for owner in ("organization", "requester")
            for word in CUSTOMER_TYPES
        },
    }
    paths = []
    for number, (kind, content) in enumerate(candidates):
        key = f"candidate_{number}"
        named = {"name": f"Candidate {number}", **content}
        if kind == "alerts":
            data.setdefault("integrations", {"slack": {"alerts": {}}})["slack"]["alerts"][key] = named
        else:
            data.setdefault(kind, {})[key] = named
        paths.append(f"{'integrations.slack.' if kind == 'alerts' else ''}{kind}.{key}.{list_name}")
    answers: dict[str, Answer] = dict.fromkeys(paths, "yes")
    for each in with_candidates(data).findings:
        path = each.path.split("[", 1)[0]
        if path in answers and is_within(each.path, path):
            if each.severity == "error":
                answers[path] = "no"
            elif each.rule == "applied.not-yet" and answers[path] == "yes":
                answers[path] = "later"
    return [answers[path] for path in paths]


def _own_field(word: str) -> dict[str, Any]:
    field: dict[str, Any] = {"name": f"Own {word}", "type": word}
    if word in ("dropdown", "multiselect"):
        field["options"] = {"one": "One", "other": "Other"}
    if word == "lookup":
        field["to"] = "organization"
    if word == "pattern":
        field |= {"pattern": "^x$", "samples": {"good": ["x"], "bad": ["y"]}}
    return field


def _condition(field: str, operator: str) -> dict[str, Any]:
    """A condition on a field with a value that fits it."""
    if operator in ("empty", "changed", "not_changed"):
        return {"field": field, operator: True}
    if operator.startswith("within"):
        return {"field": field, operator: "2d"}
    values = _values(field)
    if operator in _LISTS:
        return {"field": field, operator: [str(value) if operator.startswith("has") else value for value in values]}
    return {"field": field, operator: values[0]}


def _values(field: str) -> list[Any]:
    known = TICKET.get(field)
    if known is None:
        return _VALUES[_shape(field)]
    return _KEYS.get(known.kind) or list(known.values[1:3]) or _VALUES[known.shape]


def _shape(field: str) -> Shape:
    return TICKET[field].shape if field in TICKET else SHAPE_OF_TYPE[field.rpartition("_")[2]]


def _fits(field: str, operator: str) -> bool:
    """Whether a value of the field can stand behind the operator at all: `before` takes a word or a date."""
    return _shape(field) in ("ordered", "date") or operator not in DATES


@cache
def operators() -> dict[str, dict[str, dict[str, Answer]]]:
    """Field → place → operator → whether it can stand there; those that cannot are left out.

    The fields are those of every ticket, `own_TYPE` for the client's, and the same of organisations and requesters.
    """
    fields = [*TICKET, *(f"own_{word}" for word in OWN_TYPES)]
    fields += [f"{owner}.{owner}_{word}" for owner in ("organization", "requester") for word in CUSTOMER_TYPES]
    asked = [
        (field, place, operator)
        for field in fields
        for place in CONDITION_PLACES
        for operator in OPERATORS
        if _fits(field, operator)
    ]
    answers = ask_conditions([(place, _condition(field, operator)) for field, place, operator in asked])
    result: dict[str, dict[str, dict[str, Answer]]] = {
        field: {place: {} for place in CONDITION_PLACES} for field in fields
    }
    for (field, place, operator), answer in zip(asked, answers, strict=True):
        if answer != "no":
            result[field][place][operator] = answer
    return result
