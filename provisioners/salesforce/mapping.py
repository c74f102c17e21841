"""`crm_mapping` in Salesforce: a task for a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from config.declaration import Declared
from config.kinds.integrations import CrmMapping
from provisioners.resource import Payload, Resource
from provisioners.salesforce.field_types import FIELDS, MAPPING
from provisioners.salesforce.translations import full_name
from provisioners.translation import Context, Names, Translation


def _in_helpdesk(field: str, context: Context) -> str:
    """What people call the helpdesk's side of a row: `organization.arr` → `the organisation's “Yearly revenue”`."""
    _, _, key = field.partition(".")
    item = context.declared.get("customer_fields", key)
    return f"the organisation's “{item.name}”" if item else f"the organisation's {key}"


class CrmMappingTranslation(Translation):
    """The mapping to the helpdesk. The native package has no interface for it, so it becomes a task for a person."""

    kind = MAPPING

    def resources(self, item: Declared, context: Context) -> list[Resource]:
        mapping: CrmMapping = item.value
        if mapping.written_by == "golive":
            context.leave_out(item, "this version of golive does not copy values from the CRM itself")
            return []
        context.by_hand(item, self.task(item, context))
        return []

    def task(self, item: Declared, context: Context) -> str:
        rows = []
        for row in item.value.rows:
            field = context.declared.get(FIELDS, row.crm)
            rows.append(f"{full_name(field, context) if field else row.crm} to {_in_helpdesk(row.helpdesk, context)}")
        return f"in the helpdesk's Salesforce package, map {', '.join(rows)}"

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        return {}
