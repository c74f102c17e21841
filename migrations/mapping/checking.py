"""What a mapping still lacks before anything may be sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from config.declaration import Declaration
from config.document import Path_
from config.kinds.fields import CHOICE_TYPES
from migrations.declared.mapping import PLACEHOLDER, FieldRow, Row, WordMapping
from migrations.mapping.proposing import KINDS, PRIORITIES
from migrations.mapping.words import OWNERS, Words

STATUSES = ("open", "pending", "hold", "solved", "closed")
_WAY = "to: …  or  drop: true  with a decision"
_WAYS: Mapping[str | int, str] = {
    "people": f"to: …, the key of a person, or  to: {PLACEHOLDER}  for a name without a seat"
}
"""What can be written for a word, by its sort."""
Lack = Literal["no_place", "no_such_place", "no_reason"]


@dataclass(frozen=True)
class Open:
    """A word that is not settled. path: where it stands, or would stand, in the file. records: that hold it."""

    lack: Lack
    path: Path_
    records: int
    said: str


@dataclass(frozen=True)
class Loss:
    """A decision by which something is lost. to: empty for what is dropped; together: the other words that become the
    same."""

    path: Path_
    records: int
    to: str
    together: tuple[str, ...]
    decision: str


def open_words(words: Words, mapping: WordMapping, declared: Declaration) -> list[Open]:
    """Everything that keeps the mapping from being whole; empty where it is."""
    return [*_open(words, mapping, declared)]


def _open(words: Words, mapping: WordMapping, declared: Declaration) -> Iterator[Open]:
    places: Sequence[tuple[str, Mapping[str, int], Mapping[str, Row], Sequence[str]]] = (
        ("statuses", words.statuses, mapping.statuses, STATUSES),
        ("priorities", words.priorities, mapping.priorities, PRIORITIES),
        ("kinds", words.kinds, mapping.kinds, KINDS),
        ("groups", words.groups, mapping.groups, tuple(declared.of("groups"))),
        ("people", words.people, mapping.people, (*declared.of("people"), PLACEHOLDER)),
    )
    for sort, found, rows, known in places:
        yield from _rows_open(("mapping", sort), found, rows, known)
    for owner, sort in OWNERS.items():
        kind = "ticket_fields" if owner == "tickets" else "customer_fields"
        rows_of: Mapping[str, FieldRow] = getattr(mapping, sort)
        found_fields = words.fields.get(owner, {})
        filled = {word: each.filled for word, each in found_fields.items()}
        yield from _rows_open(("mapping", sort), filled, rows_of, tuple(declared.of(kind)))
        for word, row in rows_of.items():
            target = declared.get(kind, row.to) if row.to else None
            if target is None or target.value.type not in CHOICE_TYPES or word not in found_fields:
                continue
            values = found_fields[word].values
            if values is None:
                said = f"it holds too many different values for the choices of {row.to}"
                yield Open("no_such_place", ("mapping", sort, word, "to"), found_fields[word].filled, said)
            else:
                yield from _rows_open(
                    ("mapping", sort, word, "values"), values, row.values, tuple(target.value.choices())
                )
    for loss in losses(mapping):
        if not loss.decision:
            others = ", ".join(f"“{each}”" for each in loss.together)
            said = f"{others} all become {loss.to}, and cannot be told apart any more; say why:  decision: …"
            yield Open("no_reason", loss.path, loss.records, said)


def _rows_open(path: Path_, found: Mapping[str, int], rows: Mapping[str, Row], known: Sequence[str]) -> Iterator[Open]:
    for word, number in found.items():
        row = rows.get(word)
        if row is None or not row.is_decided:
            yield Open("no_place", (*path, word), number, f"it has no place yet: write  {_WAYS.get(path[-1], _WAY)}")
    for word, row in rows.items():
        if row.to is not None and row.to not in known:
            few = ", ".join(known[:8])
            yield Open(
                "no_such_place", (*path, word, "to"), found.get(word, 0), f"there is no `{row.to}`; known: {few}"
            )


def losses(mapping: WordMapping) -> list[Loss]:
    """Every decision by which something is lost: what is dropped, and words that become one."""
    found: list[Loss] = []
    by_place: dict[tuple[Path_, str], list[str]] = {}
    rows = [(("mapping", *place), row) for place, row in mapping.rows()]
    for path, row in rows:
        if row.to is not None:
            by_place.setdefault((path[:-1], row.to), []).append(path[-1])
    for path, row in rows:
        records = row.records or 0
        if row.drop:
            found.append(Loss(path, records, "", (), row.decision or ""))
        elif row.to is not None and len(by_place[path[:-1], row.to]) > 1 and path[1] != "people":
            found.append(Loss(path, records, row.to, tuple(by_place[path[:-1], row.to]), row.decision or ""))
    return found
