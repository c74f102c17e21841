"""Where each old address leads, in one hop; what cannot be led anywhere is refused, and said why."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from migrations.mapping.decisions import OldPage
from migrations.redirecting.addresses import Address, address_of

Code = Literal[
    "undecided", "no_article", "not_live", "no_address", "no_page", "conflict", "loop", "no_rule", "answers", "others"
]
"""The last three are about pages of the help centre's own host."""


@dataclass(frozen=True)
class Redirect:
    """page: the key of its row. old: whatever people called it. article: the key of the new one; new: its address."""

    page: str
    title: str
    old: Address
    article: str
    new: str


@dataclass(frozen=True)
class Refused:
    """Why an old page leads nowhere, and what a person can do."""

    page: str
    title: str
    url: str
    code: Code
    why: str
    do: str


@dataclass(frozen=True)
class NewPage:
    """Where an article of the files can be read; url is empty, and `why` says why, where it cannot."""

    url: str = ""
    why: str = ""
    do: str = ""
    code: Code = "not_live"


@dataclass
class Resolved:
    """stays: pages that are where they were. dropped: that lead nowhere on purpose."""

    redirects: list[Redirect] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    stays: int = 0
    dropped: int = 0


def resolved(pages: Iterable[OldPage], new_page: Callable[[str, str], NewPage]) -> Resolved:
    """What becomes of each old page. new_page: the key of an article and a language → where it can be read."""
    found = Resolved()
    by_page: dict[tuple[str, str, str], Redirect] = {}
    for page in pages:
        if page.fate.drop:
            found.dropped += 1
            continue
        said = _one(page, new_page)
        if isinstance(said, Refused):
            found.refused.append(said)
            continue
        new, held = address_of(said.new), by_page.get(said.old.page)
        if new is not None and new.page == said.old.page:
            found.stays += 1
        elif held is None:
            by_page[said.old.page] = said
        elif held.article != said.article:
            found.refused.append(
                _refused(page, "conflict", f"{held.page} has the same address, and leads to {held.article}",
                         "Let both lead to one article: what stands behind # never reaches a server.")
            )  # fmt: skip
    for redirect in by_page.values():
        one_hop = _one_hop(redirect, by_page)
        if one_hop is None:
            found.refused.append(
                Refused(
                    redirect.page, redirect.title, redirect.old.url, "loop", "it leads back to itself over other pages",
                    "Let one of them lead to an article that is at no old address.",
                )
            )  # fmt: skip
        else:
            found.redirects.append(one_hop)
    return found


def _one(page: OldPage, new_page: Callable[[str, str], NewPage]) -> Redirect | Refused:
    to = page.fate.to
    if to is None:
        return _refused(
            page, "undecided", "nobody has said where it leads",
            "Write  to: …, the key of an article, or  drop: true  with a decision.",
        )  # fmt: skip
    if not page.url:
        return _refused(
            page, "no_address", "nobody knows where customers read it", "Write its address:  url: https://…"
        )
    old = address_of(page.url)
    if old is None:
        return _refused(page, "no_page", "this is not the address of a page", "Write it as browsers show it:  url: …")
    new = new_page(to, page.language)
    if not new.url:
        return _refused(page, new.code, new.why, new.do)
    return Redirect(page.key, page.title, old, to, new.url)


def _one_hop(redirect: Redirect, by_page: dict[tuple[str, str, str], Redirect]) -> Redirect | None:
    """The redirect to the end of its chain; None where it has none."""
    seen, last = {redirect.old.page}, redirect
    while (new := address_of(last.new)) is not None and new.page in by_page:
        if new.page in seen:
            return None
        seen.add(new.page)
        last = by_page[new.page]
    return replace(redirect, article=last.article, new=last.new)


def _refused(page: OldPage, code: Code, why: str, do: str) -> Refused:
    return Refused(page.key, page.title, page.url, code, why, do)


def pages_digest(pages: Iterable[OldPage]) -> str:
    """SHA-256 (hex) of where the old pages lead, by their addresses; empty where there is none."""
    said = sorted(_decided(pages))
    return hashlib.sha256("\n".join(said).encode()).hexdigest() if said else ""


def _decided(pages: Iterable[OldPage]) -> Iterator[str]:
    for each in pages:
        if not each.fate.drop:
            yield f"{each.url}\t{each.fate.to or ''}"
