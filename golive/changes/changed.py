"""One declared object before and after a change, in the vocabulary's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from config.results.plan import Difference
from config.results.review import ReviewAction

Data = Mapping[str, Any]

LEAVES = ("delete", "switch_off", "release", "none")
"""Actions of what leaves the files."""
TO_CUSTOMERS = ("requester", "requester_and_ccs")
"""Recipients of mails that are customers."""


@dataclass(frozen=True)
class Changed:
    """One object before and after a change, in the vocabulary's words; an empty side is one that is not there."""

    kind: str
    key: str
    name: str
    action: ReviewAction
    old: Data = field(default_factory=dict)
    new: Data = field(default_factory=dict)
    diff: list[Difference] = field(default_factory=list)
    only_if_made: bool = False
    """It leaves, and whether it goes or stays depends on who made it, which the files do not say (grammar 5)."""

    @property
    def leaves(self) -> bool:
        return self.action in LEAVES

    @property
    def is_never_written(self) -> bool:
        """It is declared as something that is there already, and only referred to."""
        return not self.leaves and self.new.get("existing") not in (None, False, "vendor_default")

    def touched(self) -> set[str]:
        """The attributes that differ, by their first word."""
        return {each.path.partition(".")[0].partition(" ")[0] for each in self.diff}


def reaches_customers(rule: Data) -> bool:
    """Whether a rule, while it is on, sends something to customers."""
    return rule.get("active", True) is not False and any(map(_goes_to_customers, actions(rule)))


def mails_customers(rule: Data) -> list[str]:
    """The customers' side among the recipients of a rule's mails: `requester`, `requester_and_ccs`."""
    return list(dict.fromkeys(each["email"] for each in actions(rule) if each.get("email") in TO_CUSTOMERS))


def actions(rule: Data) -> Iterable[Data]:
    """What a rule does, entry by entry."""
    return [each for each in rule.get("then") or [] if isinstance(each, Mapping)]


def _goes_to_customers(action: Data) -> bool:
    return action.get("email") in TO_CUSTOMERS or action.get("reply") == "public" or "send_survey" in action
