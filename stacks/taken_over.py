"""Objects that were taken over and whose files no run has seen yet: they are not taken to have left them.

Taking over writes files on somebody's machine, and the state for everybody. Until these files have arrived where the
next run is made, it must leave alone what only the state knows. A file has arrived once it declares any of what was
written into it together: whatever it misses then, somebody has taken out; or the file has come in part, which is why
the number of these objects is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from provisioners.resource import Compiled, NotSent, Resource, ResourceName, Source

NOT_IN_FILES = "taken over with `golive adopt`, and in no file here"


@dataclass(frozen=True)
class TakenOver:
    """A resource that was taken over. run: the number of the run that did it. file: into which it was written, by its
    place in the workspace; empty for what was declared before, and for orders."""

    resource: str
    run: int = 0
    file: str = ""

    @property
    def as_text(self) -> str:
        """The form in which the record keeps it. State format."""
        return f"{self.resource} {self.run} {self.file}" if self.file else self.resource

    @classmethod
    def of(cls, text: str) -> TakenOver:
        """What `as_text` gave."""
        resource, _, rest = text.partition(" ")
        run, _, file = rest.partition(" ")
        return cls(resource, int(run or 0), file)

    @property
    def main(self) -> str:
        """The resource of which it is a part, or itself."""
        return str(ResourceName.of(self.resource).main)


def keep_taken_over(result: Compiled, in_state: Mapping[str, Resource], notes: Sequence[str]) -> None:
    """Register what was taken over and is in no file, while its file has not arrived, as the state has it; and say so.

    in_state: everything of ours by name. notes: what was taken over and has not been declared in a run so far.
    """
    files = {name: each.source.file for each in result.resources for name in (each.name, *each.aliases)}
    taken = [TakenOver.of(text) for text in notes]
    arrived = {(each.run, each.file) for each in taken if each.file and files.get(each.main) == each.file}
    missing = [each for each in taken if each.main not in files and each.resource in in_state]
    kept = [each for each in missing if (each.run, each.file) not in arrived]
    left = [each for each in missing if (each.run, each.file) in arrived]
    result.taken_over = [each.as_text for each in kept]
    result.taken_out = list(dict.fromkeys(ResourceName.of(each.resource).object for each in left))
    there = {*files, *(each.resource for each in kept)}
    for each in kept:
        resource = in_state[each.resource]
        depends = tuple(name for name in resource.depends_on if name in there)
        result.resources.append(replace(resource, depends_on=depends, untouched=True))
        named = resource.named
        if not named.part and not named.is_generated:
            result.not_sent.append(NotSent(Source(named.kind, named.key, "", 0), named.instance, NOT_IN_FILES))


def still_noted(result: Compiled, notes: Sequence[str], includes: Callable[[ResourceName], bool]) -> list[str]:
    """The notes that a run leaves which is about a part only: of all the rest it has seen nothing."""
    kept = set(result.taken_over)
    named = [(text, ResourceName.of(TakenOver.of(text).resource)) for text in notes]
    return [text for text, name in named if text in kept or not includes(name)]
