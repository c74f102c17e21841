"""History as it is sent to a helpdesk, and as it is there.

Ids are the vendor's, as text. Moments are UTC, `2024-03-01T08:15:00Z`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# ---------------------------------------------------------------- what is sent


@dataclass(frozen=True)
class NewOrganization:
    """external_id: whose it is in the old tool; no two have the same, and no two have one name. values: the vendor's
    field key → value."""

    external_id: str
    name: str
    domains: tuple[str, ...] = ()
    notes: str = ""
    tags: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class NewUser:
    """A customer; nobody is mailed, and no agent's seat is taken. email: empty for somebody without an address.
    organization: an id. language: such as `de`. values: the vendor's field key → value."""

    external_id: str
    name: str
    email: str = ""
    phone: str = ""
    organization: str = ""
    language: str = ""
    notes: str = ""
    tags: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class NewComment:
    """author: a user's id. public: whether the customer may read it. html wins over body. uploads: tokens."""

    author: str
    public: bool
    created: str
    body: str = ""
    html: str = ""
    uploads: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewTicket:
    """A ticket with all that was written in it, oldest first. status, priority and kind: the vendor's words; empty:
    none. channel: how it came, in the vendor's word; empty: over its API. custom_status: an id that wins over the
    status. copied: users' ids. values: field id → value. Without an
    assignee, a solved or closed one becomes that of whoever imports."""

    external_id: str
    subject: str
    requester: str
    status: str
    created: str
    comments: tuple[NewComment, ...]
    updated: str = ""
    solved: str = ""
    priority: str = ""
    kind: str = ""
    custom_status: str = ""
    submitter: str = ""
    assignee: str = ""
    group: str = ""
    organization: str = ""
    brand: str = ""
    form: str = ""
    channel: str = ""
    recipient: str = ""
    copied: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class NewFile:
    """A file for a comment. media_type: as the source said it; one that is none counts as unknown."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class FieldPlace:
    """A field of the files in the live helpdesk. choices: key of an option → what the vendor keeps; empty for a field
    without choices."""

    id: str
    choices: Mapping[str, str] = field(default_factory=dict)

    def held(self, value: Any) -> Any:
        """A value of the files as the vendor keeps it; None for a choice that there is not."""
        if not self.choices:
            return value
        if isinstance(value, list):
            return [self.choices[each] for each in value if each in self.choices]
        return self.choices.get(str(value))


# ---------------------------------------------------------------- what is there


@dataclass(frozen=True)
class FoundOrganization:
    id: str
    name: str
    external_id: str


@dataclass(frozen=True)
class FoundUser:
    """team: somebody who works in the account."""

    id: str
    name: str
    email: str
    external_id: str
    team: bool


@dataclass(frozen=True)
class HeldFile:
    """A file as it is shown at a comment. blocked: why it cannot be loaded, such as a virus; empty where it can."""

    id: str
    name: str
    media_type: str
    size: int
    address: str
    blocked: str = ""


@dataclass(frozen=True)
class HeldComment:
    id: str
    author: str
    public: bool
    body: str
    html: str
    created: str
    files: tuple[HeldFile, ...] = ()


@dataclass(frozen=True)
class HeldTicket:
    """Attributes as in `NewTicket`; empty for none."""

    id: str
    external_id: str
    subject: str
    requester: str
    submitter: str
    assignee: str
    group: str
    organization: str
    brand: str
    form: str
    status: str
    custom_status: str
    priority: str
    kind: str
    channel: str
    created: str
    updated: str
    solved: str
    copied: tuple[str, ...]
    tags: tuple[str, ...]
    values: Mapping[str, Any]
