"""When customer success managers are brought in, and who is told where nobody knows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import Field

from checklists.facts import Facts
from checklists.item import Figure
from checklists.probes.base import Answer, Probe
from checklists.probes.declared import active
from checklists.probes.placeholders import all_texts
from config.declaration import Declared
from config.kinds.actions import AddTagsAction, EmailAction, SlackAction
from config.kinds.conditions import FieldCondition
from config.kinds.integrations import CrmMapping
from config.model import Key, Model, defaults_to, required
from config.words import some

_RULES = ("triggers", "automations")
_WORDS: Mapping[str, str] = {
    "senior_account": "a senior account",
    "disputed_amount": "a disputed amount",
    "repeat_contacts": "repeated contacts",
    "risk_words": "words of a customer who may leave",
}
_COUNTS = ("reopens", "replies")
"""What the helpdesk counts of a ticket and a customer feels as coming back."""
_SPEECH = ("comment_text", "subject")
_OTHERWISE = re.compile(r"\{%-?\s*(if|unless|case)\b|\|\s*default\s*:")
"""Liquid that says something else where a value is missing."""


class CsmBridge(Probe):
    """Four signs each mark a ticket for the customer success manager, by a rule, and somebody is told of the mark:
    a senior account (a condition on what the CRM fills), a disputed amount, repeated contacts, and the project's words.
    A sign may come by a tag that another rule sets. What marks without any of the four is a warning."""

    name = "csm_bridge"
    lasts = "1d"

    class Parameters(Model):
        """The project's figures, and by what a marked ticket is known."""

        senior_account: str = required(description="Which accounts are senior, as the project says it.")
        disputed_amount: int | float | Figure = required(description="From which amount on.")
        repeat_contacts: Annotated[int, Field(ge=1)] | Figure = required(description="After how many contacts.")
        risk_words: list[str] | Figure = required(description="Words that hint that the customer may leave.")
        mark: str = defaults_to("csm-review", description="The tag of a ticket that waits for the success manager.")
        amount_field: Key = defaults_to("disputed_amount", description="The ticket field that holds what is disputed.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        signs = _Signs(facts, given.amount_field)
        marking = {name: signs.of(item) for name, item in _rules(facts).items() if given.mark in _tags_set(item)}
        there = {sign for found in marking.values() for sign in found}
        missing = [words for sign, words in _WORDS.items() if sign not in there]
        silent = sorted({each.lower() for each in given.risk_words} - signs.words)
        without = [name for name, found in marking.items() if not found]
        told = list(_telling(facts, given.mark))
        numbers = {"signs": len(there), "rules": len(marking), "words_missing": len(silent)}
        looked_at = [{name: sorted(found) for name, found in marking.items()}, silent, told]
        if missing:
            said = f"No rule marks a ticket ({given.mark}) for {some(missing)}."
        elif silent:
            said = f"No rule listens for {some(silent)}, which the project names."
        elif not told:
            said = f"Rules mark tickets ({given.mark}), and nobody is told of it."
        else:
            said = ""
        if said:
            return Answer("fail", said, numbers, looked_at)
        if without:
            verb = "marks" if len(without) == 1 else "mark"
            return Answer("warn", f"{some(without)} {verb} tickets by none of the four signs.", numbers, looked_at)
        return Answer("pass", f"All four signs mark a ticket; told by {some(told)}.", numbers, looked_at)


class CsmStandIn(Probe):
    """What tells the customer success manager of a marked ticket names somebody else, too, for customers of whom no
    manager is known: a person of the files, or Liquid that says otherwise."""

    name = "csm_stand_in"
    lasts = "1d"

    class Parameters(Model):
        """By what a marked ticket is known, and where the manager stands."""

        mark: str = defaults_to("csm-review", description="The tag of a ticket that waits for the success manager.")
        field: Key = defaults_to("csm", description="The customer field that holds the success manager.")

    def answer(self, given: Any, facts: Facts) -> Answer:
        telling = _telling(facts, given.mark)
        placeholder = re.compile(rf"organization\.(fields\.|custom_fields\.)?{re.escape(given.field)}\b")
        people = active(facts, "people").values()
        names = {part for item in people for part in (item.name, item.name.split()[0])}
        alone = []
        for name, item in telling.items():
            said = [text for text in all_texts(item, facts) if placeholder.search(text)]
            if said and not any(_OTHERWISE.search(text) or _names_one(text, names) for text in said):
                alone.append(name)
        numbers = {"telling": len(telling), "alone": len(alone)}
        looked_at = [sorted(telling), alone]
        if not telling:
            return Answer("fail", f"Nobody is told of a ticket that is marked {given.mark}.", numbers, looked_at)
        if alone:
            verb = "names" if len(alone) == 1 else "name"
            return Answer("fail", f"{some(alone)} {verb} the success manager and nobody else.", numbers, looked_at)
        verb = "reaches" if len(telling) == 1 else "reach"
        return Answer("pass", f"{some(list(telling))} {verb} somebody else, too.", numbers, looked_at)


class _Signs:
    """What rules go by. words: all that any of them listens for, in lower case."""

    def __init__(self, facts: Facts, amount_field: str) -> None:
        mapping = active(facts, "crm_mapping").get("crm_mapping")
        rows = mapping.value.rows if mapping is not None and isinstance(mapping.value, CrmMapping) else ()
        self._filled = {row.helpdesk for row in rows}
        self._amount_field = amount_field
        self._setting: dict[str, list[Declared]] = {}
        self.words: set[str] = set()
        for item in _rules(facts).values():
            for tag in _tags_set(item):
                self._setting.setdefault(tag, []).append(item)

    def of(self, item: Declared, followed: frozenset[str] = frozenset()) -> set[str]:
        """The signs by which a rule acts, those of rules that set its tags included. A segment beside another sign only
        narrows that one."""
        found, is_customers = set[str](), False
        for each in _conditions(item):
            if each.field in _COUNTS:
                found.add("repeat_contacts")
            elif each.field == self._amount_field:
                found.add("disputed_amount")
            elif each.field in _SPEECH and each.operator in ("has_word", "contains"):
                found.add("risk_words")
                self.words |= {str(value).lower() for value in each.values}
            elif each.field in self._filled:
                is_customers = True
            elif each.field == "tags" and each.operator in ("has", "has_any", "has_all"):
                for tag in {str(value) for value in each.values} - followed:
                    for other in self._setting.get(tag, ()):
                        found |= self.of(other, followed | {tag})
        return found or ({"senior_account"} if is_customers else set())


def _rules(facts: Facts) -> dict[str, Declared]:
    return {f"{kind}/{key}": item for kind in _RULES for key, item in active(facts, kind).items()}


def _conditions(item: Declared) -> Iterator[FieldCondition]:
    for each in [*item.value.when, *item.value.when_any]:
        if isinstance(each, FieldCondition):
            yield each


def _tags_set(item: Declared) -> set[str]:
    return {tag for action in item.value.then or () if isinstance(action, AddTagsAction) for tag in action.add_tags}


def _telling(facts: Facts, mark: str) -> dict[str, Declared]:
    """Alerts of tickets with a tag, and rules that post or mail the team because of it."""
    found = {}
    for kind in ("alerts", *_RULES):
        for key, item in active(facts, kind).items():
            asks = any(
                each.field == "tags" and each.operator.startswith("has") and each.operator != "has_none"
                and mark in each.values
                for each in _conditions(item)
            )  # fmt: skip
            if asks and (kind == "alerts" or any(_tells_team(action) for action in item.value.then or ())):
                found[f"{kind}/{key}"] = item
    return found


def _tells_team(action: object) -> bool:
    return isinstance(action, SlackAction) or (
        isinstance(action, EmailAction) and action.email.partition("/")[0] in ("groups", "people", "assignee")
    )


def _names_one(text: str, names: set[str]) -> bool:
    return any(re.search(rf"\b{re.escape(name)}\b", text) for name in names)
