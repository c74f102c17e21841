"""Where a mail begins to repeat earlier ones. Nothing is ever cut off there: it only can be shown folded."""

from __future__ import annotations

import re

_HEADS = re.compile(
    r"^(?:"
    r"-{2,} ?(?:Original Message|Forwarded message|Urspr.ngliche Nachricht|Message d'origine|Mensaje original) ?-{2,}"
    r"|_{20,}"
    r"|(?:On|Am|Le|El|Op|Il|W dniu) [^\n]{6,200}(?:\n[^\n]{0,120})?"
    r"(?:wrote|schrieb|a .crit|escribi.|schreef|ha scritto|napisa.[^\n]{0,40}):"
    r")[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_MARKED = re.compile(r"^>", re.MULTILINE)


def quoted_at(body: str) -> int:
    """The place at which nothing but earlier mails follows; -1 where there is none, or text of its own comes after."""
    if ">" not in body and "--" not in body and ":" not in body and "__" not in body:
        return -1
    head = _HEADS.search(body)
    if head is not None:
        return head.start() if _only_quoted(body[head.end() :]) or not _MARKED.search(body, head.end()) else -1
    marked = _MARKED.search(body)
    return marked.start() if marked is not None and _only_quoted(body[marked.start() :]) else -1


def _only_quoted(rest: str) -> bool:
    """Whether each line is marked or empty. An answer between the quoted lines is one that people want to see."""
    return all(not line or line.startswith(">") for line in (each.strip() for each in rest.split("\n")))
