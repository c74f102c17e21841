"""What is live in the systems of an environment, as far as gates ask for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

AccountQuestion = Literal[
    "audit_log", "sign_in", "routing", "crm_rights", "crm_page", "helpdesk_apps", "crm_apps", "issues_made",
    "issues_back",
]  # fmt: skip
"""What is asked of an account beside its objects: whether its audit log can be read, how the team signs in, whether the
helpdesk hands tickets to agents by itself; what golive's user may not do in the CRM, and which fields stand on the
pages of its records; which apps are installed in either; which issues escalations have made in the tracker, and what
was changed since then, over the helpdesk's API, on the tickets of which they were made."""


@dataclass(frozen=True)
class LiveObject:
    """One live object. ours: `kind/key` of what golive looks after, empty for all else. active: None where it has no
    switch. default: it came with the helpdesk. facts: what else its system says of it, such as `verified` of an
    address, or `email` and `role` of an agent."""

    system: str
    kind: str
    id: str
    name: str
    ours: str = ""
    active: bool | None = None
    default: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """objects: of every kind that was listed. listed: these kinds. signed_in: system → the account that answered.
    not_read: system → why it, or a part of it, could not be read. calls: system → how many calls were made. answers:
    what the account says to each question that was asked; unanswered: question → why there is no answer."""

    objects: tuple[LiveObject, ...] = ()
    listed: tuple[str, ...] = ()
    signed_in: Mapping[str, str] = field(default_factory=dict)
    not_read: Mapping[str, str] = field(default_factory=dict)
    calls: Mapping[str, int] = field(default_factory=dict)
    answers: Mapping[AccountQuestion, Mapping[str, Any]] = field(default_factory=dict)
    unanswered: Mapping[AccountQuestion, str] = field(default_factory=dict)

    def of(self, kind: str) -> list[LiveObject]:
        """The live objects of a kind."""
        return [each for each in self.objects if each.kind == kind]
