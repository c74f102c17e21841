"""A ticket with the new helpdesk's own ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from migrations.records.comment import Comment
from migrations.sending.bodies import pieces, safe_html
from migrations.sending.external_ids import external_id
from migrations.sending.outgoing import Outgoing
from migrations.sending.people import UNKNOWN
from migrations.sending.places import Places
from provisioners.history import NewComment, NewTicket

NO_TEXT = "(no text)"


def new_ticket(
    out: Outgoing,
    key: str,
    users: Mapping[str, str],
    places: Places,
    uploads: Mapping[str, Sequence[str]],
    images: Mapping[str, Mapping[str, str]],
    longest: int,
    organization: str,
) -> NewTicket:
    """users: old id → new one, `UNKNOWN` among them. organization: the new one's id, empty for none. uploads: comment →
    tokens of its files. images: comment → what its text shows → where the picture is now. longest: bytes of one
    comment."""
    comments = [
        each
        for comment in out.comments
        for each in new_comments(comment, users, uploads, images.get(comment.id, {}), longest)
    ]
    if not comments:
        comments = [NewComment(_user(out.requester, users), False, out.created, NO_TEXT)]
    values = {
        places.ticket_fields[name].id: held
        for name, value in out.values.items()
        if name in places.ticket_fields and (held := places.ticket_fields[name].held(value)) is not None
    }
    return NewTicket(
        external_id=external_id(key, out.source),
        subject=out.subject,
        requester=_user(out.requester, users),
        status=out.status,
        created=out.created,
        comments=tuple(comments),
        updated=out.updated,
        solved=out.solved if out.status in ("solved", "closed") else "",
        priority=out.priority,
        kind=out.kind,
        submitter=_user(out.requester, users),
        assignee=users.get(out.assignee, "") if out.assignee else "",
        group=places.groups.get(out.group, ""),
        organization=organization,
        copied=tuple(dict.fromkeys(users[each] for each in out.copied if each in users)),
        tags=out.tags,
        values=values,
    )


def _user(source: str, users: Mapping[str, str]) -> str:
    return users.get(source) or users[UNKNOWN]


def new_comments(
    comment: Comment,
    users: Mapping[str, str],
    uploads: Mapping[str, Sequence[str]],
    images: Mapping[str, str],
    longest: int,
) -> Iterator[NewComment]:
    """The comment, in several where it is longer than the helpdesk takes; the first one brings the files."""
    created = comment.created.at if comment.created is not None else ""
    tokens = tuple(uploads.get(comment.id, ()))
    said = NewComment(_user(comment.author, users), comment.public, created)
    html = safe_html(comment.html, images).strip() if comment.html else ""
    if html and len(html.encode("utf-8")) <= longest:
        yield replace(said, html=html, uploads=tokens)
        return
    for number, piece in enumerate(pieces(comment.body or NO_TEXT, longest)):
        yield replace(said, body=piece, uploads=tokens if number == 0 else ())
