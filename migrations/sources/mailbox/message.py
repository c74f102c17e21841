"""One mail, in the words that a conversation is put together from."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from migrations.records.moment import Moment
from migrations.records.ticket import MOST_COPIED
from migrations.records.topic import is_reply, topic
from migrations.sources.mailbox.parsing import parsed
from migrations.sources.mailbox.words import decoded, header_text, readable
from migrations.sources.page_text import text_of_html
from migrations.sources.quotes import quoted_at
from migrations.sources.text import plain
from migrations.staging.files import digest_of

_IDS = re.compile(r"<([^<>\s]+)>")
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+")
_PLAINLY = re.compile(r'\s*([\w.+-]+/[\w.+-]+)\s*(?:;\s*charset\s*=\s*"?([\w.:+-]+)"?\s*)?;?\s*', re.IGNORECASE)
_ONE_ADDRESS = re.compile(
    r'"?([^"<>@,;:()\\\[\]]*?)"?\s*<([^<>@\s,;"()]+@[^<>@\s,;"()]+)>|([^<>@\s,;"()]+@[^<>@\s,;"()]+)'
)
_MAIL_ROBOTS = ("mailer-daemon", "postmaster")
_NAME_LONGEST = 200


Heads = dict[str, list[str]]
"""What stands at the head of a mail, by the name in small letters."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that a mail brings."""

    name: str
    media_type: str
    content: bytes
    digest: str
    content_id: str
    inline: bool


@dataclass
class Mail:
    """id: the mail's own, or made from its content. people: address → name, of everybody named in it."""

    id: str
    author: str
    author_name: str
    to: list[str]
    subject: str
    at: Moment | None
    body: str
    html: str
    refers_to: list[str]
    conversation: str
    """Gmail's own number of the conversation; empty elsewhere."""
    labels: list[str]
    automatic: bool
    bounced: bool
    language: str
    digest: str
    """Of what people see of it. The servers on its way put other headers on each copy of one mail."""
    quoted_at: int
    """Where its text begins to repeat earlier mails; -1 for nowhere."""
    names: dict[str, str] = field(default_factory=dict)
    files: list[Sent] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    """(what, detail)."""

    @property
    def is_reply(self) -> bool:
        return is_reply(self.subject)

    @property
    def topic(self) -> str:
        return topic(self.subject)


def read_mail(content: bytes, envelope: str, now: datetime) -> Mail:
    """The mail in some bytes. envelope: the line before it in an mbox; empty for none. now: no mail is younger.

    Raises ValueError where they are no mail: no sender and no receiver, no date and no subject.
    """
    message = parsed(content)
    heads: Heads = {}
    for name, value in message.raw_items():
        heads.setdefault(name.lower(), []).append(str(value))
    if not any(name in heads for name in ("from", "to", "date", "message-id", "subject")):
        raise ValueError("it has neither a sender nor a receiver, a date, a subject")
    said = _IDS.search(_word(heads, "message-id"))
    own_id = said[1] if said else f"sha256-{hashlib.sha256(content).hexdigest()[:32]}"
    names: dict[str, str] = {}
    authors = _addresses(heads, ("from",), names) or _addresses(heads, ("sender", "reply-to", "return-path"), names)
    to = _addresses(heads, ("to", "cc", "delivered-to"), names)
    remarks: list[tuple[str, str]] = []
    if len(to) > MOST_COPIED:
        remarks.append(("many receivers", f"{len(to)}; the first {MOST_COPIED} are kept in copy"))
    body, html, files = _content(message, remarks)
    kind = message.get_content_type()
    precedence = _first(heads, "precedence").lower()
    bounced = kind == "multipart/report" or bool(
        authors and authors[0].partition("@")[0] in ("mailer-daemon", "postmaster")
    )
    answered = (_first(heads, "auto-submitted") or "no").lower()
    labels = header_text(_first(heads, "x-gmail-labels"))
    author = authors[0] if authors else ""
    subject = header_text(_first(heads, "subject"))
    at = _time(heads, envelope, now, remarks)
    return Mail(
        id=own_id[:500],
        author=author,
        author_name=names.get(authors[0], "") if authors else "",
        to=to,
        subject=subject,
        at=at,
        body=body,
        html=html,
        refers_to=_references(heads),
        conversation=_word(heads, "x-gm-thrid").strip(),
        labels=[each.strip() for each in labels.split(",") if each.strip()],
        automatic=bounced or not answered.startswith("no") or precedence in ("auto_reply", "junk"),
        bounced=bounced,
        language=_word(heads, "content-language").split(",")[0].strip(),
        digest=_digest([author, subject, at.at if at else "", body, html, *(each.digest for each in files)]),
        quoted_at=quoted_at(body),
        names=names,
        files=files,
        remarks=remarks,
    )


def _digest(said: list[str]) -> str:
    return hashlib.sha256("\0".join(said).encode("utf-8", "replace")).hexdigest()


def _first(heads: Heads, name: str) -> str:
    return heads[name][0] if name in heads else ""


def _word(heads: Heads, name: str) -> str:
    """Of a header that holds no text for people. Bytes that it must not have are read as letters."""
    said = _first(heads, name)
    return said if said.isprintable() else plain(readable(said))[0]


def _references(heads: Heads) -> list[str]:
    """The mails that it answers, the nearest first."""
    named = _IDS.findall(_word(heads, "in-reply-to")) + _IDS.findall(_word(heads, "references"))[::-1]
    return [each[:500] for each in dict.fromkeys(named)][:50]


def _addresses(heads: Heads, headers: tuple[str, ...], names: dict[str, str]) -> list[str]:
    """Addresses in small letters, in their order; what people are called goes into `names`."""
    said = [header_text(each) for name in headers for each in heads.get(name, ())]
    found: dict[str, None] = {}
    for each in said:
        for name, address in _named(each):
            found[address] = None
            if name and not names.get(address):
                names[address] = name[:_NAME_LONGEST]
    return list(found)


def _named(header: str) -> list[tuple[str, str]]:
    """(name, address) of one header. Where it breaks the rules, what looks like an address counts, without a name."""
    one = _ONE_ADDRESS.fullmatch(header)  # most headers; the library takes ten times as long
    if one is not None:
        return [("", one[3].lower())] if one[3] else [(one[1].strip(), one[2].lower())]
    pairs = [(name.strip(), address.strip().lower()) for name, address in getaddresses([header])]
    good = [(name, address) for name, address in pairs if _ADDRESS.fullmatch(address)]
    return good or [("", address.lower()) for address in _ADDRESS.findall(header)]


def _time(heads: Heads, envelope: str, now: datetime, remarks: list[tuple[str, str]]) -> Moment | None:
    """When it was sent: as it says, unless that cannot be, then as the server that took it."""
    latest = now + timedelta(days=1)
    said = _word(heads, "date").strip()
    candidates = [said, *(readable(each).rpartition(";")[2].strip() for each in heads.get("received", ())[:3])]
    for number, each in enumerate(candidates):
        when = _parsed(each)
        if when is not None and _EARLIEST <= when <= latest:
            if number:
                remarks.append(("odd time", f"it says “{said[:80]}”; the server says {each[:80]}"))
            return Moment.of(when, said or each)
    when = _of_envelope(envelope)
    if when is not None and _EARLIEST <= when <= latest:
        remarks.append(("odd time", f"it says “{said[:80]}”; the file says {when:%Y-%m-%d %H:%M}"))
        return Moment.of(when, said or envelope)
    return None


def _parsed(said: str) -> datetime | None:
    try:
        when = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    try:
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _of_envelope(envelope: str) -> datetime | None:
    """`From somebody@example.com Sat Mar  2 10:11:12 2024`, in UTC."""
    found = re.search(r"([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d:\d\d)(?: [+-]\d{4})? (\d{4})", envelope)
    if found is None:
        return None
    try:
        return datetime.strptime(" ".join(found.groups()), "%b %d %H:%M:%S %Y").replace(tzinfo=UTC)
    except ValueError:
        return None


def _content(message: Message, remarks: list[tuple[str, str]]) -> tuple[str, str, list[Sent]]:
    texts: list[str] = []
    pages: list[str] = []
    files: list[Sent] = []
    for part in _leaves(message):
        kind, charset, disposition, name = _described(part)
        if kind in ("text/plain", "text/html") and disposition != "attachment" and not name:
            text, odd = decoded(_payload(part), charset)
            text, had_control = plain(text)
            if odd:
                remarks.append(("bad encoding", odd))
            if had_control:
                remarks.append(("odd characters", "characters that no system takes are left out"))
            (texts if kind == "text/plain" else pages).append(text)
        elif kind == "message/delivery-status":
            texts.append(plain(str(part))[0])
        else:
            content = _file_content(part)
            if kind == "message/rfc822" and not name:
                name = "message.eml"
            cid = str(part["content-id"] or "").strip().strip("<>")
            files.append(
                Sent(name or "unnamed", kind, content, digest_of(content), cid, disposition == "inline" or bool(cid))
            )
    html = "\n".join(pages)
    body = "\n\n".join(each.strip("\n") for each in texts if each.strip()) or (text_of_html(html) if html else "")
    return body.strip(), html, files


def _leaves(message: Message) -> list[Message]:
    """The parts that hold something; a mail within a mail is one of them."""
    found: list[Message] = []
    waiting = [message]
    while waiting:
        part = waiting.pop(0)
        if part.is_multipart() and not part.get_content_type().startswith("message/"):
            inner = part.get_payload()
            waiting[:0] = [each for each in inner if isinstance(each, Message)] if isinstance(inner, list) else []
        else:
            found.append(part)
    return found


def _file_content(part: Message) -> bytes:
    inner = part.get_payload()
    if part.get_content_type() == "message/rfc822" and isinstance(inner, list) and isinstance(inner[0], Message):
        return inner[0].as_bytes()
    return _payload(part)


def _payload(part: Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        content = None
    if isinstance(content, bytes):
        return content
    return str(part.get_payload() or "").encode("utf-8", "surrogateescape")


def _described(part: Message) -> tuple[str, str, str, str]:
    """Type, encoding, disposition and file name. Most parts say no more than the first two; the library reads the
    rest, ten times as slowly."""
    said, disposition = str(part.get("content-type", "text/plain")), str(part.get("content-disposition", ""))
    plainly = _PLAINLY.fullmatch(said)
    if plainly and disposition.strip().lower() in ("", "inline", "attachment"):
        return plainly[1].lower(), (plainly[2] or "").lower(), disposition.strip().lower(), ""
    try:
        charset = str(part.get_content_charset() or "")
    except (LookupError, UnicodeError):
        charset = ""
    return part.get_content_type(), charset, str(part.get_content_disposition() or ""), _file_name(part)


def _file_name(part: Message) -> str:
    """What the file is called, without any folder: it is shown, and never a path."""
    try:
        said = part.get_filename()
    except (LookupError, UnicodeError, ValueError):
        said = None
    name = re.split(r"[/\\]", header_text(said))[-1].strip(". ")
    return name[:_NAME_LONGEST]
