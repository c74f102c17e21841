"""What the live workspace says against the files: teams and priorities are there."""

from __future__ import annotations

from collections.abc import Iterator

from config.findings import Finding
from provisioners.intent import Intent
from provisioners.issues import missing_projects
from provisioners.linear.client import LinearClient
from provisioners.linear.collections import Team
from provisioners.linear.issues import PRIORITIES
from provisioners.linear.rules import PRIORITY, TEAM
from provisioners.resource import ResourceName


def asked(client: LinearClient, intent: Intent, instance: str) -> list[Finding]:
    """One finding for each team that is not there, and for each word that is no priority."""
    return [*missing_projects(intent, TEAM, "team", Team(client)), *_priorities(intent, instance)]


def _priorities(intent: Intent, instance: str) -> Iterator[Finding]:
    """The vendor's priorities are the same everywhere, so that nothing is asked."""
    for item in intent.declared.of("escalations").values():
        index = next((i for i, row in enumerate(item.value.fields) if row.issue == "priority"), None)
        if index is None or item.value.by_hand:
            continue
        for ours, word in (item.value.fields[index].as_ or {}).items():
            if word not in PRIORITIES:
                said = f"Linear has no priority “{word}”; it has {', '.join(PRIORITIES)}"
                name = ResourceName(instance, item.kind, item.key)
                yield intent.found(PRIORITY, name, said, path=("fields", index, "as", ours))
