"""Records of an old tool, as people call them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

TITLES: Mapping[str, tuple[str, str]] = {
    "organizations": ("organization", "organizations"),
    "groups": ("group", "groups"),
    "people": ("person", "people"),
    "tickets": ("ticket", "tickets"),
    "comments": ("comment", "comments"),
    "attachments": ("file", "files"),
    "articles": ("article", "articles"),
    "macros": ("macro", "macros"),
    "rules": ("rule", "rules"),
}
"""Type of record → one, several, as people call them."""
FATES = {"skipped": "left out", "failed": "refused", "quarantined": "put aside"}


WORDS: Mapping[str, str] = {
    "statuses": "status",
    "priorities": "priority",
    "kinds": "kind",
    "groups": "group",
    "people": "person",
    "tags": "tag",
    "ticket_fields": "field of tickets",
    "person_fields": "field of customers",
    "organization_fields": "field of organizations",
}
"""Part of a mapping → what people call a word of it."""


def word_said(path: Sequence[str]) -> str:
    """`status “waiting”`, `field of tickets “Area”, value “Cards”`. path: of its row in the file, from `mapping` on."""
    steps = path[1:-1] if path[-1] == "to" else path[1:]
    said = f"{WORDS[steps[0]]} “{steps[1]}”"
    return f"{said}, value “{steps[3]}”" if len(steps) > 3 else said


_REMARKS = {
    "odd time": "a time that cannot be right",
    "odd characters": "characters that no system takes were left out",
}


def remark_said(what: str) -> str:
    """What a remark of the reading means, where that needs more words than its own."""
    return _REMARKS.get(what, what)


def records_said(records: Mapping[str, int]) -> str:
    """`1,204 tickets, 8,310 comments`; people before what they wrote."""
    said = [f"{records[type_]:,} {TITLES[type_][records[type_] != 1]}" for type_ in TITLES if records.get(type_)]
    return ", ".join(said) or "nothing"
