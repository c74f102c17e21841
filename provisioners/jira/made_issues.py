"""Which issues escalations have made: those that golive's user reported in the last ninety days, in one call.

Source: developer.atlassian.com, “Issue search” (enhanced search, which wants a query with a bound). Version 2 gives a
description as plain text.
"""

from __future__ import annotations

from typing import Any

from provisioners.issues import made_issues
from provisioners.jira.client import JiraClient

_QUERY = "reporter = currentUser() AND created >= -90d ORDER BY created DESC"
_FIELDS = "project,labels,description,created"


def issues_made(client: JiraClient) -> dict[str, Any]:
    """The newest fifty that name their ticket."""
    return made_issues(
        (
            str(each["key"]),
            str(each["fields"]["project"]["key"]),
            [str(label) for label in each["fields"].get("labels") or ()],
            str(each["fields"].get("description") or ""),
            str(each["fields"]["created"]),
        )
        for each in client.search(_QUERY, _FIELDS)
    )
