"""What a subject is about, however often somebody has answered."""

from __future__ import annotations

import re

_REPLY = re.compile(
    r"^\s*(?:(?:re|aw|sv|vs|antw|antwort|ref|rif|odp|fw|fwd|wg|tr|rv|enc|vl)\s*(?:\[\d+\]|\(\d+\))?\s*:\s*)+",
    re.IGNORECASE,
)


def is_reply(subject: str) -> bool:
    """Whether it begins as that of an answer, in the languages of the usual mail programs."""
    return _REPLY.match(subject) is not None


def topic(subject: str) -> str:
    """The subject without what answering puts before it, in small letters."""
    return _REPLY.sub("", subject).strip().casefold()
