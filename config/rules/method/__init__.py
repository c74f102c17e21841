"""What experience with such projects asks for (ids `GL-###`, which are the method's own).

What a whole client needs is asked only of files that declare a `rollout`: others may declare a part. Ids that
`golive validate` cannot decide stand in `gated` and `elsewhere`, each with who does.
"""

from __future__ import annotations

from collections.abc import Iterator

from config.findings import Finding
from config.rules.logic.line import line_of
from config.rules.method import (
    articles,
    channels,
    elsewhere,
    fields,
    gated,
    launch,
    promises,
    solving,
    team,
    wording,
)
from config.rules.scope import Scope

_PARTS = (team, channels, fields, promises, solving, launch, wording, articles)
CATALOGUE = tuple(rule for part in (*_PARTS, gated, elsewhere) for rule in part.CATALOGUE)


def check(scope: Scope) -> Iterator[Finding]:
    line = line_of(scope)
    for part in _PARTS:
        yield from part.check(line)
