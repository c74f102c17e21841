"""The ticket fields that every account has, with their choices.

Source: developers.freshdesk.com/api, “List All Ticket Fields” and “Ticket Properties”.
"""

from __future__ import annotations

from sandbox.store import Row

STATUSES = {"2": "Open", "3": "Pending", "4": "Resolved", "5": "Closed"}
PRIORITIES = {"1": "Low", "2": "Medium", "3": "High", "4": "Urgent"}
SOURCES = {"Email": 1, "Portal": 2, "Phone": 3, "Forum": 4, "Twitter": 5, "Facebook": 6, "Chat": 7,
           "Feedback Widget": 9, "Outbound Email": 10}  # fmt: skip
_FOR_CUSTOMERS = {"2": "Being Processed", "3": "Awaiting your Reply", "4": "This ticket has been Resolved",
                  "5": "This ticket has been Closed"}  # fmt: skip
_AT = {"created_at": "2020-01-01T00:00:00Z", "updated_at": "2020-01-01T00:00:00Z"}


def default_fields() -> list[Row]:
    """Without ids. Choices are lists, or words by number, or numbers by word, as the vendor has it for each."""
    statuses = {number: [label, _FOR_CUSTOMERS[number]] for number, label in STATUSES.items()}
    choices: dict[str, object] = {
        "status": statuses,
        "priority": {label: int(number) for number, label in PRIORITIES.items()},
        "source": dict(SOURCES),
        "ticket_type": ["Question", "Incident", "Problem", "Feature Request", "Refund"],
    }
    labels = {"subject": "Subject", "ticket_type": "Type", "source": "Source", "status": "Status",
              "priority": "Priority", "group": "Group", "agent": "Agent", "description": "Description"}  # fmt: skip
    return [
        {"name": name, "label": label, "type": f"default_{name}", "default": True, **_AT,
         **({"choices": choices[name]} if name in choices else {})}
        for name, label in labels.items()
    ]  # fmt: skip
