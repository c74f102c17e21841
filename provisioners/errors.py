"""What can go wrong with a system, said so that a person can act on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FaultCode = Literal[
    "credentials",  # the token is missing, wrong or lacks a right
    "wrong_account",  # right credentials, another account
    "wrong_address",  # at the address of the environment file there is no such system
    "not_found",
    "refused",  # the vendor understood and said no
    "dropped_field",  # the vendor took the write and left out a part
    "collision",  # something of that name is there and is not ours
    "throttled",  # the vendor's limit, after all waiting
    "unreachable",  # no connection, a time-out, a 5xx, or an answer that is no answer
    "not_allowed",  # golive itself refuses: a write while only reading, a foreign host
    "not_tried",  # an earlier fault made it pointless
    "moved",  # the object changed after a person was shown the plan
    "stopped",  # the run was cancelled
]


@dataclass
class SystemFault(Exception):
    """A call to a system did not do what was asked.

    code: for programs. what: which object or call. why: the vendor's own words where it gave any.
    do: what a person can do about it. took_effect: None where nobody knows whether a write arrived.
    """

    code: FaultCode
    what: str
    why: str
    do: str = ""
    status: int | None = None
    took_effect: bool | None = False

    def __str__(self) -> str:
        if not self.do:
            return f"{self.what}: {self.why}"
        ends = "" if self.why.endswith((".", "!", "?", "…")) else "."
        return f"{self.what}: {self.why}{ends} {self.do}"


def remedy(status: int | None) -> str:
    """What a person can do about a system that gives no answer, or one with this status that is none."""
    if status is not None and status >= 500:
        return "The trouble is the vendor's own: wait a few minutes, then run the same command again."
    return "Check that the address is right and the system is up, then run the same command again."
