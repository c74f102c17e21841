"""Which object is meant: a key of the files, or the vendor's own word."""

from __future__ import annotations

from config.declaration import Declaration, Declared
from provisioners.salesforce.field_types import OBJECTS
from provisioners.salesforce.names import field_api_name, is_same
from provisioners.translation import Context, Names


def object_name(said: str, context: Context) -> str:
    """The API name of an object by its key (`contract_term`: `Contract_Term__c`), or the vendor's word as it is."""
    item = context.declared.get(OBJECTS, said)
    return api_name_of(item, context) if item else said


def declared_name(said: str, declared: Declaration) -> str:
    """Like `object_name`, as the files alone tell it."""
    item = declared.get(OBJECTS, said)
    return field_api_name(item.value.was or item.key, item.value.existing) if item else said


def api_name_of(item: Declared, context: Context) -> str:
    """A renamed object keeps the name that its first key gave it: fields, rules and flows know it by that."""
    known = context.last_known(OBJECTS, item.key)
    before = str(known.payload.get("FullName", "")) if known else ""
    name = field_api_name(item.value.was or item.key, item.value.existing)
    return before if before and (not item.value.existing or is_same(before, name)) else name


def resource_of(said: str, context: Context) -> tuple[str, ...]:
    """The resource that must be there before anything belongs to an object; none for the vendor's own."""
    return (context.name(OBJECTS, said),) if context.declared.get(OBJECTS, said) else ()


def said_object(api_name: str, names: Names) -> str:
    """What the files call an object: the key of a declared one."""
    return names.values.get((OBJECTS, api_name.lower()), api_name)


def words_of_objects(context: Context) -> dict[tuple[str, str], str]:
    """The keys of declared objects by their API names, for `Names.values`."""
    items = context.declared.of(OBJECTS).values()
    return {(OBJECTS, api_name_of(item, context).lower()): item.key for item in items}
