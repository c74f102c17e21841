"""Telling people: a post in a channel, a mail to a person. What was told is noted before and after."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import formataddr, make_msgid

from config.environment import MailEntry
from golive.launch import mail_server
from golive.watching.judging import Event
from golive.watching.notes import Notes, Result
from golive.watching.texts import MAIL, Markup, Wording
from provisioners.errors import SystemFault
from provisioners.posts import Posts

MOST_AT_ONCE = 10
"""So many messages to one place after one look; where there is more to tell, one message says it all."""
AGAIN_AFTER = timedelta(minutes=5)
"""After so long another try is made where a message could not be sent."""
PEOPLE = "people/"
_THE_TEXT = ("msg_too_long", "no_text", "invalid_blocks", "too_many_attachments")
"""Refusals of the message itself, which would be refused again."""


@dataclass(frozen=True)
class Delivery:
    """What came of a message."""

    result: Result
    why: str = ""


@dataclass
class Teller:
    """Who can be told, and how. channels: `slack_channels/KEY` → the chat's id. people: `people/KEY` → (name, address).
    mail: the server, None where there is none. writes_down: it is the sandbox, where nobody is mailed."""

    posts: Posts | None
    channels: Mapping[str, str]
    people: Mapping[str, tuple[str, str]]
    mail: MailEntry | None
    writes_down: bool
    say: Callable[[str], None] = lambda text: None
    resting: dict[str, datetime] = field(default_factory=dict)
    """Who could not be told → when it is tried again."""
    troubles: set[str] = field(default_factory=set)
    """What was said once and is not said again."""

    @property
    def markup(self) -> Markup:
        """How the chat writes."""
        return MAIL if self.posts is None else Markup(self.posts.link, self.posts.plain, self.posts.moment)

    def tell(self, events: Sequence[Event], wording: Wording, notes: Notes, at: datetime, now: datetime) -> None:
        """Note the events, and tell each of those who are to hear of them. at: the helpdesk's time, for the texts; now:
        this machine's, for the notes."""
        for event in events:
            notes.event(event, now)
        for recipient in dict.fromkeys(each for event in events for each in event.to):
            if self.is_resting(recipient, now):
                continue
            theirs = [event for event in events if recipient in event.to]
            for several in [theirs] if len(theirs) > MOST_AT_ONCE else [[event] for event in theirs]:
                keys = [event.key_for(recipient) for event in several]
                if recipient.startswith(PEOPLE):
                    text = wording.text(several, at, MAIL) + wording.footer()
                    delivered = self._mail(keys, recipient, wording.subject(several), text, notes, now)
                else:
                    delivered = self.post(keys, recipient, wording.text(several, at, self.markup), notes, now)
                if delivered.result == "later":
                    break  # the others would meet the same

    def trouble(self, text: str) -> None:
        """Say beside the watch that something goes wrong, once."""
        if text not in self.troubles:
            self.troubles.add(text)
            self.say(f"{text[:1].upper()}{text[1:]}.")

    def is_resting(self, recipient: str, now: datetime) -> bool:
        """Whether somebody could not be told a moment ago."""
        return recipient in self.resting and now < self.resting[recipient]

    def post(self, keys: Sequence[str], channel: str, text: str, notes: Notes, now: datetime) -> Delivery:
        """Post a text, once."""
        return self._noted(keys, channel, notes, now, lambda: self._post(channel, text))

    def _mail(self, keys: Sequence[str], person: str, subject: str, text: str, notes: Notes, now: datetime) -> Delivery:
        if self.writes_down:
            notes.told(keys, person, "kept", "", now, text=f"{subject}\n\n{text}")
            return Delivery("kept")
        return self._noted(keys, person, notes, now, lambda: self._send(person, subject, text))

    def _noted(
        self, keys: Sequence[str], to: str, notes: Notes, now: datetime, deliver: Callable[[], Delivery]
    ) -> Delivery:
        notes.telling(keys, to, now)
        delivered = deliver()
        notes.told(keys, to, delivered.result, delivered.why, now)
        if delivered.result in _IN_WORDS and to not in self.resting:
            self.say(f"{to}: {_IN_WORDS[delivered.result]} ({delivered.why}).")
        if delivered.result == "later":
            self.resting[to] = now + AGAIN_AFTER
        elif delivered.result == "told":
            self.resting.pop(to, None)
        return delivered

    def _post(self, channel: str, text: str) -> Delivery:
        if self.posts is None or channel not in self.channels:
            return Delivery("refused", "there is no such channel")
        try:
            self.posts.post(self.channels[channel], text)
        except SystemFault as fault:
            if fault.took_effect is None:
                return Delivery("unsure", fault.why)
            return Delivery("refused" if fault.why.startswith(_THE_TEXT) else "later", fault.why)
        return Delivery("told")

    def _send(self, person: str, subject: str, text: str) -> Delivery:
        if self.mail is None or person not in self.people:
            return Delivery("refused", "there is no mail server, or no such person")
        message = EmailMessage()
        message["From"] = formataddr(("golive watch", self.mail.sender))
        message["To"] = formataddr(self.people[person])
        message["Subject"] = subject
        message["Message-ID"] = make_msgid(domain=self.mail.sender.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"  # so that nobody's out-of-office reply comes back
        message.set_content(text)
        try:
            mail_server.send(self.mail, message)
        except mail_server.NotSent as failed:
            if failed.arrived is None:
                return Delivery("unsure", failed.why)
            return Delivery("refused" if failed.for_good else "later", failed.why)
        except SystemFault as fault:
            return Delivery("later", fault.why)
        return Delivery("told")


_IN_WORDS = {
    "unsure": "nobody knows whether the message arrived; it is not sent again",
    "refused": "the message was refused, and is not sent again",
    "later": "the message could not be sent, and is tried again",
}
