"""The record: the one resource that stands for the environment itself and remembers what the state must know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from provisioners.host.record import RECORD_TYPE
from provisioners.payload import FORMAT
from provisioners.resource import Resource, Source

RECORD_NAME = "golive/record/environment"


@dataclass(frozen=True)
class Record:
    """What an environment's state remembers besides its objects. State format.

    phase: the phase that the last run applied. log_head: digest of the last entry of the sign-off log.
    accounts: instance → id of the account that was there. switched_off: names of resources switched off by hand.
    fingerprint_key: the random key (hex) with which secrets are fingerprinted, so that a rotated one is
    noticed; it opens nothing.
    """

    phase: str = "build"
    log_head: str = ""
    accounts: dict[str, str] = field(default_factory=dict)
    payload_format: int = FORMAT
    tool_version: str = ""
    switched_off: tuple[str, ...] = ()
    fingerprint_key: str = ""

    def resource(self) -> Resource:
        """The record as the program registers it."""
        payload = {**asdict(self), "switched_off": list(self.switched_off)}
        return Resource(RECORD_NAME, RECORD_TYPE, payload, Source("record", "environment", "", 0))

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> Record:
        """The record in a decoded payload. Attributes of a newer version are ignored."""
        known = {name: payload[name] for name in cls.__dataclass_fields__ if name in payload}
        known["switched_off"] = tuple(known.get("switched_off", ()))
        return cls(**known)
