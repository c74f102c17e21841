"""API names: made from keys by one rule that never changes, because they are what a field is known by for ever."""

from __future__ import annotations

LONGEST = 40
"""Characters of a field's or object's API name before `__c`; the vendor's limit."""

NO_GRANT = frozenset(
    {
        "id",
        "name",
        "ownerid",
        "isdeleted",
        "createdbyid",
        "createddate",
        "lastmodifiedbyid",
        "lastmodifieddate",
        "lastvieweddate",
        "lastreferenceddate",
        "systemmodstamp",
    }
)
"""Standard fields, in small letters, that everybody who sees the object sees: the vendor takes no grant for them."""


NEED_PROCESS = ("case", "lead", "opportunity", "solution")
"""Objects, in small letters, of which a record type says by which process its records go; others have none
(developer.salesforce.com, “Metadata API Developer Guide”, RecordType)."""


def needs_process(owner: str) -> bool:
    """Whether a record type of an object, by its API name, has a process."""
    return owner.lower() in NEED_PROCESS


def api_name(key: str) -> str:
    """Each word of the key with a capital first letter: `csm_name` becomes `Csm_Name`."""
    return "_".join(word[0].upper() + word[1:] for word in key.split("_") if word)


def field_api_name(key: str, existing: bool | str | None) -> str:
    """`existing: ARR__c` says it; otherwise `csm_name` becomes `Csm_Name__c`."""
    return existing if isinstance(existing, str) else f"{api_name(key)}__c"


def why_too_long(key: str) -> str:
    """Why a key makes no API name of a field or an object; "" where it does."""
    if len(api_name(key)) <= LONGEST:
        return ""
    return f"the key gives an API name of more than {LONGEST} characters; shorten it or name one with `existing`"


def is_custom(name: str) -> bool:
    """Whether the organisation made the field itself, by its API name."""
    return name.endswith("__c")


def is_same(one: str, other: str) -> bool:
    """Whether two API names mean the same: capital letters do not matter there."""
    return one.lower() == other.lower()


def why_not_named(name: str, ours: str) -> str:
    """Why golive would not find a live object again by its key; "" where it does."""
    return "" if is_same(name, ours) else f"golive would call it {ours} after its key, and it is {name}"
