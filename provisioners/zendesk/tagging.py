"""The account's setting “Tags on users and organizations”: without it, tickets get no tag from whom they come.

Source: “Adding tags to users and organizations”, support.zendesk.com; `user.tagging` in the account's settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SETTING = "Tags on users and organizations"
"""As the admin centre calls it."""
ENABLE = "Enable them in the Admin Center under People, Configuration, End users"
"""What an admin does about it. golive does not write this setting."""


def customers_tags_off(settings: Mapping[str, Any]) -> bool:
    """Whether an account says that it is off; one that says nothing of it may have it on."""
    user = settings.get("user")
    return isinstance(user, Mapping) and user.get("tagging") is False
