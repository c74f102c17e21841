"""What systems refuse or cut only when it is sent: lengths, spaces around names, days that are too far away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from config.declaration import Declared
from config.document import Path_
from config.findings import Finding
from config.rules.rule import Rule
from config.rules.scope import Scope

CHANNEL_TEXT = 250
"""Characters of a Slack channel's topic or purpose."""
HOLIDAY_YEARS = 2
"""How far from today a helpdesk's holiday may be."""


CATALOGUE = (
    Rule(
        "name.spaces",
        "error",
        "A name has spaces around it.",
        "The systems remove them, so that it would differ from theirs for ever.",
        "Remove the spaces.",
        excused=True,
    ),
    Rule(
        "slack_channels.too-long",
        "error",
        "A Slack channel's topic or purpose is too long.",
        "Slack cuts or refuses it.",
        "Shorten it, or pin the rest as a message.",
    ),
    Rule(
        "schedules.holiday-far",
        "warning",
        "A holiday is more than two years away.",
        "The helpdesk takes holidays of two years before and after today only.",
        "Leave it out until it is nearer, or remove it where it is past.",
    ),
)


def check(scope: Scope) -> Iterator[Finding]:
    for item in scope.declaration:
        if item.kind in ("integrations", "help_center"):
            continue
        for path, name in _names(item):
            if name != name.strip():
                yield item.finding(
                    "name.spaces", "error", path, f"the name {name!r} has spaces around it",
                    "Remove them: the systems do, and the name would differ from theirs for ever.",
                )  # fmt: skip
    for channel in scope.declaration.of("slack_channels").values():
        for word in ("topic", "purpose"):
            text = getattr(channel.value, word) or ""
            if len(text) > CHANNEL_TEXT:
                yield channel.finding(
                    "slack_channels.too-long", "error", (word,),
                    f"its {word} has {len(text)} characters, and Slack takes {CHANNEL_TEXT}",
                    "Shorten it, or put the rest into a pinned message.",
                )  # fmt: skip
    yield from _holidays(scope)


def _names(item: Declared) -> Iterator[tuple[Path_, str]]:
    """What people read of an object and of its options."""
    name = getattr(item.value, "name", None)
    if isinstance(name, str):
        yield ("name",), name
    choices = item.value.choices() if hasattr(item.value, "choices") else {}
    for key, option in choices.items():
        yield ("options", key), option.name


def _holidays(scope: Scope) -> Iterator[Finding]:
    today = date.today()
    first, last = _shifted(today, -HOLIDAY_YEARS), _shifted(today, HOLIDAY_YEARS)
    for schedule in scope.declaration.of("schedules").values():
        for index, holiday in enumerate(schedule.value.holidays):
            for day in dict.fromkeys((holiday.first, holiday.last)):
                if not first <= date.fromisoformat(day) <= last:
                    yield schedule.finding(
                        "schedules.holiday-far", "warning", ("holidays", index),
                        f"“{holiday.name}” on {day} is more than {HOLIDAY_YEARS} years from today, and the helpdesk "
                        "refuses it",
                        f"Leave it out until it is nearer: today it takes days from {first} to {last}."
                        if day > str(last) else "It is long past: remove it.",
                    )  # fmt: skip


def _shifted(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
