"""What `include=metric_sets` shows of a ticket: how often something happened to it.

The vendor shows more, such as times in minutes; only what is counted here is shown. Source: developer.zendesk.com,
“Ticket Metrics” and “Side-Loading”.
"""

from __future__ import annotations

from sandbox.store import Row


def shown_metric_set(ticket: Row) -> Row:
    """`replies` counts the public comments of agents after the one with which the ticket was made. `solved_at` is shown
    of imported tickets alone."""
    counts = ticket.get("_counts") or {}
    imported = ticket.get("_imported")
    return {
        **({"solved_at": imported["solved_at"]} if imported else {}),
        "ticket_id": ticket["id"],
        "created_at": ticket["created_at"],
        "updated_at": ticket["updated_at"],
        "replies": counts.get("replies", 0),
        "reopens": counts.get("reopens", 0),
        "group_stations": len(counts.get("groups", ())),
        "assignee_stations": len(counts.get("agents", ())),
    }
