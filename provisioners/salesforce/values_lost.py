"""What records lose with a field that is deleted, so that its number is named before (`--delete-records N`)."""

from __future__ import annotations

from collections.abc import Iterator

from config.results.reach import Reach
from provisioners.errors import SystemFault
from provisioners.intent import Intent
from provisioners.salesforce.client import SalesforceClient
from provisioners.salesforce.custom_field import CustomField

_NOT_COUNTED = "Salesforce counts no long texts and no multiple choices"


def values_lost(client: SalesforceClient, intent: Intent) -> Iterator[Reach]:
    """One for each field that is deleted with values in it; one whose values cannot be counted is among them. Whatever
    golive let go of before keeps everything. Raises SystemFault."""
    fields = CustomField(client)
    for change in intent.ended(CustomField.type):
        try:
            number = fields.count_values(change.id, change.was or {})
        except SystemFault as fault:
            if fault.code != "not_found":
                raise
            continue
        if number == 0:
            continue
        name = str((change.was or {}).get("label") or change.label or change.name.key)
        why = _NOT_COUNTED if number is None else None
        instance, kind, key = change.name.object
        yield Reach(instance, kind, key, name, ["deletes"], of="values", when="with the field", tickets=number, why=why)
