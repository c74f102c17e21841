"""What a file says of a log: where it is, how it is written, and what each of its columns means."""

from __future__ import annotations

from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from config.model import Model, defaults_to, leave, required
from migrations.sources.spreadsheet.dates import DateFormat

Meaning = Literal[
    "ticket", "subject", "status", "priority", "channel", "group", "kind", "language", "tags", "category",
    "customer", "customer_email", "customer_phone", "organization", "agent", "agent_email", "author",
    "date", "updated", "first_answer", "resolved",
    "question", "answer", "public_note", "private_note", "note", "public",
]  # fmt: skip
TIMES: frozenset[str] = frozenset(("date", "updated", "first_answer", "resolved"))
NOTES: frozenset[str] = frozenset(("question", "answer", "public_note", "private_note", "note"))
"""What was written; several columns may mean the same of these."""
Encoding = Literal[
    "utf-8", "cp1252", "utf-16", "cp850", "mac-roman", "iso-8859-1", "iso-8859-15", "cp1250", "cp1251"
]  # fmt: skip


def _check_zone(said: str) -> str:
    try:
        ZoneInfo(said)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        example = "Europe/Amsterdam or UTC"
        raise PydanticCustomError("zone", "`{said}` is no time zone; write it as {example}", {
            "said": said, "example": example,
        }) from None  # fmt: skip
    return said


def _check_format(said: str) -> str:
    try:
        DateFormat.of(said)
    except ValueError as broken:
        raise PydanticCustomError("date_format", "`{said}` {why}", {"said": said, "why": str(broken)}) from None
    return said


DateText = Annotated[str, AfterValidator(_check_format)]
Zone = Annotated[str, AfterValidator(_check_zone)]


class LogFile(Model):
    """One CSV or XLSX. What is left out is found in the file, where it leaves no doubt; where it does, golive asks."""

    path: str = required(description="The file; it counts from the workspace's root.")
    sheets: list[str] | None = leave(description="XLSX: the sheets that are read. All have the same columns.")
    encoding: Encoding | None = leave(description="CSV: how letters became bytes.")
    delimiter: Literal[",", ";", "\t", "|"] | None = leave(description="CSV: what stands between two cells.")
    header_line: Annotated[int, Field(ge=1)] | None = leave(
        description="The line that has the columns' names; usually 1."
    )
    rows: Literal["tickets", "events"] | None = leave(
        description="Whether each row is a ticket, or one of several things that happened to a ticket."
    )
    columns: dict[str, Meaning] = defaults_to({}, description="The name of a column, and what it means.")
    values: list[str] = defaults_to([], description="Columns that become fields of the ticket, under their own names.")
    numbers: list[str] = defaults_to([], description="Those of `values` that hold numbers.")
    ignore: list[str] = defaults_to([], description="Columns that are left behind on purpose.")
    nulls: list[str] | None = leave(description="Words that mean that nothing is known, such as `?` or `-`.")
    dates: list[DateText] | None = leave(
        description="How times are written: `DD-MM-YYYY hh:mm`, `MM/DD/YY hh:mm AM`, `D MMM YYYY`, with `Z` for an"
        " offset; `excel`, `excel-1904`, `epoch` or `epoch-ms` for plain numbers."
    )
    time_zone: Zone | None = leave(description="The clock by which times were written, as Europe/Amsterdam.")
    decimal: Literal[",", "."] | None = leave(description="The decimal sign of `numbers`.")
    public_words: list[str] = defaults_to(
        ["public", "yes", "true", "1"],
        description="Words in the column `public` that say that the customer could read the note; all others say no.",
    )
    prefix: str = defaults_to("", description="Put before each ticket number, where several files count from 1.")

    @model_validator(mode="after")
    def _check_columns(self) -> Self:
        once: dict[str, str] = {}
        for header, meaning in self.columns.items():
            if meaning in once and meaning not in NOTES:
                said = {"first": once[meaning], "second": header, "meaning": meaning}
                raise PydanticCustomError("column", "`{first}` and `{second}` cannot both be the {meaning}", said)
            once[meaning] = header
        twice = sorted(set(self.columns) & set(self.ignore) | set(self.values) & set(self.ignore))
        if twice:
            raise PydanticCustomError("column", "`{header}` is both used and ignored", {"header": twice[0]})
        for header in self.numbers:
            if header not in self.values:
                said = {"header": header}
                raise PydanticCustomError("column", "`{header}` is one of `numbers` and has to be in `values`", said)
        if "public" in once and "note" not in once:
            raise PydanticCustomError("column", "`public` says who could read the `note`, and no column is one", {})
        return self


class SpreadsheetSettings(Model):
    """Logs kept by hand, or tables that another tool wrote."""

    files: Annotated[list[LogFile], Field(min_length=1)] = required(description="The files, one after the other.")

    @model_validator(mode="after")
    def _check_files(self) -> Self:
        seen: set[tuple[str, str]] = set()
        for file in self.files:
            for sheet in file.sheets or [""]:
                if (file.path, sheet) in seen or (file.path, "") in seen:
                    raise PydanticCustomError("file", "`{path}` is named twice", {"path": file.path})
                seen.add((file.path, sheet))
        return self
