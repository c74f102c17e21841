"""Who is told what, once: whatever the chat and the mail server do, and wherever golive is stopped."""

from __future__ import annotations

import json
import shutil
import smtplib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any, ClassVar

import pytest

from config.environment import MailEntry
from golive.launch import mail_server
from golive.terminal.fault import Fault
from golive.watching.judging import Event
from golive.watching.notes import Notes
from golive.watching.telling import AGAIN_AFTER, MOST_AT_ONCE, Teller
from golive.watching.texts import MAIL, MOST_LINES, Wording
from provisioners.errors import SystemFault
from provisioners.posts import Posts
from tests.watching.worlds import ADA, CHANNEL, HOUR, MINUTE, MONDAY

WORDING = Wording(
    "Acme", "production", {"all": "Enterprise"}, {"urgent": "P1 System down"}, {"35": "Card <declined> & gone"},
    lambda ticket: f"https://acme.example/{ticket}",
)  # fmt: skip
SERVER = MailEntry.model_validate({"server": "smtp.acme.example", "sender": "watch@acme.example"})


def breach(ticket: str = "35", *to: str, metric: str = "first_reply") -> Event:
    return Event("breach", ticket, metric, 0, "all", "urgent", MONDAY, MONDAY, to or (CHANNEL,))


@dataclass
class Chat(Posts):
    """A chat that keeps what it is told. trouble: raised instead, once for each."""

    heard: list[str] = field(default_factory=list)
    troubles: list[Exception] = field(default_factory=list)
    when: Callable[[], None] = lambda: None

    def ready(self, channel: str) -> str:
        return channel

    def post(self, channel: str, text: str) -> None:
        if self.troubles:
            raise self.troubles.pop(0)
        self.when()
        self.heard.append(text)

    def link(self, url: str, text: str) -> str:
        return f"<{url}|{text}>"

    def plain(self, text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    def moment(self, at: datetime) -> str:
        return f"[{at:%H:%M}]"


@dataclass
class Told:
    """A teller with its notes."""

    folder: Path
    chat: Chat = field(default_factory=Chat)
    said: list[str] = field(default_factory=list)
    writes_down: bool = False

    def __post_init__(self) -> None:
        self.notes = self.read()
        people = {ADA: ("Ada Lo", "ada@acme.example")}
        self.teller = Teller(self.chat, {CHANNEL: "C1"}, people, SERVER, self.writes_down, self.said.append)

    def read(self) -> Notes:
        return Notes.read(self.folder, self.folder / "now.jsonl")

    def tell(self, *events: Event, now: datetime = MONDAY) -> None:
        left = [each for each in events if {each.key_for(to) for to in each.to} - self.notes.said]
        self.teller.tell(left, WORDING, self.notes, MONDAY + MINUTE * 3, now)


@pytest.fixture
def told(tmp_path: Path) -> Told:
    return Told(tmp_path)


# ------------------------------------------------------------ texts


def test_a_post_says_which_ticket_what_was_promised_and_to_whom(told: Told) -> None:
    told.tell(breach())
    assert told.chat.heard == [
        "Too late: <https://acme.example/35|#35> “Card &lt;declined&gt; &amp; gone”, first reply was promised until "
        "[08:00], 3 min ago (Enterprise, P1 System down)"
    ]


def test_a_warning_says_how_much_time_is_left() -> None:
    event = Event("warning", "36", "total_resolution", 0, "all", "low", MONDAY, MONDAY + 2 * HOUR, (CHANNEL,))
    assert WORDING.line(event, MONDAY, MAIL) == (
        "Time is running out: #36 (https://acme.example/36), solution until 21 Sep 10:00 UTC, 2 h 0 min left "
        "(Enterprise, low)"
    )


def test_many_at_once_are_one_message(told: Told) -> None:
    told.tell(*(breach(str(number)) for number in range(MOST_AT_ONCE)))
    assert len(told.chat.heard) == MOST_AT_ONCE
    told.tell(*(breach(str(number)) for number in range(100, 100 + MOST_LINES + 5)))
    assert len(told.chat.heard) == MOST_AT_ONCE + 1
    lines = told.chat.heard[-1].splitlines()
    assert lines[0] == f"{MOST_LINES + 5} promises at once:"
    assert (len(lines), lines[-1]) == (MOST_LINES + 2, "… and 5 more")
    assert told.notes.counts["breach"] == MOST_AT_ONCE + MOST_LINES + 5


# ------------------------------------------------------------ what the chat does

DOWN = SystemFault("unreachable", "chat", "nobody answers there")
LOST = SystemFault("unreachable", "chat", "the connection broke off", took_effect=None)
NOT_IN = SystemFault("refused", "chat", "not_in_channel")
TOO_LONG = SystemFault("refused", "chat", "msg_too_long")


def test_what_was_not_sent_is_sent_later_and_said_once(told: Told) -> None:
    told.chat.troubles = [DOWN, NOT_IN]
    told.tell(breach(), breach("36"))
    told.tell(breach(), breach("36"), now=MONDAY + MINUTE)
    assert told.chat.heard == []
    assert len(told.said) == 1
    assert "tried again (nobody answers there)" in told.said[0]
    told.tell(breach(), breach("36"), now=MONDAY + AGAIN_AFTER)
    told.tell(breach(), breach("36"), now=MONDAY + 2 * AGAIN_AFTER)
    assert len(told.chat.heard) == 2
    assert (told.notes.counts["post"], told.notes.counts["breach"], len(told.said)) == (2, 2, 1)


@pytest.mark.parametrize(("fault", "result"), [(LOST, "unsure"), (TOO_LONG, "refused")])
def test_what_may_have_arrived_or_can_never_arrive_is_not_sent_again(
    told: Told, fault: SystemFault, result: str
) -> None:
    told.chat.troubles = [fault]
    told.tell(breach())
    told.tell(breach(), now=MONDAY + HOUR)
    assert told.chat.heard == []
    assert told.notes.counts[result] == 1
    assert told.read().counts == told.notes.counts


def test_a_message_that_one_may_have_heard_does_not_keep_it_from_others(told: Told) -> None:
    told.writes_down = told.teller.writes_down = True
    told.chat.troubles = [LOST]
    told.tell(breach("35", CHANNEL, ADA))
    assert told.notes.counts == Counter({"breach": 1, "unsure": 1, "kept": 1})


# ------------------------------------------------------------ wherever golive is stopped


def test_wherever_it_is_cut_off_nobody_hears_twice(told: Told, tmp_path: Path) -> None:
    """The notes are cut after each byte, as a crash leaves them; what was posted by then was posted."""
    events = [breach(), breach("36"), breach("37", metric="next_reply")]
    path = told.notes.path
    posted_at: list[int] = []
    told.chat.when = lambda: posted_at.append(path.stat().st_size)
    told.tell(*events)
    whole = path.read_bytes()
    for cut in range(len(whole) + 1):
        folder = tmp_path / "again"
        folder.mkdir()
        (folder / "now.jsonl").write_bytes(whole[:cut])
        heard = [text for text, size in zip(told.chat.heard, posted_at, strict=True) if size <= cut]
        after = Told(folder)
        unsure = after.notes.settle(MONDAY)
        after.tell(*events)
        both = Counter([*heard, *after.chat.heard])
        assert set(both.values()) <= {1}
        assert len(both) >= len(events) - 1
        assert unsure in (0, 1)
        assert after.read().said >= {event.key_for(CHANNEL) for event in events}
        shutil.rmtree(folder)


def test_what_an_earlier_watch_has_told_is_known(told: Told) -> None:
    told.tell(breach())
    told.notes.path.rename(told.folder / "earlier.jsonl")
    again = Told(told.folder)
    again.tell(breach())
    assert again.chat.heard == []
    assert again.notes.counts == Counter()
    assert again.notes.bands == {}


def test_notes_that_somebody_has_edited_are_refused(told: Told) -> None:
    told.tell(breach())
    text = told.notes.path.read_text(encoding="utf-8")
    told.notes.path.write_text(text.replace('{"at"', "{at", 1), encoding="utf-8")
    with pytest.raises(Fault) as broken:
        told.read()
    assert (broken.value.code, broken.value.where) == ("broken_notes", "now.jsonl:1")


# ------------------------------------------------------------ mail


class Smtp:
    """A mail server that does as it is told."""

    sent: ClassVar[list[EmailMessage]]
    connects: Exception | None = None
    takes: Exception | None = None

    def __init__(self, host: str, port: int, **more: Any) -> None:
        if self.connects:
            raise self.connects

    def __enter__(self) -> Smtp:
        return self

    def __exit__(self, *more: object) -> None:
        pass

    def starttls(self, **more: Any) -> None:
        pass

    def send_message(self, message: EmailMessage) -> None:
        if self.takes:
            raise self.takes
        self.sent.append(message)


@pytest.fixture
def smtp(monkeypatch: pytest.MonkeyPatch) -> type[Smtp]:
    class Fresh(Smtp):
        sent: ClassVar[list[EmailMessage]] = []

    monkeypatch.setattr(mail_server.smtplib, "SMTP", Fresh)
    return Fresh


def test_a_person_gets_a_mail(told: Told, smtp: type[Smtp]) -> None:
    told.tell(breach("35", ADA))
    (mail,) = smtp.sent
    assert (mail["To"], mail["From"]) == ("Ada Lo <ada@acme.example>", "golive watch <watch@acme.example>")
    assert mail["Subject"] == "Too late: #35, first reply (Acme)"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "Card <declined> & gone" in mail.get_content()
    told.tell(breach("35", ADA))
    assert (len(smtp.sent), told.notes.counts["mail"]) == (1, 1)


REFUSED = smtplib.SMTPRecipientsRefused({"ada@acme.example": (550, b"nobody of that name")})
LATER = smtplib.SMTPRecipientsRefused({"ada@acme.example": (451, b"try later")})


@pytest.mark.parametrize(
    ("connects", "takes", "result"),
    [
        (OSError("no route"), None, "later"),
        (None, REFUSED, "refused"),
        (None, LATER, "later"),
        (None, smtplib.SMTPDataError(554, b"spam"), "refused"),
        (None, smtplib.SMTPDataError(452, b"full"), "later"),
        (None, smtplib.SMTPServerDisconnected("gone"), "unsure"),
        (None, TimeoutError("slow"), "unsure"),
    ],
)
def test_what_a_mail_server_does(
    told: Told, smtp: type[Smtp], connects: Exception | None, takes: Exception | None, result: str
) -> None:
    smtp.connects, smtp.takes = connects, takes
    told.tell(breach("35", ADA))
    smtp.connects = smtp.takes = None
    told.tell(breach("35", ADA), now=MONDAY + AGAIN_AFTER)
    assert len(smtp.sent) == (result == "later")
    assert told.notes.counts["mail"] == len(smtp.sent)


def test_in_the_sandbox_mails_are_written_down_once(tmp_path: Path, smtp: type[Smtp]) -> None:
    told = Told(tmp_path, writes_down=True)
    told.tell(breach("35", ADA))
    told.tell(breach("35", ADA))
    assert smtp.sent == []
    kept = [json.loads(line) for line in told.notes.path.read_text(encoding="utf-8").splitlines()]
    (line,) = [each for each in kept if each["note"] == "told"]
    assert (line["result"], line["to"]) == ("kept", ADA)
    assert line["text"].startswith("Too late: #35, first reply (Acme)")
