"""Whether a log has the columns that an audit needs, and names them as the fields that will take them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from migrations.sources.spreadsheet.headings import meanings_of, normal

NEEDED = ("date", "channel", "customer", "category", "first_answer", "resolved")
_SAME = {"customer_email": "customer"}
"""A meaning that serves as well."""


@dataclass(frozen=True)
class LogColumns:
    """has and lacks: of `NEEDED`, in that order. as_fields: header → the key of the ticket field that is named so.
    others: the headers that are neither."""

    has: tuple[str, ...]
    lacks: tuple[str, ...]
    as_fields: Mapping[str, str]
    others: tuple[str, ...]


def log_columns(headers: Sequence[str], columns: Mapping[str, str], fields: Iterable[str]) -> LogColumns:
    """headers: of the log. columns: what the file in `migrations/` says that they mean; where it says nothing, their
    own names speak. fields: keys of `ticket_fields`; a header is named so when only capitals and the signs between the
    words differ."""
    meanings: dict[str, str] = {**meanings_of(headers), **{each: columns[each] for each in headers if each in columns}}
    held = {_SAME.get(meaning, meaning) for meaning in meanings.values()}
    keys = {normal(key): key for key in fields}
    as_fields = {header: keys[normal(header)] for header in headers if normal(header) in keys}
    return LogColumns(
        has=tuple(each for each in NEEDED if each in held),
        lacks=tuple(each for each in NEEDED if each not in held),
        as_fields=as_fields,
        others=tuple(
            each for each in headers if each not in as_fields and meanings.get(each, "") not in {*NEEDED, *_SAME}
        ),
    )
