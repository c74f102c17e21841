"""The vendor's limits on calls: per minute and account, and per endpoint where switched on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sandbox.zendesk.account import Account

PLAN_LIMITS = {"team": 200, "growth": 400, "professional": 400, "enterprise": 700, "enterprise_plus": 2500}
GUIDE = re.compile(r"(help_center|guide)/")
"""What is counted apart from everything else."""
GENEROUS = 100_000
"""Calls per minute where nothing is set: a sandbox is not to slow anybody down unasked."""


@dataclass(frozen=True)
class EndpointLimit:
    """A limit of its own: `most` calls in `minutes`, counted together where the pattern's groups are the same."""

    name: str
    method: str
    pattern: str
    most: int
    minutes: int = 1


ENDPOINT_LIMITS = (
    EndpointLimit("users-update", "PUT", r"^users/(\d+)$", 5),
    EndpointLimit("organizations-update", "PUT", r"^organizations/(\d+)$", 5),
    EndpointLimit("tickets-update", "PUT", r"^tickets/\d+$", 100),
    EndpointLimit("ticket-updates", "PUT", r"^tickets/(\d+)$", 30, minutes=10),
    EndpointLimit("tickets-delete", "DELETE", r"^tickets/\d+$", 400),
    EndpointLimit("deleted-tickets", "GET", r"^deleted_tickets$", 10),
    EndpointLimit("deleted-users-delete", "DELETE", r"^deleted_users/\d+$", 700, minutes=10),
    EndpointLimit("ticket-field-options", "POST", r"^ticket_fields/\d+/options$", 100),
    EndpointLimit("queues", "GET", r"^queues$", 30),
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
    """Counts calls in whole minutes of the account's clock, or in spans of several."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self._counts: dict[str, tuple[float, int]] = {}
        """What is counted → when it begins anew (seconds since the epoch), and how many calls there were."""

    def per_minute(self) -> int:
        """The account's limit: the setting `calls_per_minute`, a number or `plan` for the plan's own."""
        setting = self.account.settings.get("calls_per_minute", GENEROUS)
        return PLAN_LIMITS.get(self.account.plan, 400) if setting == "plan" else int(setting)

    def take(self, method: str, path: str) -> Verdict:
        """Count one call and judge it."""
        now = self.account.store.clock()
        limit = self.per_minute()
        used, reset = self._count("guide" if GUIDE.match(path) else "account", limit, 1, now)
        left = str(max(0, limit - used))
        headers = {
            "x-rate-limit": str(limit),
            "x-rate-limit-remaining": left,
            "ratelimit-limit": str(limit),
            "ratelimit-remaining": left,
            "ratelimit-reset": str(reset),
        }
        waits = [reset] if used > limit else []
        if self.account.settings.get("endpoint_limits"):
            for own in ENDPOINT_LIMITS:
                match = re.search(own.pattern, path) if own.method == method else None
                if match:
                    used, reset = self._count(f"{own.name} {match.groups()}", own.most, own.minutes, now)
                    remaining = max(0, own.most - used)
                    headers[f"zendesk-ratelimit-{own.name}"] = (
                        f"total={own.most}; remaining={remaining}; resets={reset}"
                    )
                    waits += [reset] if used > own.most else []
        return Verdict(headers, max(waits, default=None))

    def _count(self, key: str, limit: int, minutes: int, now: float) -> tuple[int, int]:
        """Calls in this span of time, this one included (refused calls do not count), and the seconds to its end."""
        span = 60 * minutes
        ends, used = self._counts.get(key, (0.0, 0))
        if not ends - span <= now < ends:
            self._counts = {name: counted for name, counted in self._counts.items() if counted[0] > now}
            ends, used = (now // span + 1) * span, 0
        if used < limit:
            self._counts[key] = (ends, used + 1)
        return used + 1, max(1, round(ends - now))
