"""The account's own settings, as it has them now."""

from __future__ import annotations

from typing import Any

from provisioners.zendesk.client import ZendeskClient


class Settings:
    """The account's settings, asked for once and only when something depends on them."""

    def __init__(self, client: ZendeskClient) -> None:
        self._client = client
        self._read: dict[str, Any] | None = None

    def section(self, name: str) -> dict[str, Any]:
        """One section. Raises SystemFault."""
        return dict(self.all().get(name) or {})

    def all(self) -> dict[str, Any]:
        """Raises SystemFault."""
        if self._read is None:
            self._read = dict(self._client.get("account/settings").body.get("settings") or {})
        return self._read
