"""`x-allow`: an object sets a rule aside for itself, with a reason (grammar 23).

This is the one place where that is done. What a rule has found is kept or set aside here, and what is set aside is
counted; an entry that sets nothing aside is a finding of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from config.declaration import Declaration, Declared
from config.document import show_path
from config.findings import Finding
from config.rules.rule import Rule
from config.rules.scope import did_you_mean

UNKNOWN = Rule(
    "x-allow.unknown",
    "warning",
    "`x-allow` names a rule that does not exist.",
    "The finding that was meant is not set aside.",
    "Correct the id; docs/rules.md lists all.",
    excused=False,
)
REASON = Rule(
    "x-allow.reason",
    "error",
    "`x-allow` gives no reason.",
    "Whoever reads it next year will ask, and nobody will know.",
    "Say why; whoever reads this next year will ask.",
)
REFUSED = Rule(
    "x-allow.refused",
    "warning",
    "`x-allow` names a rule that no reason sets aside.",
    "The system would refuse what breaks it, or it could not be read: the finding stays.",
    "Remove the entry, and put right what the rule finds.",
    excused=False,
)
UNUSED = Rule(
    "x-allow.unused",
    "warning",
    "`x-allow` sets a rule aside that finds nothing there.",
    "It hides the next mistake of that sort, and makes readers look for one that is no more.",
    "Remove the entry.",
    excused=False,
)
CATALOGUE = (UNKNOWN, REASON, REFUSED, UNUSED)


@dataclass(frozen=True)
class Allowed:
    """A finding that an object sets aside, and why."""

    finding: Finding
    reason: str


@dataclass
class Exceptions:
    """The entries of all objects, and what they have set aside so far."""

    declaration: Declaration
    catalogue: Mapping[str, Rule]
    allowed: list[Allowed] = field(default_factory=list)
    _owners: dict[str, Declared] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if any(_entries(item) for item in self.declaration):
            self._owners = {show_path(item.path): item for item in self.declaration}

    def sift(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """What stays of findings; the rest goes to `allowed`."""
        for finding in findings:
            owner = self._owner(finding.path) if self._owners else None
            reason = _entries(owner).get(finding.rule)
            here = owner is not None and owner.position.file == finding.position.file
            if reason is None or not here or not self._may_be(finding.rule):
                yield finding
            elif reason.strip():  # an entry without a reason is told itself, and one mistake is one finding
                self.allowed.append(Allowed(finding, reason.strip()))

    def check(self) -> Iterator[Finding]:
        """What is to be said of the entries themselves, before it is known what they set aside."""
        for item in self._owners.values():
            for rule, reason in _entries(item).items():
                path = ("x-allow", rule)
                if rule not in self.catalogue:
                    hint = did_you_mean(rule, sorted(self.catalogue))
                    yield UNKNOWN.found(item, path, f"there is no rule `{rule}` to allow", hint, of_key=True)
                elif not self._may_be(rule):
                    what = self.catalogue[rule].what[0].lower() + self.catalogue[rule].what[1:].rstrip(".")
                    yield REFUSED.found(item, path, f"no reason sets `{rule}` aside: {what}", of_key=True)
                if not reason.strip():
                    yield REASON.found(item, path, f"`x-allow` gives no reason for breaking `{rule}`")

    def unused(self) -> Iterator[Finding]:
        """Entries that have set nothing aside, once all rules have been asked.

        Of rules that depend on the environment's plan, or that a live account answers, nothing is said: they are asked
        only where it is known.
        """
        yield from self._unused(self._owners.values(), lambda rule: not (rule.of_plan or rule.of_account))

    def unused_of_account(self, asked: Container[tuple[str, str]]) -> Iterator[Finding]:
        """Entries for rules that a live account answers, of the objects (kind and key) of which it was asked."""
        items = (item for item in self._owners.values() if (item.kind, item.key) in asked)
        yield from self._unused(items, lambda rule: rule.of_account)

    def _unused(self, items: Iterable[Declared], of: Callable[[Rule], bool]) -> Iterator[Finding]:
        used = {(self._place(each.finding.path), each.finding.rule) for each in self.allowed}
        for item in items:
            for rule, reason in _entries(item).items():
                known = self.catalogue.get(rule)
                if known is None or not reason.strip() or not self._may_be(rule) or not of(known):
                    continue
                if (show_path(item.path), rule) not in used:
                    message = f"`{rule}` finds nothing here, so there is nothing to allow"
                    yield UNUSED.found(item, ("x-allow", rule), message, of_key=True)

    def _may_be(self, rule: str) -> bool:
        known = self.catalogue.get(rule)
        return known is None or known.may_be_allowed

    def _owner(self, path: str) -> Declared | None:
        """The innermost object in which a place is."""
        return self._owners.get(self._place(path))

    def _place(self, path: str) -> str:
        while path and path not in self._owners:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return path


def _entries(item: Declared | None) -> dict[str, str]:
    allow: dict[str, str] = getattr(item.value, "allow", None) or {} if item else {}
    return allow
