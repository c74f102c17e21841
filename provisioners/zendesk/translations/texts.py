"""Texts and the placeholders in them, in both directions (grammar 28, 29, 26)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from provisioners.resource import Payload, Ref, Text
from provisioners.translation import Context, Names
from provisioners.zendesk.translations.base import NotApplied
from provisioners.zendesk.translations.options import customer_field_key

TICKET_FIELD = "zendesk:TicketField"

_OURS = re.compile(
    r"\{\{\s*(?P<owner>ticket|organization|requester)\.fields\.(?P<key>[a-z][a-z0-9_]*)\s*(?P<rest>\|[^}]*)?\}\}"
)
_LATER = re.compile(r"\{\{\s*(dc|article):([a-z][a-z0-9_]*)\s*\}\}")
_ANY = re.compile(r"\{\{(?P<inner>[^}]*)\}\}")
_LIVE_TICKET = re.compile(
    r"\{\{ticket\.ticket_field_(?:option_title_)?(?P<id>ref:[a-z0-9_/]+|[0-9]+)(?P<rest>\|[^}]*)?\}\}"
)
_LIVE_CUSTOMER = re.compile(
    r"\{\{ticket\.(?P<owner>organization|requester)\.custom_fields\.(?P<key>[a-z][a-z0-9_]*)(?P<rest>\|[^}]*)?\}\}"
)

_NEVER_UNSAFE = frozenset({"ticket.id", "ticket.link", "ticket.url", "ticket.status", "ticket.priority"})
"""Placeholders whose values can hold no quote, bracket or line end."""

_QUOTES = "| escape | replace: '&quot;', '”' | replace: '&#39;', '’'"
SLACK_FILTER = f"{_QUOTES} | strip_newlines"
"""For values inside the JSON of a Slack message: brackets stay escaped, so that nobody can be mentioned."""
JSON_FILTER = f"{_QUOTES} | replace: '&lt;', '‹' | replace: '&gt;', '›' | replace: '&amp;', '&' | strip_newlines"
"""For values inside other JSON: whatever could end the string or begin markup becomes its typographic likeness."""


def plain(text: Any, what: str) -> str:
    """A text of one language that stands in the YAML itself. Raises NotApplied for the other forms."""
    if isinstance(text, str):
        return text
    form = "in several languages" if isinstance(text, dict) else "from a file"
    raise NotApplied(f"{what}, a text {form},")


def compiled_text(text: str, context: Context, value_filter: str = "") -> str | Text:
    """A text with our placeholders turned into the vendor's.

    value_filter: put behind placeholders that may hold anything and have no filter of their own.
    """
    later = _LATER.search(text)
    if later:
        kind = "dynamic content" if later[1] == "dc" else "help centre articles"
        raise NotApplied(f"{later[0]} ({kind})")
    pieces: list[str | Ref] = []
    end = 0
    for found in _ANY.finditer(text):
        pieces.append(text[end : found.start()])
        pieces += _placeholder(found[0], context, value_filter)
        end = found.end()
    pieces.append(text[end:])
    return joined(pieces)


def _placeholder(placeholder: str, context: Context, value_filter: str) -> list[str | Ref]:
    ours = _OURS.fullmatch(placeholder)
    if ours is None:
        inner = placeholder[2:-2].strip()
        if value_filter and "|" not in inner and inner not in _NEVER_UNSAFE:
            return [f"{{{{{inner} {value_filter}}}}}"]
        return [placeholder]
    own = (ours["rest"] or "").strip()
    tail = f" {own or value_filter}" if own or value_filter else ""
    if ours["owner"] == "ticket":
        return [_ticket_field(ours["key"], context), context.ref("ticket_fields", ours["key"]), f"{tail}}}}}"]
    key = customer_field_key(ours["key"], context)
    return [f"{{{{ticket.{ours['owner']}.custom_fields.{key}{tail}}}}}"]


def _ticket_field(key: str, context: Context) -> str:
    """A dropdown's placeholder gives its tag; people want to read the option's name."""
    field = context.declared.get("ticket_fields", key)
    chosen = field is not None and field.value.type == "dropdown"
    return "{{ticket.ticket_field_option_title_" if chosen else "{{ticket.ticket_field_"


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
    said = str(text or "")
    if value_filter:
        said = said.replace(f" {value_filter}}}}}", "}}")

    def ticket_field(found: re.Match[str]) -> str:
        return f"{{{{ticket.fields.{names.key(TICKET_FIELD, found['id'])}{_rest(found)}}}}}"

    said = _LIVE_TICKET.sub(ticket_field, _spaced(said))

    def customer_field(found: re.Match[str]) -> str:
        key = names.values.get((f"{found['owner']}.", found["key"]), found["key"])
        return f"{{{{{found['owner']}.fields.{key}{_rest(found)}}}}}"

    return _LIVE_CUSTOMER.sub(customer_field, said)


_BEFORE_FILTER = re.compile(r"(\{\{ticket\.(?:ticket_field_|organization\.custom|requester\.custom)[^|} ]*) (\|)")


def _spaced(text: str) -> str:
    return _BEFORE_FILTER.sub(r"\1\2", text)


def _rest(found: re.Match[str]) -> str:
    return f" {found['rest']}" if found["rest"] else ""


def without_nothing(payload: Payload) -> Payload:
    """Only the attributes that are given."""
    return {name: value for name, value in payload.items() if value is not None}
