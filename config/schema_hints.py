"""What to write instead of a value that stands where something else should be."""

from __future__ import annotations

import re
from typing import Any

from config.forms import span_meant
from config.kinds.actions import VERBS
from config.kinds.schedules import DAYS
from config.vocabulary import ACTION_FIELDS, OPERATORS
from config.words import as_key, nearest

_TRUE = {"yes", "on", "y", "true", "1"}
_FALSE = {"no", "off", "n", "false", "0"}
_SEVERAL = {
    "is": ("is_one_of",),
    "is_not": ("is_none_of",),
    "has": ("has_any", "has_all"),
    "contains": ("has_word",),
}
"""Operators for one value, and those for several."""
_EXAMPLES = {
    "set": "{set: FIELD, to: VALUE}",
    "add_tags": "{add_tags: [TAG]}",
    "remove_tags": "{remove_tags: [TAG]}",
    "replace_all_tags": "{replace_all_tags: [TAG]}",
    "email": "{email: people/KEY, subject: …, body: …}, or {email: requester, …}, which mails the customer",
    "slack": "{slack: slack_channels/KEY, text: …}",
    "call": "{call: webhooks/KEY, body: {…}}",
    "reply": "{reply: public, text: …}",
    "send_survey": "{send_survey: KEY}",
}
PARTS = {
    "condition_form": {*OPERATORS, "clock"},
    "action_form": {"to", "subject", "body", "text", "query"},
}
"""What cannot begin an entry of a list, but goes on with one."""
_BELONGS_ABOVE = "It belongs to the entry above: write it there, without a dash of its own."
_ONE_CONDITION = "Each entry of the list is one condition, for example  {field: priority, is: high}"


def shown(value: Any) -> str:
    """A value as the YAML has it, short."""
    if isinstance(value, dict):
        return "a map"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    text = str(value)
    return f"`{text if len(text) <= 60 else text[:57] + '…'}`"


def flow(value: Any) -> str:
    """A small value as one writes it between brackets."""
    if isinstance(value, list):
        return f"[{', '.join(flow(each) for each in value)}]"
    if isinstance(value, dict) and len(value) <= 3:
        return f"{{{', '.join(f'{name}: {flow(each)}' for name, each in value.items())}}}"
    if isinstance(value, bool):
        return str(value).lower()
    return "…" if isinstance(value, dict) or value is None or len(str(value)) > 40 else str(value)


def is_rest(form: str, given: Any) -> bool:
    """Whether an entry of a list holds nothing but what belongs to the entry above it."""
    return isinstance(given, dict) and bool(given) and set(given) <= PARTS[form]


def is_action(given: Any) -> bool:
    """Whether something is an action, at least by its verb."""
    return isinstance(given, dict) and bool(set(given) & set(VERBS))


def condition_form(given: Any) -> tuple[str, str]:
    """(message, hint) for something that is no condition; an empty message where the usual one fits."""
    if is_rest("condition_form", given):
        return "this is no condition of its own", _BELONGS_ABOVE
    if is_action(given):
        return "this is an action, and stands among the conditions", "Write  then:  above it."
    return "", condition_hint(given)


def condition_hint(given: Any) -> str:
    """What to write for something that is no condition."""
    if isinstance(given, str):
        return _condition_of_text(given)
    if isinstance(given, list):
        return "Write the condition without brackets around it; alternatives stand under `when_any`."
    if not isinstance(given, dict):
        return _ONE_CONDITION
    glued = next((word for word in given if re.match(r"[a-z_]+:\S", word)), None)
    if glued:
        return f"A space is missing after the colon:  {glued.replace(':', ': ', 1)}"
    if set(given) & {"or", "any", "and", "all"}:
        return "Conditions that must all hold stand under `when`, alternatives under `when_any`; nothing is nested."
    if len(given) == 1:
        name, value = next(iter(given.items()))
        if isinstance(value, str | int | float | list) and as_key(name) == name:
            return f"Write  {{field: {name}, {'is_one_of' if isinstance(value, list) else 'is'}: {flow(value)}}}"
    return _ONE_CONDITION


def _condition_of_text(given: str) -> str:
    event = nearest(given, ("created", "updated")) if " " not in given else ()
    if event:
        return f"Write  {{event: {event[0]}}}"
    found = re.fullmatch(r"([\w.]+) *(?:is|==?|:) *([\w-]+)", given)
    return f"Write  {{field: {found[1]}, is: {found[2]}}}" if found else _ONE_CONDITION


def action_form(given: Any) -> tuple[str, str]:
    """(message, hint) for something that is no action; an empty message where the usual one fits."""
    if isinstance(given, str):
        verb = next((word for word in VERBS if re.match(rf"{word}\b", given)), None)
        return "", f"Write  {_EXAMPLES[verb]}" if verb else ""
    if not isinstance(given, dict) or not given:
        return "", ""
    if is_rest("action_form", given):
        return "this is no action of its own", _BELONGS_ABOVE
    verbs = [word for word in given if word in VERBS]
    if len(verbs) > 1:
        return "", f"Write each action as an entry of its own: {', '.join(f'`{verb}: …`' for verb in verbs)}."
    word, value = next(iter(given.items()))
    glued = word.partition(":")
    if glued[0] in VERBS:
        return f"there is no action `{word}`", f"A space is missing after the colon:  {glued[0]}: {glued[2]}"
    return f"there is no action `{word}`", _instead_of_verb(word, value, given)


def _instead_of_verb(word: str, value: Any, given: dict[str, Any]) -> str:
    field = word.removeprefix("set_")
    if word == "field":
        return f"Write  {{set: {flow(value)}, to: {flow(given.get('to', given.get('is', '…')))}}}"
    if field in ACTION_FIELDS:
        return f"Write  {{set: {field}, to: {flow(value)}}}"
    if word.startswith("assign"):
        return f"Write  {{set: group, to: {flow(value)}}}  or, for a person,  {{set: assignee, to: {flow(value)}}}"
    if "note" in word:
        return "Write  {reply: internal, text: …}"
    near = nearest(word, VERBS)
    if near and near[0] in ("add_tags", "remove_tags"):
        return f"Write  {{{near[0]}: {flow(value if isinstance(value, list) else [value])}}}"
    return f"Write  {_EXAMPLES[near[0]]}" if near else f"There are: {', '.join(VERBS)}."


def verb_hint(verb: str, given: Any) -> str:
    """What to write where an action's verb has something else than what it takes."""
    if verb == "set" and isinstance(given, dict):
        one = ", ".join(f"{{set: {name}, to: {flow(value)}}}" for name, value in list(given.items())[:3])
        return f"Write  {one}"
    if verb == "reply" and isinstance(given, str) and not nearest(given, ("public", "internal")):
        return f"Write  {{reply: public, text: {flow(given)}}}"
    return f"Write  {_EXAMPLES[verb]}" if isinstance(given, dict) and verb in _EXAMPLES else ""


def boolean_hint(given: Any) -> str:
    word = str(given).lower()
    return "Write  true" if word in _TRUE else "Write  false" if word in _FALSE else "Write true or false."


def list_hint(name: str, given: Any, behind: str) -> str:
    """What to write where a list should be. behind: what the line says from the value on."""
    if name in DAYS:
        return _day_hint(given)
    if isinstance(given, dict):
        return _list_of_map(name, given, behind)
    if not isinstance(given, str):
        return ""
    if given.startswith("-"):
        return f"A space is missing after the dash:  - {given[1:].split(' -')[0]}"
    if name in ("when", "when_any"):
        return condition_hint(given).replace("Write  {", "Begin the entry with a dash:  - {")
    if name == "then":
        return action_form(given)[1].replace("Write  {", "Begin the entry with a dash:  - {")
    return f"Write  [{given}]" if len(given) <= 40 else "Put it in square brackets."


def _day_hint(given: Any) -> str:
    """What to write for a day's opening hours."""
    if isinstance(given, dict):
        given = f"{given.get('from', '')}-{given.get('to', '')}"
    if str(given).lower() in ("closed", "none", "off", "false", "-"):
        return "Write  []  for a day that is closed."
    return f'Write  ["{span_meant(str(given)) or "09:00-17:00"}"]'


def _list_of_map(name: str, given: dict[str, Any], behind: str) -> str:
    first = next(iter(given), "")
    if name == "holidays" and first not in ("name", "date"):
        return "Begin each entry with a dash:  - {name: Christmas Day, date: 2026-12-25}"
    if first.startswith("-"):
        return f"A space is missing after the dash:  - {first[1:]}: {flow(given[first])}"
    if name in ("when", "when_any") and set(given) & {"all", "any", "and", "or"}:
        return "Write the list itself: under `when` all must hold, under `when_any` at least one."
    if first and isinstance(given[first], dict):
        return "Write a list: each entry begins with a dash."
    if behind.startswith("{"):
        return f"Begin the entry with a dash, or put brackets around it:  [{flow(given)}]"
    return f"Begin each entry with a dash:  - {first}: {flow(given[first])}" if first else "Write  []  for none."


def map_hint(needed: list[str], known: list[str], given: Any) -> str:
    """What to write where attributes should be. needed, known: the attributes that must and may stand there."""
    if isinstance(given, list):
        return f"Leave out the dashes; its attributes are: {_first(known)}." if known else keyed_hint(given)
    if not isinstance(given, str):
        return f"Its attributes are: {_first(known)}." if known else ""
    glued = re.match(r"([\w-]+):(\S.*)", given)
    if glued and glued[1] in known:
        return f"A space is missing after the colon:  {glued[1]}: {glued[2]}"
    spaced = re.match(r"([\w-]+) *[=： ] *(\S.*)", given)
    if spaced and spaced[1] in known:
        return f"A colon is missing:  {spaced[1]}: {spaced[2]}"
    if "date" in known and re.match(r"[0-9]{4}-", given):
        return f"Write  {{name: …, date: {given}}}"
    if needed:
        words = ", ".join(f"{name}: {given if name == 'name' or len(needed) == 1 else '…'}" for name in needed)
        return f"Write  {{{words}}}"
    if known:
        return f"Write its attributes below it, indented: {_first(known)}."
    return "Write its attributes below it, indented, each as  name: value"


def _first(known: list[str]) -> str:
    return f"{', '.join(known[:6])}{', …' if len(known) > 6 else ''}"


def keyed_hint(given: list[Any], *, objects: bool = False) -> str:
    """What to write for a list that should be a map of keys: the first of its entries, with a key.

    objects: whether a key's content is an object, which has its name inside.
    """
    first = given[0] if given else None
    if isinstance(first, dict) and first:
        name, value = next(iter(first.items()))
        key, content = (as_key(str(value)), "") if name in ("name", "key") else (as_key(name), flow(value))
        example = f"{key}: {content}".rstrip() if not isinstance(value, dict) else f"{key}:"
        return f"Leave out the dashes; each entry has a key:  {example}" if key else "Leave out the dashes."
    if isinstance(first, str) and as_key(first):
        content = f"{{name: {flow(first)}}}" if objects else flow(first)
        return f"Leave out the dashes; each entry has a key:  {as_key(first)}: {content}"
    return "Leave out the dashes; each entry has a key."


def text_hint(name: str, given: Any, behind: str) -> str:
    """What to write where a text should be. behind: what the line says from the value on."""
    if isinstance(given, list):
        if name in _SEVERAL:
            several = " or ".join(f"`{each}`" for each in _SEVERAL[name])
            return f"`{name}` takes one value; for several write {several}:  {_SEVERAL[name][0]}: {flow(given)}"
        return f'If it is meant as text, put it in quotes: "{behind.strip()}".' if behind.startswith("[") else ""
    if isinstance(given, dict) and given and all(value is None for value in given.values()):
        inside = ", ".join(given)
        return f'Put it in quotes:  "{"$" if inside.startswith("values.") else ""}{{{inside}}}"'
    if given is None and behind.startswith(("&", "!")):
        return f"Put a text that begins with {behind[0]} in quotes."
    if given is None and (comment := re.search(r"(?:^|\s)(#\S.*)", behind)):
        return f'What follows # is a comment. Put the text in quotes:  "{comment[1].strip()}"'
    if isinstance(given, int | float | bool):
        return f'If it is meant as text, put it in quotes: "{str(given).lower()}".'
    return ""
