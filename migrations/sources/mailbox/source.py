"""A shared inbox, read mail by mail."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import ClassVar, Literal

from config.model import Model
from migrations.records.attachment import Attachment
from migrations.records.comment import Comment
from migrations.records.moment import Moment
from migrations.records.person import Person
from migrations.records.record import Record, RecordType
from migrations.records.ticket import MOST_COPIED
from migrations.sources.ahead import ahead
from migrations.sources.mailbox.batches import Batch, ReadMail, read_batches
from migrations.sources.mailbox.conversations import settle
from migrations.sources.mailbox.mbox import LARGEST
from migrations.sources.mailbox.message import Mail
from migrations.sources.mailbox.settings import MailboxSettings
from migrations.sources.mailbox.threads import Threads
from migrations.sources.mailbox.traps import TRAPS
from migrations.sources.source import Reading, Source, SourceFault, Trap
from migrations.sources.unchanged import check_unchanged, name_of
from migrations.sources.unpacked import is_archive, unpacked
from migrations.staging.page import LeftOut, Page, Raw, Remark

MOST_NAMED = 50_000
"""People of whom memory holds whether they have a name; of others the database is asked."""
_LABELS_OF_GMAIL = frozenset(
    ("inbox", "sent", "important", "opened", "unread", "starred", "archived", "chat", "spam", "trash", "drafts")
)
"""What Gmail puts there itself, and nobody's own word."""


class MailboxSource(Source):
    name = "mailbox"
    title = "Shared inbox"
    Settings: ClassVar[type[Model]] = MailboxSettings
    gives: ClassVar[tuple[RecordType, ...]] = ("people", "tickets", "comments", "attachments")
    needs_own = True
    raw_becomes: ClassVar[Mapping[str, RecordType]] = {"mail": "comments"}
    statuses: ClassVar = {"answered": "closed", "unanswered": "open"}
    traps: ClassVar[Sequence[Trap]] = TRAPS

    def parts(self, reading: Reading) -> Sequence[str]:
        found = _files(reading)
        for part, (said, path) in found.items():
            check_unchanged(reading.staging, part, path, said)
        return [*found]

    def pages(self, reading: Reading, part: str, checkpoint: str) -> Iterator[Page]:
        said, path = _files(reading)[part]
        reading.staging.database.executescript(
            files("migrations.sources.mailbox").joinpath("tables.sql").read_text(encoding="utf-8")
        )
        reader = _Reader(reading, said)
        for batch in ahead(path, read_batches, path, int(checkpoint or 0), datetime.now(UTC)):
            yield reader.page(batch)

    def settle(self, reading: Reading) -> None:
        settle(reading.staging, reading.settings.same_subject_days, reading.own)


def _files(reading: Reading) -> dict[str, tuple[str, Path]]:
    """Part → how it is called, and where it is, of all that has mails, those of an archive one by one. A part is named
    after the path: its place among the others may become that of another one. Raises SourceFault."""
    found: list[tuple[str, Path]] = []
    for said in reading.settings.paths:
        path = (reading.root / said).resolve()
        if not path.exists():
            raise SourceFault(said, "there is no such file", "The path counts from the workspace's root.")
        if not is_archive(path):
            found.append((said, path))
            continue
        folder = reading.staging.folder / "unpacked" / name_of(said)
        inside = unpacked(path, folder, lambda name: name.lower().endswith(".mbox"))
        if not inside:
            raise SourceFault(said, "it holds no .mbox file", "In Takeout choose Mail, in the form of MBOX.")
        found += [(f"{said}/{name}", there) for name, there in inside]
    return {f"mail-{name_of(said)}": (said, path) for said, path in found}


class _Reader:
    """Makes pages of mails."""

    def __init__(self, reading: Reading, said: str) -> None:
        self._reading = reading
        self._said = said
        self._database = reading.staging.database
        self._threads = Threads(self._database)
        self._unwanted = {each.casefold() for each in reading.settings.leave_out_labels}
        row = self._database.execute("SELECT COALESCE(MAX(position), 0) FROM mailbox_mails").fetchone()
        self._position = int(row[0])
        self._own = lru_cache(maxsize=50_000)(reading.own)
        self._named: dict[str, bool] = {}
        self._begin()

    def _begin(self) -> None:
        self._held: dict[str, str] = {}
        self._records: list[Record] = []
        self._raw: list[Raw] = []
        self._left: list[LeftOut] = []
        self._remarks: list[Remark] = []
        self._files: dict[str, bytes] = {}
        self._rows: list[tuple[object, ...]] = []
        self._ids: dict[str, str] = {}
        self._firsts: dict[int, str] = {}

    def page(self, batch: Batch) -> Page:
        self._ask([each.mail for each in batch.mails if isinstance(each.mail, Mail)])
        for each in batch.mails:
            if isinstance(each.mail, Mail):
                self._keep(each.mail, each)
            else:
                self._put_aside(each, each.mail)
        marks = ", ".join("?" * 17)
        own = [(f"INSERT INTO mailbox_mails VALUES ({marks})", self._rows), *self._threads.taken()]
        page = Page(
            self._records, self._raw, self._left, self._remarks, self._files, own, read=len(batch.mails),
            checkpoint=str(batch.after),
        )  # fmt: skip
        self._begin()
        return page

    def _ask(self, every: Sequence[Mail]) -> None:
        """What the database knows of the page's mails, in two questions instead of several for each."""
        ids = [mail.id for mail in every]
        said = "SELECT id, digest FROM mailbox_mails WHERE id IN (SELECT value FROM JSON_EACH(?))"
        self._held = {**dict.fromkeys(ids, ""), **dict(self._database.execute(said, (json.dumps(ids),)))}
        self._threads.ask({name for mail in every for name in _names(mail)})

    def _put_aside(self, found: ReadMail, broken: str) -> None:
        place = f"{self._said}@{found.at}"
        if found.content is None:
            why = f"larger than {LARGEST // 1_000_000} MB"
            self._left.append(LeftOut("comments", place, "quarantined", why, place))
            return
        self._raw.append(Raw("mail", place, found.content.decode("latin-1")))
        self._left.append(LeftOut("comments", place, "quarantined", "no mail that can be read", broken[:200]))

    def _keep(self, mail: Mail, found: ReadMail) -> None:
        content = found.content or b""
        digest, place = mail.digest, f"{self._said}@{found.at}"
        held = self._held_digest(mail.id)
        if held and held != digest:
            self._remarks.append(Remark("comments", mail.id, "one id for several mails", place))
            mail.id = f"{mail.id}#{digest[:12]}"
            held = self._held_digest(mail.id)
        if held:
            self._leave(mail, f"{mail.id}#{place}", "the same mail again")
            return
        self._raw.append(Raw("mail", mail.id, content.decode("latin-1")))
        unwanted = [each for each in mail.labels if each.casefold() in self._unwanted]
        if unwanted:
            self._leave(mail, mail.id, f"label {unwanted[0]}")
        elif mail.at is None:
            why = "no time that can be right"
            self._left.append(LeftOut("comments", mail.id, "quarantined", why, mail.subject[:200], channel="email"))
        else:
            self._ids[mail.id] = digest
            self._record(mail, mail.at)

    def _held_digest(self, identifier: str) -> str:
        """The content of a mail that is kept already; empty for none."""
        if identifier in self._ids:
            return self._ids[identifier]
        if identifier in self._held:
            return self._held[identifier]
        row = self._database.execute("SELECT digest FROM mailbox_mails WHERE id = ?", (identifier,)).fetchone()
        return str(row[0]) if row else ""

    def _leave(self, mail: Mail, identifier: str, why: str) -> None:
        month = mail.at.at[:7] if mail.at else ""
        self._left.append(LeftOut("comments", identifier, "skipped", why, mail.subject[:200], month, "", "email"))

    def _record(self, mail: Mail, at: Moment) -> None:
        self._position += 1
        thread, by = self._threads.of(self._position, _names(mail))
        self._firsts[self._position] = mail.id
        ticket = self._first(thread)
        outside = [each for each in dict.fromkeys((mail.author, *mail.to)) if each and not self._own(each)]
        self._people([mail.author, *outside], mail.names)
        self._records.append(
            Comment(
                id=mail.id,
                ticket=ticket,
                author=mail.author,
                public=bool(outside) and not mail.bounced,
                body=mail.body,
                html=mail.html,
                created=at,
                quoted_at=mail.quoted_at,
                belongs=_reason(by, mail),
                automatic=mail.automatic,
                copied=tuple(each for each in outside if each != mail.author)[:MOST_COPIED],
            )
        )
        for number, file in enumerate(mail.files):
            self._files[file.digest] = file.content
            self._records.append(
                Attachment(
                    id=f"{mail.id}/{number}",
                    comment=mail.id,
                    ticket=ticket,
                    name=file.name,
                    media_type=file.media_type,
                    size=len(file.content),
                    digest=file.digest,
                    content_id=file.content_id,
                    inline=file.inline,
                )
            )
        self._remarks += [Remark("comments", mail.id, what, detail) for what, detail in dict(mail.remarks).items()]
        self._rows.append(self._row(mail, at, thread))

    def _row(self, mail: Mail, at: Moment, thread: int) -> tuple[object, ...]:
        """For the source's own table, of which conversations are made."""
        own_receivers = [each for each in mail.to if self._own(each)]
        receivers = [each for each in mail.to if not self._own(each)]
        labels = [each for each in mail.labels if each.casefold() not in _LABELS_OF_GMAIL]
        return (
            *(self._position, mail.id, mail.digest, thread, at.at, mail.author, self._own(mail.author)),
            *(mail.automatic, mail.bounced, json.dumps(receivers[:MOST_COPIED])),
            *(next(iter(own_receivers), ""), mail.subject[:1000], mail.topic[:300], mail.is_reply),
            *(json.dumps(labels), mail.language, any(each.casefold() == "chat" for each in mail.labels)),
        )

    def _first(self, thread: int) -> str:
        """The id of the mail that began a conversation, and is its ticket's."""
        if thread in self._firsts:
            return self._firsts[thread]
        row = self._database.execute("SELECT id FROM mailbox_mails WHERE position = ?", (thread,)).fetchone()
        return str(row[0])

    def _people(self, addresses: Iterable[str], names: Mapping[str, str]) -> None:
        """Everybody who wrote or was written to, once; a name that comes later fills one that was missing."""
        for address in dict.fromkeys(addresses):
            name = names.get(address, "")
            has_name = self._has_name(address)
            if address and (has_name is None or (name and not has_name)):
                self._named[address] = bool(name)
                side: Literal["team", "customer"] = "team" if self._own(address) else "customer"
                self._records.append(Person(id=address, name=name, email=address, side=side))

    def _has_name(self, address: str) -> bool | None:
        """None for somebody who is not known yet."""
        if address not in self._named:
            person = self._reading.staging.get(Person, address)
            if person is None:
                return None
            if len(self._named) > MOST_NAMED:
                self._named.clear()
            self._named[address] = bool(person.name)
        return self._named[address]


def _names(mail: Mail) -> list[str]:
    """By which its conversation is known."""
    conversation = [f"gmail-{mail.conversation}"] if mail.conversation else []
    return [*conversation, mail.id, *mail.refers_to]


def _reason(by: str, mail: Mail) -> str:
    """Why a mail belongs to its conversation, for people who wonder."""
    if not by:
        return "it begins the conversation"
    if by.startswith("gmail-"):
        return "Gmail says so"
    return "it was answered before it was read" if by == mail.id else f"it answers {by}"
