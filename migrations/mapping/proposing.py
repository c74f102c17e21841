"""Places for the old tool's words, as far as their names say them. What is not plain stays for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from config.declaration import Declaration, Declared
from config.kinds.fields import CHOICE_TYPES
from migrations.declared.mapping import FieldRow, Row, WordMapping
from migrations.mapping.words import OWNERS, FieldWords, Owner, Words
from migrations.sources.source import Source

PRIORITIES = ("urgent", "high", "normal", "low")
KINDS = ("question", "incident", "problem", "task")
Data = dict[str, Any]


def proposed(words: Words, old: WordMapping, declared: Declaration, source: Source) -> Data:
    """The mapping as the file is to have it: what people wrote stays, numbers are new, new words are added.

    A word for which nothing is plain has neither `to` nor `drop`: a person decides.
    """
    new: Data = {}
    told = (
        ("statuses", words.statuses, old.statuses, _by_word(source.statuses)),
        (
            "priorities",
            words.priorities,
            old.priorities,
            _by_word({**dict(zip(PRIORITIES, PRIORITIES, strict=True)), **source.priorities}),
        ),
        ("kinds", words.kinds, old.kinds, lambda word: word.casefold() if word.casefold() in KINDS else None),
        ("groups", words.groups, old.groups, _by_name(declared.of("groups").values())),
        ("people", words.people, old.people, lambda word: _person(words.addresses.get(word, word), declared)),
    )
    for sort, found, held, place in told:
        rows = _rows(found, held, place)
        if rows:
            new[sort] = _named(rows, words) if sort == "people" else rows
    if old.tags:
        new["tags"] = {word: _as_data(row, row.records) for word, row in old.tags.items()}
    for owner, sort in OWNERS.items():
        held_fields: Mapping[str, FieldRow] = getattr(old, sort)
        fields = _fields(words.fields.get(owner, {}), held_fields, declared, owner)
        if fields:
            new[sort] = fields
    return new


def _rows(found: Mapping[str, int], held: Mapping[str, Row], place: Callable[[str], str | None]) -> Data:
    """Rows in the order of the file, then new ones by their number. A row whose word is not there any more stays."""
    rows: Data = {}
    for word, row in held.items():
        decided = row if row.is_decided else Row(to=place(word), decision=row.decision)
        rows[word] = _as_data(decided, found.get(word, 0))
    for word, number in found.items():
        if word not in rows:
            rows[word] = _as_data(Row(to=place(word)), number)
    return rows


def _named(rows: Data, words: Words) -> Data:
    """People with what they are called, where the old tool's id does not say it."""
    named = {word: words.names.get(word, "") or words.addresses.get(word, "") for word in rows}
    return {
        word: {"name": named[word], **row} if named[word] and "@" not in word else row for word, row in rows.items()
    }


def _as_data(row: Row, records: int | None) -> Data:
    said: Data = {"to": row.to} if row.to is not None else {"drop": True} if row.drop else {}
    if records is not None:
        said["records"] = records
    if row.decision:
        said["decision"] = row.decision
    return said


def _fields(found: Mapping[str, FieldWords], held: Mapping[str, FieldRow], declared: Declaration, owner: Owner) -> Data:
    kind = "ticket_fields" if owner == "tickets" else "customer_fields"
    by_name = _by_name(declared.of(kind).values())
    rows: Data = {}
    for word in dict.fromkeys((*held, *found)):
        words = found.get(word, FieldWords(0, {}))
        row = held.get(word, FieldRow())
        if not row.is_decided:
            row = FieldRow(to=by_name(word), decision=row.decision, values=row.values)
        said = _as_data(row, words.filled)
        target = declared.get(kind, row.to) if row.to else None
        if target is not None and target.value.type in CHOICE_TYPES:
            values = _rows(words.values or {}, row.values, _option(target))
            if values:
                said["values"] = values
        rows[word] = said
    return rows


def _by_word(known: Mapping[str, str]) -> Callable[[str], str | None]:
    """The place of a word, capital letters aside."""
    folded = {word.casefold(): place for word, place in known.items()}
    return lambda word: folded.get(word.casefold())


def _person(address: str, declared: Declaration) -> str | None:
    """Whoever has the address: nobody is taken for somebody by the name alone."""
    low = address.casefold()
    return next((key for key, item in declared.of("people").items() if str(item.value.email).casefold() == low), None)


def plain(word: str) -> str:
    """`Request type` and `request_type` are the same word."""
    return "".join(each for each in word.casefold() if each.isalnum())


def _by_name(items: Iterable[Declared]) -> Callable[[str], str | None]:
    """The key of what is called so; None where nothing is, or several are."""
    known: dict[str, set[str]] = {}
    for item in items:
        for word in {plain(item.key), plain(item.name)}:
            known.setdefault(word, set()).add(item.key)

    def place(word: str) -> str | None:
        keys = known.get(plain(word), set())
        return next(iter(keys)) if len(keys) == 1 else None

    return place


def _option(target: Declared) -> Callable[[str], str | None]:
    known = {plain(key): key for key in target.value.choices()}
    known |= {plain(str(option.name)): key for key, option in target.value.choices().items()}
    return lambda word: known.get(plain(word))
