"""`golive review --json`: what a change of a workspace's files means, from two revisions of its repository."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from config.results.document import ONLY_IF_GIVEN, Json, as_json
from config.results.error import Error
from config.results.findings import FindingEntry
from config.results.plan import Audience, Difference, PlanDocument

ReviewAction = Literal["create", "update", "rename", "delete", "switch_off", "release", "none"]
"""rename: the key is another one, by `was:`. The last four: it leaves the files, and in the system it is then deleted,
switched off or left as it is; none: there is nothing of it in any system."""
RiskKind = Literal[
    "loses_values", "weakens_guard", "opens_account", "widens_readers", "removes_access", "keeps_access", "gives_right",
    "touches_all", "mails_customers", "goes_live", "changes_sla", "closes_channel", "opens_channel", "sends_out",
    "invites", "ends_rule", "job_left", "option_leaves", "sets_rule_aside",
]  # fmt: skip
"""From the most to the least risky; `golive.changes.risks` says what each is."""


@dataclass(frozen=True)
class Risk:
    """Why a change deserves a second look. file, line: where it is declared now, empty and 0 where it is not any more;
    `file` counts from the workspace."""

    risk: RiskKind
    kind: str
    key: str
    text: str
    file: str = ""
    line: int = 0


@dataclass(frozen=True)
class ReviewChange:
    """What the change does to one declared object, in the vocabulary's words. `kind` is `environments` for an
    environment file. says: the differences as lines for people; the first two characters are `+ `, `- ` or blank.
    leaves: what happens in the system to an object that leaves the files. waits: from when on it works. note: why it
    is not sent. file, line: where it is declared, in the base where it leaves. was: its former key. there: new in the
    files, and live already just so, as the live plan shows."""

    kind: str
    key: str
    name: str
    action: ReviewAction
    audience: Audience
    diff: list[Difference] = field(default_factory=list)
    says: list[str] = field(default_factory=list)
    leaves: str = ""
    waits: str = ""
    note: str = ""
    file: str = ""
    line: int = 0
    was: str | None = field(default=None, metadata=ONLY_IF_GIVEN)
    there: bool = False

    @property
    def where(self) -> str:
        """`file:line`."""
        return f"{self.file}:{self.line}" if self.file else ""


@dataclass(frozen=True)
class ReviewSide:
    """One of the two sides. revision: as it was asked for, `working tree` for the files as they are on disk. commit:
    empty for these. digest: of all that the side declares. valid: its files have no errors. declared: digest of what it
    declares with the environment's values, by which a live plan made from the same files is known."""

    revision: str
    commit: str = ""
    digest: str = ""
    valid: bool = True
    declared: str = ""

    @property
    def short(self) -> str:
        """What people call it: the commit's first letters, or `working tree`."""
        return self.commit[:9] or self.revision


@dataclass(frozen=True)
class ReviewSummary:
    """How many objects are made, changed, renamed (by `was:`), or leave the files."""

    made: int = 0
    changed: int = 0
    renamed: int = 0
    leaving: int = 0

    @classmethod
    def of(cls, changes: Iterable[ReviewChange]) -> ReviewSummary:
        counted = Counter(each.action for each in changes)
        leaving = sum(counted[each] for each in ("delete", "switch_off", "release", "none"))
        return cls(counted["create"], counted["update"], counted["rename"], leaving)


@dataclass(frozen=True)
class ReviewDocument:
    """What a change means. environment: whose values are filled in. digest: of the content of the change alone, so that
    an agreement to it can name it. risks: most risky first. changes: what customers notice, what agents notice, what
    nobody notices. findings_added, findings_removed: of `golive validate`, compared by rule, object and text. remarks:
    what could not be compared, and why. plan: the live plan that was given."""

    client: str = ""
    environment: str = ""
    base: ReviewSide = field(default_factory=lambda: ReviewSide(""))
    head: ReviewSide = field(default_factory=lambda: ReviewSide(""))
    digest: str = ""
    summary: ReviewSummary = field(default_factory=ReviewSummary)
    risks: list[Risk] = field(default_factory=list)
    changes: list[ReviewChange] = field(default_factory=list)
    findings_added: list[FindingEntry] = field(default_factory=list)
    findings_removed: list[FindingEntry] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    plan: PlanDocument | None = field(default=None, metadata=ONLY_IF_GIVEN)
    schema: Literal["golive/review/1"] = "golive/review/1"
    error: Error | None = field(default=None, metadata=ONLY_IF_GIVEN)

    @property
    def short_digest(self) -> str:
        """So much of the digest as a person types: 48 bits, so that nobody finds another change that has it, too."""
        return self.digest[:12]

    @property
    def answer(self) -> str:
        """The sentence with which a person agrees."""
        return f"I agree to review {self.short_digest}"

    def to_json(self) -> Json:
        return {"schema": self.schema, **as_json(self)}
