"""A ticket as it is, against what it was to become."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from migrations.ledger.entry import Entry
from migrations.ledger.ledger import Ledger
from migrations.sending.outgoing import Outgoing
from migrations.sending.people import UNKNOWN
from migrations.sending.sending import chunks
from migrations.verifying.expecting import Expecting
from migrations.verifying.normalised import normalised
from provisioners.history import HeldComment, HeldTicket, NewComment, NewTicket
from provisioners.imports import Imports

Check = Literal["there", "facts", "comments", "private", "bodies", "authors", "times", "files", "silence"]
CHECKS: dict[Check, str] = {
    "there": "each ticket is there, once",
    "facts": "status, subject, requester, group, tags and fields are as decided",
    "comments": "no comment is missing, and none is there twice",
    "private": "no private comment can be read by customers",
    "bodies": "each text reads as it did",
    "authors": "each comment has its author",
    "times": "everything is as old as it was, and in its order",
    "files": "each file is there, with its size",
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
    """looked_at: check → how many tickets. gone: old ids of those that are not there any more."""

    looked_at: dict[Check, int] = field(default_factory=lambda: dict.fromkeys(CHECKS, 0))
    differences: list[Difference] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    placeholders: int = 0
    """Comments whose author is not known, also not to the old tool."""


def compared(
    expecting: Expecting,
    imports: Imports,
    ledger: Ledger,
    wanted: Callable[[str], bool],
    told: Callable[[int], None] = lambda number: None,
) -> Comparison:
    """Look at every ticket that was made and that is wanted (by its old id). Reads only. Raises SystemFault.

    told: how many more were looked at.
    """
    found = Comparison()
    made = (each for each in list(ledger.entries("tickets", "made")) if wanted(each.source))
    for chunk in chunks(made, imports.at_once):
        held = imports.tickets([each.target for each in chunk])
        for entry in chunk:
            found.differences += _ticket(expecting, imports, entry, held.get(entry.target), found)
        told(len(chunk))
    for target, source in ledger.former.there("tickets", kept=True).items():
        said = f"{target}, which was sent before it, is still there as well"
        found.differences.append(Difference("there", source, target, said))
    return found


def _ticket(
    expecting: Expecting, imports: Imports, entry: Entry, held: HeldTicket | None, found: Comparison
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
        found.gone.append(entry.source)
        yield differs("there", "it is not there any more")
        return
    out, new = expected
    yield from (differs("facts", said) for said in _facts(new, held))
    comments = list(imports.comments(entry.target))
    if len(comments) != len(new.comments):
        yield differs("comments", f"{len(comments)} comments, and {len(new.comments)} were sent")
    for sent, there in zip(new.comments, comments, strict=False):
        yield from (
            Difference(check, entry.source, entry.target, said) for check, said in wrong_in_comment(sent, there)
        )
    unknown = expecting.users.get(UNKNOWN, "")
    found.placeholders += sum(1 for each in comments if each.author == unknown)
    yield from (differs("times", said) for said in _times(new, held, comments))
    yield from (differs("files", said) for said in _files(out, expecting.missing_files(out), comments))
    yield from (differs("silence", f"{each.rule or 'a rule'}: {each.did}") for each in imports.acted(entry.target))


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


def _files(out: Outgoing, missing: int, comments: Sequence[HeldComment]) -> Iterator[str]:
    sent = sorted(each.size for files in out.files.values() for each in files)
    there = sorted(file.size for comment in comments for file in comment.files)
    if len(there) != len(sent) - missing:
        yield f"{len(there)} files, and {len(sent) - missing} were sent"
    elif not missing and there != sent:
        yield "a file has another size"
    for comment in comments:
        for file in comment.files:
            if file.blocked:
                yield f"{file.name} cannot be loaded: {file.blocked}"
