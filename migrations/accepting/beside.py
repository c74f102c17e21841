"""A ticket of the old tool beside what is in the new helpdesk, in words that both sides' people know."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

from migrations.accepting.drawing import Drawn
from migrations.declared.mapping import FieldRow, WordMapping
from migrations.records.attachment import Attachment
from migrations.records.comment import Comment
from migrations.records.moment import Moment
from migrations.records.organization import Organization
from migrations.records.person import Person
from migrations.records.ticket import Ticket
from migrations.sending.chunks import chunks
from migrations.sending.outgoing import Outgoing
from migrations.sending.ticket import new_comments
from migrations.sources.page_text import text_of_html
from migrations.verifying.comparing import plain, wrong_in_comment
from migrations.verifying.expecting import Expecting
from provisioners.history import FieldPlace, FoundUser, HeldComment, HeldTicket, NewComment, NewTicket
from provisioners.imports import Imports

Sameness = Literal["same", "expected", "differs"]
"""same: it reads the same. expected: it reads otherwise, as somebody has decided, or as
the helpdesk does by itself. differs: it is not what was sent."""
LONGEST = 20_000
"""Characters of a text that are shown; the rest is counted."""


@dataclass(frozen=True)
class Fact:
    """name: what it is. old, new: as each side says it; empty for nothing."""

    name: str
    old: str
    new: str
    sameness: Sameness


@dataclass(frozen=True)
class Said:
    """Something that was written. author: in words. at: UTC. text: as it is read, never as HTML. cut: so many
    characters more, which are not shown. files: name, size, and why one is missing."""

    author: str
    at: str
    public: bool
    text: str
    cut: int = 0
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class SaidBeside:
    """old: None for what nobody wrote in the old tool. new: several where a long text was divided; none where it is
    missing. wrong: what is not as it should be, in words."""

    old: Said | None
    new: tuple[Said, ...]
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True)
class Beside:
    """One ticket. wrong: what is not as it should be in the ticket as a whole, in words."""

    drawn: Drawn
    number: str
    subject: str
    facts: tuple[Fact, ...] = ()
    said: tuple[SaidBeside, ...] = ()
    wrong: tuple[str, ...] = ()

    @property
    def differences(self) -> int:
        facts = sum(1 for each in self.facts if each.sameness == "differs")
        return facts + len(self.wrong) + sum(len(each.wrong) for each in self.said)


def tickets_beside(drawn: Sequence[Drawn], expecting: Expecting, imports: Imports) -> Iterator[Beside]:
    """Each ticket of a sample, one after the other, read while they are asked for. Reads only. Raises SystemFault."""
    for chunk in chunks(iter(drawn), imports.at_once):
        held = imports.tickets([each.target for each in chunk])
        for each in chunk:
            yield _Looking(expecting, imports, each).beside(held.get(each.target))


@dataclass
class _Looking:
    """One ticket, while it is looked at. users: the new helpdesk's, by their ids."""

    expecting: Expecting
    imports: Imports
    drawn: Drawn
    users: Mapping[str, FoundUser] = field(default_factory=dict)

    def beside(self, held: HeldTicket | None) -> Beside:
        ticket = self.expecting.staging.get(Ticket, self.drawn.source)
        expected = self.expecting.ticket(self.drawn.source)
        if ticket is None or expected is None:
            return Beside(self.drawn, "", "", wrong=("it was not read from the old tool",))
        out, new = expected
        if held is None:
            old = tuple(SaidBeside(self._old(each, out), ()) for each in out.comments)
            return Beside(self.drawn, ticket.number, ticket.subject, said=old, wrong=("it is not there any more",))
        comments = list(self.imports.comments(self.drawn.target))
        people = {held.requester, held.assignee, *held.copied, *(each.author for each in comments)} - {""}
        self.users = self.imports.users(people)
        facts = (*self._facts(ticket, new, held), *self._values(ticket, new, held))
        return Beside(self.drawn, ticket.number, ticket.subject, facts, (*self._said(out, comments),))

    # ---------------------------------------------------------------- facts

    def _facts(self, ticket: Ticket, new: NewTicket, held: HeldTicket) -> Iterator[Fact]:
        yield _fact("Subject", ticket.subject, held.subject, held.subject == new.subject)
        for name, old, wanted, there in (
            ("Customer", ticket.requester, new.requester, held.requester),
            ("Agent", ticket.assignee, new.assignee, held.assignee),
        ):
            yield _fact(name, self._person(old), self._user(there), wanted in ("", there))
        copied = self._persons(ticket.copied), self._users(held.copied)
        yield _fact("In copy", *copied, set(new.copied) <= set(held.copied))
        home = self.expecting.staging.get(Organization, ticket.organization) if ticket.organization else None
        is_home = new.organization in ("", held.organization)
        known = home.name if home is not None else ticket.organization
        yield _fact("Organization", known, known if is_home and new.organization else held.organization, is_home)
        groups = {there: key for key, there in self.expecting.places.groups.items()}
        yield _fact(
            "Group",
            ticket.group,
            groups.get(held.group, held.group and f"group {held.group}"),
            new.group in ("", held.group),
        )
        yield _fact("Status", ticket.status, held.status, held.status == new.status)
        yield _fact("Priority", ticket.priority, held.priority, new.priority in ("", held.priority))
        yield _fact("Type", ticket.kind, held.kind, new.kind in ("", held.kind))
        yield _fact("Began", _moment(ticket.created), held.created, new.created in ("", held.created))
        if ticket.solved is not None or new.solved:
            yield _fact("Solved", _moment(ticket.solved), held.solved, held.solved in ("", new.solved))
        tags = {each.casefold() for each in new.tags} <= {each.casefold() for each in held.tags}
        yield _fact("Tags", ", ".join(ticket.tags), ", ".join(held.tags), tags)

    def _values(self, ticket: Ticket, new: NewTicket, held: HeldTicket) -> Iterator[Fact]:
        """The old tool's own fields, each beside the field that its row names."""
        mapping = self.expecting.migration.mapping or WordMapping()
        for word, value in ticket.values.items():
            if value in (None, "", []):
                continue
            row = mapping.ticket_fields.get(word, FieldRow())
            place = self.expecting.places.ticket_fields.get(row.to or "")
            there = held.values.get(place.id) if place is not None else None
            wanted = new.values.get(place.id) if place is not None else None
            name = f"{word} → {row.to}" if row.to else f"{word} (left behind)"
            is_right = wanted is None or plain(wanted) == plain(there)
            yield _fact(name, _words(value), _words(_declared(there, place)), is_right)

    # ---------------------------------------------------------------- what was written

    def _said(self, out: Outgoing, comments: list[HeldComment]) -> Iterator[SaidBeside]:
        expecting, rest = self.expecting, iter(comments)
        users = expecting.known_users(out)
        for comment in out.comments:
            sent = list(new_comments(comment, users, {}, {}, expecting.longest))
            there = list(islice(rest, len(sent)))
            wrong = [said for one, each in zip(sent, there, strict=False) for said in _wrong(one, each)]
            if len(there) < len(sent):
                wrong.append("it is missing" if not there else "a part of it is missing")
            wrong += self._files(out.files.get(comment.id, ()), there)
            yield SaidBeside(self._old(comment, out), tuple(map(self._new, there)), tuple(wrong))
        for each in rest:
            none_was_written = not out.comments and each is comments[0]
            wrong = [] if none_was_written else ["nobody wrote it in the old tool"]
            yield SaidBeside(None, (self._new(each),), tuple(wrong))

    def _files(self, files: Sequence[Attachment], there: Sequence[HeldComment]) -> Iterator[str]:
        entries = (self.expecting.ledger.entry("attachments", each.id) for each in files)
        refused = sum(1 for each in entries if each is not None and each.state == "failed")
        held = [file for comment in there for file in comment.files]
        if len(held) != len(files) - refused:
            yield f"{len(held)} files, and {len(files) - refused} were sent"
        yield from (f"{each.name} cannot be loaded: {each.blocked}" for each in held if each.blocked)

    def _old(self, comment: Comment, out: Outgoing) -> Said:
        files = tuple(
            f"{each.name} ({each.size:,} bytes)" + (f", lost: {each.missing}" if each.missing else "")
            for each in out.files.get(comment.id, ())
        )
        text = comment.body or text_of_html(comment.html)
        return _shown(self._person(comment.author) or "nobody knows", _moment(comment.created), comment.public, text,
                      files)  # fmt: skip

    def _new(self, comment: HeldComment) -> Said:
        text = comment.body or text_of_html(comment.html)
        files = tuple(f"{each.name} ({each.size:,} bytes)" for each in comment.files)
        return _shown(self._user(comment.author), comment.created, comment.public, text, files)

    # ---------------------------------------------------------------- people

    def _person(self, source: str) -> str:
        person = self.expecting.staging.get(Person, source) if source else None
        return _named(person.name, person.email) if person is not None else source

    def _user(self, identifier: str) -> str:
        user = self.users.get(identifier)
        return _named(user.name, user.email) if user is not None else f"user {identifier}" if identifier else ""

    def _persons(self, sources: Collection[str]) -> str:
        return ", ".join(sorted(map(self._person, sources)))

    def _users(self, ids: Collection[str]) -> str:
        return ", ".join(sorted(map(self._user, ids)))


def _wrong(sent: NewComment, there: HeldComment) -> Iterator[str]:
    yield from (said for _, said in wrong_in_comment(sent, there))
    if sent.created and sent.created != there.created:
        yield f"it is of {there.created}, and {sent.created} was sent"


def _fact(name: str, old: str, new: str, is_right: bool) -> Fact:
    return Fact(name, old, new, "differs" if not is_right else "same" if old == new else "expected")


def _shown(author: str, at: str, public: bool, text: str, files: tuple[str, ...]) -> Said:
    return Said(author, at, public, text[:LONGEST], max(0, len(text) - LONGEST), files)


def _named(name: str, email: str) -> str:
    return f"{name} <{email}>" if name and email and name != email else name or email


def _moment(moment: Moment | None) -> str:
    return moment.at if moment is not None else ""


def _words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else "" if value is None else str(value)


def _declared(value: object, place: FieldPlace | None) -> object:
    """A choice by the key that the files give it."""
    keys = {there: key for key, there in place.choices.items()} if place is not None else {}
    return [keys.get(str(each), each) for each in value] if isinstance(value, list) else keys.get(str(value), value)
