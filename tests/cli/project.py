"""Workspaces with a project of the whole method, in which three people have a role each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import yaml

from checklists.loading import method
from tests.cli.gated import Gated
from tests.cli.workspace import Workspace

Project = Callable[..., Gated]
PEOPLE = """\
people:
  ana: {name: Ana Sol, email: ana@client.example, roles: [head_of_support]}
  ben: {name: Ben Ode, email: ben@partner.example, roles: [consultant]}
  cai: {name: Cai Lin, email: cai@client.example, roles: [finance, support_lead]}
"""


@pytest.fixture
def project(small: Callable[[str], Workspace]) -> Project:
    """A workspace with a configuration and checklists of its own, in git, in which Ben works."""

    def make(text: str, checklist: str = PEOPLE) -> Gated:
        return Gated.of(small(text), checklist)

    return make


def only(items: Iterable[str], more: Mapping[str, Any]) -> str:
    """A project's checklist in which, of the whole method, only these items are left; and what else it says."""
    kept = set(items)
    known = [key for document in method() for key in (document.data or {}).get("items", {})]
    assert kept <= set(known), kept - set(known)
    said: dict[str, Any] = {**yaml.safe_load(PEOPLE), **more}
    said["items"] = {
        **{key: {"drop": "this test is about others"} for key in known if key not in kept},
        **dict(more.get("items", {})),
    }
    return yaml.safe_dump(said, sort_keys=False)


def day(offset: int) -> str:
    """A day so many days from today (UTC)."""
    return (datetime.now(UTC) + timedelta(days=offset)).date().isoformat()
