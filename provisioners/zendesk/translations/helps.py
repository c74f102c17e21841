"""What the helpdesk shows about an object (`help`), in both directions (grammar 9, 12)."""

from __future__ import annotations

from typing import Any

from config.declaration import Declared
from provisioners.zendesk.translations.base import CannotSend
from provisioners.zendesk.translations.texts import plain

_UNSEEN = {
    "customer_fields": "customers never see fields of organizations and people in Zendesk",
    "macros": "customers never see macros in Zendesk",
}
"""Kinds whose `help.customers` nobody would read."""


def help_text(item: Declared, reader: str) -> str | None:
    """The help for `customers` or `agents`; "" where it is cleared (null), None where nothing is said of it."""
    help_ = item.value.help
    if help_ is None:
        return "" if item.value.given("help") else None
    if reader not in help_.model_fields_set:
        return None
    text = getattr(help_, reader)
    return "" if text is None else plain(text, f"the help for {reader}")


def check_customers_help(item: Declared) -> None:
    """Raises CannotSend where there is help for customers and they would never see it."""
    if item.value.help is not None and item.value.help.customers is not None:
        raise CannotSend(_UNSEEN[item.kind], "Say it to agents, under  help: {agents: …}.", ("help", "customers"))


def help_back(**texts: Any) -> dict[str, Any]:
    """`help` as the YAML has it, without what is empty."""
    said = {reader: text for reader, text in texts.items() if text}
    return {"help": said} if said else {}
