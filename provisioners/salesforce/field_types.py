"""Which of our field types Salesforce has, and which fields it cannot have."""

from __future__ import annotations

from config.declaration import Declared
from config.kinds.integrations import CrmField
from provisioners.crm_fields import CHOICES
from provisioners.resource import Payload
from provisioners.salesforce.names import why_too_long

OBJECTS = "crm_objects"
RECORD_TYPES = "crm_record_types"
ACCESS = "crm_access"
QUEUES = "crm_queues"

METADATA: dict[str, Payload] = {
    "text": {"type": "Text", "length": 255},
    "textarea": {"type": "LongTextArea", "length": 32768, "visibleLines": 3},
    "integer": {"type": "Number", "precision": 18, "scale": 0},
    "decimal": {"type": "Number", "precision": 16, "scale": 2},
    "currency": {"type": "Currency", "precision": 18, "scale": 2},
    "date": {"type": "Date"},
    "checkbox": {"type": "Checkbox", "defaultValue": "false"},
    "dropdown": {"type": "Picklist"},
    "multiselect": {"type": "MultiselectPicklist", "visibleLines": 4},
    "lookup": {"type": "Lookup", "deleteConstraint": "SetNull"},
}
"""What our types are in Salesforce. Precision counts all digits, scale those after the point. A lookup is emptied when
what it points to is deleted."""

_NOT_COMPUTED = ("textarea", "lookup", *CHOICES)
_LONGEST_LABEL = 40
_MOST_CHOICES = 1000
_LONGEST_FORMULA = 3900


def objection(item: Declared) -> tuple[str, str] | None:
    """The attribute that keeps a declared field from being one of Salesforce, and why; None where it can be one.

    The figures are those of help.salesforce.com, “Custom Field Attributes”, “General Picklist Limits” and
    “Formula Field Limits and Restrictions”.
    """
    field: CrmField = item.value
    if field.existing:
        return None
    if field.type not in METADATA:
        known = ", ".join(METADATA)
        return "type", f"Salesforce has no field type for `{field.type}`; the nearest are {known}"
    if field.formula is not None and field.type in _NOT_COMPUTED:
        return "type", f"in Salesforce a formula cannot give a {field.type}; make it a text"
    if why_too_long(item.key):
        return "object", why_too_long(item.key)
    return _too_long(field)


def _too_long(field: CrmField) -> tuple[str, str] | None:
    """The attribute that says more than Salesforce takes, and how much that is."""
    if len(field.name) > _LONGEST_LABEL:
        return "name", f"Salesforce takes names of {_LONGEST_LABEL} characters; this one has {len(field.name)}"
    if len(field.formula or "") > _LONGEST_FORMULA:
        return "formula", f"Salesforce takes formulas of {_LONGEST_FORMULA:,} characters"
    if len(field.options or ()) > _MOST_CHOICES:
        return "options", f"Salesforce takes {_MOST_CHOICES:,} choices"
    return None


def why_not(item: Declared) -> str | None:
    """Why a declared field cannot be a field of Salesforce; None where it can."""
    found = objection(item)
    return found[1] if found else None
