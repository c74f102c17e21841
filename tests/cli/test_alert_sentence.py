"""What an alert does, in one sentence."""

from __future__ import annotations

from typing import Any

import pytest

from golive.wording.alerts import alert_sentence
from golive.wording.words import Terms

TERMS = Terms(
    {"urgent": "P1", "high": "P2"},
    {
        ("slack_channels", "critical"): "critical-issues",
        ("segments", "big"): "Enterprise",
        ("segments", "mid"): "Mid-market",
        ("schedules", "office"): "Office",
        ("customer_fields", "csm"): "CSM",
    },
    {
        ("customer_fields", "segment"): {"big": "Enterprise", "mid": "Mid-market"},
        ("customer_fields", "tone"): {"a": "A"},
    },
)
URGENT = {"field": "priority", "changed_to": "urgent"}


@pytest.mark.parametrize(
    ("when", "when_any", "said"),
    [
        (
            [URGENT, {"field": "organization.segment", "is": "big"}],
            [],
            "P1 tickets from Enterprise customers post to #critical-issues, day and night",
        ),
        (
            [{"field": "priority", "is_one_of": ["urgent", "high"]}, {"outside_hours": "office"}],
            [],
            "P1 or P2 tickets post to #critical-issues, outside the hours of Office",
        ),
        (
            [{"field": "organization.segment", "is_one_of": ["big", "mid"]}, {"event": "created"}],
            [],
            "Tickets from Enterprise or Mid-market customers post to #critical-issues, day and night, "
            "if the ticket is new",
        ),
        (
            [{"hours_since": "open", "more_than": "4h"}, {"in_hours": "office"}],
            [URGENT, {"field": "organization.csm", "empty": True}],
            "Tickets post to #critical-issues, within the hours of Office, once it has been more than 4 h since it is "
            "open, if priority became P1 or customer's CSM is empty",
        ),
        (
            [{"field": "organization.tone", "is": "a"}],
            [],
            "Tickets post to #critical-issues, day and night, if customer's tone is A",
        ),
        (
            [{"field": "priority", "at_least": "high"}],
            [],
            "Tickets post to #critical-issues, day and night, if priority is at least P2",
        ),
    ],
)
def test_an_alert_is_one_sentence(when: list[dict[str, Any]], when_any: list[dict[str, Any]], said: str) -> None:
    before = [dict(each) for each in when]
    assert alert_sentence(when, when_any, "critical", TERMS) == said
    assert when == before
