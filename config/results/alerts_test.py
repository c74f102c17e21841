"""`--json` of `golive alerts test`: what became of one ticket that each alert should tell of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error

AlertResult = Literal["pass", "warn", "fail", "skipped"]
"""warn: it arrived, as far as can be seen. skipped: it was not tried, or the run
was stopped before all was seen."""


@dataclass(frozen=True)
class TestedAlert:
    """channel: its name, without the #. fired: whether the rule acted. status, answer: what the helpdesk's log has of
    the webhook's call, empty where it has none. text: the post as it arrived. seconds: until everything was seen.
    left: what could not be taken away again."""

    alert: str
    name: str
    result: AlertResult
    said: str
    channel: str = ""
    mark: str = ""
    fired: bool = False
    status: int | None = field(default=None, metadata=ONLY_IF_GIVEN)
    answer: str = ""
    text: str = ""
    seconds: float = 0.0
    left: str = ""


@dataclass(frozen=True)
class AlertsTestDocument:
    """alerts: in the order of the files. calls: system → calls that were made."""

    schema: Literal["golive/alerts-test/1"] = "golive/alerts-test/1"
    environment: str = ""
    alerts: list[TestedAlert] = field(default_factory=list)
    calls: dict[str, int] = field(default_factory=dict)
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)

    def to_json(self) -> Json:
        return as_json(self)
