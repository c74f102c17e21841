"""A ticket as it is, against what it was to become."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from migrations.ledger.entry import Entry
from migrations.ledger.ledger import Ledger
from migrations.records.attachment import Attachment
from migrations.sending.people import UNKNOWN
from migrations.sending.sample import is_in_sample
from migrations.sending.worked_on import was_worked_on
from migrations.verifying.expecting import Expecting
from migrations.verifying.gone import note_gone
from migrations.verifying.normalised import normalised
from provisioners.errors import SystemFault
from provisioners.history import HeldComment, HeldFile, HeldTicket, NewComment, NewTicket
from provisioners.imports import Imports, RuleActed

Check = Literal["there", "facts", "comments", "private", "bodies", "authors", "times", "files", "silence"]
EXAMPLES = 20
"""Differences of a check that are kept: whoever has more looks for one cause."""
MOST_IDS = 1000
_COPIED = "Cc"
"""The vendor's word for an event that tells somebody in copy."""
CHECKS: dict[Check, str] = {
    "there": "each ticket is there, once",
    "facts": "status, subject, requester, group, tags and fields are as decided",
    "comments": "no comment is missing, and none is there twice",
    "private": "no private comment can be read by customers",
    "bodies": "each text reads as it did",
    "authors": "each comment has its author",
    "times": "everything is as old as it was, and in its order",
    "files": "each file is there, and is what was sent",
    "silence": "no rule acted, and nobody was told",
}


@dataclass(frozen=True)
class Difference:
    """Something that is not as it should be. source and target: the ticket's ids."""

    check: Check
    source: str
    target: str
    said: str


@dataclass
class Comparison:
    """looked_at, wrong: check → how many tickets; examples: the first of what was found. worked_on: tickets on which
    somebody has worked since; worked_on_ids: (old id, new id) of the first of them. by_content, by_size: files that
    were loaded again, and those of which only the size was compared."""

    looked_at: dict[Check, int] = field(default_factory=lambda: dict.fromkeys(CHECKS, 0))
    wrong: dict[Check, int] = field(default_factory=lambda: dict.fromkeys(CHECKS, 0))
    examples: dict[Check, list[Difference]] = field(default_factory=lambda: {check: [] for check in CHECKS})
    placeholders: int = 0
    """Comments whose author is not known, also not to the old tool."""
    worked_on: int = 0
    worked_on_ids: list[tuple[str, str]] = field(default_factory=list)
    by_content: int = 0
    by_size: int = 0

    def note(self, differences: Sequence[Difference]) -> None:
        """What is wrong with one ticket."""
        for each in differences:
            if len(self.examples[each.check]) < EXAMPLES:
                self.examples[each.check].append(each)
        for check in {each.check for each in differences}:
            self.wrong[check] += 1

    def note_worked_on(self, entry: Entry) -> None:
        self.worked_on += 1
        if len(self.worked_on_ids) < MOST_IDS:
            self.worked_on_ids.append((entry.source, entry.target))


def compared(
    expecting: Expecting,
    imports: Imports,
    ledger: Ledger,
    wanted: Callable[[str], bool],
    told: Callable[[int], None] = lambda number: None,
    files: float = 1.0,
) -> Comparison:
    """Look at every ticket that was made and that is wanted (by its old id). Reads only. Raises SystemFault.

    told: how many more were looked at. files: of so large a share, from 0 to 1, the content is loaded again. Tickets
    that are not there any more are noted beside what was read, for the sum (`closing.sums`).
    """
    found = Comparison()
    former: dict[str, list[str]] = {}
    for target, source in ledger.former.there("tickets", kept=True).items():
        former.setdefault(source, []).append(target)
    note_gone(expecting.staging, (), anew=True)
    after = ""
    while page := ledger.page("tickets", "made", after, imports.at_once):
        after = page[-1].source
        chunk = [each for each in page if wanted(each.source)]
        held = imports.tickets([each.target for each in chunk]) if chunk else {}
        note_gone(expecting.staging, [each.source for each in chunk if each.target not in held])
        for entry in chunk:
            live = held.get(entry.target)
            twice = _twice(entry.source, former.pop(entry.source, []))
            found.note([*twice, *_ticket(expecting, imports, entry, live, found, files)])
        told(len(chunk))
    for source, targets in former.items():
        found.note(_twice(source, targets))
    return found


def _twice(source: str, former: Sequence[str]) -> list[Difference]:
    said = "{id}, which was sent before it, is still there as well"
    return [Difference("there", source, id_, said.format(id=id_)) for id_ in former]


def _ticket(
    expecting: Expecting, imports: Imports, entry: Entry, held: HeldTicket | None, found: Comparison, files: float
) -> Iterator[Difference]:
    def differs(check: Check, said: str) -> Difference:
        return Difference(check, entry.source, entry.target, said)

    for check in CHECKS:
        found.looked_at[check] += 1
    if entry.reason:
        yield differs("there", entry.reason)
    expected = expecting.ticket(entry.source)
    if expected is None:
        yield differs("there", "it was not read from the source; read it again:  golive migrate extract")
        return
    if held is None:
        yield differs("there", "it is not there any more")
        return
    out, new = expected
    every = list(imports.comments(entry.target))
    worked_on = was_worked_on(held, entry.at)
    if worked_on:
        found.note_worked_on(entry)
    else:
        yield from (differs("facts", said) for said in _facts(new, held))
    if len(every) < len(new.comments) or (len(every) > len(new.comments) and not worked_on):
        yield differs("comments", f"{len(every)} comments, and {len(new.comments)} were sent")
    comments = every[: len(new.comments)]  # what the team has written since stands behind what was sent
    for sent, there in zip(new.comments, comments, strict=False):
        yield from (
            Difference(check, entry.source, entry.target, said) for check, said in wrong_in_comment(sent, there)
        )
    unknown = expecting.users.get(UNKNOWN, "")
    found.placeholders += sum(1 for each in comments if each.author == unknown)
    yield from (differs("times", said) for said in _times(new, held, comments))
    sent_files = expecting.files_sent(out)
    yield from (differs("files", said) for said in _files(imports, sent_files, comments, found, files))
    allowed = expecting.migration.live_triggers if worked_on else ()
    acted = (each for each in imports.acted(entry.target) if not _is_ordinary(each, allowed, worked_on=worked_on))
    yield from (differs("silence", f"{each.rule or 'a rule'}: {each.did}") for each in acted)


def _is_ordinary(acted: RuleActed, allowed: Container[str], *, worked_on: bool) -> bool:
    """Whether it is what happens where the team works on a ticket: rules do their work upon it, whoever is in copy gets
    its answer, and somebody is told by a trigger only if the migration's file lets it live."""
    if not worked_on:
        return False
    is_copy = not acted.rule and acted.did == _COPIED
    return acted.rule in allowed or is_copy or (acted.upon_somebody and not acted.tells)


def _facts(new: NewTicket, held: HeldTicket) -> Iterator[str]:
    for name in ("subject", "status", "requester", "assignee", "priority", "kind", "group"):
        was, is_ = str(getattr(new, name)), str(getattr(held, name))
        if was and was != is_:
            yield f"{name} is {is_ or 'nothing'}, and {was} was sent"
    missing = sorted({tag.casefold() for tag in new.tags} - {tag.casefold() for tag in held.tags})
    if missing:
        yield f"without the tags {', '.join(missing)}"
    for field_, value in new.values.items():
        there = held.values.get(field_)
        if plain(there) != plain(value):
            yield f"field {field_} holds {there!r}, and {value!r} was sent"


def plain(value: object) -> object:
    """A field's value as two are compared: order, and how a number is written, do not count."""
    if isinstance(value, list | tuple):
        return sorted(map(str, value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def wrong_in_comment(sent: NewComment, there: HeldComment) -> Iterator[tuple[Check, str]]:
    """What is not as it was sent, but for its time and its files."""
    if there.public and not sent.public:
        yield "private", f"comment {there.id} is public, and was private"
    elif sent.public and not there.public:
        yield "comments", f"comment {there.id} is private, and was public"
    if sent.author != there.author:
        yield "authors", f"comment {there.id} is by user {there.author}, and was by {sent.author}"
    wanted = normalised(sent.body, sent.html)
    if wanted not in (normalised(there.body), normalised(page=there.html)):
        yield "bodies", f"comment {there.id} reads otherwise"


def _times(new: NewTicket, held: HeldTicket, comments: Sequence[HeldComment]) -> Iterator[str]:
    if new.created and held.created != new.created:
        yield f"it began {held.created}, and {new.created} was sent"
    for sent, there in zip(new.comments, comments, strict=False):
        if sent.created and sent.created != there.created:
            yield f"comment {there.id} is of {there.created}, and {sent.created} was sent"
    times = [each.created for each in comments]
    if times != sorted(times):
        yield "its comments are not in their order"


def _files(
    imports: Imports, sent: Sequence[Attachment], comments: Sequence[HeldComment], found: Comparison, share: float
) -> Iterator[str]:
    there = [file for comment in comments for file in comment.files]
    yield from (f"{file.name} cannot be loaded: {file.blocked}" for file in there if file.blocked)
    if len(there) != len(sent):
        yield f"{len(there)} files, and {len(sent)} were sent"
        return
    if sorted(each.size for each in there) != sorted(each.size for each in sent):
        yield "a file has another size"
        return
    left = Counter(each.digest for each in sent)
    for file in there:
        if file.blocked:
            continue
        if not is_in_sample(file.id, share):
            found.by_size += 1
            continue
        found.by_content += 1
        digest, why = _loaded(imports, file)
        if why:
            yield f"{file.name} cannot be loaded: {why}"
        elif left[digest]:
            left[digest] -= 1
        else:
            yield f"{file.name} holds something else than was sent"


def _loaded(imports: Imports, file: HeldFile) -> tuple[str, str]:
    """(SHA-256 of a file as the helpdesk gives it out, why it does not). Piece by piece. Raises SystemFault for what is
    no fault of the file."""
    sum_ = hashlib.sha256()
    try:
        for piece in imports.content(file):
            sum_.update(piece)
    except SystemFault as fault:
        if fault.code not in ("not_found", "refused"):
            raise
        return "", fault.why
    return sum_.hexdigest(), ""
