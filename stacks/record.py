"""The record: the one resource that stands for the environment itself and remembers what the state must know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from provisioners.host.record import RECORD_TYPE
from provisioners.payload import FORMAT
from provisioners.resource import Payload, Resource, Source

RECORD_NAME = "golive/record/environment"


@dataclass(frozen=True)
class Record:
    """What an environment's state remembers besides its objects. State format.

    phase: the phase that the last run applied. log_head: digest of the last entry of the sign-off log.
    accounts: instance → id of the account that was there. switched_off: what was switched off by hand with golive; see
    `stacks.switches`. fingerprint_key: the random key (hex) with which secrets are fingerprinted, so that a rotated one
    is noticed; it opens nothing. unsettled: writes of which nobody knows whether they arrived; see `stacks.unfinished`.
    journal: the runs so far; see `stacks.journal`. taken_over: what was taken over and whose files no run has seen
    since; see `stacks.taken_over`.
    """

    phase: str = "build"
    log_head: str = ""
    accounts: dict[str, str] = field(default_factory=dict)
    payload_format: int = FORMAT
    tool_version: str = ""
    switched_off: tuple[str, ...] = ()
    fingerprint_key: str = ""
    unsettled: tuple[str, ...] = ()
    journal: tuple[str, ...] = ()
    taken_over: tuple[str, ...] = ()

    @property
    def payload(self) -> Payload:
        """The record as the state holds it."""
        lists = {name: list(getattr(self, name)) for name in _LISTS}
        return {name: value for name, value in {**asdict(self), **lists}.items() if value or name not in _LATER}

    def resource(self) -> Resource:
        """The record as the program registers it."""
        return Resource(RECORD_NAME, RECORD_TYPE, self.payload, Source("record", "environment", "", 0))

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> Record:
        """The record in a decoded payload. Attributes of a newer version are ignored."""
        known = {name: payload[name] for name in cls.__dataclass_fields__ if name in payload}
        known |= {name: tuple(known.get(name, ())) for name in _LISTS}
        return cls(**known)


_LISTS = ("switched_off", "unsettled", "journal", "taken_over")
_LATER = ("unsettled", "journal", "taken_over")
"""Left out while they are empty: the first records had none."""
