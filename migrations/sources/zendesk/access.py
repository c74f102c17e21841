"""The way in to the old account: golive's own client, which only reads here, and its faults as a source's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from migrations.records.attachment import Attachment
from migrations.sources.source import Reading, SourceFault
from migrations.sources.zendesk.settings import ZendeskApi
from migrations.staging.files import TooLarge
from provisioners.errors import SystemFault
from provisioners.run_file import SystemSettings
from provisioners.system import SANDBOX_TOKEN, Connection
from provisioners.zendesk.client import ZendeskClient
from provisioners.zendesk.imports.content import content

NAME = "the old Zendesk"
LARGEST_FILE = 500_000_000
"""Bytes of an attachment; the vendor's own limit is a tenth of it."""
_OF_THE_FILE = ("not_found", "refused")
"""Faults of one file, which say nothing of the others."""


class OldZendesk:
    """What is asked of the account. Raises SystemFault; `faults` makes them a source's."""

    def __init__(self, api: ZendeskApi, reading: Reading) -> None:
        settings = SystemSettings(
            "zendesk",
            api.url.rstrip("/"),
            api.token or "",
            calls_per_minute=api.calls_per_minute,
            sandbox=api.token == SANDBOX_TOKEN,
            sign_in=api.sign_in.values if api.sign_in else {},
            user=api.user or "",
        )

        def report(event: str, facts: Mapping[str, Any]) -> None:
            if event == "wait":
                reading.waited(float(facts["seconds"]))

        self.client = ZendeskClient(Connection(NAME, settings, read_only=True, report=report))
        self.host = urlsplit(api.url).netloc
        self.page = f"{api.url.rstrip('/')}/agent/tickets/"
        self._staging = reading.staging

    def get(self, path: str, **query: Any) -> Mapping[str, Any]:
        return self.client.get(path, **query).body

    def answers(self) -> bool:
        """Whether the account answers at all, where one call has failed for no reason of its own."""
        try:
            self.client.get("users/me")
        except SystemFault:
            return False
        return True

    def is_about_one(self, fault: SystemFault) -> bool:
        """Whether a fault is about the one thing that was asked for, so that reading goes on without it: it is gone, or
        the account cannot give this one while it answers to others."""
        if fault.code == "not_found" or fault.status == 404:
            return True
        return fault.code == "unreachable" and fault.status is not None and self.answers()

    def load(self, attachment: Attachment) -> tuple[Attachment, str]:
        """The attachment with its content in the staging, and why it is without. The token goes to the account's own
        host only. One that was loaded before is not loaded again: what the vendor keeps under an id does not change."""
        held = self._staging.get(Attachment, attachment.id)
        if held is not None and held.digest and self._staging.files.path(held.digest).exists():
            return replace(attachment, digest=held.digest, size=held.size), ""
        try:
            digest, size = self._staging.files.keep_pieces(content(self.client, attachment.address), LARGEST_FILE)
        except TooLarge as large:
            return attachment, str(large)
        except SystemFault as fault:
            if fault.code in _OF_THE_FILE or self.is_about_one(fault):
                return attachment, fault.why
            raise
        return replace(attachment, digest=digest, size=size), ""


@contextmanager
def faults(do: str = "") -> Iterator[None]:
    """What goes wrong with a call is the source's fault. do: what a person can do, where the fault does not say."""
    try:
        yield
    except SystemFault as fault:
        remedy = fault.do or do or "Run the same command again: it goes on behind what is kept."
        raise SourceFault(fault.what, fault.why, remedy) from fault
