"""Whatever attribute of whatever kind differs: what is shown is a phrase, never a path or a word of the YAML's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import pytest
from pydantic import BaseModel
from rich.text import Text

from config.declaration import Declared
from config.kinds import ALL_KINDS
from config.kinds.actions import VERBS
from config.model import Object
from config.results.plan import Difference
from config.vocabulary import CLOCK_STATES, OPERATORS, TICKET
from golive.documentation.examples import client
from golive.screens.differences import lines_of
from golive.wording.phrases import phrase_of
from golive.wording.sentences import action, carried, condition, field_value
from golive.wording.words import Terms
from stacks.difference import differences

RAW = re.compile(r"[a-z]_[a-z]|[a-z]\.[a-z]|\b(?:true|false|null|None|True|False)\b|[{}\[\]]|env:|ref:|#\d|own setting")
"""What no head of support reads: snake_case, paths, a developer's values, notation."""
CONTENT = frozenset(
    {
        "name", "text", "body", "subject", "url", "address", "forwards_from", "email", "pattern", "good", "bad",
        "formula", "topic", "purpose", "tag", "add_tags", "remove_tags", "replace_all_tags", "has", "has_any",
        "has_all", "has_none", "domain", "why", "customers", "agents", "replaces", "time_zone", "header",
        "username", "existing", "object", "locales", "default_locale", "alias", "contains", "contains_not",
        "has_word", "has_no_word", "to", "was", "at", "handle", "options", "x-allow", "query",
        "rights", "when_closed", "always", "never", "internal", "date", "from",
        "endpoint", "password", "value", "bearer", "signature", "host_mapping", "rota", "files", "color", "calls",
        "numbered",
    }
)  # fmt: skip
"""Attributes whose texts are the client's own."""
APPLIED = [word for word, kind in ALL_KINDS.items() if kind.applied]
TERMS = Terms.of(client().declaration)


def strings(value: Any) -> Iterator[str]:
    """Every text in a value."""
    if isinstance(value, str):
        yield value
        yield from value.splitlines()
    elif isinstance(value, dict):
        for name, part in value.items():
            yield str(name)
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def content(value: Any, name: str = "") -> Iterator[str]:
    """The client's own texts in an object."""
    if name in CONTENT and (not isinstance(value, dict) or name in ("text", "body", "subject")):
        yield from (each for each in strings(value) if not is_reference(each))
    elif name in ("body", "query", "rights", "x-allow", "billing"):
        yield from strings(value)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from content(part, str(key))
    elif isinstance(value, list):
        for part in value:
            yield from content(part, name)


def is_reference(text: str) -> bool:
    """Whether a text names an object of the example, or a variable with a secret."""
    return text.startswith("env:") or text.partition("/")[0] in ALL_KINDS or text in KEYS


KEYS = {item.key for item in client().declaration if "_" in item.key}


def read(line: str, own: list[str]) -> str:
    """A line without the client's own texts."""
    for text in sorted(own, key=len, reverse=True):
        if text.strip():
            line = line.replace(text, "…").replace(text.replace("-", "–"), "…")
    return line


def said(kind: str, key: str, told: list[Difference]) -> list[str]:
    return [Text.from_markup(line.markup).plain for line in lines_of(kind, told, TERMS, key)]


def words_of(item: Declared) -> dict[str, Any]:
    """An object as the YAML has it, as far as it is given."""
    dumped: dict[str, Any] = item.value.model_dump(by_alias=True, exclude_unset=True, mode="json")
    return {**dumped, **item.value.vendor}


def objects() -> list[Declared]:
    return [
        item
        for item in client().declaration
        if item.kind in APPLIED and item.kind not in ("integrations", "help_center")
    ]


@pytest.mark.parametrize("item", objects(), ids=lambda item: f"{item.kind}/{item.key}")
def test_each_attribute_that_comes_changes_or_goes(item: Declared) -> None:
    words = words_of(item)
    own = [*content(words), *(name for name in TERMS.called.values() if RAW.search(name))]
    known = {info.alias or name for name, info in type(item.value).model_fields.items()}
    for name, value in words.items():
        if name not in {*known, *item.value.vendor}:
            continue  # what a person is told of a channel that is set up by hand
        others: list[Any] = [None]
        if isinstance(value, bool):
            others.append(not value)
        for other in others:
            for old, new in ((other, value), (value, other)):
                told = differences({name: old}, {name: new})
                lines = said(item.kind, item.key, told)
                assert lines, f"{item.kind}: nothing is said of `{name}`"
                for line in lines:
                    assert not RAW.search(read(line, own)), f"{item.kind}, `{name}`: {line!r}"


def closed_sets(annotation: Any, path: str) -> Iterator[tuple[str, str]]:
    """(path, word) of every word of a closed set below an annotation."""
    origin = get_origin(annotation)
    if origin is Literal:
        yield from ((path, str(word)) for word in get_args(annotation) if isinstance(word, str))
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, info in annotation.model_fields.items():
            if name not in ("when", "when_any", "then"):  # they have words of their own, below
                yield from closed_sets(info.annotation, f"{path}.{info.alias or name}".lstrip("."))
    elif origin is dict:
        yield from closed_sets(get_args(annotation)[1], f"{path}.first_reply")
    elif origin in (Union, UnionType) or hasattr(annotation, "__metadata__"):
        for part in get_args(annotation):
            yield from closed_sets(part, path)


@pytest.mark.parametrize("kind", APPLIED)
def test_every_attribute_has_a_phrase_and_every_word_of_a_closed_set_is_said(kind: str) -> None:
    for path, word in dict.fromkeys(closed_sets(ALL_KINDS[kind].model, "")):
        if path.startswith("targets") or kind in ("integrations", "help_center"):  # kinds of their own
            continue
        for line in said(kind, "it", [Difference(path, None, word)]):
            assert not RAW.search(line), f"{kind}, `{path}: {word}`: {line!r}"
    for model in get_args(ALL_KINDS[kind].model) or (ALL_KINDS[kind].model,):
        for part in (model, *get_args(model)):
            if isinstance(part, type) and issubclass(part, Object):
                for name, info in part.model_fields.items():
                    path = info.alias or name
                    lists = ("when", "when_any", "then", "order", "targets", "hours", "holidays", "vendor", "options")
                    nested = ("customers", "agents", "help", "samples", "warn", "breach", "arr", "rights")
                    if path not in (*lists, *nested):
                        assert phrase_of(kind, path).is_known, (
                            f"golive/wording/phrases.py says nothing of {kind}: {path}"
                        )


def test_every_field_with_every_operator() -> None:
    fields = [*TICKET, "organization.segment", "requester.job", "#360001", "vendor_field"]
    for name in fields:
        for operator in OPERATORS:
            takes_yes_or_no = operator in ("is", "is_not", "empty", "changed", "not_changed")
            for value in (["urgent", "high"], "high", "30d", *((True, False) if takes_yes_or_no else ())):
                line = condition({"field": name, operator: value}, TERMS)
                assert not RAW.search(line), line
    for state in CLOCK_STATES:
        assert not RAW.search(condition({"hours_since": state, "more_than": "24h"}, TERMS))
    for name, field in TICKET.items():
        for value in field.values:
            assert not RAW.search(field_value(name, value, TERMS)), value


def test_a_setting_that_only_the_vendor_has_a_word_for() -> None:
    assert said("crm_fields", "arr", [Difference("visibleLines", 3, 5)]) == [
        "the vendor's own setting “visible lines” 3 → 5"
    ]
    assert len(VERBS) == 9, "a new verb needs a sentence in golive/wording/sentences.py"


def test_what_stands_under_a_vendors_name_is_said_as_far_as_words_go() -> None:
    terms = Terms(called={("people", "mara"): "Mara Lind"})
    asked = {"zendesk": {"field": "current_via_id", "operator": "is", "value": "33"}}
    assert condition(asked, terms) == "current via id is 33 (in Zendesk's own words)"
    done = {"zendesk": {"field": "follower", "value": "people/mara"}}
    assert action(done, terms) == "follower: Mara Lind (in Zendesk's own words)"
    assert action({"zendesk": {"field": "locale_id", "value": ""}}, terms).startswith("locale id: nothing")


@pytest.mark.parametrize(
    ("field", "operator", "value", "said"),
    [
        ("current_via_id", "is", "4", "the change came by email"),
        ("current_via_id", "is_not", 0, "the change did not come by the web form"),
        ("ticket_is_public", "is", "private", "the ticket is private"),
        ("comment_is_public", "is", "not_relevant", "a comment was written"),
        ("comment_is_public", "is", "requester_can_see_comment", "the requester can see the comment"),
        (
            "comment_is_public",
            "is_not",
            "not_relevant",
            "comment is public is not not_relevant (in Zendesk's own words)",
        ),
    ],
)
def test_what_is_well_known_of_a_vendors_words_is_said_plainly(
    field: str, operator: str, value: Any, said: str
) -> None:
    assert condition({"zendesk": {"field": field, "operator": operator, "value": value}}, TERMS) == said
    other = {"zendesk": {"field": field, "operator": operator, "value": "x"}}
    assert condition(other, TERMS).endswith("(in Zendesk's own words)")


def test_a_mail_in_the_vendors_words_keeps_its_text() -> None:
    mail = {"zendesk": {"field": "notification_user", "value": ["all_agents", "New", "Look"]}}
    assert (action(mail, TERMS), carried(mail)) == ("mails all agents", {"text": "New\nLook"})
