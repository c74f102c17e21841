"""An old Zendesk, read from its API, from an export, or from both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any, ClassVar

from config.model import Model
from migrations.records.record import TYPES, RecordType
from migrations.sources.source import Reading, Source, Trap
from migrations.sources.zendesk.merges import settle
from migrations.sources.zendesk.settings import ZendeskSettings
from migrations.sources.zendesk.traps import TRAPS
from migrations.staging.page import Page
from migrations.staging.staging import Staging

ACCOUNT = "account"
_FILE = "export-"
_OF_API = ("organizations", "people", "tickets", "suspended", "articles")
"""Parts of the API, in the order in which they are read: tickets name people."""
_IN_EXPORTS = ("organizations", "people", "tickets")


class ZendeskSource(Source):
    name = "zendesk"
    title = "Old Zendesk"
    Settings: ClassVar[type[Model]] = ZendeskSettings
    gives: ClassVar[tuple[RecordType, ...]] = TYPES
    raw_becomes: ClassVar[Mapping[str, RecordType]] = {"tickets": "tickets", "organizations": "organizations"}
    statuses: ClassVar[Mapping[str, str]] = {
        "new": "open",
        "open": "open",
        "pending": "pending",
        "hold": "hold",
        "solved": "solved",
        "closed": "closed",
    }
    priorities: ClassVar[Mapping[str, str]] = {"urgent": "urgent", "high": "high", "normal": "normal", "low": "low"}
    traps: ClassVar[Sequence[Trap]] = TRAPS

    def tells_changes(self, settings: Any) -> bool:
        held: ZendeskSettings = settings
        return held.api is not None and held.export is None

    def parts(self, reading: Reading) -> Sequence[str]:
        from migrations.sources.zendesk.export import export_files

        settings: ZendeskSettings = reading.settings
        _prepare(reading)
        parts = [ACCOUNT] if settings.api is not None else []
        if settings.export is not None:
            parts += [f"{_FILE}{number:03}" for number in range(len(export_files(settings.export.paths, reading)))]
        if settings.api is not None:
            parts += [part for part in _OF_API if settings.export is None or part not in _IN_EXPORTS]
        return [part for part in parts if part != "articles" or settings.help_center]

    def pages(self, reading: Reading, part: str, checkpoint: str) -> Iterator[Page]:
        """What talks to the account is loaded here: whoever only asks which sources there are does not wait for it."""
        from migrations.sources.zendesk.access import OldZendesk, faults
        from migrations.sources.zendesk.account_lists import list_pages
        from migrations.sources.zendesk.api import ApiReader
        from migrations.sources.zendesk.export import ExportReader, export_files

        settings: ZendeskSettings = reading.settings
        _prepare(reading)
        with faults():
            account = OldZendesk(settings.api, reading) if settings.api is not None else None
            if part.startswith(_FILE) and settings.export is not None:
                file = export_files(settings.export.paths, reading)[int(part.removeprefix(_FILE))]
                yield from ExportReader(reading, file.said, account).pages(file.path, checkpoint)
            elif account is not None and part == ACCOUNT:
                yield from list_pages(account, reading, checkpoint)
            elif account is not None:
                yield from ApiReader(account, reading).pages(part, checkpoint)

    def placeholder(self, name: str, staging: Staging) -> str:
        from migrations.sources.zendesk.placeholders import placeholder

        return placeholder(name, staging)

    def settle(self, reading: Reading) -> None:
        _prepare(reading)
        settle(reading.staging)


def _prepare(reading: Reading) -> None:
    """The source's own tables are there."""
    tables = files("migrations.sources.zendesk").joinpath("tables.sql").read_text(encoding="utf-8")
    reading.staging.database.executescript(tables)
