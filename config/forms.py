"""The forms that texts must have, how they are explained, and what a text of another form was perhaps meant to be."""

from __future__ import annotations

import re
from collections.abc import Callable

from config.duration import show
from config.words import as_key

_LONGEST = 100
"""What is longer was not meant to be a duration, an address or a name."""
_UNITS = {
    "m": 1, "min": 1, "mins": 1, "minute": 1, "minutes": 1,
    "h": 60, "hr": 60, "hrs": 60, "hour": 60, "hours": 60,
    "d": 1440, "day": 1440, "days": 1440, "w": 10080, "week": 10080, "weeks": 10080,
}  # fmt: skip
_PART = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*([a-z]+)\s*")


def duration_meant(text: str) -> str:
    """`1 hour` → `1h`, `1h30m` → `90m`; empty where it cannot be told."""
    parts = _PART.findall(text.strip().lower())
    if not parts or _PART.sub("", text.strip().lower()) or any(unit not in _UNITS for _, unit in parts):
        return ""
    total = sum(float(number.replace(",", ".")) * _UNITS[unit] for number, unit in parts)
    if total != int(total) or total < 1:
        return ""
    in_days = all(_UNITS[unit] >= _UNITS["d"] for _, unit in parts) and total % _UNITS["d"] == 0
    return f"{int(total) // _UNITS['d']}d" if in_days else show(int(total))


_CLOCK = r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?\s*(am|pm)?"
_SPAN = re.compile(rf"{_CLOCK}\s*(?:-|–|—|to)\s*{_CLOCK}")


def span_meant(text: str) -> str:
    """`9-17`, `9am-5pm`, `9:00 – 17:00` → `09:00-17:00`; empty where it cannot be told."""
    if as_key(text) == "24h" or text.strip().lower() in ("24h", "24/7", "always", "all day"):
        return "00:00-24:00"
    found = _SPAN.fullmatch(text.strip().lower())
    return f"{_clock(*found.groups()[:3])}-{_clock(*found.groups()[3:])}" if found else ""


def _clock(hour: str, minute: str | None, half: str | None) -> str:
    hours = int(hour) % 12 + (12 if half == "pm" else 0) if half else int(hour)
    return f"{hours:02}:{minute or '00'}"


def _date_meant(text: str) -> str:
    found = re.fullmatch(r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})", text.strip())
    if found:
        return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    found = re.fullmatch(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", text.strip())
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else ""


def _email_meant(text: str) -> str:
    found = re.search(r"[^\s<>]+@[^\s<>]+", text)
    return found[0] if found else ""


def _slack_name_meant(text: str) -> str:
    return re.sub(r"[^a-z0-9_-]+", "-", text.lower().lstrip("#").strip())


def _tag_meant(text: str) -> str:
    return re.sub(r"[\s,]+", "_", text.strip())


def _share_meant(text: str) -> str:
    return f"{re.sub(r'[^0-9]', '', text)}%"


def _locale_meant(text: str) -> str:
    return text.replace("_", "-")


def _address_meant(text: str) -> str:
    return f"https://{text}" if "." in text and "$" not in text else ""


def _nothing(text: str) -> str:
    return ""


FORMS: dict[str, tuple[str, Callable[[str], str]]] = {
    r"^[1-9][0-9]*[mhd]$": ("A duration is a whole number with m, h or d: 30m, 4h, 2d.", duration_meant),
    r"^[^@\s]+@[^@\s]+\.[^@\s]+$": ("An e-mail address looks like name@company.example.", _email_meant),
    r"^[a-z0-9_-]{1,80}$": (
        "Slack's channel names are lower-case letters, digits, - and _, up to 80, without the #.", _slack_name_meant,
    ),
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$": ("A date is written YYYY-MM-DD.", _date_meant),
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}( .*)?$": ("Write the last day as YYYY-MM-DD, then a space and the reason.", _nothing),
    r"^([1-9][0-9]?|100)%$": ("A share is written 75%.", _share_meant),
    r"^[^\s,]+$": ("A tag is one word, without spaces and commas.", _tag_meant),
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$": ("A language is written de or en-US.", _locale_meant),
    r"^[a-z][a-z0-9_]*$": ("A key is lower-case letters, digits and underscores, and begins with a letter.", as_key),
    r"^[A-Z][A-Za-z0-9.-]*$": (
        "An id begins with a capital letter; letters, digits, dots and dashes follow: P2.3.f.", _nothing,
    ),
    r"^https?://[^\s]+$": ("An address begins with https:// (or http://).", _address_meant),
    r"^organization\.[a-z][a-z0-9_]*$": ("Write organization.KEY, with the key of a customer field.", _nothing),
    r"^(external_id|organization\.[a-z][a-z0-9_]*)$": ("Write external_id or organization.KEY.", _nothing),
}  # fmt: skip
"""Pattern → (how it is explained, what a text that does not match was perhaps meant to be)."""


def form_hint(pattern: str, given: object) -> str:
    """What to say of a value that does not match a pattern."""
    explained, meant = FORMS.get(pattern) or _other_form(pattern)
    suggested = meant(given) if isinstance(given, str) and len(given) <= _LONGEST else ""
    if suggested and suggested != given and re.search(pattern, suggested):
        return f"Write `{suggested}`. {explained}"
    return explained


def _other_form(pattern: str) -> tuple[str, Callable[[str], str]]:
    if "24:00" in pattern:
        return "A span is written 09:00-17:30; the day ends at 24:00.", span_meant
    if "env:" in pattern and "https" in pattern:
        return "An address begins with https://, or is named as a secret: env:NAME.", _address_meant
    if "env:" in pattern:
        return "Name an environment variable: env:NAME.", _nothing
    return f"It must match {pattern}", _nothing
