"""`--json` of `golive migrate redirects`: where the old pages lead, and what was done or seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error


@dataclass(frozen=True)
class RefusedPage:
    """An old page that leads nowhere. page: the key of its row. code: `undecided`, `no_article`, `not_live`,
    `no_address`, `no_page`, `conflict` or `loop`; of the help centre's own host also `no_rule` (no rule can act on it),
    `answers` (it is still there) and `others` (somebody else has set a rule)."""

    page: str
    title: str
    url: str
    code: Literal[
        "undecided",
        "no_article",
        "not_live",
        "no_address",
        "no_page",
        "conflict",
        "loop",
        "no_rule",
        "answers",
        "others",
    ]
    why: str
    do: str


@dataclass(frozen=True)
class ChangedRule:
    """A redirect rule of the help centre. start: the path from which it leads; was: where it led."""

    action: Literal["set", "change", "remove"]
    start: str
    to: str = ""
    was: str = ""


@dataclass(frozen=True)
class WrongPage:
    """An old page that does not lead where it is to. code: `no_answer`, `not_led`, `not_permanent`, `elsewhere`,
    `chain` or `no_page_there`. status: of its own answer; then: of the page to which it led."""

    old: str
    new: str
    code: Literal["no_answer", "not_led", "not_permanent", "elsewhere", "chain", "no_page_there"]
    status: int
    location: str
    then: int
    said: str


@dataclass(frozen=True)
class CheckedPages:
    """asked: how many. statuses, hops and then: of their own answer, how many steps, of the page at the end → how many
    pages."""

    asked: int
    statuses: dict[str, int] = field(default_factory=dict)
    hops: dict[str, int] = field(default_factory=dict)
    then: dict[str, int] = field(default_factory=dict)
    wrong: list[WrongPage] = field(default_factory=list)


@dataclass(frozen=True)
class MigrationRedirectsDocument:
    """did: `rules` were set, a `file` was written, pages were `checked`, or rules were `removed`. pages: old ones.
    stays: that are where they were; dropped: that lead nowhere on purpose. rules: that were changed; there: that were
    right already. hosts: other hosts → old pages there, which need a file. text: the file where no name was given."""

    source: str = ""
    name: str = ""
    environment: str | None = None
    account: str = ""
    did: Literal["rules", "file", "checked", "removed"] = "rules"
    pages: int = 0
    stays: int = 0
    dropped: int = 0
    refused: list[RefusedPage] = field(default_factory=list)
    rules: list[ChangedRule] = field(default_factory=list)
    there: int = 0
    hosts: dict[str, int] = field(default_factory=dict)
    format: str = ""
    file: str = ""
    text: str = ""
    checked: CheckedPages | None = field(default=None, metadata=ONLY_IF_GIVEN)
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)
    schema: Literal["golive/migrate-redirects/1"] = "golive/migrate-redirects/1"

    def to_json(self) -> Json:
        return {"schema": self.schema, **as_json(self)}
