"""What surprises in logs kept by hand."""

from __future__ import annotations

from collections.abc import Sequence

from migrations.sources.source import Trap

TRAPS: Sequence[Trap] = (
    Trap(
        "No file says which encoding, delimiter, date format, time zone or word for nothing it has",
        "what leaves no doubt is taken and noted; for the rest golive stops before it reads, shows the line that could"
        " mean two things, and says what to write. It looks at 256 KB of both ends of a CSV, and at 2,000 rows of a"
        " sheet; a row in between that does not fit is put aside with its line",
    ),
    Trap(
        "Some logs have a row for each thing that happened, not for each ticket",
        "`rows: events` makes one ticket of all rows of a number, in the order of their times: what it is about is"
        " taken from the first row that says it, how far it got from the last, and each note is a comment",
    ),
    Trap(
        "The same ticket number stands in several rows where each row should be a ticket",
        "the first is kept; the same row again is skipped, any other is put aside. Where several files count from 1,"
        " give each a `prefix`",
    ),
    Trap(
        "Rows without a number have no id",
        "golive makes one of the file's name and what the row says; a row that is there twice becomes two tickets,"
        " with a remark",
    ),
    Trap("A note may be for the team only", "every note is private unless its column says that it is public"),
    Trap(
        "People are known by a name only",
        "the same name is the same person; where there is an address, the address decides",
    ),
    Trap(
        "In autumn the clock shows one hour twice, and two digits can be two centuries",
        "a time in that hour counts as the first of the two; 00 to 68 are 2000 to 2068, and what is still to come or"
        " before 1970 is put aside",
    ),
    Trap(
        "A sheet holds formulas, merged cells and hidden sheets",
        "formulas give the value that was saved with them, and a row whose value was not saved is put aside; a merged"
        " cell holds for all its rows, in its first column; hidden sheets are read only when they are named, hidden"
        " rows always. Remarks that hang on a cell are not read, which is noted: copy them into a column",
    ),
    Trap("A cell such as `=cmd()` runs when a program opens it as a formula", "it is text here, and stays as it is"),
    Trap(
        "A row may say no subject or status",
        "the first line of its first note or its category is the subject, and `resolved` or `unresolved` the status,"
        " by whether it has a time at which it was resolved",
    ),
    Trap(
        "Exports of other tools rarely hold what was written",
        "count comments in the profile before you rely on one; the tool's own source brings them, where golive has it",
    ),
)
