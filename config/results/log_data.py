"""What an entry of a log has to say, by its sort: what reading it relies on. More may be said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from config.moments import moment
from config.phases import HANDOFF, PHASES


def _time(text: str) -> str:
    if len(text) == len("2026-01-01"):
        raise ValueError("it is no time")
    moment(text)
    return text


def _moment(text: str) -> str:
    moment(text)
    return text


def _phase(text: str) -> str:
    if text not in PHASES:
        raise ValueError("it is no phase")
    return text


def _entered(text: str) -> str:
    return text if text == HANDOFF else _phase(text)


Time = Annotated[str, AfterValidator(_time)]
"""`2026-11-29T12:00:00Z`."""
Moment = Annotated[str, AfterValidator(_moment)]
"""A time, or a day, of which the last second is meant."""
Phase = Annotated[str, AfterValidator(_phase)]
Entered = Annotated[str, AfterValidator(_entered)]
"""A phase, or the handoff, which is entered as one."""
Made = TypeVar("Made", bound=BaseModel)
Count = Annotated[int, Field(ge=0, le=10**12)]
Seconds = Annotated[int, Field(ge=0, le=10**9)]


class _Said(BaseModel):
    model_config = ConfigDict(extra="allow", strict=True)


class _Person(_Said):
    name: str
    email: str
    roles: list[str]
    key: str


class Frame(_Said):
    """What every entry has."""

    entry: str
    environment: str
    at: Time
    by: _Person
    after: list[str]
    data: dict[str, Any]
    signature: str
    digest: str


class _Binds(_Said):
    item: str = ""
    objects: dict[str, str] = {}
    orders: dict[str, list[str]] = {}
    texts: dict[str, str] = {}
    files: dict[str, str] = {}


class _Behalf(_Said):
    name: str
    email: str = ""
    roles: list[str] = []
    key: str = ""
    evidence: str = ""
    digest: str = ""


class _Review(_Said):
    url: str = ""
    commit: str = ""
    at: str = ""


class _Signed(_Said):
    item: str
    binds: _Binds
    statement: str = ""
    note: str = ""
    source: str = ""
    commit: str = ""
    config: str = ""
    practice: bool = False
    on_behalf_of: _Behalf | None = None
    review: _Review | None = None


class _Withdrawn(_Said):
    item: str


class _Attached(_Said):
    item: str
    binds: _Binds
    files: dict[str, str] = {}
    links: list[str] = []
    note: str = ""


class _WaiverAsked(_Said):
    item: str
    reason: str
    until: Moment
    definition: str = ""


class _WaiverAnswered(_Said):
    waiver: str
    item: str = ""
    why: str = ""


class _Dissent(_Said):
    who: str
    said: str


class _Condition(_Said):
    what: str
    who: str
    due: Moment


class _Decided(_Said):
    phase: str
    decision: Literal["go", "no_go"]
    gate: str
    config: str = ""
    why: str = ""
    waivers: list[str] = []
    states: dict[str, str] = {}
    dissent: list[_Dissent] = []
    conditions: list[_Condition] = []


class _ActionDone(_Said):
    decision: str
    number: Count
    note: str = ""


class _Tried(_Said):
    channel: str
    result: str
    said: str = ""
    later: list[str] = []


class _AlertTried(_Said):
    alert: str
    result: str
    said: str = ""
    objects: dict[str, str] = {}


class _AddressTried(_Said):
    address: str
    into: str
    result: str
    said: str = ""


class _MigrationVerified(_Said):
    migration: str
    result: str
    mark: str
    checks: dict[str, Count] = {}
    unexplained: Count = 0


class _RedirectsChecked(_Said):
    migration: str
    result: str
    pages: str
    asked: Count
    wrong: Count
    undecided: Count = 0
    statuses: dict[str, Count] = {}
    hops: dict[str, Count] = {}
    then: dict[str, Count] = {}


Judgement = Literal["ok", "cosmetic", "medium", "high", "critical"]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{16,64}$")]


class _SampleDrawn(_Said):
    """tickets: old id → digest of what it was."""

    migration: str
    share: Annotated[float, Field(gt=0, le=1)]
    of: Count
    tickets: dict[str, Digest]


class _Verdict(_Said):
    verdict: Judgement
    digest: Digest
    note: str = ""


class _SampleJudged(_Said):
    migration: str
    verdicts: dict[str, _Verdict]


class _Watched(_Said):
    looks: Count = 0
    began: Time = "2000-01-01T00:00:00Z"
    until: Time = "2000-01-01T00:00:00Z"
    longest_gap: Seconds = 0
    said: str = ""

    @model_validator(mode="after")
    def check_whole(self) -> Self:
        missing = {"began", "until", "longest_gap"} - self.model_fields_set
        if self.looks and missing:
            raise ValueError(f"{', '.join(sorted(missing))} is missing")
        return self


class _CohortGrown(_Said):
    stage: str
    organizations: Count
    of: Count
    internal: Count = 0
    segment: str = ""


class _Entering(_Said):
    phase: Entered
    config: str = ""
    reason: str = ""


class _Leaving(_Said):
    phase: Phase
    leaves: list[str] = []
    config: str = ""
    reason: str = ""


class _GlassBroken(_Said):
    phase: str
    reason: str
    items: list[str]
    freeze: str = ""


class _GlassAnswered(_Said):
    glass: str
    note: str = ""
    late: bool = False


SORTS: Mapping[str, type[BaseModel]] = {
    "begun": _Said,
    "signed": _Signed,
    "withdrawn": _Withdrawn,
    "attached": _Attached,
    "waiver_asked": _WaiverAsked,
    "waiver_approved": _WaiverAnswered,
    "waiver_denied": _WaiverAnswered,
    "waiver_revoked": _WaiverAnswered,
    "decided": _Decided,
    "action_done": _ActionDone,
    "tried": _Tried,
    "alert_tried": _AlertTried,
    "address_tried": _AddressTried,
    "migration_verified": _MigrationVerified,
    "redirects_checked": _RedirectsChecked,
    "sample_drawn": _SampleDrawn,
    "sample_judged": _SampleJudged,
    "watched": _Watched,
    "cohort_grown": _CohortGrown,
    "advance_started": _Entering,
    "advanced": _Entering,
    "retreat_started": _Leaving,
    "retreated": _Leaving,
    "glass_broken": _GlassBroken,
    "glass_confirmed": _GlassAnswered,
    "glass_reviewed": _GlassAnswered,
    "merged": _Said,
}
"""Every sort of entry → what it has to say."""


class Incomplete(ValueError):
    """An entry does not say what its sort has to say."""


def check_said(said: Mapping[str, Any]) -> None:
    """Whether a line says what an entry has to say. Raises Incomplete, with the first thing that is wrong."""
    frame = _checked(Frame, said, "")
    sort = SORTS.get(frame.entry)
    if sort is None:
        raise Incomplete(f"there is no entry `{frame.entry}`")
    _checked(sort, frame.data, "data.")


def _checked(model: type[Made], said: Mapping[str, Any], above: str) -> Made:
    try:
        return model.model_validate(said)
    except ValidationError as broken:
        error = broken.errors(include_url=False, include_input=False, include_context=False)[0]
        place = above + ".".join(str(step) for step in error["loc"])
        why = "is missing" if error["type"] == "missing" else "is not what it has to be"
        raise Incomplete(f"`{place.rstrip('.')}` {why}") from None
