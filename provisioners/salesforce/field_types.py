"""Which of our field types Salesforce has, and which fields it cannot have."""

from __future__ import annotations

from config.declaration import Declared
from config.kinds.integrations import CrmField
from provisioners.resource import Payload
from provisioners.salesforce.names import LONGEST, api_name

FIELDS = "crm_fields"
ACCESS = "crm_access"
QUEUES = "crm_queues"
MAPPING = "crm_mapping"

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
}
"""What our types are in Salesforce. Precision counts all digits, scale those after the point."""

CHOICES = ("dropdown", "multiselect")
_NOT_COMPUTED = ("textarea", *CHOICES)


def why_not(item: Declared) -> str | None:
    """Why a declared field cannot be a field of Salesforce; None where it can."""
    field: CrmField = item.value
    if field.existing:
        return None
    if field.type not in METADATA:
        known = ", ".join(METADATA)
        return f"Salesforce has no field type for `{field.type}`; the nearest are {known}"
    if field.formula is not None and field.type in _NOT_COMPUTED:
        return f"in Salesforce a formula cannot give a {field.type}; make it a text"
    if len(api_name(item.key)) > LONGEST:
        return f"the key gives an API name of more than {LONGEST} characters; shorten it or name one with `existing`"
    return None
