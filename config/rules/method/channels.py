"""Channels that leave customers without an answer, or support without its own address."""

from __future__ import annotations

from collections.abc import Iterator

from config.declaration import Declared
from config.findings import Finding
from config.kinds.schedules import DAYS
from config.rules.logic.line import Line, RunningRule
from config.rules.method.figures import MANY_CHANNELS
from config.rules.method.launching import SOFT_LAUNCH, launches
from config.rules.rule import Rule

UNPHASED = Rule(
    "GL-C03",
    "warning",
    "Five sorts of channels or more go live at once.",
    "What goes wrong on one of them is not seen among the others.",
    "Declare a `rollout`, or give channels their own `phase`.",
)
CLOSED_CHAT = Rule(
    "GL-C05",
    "error",
    "A chat does not say when somebody is there, or what customers read when nobody is.",
    "At night they write into a void and wait.",
    "Say `hours`, and `when_closed` for the time outside them.",
    excused=True,
)
GENERAL = Rule(
    "GL-C07",
    "error",
    "The support address is the company's general one.",
    "Customers' questions drown among suppliers' mail, and suppliers' mail becomes tickets.",
    "Give support an address of its own, such as support@ or help@.",
    excused=True,
)
NO_WAY = Rule(
    "GL-C09",
    "error",
    "Customers can read articles, and there is no channel that leads to a person.",
    "Who finds no answer is stuck.",
    "Declare a form, an address or a chat under `channels`.",
    excused=True,
)
TOO_EARLY = Rule(
    "GL-C08",
    "warning",
    "An address that customers know is to lead into the helpdesk before the soft launch.",
    "Everybody meets what has not been proved, and nobody has decided who is let in. The gate of the soft launch "
    "(P2.3.a-waits) looks whether mail arrives, and does not open.",
    "Give the channel  phase: soft_launch  or  phase: rollout ; until then let a test address be forwarded.",
)
CATALOGUE = (UNPHASED, CLOSED_CHAT, GENERAL, NO_WAY, TOO_EARLY)
_GENERAL = ("info", "office", "mail", "post", "general", "reception", "admin", "accounts", "accounting")


def check(line: Line) -> Iterator[Finding]:
    declaration = line.scope.declaration
    channels = [each for each in declaration.of("channels").values() if each.value.type is not None]
    sorts = list(dict.fromkeys(each.value.type for each in channels))
    phased = launches(declaration) or any(each.value.phase or each.value.not_before for each in channels)
    if len(sorts) >= MANY_CHANNELS and not phased:
        last = next(each for each in channels if each.value.type == sorts[MANY_CHANNELS - 1])
        yield UNPHASED.found(last, (), f"with it, {len(sorts)} sorts of channels go live at once", of_key=True)
    for channel in channels:
        if channel.value.existing:
            continue
        if channel.value.type == "messaging":
            yield from _chat(channel, line)
        known = getattr(channel.value, "forwards_from", None)
        if known and launches(declaration) and RunningRule.span_of(channel.value)[0] < SOFT_LAUNCH:
            message = f"mail to `{known}` is to lead here before the soft launch"
            yield TOO_EARLY.found(channel, ("forwards_from",), message)
        for word in ("address", "forwards_from"):
            address = getattr(channel.value, word, None) or ""
            local, _, domain = address.casefold().partition("@")
            own = getattr(declaration.single("company"), "domain", None)
            if local in _GENERAL and (own is None or domain == own.casefold()):
                yield GENERAL.found(channel, (word,), f"`{address}` is an address for everything")
    read = [each for each in declaration.of("articles").values() if each.value.customers.can != "hidden"]
    if read and not declaration.of("channels") and launches(declaration) and line.scope.is_whole:
        yield NO_WAY.found(read[0], (), "customers can read this, and there is no channel to a person", of_key=True)


def _chat(channel: Declared, line: Line) -> Iterator[Finding]:
    hours, closed = channel.value.hours, channel.value.when_closed
    if hours is None:
        yield CLOSED_CHAT.found(channel, (), "this chat does not say when somebody is there", of_key=True)
        return
    schedule = line.scope.declaration.get("schedules", hours)
    if closed is None and schedule is not None and not schedule.value.existing and not _around_the_clock(schedule):
        yield CLOSED_CHAT.found(
            channel, (), "this chat does not say what customers read when it is closed", of_key=True
        )


def _around_the_clock(schedule: Declared) -> bool:
    week = schedule.value.hours
    return not schedule.value.holidays and all(getattr(week, day) == ["00:00-24:00"] for day in DAYS)
