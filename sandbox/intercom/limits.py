"""How many calls the workspace takes, and what an answer says of it.

Source: developers.intercom.com, “Rate Limiting”: 10,000 calls a minute for an app, spread over windows of ten seconds;
the headers say what is left of the window, and when the next one begins. No answer says for how long to wait.
"""

from __future__ import annotations

from sandbox.intercom.workspace import IntercomError, Workspace

IN_WINDOW = 10_000 // 6
WINDOW = 10


class Limits:
    """Counts what has arrived in this window. Kept in memory only."""

    def __init__(self) -> None:
        self._window = 0
        self._used = 0

    def count(self, workspace: Workspace) -> dict[str, str]:
        """Count one call; the headers that its answer has. Raises IntercomError where it is one too many."""
        window = int(workspace.store.clock() // WINDOW)
        if window != self._window:
            self._window, self._used = window, 0
        most = int(workspace.settings.get("calls_in_ten_seconds", IN_WINDOW))
        self._used += 1
        headers = {
            "X-RateLimit-Limit": str(most),
            "X-RateLimit-Remaining": str(max(0, most - self._used)),
            "X-RateLimit-Reset": str((window + 1) * WINDOW),
        }
        if self._used > most:
            raise reached(most, headers)
        return headers


def reached(most: int, headers: dict[str, str] | None = None) -> IntercomError:
    """The refusal of a call that is one too many."""
    return IntercomError(429, "rate_limit_exceeded", f"Exceeded rate limit of {most} in 10_seconds", headers)
