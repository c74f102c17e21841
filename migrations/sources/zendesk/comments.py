"""Comments of an old Zendesk, and the files that stand in them.

Source: developer.zendesk.com, “Ticket Comments” and “Attachments”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from mimetypes import guess_type
from urllib.parse import parse_qs, urlsplit

from migrations.records.attachment import Attachment
from migrations.records.comment import Comment
from migrations.sources.page_text import text_of_html
from migrations.sources.quotes import quoted_at
from migrations.sources.zendesk.gathered import Gathered
from migrations.sources.zendesk.json_values import Body, bodies_in, body_in, moment, one_line, text

EARLIEST = "1970-01-01T00:00:00Z"
FILE_OF_ACCOUNT = re.compile(r"(?:/[a-z_]+)?/attachments/token/[A-Za-z0-9_-]+/?")
"""Where an account keeps what is shown in texts. Customers write them: nothing else is asked for with the token."""
_AUTOMATIC = ("rule", "system")


def comment_of(body: Body, ticket: str) -> Comment:
    """Whatever does not say that it is public is private."""
    html = text(body.get("html_body"))
    source = body_in(body_in(body.get("via")).get("source"))
    said = text(body.get("plain_body")) or text(body.get("body")) or text_of_html(html)
    return Comment(
        id=text(body.get("id")),
        ticket=ticket,
        author=text(body.get("author_id")),
        public=body.get("public") is True,
        body=said,
        html=html,
        created=moment(body.get("created_at")),
        quoted_at=quoted_at(said),
        belongs="it was merged into this ticket" if source.get("rel") == "merge" else "",
        automatic=body_in(body.get("via")).get("channel") in _AUTOMATIC,
    )


def keep_comment(comment: Comment, gathered: Gathered, now: str) -> None:
    """The comment, and what a person should know of it. now: as records write it."""
    gathered.records.append(comment)
    if comment.created is None:
        gathered.remark("comments", comment.id, "no time")
    elif not EARLIEST <= comment.created.at <= now:
        gathered.remark("comments", comment.id, "odd time", comment.created.said)


def attachments_of(body: Body, comment: Comment, host: str) -> Iterator[tuple[Attachment, str]]:
    """The files of a comment before they are loaded, and why one cannot be; empty where it can. host: the account's
    own, from which pictures in the text are taken, too; those from elsewhere are anybody's."""
    listed = set()
    for number, each in enumerate(bodies_in(body.get("attachments"))):
        address = text(each.get("content_url"))
        listed.add(_place_of(address))
        size = each.get("size")
        yield (
            Attachment(
                id=text(each.get("id")) or f"{comment.id}/{number}",
                comment=comment.id,
                ticket=comment.ticket,
                name=_name(each.get("file_name")),
                media_type=text(each.get("content_type")),
                size=size if isinstance(size, int) and not isinstance(size, bool) else 0,
                address=address,
                inline=each.get("inline") is True,
            ),
            _blocked(each),
        )
    for number, address in enumerate(pictures_in(comment.html)):
        place = _place_of(address)
        if place not in listed and place[0] == host and FILE_OF_ACCOUNT.fullmatch(place[1]):
            listed.add(place)
            name = _name(parse_qs(urlsplit(address).query).get("name", ["picture"])[0])
            picture = Attachment(
                id=f"{comment.id}/picture-{number}",
                comment=comment.id,
                ticket=comment.ticket,
                name=name,
                media_type=guess_type(name)[0] or "",
                address=address,
                inline=True,
            )
            yield picture, ""


def without_content(attachment: Attachment, why: str) -> Attachment:
    return replace(attachment, digest="", missing=why)


def _name(said: object) -> str:
    """As it was called, without what could be taken for a path."""
    return one_line(said).replace("\\", "/").rpartition("/")[2][:200] or "unnamed"


def _blocked(body: Body) -> str:
    if body.get("deleted") is True:
        return "it was deleted in the old Zendesk"
    if body.get("malware_scan_result") == "malware_found" and body.get("malware_access_override") is not True:
        return "the vendor has found malware in it"
    return "" if text(body.get("content_url")) else "the old Zendesk does not say where it is"


def _place_of(address: str) -> tuple[str, str]:
    """Host and path of an address; nothing of what is none. The rest, such as the name, may differ."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    return parts.netloc, parts.path


class _Pictures(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.found |= dict.fromkeys(value for name, value in attrs if name == "src" and value)

    handle_startendtag = handle_starttag


def pictures_in(page: str) -> list[str]:
    """The addresses of a page's pictures, each once."""
    if "<img" not in page.lower():
        return []
    reader = _Pictures()
    reader.feed(page)
    reader.close()
    return [*reader.found]
