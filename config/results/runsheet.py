"""`--json` of `golive runsheet`: the day on which a phase begins, minute by minute."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error

RunsheetPart = Literal["before", "start", "way_in", "after"]


@dataclass(frozen=True)
class RunsheetStep:
    """One step. minute: counted from the moment in which the phase begins; at: that moment in UTC (ISO 8601), where it
    is known. who: by name, or by role where nobody is named. check: how one sees that it worked; command: what says it;
    back: how it is taken back."""

    minute: int
    part: RunsheetPart
    what: str
    who: list[str] = field(default_factory=list)
    details: list[str] = field(default_factory=list)
    check: str = ""
    command: str = ""
    back: str = ""
    at: str | None = field(default=None, metadata=ONLY_IF_GIVEN)


@dataclass(frozen=True)
class RunsheetDocument:
    """leaves: the phase that the environment is in. begins: when the phase begins (ISO 8601, UTC); empty where nobody
    has said it. time_zone: in which people read times. wakes: what begins to work, by kind. notices: who gets mail or
    loses access. mails: how many messages the step itself causes. not_planned: why it is not known what wakes.
    cautions: what stands against that day. roll_back, escalation: what the project says; empty where it has not.
    people: role → who has it; telephone numbers are never kept here."""

    environment: str = ""
    client: str = ""
    phase: str = ""
    phase_name: str = ""
    leaves: str = ""
    begins: str = ""
    time_zone: str = ""
    made: str = ""
    open: bool = False
    decision: str = ""
    cautions: list[str] = field(default_factory=list)
    wakes: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    mails: int = 0
    not_planned: str = ""
    roll_back: str = ""
    escalation: str = ""
    steps: list[RunsheetStep] = field(default_factory=list)
    people: dict[str, list[str]] = field(default_factory=dict)
    schema: Literal["golive/runsheet/1"] = "golive/runsheet/1"
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)

    def to_json(self) -> Json:
        return {"schema": self.schema, **as_json(self)}
