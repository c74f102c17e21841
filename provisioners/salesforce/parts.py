"""What an object of the CRM and its parts share: what they are called, and how they are held by the files."""

from __future__ import annotations

from typing import ClassVar

from config.declaration import Declared
from provisioners.crm_fields import FIELDS
from provisioners.resource import Payload, Resource
from provisioners.salesforce.names import api_name, is_same
from provisioners.translation import Context, Translation

FIELD_PART = "field_"
OBJECT_PART = "object_"
PERSON_PART = "person_"


class WithParts(Translation):
    """A kind of which an object is one record, and a record for each field, object or person that it is about."""

    api_name_in: ClassVar[str]
    """Where the main record's payload has the name by which the vendor knows it."""

    def api_name(self, item: Declared, context: Context) -> str:
        """One that was renamed or taken over keeps the name that it has: packages, rules and flows know it by that."""
        existing = item.value.existing
        known = context.last_known(self.kind, item.key)
        before = str(known.payload.get(self.api_name_in, "")) if known else ""
        if isinstance(existing, str):
            return before if is_same(before, existing) else existing
        return before or api_name(item.value.was or item.key)

    def part(
        self, item: Declared, context: Context, part: str, type_: str, payload: Payload, after: tuple[str, ...] = ()
    ) -> Resource:
        """The main record ("") or one of its parts, which leaves with what it is about. after: what comes before it."""
        return Resource(
            name=context.name(self.kind, item.key, part),
            type=type_,
            payload=payload,
            source=context.source(item),
            mode="found" if item.value.existing else "managed",
            on_remove="delete" if part else item.value.removal,
            depends_on=after,
            aliases=self._former_names(item, part, context),
        )

    def _former_names(self, item: Declared, part: str, context: Context) -> tuple[str, ...]:
        """Names of an object or a part of it before the object, or what the part names, was renamed."""
        parts = [part]
        for prefix, of in ((FIELD_PART, FIELDS), (PERSON_PART, "people")):
            named = context.declared.get(of, part.removeprefix(prefix)) if part.startswith(prefix) else None
            if named is not None and named.value.was:
                parts.append(f"{prefix}{named.value.was}")
        keys = [item.key, *([item.value.was] if item.value.was else [])]
        names = [context.name(self.kind, key, each) for key in keys for each in parts]
        return tuple(name for name in names if name != context.name(self.kind, item.key, part))
