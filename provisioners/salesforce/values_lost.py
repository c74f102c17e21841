"""What is lost with a field or an object that is deleted, so that its number is named before
(`--delete-records N`)."""

from __future__ import annotations

from collections.abc import Iterator

from config.results.reach import Reach
from provisioners.collection import Collection
from provisioners.errors import SystemFault
from provisioners.intent import Intent, PlannedChange
from provisioners.salesforce.client import SalesforceClient
from provisioners.salesforce.custom_field import CustomField, object_of
from provisioners.salesforce.custom_object import CustomObject

_NOT_COUNTED = "Salesforce counts no long texts and no multiple choices"
_NOT_SHOWN = "golive's own user may not see it, as nothing in these files gives it to anybody"
_UNCOUNTABLE = ("LongTextArea", "MultiselectPicklist")
_NOT_SEEN = "golive's own user may not read its records"
_NOT_ALL = "golive's own user sees only records that are shared with it: give it the right View All Data"


def values_lost(client: SalesforceClient, intent: Intent) -> Iterator[Reach]:
    """One for each field that is deleted with values in it, and each object with records; what cannot be counted is
    among them. Whatever golive let go of before keeps everything. Raises SystemFault."""
    gone: set[str] = set()
    for change in intent.ended(CustomObject.type):
        gone.add(str((change.was or {}).get("FullName", "")).lower())
        why = _NOT_SEEN if client.sees_all_records else _NOT_ALL
        yield from _lost(CustomObject(client), change, "records", "with the object", why)
    for change in intent.ended(CustomField.type):
        if object_of(str((change.was or {}).get("FullName", ""))).lower() not in gone:
            counted = (change.was or {}).get("type") not in _UNCOUNTABLE
            why = _NOT_COUNTED if not counted else _NOT_SHOWN if client.sees_all_records else _NOT_ALL
            yield from _lost(CustomField(client), change, "values", "with the field", why)


def _lost(collection: Collection, change: PlannedChange, of: str, when: str, unknown: str) -> Iterator[Reach]:
    try:
        number = collection.count_values(change.id, change.was or {})
    except SystemFault as fault:
        if fault.code != "not_found":
            raise
        return
    if number == 0:
        return
    name = str((change.was or {}).get("label") or change.label or change.name.key)
    why = unknown if number is None else None
    instance, kind, key = change.name.object
    yield Reach(instance, kind, key, name, ["deletes"], of=of, when=when, tickets=number, why=why)
