"""Bodies of articles: as the files have them, and as the vendor shows them, with pictures and links."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from urllib.parse import unquote

from config.declaration import Declared
from provisioners.resource import Payload, Ref, Text
from provisioners.translation import Context, Names
from provisioners.zendesk.help_center_words import CONTENT_URL, LARGEST
from provisioners.zendesk.markup.markdown import PLACEHOLDER, as_html, as_written, is_html
from provisioners.zendesk.translations.article_links import article_address, with_article_keys
from provisioners.zendesk.translations.base import CannotSend
from provisioners.zendesk.translations.contents import in_language
from provisioners.zendesk.translations.locales import by_locale, file_of
from provisioners.zendesk.translations.texts import joined
from provisioners.zendesk.translations.workspace_files import content_of

IMAGES = "images/"
"""With this begins the part of a picture."""
ATTACHMENT = "zendesk:ArticleAttachment"
_PICTURE = re.compile(r"(?P<before><img\b[^>]*?\bsrc\s*=\s*)(?P<mark>[\"'])(?P<address>.*?)(?P=mark)", re.DOTALL)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/#]", re.IGNORECASE)
_KINDS = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp")
_BARE = re.compile(r"(?<![(\"'<])" + PLACEHOLDER.pattern)
_SHOWN = re.compile(
    r"ref:[a-z0-9_/]+?/(?P<part>images/[a-z0-9_]+)#content_url"
    r"|(?:https?://[^\s\"'<>()]+?)?/hc/article_attachments/(?P<id>[0-9]+)(?:/[^\s\"'<>()]*)?"
)
_TICKETS = re.compile(r"\{\{-?\s*(?:ticket|organization|requester)\.fields\.[a-z0-9_]+[^}]*\}\}")


@dataclass
class Body:
    """A body in one language: HTML with references, and the pictures that it shows by their part."""

    html: str | Text
    pictures: dict[str, Payload] = field(default_factory=dict)


def body_in(item: Declared, locale: str, text: str, context: Context) -> Body:
    """What the vendor is sent. Raises CannotSend for a picture that cannot be sent."""
    on_tickets = _TICKETS.search(text)
    if on_tickets:
        raise CannotSend(
            f"`{on_tickets[0]}` would be shown as it stands: whoever reads an article has no ticket open",
            "Say it without the placeholder.",
            ("body",),
        )
    filled = in_language(text, locale, context)  # articles show a placeholder for dynamic content as it stands
    made = Body("")
    html = as_html(filled if is_html(filled) else _with_headlines(filled, locale, context))
    pieces: list[str | Ref] = []
    end = 0
    for found in _PICTURE.finditer(html):
        address = unescape(found["address"])
        if not address or _ELSEWHERE.match(address) or PLACEHOLDER.search(address):
            continue
        part, payload = _picture(item, unquote(address), file_of(item.value.body, locale), context)
        made.pictures[part] = payload
        pieces += [html[end : found.start("address")], context.ref("articles", item.key, part, output=CONTENT_URL)]
        end = found.end("address")
    pieces.append(html[end:])
    made.html = joined(piece for each in pieces for piece in _with_links(each, locale, context))
    return made


def _with_headlines(text: str, locale: str, context: Context) -> str:
    """A placeholder that stands for itself is a link with the article's headline."""

    def link(found: re.Match[str]) -> str:
        item = context.declared.get("articles", found["key"]) if found["word"] == "article" else None
        if item is None or item.value.name is None:
            return found[0]
        names = by_locale(item.value.name, context)
        return f"[{names.get(locale) or next(iter(names.values()))}]({{{{article:{found['key']}}}}})"

    return _BARE.sub(link, text)


def _with_links(piece: str | Ref, locale: str, context: Context) -> list[str | Ref]:
    if isinstance(piece, Ref):
        return [piece]
    found: list[str | Ref] = []
    end = 0
    for placeholder in PLACEHOLDER.finditer(piece):
        if placeholder["word"] == "article":
            found += [piece[end : placeholder.start()], *article_address(placeholder["key"], context, locale)]
            end = placeholder.end()
    return [*found, piece[end:]]


def _picture(item: Declared, name: str, file: str, context: Context) -> tuple[str, Payload]:
    """A picture's part and payload. name: its path from the text's file, or from the workspace's root. file: that file;
    "" for a text in the YAML."""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(file), name))
    content = content_of(context.declared.root, path)
    wrong = _problem(path, content, file)
    if wrong or content is None:
        reason, hint = wrong or (path, "")
        raise CannotSend(reason, hint, ("body",))
    slug = re.sub(r"[^a-z0-9]+", "_", path.lower()).strip("_")
    part = f"{IMAGES}{slug}_{hashlib.sha256(path.encode()).hexdigest()[:6]}"
    digest = hashlib.sha256(content).hexdigest()
    return part, {"article_id": context.ref("articles", item.key), "file": path, "digest": digest}


def _problem(path: str, content: bytes | None, file: str) -> tuple[str, str] | tuple[()]:
    """Why a picture cannot be sent, and what to do; nothing where it can."""
    if content is None:
        if not file:
            hint = "The text stands in the YAML, so the picture's path counts from the workspace's root."
        else:
            hint = f"Its path counts from the folder of the text's file, `{file}`."
        return f"the picture `{path}` cannot be read", hint
    if not path.lower().endswith(_KINDS):
        return f"`{path}` is no picture that browsers show", f"Take one of {', '.join(_KINDS)}."
    if len(content) > LARGEST:
        return f"the picture `{path}` has more than 20 MB", "Zendesk takes none that is larger."
    return ()


def body_back(html: str, locale: str, pictures: Mapping[str, str], names: Names) -> str:
    """A body as the files would have it. pictures: part → path, of those that are golive's."""

    def path(found: re.Match[str]) -> str:
        name = names.by_id.get((ATTACHMENT, found["id"]), "") if found["id"] else ""
        part = found["part"] or name.partition("/")[2].partition("/")[2].partition("/")[2]
        return escape(pictures.get(part, found[0]))

    return as_written(with_article_keys(_SHOWN.sub(path, html), names, locale))
