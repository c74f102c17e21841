"""Which ticket became part of which, once all are read."""

from __future__ import annotations

from migrations.staging.staging import Staging

UNKNOWN = "merged, and nothing says into which"
_TARGET = """
    SELECT merged.ticket, COALESCE(
      (SELECT id FROM tickets WHERE id = merged.target), (SELECT id FROM tickets WHERE id = taken.target), ''
    ) FROM zendesk_merged AS merged
    LEFT JOIN zendesk_taken_in AS taken ON taken.ticket = merged.ticket
    WHERE merged.ticket IN (SELECT id FROM tickets)
"""


def settle(staging: Staging) -> None:
    """Write into each merged ticket of which it is part now. A number that no ticket has is none."""
    with staging.transaction():
        staging.database.execute("DELETE FROM remarks WHERE type = 'tickets' AND what = ?", (UNKNOWN,))
        for ticket, target in staging.database.execute(_TARGET).fetchall():
            staging.database.execute(
                "UPDATE tickets SET data = json_set(data, '$.merged_into', ?) WHERE id = ?", (target, ticket)
            )
            if not target:
                staging.database.execute("INSERT INTO remarks VALUES ('tickets', ?, ?, '')", (ticket, UNKNOWN))
