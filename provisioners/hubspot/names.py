"""What HubSpot calls its objects and properties. Names are made from keys by one rule that never changes, because they
are what a property is known by for ever."""

from __future__ import annotations

import re

OBJECTS = {"companies": "Account", "contacts": "Contact", "tickets": "Case"}
"""HubSpot's objects whose properties golive looks after → the word that other CRMs have for such an object. Files may
say either, so that a client changes the CRM without changing them."""
_WORDS = {
    word: name
    for name, other in OBJECTS.items()
    for word in (name, other.lower(), {"companies": "company"}.get(name, name.removesuffix("s")))
}
OWN_GROUP = {"companies": "companyinformation", "contacts": "contactinformation", "tickets": "ticketinformation"}
"""The vendor's own group of each object, in which a property stands that belongs to no other."""
LONGEST = 100
"""Characters of a property's name; the vendor's limit."""
RESERVED = "hs_"
"""How the names of HubSpot's own properties begin."""
_SALESFORCE = re.compile(r"__[cr]\b|[A-Za-z_]\w*\.[A-Za-z]|&")
"""A custom name, a way over a link (`Owner.Name`), joined texts: none stands in a name or formula of HubSpot."""


def object_named(word: str) -> str | None:
    """HubSpot's object for a word of the files: `companies` for `companies`, `company` and `Account`."""
    return _WORDS.get(word.lower())


def known_objects() -> str:
    """The words that files may say, for a message."""
    return ", ".join(f"{name} (or {other})" for name, other in OBJECTS.items())


def property_name(key: str, existing: bool | str | None) -> str:
    """`existing: annualrevenue` says it; otherwise it is the key. All names are in small letters."""
    return existing.lower() if isinstance(existing, str) else key


def is_salesforce(text: str) -> bool:
    """Whether a name or a formula is in Salesforce's words, as `ARR__c` and `Owner.Name` are."""
    return _SALESFORCE.search(text) is not None
