"""Objects that were changed by hand, and what becomes of each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from config.declaration import Declared
from config.loading import Loaded
from config.results.plan import NotRead
from provisioners.collection import Live
from provisioners.resource import ObjectName, Payload
from provisioners.sighting import Data
from stacks.adoption.merging import Conflict, Merge
from stacks.steps import Side


@dataclass
class Hand:
    """One object that was changed by hand.

    said: what the files say of it. base: what the last run left of it, by resource name. file: what the files send of
    it. live: what is there now; None for a part that is gone. remarks: what cannot come back, in words. kept: the files
    keep their side of something, so that the next run puts it back. problem: why nothing of it is written.
    """

    item: Declared
    name: ObjectName
    merge: Merge
    said: Data
    base: Mapping[str, Side]
    file: Mapping[str, Payload]
    live: Mapping[str, Live | None]
    only_given: bool = False
    """It came with the vendor: golive writes only what the files say of it."""
    kept_values: list[Conflict] = field(default_factory=list)
    """What changed on both sides, and of which the files keep theirs."""
    remarks: list[str] = field(default_factory=list)
    kept: bool = False
    problem: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether the files say everything of it as it is live."""
        return not (self.merge.conflicts or self.kept or self.problem)


@dataclass
class Pull:
    """What comes back. deleted: (system, kind, key) of objects that somebody has deleted. texts: files that change.
    not_read: systems that do not answer, so that nobody knows what was changed in them."""

    hands: list[Hand] = field(default_factory=list)
    not_read: list[NotRead] = field(default_factory=list)
    deleted: list[ObjectName] = field(default_factory=list)
    undeclared: list[ObjectName] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    loaded: Loaded | None = None
    settled: dict[str, Payload] = field(default_factory=dict)
    """What the state is to hold: by resource name, what files and systems say alike."""
    let_go: set[str] = field(default_factory=set)
    """Rules of the vendor's, by resource name, whose place ours takes no more: they stay as they are."""

    @property
    def written(self) -> list[Hand]:
        return [each for each in self.hands if each.merge.taken and not each.problem]

    @property
    def open(self) -> list[Hand]:
        """What is not, or not wholly, in the files."""
        return [each for each in self.hands if each.merge.conflicts or each.problem]
