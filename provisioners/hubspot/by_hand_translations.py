"""What HubSpot's interface cannot do: `crm_access`, `crm_queues`, `crm_mapping`. They are a person's steps;
where the files do not say so, `rules` has refused the first two.

Source: knowledge.hubspot.com, “Restrict view and edit access for properties” and “Turn on and set up the help desk”;
developers.hubspot.com lists no call for either. Of the data sync's mapping there is none, too.
"""

from __future__ import annotations

from config.declaration import Declared
from config.kinds.integrations import CrmAccess, CrmQueue
from provisioners.crm_fields import FIELDS
from provisioners.hubspot.field_translation import name_of
from provisioners.hubspot.field_types import ACCESS, QUEUES
from provisioners.hubspot.names import object_named
from provisioners.mapping_steps import MappingSteps
from provisioners.person_steps import PersonSteps
from provisioners.translation import Context


def _called(kind: str, key: str, context: Context) -> str:
    item = context.declared.get(kind, key)
    return item.name if item is not None else key


def _listed(kind: str, keys: list[str], context: Context) -> str:
    return ", ".join(f"“{_called(kind, key, context)}”" for key in keys)


class CrmAccessTranslation(PersonSteps):
    """Who sees and changes which properties."""

    kind = ACCESS

    def task(self, item: Declared, context: Context) -> str:
        access: CrmAccess = item.value
        who = ", ".join(_called("people", key, context) for key in access.people) or "the people meant"
        rights = [
            f"{words} {_listed(FIELDS, keys, context)}"
            for words, keys in (("view", access.read), ("edit", access.edit))
            if keys
        ]
        tasks = [f"{' and '.join(rights)} (Settings, Properties, the property, Manage access)"] if rights else []
        if access.objects:
            records = ", ".join(f"{right} {object_named(word) or word}" for word, right in access.objects.items())
            tasks.append(f"{records} (Settings, Users & Teams, the user, Permissions)")
        return f"let {who}, in HubSpot, {'; '.join(tasks) or 'do what they need'}"


class CrmQueueTranslation(PersonSteps):
    """Who takes from what waits."""

    kind = QUEUES

    def task(self, item: Declared, context: Context) -> str:
        queue: CrmQueue = item.value
        who = ", ".join(_called("people", key, context) for key in queue.people) or "its people"
        return (
            f"make a help desk view “{item.name}” for {who} in HubSpot, and let tickets go to them: Help desk, Views; "
            "Settings, Help desk, Routing"
        )


class CrmMappingTranslation(MappingSteps):
    """The rows of the data sync."""

    place = "in HubSpot's data sync with the helpdesk (Settings, Integrations, Connected apps, Zendesk, companies)"

    def field_name(self, item: Declared, context: Context) -> str:
        return name_of(item, context)
