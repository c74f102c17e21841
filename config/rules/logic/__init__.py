"""What rules do together: contradict, hide, undo and repeat each other; and what nothing uses (ids `LG###`).

A rule of this family speaks only where it is certain. What it does not see stands at the head of its file.
"""

from __future__ import annotations

from collections.abc import Iterator

from config.findings import Finding
from config.rules.logic import audience, circles, contradictions, ending, firing, mails, unused
from config.rules.logic.line import line_of
from config.rules.scope import Scope

_PARTS = (contradictions, firing, circles, ending, audience, unused, mails)
_ALONE = (contradictions, ending)
"""Parts that look at one object at a time."""
CATALOGUE = tuple(rule for part in _PARTS for rule in part.CATALOGUE)


def check(scope: Scope) -> Iterator[Finding]:
    line = line_of(scope)
    for part in _PARTS if scope.is_whole else _ALONE:
        yield from part.check(line)
