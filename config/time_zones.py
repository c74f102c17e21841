"""IANA time zones, and which of them people mean by a city or by the letters on a clock."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

from config.words import as_key

_PLACES = {
    "Europe/Berlin": "cet cest mez mesz central_european_time munich hamburg frankfurt cologne",
    "Europe/London": "bst uk england edinburgh manchester",
    "Europe/Helsinki": "eet eest",
    "Europe/Lisbon": "wet west",
    "Europe/Zurich": "geneva basel",
    "Europe/Rome": "milan",
    "Europe/Madrid": "barcelona",
    "America/New_York": "est edt et est5edt eastern eastern_time boston washington miami atlanta",
    "America/Chicago": "cst cdt ct cst6cdt central central_time dallas houston austin",
    "America/Denver": "mst mdt mt mst7mdt mountain mountain_time",
    "America/Los_Angeles": "pst pdt pt pst8pdt pacific pacific_time san_francisco seattle",
    "America/Toronto": "ottawa",
    "Asia/Kolkata": "ist india bangalore bengaluru mumbai delhi hyderabad",
    "Asia/Shanghai": "beijing",
    "Asia/Tokyo": "jst",
    "Australia/Sydney": "aest aedt",
    "Etc/UTC": "z zulu",
}
"""A place → what people say for its time. The letters mean half a year; the place means all of it."""

PLACE_OF = {word: place for place, words in _PLACES.items() for word in words.split()}


@cache
def time_zones() -> frozenset[str]:
    """All names that this machine knows."""
    return frozenset(available_timezones())


@cache
def _by_city() -> dict[str, str]:
    """The last part of each name → the name; names that are only kept for old files come last."""
    names = sorted(time_zones(), key=lambda name: (not name.startswith(("Europe/", "America/", "Asia/")), name))
    found: dict[str, str] = {}
    for name in names:
        if "/" in name and not name.startswith(("Etc/", "posix/", "right/")):
            found.setdefault(as_key(name.rpartition("/")[2]), name)
    return found


def zone_hint(name: str) -> str:
    """What to write for a time zone that is not known."""
    city = as_key(name.rpartition("/")[2])
    meant = PLACE_OF.get(as_key(name)) or PLACE_OF.get(city) or _by_city().get(city)
    if meant:
        return f"Did you mean `{meant}`?"
    if any(sign in name for sign in "+-"):
        return "A distance from UTC is wrong for half a year: name a place, such as Europe/Berlin."
    near = get_close_matches(name, time_zones(), n=1, cutoff=0.8)
    return f"Did you mean `{near[0]}`?" if near else "Name a place in the IANA form, such as Europe/Berlin."
