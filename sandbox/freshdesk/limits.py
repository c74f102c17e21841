"""How many calls a minute the account takes, and what an answer says of it.

Source: developers.freshdesk.com/api, “Rate Limit” and “Embedding”: a number by plan for the whole account, smaller ones
for the lists of tickets and contacts; what is embedded costs more; refused calls count as well.
"""

from __future__ import annotations

from sandbox.freshdesk.account import Account, FreshdeskError

PLANS = {"trial": (50, 50), "growth": (200, 20), "pro": (400, 100), "enterprise": (700, 200)}
"""Plan → calls a minute, and of these on one list."""
_LISTS = ("/tickets", "/contacts")
WINDOW = 60


def cost(path: str, include: str) -> int:
    """How many calls one counts for: on a list each embedded thing is two more, on a single object one."""
    embedded = len([each for each in include.split(",") if each])
    return 1 + embedded * (2 if path in _LISTS else 1)


class Limits:
    """Counts what has arrived in this minute. Kept in memory only."""

    def __init__(self) -> None:
        self._began = 0.0
        self._used: dict[str, int] = {}

    def count(self, account: Account, path: str, include: str) -> dict[str, str]:
        """Count one call; the headers that its answer has. Raises FreshdeskError where it is one too many."""
        now = account.store.clock()
        if now >= self._began + WINDOW:
            self._began, self._used = now, {}
        every, on_list = PLANS[str(account.settings.get("plan", "pro"))]
        every = int(account.settings.get("calls_per_minute", every))
        on_list = int(account.settings.get("ticket_lists_per_minute", on_list))
        used = cost(path, include)
        total = self._used.get("", 0) + used
        listed = self._used.get(path, 0) + 1
        headers = {"X-RateLimit-Total": str(every), "X-RateLimit-Used-CurrentRequest": str(used)}
        if total > every or (path in _LISTS and listed > on_list):
            left = max(1, round(self._began + WINDOW - now))
            raise reached(left, headers)
        self._used[""], self._used[path] = total, listed
        return {**headers, "X-RateLimit-Remaining": str(every - total)}


def reached(seconds: int, headers: dict[str, str] | None = None) -> FreshdeskError:
    """The refusal of a call that is one too many."""
    message = {"message": "You have exceeded the limit of requests per minute"}
    return FreshdeskError(429, message, {**(headers or {}), "X-RateLimit-Remaining": "0", "Retry-After": str(seconds)})
