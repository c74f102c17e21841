"""Conditions in both directions (grammar 13–22): operators; the fields are in `vendor_fields`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from config.duration import minutes
from config.kinds.conditions import (
    ClockCondition,
    DeadlineCondition,
    EventCondition,
    FieldCondition,
    HoursCondition,
    VendorCondition,
)
from config.vocabulary import PRIORITIES, STATUSES, Place
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.base import CannotSend
from provisioners.zendesk.translations.operators import DAY, check_operator
from provisioners.zendesk.translations.options import TYPE, tag_of
from provisioners.zendesk.translations.vendor_fields import (
    FIELDS,
    OWNERS,
    WAYS,
    field_word,
    shape_of,
    value_word,
    vendor_name,
    vendor_value,
)
from provisioners.zendesk.translations.vendor_pieces import sent_piece
from provisioners.zendesk.translations.waiting import compiled_waiting, declared_waiting

_PLAIN = {
    "is": "is",
    "is_not": "is_not",
    "changed_to": "value",
    "changed_from": "value_previous",
    "not_changed_to": "not_value",
    "not_changed_from": "not_value_previous",
    "more_than": "greater_than",
    "less_than": "less_than",
}
_PLAIN_BACK = {vendor: word for word, vendor in _PLAIN.items() if word not in ("more_than", "less_than")}
_CHANGES = ("changed", "not_changed")
_TEXT = {"has_word": "includes", "has_no_word": "not_includes", "contains": "is", "contains_not": "is_not"}
_TEXT_BACK = {vendor: word for word, vendor in _TEXT.items()}
_LISTED = {"is": "includes", "is_one_of": "includes", "is_not": "not_includes", "is_none_of": "not_includes"}
"""Of the client's own statuses the vendor takes a list, also of one: its pages' examples of views and policies."""
_SCALES: dict[str, tuple[str, ...]] = {"status": STATUSES, "priority": PRIORITIES}

BY_TAG: tuple[Place, ...] = ("sla_policies", "views", "deletion_schedules")
"""Rules that know customers' fields only by the tags that tickets take over (rule 22)."""

_CHOSEN = {"is": "includes", "is_one_of": "includes", "is_not": "not_includes", "is_none_of": "not_includes"}
_HELD = {"has": "includes", "has_any": "includes", "has_all": "includes", "has_none": "not_includes"}
"""How the tags of a customers' dropdown, and of a multiselect, are asked for."""

Condition = dict[str, Any]
Groups = dict[str, list[Condition]]


def compiled_conditions(when: Iterable[Any], when_any: Iterable[Any], context: Context, place: Place) -> Groups:
    """The vendor's `all` and `any` groups. Raises CannotSend."""
    everything: list[Condition] = []
    spread: list[list[Condition]] = []
    for condition in when:
        all_of, any_of = compiled_condition(condition, context, place)
        everything += all_of
        if any_of:
            spread.append(any_of)
    anything: list[Condition] = []
    for condition in when_any:
        all_of, any_of = compiled_condition(condition, context, place)
        if len(all_of) > 1:
            raise CannotSend("a condition in `when_any` stands for several conditions at once: split the rule")
        anything += all_of + any_of
    if len(spread) + bool(anything) > 1:
        raise CannotSend("two conditions need the group of which one must hold (`is_one_of`): split the rule")
    return {"all": everything, "any": anything or (spread[0] if spread else [])}


def compiled_condition(condition: Any, context: Context, place: Place) -> tuple[list[Condition], list[Condition]]:
    """(conditions that all hold, conditions of which one holds) of one of ours; one of the two is empty.

    Raises CannotSend.
    """
    if isinstance(condition, VendorCondition):
        said = sent_piece(condition, "a condition", context)
        return [_vendor(said["field"], said["operator"], said.get("value", ""))], []
    if isinstance(condition, EventCondition):
        event = {"created": "Create", "updated": "Change"}[condition.event]
        return [_vendor("update_type", "is", event)], []
    if isinstance(condition, HoursCondition):
        operator = "is" if condition.in_hours else "is_not"
        return [_vendor("within_schedule", operator, context.ref("schedules", condition.schedule))], []
    if isinstance(condition, (ClockCondition, DeadlineCondition)):
        if place not in ("automations", "views", "deletion_schedules"):
            raise CannotSend(f"no rule among {place} waits for hours", "Make it an automation.")
        return [compiled_waiting(condition)], []
    if not isinstance(condition, FieldCondition):
        raise TypeError(f"not a condition: {condition!r}")
    if place in BY_TAG and condition.field.startswith(tuple(f"{owner}." for owner in OWNERS)):
        return _by_tag(condition, context), []
    return _on_field(condition, context, place)


def _vendor(name: Any, operator: str, value: Any) -> Condition:
    return {"field": name, "operator": operator, "value": value}


def _by_tag(condition: FieldCondition, context: Context) -> list[Condition]:
    """SLA policies and views know customers' fields only by the tags that tickets take over (rule 22)."""
    several = shape_of(condition.field, context.declared) == "multiselect"
    operator = _HELD if several else _CHOSEN
    if condition.operator not in operator:
        raise CannotSend(
            f"tags cannot be asked as `{condition.field}` is here, for `{condition.operator}`",
            f"Write one of: {', '.join(operator)}.",
            (condition.operator,),
        )
    tags = [tag_of(condition.field, str(value), context) for value in condition.values]
    sent = tags if condition.operator == "has_all" else [" ".join(tags)]
    return [_vendor("current_tags", operator[condition.operator], each) for each in sent]


def tags_asked(value: Any, context: Context) -> dict[str, str]:
    """For each list of conditions that asks for a customer's field: the option tags that stand for it, in words."""
    said = {attribute: _tags_of(getattr(value, attribute), context) for attribute in ("when", "when_any")}
    return {attribute: f"asks for {tags}" for attribute, tags in said.items() if tags}


def _tags_of(conditions: Iterable[Any], context: Context) -> str:
    tags = dict.fromkeys(
        tag_of(condition.field, str(value), context)
        for condition in conditions
        if isinstance(condition, FieldCondition) and condition.field.startswith(tuple(f"{owner}." for owner in OWNERS))
        for value in condition.values
    )
    said = f"the tag{'s' if len(tags) > 1 else ''} {', '.join(tags)}"
    return f"{said}, which tickets take over from the customer" if tags else ""


def _on_field(condition: FieldCondition, context: Context, place: Place) -> tuple[list[Condition], list[Condition]]:
    name, operator = condition.field, condition.operator
    vendor, shape = vendor_name(name, context), shape_of(condition.field, context.declared)
    check_operator(condition, shape, place)
    if operator == "empty":
        return [_emptiness(vendor, shape, name, bool(condition.value))], []
    if operator in _CHANGES:
        return [_vendor(vendor, operator, "")], []
    if shape in ("tags", "multiselect"):
        return _tags(vendor, shape, name, condition, context)
    if name in FIELDS and shape == "text":
        return [_vendor(vendor, _TEXT[operator], " ".join(str(value) for value in condition.values))], []
    if shape == "ordered" and operator in ("at_least", "at_most", "before", "after"):
        return [_vendor(vendor, *_on_scale(name, operator, str(condition.value)))], []
    if shape == "date" and operator not in _PLAIN:
        return [_vendor(vendor, *_on_calendar(operator, str(condition.value)))], []
    if name == "via" and any(value in WAYS for value in condition.values):
        return [_ways(condition, context)], []
    values = [vendor_value(name, value, context) for value in condition.values]
    if name == "status_detail" and operator in _LISTED:
        return [_vendor(vendor, _LISTED[operator], values)], []
    if operator == "is_one_of":
        spread = [_vendor(vendor, "is", value) for value in values]
        return (spread, []) if len(spread) == 1 else ([], spread)
    if operator == "is_none_of":
        return [_vendor(vendor, "is_not", value) for value in values], []
    return [_vendor(vendor, _PLAIN[operator], values[0])], []


def _ways(condition: FieldCondition, context: Context) -> Condition:
    """Media of which one at least is several at the vendor, as one list."""
    listed = [WAYS.get(str(word)) or (str(vendor_value("via", word, context)),) for word in condition.values]
    operator = "includes" if condition.operator in ("is", "is_one_of") else "not_includes"
    return _vendor("via_id", operator, [number for numbers in listed for number in numbers])


def _ways_back(operator: str, value: Any) -> dict[str, Any]:
    """A list of the vendor's ways as media. Raises ValueError for one that has no word."""
    numbers = {str(each) for each in (value if isinstance(value, list) else [value])}
    words = [word for word, ways in WAYS.items() if numbers.issuperset(ways)]
    left = numbers.difference(*(WAYS[word] for word in words))
    words += [str(value_word("via", number, Names())) for number in sorted(left)]
    if any(word.isdecimal() for word in words):
        raise ValueError(f"no word for {words}")
    single, several = ("is", "is_one_of") if operator == "includes" else ("is_not", "is_none_of")
    return {"field": "via", single: words[0]} if len(words) == 1 else {"field": "via", several: words}


def _emptiness(vendor: Any, shape: str, name: str, empty: bool) -> Condition:
    if name in FIELDS or shape == "choice":
        return _vendor(vendor, "is" if empty else "is_not", "")
    return _vendor(vendor, "not_present" if empty else "present", "")


def _tags(
    vendor: Any, shape: str, name: str, condition: FieldCondition, context: Context
) -> tuple[list[Condition], list[Condition]]:
    values = condition.values
    if shape == "multiselect":
        values = [tag_of(name, str(value), context) for value in values]
    operator = "not_includes" if condition.operator == "has_none" else "includes"
    if shape == "tags" and condition.operator in ("has_any", "has_none"):
        return [_vendor(vendor, operator, " ".join(values))], []
    several = [_vendor(vendor, operator, value) for value in values]
    return ([], several) if condition.operator == "has_any" else (several, [])


def _on_scale(name: str, operator: str, word: str) -> tuple[str, str]:
    scale = _SCALES[name]
    place = scale.index(word) if word in scale else len(scale) + 1
    if operator == "at_least":
        operator, place = "after", place - 1
    elif operator == "at_most":
        operator, place = "before", place + 1
    if not 0 <= place < len(scale):
        raise CannotSend(f"`{operator}: {word}` does not tell tickets apart by their {name}: leave the condition out")
    value = FIELDS[name].words.get(scale[place], scale[place])
    return {"after": "greater_than", "before": "less_than"}[operator], value


def _on_calendar(operator: str, value: str) -> tuple[str, str]:
    plain = {"before": "less_than", "after": "greater_than"}
    if operator in plain:
        return plain[operator], value
    days = str(minutes(value) // DAY)
    return {"within_next": "within_next_n_days", "within_last": "within_previous_n_days"}[operator], days


# ------------------------------------------------------------ and back


def declared_conditions(groups: Any, names: Names, place: Place) -> dict[str, list[dict[str, Any]]]:
    """`when` and `when_any` as the YAML has them, without those that are empty."""
    groups = groups or {}
    all_of, any_of = groups.get("all") or [], groups.get("any") or []
    when = _gathered([_back(condition, names, place) for condition in all_of], "is_not", "is_none_of")
    one_of = _gathered([_back(condition, names, place) for condition in any_of], "is", "is_one_of")
    if len(one_of) == 1 and len(any_of) > 1:
        when, one_of = [*when, *one_of], []
    result = {}
    if when or not one_of:
        result["when"] = when
    if one_of:
        result["when_any"] = one_of
    return result


def _gathered(conditions: list[dict[str, Any]], single: str, several: str) -> list[dict[str, Any]]:
    """Several of one field and operator as one condition with a list."""
    by_field: dict[str, list[Any]] = {}
    for condition in conditions:
        if single in condition:
            by_field.setdefault(condition["field"], []).append(condition[single])
    result: list[dict[str, Any]] = []
    for condition in conditions:
        values = by_field.get(condition.get("field", ""), []) if single in condition else []
        if len(values) < 2:
            result.append(condition)
        elif values[0] == condition[single]:
            result.append({"field": condition["field"], several: values})
    return result


def _back(condition: Mapping[str, Any], names: Names, place: Place) -> dict[str, Any]:
    vendor, operator = str(condition["field"]), str(condition["operator"])
    value = condition.get("value")
    waiting = declared_waiting(vendor, operator, value, in_days=place == "deletion_schedules")
    if waiting is not None:
        return waiting
    if vendor == "update_type":
        return {"event": "created" if value == "Create" else "updated"}
    if vendor == "within_schedule":
        return {"in_hours" if operator == "is" else "outside_hours": names.key("zendesk:Schedule", value)}
    if vendor == "current_tags":
        return _tags_back(operator, str(value or ""), names, place)
    if vendor == "via_id" and operator in ("includes", "not_includes"):
        return _ways_back(operator, value)
    name = field_word(vendor, names)
    if operator in _CHANGES:
        return {"field": name, operator: True}
    if operator in ("present", "not_present") or (value in (None, "") and operator in ("is", "is_not")):
        return {"field": name, "empty": operator in ("is", "not_present")}
    if name in ("subject", "comment_text"):
        word = _TEXT_BACK[operator]
        return {"field": name, word: str(value).split() if word.endswith("word") else value}
    if operator in ("less_than", "greater_than"):
        return {"field": name, **_compared_back(name, operator, value)}
    if operator in ("within_next_n_days", "within_previous_n_days"):
        return {"field": name, "within_next" if "next" in operator else "within_last": f"{value}d"}
    if name == "status_detail" and operator in _LISTED.values():
        listed = value if isinstance(value, list) else [value]
        keys = [value_word(name, each, names) for each in listed]
        word = "is" if operator == "includes" else "is_not"
        return {"field": name, word: keys[0]} if len(keys) == 1 else {"field": name, _LISTS[word]: keys}
    if operator in ("includes", "not_includes"):
        return {"field": name, "has" if operator == "includes" else "has_none": value_word(name, value, names)}
    return {"field": name, _PLAIN_BACK.get(operator, operator): value_word(name, value, names)}


def _tags_back(operator: str, value: str, names: Names, place: Place) -> dict[str, Any]:
    tags = value.split()
    if place in BY_TAG:
        found = [_customer_option(tag, names) for tag in tags]
        if found and all(found) and len({entry[0] for entry in found if entry}) == 1:
            keys = [entry[1] for entry in found if entry]
            name = next(entry[0] for entry in found if entry)
            if names.values.get((TYPE, name)) == "multiselect":
                if operator != "includes":
                    return {"field": name, "has_none": keys}
                return {"field": name, "has": keys[0]} if len(keys) == 1 else {"field": name, "has_any": keys}
            word = "is" if operator == "includes" else "is_not"
            return {"field": name, word: keys[0]} if len(keys) == 1 else {"field": name, _LISTS[word]: keys}
    if operator == "includes":
        return {"field": "tags", "has": tags[0]} if len(tags) == 1 else {"field": "tags", "has_any": tags}
    return {"field": "tags", "has_none": tags}


_LISTS = {"is": "is_one_of", "is_not": "is_none_of"}


def _customer_option(tag: str, names: Names) -> tuple[str, str] | None:
    return next(((name, key) for (name, value), key in names.values.items() if value == tag and "." in name), None)


def _compared_back(name: str, operator: str, value: Any) -> dict[str, Any]:
    if name in _SCALES:
        word = value_word(name, value, Names())
        scale = _SCALES[name]
        if name == "priority" and operator == "greater_than" and word in scale[:-1]:
            return {"at_least": scale[scale.index(word) + 1]}
        return {"before" if operator == "less_than" else "after": word}
    text = str(value)
    if text.replace(".", "", 1).replace("-", "", 1).isdigit():
        number = float(text) if "." in text else int(text)
        return {"less_than" if operator == "less_than" else "more_than": number}
    return {"before" if operator == "less_than" else "after": value}
