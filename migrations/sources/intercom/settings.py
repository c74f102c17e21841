"""What a file says of an Intercom."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from config.environment import SystemAddress
from config.model import Model, defaults_to, none_unless_given, required


class IntercomSettings(Model):
    """A workspace, read over its API."""

    url: SystemAddress = defaults_to(
        "https://api.intercom.io",
        description="Where its API is: https://api.intercom.io, for a workspace in Europe https://api.eu.intercom.io, "
        "in Australia https://api.au.intercom.io.",
    )
    token: Annotated[str, Field(pattern=r"^(env:[A-Za-z_][A-Za-z0-9_]*|sandbox)$")] = required(
        description="`env:NAME`: the variable that holds an access token which may read conversations, tickets, people "
        "and articles; `sandbox` is the local sandbox's own."
    )
    calls_per_minute: Annotated[int, Field(ge=1)] | None = none_unless_given(
        description="golive's own ceiling. Without one it takes what Intercom gives, 10,000 a minute."
    )
    texts_of_actions: Literal["private", "public"] = defaults_to(
        "private",
        description="Whether the customer read what colleagues wrote while they assigned, opened or snoozed a "
        "conversation. Intercom does not say it: look at some of them there, then decide.",
    )
    attachments: bool = defaults_to(
        True, description="Download attachments while reading: the links to them end after 30 minutes."
    )
    largest_attachment_mb: Annotated[int, Field(ge=1, le=1000)] = defaults_to(
        50, description="Larger ones are named and not downloaded. Zendesk takes 50 MB."
    )
