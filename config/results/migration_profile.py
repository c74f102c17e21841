"""`--json` of `golive migrate profile`: what an old tool holds, in numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error
from config.results.shown_number import ShownNumber


@dataclass(frozen=True)
class Share:
    """How many have a word: a status, a channel, a month. word: the old tool's own; empty where it says none."""

    word: str
    number: int


@dataclass(frozen=True)
class FieldProfile:
    """What a field of the old tool's own holds. of: `tickets`, `people` or `organizations`. filled: in how many records
    it holds something. different: how many different values; values: the most frequent ones."""

    of: str
    field: str
    filled: int
    different: int
    values: list[Share]


@dataclass(frozen=True)
class Driver:
    """Words that many subjects have in common: what customers write about. share: of all tickets, from 0 to 1."""

    words: str
    tickets: int
    share: float


@dataclass(frozen=True)
class Odd:
    """Something that a person should know before it is carried over. examples: ids, a few."""

    type: str
    what: str
    number: int
    examples: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class LeftOutReason:
    """What is not carried over. fate: `skipped` by a rule, or `quarantined` because it cannot be carried safely."""

    type: str
    fate: str
    reason: str
    number: int
    examples: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ProfileDocument:
    """is_whole: whether the source was read to its end. first and last: when the oldest and the newest ticket began.
    shown: the numbers that the old tool shows itself, with what was read of them."""

    source: str = ""
    name: str = ""
    is_whole: bool = False
    records: dict[str, int] = field(default_factory=dict)
    first: str = ""
    last: str = ""
    months: list[Share] = field(default_factory=list)
    statuses: list[Share] = field(default_factory=list)
    channels: list[Share] = field(default_factory=list)
    groups: list[Share] = field(default_factory=list)
    languages: list[Share] = field(default_factory=list)
    priorities: list[Share] = field(default_factory=list)
    public: int = 0
    private: int = 0
    bytes_of_files: int = 0
    fields: list[FieldProfile] = field(default_factory=list)
    drivers: list[Driver] = field(default_factory=list)
    odd: list[Odd] = field(default_factory=list)
    left_out: list[LeftOutReason] = field(default_factory=list)
    shown: list[ShownNumber] = field(default_factory=list)
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)
    schema: Literal["golive/migrate-profile/1"] = "golive/migrate-profile/1"

    def to_json(self) -> Json:
        return {"schema": self.schema, **as_json(self)}
