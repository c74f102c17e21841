"""What records lose with a property that is archived."""

from __future__ import annotations

from collections.abc import Iterator

from config.results.reach import Reach
from provisioners.errors import SystemFault
from provisioners.hubspot.client import HubSpotClient
from provisioners.hubspot.property import Property
from provisioners.intent import Intent


def values_lost(client: HubSpotClient, intent: Intent) -> Iterator[Reach]:
    """One for each property that is archived with values in it, so that their number is named before
    (`--delete-records N`); those, too, that golive may not count. Raises SystemFault."""
    properties = Property(client)
    for change in intent.ended(Property.type):
        number, why = None, None
        try:
            number = properties.count_values(change.id, change.was or {})
        except SystemFault as fault:
            if fault.code == "not_found":
                continue
            if fault.code != "refused":
                raise
            why = fault.why
        if number == 0:
            continue
        name = str((change.was or {}).get("label") or change.label or change.name.key)
        instance, kind, key = change.name.object
        yield Reach(instance, kind, key, name, ["deletes"], of="values", when="with the field", tickets=number, why=why)
