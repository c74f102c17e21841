"""What the helpdesk shows about an object (`help`), in both directions (grammar 9, 12)."""

from __future__ import annotations

from typing import Any

from config.declaration import Declared
from provisioners.resource import Text
from provisioners.zendesk.translations.base import CannotSend
from provisioners.zendesk.translations.speech import Speech

_UNSEEN = {
    "customer_fields": "customers never see fields of organizations and people in Zendesk",
    "macros": "customers never see macros in Zendesk",
    "custom_objects": "customers never see what such records are for in Zendesk",
}
"""Kinds whose `help.customers` nobody would read."""


def help_for_agents(item: Declared) -> str | None:
    """The help for agents, in one language; "" where it is cleared (null), None where nothing is said of it."""
    if not _says(item, "agents"):
        return None
    return "" if item.value.help is None else item.value.help.agents or ""


def own_help(part: Any) -> str | None:
    """The help for agents of a part of an object, like `help_for_agents`."""
    help_ = part.help
    if help_ is None:
        return "" if part.given("help") else None
    return (help_.agents or "") if "agents" in help_.model_fields_set else None


def help_for_customers(item: Declared, speech: Speech) -> str | Text | None:
    """The help for customers; "" where it is cleared (null), None where nothing is said of it. Raises CannotSend."""
    if not _says(item, "customers"):
        return None
    help_ = item.value.help
    return "" if help_ is None or help_.customers is None else speech.text(help_.customers, "help")


def _says(item: Declared, reader: str) -> bool:
    help_ = item.value.help
    return item.value.given("help") if help_ is None else reader in help_.model_fields_set


def check_customers_help(item: Declared) -> None:
    """Raises CannotSend where there is help for customers and they would never see it."""
    if item.value.help is not None and item.value.help.customers is not None:
        raise CannotSend(_UNSEEN[item.kind], "Say it to agents, under  help: {agents: …}.", ("help", "customers"))


def help_back(**texts: Any) -> dict[str, Any]:
    """`help` as the YAML has it, without what is empty."""
    said = {reader: text for reader, text in texts.items() if text}
    return {"help": said} if said else {}
