"""Whether rules send what the webhooks take that golive only looks up: how these are called stands in Zendesk alone.

Source: support.zendesk.com, “Creating webhooks to interact with third-party systems”: with POST, PUT and PATCH in JSON
or XML the content of the action is the body as it is; in every other case it is a list of names and values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from config.findings import Finding
from provisioners.intent import Intent
from provisioners.resource import ResourceName
from provisioners.zendesk.asking.asked_account import AskedAccount
from provisioners.zendesk.asking.question import Question, rule_of_account

ANOTHER_FORMAT = rule_of_account(
    "ZD140",
    "error",
    "A rule sends to a webhook that golive only looks up what the webhook does not take.",
    "Zendesk passes it on as it is, and the receiver cannot read it.",
    "Say beside `existing` which `format` the webhook has: json, xml or form. One that is called with GET, HEAD or "
    "DELETE takes  query: [[name, value], …]  in the place of `body`.",
    source="the account's own list of webhooks; support.zendesk.com, “Creating webhooks to interact with third-party "
    "systems”",
    excused=True,
)
CATALOGUE = (ANOTHER_FORMAT,)
_WITH_BODY = ("POST", "PUT", "PATCH")
_BODIES = {"json": "JSON", "xml": "XML"}
_PAIRS = "names and values"
_JSON = re.compile(r'\s*(\{\s*["}]|\[)')


def formats(account: AskedAccount, intent: Intent) -> Iterator[Finding]:
    """One call, where a rule that would be written names such a webhook."""
    names = {id_: name for name, id_ in intent.ids.items()}
    for rule in intent.of("zendesk:Trigger", "zendesk:Automation"):
        for action in intent.resolved((rule.will or {}).get("actions") or []):
            value = action.get("value")
            if action.get("field") != "notification_webhook" or not isinstance(value, list) or len(value) != 2:
                continue
            identifier, sent = str(value[0]), _sent(value[1])
            if not sent or not _is_looked_up(intent, names.get(identifier, "")):
                continue
            live = next((each for each in account.listed("webhooks") if str(each["id"]) == identifier), None)
            if live is not None and _taken(live) != sent:
                message = f"{rule.said} sends {sent} to the webhook “{live.get('name')}”, which takes {_taken(live)}"
                yield intent.found(ANOTHER_FORMAT, rule.name, message)


def _is_looked_up(intent: Intent, name: str) -> bool:
    """Whether a webhook is none that the files make: of those, the plan sees to the format."""
    named = ResourceName.of(name) if name else None
    if named is None or named.kind != "webhooks":
        return False
    item = intent.declared.get(named.kind, named.key)
    return item is None or bool(item.value.existing)


def _sent(content: Any) -> str:
    """What an action's content is; empty where it is nothing, or a text of which that is not certain."""
    if isinstance(content, list):
        return _PAIRS
    text = str(content or "")
    if text.lstrip().startswith("<"):
        return _BODIES["xml"]
    return _BODIES["json"] if _JSON.match(text) else ""


def _taken(webhook: Mapping[str, Any]) -> str:
    """What a live webhook passes on."""
    if webhook.get("http_method") not in _WITH_BODY:
        return _PAIRS
    return _BODIES.get(str(webhook.get("request_format")), _PAIRS)


QUESTIONS = (Question("in which format webhooks are called", formats),)
