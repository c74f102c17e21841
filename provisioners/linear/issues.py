"""The call that makes an issue of a ticket in Linear.

Source: linear.app/developers, “Getting started”: one path, a personal key as the whole `Authorization` header. The
priority is a number in the document itself, because a variable of that type takes no text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from config.declaration import Declaration
from config.kinds.engineering import Escalation
from provisioners.issues import Call, CannotEscalate, Filled, Issues, Read, SignIn, WayBack, reference
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
    way_back = WayBack(
        "install Linear's app in the helpdesk, and link its issues there",
        (
            "In Linear, under Settings > Integrations > Zendesk, connect the helpdesk as an administrator of both "
            "sides, and switch on what is to happen to tickets when an issue is completed or cancelled.",
            "In Zendesk's Marketplace install Linear's app: agents then see the issue beside the ticket once it is "
            "linked there.",
            "Or name under `calls:` the address of a service of the client's own, which gets each change of an issue "
            "from Linear and sets the field FIELD.",
            "Escalate a test ticket, complete its issue, and look at the ticket.",
        ),
    )
    quirks: ClassVar = {
        "engineering_projects": (
            "What the files call a project is a team here, looked up by its key; golive makes, changes and deletes "
            "none.",
        ),
        "engineering_components": ("Linear has none; each is said to be not sent. A label says the same there.",),
        "engineering_labels": (
            "A label is a team's or, without `project`, the whole workspace's; that never changes.",
            "Whoever deletes one takes it from every issue, so that it stays when it leaves the files, unless they say "
            "otherwise.",
        ),
        "escalations": (
            "The team gets a template of the escalation's name, for issues that people make by hand.",
            "Where `calls:` names an address, the team gets a webhook that calls it when an issue changes; webhooks "
            "need an administrator's key.",
            "There are no types of issues and no components, so that these words are not used.",
            "The priorities are always Urgent, High, Medium, Low and No priority.",
            "Linear answers a call that it refuses with success all the same (status 200, `errors` in it): Zendesk's "
            "page of the webhook shows it only in the answer's text.",
        ),
    }

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
