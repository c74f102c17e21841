"""Which issues escalations have made: those that golive's user created in the last ninety days, in one call.

Source: linear.app/developers/filtering (durations such as `-P90D`, `isMe`). The newest come first.
"""

from __future__ import annotations

from typing import Any

from provisioners.issues import made_issues
from provisioners.linear.client import LinearClient

_DOCUMENT = (
    "($since: DateTimeOrDuration!) { issues(first: 50, filter: { creator: { isMe: { eq: true } }, "
    "createdAt: { gt: $since } }) { nodes { identifier createdAt description team { key } "
    "labels(first: 50) { nodes { name } } } } }"
)


def issues_made(client: LinearClient) -> dict[str, Any]:
    """The newest fifty that name their ticket."""
    return made_issues(
        (
            str(each["identifier"]),
            str(each["team"]["key"]),
            [str(label["name"]) for label in each["labels"]["nodes"]],
            str(each.get("description") or ""),
            str(each["createdAt"]),
        )
        for each in client.query("issuesMade", _DOCUMENT, since="-P90D")["issues"]["nodes"]
    )
