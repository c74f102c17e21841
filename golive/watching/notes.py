"""What a watch has told, line by line, in the workspace: so that nothing is told twice, whatever happens to golive.

Before somebody is told, a line says that this is about to happen; after it, one says what came of it. Where the second
one is missing, golive was stopped in between: nobody knows whether it arrived, and it is not sent again.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from checklists.bands import Band
from checklists.moments import written
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.watching.judging import Event

Result = Literal["told", "kept", "unsure", "refused", "later"]
"""kept: only written down, because it is the sandbox. later: certainly not sent; it is tried again."""
ENDING = ".jsonl"


@dataclass
class Notes:
    """The notes of one watch, and what earlier ones have told. root: the workspace's. said: every key that was noted or
    told. bands: threshold → its band as it was told last. counts: of this watch."""

    path: Path
    said: set[str] = field(default_factory=set)
    bands: dict[str, Band] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    breaches_at: list[datetime] = field(default_factory=list)
    open_keys: dict[str, str] = field(default_factory=dict)
    """Of this or an earlier watch: about to be told, and no line says what came of it. Key → to whom."""

    @classmethod
    def read(cls, folder: Path, path: Path) -> Notes:
        """All notes of an environment's watches. path: of the watch that is under way. Raises Fault."""
        found = cls(path)
        _mend(path)
        for file in sorted({*folder.glob(f"*{ENDING}"), *([path] if path.exists() else [])}):
            for said in _lines(file):
                found._take(said, own=file == path)
        return found

    def settle(self, at: datetime) -> int:
        """Note of everything that was about to be told when golive was stopped that nobody knows; returns how many."""
        left: dict[str, list[str]] = {}
        for key, to in self.open_keys.items():
            left.setdefault(to, []).append(key)
        for to, keys in left.items():
            self._write({"note": "told", "keys": keys, "to": to, "result": "unsure", "why": "golive was stopped"}, at)
        return sum(map(len, left.values()))

    def event(self, event: Event, at: datetime) -> None:
        """That a promise has come due or was broken, once."""
        if event.key in self.said:
            return
        self._write(
            {
                "note": event.what,
                "key": event.key,
                "ticket": event.ticket,
                "metric": event.metric,
                "policy": event.policy,
                "priority": event.priority,
                "due": written(event.due),
                "breach_at": written(event.breach_at),
            },
            at,
        )

    def telling(self, keys: Sequence[str], to: str, at: datetime) -> None:
        """That somebody is about to be told."""
        self._write({"note": "telling", "keys": list(keys), "to": to}, at)

    def told(self, keys: Sequence[str], to: str, result: Result, why: str, at: datetime, text: str = "") -> None:
        """What came of it. text: where it was only written down."""
        more = {"why": why} if why else {}
        self._write({"note": "told", "keys": list(keys), "to": to, "result": result, **more,
                     **({"text": text} if text else {})}, at)  # fmt: skip

    def band(self, threshold: str, number: str, said: str, was: Band | None, now: Band, at: datetime) -> None:
        """That a number is in another band."""
        self._write(
            {"note": "band", "threshold": threshold, "number": number, "said": said, "was": was, "now": now}, at
        )

    def _write(self, line: dict[str, Any], at: datetime) -> None:
        """One line, at the end, on the disk before anything else happens."""
        line = {"at": written(at), **line}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        self._take(line, own=True)

    def _take(self, said: Mapping[str, Any], *, own: bool) -> None:
        match said["note"]:
            case "warning" | "breach":
                self.said.add(said["key"])
                self.counts[said["note"]] += own
                if own and said["note"] == "breach":
                    self.breaches_at.append(_moment(said["breach_at"]))
            case "telling":
                self.said.update(said["keys"])
                self.open_keys |= dict.fromkeys(said["keys"], said["to"])
            case "told":
                for key in said["keys"]:
                    self.open_keys.pop(key, None)
                if said["result"] == "later":
                    self.said.difference_update(said["keys"])
                    return
                self.said.update(said["keys"])
                if own:
                    sort = "post" if said["to"].startswith("slack_channels/") else "mail"
                    self.counts[sort if said["result"] == "told" else said["result"]] += 1
            case "band":
                if own:
                    self.bands[said["threshold"]] = said["now"]
                    self.counts["band"] += 1


def _mend(file: Path) -> None:
    """Take away a last line that a crash has cut off, so that the next one stands by itself."""
    if not file.exists():
        return
    whole, newline, rest = file.read_bytes().rpartition(b"\n")
    if rest:
        os.truncate(file, len(whole) + len(newline))


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    """Every line; one that a crash has cut off at the end is left out. Raises Fault."""
    text = file.read_text(encoding="utf-8")
    lines = text.split("\n")
    whole = lines[:-1]
    for number, line in enumerate(whole, start=1):
        try:
            said = json.loads(line)
            _ = said["note"]
        except (ValueError, KeyError, TypeError):
            raise Fault(
                "broken_notes",
                "The notes of a watch are not as golive wrote them, so that it is not known what was told.",
                where=f"{file.name}:{number}",
                do="Bring back what was there:  git checkout -- checklists/evidence/   or take the line out.",
                exits=Exit.FAILED,
            ) from None
        yield said


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)
