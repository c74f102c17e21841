"""Which Slack channels the helpdesk's rules post into, and who else is told there (grammar 25, 27, 37)."""

from __future__ import annotations

from collections.abc import Iterator

from config.declaration import Declaration
from config.kinds.actions import SlackAction

_RULES, _CHANNELS = ("triggers", "automations", "macros"), "slack_channels"


def channels_posted_to(declared: Declaration) -> Iterator[str]:
    """Keys of the Slack channels that alerts, rules or hourly warnings post into; may repeat."""
    for policy in declared.of("sla_policies").values():
        if policy.value.warn is not None and policy.value.warn.is_hourly:
            yield from _keys(policy.value.warn.to)
    for alert in declared.of("alerts").values():
        yield alert.value.to
    for kind in _RULES:
        for rule in declared.of(kind).values():
            for action in rule.value.then or []:
                if isinstance(action, SlackAction):
                    yield action.slack.partition("/")[2]


def channels_told(declared: Declaration) -> Iterator[str]:
    """Keys of the Slack channels that a watch tells of warnings and breaches; may repeat."""
    for policy in declared.of("sla_policies").values():
        for told in (policy.value.warn, policy.value.breach):
            yield from _keys(told.to) if told is not None else ()


def _keys(references: list[str]) -> Iterator[str]:
    return (key for kind, _, key in (to.partition("/") for to in references) if kind == _CHANNELS)
