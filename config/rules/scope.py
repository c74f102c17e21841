"""What a rule may look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from config.declaration import Declaration, Declared
from config.document import Path_, is_within, show_path
from config.findings import Finding


@dataclass(frozen=True)
class Scope:
    """All valid objects, the keys of all objects by kind (also of those that are not valid), and the workspace's
    root, where there is one. `findings` is what the rules before this one have found."""

    declaration: Declaration
    known: dict[str, set[str]] = field(default_factory=dict)
    root: Path | None = None
    findings: list[Finding] = field(default_factory=list)

    def knows(self, kind: str, key: str) -> bool:
        return key in self.known.get(kind, set())

    def is_wrong(self, item: Declared, path: Path_) -> bool:
        """Whether an error has been found at a place or inside it, so that nothing more is to be said of it."""
        whole = show_path((*item.path, *path))
        return any(each.severity == "error" and is_within(each.path, whole) for each in self.findings)

    def nearest(self, kind: str, key: str) -> str:
        """A hint: the key that was perhaps meant, else what there is."""
        return did_you_mean(key, sorted(self.known.get(kind, set())), f"There is no `{kind}:` yet.")


def did_you_mean(word: str, known: list[str], otherwise: str = "") -> str:
    """A hint that names the nearest of the known words, or all of them."""
    near = get_close_matches(word, known, n=1)
    if near:
        return f"Did you mean `{near[0]}`?"
    return f"Known: {', '.join(known[:12])}{', …' if len(known) > 12 else ''}." if known else otherwise
