"""The call that makes an issue of a ticket in Linear.

Source: linear.app/developers, “Getting started”: one path, a personal key as the whole `Authorization` header. The
priority is a number in the document itself, because a variable of that type takes no text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from config.declaration import Declaration
from config.kinds.engineering import Escalation
from provisioners.issues import Call, CannotEscalate, Filled, Issues, Read, SignIn, reference
from provisioners.run_file import SystemSettings

PRIORITIES = {"Urgent": "1", "High": "2", "Medium": "3", "Low": "4", "No priority": "0"}
"""The vendor's words, which no workspace can change, and the numbers that stand for them."""
_WORDS = {number: word for word, number in PRIORITIES.items()}
_BEFORE = (
    "mutation escalate($title: String!, $description: String, $team: String!, $labels: [String!]) "
    "{ issueCreate(input: { title: $title, description: $description, teamId: $team, labelIds: $labels, priority: "
)
_AFTER = " }) { success issue { identifier url } } }"


class LinearIssues(Issues):
    tracker = "Linear"

    def call(
        self, escalation: Escalation, filled: Filled, declared: Declaration, instance: str, settings: SystemSettings
    ) -> Call:
        row = escalation.row("priority")
        if row is None or row.as_ is None:
            raise CannotEscalate("it does not say which priority the issue gets")
        unknown = [word for word in row.as_.values() if word not in PRIORITIES]
        if unknown:
            raise CannotEscalate(
                f"Linear has no priority “{unknown[0]}”; it has {', '.join(word for word in PRIORITIES)}"
            )
        numbers = {ours: PRIORITIES[word] for ours, word in row.as_.items()}
        body: dict[str, Any] = {
            "query": f"{_BEFORE}{filled.choose(numbers)}{_AFTER}",
            "variables": {
                "title": filled.title,
                "description": filled.text,
                "team": reference(instance, "engineering_projects", escalation.project),
                "labels": [reference(instance, "engineering_labels", key) for key in escalation.labels],
            },
        }
        return Call(f"{settings.url.rstrip('/')}/graphql", SignIn(settings.token, header="Authorization"), body)

    def read(self, body: Mapping[str, Any]) -> Read | None:
        query, variables = str(body.get("query", "")), body.get("variables")
        if not isinstance(variables, Mapping) or not query.startswith(_BEFORE):
            return None
        return Read(
            project=str(variables.get("team", "")),
            text=str(variables.get("description", "")),
            priorities=query.removeprefix(_BEFORE).removesuffix(_AFTER),
            labels=tuple(str(each) for each in variables.get("labels") or ()),
            word=lambda number: _WORDS.get(number, number),
        )
