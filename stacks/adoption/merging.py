"""What was changed by hand goes into what people write, value by value; where both sides changed, a person decides."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from provisioners.sighting import Data

Path = tuple[str, ...]


@dataclass(frozen=True)
class Taken:
    """One value that goes into the files. gone: the attribute is there no more."""

    path: Path
    old: Any
    new: Any
    gone: bool = False


@dataclass(frozen=True)
class Conflict:
    """One value that changed in the files and by hand. base: what the last run left."""

    path: Path
    base: Any
    file: Any
    live: Any


@dataclass
class Merge:
    """What is to be written, and what a person has to decide."""

    taken: list[Taken] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


def merged(base: Data, file: Data, live: Data, path: Path = ()) -> Merge:
    """What was changed by hand between `base` and `live`, for files that say `file`. All three in the same words."""
    found = Merge()
    for name in dict.fromkeys([*base, *live]):
        before, now, said = base.get(name), live.get(name), file.get(name)
        here = (*path, str(name))
        if before == now:
            continue
        if isinstance(before, dict) and isinstance(now, dict) and isinstance(said, dict):
            inner = merged(before, said, now, here)
            found.taken += inner.taken
            found.conflicts += inner.conflicts
        elif said == before:
            found.taken.append(Taken(here, before, now, gone=name not in live))
        elif said != now:
            found.conflicts.append(Conflict(here, before, said, now))
    return found
