"""Approving reviews of a pull request, as GitHub has them: they count as signatures of what was reviewed.

Source: docs.github.com, REST API, “Pull request reviews” and “List pull requests associated with a commit”.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from checklists.binding import bindings
from checklists.book import Book, signer_of
from checklists.checklist import Listed
from checklists.people import actor_of, is_same_person
from checklists.project import Participant
from config.declaration import Declaration
from config.loading import load
from config.results.log_entry import LogEntry
from config.workspace import read_workspace
from golive.gates.opened import OpenedGates
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.workspace.repository import open_repository, run_git

_REMOTE = re.compile(r"(?:git@|https://|ssh://git@)[^/:]+[/:](?P<name>[^/]+/[^/]+?)(?:\.git)?/?$")
TIMEOUT = 30.0
DECIDING = ("APPROVED", "CHANGES_REQUESTED", "DISMISSED")
"""States of a review that say yes or no; a comment changes nothing."""


@dataclass(frozen=True)
class Review:
    """Somebody's last word on a pull request. who: by the key of the project's people. approves: whether it is yes.
    commit: the one that they saw. at: when (ISO 8601, UTC). url: of the review. earlier: those of all that they have
    said there, this one among them."""

    who: str
    login: str
    approves: bool
    commit: str
    at: str
    url: str
    earlier: frozenset[str] = frozenset()

    def to_json(self) -> dict[str, str]:
        """As the log has it."""
        return {"url": self.url, "commit": self.commit, "at": self.at}


def last_reviews(gates: OpenedGates, pull: int | None) -> list[Review]:
    """The last word of each of the project's people on a pull request, or on the one with which the newest commit came.
    Raises Fault."""
    site = _Site.of(gates.opened.workspace.root)
    number = pull if pull is not None else site.pull_of(_head(gates.opened.workspace.root))
    by_login = {person.github.lower(): key for key, person in gates.people.items() if person.github}
    said: dict[str, list[Mapping[str, Any]]] = {}
    for review in site.reviews(number):
        if review.get("state") in DECIDING:
            said.setdefault(str((review.get("user") or {}).get("login", "")).lower(), []).append(review)
    return [
        Review(
            by_login[login],
            login,
            reviews[-1]["state"] == "APPROVED",
            str(reviews[-1]["commit_id"]),
            str(reviews[-1]["submitted_at"]),
            str(reviews[-1]["html_url"]),
            frozenset(str(each["html_url"]) for each in reviews),
        )
        for login, reviews in said.items()
        if login in by_login
    ]


def signed_by(gates: OpenedGates, book: Book, review: Review) -> Iterator[tuple[Listed, list[str]]]:
    """(Item, roles) of everything that an approval signs: items that a review may sign, for which the person is asked,
    and whose objects are now as they were in the commit that was reviewed. Each approval signs once, and never what the
    person has taken back since."""
    if not review.approves:
        return
    person: Participant = gates.people[review.who]
    seen = _declared_in(gates, review.commit)
    now = gates.opened.loaded.declaration
    for listed in gates.checklist.items.values():
        sign_off = listed.item.sign_off
        if sign_off is None or not sign_off.by_review or listed.item.drop or not listed.item.concerns:
            continue
        roles = sorted(set(person.roles) & set(sign_off.roles))
        concerns = listed.item.concerns
        if not roles or bindings(concerns, now) != bindings(concerns, seen):
            continue
        if not _is_noted(gates, book, review, listed.key) and review.at > _taken_back(gates, book, review, listed.key):
            yield listed, roles


def taken_back_by(gates: OpenedGates, book: Book, review: Review) -> list[str]:
    """The items that somebody's reviews of this pull request have signed, where their last word is another one now."""
    if review.approves:
        return []
    return [
        item
        for item, entries in book.signed.items()
        for entry in entries
        if _is_by(gates, entry, review) and str((entry.data.get("review") or {}).get("url", "")) in review.earlier
    ]


def _is_noted(gates: OpenedGates, book: Book, review: Review, item: str) -> bool:
    """Whether the log has an approval already, with the proof that is asked for now."""
    proven = gates.checklist.signatures.required
    for entry in book.chain.entries:
        said = entry.data.get("review") or {}
        same = (said.get("url"), said.get("at")) == (review.url, review.at) and entry.data.get("item") == item
        if entry.entry == "signed" and same and (entry.signature or not proven):
            return True
    return False


def _taken_back(gates: OpenedGates, book: Book, review: Review, item: str) -> str:
    """When the person took their signature of an item back last; empty where they never did."""
    return max(
        (
            str((entry.data.get("review") or {}).get("at") or entry.at)
            for entry in book.chain.entries
            if entry.entry == "withdrawn" and entry.data.get("item") == item and _is_by(gates, entry, review)
        ),
        default="",
    )


def _is_by(gates: OpenedGates, entry: LogEntry, review: Review) -> bool:
    """Whether an entry stands in the name of who has reviewed."""
    return is_same_person(gates.people, signer_of(entry), actor_of(review.who, gates.people[review.who]))


def _declared_in(gates: OpenedGates, commit: str) -> Declaration:
    """What the files declared in a commit. Raises Fault where it is not here."""
    repository = open_repository(gates.opened.workspace.root)
    with tempfile.TemporaryDirectory() as folder:
        repository.write_out(repository.commit_of(commit), Path(folder))
        return load(read_workspace(Path(folder)), gates.opened.environment.values).declaration


def _head(root: Path) -> str:
    return run_git(root, "rev-parse", "HEAD").stdout.decode().strip()


@dataclass(frozen=True)
class _Site:
    """GitHub, and the repository there. url: of its API."""

    url: str
    repository: str
    token: str

    @classmethod
    def of(cls, root: Path) -> _Site:
        token = os.environ.get("GITHUB_TOKEN", "").strip()
        if not token:
            raise Fault(
                "credentials",
                "Reviews cannot be read: GITHUB_TOKEN is not set.",
                do="Set a token that may read pull requests:  export GITHUB_TOKEN=…",
                exits=Exit.CREDENTIALS,
            )
        name = os.environ.get("GITHUB_REPOSITORY", "")
        if not name:
            remote = run_git(root, "remote", "get-url", "origin").stdout.decode(errors="replace").strip()
            found = _REMOTE.match(remote)
            name = found["name"] if found else ""
        if not re.fullmatch(r"[\w.-]+/[\w.-]+", name):
            raise Fault(
                "no_repository",
                "Nothing says which repository on GitHub this is.",
                do="Set it:  export GITHUB_REPOSITORY=OWNER/NAME",
                exits=Exit.USAGE,
            )
        return cls(os.environ.get("GITHUB_API_URL", "https://api.github.com").rstrip("/"), name, token)

    def pull_of(self, commit: str) -> int:
        """The pull request with which a commit came. Raises Fault where it came with none."""
        found = [
            each
            for each in self._get(f"commits/{commit}/pulls")
            if each.get("merged_at") or each.get("state") == "open"
        ]
        if not found:
            raise Fault(
                "no_pull_request",
                f"Commit {commit[:9]} came with no pull request.",
                do="Name one:  golive gate reviews --pull N",
                exits=Exit.FAILED,
            )
        return int(found[0]["number"])

    def reviews(self, number: int) -> list[Mapping[str, Any]]:
        """All reviews of a pull request, the oldest first."""
        found: list[Mapping[str, Any]] = []
        page = 1
        while True:
            part = self._get(f"pulls/{number}/reviews", per_page=100, page=page)
            found += part
            if len(part) < 100:
                return found
            page += 1

    def _get(self, path: str, **query: Any) -> list[Any]:
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/vnd.github+json"}
        address = f"{self.url}/repos/{self.repository}/{path}"
        try:
            answer = requests.get(address, params=query, headers=headers, timeout=TIMEOUT)
            answer.raise_for_status()
            found = answer.json()
        except (requests.RequestException, ValueError) as broken:
            raise Fault(
                "unreachable",
                "GitHub did not answer as it should; nothing was noted.",
                where=address,
                why=str(broken).replace(self.token, "…"),
                do="Run the command again in a moment; if it stays, look at the token's rights.",
                exits=Exit.FAILED,
            ) from broken
        return found if isinstance(found, list) else []
