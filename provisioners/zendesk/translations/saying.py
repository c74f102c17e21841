"""Live conditions and actions in the vocabulary's words, each proved by being sent back; others in Zendesk's own.

A rule that somebody made by hand may say what the vocabulary has no word for. That piece alone is then written as
`{zendesk: {…}}`, in its place, with keys in place of ids where it names something that is declared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter, ValidationError

from config.kinds.actions import Action
from config.kinds.conditions import Condition
from config.rules.field_values import wrong_value
from config.vocabulary import ACTION_FIELDS, TICKET, Place
from provisioners.resource import with_symbols
from provisioners.sighting import Part
from provisioners.translation import Context, Names
from provisioners.zendesk.likeness import action_meaning, condition_meaning
from provisioners.zendesk.translations import actions as acting
from provisioners.zendesk.translations.actions import compiled_actions, declared_actions
from provisioners.zendesk.translations.base import CannotSend
from provisioners.zendesk.translations.conditions import compiled_condition, compiled_conditions, declared_conditions
from provisioners.zendesk.translations.options import options_of
from provisioners.zendesk.translations.speech import Hearing, Speech
from provisioners.zendesk.translations.vendor_fields import shape_of
from provisioners.zendesk.translations.vendor_pieces import vendor_words_of

_CONDITION: TypeAdapter[Any] = TypeAdapter(Condition)
_ACTION: TypeAdapter[Any] = TypeAdapter(Action)

_GROUPS = (("when", "all"), ("when_any", "any"))
_COMPARED = ("is", "is_not", "more_than", "less_than")
"""Operators whose value is one of the field."""
Said = dict[str, Any]

_UNHEARD = (KeyError, TypeError, ValueError, IndexError)
"""What reading a live rule ends in whose form nobody has described: it is written in Zendesk's own words then."""


def said_conditions(groups: Any, names: Names, context: Context, place: Place) -> dict[str, list[Said]]:
    """`when` and `when_any`, so that they mean exactly what is live."""
    groups = groups or {}
    sayable = {
        name: [_is_sayable(each, names, context, place) for each in groups.get(name) or []] for name in ("all", "any")
    }
    plain = {
        name: [each for each, can in zip(groups.get(name) or [], sayable[name], strict=True) if can]
        for name in ("all", "any")
    }
    for words in (declared_conditions(plain, names, place), _ungathered(plain, names, place)):
        found = {
            word: listed
            for word, name in _GROUPS
            if (listed := _with_strange(words.get(word, []), groups.get(name) or [], sayable[name], names))
        }
        if _mean(found, groups, names, context, place):
            return found
    return {
        word: [{"zendesk": vendor_words_of(condition, names)} for condition in groups[name]]
        for word, name in _GROUPS
        if groups.get(name)
    }


def _with_strange(
    words: list[Said], conditions: list[Mapping[str, Any]], sayable: list[bool], names: Names
) -> list[Said]:
    """Our words, and in their places those that only Zendesk has; where some of ours stand for several, at the end."""
    strange = [
        {"zendesk": vendor_words_of(each, names)} for each, can in zip(conditions, sayable, strict=True) if not can
    ]
    if len(words) != sum(sayable):
        return [*words, *strange]
    ours, others = iter(words), iter(strange)
    return [next(ours) if can else next(others) for can in sayable]


def _ungathered(plain: Mapping[str, list[Mapping[str, Any]]], names: Names, place: Place) -> dict[str, list[Said]]:
    """Each condition by itself."""
    return {
        word: [declared_conditions({"all": [each]}, names, place)["when"][0] for each in plain[name]]
        for word, name in _GROUPS
    }


def _is_sayable(condition: Mapping[str, Any], names: Names, context: Context, place: Place) -> bool:
    """Whether a condition comes back as it was when our words for it are sent."""

    def sent() -> list[Any]:
        (word,) = declared_conditions({"all": [condition]}, names, place)["when"]
        field = word.get("field", "")
        _check_values(field, list(word.values())[1:])
        _check_shape(field, [word[each] for each in _COMPARED if each in word], context)
        all_of, any_of = compiled_condition(_CONDITION.validate_python(word), context, place)
        return [*all_of, *any_of]

    compiled = _tried(sent, names)
    return compiled is not None and [condition_meaning(each) for each in compiled] == [condition_meaning(condition)]


def _mean(found: Mapping[str, list[Said]], groups: Any, names: Names, context: Context, place: Place) -> bool:
    """Whether conditions in our words are the live ones, in whatever order."""

    def sent() -> Any:
        when, when_any = ([_CONDITION.validate_python(each) for each in found.get(word, ())] for word, _ in _GROUPS)
        return compiled_conditions(when, when_any, context, place)

    compiled = _tried(sent, names)
    if compiled is None:
        return False
    return all(
        sorted(map(repr, map(condition_meaning, compiled[name])))
        == sorted(map(repr, map(condition_meaning, groups.get(name) or [])))
        for name in ("all", "any")
    )


def said_actions(
    actions: Any, names: Names, context: Context, place: acting.Place, parts: Mapping[str, Part] = MappingProxyType({})
) -> list[Said]:
    """`then`, so that it does exactly what the live rule does, in its order.

    parts: those of the object that are dynamic content which golive has made of its texts.
    """
    found: list[Said] = []
    for piece in _pieces(actions or []):
        wanted = [action_meaning(each) for each in piece]
        for each in (names, replace(names, raw_texts=True)):
            said = _words(piece, each)
            if said is not None and _does(said, wanted, names, context, place):
                found += said
                break
        else:
            found += [{"zendesk": vendor_words_of(each, names)} for each in piece]
    return _in_languages(found, Hearing(names, {part: (each.type, each.payload) for part, each in parts.items()}))


def _in_languages(said: list[Said], hearing: Hearing) -> list[Said]:
    """Actions whose texts are in several languages again. They are gone through in the order in which `Speech` has
    compiled them, since the content is named by the number of its text."""
    found: list[Said] = []
    for action in said:
        texts: Said = {}
        for word in ("subject", "body") if "email" in action else ("text",) if "reply" in action else ():
            heard = hearing.text(action[word], word)
            texts |= {word: heard} if isinstance(heard, Mapping) else {}
        found.append({**action, **texts})
    return found


def _pieces(actions: list[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Actions one by one; a comment together with the one that says who can read it."""
    found: list[list[Mapping[str, Any]]] = []
    for action in actions:
        if action["field"] == acting.REPLY_IS_PUBLIC and found and found[-1][0]["field"] == acting.REPLY:
            found[-1].append(action)
        else:
            found.append([action])
    return found


def _words(actions: list[Mapping[str, Any]], names: Names) -> list[Said] | None:
    try:
        return declared_actions(actions, Hearing(names))
    except _UNHEARD:
        return None


def _does(said: list[Said], wanted: list[Any], names: Names, context: Context, place: acting.Place) -> bool:
    def sent() -> list[Any]:
        for each in said:
            if each.get("set") in TICKET and each["set"] not in ACTION_FIELDS:
                raise ValueError(f"nothing of ours sets {each['set']}")
            to = [each["to"]] if each.get("to") is not None else []
            _check_values(each.get("set", ""), to)
            _check_shape(each.get("set", ""), to, context)
        return compiled_actions([_ACTION.validate_python(each) for each in said], Speech(context), place)

    compiled = _tried(sent, names)
    return compiled is not None and [action_meaning(each) for each in compiled] == wanted


def _check_values(field: str, values: list[Any]) -> None:
    """Raises ValueError for a value that is none of a closed table's words."""
    known = TICKET.get(field)
    if known is None or not known.values or known.kind:
        return
    for value in values:
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, str) and each not in known.values:
                raise ValueError(f"no word for {each}")


def _check_shape(field: str, values: list[Any], context: Context) -> None:
    """Raises ValueError for a value that a field of its type cannot have, as `3.50` where whole numbers are, and for an
    option that it has no more."""
    if field in TICKET or not values:
        return
    shape = shape_of(field, context.declared)
    owner, dot, key = field.partition(".")
    item = context.declared.get("customer_fields" if dot else "ticket_fields", key if dot else owner)
    known = options_of(item, context.declared) if item is not None else {}
    for value in values:
        wrong = wrong_value(shape, "is", value)
        if wrong:
            raise ValueError(wrong[0])
        for each in value if isinstance(value, list) else [value]:
            if known and each not in known:
                raise ValueError(f"{field} has no option {each}")


def _tried(sent: Callable[[], Any], names: Names) -> Any:
    """What would be sent, with ids; None where our words cannot be sent."""
    try:
        return with_symbols(sent(), names.ids)
    except (CannotSend, ValidationError, *_UNHEARD):
        return None
