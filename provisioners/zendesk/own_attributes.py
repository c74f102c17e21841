"""What may stand under `zendesk:`: attributes that the vocabulary has no word for, as JSON Schema."""

from __future__ import annotations

from typing import Any


def _extras(**properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}


_DESCRIPTION = {"type": ["string", "null"], "description": "The description that stands in the admin centre."}
_TOLD = {"type": ["string", "null"], "description": "What readers see below its name, in the company's language."}
_FIELD = {"type": "string", "minLength": 1, "description": "The field, as Zendesk calls it."}

FRAGMENTS: dict[str, dict[str, Any]] = {
    "people": _extras(
        alias={"type": "string", "description": "The name that customers see instead of the real one."},
    ),
    "groups": _extras(
        description=_DESCRIPTION,
        is_public={"type": "boolean", "description": "false: only its members see the group's tickets."},
    ),
    "roles": _extras(description=_DESCRIPTION),
    "customer_fields": _extras(
        key={
            "type": "string",
            "pattern": "^[A-Za-z0-9_]+$",
            "description": "Zendesk's own key, where it cannot be ours.",
        }
    ),
    "custom_objects": _extras(
        key={
            "type": "string",
            "pattern": "^[a-z0-9_-]+$",
            "description": "Zendesk's own key, where it cannot be ours.",
        }
    ),
    "brands": _extras(
        host_mapping={"type": ["string", "null"], "description": "An address of the client's own for its help centre."}
    ),
    "queues": _extras(description=_DESCRIPTION),
    "triggers": _extras(description=_DESCRIPTION),
    "settings": {
        "type": "object",
        "additionalProperties": {"type": "object", "minProperties": 1},
        "description": "The account's settings by section: `tickets: {status_hold: true}`.",
    },
    "dynamic_content": _extras(
        placeholder={
            "type": "string",
            "pattern": "^[a-z0-9_]+$",
            "description": "What stands behind `dc.` in Zendesk, where it cannot be our key.",
        }
    ),
    "sla_policies": _extras(description=_DESCRIPTION),
    "views": _extras(description=_DESCRIPTION),
    "group_sla_policies": _extras(description=_DESCRIPTION),
    "deletion_schedules": _extras(description=_DESCRIPTION),
    "webhooks": _extras(
        description=_DESCRIPTION,
        authentication={
            "enum": ["bearer_token", "basic_auth", "api_key"],
            "description": "How it signs in with credentials that golive does not know and leaves as they are.",
        },
    ),
    "help_center_categories": _extras(description=_TOLD),
    "help_center_sections": _extras(description=_TOLD),
    "articles": _extras(
        user_segment={
            "type": "string",
            "minLength": 1,
            "description": "Who reads it in place of everybody: `signed_in`, or the name of one of the account's user "
            "segments.",
        },
        permission_group={
            "type": "string",
            "minLength": 1,
            "description": "Who of the team changes and publishes it, by the name that the permission group has there; "
            "left out, it is the group that every help centre has.",
        },
        promoted={"type": "boolean", "description": "true: it stands out at the top of its section."},
        comments_disabled={"type": "boolean", "description": "true: readers cannot write below it."},
    ),
    "conditions": {
        **_extras(field=_FIELD, operator={"type": "string"}, value={}),
        "required": ["field", "operator"],
    },
    "actions": {**_extras(field=_FIELD, value={}), "required": ["field", "value"]},
}
"""What may stand under `zendesk:` in an object, by kind; and in a condition or an action."""
