"""Ways in which a ticket, a comment or a change comes: the vendor's number, its word, and the channel that it shows.

Source: developer.zendesk.com, “Via types reference” and “Via object reference”. The number of the vendor's own
messaging (75) is not in the edition that could be read; the others are.
"""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.store import Row


@dataclass(frozen=True)
class Way:
    """One via type. channel: what `via.channel` of a ticket shows."""

    number: int
    word: str
    channel: str


WEB_FORM = Way(0, "web_form", "web")
MAIL = Way(4, "mail", "email")
API = Way(5, "web_service", "api")
RULE = Way(8, "rule", "rule")
WAYS = (
    WEB_FORM,
    MAIL,
    API,
    RULE,
    Way(17, "dropbox", "web"),
    Way(27, "closed_ticket", "closed_ticket"),
    Way(29, "chat", "chat"),
    Way(30, "twitter", "twitter"),
    Way(33, "voicemail", "voice"),
    Way(34, "phone_call_inbound", "voice"),
    Way(35, "phone_call_outbound", "voice"),
    Way(38, "facebook_post", "facebook"),
    Way(41, "facebook_message", "facebook"),
    Way(44, "api_voicemail", "voice"),
    Way(45, "api_phone_call_inbound", "voice"),
    Way(46, "api_phone_call_outbound", "voice"),
    Way(48, "web_widget", "web"),
    Way(49, "mobile_sdk", "mobile_sdk"),
    Way(50, "helpcenter", "help_center"),
    Way(55, "any_channel", "any_channel"),
    Way(56, "mobile", "mobile"),
    Way(57, "sms", "sms"),
    Way(72, "line", "line"),
    Way(73, "wechat", "wechat"),
    Way(74, "whatsapp", "whatsapp"),
    Way(75, "native_messaging", "native_messaging"),
)
_BY_NUMBER = {str(way.number): way for way in WAYS}
_BY_WORD = {way.word: way for way in WAYS}
_BY_CHANNEL = {way.channel: way for way in reversed(WAYS)}


def way_of(said: object) -> Way | None:
    """The way that a number, a via type or a channel names; None where there is no such."""
    text = str(said)
    return _BY_NUMBER.get(text) or _BY_WORD.get(text) or _BY_CHANNEL.get(text)


def via(way: Way, from_: Row | None = None, to: Row | None = None, rel: str | None = None) -> Row:
    """The vendor's `via` object. `_number` is not shown; conditions ask for it."""
    return {
        "channel": way.channel,
        "source": {"from": from_ or {}, "to": to or {}, "rel": rel},
        "_number": way.number,
    }


def shown_via(row: Row) -> Row:
    """The object as the API echoes it."""
    return {name: value for name, value in row.items() if name != "_number"}


def rule_via(rule: Row, rel: str = "trigger") -> Row:
    """Which rule did it. rel: `trigger` or `automation`."""
    source = {"deleted": False, "title": rule["title"], "id": rule["id"], "revision_id": 1}
    return {"channel": RULE.channel, "source": {"from": source, "rel": rel}}
