"""One line of `checklists/log/<environment>.jsonl`: what somebody did about a gate, and when."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from config.results.log_data import check_said

SCHEMA: Literal["golive/log-entry/1"] = "golive/log-entry/1"

EntrySort = Literal[
    "begun", "signed", "withdrawn", "attached", "waiver_asked", "waiver_approved", "waiver_denied", "waiver_revoked",
    "decided", "action_done", "tried", "alert_tried", "address_tried", "migration_verified", "redirects_checked",
    "sample_drawn", "sample_judged", "watched", "cohort_grown", "advance_started", "advanced", "retreat_started",
    "retreated", "glass_broken", "glass_confirmed", "glass_reviewed", "merged",
]  # fmt: skip


@dataclass(frozen=True)
class Actor:
    """Who did it. Nothing but name, role and address is kept of anybody. key: under which the project's people have
    them; empty for somebody whom they do not have. practice: somebody else only plays them; an entry that is added says
    so in its data."""

    name: str
    email: str = ""
    roles: tuple[str, ...] = ()
    key: str = ""
    practice: bool = False

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "email": self.email, "roles": list(self.roles), "key": self.key}


@dataclass(frozen=True)
class LogEntry:
    """An entry. at: ISO 8601 in UTC, to the second. after: the digests of the entries that nothing followed when it was
    written; several after a merge. data: what it says, by its sort. signature: of `signed_text`, by the key of who
    did it; empty where none is asked for. digest: SHA-256 (hex) of everything else."""

    entry: EntrySort
    environment: str
    at: str
    by: Actor
    after: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    signature: str = ""
    digest: str = ""

    @property
    def line(self) -> str:
        """As the file holds it, without the line's end."""
        return canonical({**self._content, "digest": self.digest})

    @property
    def signed_text(self) -> str:
        """What a signature is of: all but the signature itself and the digest."""
        return canonical({name: part for name, part in self._content.items() if name != "signature"})

    @property
    def sealed(self) -> LogEntry:
        """The same with its digest."""
        return replace(self, digest=self.true_digest)

    @property
    def true_digest(self) -> str:
        """What its digest has to be."""
        return hashlib.sha256(canonical(self._content).encode()).hexdigest()

    @property
    def _content(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "entry": self.entry,
            "environment": self.environment,
            "at": self.at,
            "by": self.by.to_json(),
            "after": list(self.after),
            "data": self.data,
            "signature": self.signature,
        }

    @classmethod
    def of(cls, line: str) -> LogEntry:
        """The entry in a line. Raises ValueError where the line is none, or is not written as golive writes it;
        Incomplete where it does not say what its sort has to say."""
        try:
            return cls._read(line)
        except RecursionError:
            raise ValueError("it is nested too deeply") from None

    @classmethod
    def _read(cls, line: str) -> LogEntry:
        said = json.loads(line)
        if not isinstance(said, dict) or said.get("schema") != SCHEMA:
            raise ValueError("it is no entry of a log")
        if canonical(said) != line:
            raise ValueError("it is not written as golive writes it")
        line.encode()
        check_said(said)
        by = said["by"]
        found = cls(
            said["entry"], said["environment"], said["at"],
            Actor(by["name"], by["email"], tuple(by["roles"]), by["key"]),
            tuple(said["after"]), said["data"], said["signature"], said["digest"],
        )  # fmt: skip
        if found.line != line:
            raise ValueError("it says more than an entry does")
        return found


def canonical(value: Any) -> str:
    """JSON in the one form that a digest is taken of: keys sorted, no spaces, no escapes that are not needed."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
