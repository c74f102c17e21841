"""Where the files' own keys are in the live helpdesk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from provisioners.history import FieldPlace


@dataclass(frozen=True)
class Places:
    """Key → the vendor's id. people: of those who have a seat."""

    groups: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    ticket_fields: Mapping[str, FieldPlace] = field(default_factory=dict)
