"""Tokens that a stand-in has granted, and when they end."""

from __future__ import annotations

import secrets

from sandbox.store import Row, Store, Table

LONGEST = 172_800
TABLE = "granted_tokens"


class Grants:
    """The tokens of one system. They are kept with its other rows, so that they live as long as these."""

    def __init__(self, store: Store, system: str) -> None:
        self._store = store
        self._system = system

    @property
    def _rows(self) -> Table:
        return self._store.table(self._system, TABLE)

    def grant(self, seconds: float, *, refresh: bool = False) -> Row:
        """A new token, good for so long, and where it is wanted one that gets its successor."""
        token = f"granted-{secrets.token_hex(12)}"
        successor = f"refresh-{secrets.token_hex(12)}" if refresh else None
        self._rows[token] = {"id": token, "ends": self._store.clock() + seconds, "refresh": successor}
        return self._rows[token]

    def is_good(self, token: str | None) -> bool:
        """Whether a token was granted and has not ended."""
        row = self._rows.get(token or "")
        return row is not None and row["ends"] > self._store.clock()

    def spend(self, refresh: str) -> bool:
        """Take a refresh token, and the access token that came with it, out of use; False where it is worth nothing."""
        found = [key for key, row in self._rows.items() if row["refresh"] == refresh]
        for key in found:
            del self._rows[key]
        return bool(found)
