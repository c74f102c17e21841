"""The mapping from a CRM to the helpdesk as a person's steps. Nothing of it is an object of a CRM: no vendor's package
has an interface for its mapping, and golive's own verb carries values over when somebody calls it."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from config.declaration import Declared
from config.kinds.integrations import CrmMapping
from provisioners.person_steps import PersonSteps
from provisioners.translation import Context

GOLIVE_CARRIES = (
    "take these rows out of the vendor's own package first, where it is installed: two writers change a value back and "
    "forth; then carry the values over as often as they change, in a nightly job for example: golive context sync"
)


class MappingSteps(PersonSteps):
    """`crm_mapping`."""

    kind = "crm_mapping"
    place: ClassVar[str]
    """Where a person enters the rows: `in the helpdesk's Salesforce package`."""

    @abstractmethod
    def field_name(self, item: Declared, context: Context) -> str:
        """What the CRM calls a declared field."""

    def task(self, item: Declared, context: Context) -> str:
        mapping: CrmMapping = item.value
        if mapping.written_by == "golive":
            return GOLIVE_CARRIES
        rows = []
        for row in mapping.rows:
            field = context.declared.get("crm_fields", row.field)
            name = self.field_name(field, context) if field else row.field
            path = f" → {row.path}" if row.path else ""
            rows.append(f"{name}{path} to {_in_helpdesk(row.helpdesk, context)}")
        return f"{self.place}, map {', '.join(rows)}; then look what arrives: golive context check"


def _in_helpdesk(field: str, context: Context) -> str:
    """What people call the helpdesk's side of a row: `organization.arr` → `the organisation's “Yearly revenue”`."""
    _, _, key = field.partition(".")
    item = context.declared.get("customer_fields", key)
    return f"the organisation's “{item.name}”" if item else f"the organisation's {key}"
