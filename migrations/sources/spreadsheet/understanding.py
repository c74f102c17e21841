"""From the cells of a row to what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from migrations.records.moment import Moment
from migrations.records.record import Value
from migrations.sources.spreadsheet.cells import LONGEST_NOTHING, NOTHING, number_of
from migrations.sources.spreadsheet.dates import Clock
from migrations.sources.spreadsheet.deciding import Decided
from migrations.sources.spreadsheet.entry import Entry, Note
from migrations.sources.spreadsheet.people import LONGEST_NAME, MOST_ADDRESSES, Named, addresses_of
from migrations.sources.spreadsheet.rows import Cell, Row, text_of
from migrations.sources.spreadsheet.settings import NOTES
from migrations.sources.text import CONTROL, plain

LONGEST_NUMBER = 200
"""Letters of a ticket's number."""
FEWER_CELLS, ODD_CHARACTERS = "fewer cells than columns", "odd characters"
_TAGS = re.compile(r"[,;|]")
_AT_BEGINNING = {"question": "date", "answer": "first_answer"}
"""When a note was written, where another column says it."""


@dataclass(frozen=True)
class Refused:
    """Why a row cannot be carried over, and what is known of it."""

    reason: str
    detail: str
    month: str = ""
    status: str = ""
    channel: str = ""


class Understanding:
    """Reads the rows of one file."""

    def __init__(self, decided: Decided, clock: Clock) -> None:
        file = decided.file
        self._decided = decided
        self._clock = clock
        self._people = Named()
        self._width = len(decided.headers)
        self._headers = decided.headers
        at = {header: number for number, header in enumerate(decided.headers)}
        by_meaning: dict[str, int] = {meaning: at[header] for header, meaning in file.columns.items()}
        self._times = [(each, by_meaning[each]) for each in ("date", "updated", "first_answer", "resolved")
                       if each in by_meaning]  # fmt: skip
        self._facts = [(each, by_meaning[each]) for each in ("subject", "status", "priority", "channel", "group",
                       "kind", "language") if each in by_meaning]  # fmt: skip
        self._at = by_meaning
        self._notes = [(meaning, at[header]) for header, meaning in file.columns.items() if meaning in NOTES]
        self._values = [(header, at[header], header in file.numbers) for header in file.values]
        self._names = [each for each in ("customer", "agent", "author", "organization") if each in by_meaning]
        self._public_words = frozenset(each.casefold() for each in file.public_words)
        self._asks_of_nulls = file.nulls is None
        """Whether words for nothing were only looked for in the sample."""
        self._used = [number for header, number in at.items() if header not in file.ignore]

    def named(self) -> Named:
        """Whom the rows have named since this was asked last."""
        named, self._people = self._people, Named()
        return named

    def texts(self, row: Row) -> list[str]:
        """Its cells as text, as many as there are columns; empty where it says nothing."""
        nulls = self._decided.nulls
        if self._decided.is_workbook:
            said = [text_of(each).strip() for each in row.cells]
        else:
            said = [each.strip() for each in row.cells]  # type: ignore[union-attr]
        texts = ["" if each in nulls else each for each in said]
        if len(texts) < self._width:
            texts += [""] * (self._width - len(texts))
        row.is_odd = CONTROL.search(row.raw) is not None
        if row.is_odd or row.after_line - row.line > 1 or self._decided.is_workbook:
            texts = [plain(each)[0] for each in texts]
        return texts

    def remarks(self, row: Row, texts: Sequence[str], entry: Entry) -> list[tuple[str, str]]:
        """What a person should know of a row that is carried over."""
        found = []
        if len(row.cells) < self._width and not self._decided.is_workbook:
            found.append((FEWER_CELLS, f"{len(row.cells)} of {self._width}"))
        if row.is_odd:
            found.append((ODD_CHARACTERS, ""))
        if entry.resolved and entry.resolved.at < entry.date.at:
            found.append(("resolved before it began", entry.resolved.said))
        if entry.first_answer and entry.first_answer.at < entry.date.at:
            found.append(("answered before it began", entry.first_answer.said))
        found += self._odd_people(texts)
        if self._asks_of_nulls:
            for number in self._used:
                text = texts[number]
                if text and len(text) <= LONGEST_NOTHING and text.casefold() in NOTHING:
                    found.append(("a word that may mean nothing", f"{text} in {self._headers[number]}"))
        return found

    def _odd_people(self, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
        email = self._said("customer_email", texts)
        number = len(addresses_of(email)) if email else 1
        if not number:
            yield "an address that is none", email[:100]
        elif number > MOST_ADDRESSES:
            yield "many addresses", f"{number}; {MOST_ADDRESSES} are kept"
        for meaning in self._names:
            if len(texts[self._at[meaning]]) > LONGEST_NAME:
                yield "a name that was cut", self._headers[self._at[meaning]]

    def entry(self, row: Row, texts: Sequence[str], identifier: str) -> Entry | Refused:
        """What the row says. texts: as `texts` gives them. identifier: where it has no number of a ticket."""
        at = self._at
        moments: dict[str, Moment] = {}
        for name, number in self._times:
            if not texts[number]:
                continue
            found = self._moment(row.cells, texts[number], number)
            if isinstance(found, str):
                return self._refused(texts, found, self._where(number, texts))
            moments[name] = found
        number_of_ticket = texts[at["ticket"]] if "ticket" in at else ""
        if len(number_of_ticket) > LONGEST_NUMBER:
            return self._refused(texts, "a ticket number that is none", number_of_ticket[:100])
        if self._decided.by_events and not number_of_ticket:
            return self._refused(texts, "no ticket number", "")
        if "date" not in moments:
            return self._refused(texts, "no time", self._headers[at["date"]])
        values = self._values_of(row.cells, texts)
        if isinstance(values, Refused):
            return values
        entry = Entry(
            self._decided.file.prefix + number_of_ticket if number_of_ticket else identifier,
            number_of_ticket,
            moments["date"],
            values=values,
            updated=moments.get("updated"),
            first_answer=moments.get("first_answer"),
            resolved=moments.get("resolved"),
        )
        for fact, number in self._facts:
            setattr(entry, fact, texts[number])
        self._add_people(entry, texts)
        if "tags" in at and texts[at["tags"]]:
            entry.tags = tuple(dict.fromkeys(each.strip() for each in _TAGS.split(texts[at["tags"]]) if each.strip()))
        if self._notes:
            entry.notes = self._notes_of(entry, texts, moments)
        return entry

    def _moment(self, cells: Sequence[Cell], text: str, number: int) -> Moment | str:
        if not self._decided.is_workbook:
            return self._clock.moment(text)
        cell = cells[number] if number < len(cells) else None
        if isinstance(cell, datetime):
            return self._clock.moment_of(cell.replace(microsecond=0), text)
        if isinstance(cell, date):
            return self._clock.moment_of(datetime.combine(cell, time()), text)
        return self._clock.moment(text)

    def _values_of(self, cells: Sequence[Cell], texts: Sequence[str]) -> dict[str, Value] | Refused:
        values: dict[str, Value] = {}
        if "category" in self._at and texts[self._at["category"]]:
            values["category"] = texts[self._at["category"]]
        for header, number, is_number in self._values:
            text = texts[number]
            if not text:
                continue
            cell = cells[number] if self._decided.is_workbook and number < len(cells) else None
            if isinstance(cell, (bool, int, float)):
                values[header] = cell
            elif is_number:
                found = number_of(text, self._decided.decimal)
                if found is None:
                    return self._refused(texts, "no number", self._where(number, texts))
                values[header] = found
            else:
                values[header] = text
        return values

    def _add_people(self, entry: Entry, texts: Sequence[str]) -> None:
        said = self._said
        entry.organization = self._people.organization(said("organization", texts))
        entry.requester = self._people.customer(
            said("customer", texts), said("customer_email", texts), said("customer_phone", texts), entry.organization
        )
        entry.assignee = self._people.agent(said("agent", texts), said("agent_email", texts))

    def _said(self, meaning: str, texts: Sequence[str]) -> str:
        number = self._at.get(meaning)
        return "" if number is None else texts[number]

    def _notes_of(self, entry: Entry, texts: Sequence[str], moments: dict[str, Moment]) -> list[Note]:
        author = self._author(entry, texts)
        found = []
        for meaning, number in self._notes:
            body = texts[number]
            if not body:
                continue
            is_public = meaning in ("question", "answer", "public_note") or (
                meaning == "note" and self._said("public", texts).casefold() in self._public_words
            )
            usual = entry.requester if meaning == "question" else entry.assignee
            found.append(Note(body, author or usual, is_public, moments.get(_AT_BEGINNING.get(meaning, ""))))
        return found

    def _author(self, entry: Entry, texts: Sequence[str]) -> str:
        """Whoever the column `author` names: the customer or somebody of the team."""
        name = self._said("author", texts)
        if not name:
            return ""
        if addresses_of(name):
            return self._people.customer("", name, "", "")
        if name.casefold() == self._said("customer", texts).casefold():
            return entry.requester
        if name.casefold() == self._said("agent", texts).casefold():
            return entry.assignee
        return self._people.agent(name, "")

    def _where(self, number: int, texts: Sequence[str]) -> str:
        return f"`{texts[number][:100]}` in `{self._headers[number]}`"

    def _refused(self, texts: Sequence[str], reason: str, detail: str) -> Refused:
        month = ""
        if "date" in self._at:
            found = self._clock.moment(texts[self._at["date"]]) if texts[self._at["date"]] else ""
            month = found.at[:7] if isinstance(found, Moment) else ""
        number = self._said("ticket", texts)[:100]
        detail = "; ".join(each for each in (f"ticket {number}" if number else "", detail) if each)
        return Refused(reason, detail, month, self._said("status", texts)[:100], self._said("channel", texts)[:100])
