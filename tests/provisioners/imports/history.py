"""A small history, and the way in for it."""

from typing import Any

from provisioners.history import NewComment, NewTicket, NewUser
from provisioners.imports import Imports
from provisioners.zendesk import SYSTEM
from tests.live_sandbox import LiveSandbox
from tests.provisioners.zendesk_workspace import connection

PAST = "2024-03-01T08:15:00Z"
LATER = "2024-03-02T08:15:00Z"
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
"""What stands for half a character."""


def way_in(sandbox: LiveSandbox) -> Imports:
    """As a new run has it."""
    found = SYSTEM.imports(connection(sandbox.url))
    assert found is not None
    return found


def done(imports: Imports, job: str) -> list[str]:
    """The ids that a job has made or deleted, as they were sent; nothing may have been refused."""
    state = imports.jobs([job])[job]
    assert state.status == "completed" and not any(row.error for row in state.rows), state
    return [row.id for row in sorted(state.rows, key=lambda row: row.index or 0)]


def customer(imports: Imports, **more: Any) -> str:
    facts = {"external_id": "old:1", "name": "Cleo", "email": "cleo@client.org", **more}
    return done(imports, imports.create_users([NewUser(**facts)]).id)[0]


def ticket(requester: str, number: int = 1, **more: Any) -> NewTicket:
    facts: dict[str, Any] = {
        "external_id": f"old:{number}",
        "subject": "Broken",
        "requester": requester,
        "status": "solved",
        "created": PAST,
        "comments": (NewComment(requester, True, PAST, body="It is broken"),),
    }
    return NewTicket(**(facts | more))
