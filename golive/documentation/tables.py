"""The tables of the chapters: fields, operators, actions and the words of closed sets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, get_args

import yaml

from config.kinds import ALL_KINDS
from config.kinds.conditions import DeadlineCondition
from config.model import From, Milestone, Phase
from config.vocabulary import ACTION_FIELDS, CHANGES, SHAPE_OF_TYPE, TICKET, Place
from golive.documentation import words
from golive.documentation.forms import attributes, heading, hints, link
from golive.documentation.kinds import attribute_table, common_attributes, index, removal_defaults, sections, table
from golive.documentation.probing import (
    ACTION_PLACES,
    CUSTOMER_TYPES,
    OWN_TYPES,
    Answer,
    ask_actions,
    ask_conditions,
    operators,
)

_PLACE_WORDS: dict[str, str] = {
    "triggers": "triggers",
    "automations": "automations",
    "sla_policies": "SLA policies",
    "views": "views",
    "alerts": "alerts",
    "macros": "macros",
}
_ANSWERS: dict[Answer, str] = {"yes": "yes", "later": "checked only", "no": "–"}
_PLACES: tuple[Place, ...] = ("triggers", "automations", "sla_policies", "views")


def ticket_fields() -> list[str]:
    """Every field of every ticket: what it is, its values, its operators, where it exists."""
    rows = []
    for name, field in TICKET.items():
        found = operators()[name]
        later = "later" in found["triggers"].values() or bool(field.kind and not ALL_KINDS[field.kind].applied)
        meaning = words.FIELD_WORDS[name] + (" (checked only)" if later else "")
        rows.append([f"`{name}`", meaning, _values(name), *_taken(name, _PLACES), _where(name)])
    return table(("field", "what it is", "values", "operators", "changes", "exists in"), rows)


def _values(name: str) -> str:
    field = TICKET[name]
    if field.kind:
        further = [f"`{word}`" for word in (*field.values, *field.words)]
        return ", ".join([f"key of {link(field.kind)}", *further])
    if field.values:
        return f"[words](#values-of-{name.replace('_', '-')})" if name in words.VALUE_WORDS else _listed(field.values)
    return {"number": "number", "tags": "tags", "text": "words"}.get(
        field.shape, "" if name == "organization" else "text"
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "–"


def _changes(found: Sequence[str]) -> str:
    if len(found) == len(CHANGES):
        return "all"
    return _listed(found)


def own_fields() -> list[str]:
    """Operators of the client's own ticket fields, by their type."""
    rows = [[f"`{word}`", *_taken(f"own_{word}", _PLACES), _where(f"own_{word}")] for word in OWN_TYPES]
    return table(("type", "operators", "changes (triggers only)", "exists in"), rows)


def _where(field: str) -> str:
    """The places in which a field exists."""
    places = [place for place in _PLACES if operators()[field][place]]
    return "everywhere" if len(places) == len(_PLACES) else ", ".join(_PLACE_WORDS[place] for place in places)


def customer_fields() -> list[str]:
    """Operators of the fields of organisations and requesters, by their type."""
    rows = []
    for word in CUSTOMER_TYPES:
        organization, requester = f"organization.organization_{word}", f"requester.requester_{word}"
        taken = _taken(organization, ("triggers", "automations"))
        if taken != _taken(requester, ("triggers", "automations")):
            raise ValueError(f"{word} takes other operators for requesters: the table needs a column")
        tagged = operators()[organization]["sla_policies"]
        later = " (checked only)" if "later" in tagged.values() else ""
        rows.append([f"`{word}`", *taken, _listed(list(tagged)) + later])
    head = ("type", "operators in triggers and automations", "changes (triggers only)")
    return table((*head, "`organization.KEY` in SLA policies and views"), rows)


def _taken(field: str, places: Sequence[str]) -> list[str]:
    """A field's operators, which must be the same in all the places where it exists, and its changes."""
    found = operators()[field]
    plain = [operator for operator in found["triggers"] if operator not in CHANGES]
    for place in places[1:]:
        if found[place] and list(found[place]) != plain:
            raise ValueError(f"{field} takes other operators in {place} than in triggers: the table needs a column")
    return [_listed(plain), _changes([operator for operator in found["triggers"] if operator in CHANGES])]


def operator_words() -> list[str]:
    """What each operator asks, with an example, and which sorts of fields take it."""
    rows = []
    for operator, (example, meaning) in words.OPERATOR_WORDS.items():
        shapes = [
            shape
            for shape in words.SHAPE_WORDS
            if any(operator in operators()[name]["triggers"] for name in _of_shape(shape))
        ]
        sorts = (
            "every sort" if len(shapes) == len(words.SHAPE_WORDS) else ", ".join(words.SHAPE_WORDS[s] for s in shapes)
        )
        rows.append([f"`{operator}`", f"`{example}`", meaning, sorts])
    return table(("operator", "example", "the field …", "for fields of the sort (not every one)"), rows)


def _of_shape(shape: str) -> list[str]:
    own = [f"own_{word}" for word in OWN_TYPES if SHAPE_OF_TYPE[word] == shape]
    theirs = [f"organization.organization_{word}" for word in CUSTOMER_TYPES if SHAPE_OF_TYPE[word] == shape]
    return [*(name for name, field in TICKET.items() if field.shape == shape), *own, *theirs]


def sorts() -> list[str]:
    """Which fields are of which sort."""
    rows = []
    for shape, meaning in words.SHAPE_WORDS.items():
        theirs = [name for name, field in TICKET.items() if field.shape == shape]
        own = [word for word in OWN_TYPES if SHAPE_OF_TYPE[word] == shape]
        rows.append([meaning, _listed(theirs), _listed(own)])
    return table(("sort", "fields of every ticket", "your own fields of the type"), rows)


OTHER_CONDITIONS: tuple[tuple[str, str], ...] = (
    ("{event: created}", "the ticket has just been made"),
    ("{event: updated}", "it has just been changed, or somebody has written on it"),
    ("{in_hours: office}", "it is now inside this schedule's hours"),
    ("{outside_hours: office}", "it is now outside of them"),
    ("{hours_since: pending, more_than: 24h}", "so long ago something happened to the ticket"),
    ("{hours_since: pending, is: 9h, clock: business}", "the same, counted in business hours"),
    ("{hours_until: next_sla_breach, less_than: 2h}", "so soon a promise will be broken"),
    ("{hours_until: due, less_than: 24h}", "so soon a task is due"),
)


def other_conditions() -> list[str]:
    """Conditions that are not on a field, and where each can stand."""
    places = (*_PLACES, "alerts")
    asked = [(place, yaml.safe_load(text)) for text, _ in OTHER_CONDITIONS for place in places]
    in_when = ask_conditions(asked)
    in_any = ask_conditions(asked, "when_any")
    rows = []
    for number, (text, meaning) in enumerate(OTHER_CONDITIONS):
        start = number * len(places)
        answers = in_when[start : start + len(places)]
        only_when = "no" if all(each == "no" for each in in_any[start : start + len(places)]) else "yes"
        rows.append([f"`{text}`", meaning, *(_ANSWERS[each] for each in answers), only_when])
    return table(("condition", "asks", *(_PLACE_WORDS[place] for place in places), "in `when_any`, too"), rows)


ACTIONS: tuple[tuple[str, str], ...] = (
    ("{set: group, to: workshop}", "sets a field; `to: null` clears it"),
    ("{add_tags: [vip]}", "adds tags; the others stay"),
    ("{remove_tags: [vip]}", "takes tags away"),
    ("{replace_all_tags: [clean]}", "the ticket has only these tags afterwards"),
    ("{email: requester, subject: Received, body: We have it.}", "sends a mail"),
    ("{slack: slack_channels/support_alerts, text: Look}", "posts into a Slack channel; it mentions nobody"),
    (
        '{call: webhooks/pager, body: {message: "P1 {{ticket.id}}"}}',
        "calls a webhook and sends `body` in its `format`",
    ),
    ('{call: webhooks/recall_desk, query: [[ticket, "{{ticket.id}}"]]}', "calls a webhook with names and values"),
    ("{reply: public, text: We are on it.}", "writes a comment on the ticket"),
    ("{send_survey: csat}", "asks the customer how it was"),
)


def actions() -> list[str]:
    """Every action with its form, and where it can stand."""
    return _places([(text, meaning) for text, meaning in ACTIONS], "does")


SETTABLE: tuple[tuple[str, Any, str], ...] = (
    ("status", "pending", "`open`, `pending`, `on_hold`, `solved`"),
    ("status_detail", "waiting_for_parts", ""),
    ("priority", "high", "[words](#values-of-priority)"),
    ("type", "question", "[words](#values-of-type)"),
    ("group", "workshop", ""),
    ("assignee", "current_user", ""),
    ("brand", "fernhill", ""),
    ("form", "question", ""),
    ("subject", "Repair", "text"),
    ("language", "de", "language"),
    ("schedule", "office", f"key of {link('schedules')}"),
)


def settable() -> list[str]:
    """What `set` can name, with its values."""
    fields = [*((name, value, said) for name, value, said in SETTABLE)]
    if {name for name, _, _ in fields} != set(ACTION_FIELDS):
        raise KeyError("SETTABLE is not what `set` can name")
    fields += [
        ("own_dropdown", "one", "the option's key, a number, a date, true or false, by its type"),
        ("own_multiselect", ["one", "other"], "a list of option keys"),
        ("organization.organization_dropdown", "one", "as above"),
        ("requester.requester_dropdown", "one", "as above"),
    ]
    shown = {
        "own_dropdown": "a key of your `ticket_fields`",
        "own_multiselect": "one of the type multiselect",
        "organization.organization_dropdown": "`organization.KEY`",
        "requester.requester_dropdown": "`requester.KEY`",
    }
    answers = ask_actions([(place, {"set": name, "to": value}) for name, value, _ in fields for place in ACTION_PLACES])
    rows = []
    for number, (name, _, said) in enumerate(fields):
        start = number * len(ACTION_PLACES)
        field = TICKET.get(name)
        later = bool(field and field.kind and not ALL_KINDS[field.kind].applied)
        values = said or _values(name)
        where = [_later(each, later) for each in answers[start : start + len(ACTION_PLACES)]]
        rows.append([shown.get(name, f"`{name}`"), values, *where])
    return table(("`set:`", "`to:`", *ACTION_PLACES), rows)


def _later(answer: Answer, later: bool) -> str:
    return _ANSWERS["later" if answer == "yes" and later else answer]


def _places(candidates: Sequence[tuple[str, str]], does: str) -> list[str]:
    answers = ask_actions([(place, yaml.safe_load(text)) for text, _ in candidates for place in ACTION_PLACES])
    rows = []
    for number, (text, meaning) in enumerate(candidates):
        start = number * len(ACTION_PLACES)
        where = [_ANSWERS[each] for each in answers[start : start + len(ACTION_PLACES)]]
        rows.append([f"`{text}`", meaning, *where])
    return table(("action", does, *ACTION_PLACES), rows)


def values() -> list[str]:
    """The words for values of the tickets' own fields."""
    lines: list[str] = []
    for name, meanings in words.VALUE_WORDS.items():
        media: dict[str, Answer] = {}
        if name == "via":
            asked = ask_conditions([("triggers", {"field": name, "is": word}) for word in meanings])
            media = dict(zip(meanings, asked, strict=True))
        rows = [
            [f"`{word}`", meaning + (" (checked only)" if media.get(word) == "later" else "")]
            for word, meaning in meanings.items()
        ]
        lines += [f"#### Values of {name.replace('_', ' ')}", "", *table(("word", "meaning"), rows), ""]
    return lines[:-1]


def _words(meanings: words.Meanings) -> Callable[[], list[str]]:
    return lambda: table(("word", "meaning"), [[f"`{word}`", meaning] for word, meaning in meanings.items()])


def span() -> list[str]:
    """The attributes of a span of phases."""
    return attribute_table(From, attributes(From))


def kinds_by_name() -> list[str]:
    """The words by which references name kinds that do not stand at the top."""
    below = [word for word, kind in ALL_KINDS.items() if heading(word) != word and not kind.single]
    rows = [[f"`{word}/KEY`", f"`{heading(word)}:`"] for word in below]
    return table(("a reference says", "what is declared below"), rows)


@cache
def all_tables() -> dict[str, list[str]]:
    """Every table that the page names, by its name there."""
    literal: Callable[[Any], words.Meanings] = lambda annotation: words.of_literal(get_args(annotation))  # noqa: E731
    made: dict[str, Callable[[], list[str]]] = {
        "index": index,
        "kinds set up": lambda: sections(applied=True),
        "kinds checked": lambda: sections(applied=False),
        "common attributes": common_attributes,
        "kinds by name": kinds_by_name,
        "ticket fields": ticket_fields,
        "own fields": own_fields,
        "customer fields": customer_fields,
        "operators": operator_words,
        "sorts": sorts,
        "other conditions": other_conditions,
        "values": values,
        "people": _words(words.KEY_WORDS),
        "clock states": _words(words.CLOCK_WORDS),
        "deadlines": _words(literal(hints(DeadlineCondition)["hours_until"])),
        "actions": actions,
        "settable": settable,
        "metrics": _words(words.METRIC_WORDS),
        "phases": _words(literal(Phase)),
        "milestones": _words(literal(Milestone)),
        "removal": removal_defaults,
        "span": span,
    }
    return {name: lines() for name, lines in made.items()}
