"""What rules send to a webhook: JSON, XML or names and values, as the webhook's `format` says (grammar 25, 26).

Source: support.zendesk.com, “Creating webhooks to interact with third-party systems”: with POST, PUT and PATCH in JSON
or XML the content of the action is the body as it is; in every other case it is a list of names and values, which the
vendor encodes itself, so that golive escapes nothing in them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from config.declaration import Declared
from config.kinds.actions import CallAction
from provisioners.resource import Text
from provisioners.translation import Context, Names
from provisioners.zendesk.markup.xml_template import xml_data, xml_template
from provisioners.zendesk.translations.base import CannotSend
from provisioners.zendesk.translations.options import FORMAT
from provisioners.zendesk.translations.texts import JSON_FILTER, compiled_text, declared_text, json_data, json_template

XML_FILTER = "| escape"
"""For values inside XML: brackets, ampersands and quotes become entities, which the receiver reads as they were."""
_WITH_BODY = ("POST", "PUT", "PATCH")
Pairs = list[list[Any]]


def sent_content(action: CallAction, context: Context) -> str | Text | Pairs:
    """The content of the action. Raises CannotSend for what the webhook's format or method cannot carry."""
    webhook = context.declared.get("webhooks", action.call.partition("/")[2])
    format_ = webhook.value.format if webhook is not None else "json"
    _check_method(action, webhook)
    if action.query is not None:
        return [[name, compiled_text(value, context)] for name, value in action.query]
    if format_ == "form":
        return [[name, compiled_text(value, context)] for name, value in _pairs(action.body or {})]
    if format_ == "xml":
        return compiled_text(_xml(action.body), context, XML_FILTER) if action.body else ""
    return compiled_text(json_template(action.body or {}), context, JSON_FILTER)


def _check_method(action: CallAction, webhook: Declared | None) -> None:
    """Of a webhook that is only looked up nobody knows how it is called. Raises CannotSend."""
    if webhook is None or webhook.value.existing:
        return
    method, format_ = webhook.value.method, webhook.value.format
    has_body = method in _WITH_BODY and format_ != "form"
    if action.query is not None and has_body:
        raise CannotSend(
            f"Zendesk puts no names and values behind an address that is called with {method} in {format_}",
            "Write  body: {…}  in its place, or let the webhook have  method: GET  or  format: form.",
            ("query",),
        )
    if action.body and not has_body and format_ != "form":
        raise CannotSend(
            f"Zendesk sends no body with {method}",
            "Write  query: [[name, value], …]  in its place, or let the webhook have  method: POST.",
            ("body",),
        )


def _pairs(body: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A form's names and values; a list is its name several times. Raises CannotSend."""
    found: list[tuple[str, str]] = []
    for name, value in body.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, Mapping | list):
                raise CannotSend(
                    "a form has nothing below a name but one value, or a list of values",
                    "Give it a name of its own beside the others, or let the webhook have  format: json.",
                    ("body", name),
                )
            found.append((name, _word(each)))
    return found


def _word(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _xml(body: Mapping[str, Any]) -> str:
    """Raises CannotSend for what XML has no form for."""
    try:
        return xml_template(body)
    except ValueError as wrong:
        raise CannotSend(str(wrong), "Say it another way, or let the webhook have  format: json.", ("body",)) from wrong


def said_content(content: Any, address: str, names: Names) -> dict[str, Any]:
    """`body` or `query` as the YAML has them. address: `webhooks/KEY`."""
    if isinstance(content, list):
        pairs = [(str(name), declared_text(text, names)) for name, text in content]
        form = _form(pairs) if names.values.get((FORMAT, address)) == "form" else None
        if form is not None:
            return {"body": form} if form else {}
        return {"query": [list(pair) for pair in pairs]}
    said = str(content or "")
    if said.lstrip().startswith("<"):
        return {"body": xml_data(declared_text(said, names, XML_FILTER))}
    body = json_data(declared_text(said, names, JSON_FILTER))
    return {"body": body} if body else {}


def _form(pairs: list[tuple[str, str]]) -> dict[str, Any] | None:
    """Names and values as a map; None where a map would send them in another order."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    body = {name: values[0] if len(values) == 1 else values for name, values in found.items()}
    return body if _pairs(body) == pairs else None
