"""How the new helpdesk remembers an old id."""

from __future__ import annotations

import hashlib
import re

LONGEST = 255
"""Characters."""
_PLAIN = re.compile(r"[!-@\[-}]+")
"""What no database takes for another one: ASCII without capital letters, spaces, and the sign that marks a digest."""
_MARK = "~"


def external_id(key: str, source: str) -> str:
    """Of each old id another one, also where the helpdesk does not tell capital letters apart (developer.zendesk.com,
    “Users”, `external_id`) or takes only so many characters: what could be taken for another one ends with a digest.
    After a lost answer the helpdesk is asked by it what has arrived. key: the migration's."""
    whole = f"{key}:{source}"
    if len(whole) <= LONGEST and _PLAIN.fullmatch(whole):
        return whole
    digest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{whole[: LONGEST - len(digest) - len(_MARK)]}{_MARK}{digest}"
