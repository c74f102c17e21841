"""A plan in a file: what was shown, and what it was made from, so that nothing else is carried out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from typing import Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.reach import Reach


@dataclass(frozen=True)
class SavedPlan:
    """`golive/saved-plan/1`. as_of: when it was made (ISO 8601). golive, engine: their versions. record: digest of what
    the state remembers of the environment. declared: resource → digest of what the files say of it. seen: resource →
    digest of the live object, empty where it was gone. changes: `system/kind/key` → action. only, exclude: what it is
    about. fingerprint_key: with which secrets are told apart in a first run. switch_on: how many objects that somebody
    switched off by hand it switches on again. reach: rules that act at once on tickets that are there, and how many
    they fitted. digest: of all this but the first.
    """

    environment: str
    client: str
    as_of: str
    golive: str
    engine: str
    phase: str
    record: str
    declared: dict[str, str] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    changes: dict[str, str] = field(default_factory=dict)
    deletions: int = 0
    mails: int = 0
    only: list[str] = field(default_factory=list)
    exclude: list[str] = field(default_factory=list)
    fingerprint_key: str = ""
    switch_on: int | None = field(default=None, metadata=ONLY_IF_GIVEN)
    reach: list[Reach] | None = field(default=None, metadata=ONLY_IF_GIVEN)
    digest: str = ""
    schema: Literal["golive/saved-plan/1"] = "golive/saved-plan/1"

    @property
    def content_digest(self) -> str:
        """The digest of what it says now."""
        said = as_json(replace(self, as_of="", digest="", fingerprint_key=""))
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]

    def sealed(self) -> SavedPlan:
        """With its digest."""
        return replace(self, digest=self.content_digest)

    def to_json(self) -> Json:
        return {"schema": self.schema, **as_json(self)}
