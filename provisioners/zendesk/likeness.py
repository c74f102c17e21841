"""One form for what is wanted and what is live: the vendor's echoes are undone by comparing with the wanted value.

Where a live value means the same as the wanted one, the wanted one is returned, so that equal means nothing to do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Hashable, Sequence
from typing import Any

WORD_LISTS = frozenset(
    {
        "set_tags",
        "current_tags",
        "remove_tags",
        "comment_includes_word",
        "subject_includes_word",
        "description_includes_word",
    }
)
"""Fields whose value is a list of words in one string, in any order."""

PHRASE_OPERATORS = frozenset({"is", "is_not"})
"""With these the text fields hold one phrase, whose order counts."""


_HEADLINE = re.compile(r"(/hc/[a-z]{2,3}(?:-[a-z0-9]{2,8})*/articles/[0-9]+)-[\w%-]+")

EVERY_CHANNEL = "channel:all"
"""What Zendesk's editor puts before the text of a macro's comment that is for every channel, as one is without it."""


def without_headlines(text: str) -> str:
    """A text whose links to articles end with the article's number: what stands behind it, the headline as it once was,
    leads nowhere else."""
    return _HEADLINE.sub(r"\1", text)


def alike(live: Any, wanted: Any) -> Any:
    """The live value, in the spelling of the wanted one where they mean the same.

    Ids come as numbers or strings, no value as null or empty text, false as null, one value alone or in a list.
    """
    if live == wanted and isinstance(live, bool) == isinstance(wanted, bool):
        return wanted
    if live in (None, "") and wanted in (None, ""):
        return wanted
    if isinstance(wanted, bool):
        return live in (True, "true") if isinstance(live, (bool, str)) or live is None else live
    if isinstance(wanted, str):
        text = as_text(live[0] if isinstance(live, list) and len(live) == 1 else live)
        return wanted if isinstance(text, str) and text.replace("\r\n", "\n") == wanted else text
    if isinstance(wanted, dict) and isinstance(live, dict):
        return {name: alike(live.get(name), value) for name, value in wanted.items()}
    if isinstance(wanted, list) and isinstance(live, list):
        texts = any(isinstance(item, str) for item in wanted)
        return [
            alike(item, wanted[index]) if index < len(wanted) else as_text(item) if texts else item
            for index, item in enumerate(live)
        ]
    return live


def as_text(value: Any) -> Any:
    """Numbers and booleans as the vendor writes them inside texts; other values unchanged."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    return value


def matched(
    live: Sequence[Any], wanted: Sequence[Any], meaning: Callable[[Any], Hashable], *, ordered: bool
) -> list[Any]:
    """Live items, each replaced by the wanted item of the same meaning; in the wanted order unless `ordered`."""
    open_items = list(enumerate(wanted))
    result: list[tuple[int, Any]] = []
    for item in live:
        place = next((place for place in open_items if meaning(place[1]) == meaning(item)), None)
        if place is None:
            result.append((len(wanted), item))
        else:
            open_items.remove(place)
            result.append(place)
    if not ordered:
        result.sort(key=lambda entry: entry[0])
    return [item for _, item in result]


def _value_meaning(field: str, operator: str, value: Any) -> Hashable:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, list):
        return tuple(sorted(str(as_text(item)) for item in value))
    text = as_text(value)
    if text in (None, ""):
        return ""
    if field in WORD_LISTS and not (field.endswith("_word") and operator in PHRASE_OPERATORS):
        return tuple(sorted(str(text).split()))
    return str(text)


def condition_meaning(condition: Any) -> Hashable:
    """What a condition says, whatever the spelling of its value."""
    field, operator = condition.get("field", ""), condition.get("operator") or ""
    return field, operator, _value_meaning(field, operator, condition.get("value"))


def _plain_condition(condition: Any) -> dict[str, Any]:
    value = condition.get("value")
    shown = [as_text(item) for item in value] if isinstance(value, list) else as_text(value)
    return {"field": condition.get("field"), "operator": condition.get("operator"), "value": shown}


def conditions(live: Any, wanted: Any) -> dict[str, Any]:
    """The two groups of conditions of a rule or an SLA policy; within a group the order has no meaning."""
    live, wanted = live or {}, wanted or {}
    return {
        group: matched(
            [_plain_condition(item) for item in live.get(group) or []],
            wanted.get(group) or [],
            condition_meaning,
            ordered=False,
        )
        for group in ("all", "any")
    }


def action_meaning(action: Any) -> Hashable:
    """What an action does. A webhook's JSON body is compared as JSON: the vendor changes its white space."""
    field, value = action.get("field", ""), action.get("value")
    if field == "comment_value" and isinstance(value, list) and len(value) == 2 and value[0] == EVERY_CHANNEL:
        value = value[1]
    if isinstance(value, list):
        bodies = [_body_meaning(as_text(item)) for item in value]
        return field, tuple(_without_white_space(each) if field == "notification_webhook" else each for each in bodies)
    return field, _value_meaning(field, "", value)


def _body_meaning(value: Any) -> Hashable:
    if isinstance(value, list):
        return tuple(_body_meaning(item) for item in value)
    if isinstance(value, str):
        text = without_headlines(value.replace("\r\n", "\n"))
        if text.startswith(("{", "[")):
            try:
                return json.dumps(json.loads(text), sort_keys=True)
            except ValueError:
                return text
        return text
    return str(value)


_BETWEEN = re.compile(r">\s+<")


def _without_white_space(body: Hashable) -> Hashable:
    """An XML body, in which white space between elements says nothing; any other as it is."""
    return _BETWEEN.sub("><", body.strip()) if isinstance(body, str) and body.lstrip().startswith("<") else body


def _plain_action(action: Any) -> dict[str, Any]:
    value = action.get("value")
    shown = [as_text(item) for item in value] if isinstance(value, list) else as_text(value)
    return {"field": action.get("field"), "value": shown}


def actions(live: Any, wanted: Any) -> list[Any]:
    """The actions of a rule or macro, in their order."""
    return matched([_plain_action(item) for item in live or []], wanted or [], action_meaning, ordered=True)


def raw(body: dict[str, Any], name: str, wanted: Any) -> Any:
    """A text before the vendor fills in placeholders.

    The vendor's own default objects have placeholders of its own (`{{zd.…}}`); people know the filled-in text.
    """
    filled_in, source = body.get(name), body.get(f"raw_{name}")
    if source is None or (filled_in == wanted and str(source).startswith("{{zd.")):
        return filled_in
    return source
