"""How many calls the account takes, and what an answer says of it.

Source: developers.hubspot.com, “API usage guidelines and limits”: calls of ten seconds, calls of a day; searches are
counted apart, by the second, and their answers do not show limits.
"""

from __future__ import annotations

from sandbox.hubspot.portal import HubSpotError, Portal

IN_TEN_SECONDS, A_DAY, SEARCHES_A_SECOND = 100, 250_000, 5


class Limits:
    """Counts what has arrived. Kept in memory only: a window is seconds long."""

    def __init__(self) -> None:
        self._calls: list[float] = []
        self._searches: list[float] = []

    def count(self, portal: Portal, *, searches: bool) -> dict[str, str]:
        """Count one call; the headers that its answer has. Raises HubSpotError where it is one too many."""
        now = portal.store.clock()
        if searches:
            most = int(portal.settings.get("searches_a_second", SEARCHES_A_SECOND))
            self._searches = [each for each in self._searches if each > now - 1]
            if len(self._searches) >= most:
                raise reached("SECONDLY")
            self._searches.append(now)
            return {}
        most = int(portal.settings.get("calls_in_ten_seconds", IN_TEN_SECONDS))
        self._calls = [each for each in self._calls if each > now - 10]
        if len(self._calls) >= most:
            raise reached("TEN_SECONDLY_ROLLING")
        self._calls.append(now)
        day = int(portal.settings.get("calls_a_day", A_DAY))
        used = portal.store.next_id("hubspot:day")
        if used > day:
            raise reached("DAILY")
        return {
            "X-HubSpot-RateLimit-Max": str(most),
            "X-HubSpot-RateLimit-Remaining": str(most - len(self._calls)),
            "X-HubSpot-RateLimit-Interval-Milliseconds": "10000",
            "X-HubSpot-RateLimit-Daily": str(day),
            "X-HubSpot-RateLimit-Daily-Remaining": str(day - used),
        }


def reached(policy: str) -> HubSpotError:
    """The refusal of a call that is one too many."""
    message = f"You have reached your {policy.lower()} limit."
    return HubSpotError(429, "RATE_LIMITS", message, errorType="RATE_LIMIT", policyName=policy, groupName="publicapi")
