"""Whether a log has the columns that an audit needs, and names them as the fields that will take them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from migrations.sources.source import LogColumns
from migrations.sources.spreadsheet.headings import meanings_of, normal

NEEDED = ("date", "channel", "customer", "category", "first_answer", "resolved")
_SAME = {"customer_email": "customer"}
"""A meaning that serves as well."""


def log_columns(headers: Sequence[str], columns: Mapping[str, str], fields: Iterable[str]) -> LogColumns:
    """headers: of the log. columns: what the file in `migrations/` says that they mean; where it says nothing, their
    own names speak. fields: keys of `ticket_fields`; a header is named so when only capitals and the signs between the
    words differ."""
    meanings: dict[str, str] = {**meanings_of(headers), **{each: columns[each] for each in headers if each in columns}}
    held = {_SAME.get(meaning, meaning) for meaning in meanings.values()}
    keys = {normal(key) for key in fields}
    told = {*NEEDED, *_SAME}
    return LogColumns(
        tuple(each for each in NEEDED if each in held),
        tuple(each for each in headers if normal(each) not in keys and meanings.get(each, "") not in told),
    )
