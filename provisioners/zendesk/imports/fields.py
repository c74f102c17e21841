"""Where the files' ticket fields are in Zendesk, and which tag each of their options has."""

from __future__ import annotations

from collections.abc import Mapping

from provisioners.history import FieldPlace
from provisioners.translation import Context
from provisioners.zendesk.translations.options import tags_of

CHOICES = ("dropdown", "multiselect")


def field_places(context: Context, live: Mapping[str, str]) -> dict[str, FieldPlace]:
    """live: key → id."""
    found = {}
    for key, item in context.declared.of("ticket_fields").items():
        if key in live:
            found[key] = FieldPlace(live[key], tags_of(item, context) if item.value.type in CHOICES else {})
    return found
