"""Who is to be in a channel or a user group: people and whole groups of the files, known to Slack by their address."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config.declaration import Declaration
    from config.kinds.integrations import SlackChannel, SlackUserGroup


def addresses(value: SlackChannel | SlackUserGroup, declared: Declaration) -> list[str]:
    """E-mail addresses of the people that are named and of those in the groups that are named, each once. Whoever is
    switched off (`active: false`) is in neither."""
    inside = set(value.groups)
    named = [*value.people, *(key for key, item in declared.of("people").items() if inside & set(item.value.groups))]
    people = (declared.get("people", key) for key in dict.fromkeys(named))
    return [each.value.email for each in people if each is not None and each.value.active and each.value.email]
