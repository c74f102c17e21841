"""Histories of any size, the same for the same seed, written to disk as they are made."""

from __future__ import annotations

import base64
import csv
import quopri
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.header import Header
from pathlib import Path

TEAM = "quayside.example"
AGENTS = ("Dana Reed", "Jo Wynn", "Grace Okafor", "Sam Ilves", "Maja Brandt")
BEGAN = datetime(2021, 1, 4, 8, 0, tzinfo=UTC)
_DAYS = 1000
_TEXT = """
the card was declined again at the till and the balance still shows what it did on Monday although the ferry line
has confirmed the refund please look at order number because our driver is waiting near the gate with a full crew
thank you for the quick answer we tried it on two phones and the app closes when somebody opens the second page
could you tell me when the invoice for March will be sent it should go to our office in Delft not to the harbour
"""
_WORDS = _TEXT.split()
_ODD_WORDS = ("Grüße", "naïve", "façade", "Ålesund", "señor", "Straße", "€", "Zürich", "œuvre", "déjà")
_FIRST = ("Maja", "Lena", "Tom", "Ines", "Piet", "Åsa", "Noor", "Karl", "Zoë", "Ben", "Ruth", "Émile")
_LAST = ("Visser", "Brandt", "Okafor", "Lindqvist", "Meyer", "Sørensen", "Jansen", "Duarte", "Novak", "Hall")


def write_mails(path: Path, number: int, seed: int = 7) -> None:
    """An mbox file of so many mails as a shared inbox has them.

    A third begins a conversation; the others answer one of the last few hundred, some without saying which. Two in
    five come as text and page, one in twelve brings a file; half of them the same few logos. One in seven is in an
    older encoding, one in a hundred in another than it says; some are there twice, some are from robots.
    """
    chance = random.Random(seed)
    inbox = _Inbox(chance, max(50, number // 6), number)
    with path.open("wb", buffering=1 << 20) as file:
        for mail in inbox.mails():
            file.write(mail)


def write_rows(path: Path, number: int, seed: int = 7) -> None:
    """A CSV of so many tickets, a row each, with what was asked, what was answered and a note."""
    chance = random.Random(seed)
    people = max(20, int(number * 0.3))
    with path.open("w", encoding="utf-8", newline="", buffering=1 << 20) as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS_MEAN)
        rows.writerows(_row(chance, place, number, people) for place in range(number))


COLUMNS_MEAN = {
    "Ticket": "ticket", "Created": "date", "Status": "status", "Priority": "priority", "Channel": "channel",
    "Category": "category", "Customer": "customer", "Email": "customer_email", "Agent": "agent",
    "Question": "question", "Answer": "answer", "Internal note": "private_note", "Resolved": "resolved",
}  # fmt: skip
"""The columns of `write_rows`, and what a file in `migrations/` says of them."""


def _row(chance: random.Random, place: int, number: int, people: int) -> tuple[str, ...]:
    began = BEGAN + timedelta(days=_DAYS * place / number)
    person = chance.randrange(people)
    return (
        str(10_000 + place),
        f"{began:%d-%m-%Y %H:%M}",
        chance.choice(("Closed", "Closed", "Solved")),
        chance.choice(("Low", "Normal", "Normal", "High")),
        chance.choice(("Email", "Phone", "Chat")),
        chance.choice(("Cards", "Invoices", "App", "Ferry")),
        _name(person),
        f"c{person}@shop{person % 997}.example",
        chance.choice(AGENTS),
        _text(chance, 25),
        _text(chance, 30),
        _text(chance, 10),
        f"{began + timedelta(minutes=chance.randint(5, 9000)):%d-%m-%Y %H:%M}",
    )


def _name(person: int) -> str:
    return f"{_FIRST[person % len(_FIRST)]} {_LAST[person // len(_FIRST) % len(_LAST)]} {person}"


def _text(chance: random.Random, words: int, odd: bool = False) -> str:
    at = chance.randrange(len(_WORDS))
    said = [_WORDS[(at + n * 7) % len(_WORDS)] for n in range(chance.randint(words // 2, words * 3 // 2))]
    if odd:
        said.insert(len(said) // 2, chance.choice(_ODD_WORDS))
    return f"{' '.join(said).capitalize()}."


@dataclass
class _Talk:
    """A conversation that goes on. said: what was written last, which answers repeat."""

    subject: str
    customer: int
    ids: list[str]
    said: str


class _Inbox:
    def __init__(self, chance: random.Random, people: int, number: int) -> None:
        self._chance = chance
        self._people = people
        self._number = number
        self._talks: list[_Talk] = []
        self._logos = [chance.randbytes(4000 + 700 * n) for n in range(5)]

    def mails(self) -> Iterator[bytes]:
        last = b""
        for place in range(self._number):
            if last and self._chance.random() < 0.012:
                yield last  # the same again, from another folder
                continue
            last = self._mail(place)
            yield last

    def _mail(self, place: int) -> bytes:
        chance = self._chance
        sent = BEGAN + timedelta(days=_DAYS * place / self._number)
        identifier = f"{place}.{chance.getrandbits(48):x}@mail.example"
        if chance.random() < 0.004:
            return _joined(sent, _heads(sent, "MAILER-DAEMON@mail.example", f"support@{TEAM}", "Undelivered Mail", {
                "Message-ID": f"<{identifier}>", "Auto-Submitted": "auto-replied",
            }), _BOUNCE)  # fmt: skip
        is_new = not self._talks or chance.random() < 0.36
        if is_new:
            talk = _Talk(_text(chance, 5)[:-1], chance.randrange(self._people), [], "")
            self._talks.append(talk)
            if len(self._talks) > 400:
                del self._talks[0]
        else:
            talk = chance.choice(self._talks)
        by_team = not is_new and chance.random() < 0.55
        customer = f"{_word(_name(talk.customer))} <c{talk.customer}@shop{talk.customer % 997}.example>"
        agent = f"{chance.choice(AGENTS)} <support@{TEAM}>"
        subject = talk.subject if is_new else f"Re: {talk.subject}"
        if chance.random() < 0.2:
            subject = f"{subject} {chance.choice(_ODD_WORDS)}"
        more = {"Message-ID": f"<{identifier}>"}
        if not is_new and chance.random() < 0.95:
            more["In-Reply-To"] = f"<{talk.ids[-1]}>"
            more["References"] = "\n ".join(f"<{each}>" for each in talk.ids[-6:])
        text = f"Hello,\n\n{_paragraphs(chance)}\n\nKind regards,\n{AGENTS[0] if by_team else _name(talk.customer)}\n"
        if talk.said and chance.random() < 0.6:
            quoted = "\n".join(f"> {line}" for line in talk.said.split("\n"))
            text += f"\nOn {sent:%d %B %Y} somebody wrote:\n{quoted}\n"
        talk.said = text[:1500]
        talk.ids.append(identifier)
        heads, body = self._content(text)
        names = (agent, customer) if by_team else (customer, f"Support <support@{TEAM}>")
        return _joined(sent, _heads(sent, *names, _word(subject), {**more, **heads}), body)

    def _content(self, text: str) -> tuple[dict[str, str], bytes]:
        """Headers and body of a text, alone or with others."""
        chance = self._chance
        plain_heads, plain = _encoded(chance, text)
        sort = chance.random()
        if sort < 0.55:
            return plain_heads, plain
        pieces = [(plain_heads, plain)]
        if sort < 0.95:
            page = "<br>\n".join(text.split("\n")).replace("Hello", "<p style='color:#222'>Hello</p>")
            pieces.append(_encoded(chance, f"<html><body><div>{page}</div></body></html>", "text/html"))
        kind = "alternative"
        if chance.random() < 0.19:
            kind = "mixed"
            is_logo = chance.random() < 0.5
            content = chance.choice(self._logos) if is_logo else chance.randbytes(chance.randint(3_000, 40_000))
            named = f"logo{len(content)}.png" if is_logo else f"scan {len(content)}.pdf"
            heads = {
                "Content-Type": f'{"image/png" if is_logo else "application/pdf"}; name="{named}"',
                "Content-Transfer-Encoding": "base64",
                "Content-Disposition": f'attachment; filename="{named}"',
            }
            pieces.append((heads, base64.encodebytes(content)))
        line = f"=_{chance.getrandbits(64):x}"
        body = (
            b"".join(b"--%s\n%s\n\n%s\n" % (line.encode(), _lines(heads), piece) for heads, piece in pieces)
            + b"--%s--\n" % line.encode()
        )
        return {"MIME-Version": "1.0", "Content-Type": f'multipart/{kind}; boundary="{line}"'}, body


def _paragraphs(chance: random.Random) -> str:
    number = chance.choice((1, 1, 2, 2, 3, 6))
    return "\n\n".join(
        "\n".join(_text(chance, 11, odd=chance.random() < 0.2) for _ in range(chance.randint(1, 5)))
        for _ in range(number)
    )


def _encoded(chance: random.Random, text: str, kind: str = "text/plain") -> tuple[dict[str, str], bytes]:
    sort = chance.random()
    charset = "utf-8" if sort < 0.84 else "iso-8859-1" if sort < 0.92 else "windows-1252"
    content = text.encode(charset, "replace")
    said = "utf-8" if sort > 0.985 else charset  # what is not true of one in a hundred
    how = chance.choice(("8bit", "quoted-printable", "quoted-printable", "base64"))
    if how == "quoted-printable":
        content = quopri.encodestring(content)
    elif how == "base64":
        content = base64.encodebytes(content)
    return {"Content-Type": f"{kind}; charset={said}", "Content-Transfer-Encoding": how}, content


def _word(text: str) -> str:
    return text if text.isascii() else Header(text, "utf-8", maxlinelen=200).encode(linesep="\n")


def _heads(sent: datetime, author: str, to: str, subject: str, more: dict[str, str]) -> dict[str, str]:
    """As many as servers put there."""
    stamp = f"{sent:%a, %d %b %Y %H:%M:%S} +0000"
    hop = f"from mx{{}}.mail.example (mx{{}}.mail.example [192.0.2.{{}}])\n\tby in.{TEAM} with ESMTPS id {{}}; {stamp}"
    return {
        "Return-Path": f"<{author.rpartition('<')[2].rstrip('>')}>",
        "Delivered-To": f"support@{TEAM}",
        **{f"Received#{n}": hop.format(n, n, n + 4, f"{sent.timestamp():.0f}{n}") for n in range(4)},
        "Authentication-Results": f"in.{TEAM}; spf=pass smtp.mailfrom=mail.example; dkim=pass header.d=mail.example",
        "From": author,
        "To": to,
        "Subject": subject,
        "Date": stamp,
        "X-Mailer": "Harbour Mail 4.2",
        **more,
    }


def _lines(heads: dict[str, str]) -> bytes:
    return "\n".join(f"{name.partition('#')[0]}: {value}" for name, value in heads.items()).encode()


def _joined(sent: datetime, heads: dict[str, str], body: bytes) -> bytes:
    """As an mbox file has it, lines that look like the beginning of a mail quoted."""
    text = body.replace(b"\nFrom ", b"\n>From ")
    return b"From sender@mail.example %s\n%s\n\n%s\n\n" % (f"{sent:%a %b %d %H:%M:%S %Y}".encode(), _lines(heads), text)


_BOUNCE = b"This is the mail system. The address was not found.\n"
