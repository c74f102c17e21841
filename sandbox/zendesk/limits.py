"""The vendor's limits on calls: per minute and account, and per endpoint where switched on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sandbox.zendesk.account import Account

PLAN_LIMITS = {"team": 200, "growth": 400, "professional": 400, "enterprise": 700, "enterprise_plus": 2500}
GENEROUS = 100_000
"""Calls per minute where nothing is set: a sandbox is not to slow anybody down unasked."""


@dataclass(frozen=True)
class EndpointLimit:
    """A limit of its own. Calls are counted together where the pattern's groups are the same."""

    name: str
    method: str
    pattern: str
    per_minute: int


ENDPOINT_LIMITS = (
    EndpointLimit("users-update", "PUT", r"^users/(\d+)$", 5),
    EndpointLimit("organizations-update", "PUT", r"^organizations/(\d+)$", 5),
    EndpointLimit("tickets-update", "PUT", r"^tickets/\d+$", 100),
    EndpointLimit("ticket-field-options", "POST", r"^ticket_fields/\d+/options$", 100),
    EndpointLimit("search", "GET", r"^search", 100),
    EndpointLimit("incremental-exports", "GET", r"^incremental/", 10),
)
"""Switched on by the setting `endpoint_limits: true`."""


@dataclass(frozen=True)
class Verdict:
    """Whether a call may pass, and the headers that say how much is left."""

    headers: dict[str, str]
    retry_after: int | None = None
    """Seconds to wait; None: the call may pass."""


class Limits:
    """Counts calls in whole minutes of the account's clock."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self._minute = 0
        self._counts: dict[str, int] = {}

    def per_minute(self) -> int:
        """The account's limit: the setting `calls_per_minute`, a number or `plan` for the plan's own."""
        setting = self.account.settings.get("calls_per_minute", GENEROUS)
        return PLAN_LIMITS.get(self.account.plan, 400) if setting == "plan" else int(setting)

    def take(self, method: str, path: str) -> Verdict:
        """Count one call and judge it."""
        now = self.account.store.clock()
        minute = int(now // 60)
        if minute != self._minute:
            self._minute, self._counts = minute, {}
        reset = max(1, round((minute + 1) * 60 - now))
        limit = self.per_minute()
        used = self._count("account", limit)
        left = str(max(0, limit - used))
        headers = {
            "x-rate-limit": str(limit),
            "x-rate-limit-remaining": left,
            "ratelimit-limit": str(limit),
            "ratelimit-remaining": left,
            "ratelimit-reset": str(reset),
        }
        over = used > limit
        if self.account.settings.get("endpoint_limits"):
            for own in ENDPOINT_LIMITS:
                match = re.search(own.pattern, path) if own.method == method else None
                if match:
                    used = self._count(f"{own.name} {match.groups()}", own.per_minute)
                    remaining = max(0, own.per_minute - used)
                    headers[f"zendesk-ratelimit-{own.name}"] = (
                        f"total={own.per_minute}; remaining={remaining}; resets={reset}"
                    )
                    over = over or used > own.per_minute
        return Verdict(headers, reset if over else None)

    def _count(self, key: str, limit: int) -> int:
        """Calls so far, this one included; refused calls do not count."""
        used = self._counts.get(key, 0) + 1
        if used <= limit:
            self._counts[key] = used
        return used
