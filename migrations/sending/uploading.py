"""Files on their way: each is sent on its own, before the ticket whose comment names it."""

from __future__ import annotations

from dataclasses import dataclass

from migrations.ledger.entry import Entry
from migrations.ledger.ledger import Ledger
from migrations.records.attachment import Attachment
from migrations.sending.outgoing import Outgoing
from migrations.staging.staging import Staging
from provisioners.errors import SystemFault
from provisioners.history import NewFile
from provisioners.imports import Imports


@dataclass
class Uploading:
    imports: Imports
    staging: Staging
    ledger: Ledger

    def uploaded(self, out: Outgoing) -> tuple[dict[str, list[str]], dict[str, dict[str, str]]]:
        """Send the files of a ticket: comment → tokens, and comment → what its text shows → where the picture is now.
        Two comments can call different pictures the same, and one of them may be private.

        A file that the helpdesk refuses stays behind, with the reason in the ledger; the ticket goes all the same.
        Raises SystemFault for what is no fault of the file.
        """
        tokens: dict[str, list[str]] = {}
        images: dict[str, dict[str, str]] = {}
        for comment, files in out.files.items():
            token = ""
            for file in files:
                why = self._refusal(file)
                if why:
                    self.ledger.note_entries([Entry("attachments", file.id, "failed", reason=why)])
                    continue
                try:
                    sent = self.imports.upload(self._file(file), token)
                except SystemFault as fault:
                    if fault.code != "refused":
                        raise
                    self.ledger.note_entries([Entry("attachments", file.id, "failed", reason=fault.why)])
                    continue
                self.ledger.forget_refusal("attachments", file.id)
                token = sent.token
                if sent.address:
                    shown = images.setdefault(comment, {})
                    shown |= {name: sent.address for name in (f"cid:{file.content_id}", file.address) if name}
            if token:
                tokens[comment] = [token]
        return tokens, images

    def _file(self, file: Attachment) -> NewFile:
        return NewFile(file.name, file.media_type, self.staging.files.content(file.digest))

    def _refusal(self, file: Attachment) -> str:
        """Why a file is not even tried; empty where it is."""
        if not file.digest:
            return file.missing or "its content could not be had"
        most = self.imports.largest_file
        return f"it has {file.size:,} bytes; the helpdesk takes {most:,}" if file.size > most else ""
