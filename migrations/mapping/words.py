"""Every word of the old tool that needs a place in the new one, with the number of records that hold it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from migrations.staging.field_values import filled_fields, values_of
from migrations.staging.staging import Staging

Owner = Literal["tickets", "people", "organizations"]
OWNERS: Mapping[Owner, str] = {
    "tickets": "ticket_fields",
    "people": "person_fields",
    "organizations": "organization_fields",
}
"""Whose fields they are → the word in the file."""
MOST_VALUES = 500
"""Different values of a field that can be choices; what holds more is text."""


@dataclass(frozen=True)
class FieldWords:
    """filled: records that hold something. values: value → records; None where there are too many to be choices."""

    filled: int
    values: Mapping[str, int] | None


@dataclass(frozen=True)
class Words:
    """By sort: word → records. people: the client's own people who wrote or had tickets, by their id; `addresses` has
    their mail addresses, `names` what they are called."""

    statuses: Mapping[str, int] = field(default_factory=dict)
    priorities: Mapping[str, int] = field(default_factory=dict)
    groups: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    people: Mapping[str, int] = field(default_factory=dict)
    fields: Mapping[Owner, Mapping[str, FieldWords]] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


def words_of(staging: Staging) -> Words:
    """What stands in a staging, counted by the database."""
    team = {str(key): (str(email), str(name)) for key, email, name in staging.database.execute(_TEAM)}
    return Words(
        statuses=_counted(staging, "status"),
        priorities=_counted(staging, "data ->> '$.priority'"),
        groups=_counted(staging, "team"),
        kinds=_counted(staging, "data ->> '$.kind'"),
        people={str(key): int(number) for key, number in staging.database.execute(_AT_WORK)},
        fields={owner: dict(_fields(staging, owner)) for owner in OWNERS},
        addresses={key: email for key, (email, _) in team.items()},
        names={key: name for key, (_, name) in team.items()},
    )


_TEAM = "SELECT id, email, data ->> '$.name' FROM people WHERE side = 'team'"
_AT_WORK = """
    SELECT person, SUM(number) FROM (
      SELECT author AS person, COUNT(*) AS number FROM comments GROUP BY 1
      UNION ALL SELECT data ->> '$.assignee', COUNT(*) FROM tickets GROUP BY 1
    ) WHERE person IN (SELECT id FROM people WHERE side = 'team') GROUP BY 1 ORDER BY 2 DESC, 1
"""


def _counted(staging: Staging, column: str) -> dict[str, int]:
    said = f"SELECT {column}, COUNT(*) FROM tickets WHERE COALESCE({column}, '') <> '' GROUP BY 1 ORDER BY 2 DESC, 1"
    return {str(word): int(number) for word, number in staging.database.execute(said)}


def _fields(staging: Staging, owner: Owner) -> Iterator[tuple[str, FieldWords]]:
    for key, filled in filled_fields(staging, owner):
        values = dict(values_of(staging, owner, key, MOST_VALUES + 1))
        yield key, FieldWords(filled, None if len(values) > MOST_VALUES else values)
