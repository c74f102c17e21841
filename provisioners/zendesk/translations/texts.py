"""Texts and the placeholders in them, in both directions (grammar 28, 29, 26)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from provisioners.resource import Payload, Ref, Text
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.article_links import ARTICLE, article_address, with_article_keys
from provisioners.zendesk.translations.contents import placeholder_of
from provisioners.zendesk.translations.options import CONTENTS, DROPDOWN, TYPE, customer_field_key, is_dropdown

TICKET_FIELD = "zendesk:TicketField"

_REST = r"(?P<rest>(?:\s*\|.*?)?\s*-?)\}\}"
"""A placeholder's filters and its end; `-` takes away the white space beside it."""
_OURS = re.compile(
    r"\{\{(?P<before>-?\s*)(?P<owner>ticket|organization|requester)\.fields\.(?P<key>[a-z][a-z0-9_]*)(?P<tag>\.tag)?"
    + _REST,
    re.DOTALL,
)
_CONTENT = re.compile(r"\{\{(?P<before>-?\s*)dc:(?P<key>[a-z][a-z0-9_]*)" + _REST, re.DOTALL)
_LIVE_CONTENT = re.compile(r"\{\{(?P<before>-?\s*)dc\.(?P<key>[^\s|}-]+)" + _REST, re.DOTALL)
_LIQUID = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_LIVE_TICKET = re.compile(
    r"\{\{(?P<before>-?\s*)ticket\.ticket_field_(?P<title>option_title_)?(?P<id>ref:[a-z0-9_/]+|[0-9]+)" + _REST,
    re.DOTALL,
)
_LIVE_CUSTOMER = re.compile(
    r"\{\{(?P<before>-?\s*)ticket\.(?P<owner>organization|requester)\.custom_fields\.(?P<key>[a-z][a-z0-9_]*)"
    r"(?P<title>\.title)?" + _REST,
    re.DOTALL,
)
_END = re.compile(r"\s*-?\}\}\Z")

_NEVER_UNSAFE = frozenset({"ticket.id", "ticket.link", "ticket.url", "ticket.status", "ticket.priority"})
"""Placeholders whose values can hold no quote, bracket, backslash or line end."""

BACKSLASH = "{% assign backslash = '\\/' | truncate: 1, '' %}"
"""Liquid for a variable that holds one backslash. The template is JSON before Liquid reads it, where a backslash alone
could not stand, and `\\/` can."""
_IN_JSON = "| split: ' ' | join: ' ' | replace: backslash, '＼'"
"""White space of every kind becomes one space (Ruby splits at all of it where it is told to split at one space)."""
_QUOTES = "| escape | replace: '&quot;', '”' | replace: '&#39;', '’'"
SLACK_FILTER = f"{_QUOTES} {_IN_JSON}"
"""For values inside the JSON of a Slack message: brackets stay escaped, so that nobody can be mentioned."""
JSON_FILTER = f"{_QUOTES} | replace: '&lt;', '‹' | replace: '&gt;', '›' | replace: '&amp;', '&' {_IN_JSON}"
"""For values inside other JSON: whatever could end the string or begin markup becomes its typographic likeness."""


def json_template(data: Any) -> str:
    """JSON in which Liquid stands as the YAML has it: what JSON escapes, Liquid could not read."""
    return _LIQUID.sub(_not_escaped, json.dumps(data, ensure_ascii=False))


def _not_escaped(found: re.Match[str]) -> str:
    try:
        return str(json.loads(f'"{found[0]}"'))
    except ValueError:  # it does not end in the string in which it begins
        return found[0]


def json_data(template: str) -> Any:
    """`json_template` undone; the text itself where it is no JSON."""
    try:
        return json.loads(_LIQUID.sub(lambda found: json.dumps(found[0], ensure_ascii=False)[1:-1], template))
    except ValueError:
        return template


def compiled_text(text: str, context: Context, value_filter: str = "", locale: str | None = None) -> str | Text:
    """A text with our placeholders turned into the vendor's.

    value_filter: put behind the filters of every placeholder that may hold anything. It may use `backslash`. locale:
    the language of the text, where it is not the company's own.
    """
    pieces: list[str | Ref] = []
    end, before_values, filtered = 0, None, False
    for found in _LIQUID.finditer(text):
        pieces.append(text[end : found.start()])
        end = found.end()
        article = ARTICLE.fullmatch(found[0])
        if article:
            pieces += article_address(article["key"], context, locale)
            continue
        is_filtered = bool(value_filter) and found[0].startswith("{{") and not _is_safe(found[0])
        filtered |= is_filtered and "backslash" in value_filter
        if before_values is None and (is_filtered or found[0].startswith("{%")):
            before_values = len(pieces)  # not behind a tag, which may skip what follows
        pieces += _placeholder(found[0], context, value_filter if is_filtered else "")
    pieces.append(text[end:])
    if filtered and before_values is not None:
        pieces.insert(before_values, BACKSLASH)
    return joined(pieces)


def _is_safe(placeholder: str) -> bool:
    return placeholder[2:-2].strip("-").strip() in _NEVER_UNSAFE


def _placeholder(placeholder: str, context: Context, value_filter: str) -> list[str | Ref]:
    content = _CONTENT.fullmatch(placeholder)
    if content is not None:
        rest = _filtered(f"{content['rest']}}}}}", value_filter)
        return [f"{{{{{content['before']}dc.{placeholder_of(content['key'], context)}{rest}"]
    ours = _OURS.fullmatch(placeholder)
    if ours is None:
        return [_filtered(placeholder, value_filter)]
    rest = _filtered(f"{ours['rest']}}}}}", value_filter)
    kind = "ticket_fields" if ours["owner"] == "ticket" else "customer_fields"
    by_name = is_dropdown(context.declared.get(kind, ours["key"])) and not ours["tag"]
    if kind == "ticket_fields":
        vendors = f"ticket.ticket_field_{'option_title_' if by_name else ''}"
        return [f"{{{{{ours['before']}{vendors}", context.ref(kind, ours["key"]), rest]
    vendors = f"{customer_field_key(ours['key'], context)}{'.title' if by_name else ''}"
    return [f"{{{{{ours['before']}ticket.{ours['owner']}.custom_fields.{vendors}{rest}"]


def _filtered(placeholder: str, value_filter: str) -> str:
    if not value_filter:
        return placeholder
    end = _END.search(placeholder)
    return f"{placeholder[: end.start()]} {value_filter}{end[0]}" if end else placeholder


def joined(pieces: Iterable[str | Ref]) -> str | Text:
    """Neighbouring strings as one; a plain string where there is no reference."""
    result: list[str | Ref] = []
    for piece in pieces:
        if isinstance(piece, str) and result and isinstance(result[-1], str):
            result[-1] += piece
        elif piece != "":
            result.append(piece)
    if all(isinstance(piece, str) for piece in result):
        return "".join(str(piece) for piece in result)
    return Text(tuple(result))


def declared_text(text: Any, names: Names, value_filter: str = "") -> str:
    """The text as the YAML has it."""
    said = with_article_keys(str(text or ""), names)
    if names.raw_texts:
        return said
    if value_filter:
        said = said.replace(BACKSLASH, "", 1)
        said = re.sub(rf" {re.escape(value_filter)}(\s*-?\}}\}})", r"\1", said)

    def ticket_field(found: re.Match[str]) -> str:
        return ours(found, "ticket", names.key(TICKET_FIELD, found["id"]), "")

    def customer_field(found: re.Match[str]) -> str:
        key = names.values.get((f"{found['owner']}.", found["key"]), found["key"])
        return ours(found, found["owner"], key, f"{found['owner']}.")

    def ours(found: re.Match[str], owner: str, key: str, prefix: str) -> str:
        """The vendor shows a choice by its tag unless told otherwise, and golive by its name."""
        type_ = names.values.get((TYPE, f"{prefix}{key}"))
        if found["title"] and type_ != DROPDOWN:
            return found[0]
        tag = ".tag" if type_ == DROPDOWN and not found["title"] else ""
        return f"{{{{{found['before']}{owner}.fields.{key}{tag}{found['rest']}}}}}"

    def content(found: re.Match[str]) -> str:
        key = names.values.get((CONTENTS, found["key"]))
        return found[0] if key is None else f"{{{{{found['before']}dc:{key}{found['rest']}}}}}"

    return _LIVE_CONTENT.sub(content, _LIVE_CUSTOMER.sub(customer_field, _LIVE_TICKET.sub(ticket_field, said)))


def without_nothing(payload: Payload) -> Payload:
    """Only the attributes that are given."""
    return {name: value for name, value in payload.items() if value is not None}
