"""`--json` of `golive adopt`: what becomes part of the files and of the state, and what does not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error
from config.results.plan import Change, NotRead


@dataclass(frozen=True)
class AdoptedEntry:
    """A live object. `id` is the vendor's, `name` what people call it; `file` says where it is written. `why`: for what
    reason it is only named or left alone, or what of it the files do not say. `vendor_words`: places at which it is in
    the vendor's own words."""

    system: str
    kind: str
    key: str
    name: str
    id: str
    file: str = ""
    why: str = ""
    vendor_words: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class AdoptDocument:
    """What was taken over, or would be (`dry_run`).

    taken: golive looks after it from now on. named: the files only name it. left: it stays out of the files. linked:
    `kind/key` of declared objects that were alive. changes: what the next `up` changes of these. files: file → how many
    objects were written into it. let_pass: rules that some of it breaks. beyond: what golive does not take over, by
    people's words. not_read: systems that do not answer; what is in them is not looked for.
    """

    environment: str
    dry_run: bool = False
    taken: list[AdoptedEntry] = field(default_factory=list)
    named: list[AdoptedEntry] = field(default_factory=list)
    left: list[AdoptedEntry] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    files: dict[str, int] = field(default_factory=dict)
    let_pass: list[str] = field(default_factory=list)
    beyond: dict[str, int] = field(default_factory=dict)
    not_read: list[NotRead] = field(default_factory=list)
    schema: Literal["golive/adopt/1"] = "golive/adopt/1"
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)

    def to_json(self) -> Json:
        return {"schema": self.schema, **as_json(self)}
