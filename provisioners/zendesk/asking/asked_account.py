"""What a live account says of itself: each list and setting is read once, and only when something depends on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provisioners.snapshot import Snapshot

if TYPE_CHECKING:
    from provisioners.zendesk.client import ZendeskClient


class AskedAccount:
    """Reads only. Every method may raise SystemFault.

    plan: what the environment file says that the client has bought, empty where it says nothing. seats: how many seats
    for agents it says are paid for. sandbox: it is the local sandbox, which has no Admin Center.
    """

    def __init__(
        self, client: ZendeskClient, plan: str = "", seats: int | None = None, *, sandbox: bool = False
    ) -> None:
        self.client = client
        self.plan = plan
        self.seats = seats
        self.sandbox = sandbox
        self._read = Snapshot()

    def settings(self, section: str) -> dict[str, Any]:
        """One section of the account's settings."""
        return dict(self.all_settings().get(section) or {})

    def all_settings(self) -> dict[str, Any]:
        """The account's settings by section."""
        settings: dict[str, Any] = self._read.once(
            "settings", lambda: dict(self.client.get("account/settings").body.get("settings") or {})
        )
        return settings

    def listed(self, path: str, plural: str = "", *, cursor: bool = True, **query: Any) -> list[dict[str, Any]]:
        """All objects of a list."""
        asked = (path, *sorted(query.items()))
        found: list[dict[str, Any]] = self._read.once(
            asked, lambda: self.client.pages(path, plural or path, cursor=cursor, **query)
        )
        return found

    def definitions(self, path: str) -> dict[str, Any]:
        """What one sort of rule can ask and do in this account."""
        found: dict[str, Any] = self._read.once(
            ("definitions", path), lambda: self.client.get(path).body.get("definitions") or {}
        )
        return found
