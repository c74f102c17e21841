"""The ZIP of an account export. Nothing in it is written to disk, and no name in it becomes a path."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import ijson

from migrations.sources.source import SourceFault

LARGEST_ITEM = 64_000_000
"""Bytes of one ticket with everything in it, as JSON."""
LARGEST_FILE = 20_000_000_000
"""Bytes of one JSON file, unpacked."""
MOST_PACKED = 200
"""So many times smaller may a file of more than `_ANYWAY` bytes have become; JSON comes to 5 to 30."""
_ANYWAY = 10_000_000
MOST_FILES = 100_000
KINDS = ("groups", "companies", "agents", "contacts", "tickets", "solutions", "canned_responses")
_NAMES = {
    "Groups": "groups", "Companies": "companies", "AllAgents": "agents", "Agents": "agents", "Users": "contacts",
    "Contacts": "contacts", "Tickets": "tickets", "ArchivedTickets": "tickets", "ArchiveTickets": "tickets",
    "Solutions": "solutions", "CannedResponses": "canned_responses",
}  # fmt: skip
_NAME = re.compile(rf"(?:^|[\\/])({'|'.join(_NAMES)})(\d{{0,6}})\.json$")


class BrokenFile(Exception):
    """A file cannot be read any further; the message says why, in few words."""


@dataclass(frozen=True)
class ExportFile:
    """kind: one of `KINDS`. shown: its name in the archive, as people see it."""

    kind: str
    shown: str
    info: zipfile.ZipInfo


class ExportArchive:
    """said: the path as the file of the migration has it. Raises SourceFault where it is no such archive."""

    def __init__(self, path: Path, said: str) -> None:
        self._said = said
        if not path.is_file():
            raise SourceFault(said, "there is no such file", "The path counts from the workspace's root.")
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as broken:
            raise SourceFault(
                said, f"it is no ZIP file that can be read ({broken})", "Download the export again."
            ) from None

    def files(self) -> list[ExportFile]:
        """Those that hold records, in the order in which they are read. Raises SourceFault."""
        every = self._zip.infolist()
        if len(every) > MOST_FILES:
            raise SourceFault(self._said, f"it holds {len(every):,} files", "An account export has some hundred.")
        found = []
        for info in every:
            named = _NAME.search(info.filename)
            if named:
                order = (KINDS.index(_NAMES[named[1]]), named[1], int(named[2] or 0), info.filename)
                found.append((order, ExportFile(_NAMES[named[1]], info.filename[-200:], info)))
        if not any(each.kind == "tickets" for _, each in found):
            xml = any(info.filename.lower().endswith(".xml") for info in every)
            why = "its files are XML, not JSON" if xml else "there is no Tickets0.json in it"
            raise SourceFault(
                self._said, why, "Ask Freshdesk for an account export in JSON, with tickets, and name its ZIP."
            )
        return [each for _, each in sorted(found, key=lambda one: one[0])]

    def items(self, file: ExportFile) -> Iterator[Any]:
        """The objects of a file's list, one after the other. Raises BrokenFile in the middle of them."""
        info = file.info
        if info.flag_bits & 1:
            raise BrokenFile("it is encrypted")
        if info.file_size > LARGEST_FILE or info.file_size > max(_ANYWAY, MOST_PACKED * info.compress_size):
            raise BrokenFile("unpacked it would be larger than an export can be")
        try:
            with self._zip.open(info) as packed:
                counted = _Counted(packed)
                for item in ijson.items(counted, "item", use_float=True):
                    counted.since = 0
                    yield item
                if counted.first not in (b"[", b""):
                    raise BrokenFile("it is no list")
        except (ijson.JSONError, zipfile.BadZipFile, zlib.error, EOFError, UnicodeDecodeError) as broken:
            raise BrokenFile(f"it is broken ({str(broken)[:100]})") from None
        except (RuntimeError, NotImplementedError, RecursionError, OverflowError) as broken:
            raise BrokenFile(f"it cannot be unpacked ({str(broken)[:100]})") from None

    def close(self) -> None:
        self._zip.close()


class _Counted:
    """A file of which not more than `LARGEST_ITEM` bytes are read between two items. since: so many were. first: the
    first character that is no space."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.since = 0
        self.first = b""

    def read(self, size: int = -1) -> bytes:
        found = self._file.read(size)
        self.since += len(found)
        self.first = self.first or found.lstrip()[:1]
        if self.since > LARGEST_ITEM:
            raise BrokenFile(f"something in it is larger than {LARGEST_ITEM // 1_000_000} MB")
        return found
