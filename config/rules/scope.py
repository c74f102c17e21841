"""What a rule may look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from config.declaration import Declaration


@dataclass(frozen=True)
class Scope:
    """All valid objects, the keys of all objects by kind (also of those that are not valid), and the workspace's
    root, where there is one."""

    declaration: Declaration
    known: dict[str, set[str]] = field(default_factory=dict)
    root: Path | None = None

    def knows(self, kind: str, key: str) -> bool:
        return key in self.known.get(kind, set())

    def nearest(self, kind: str, key: str) -> str:
        """A hint: the key that was perhaps meant, else what there is."""
        return did_you_mean(key, sorted(self.known.get(kind, set())), f"There is no `{kind}:` yet.")


def did_you_mean(word: str, known: list[str], otherwise: str = "") -> str:
    """A hint that names the nearest of the known words, or all of them."""
    near = get_close_matches(word, known, n=1)
    if near:
        return f"Did you mean `{near[0]}`?"
    return f"Known: {', '.join(known[:12])}{', …' if len(known) > 12 else ''}." if known else otherwise
