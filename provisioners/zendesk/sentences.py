"""Conditions and actions in Zendesk's own words that are well known, as people say them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from provisioners.zendesk.translations.vendor_fields import FIELDS

_WAYS = {"api": "the API", "web_form": "the web form", "rule": "a rule", "sms": "SMS", "whatsapp": "WhatsApp"}
_SENTENCES: Mapping[tuple[str, str, str], str] = {
    ("notification_user", "", "all_agents"): "mails all agents",
    ("ticket_is_public", "is", "public"): "the ticket is public",
    ("ticket_is_public", "is", "private"): "the ticket is private",
    ("ticket_is_public", "is_not", "public"): "the ticket is not public",
    ("ticket_is_public", "is_not", "private"): "the ticket is not private",
    ("comment_is_public", "is", "not_relevant"): "a comment was written",
    ("comment_is_public", "is", "requester_can_see_comment"): "the requester can see the comment",
    **{
        ("current_via_id", operator, number): f"the change {came} by {_WAYS.get(word, word)}"
        for word, number in FIELDS["via"].words.items()
        for operator, came in (("is", "came"), ("is_not", "did not come"))
    },
}
"""Field, operator (none for an action) and first value → a sentence. What a comment that `is_not`
`not_relevant` would be is nowhere documented, so that it stays in the vendor's words."""


def sentence(field: str, operator: str, value: Any) -> str:
    """`the ticket is public`; empty for what is not in the table."""
    return _SENTENCES.get((field, operator, str(value).lower()), "")
