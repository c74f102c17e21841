"""`crm_mapping` in Salesforce: what people do, whoever carries the values over."""

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
    """The mapping to the helpdesk. Nothing of it is an object of Salesforce: the native package has no interface for
    its mapping, and golive's own verb carries values over when somebody calls it."""

    kind = MAPPING

    def resources(self, item: Declared, context: Context) -> list[Resource]:
        context.by_hand(item, self.task(item, context))
        return []

    def task(self, item: Declared, context: Context) -> str:
        mapping: CrmMapping = item.value
        if mapping.written_by == "golive":
            return "carry the values over as often as they change, in a nightly job for example: golive context sync"
        rows = []
        for row in mapping.rows:
            field = context.declared.get(FIELDS, row.field)
            name = full_name(field, context) if field else row.field
            path = f" → {row.path}" if row.path else ""
            rows.append(f"{name}{path} to {_in_helpdesk(row.helpdesk, context)}")
        return (
            f"in the helpdesk's Salesforce package, map {', '.join(rows)}; then look what arrives: golive context check"
        )

    def declared(self, parts: Mapping[str, tuple[str, Payload]], names: Names) -> dict[str, Any]:
        return {}
