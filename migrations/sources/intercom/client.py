"""Calls to Intercom.

Sources: developers.intercom.com, “Authentication”, “API Versioning”, “Pagination”, “Error Objects”, “Rate Limiting”.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

from migrations.sources.http_client import Answer, HttpClient, NoAnswer
from migrations.sources.source import SourceFault
from migrations.sources.text import plain

VERSION = "2.15"
IN_PAGE = 150
"""Objects of a list at once; the vendor gives no more."""
FEW_IN_PAGE = 20
"""The same of a list whose objects can each be large."""
LONGEST_WINDOW = 60.0
"""Seconds. The vendor's windows have ten."""
Query = Mapping[str, str | int]


class NotThere(Exception):
    """A 404: there is nothing at this path."""


class Refused(Exception):
    """The vendor does not carry out a call. status: 400, 403 and so on. code: its word; why: its sentence."""

    def __init__(self, status: int, code: str, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.code = code
        self.why = why


@dataclass(frozen=True)
class Listed:
    """A page of a list. after: the cursor behind it; empty for the last one. at: when the vendor answered, in seconds
    since 1970 by its own clock."""

    rows: list[Any]
    after: str
    at: int


class Client:
    """token: as the settings name it. waited and stopped: as `HttpClient` takes them."""

    def __init__(
        self,
        url: str,
        token: str,
        *,
        calls_per_minute: int | None = None,
        waited: Callable[[float], None] = lambda _: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self._token = token
        self.http = HttpClient(
            "Intercom", url, self._signed, pause=_pause, calls_per_minute=calls_per_minute, waited=waited,
            stopped=stopped,
        )  # fmt: skip

    @property
    def where(self) -> str:
        """As faults call it."""
        return self.http.where

    def get(self, path: str, query: Query | None = None, *, is_repeatable: bool = True) -> Mapping[str, Any]:
        """The object at a path. Raises NotThere, Refused, NoAnswer, SourceFault, Stopped."""
        return self._document(self.http.call("GET", path, query, is_repeatable=is_repeatable))

    def page(self, path: str, name: str, after: str) -> Listed:
        """A page of a list that goes by cursor. name: under which its objects stand. Raises what `get` raises."""
        query: dict[str, str | int] = {"per_page": IN_PAGE}
        answer = self.http.call("GET", path, query | ({"starting_after": after} if after else {}))
        return self._listed(answer, name)

    def search(self, path: str, name: str, field: str, above: int, after: str, *, few: bool = False) -> Listed:
        """A page of what has more than `above` in a field. few: whether not many come at once. Raises what `get`
        raises."""
        pagination: dict[str, Any] = {"per_page": FEW_IN_PAGE if few else IN_PAGE}
        pagination |= {"starting_after": after} if after else {}
        body = {"query": {"field": field, "operator": ">", "value": above}, "pagination": pagination}
        return self._listed(self.http.call("POST", path, body=body), name)

    def every(self, path: str, name: str = "data") -> Iterator[Mapping[str, Any]]:
        """The objects of a short list, of whatever page. Raises what `get` raises."""
        number, goes_on = 1, True
        while goes_on:
            document = self.get(path, {"page": number, "per_page": IN_PAGE})
            yield from objects(document.get(name))
            goes_on = has_next(document, number)
            number += 1

    def answers(self) -> bool:
        """Whether the workspace as a whole can be read just now."""
        try:
            self.get("/me")
        except NoAnswer:
            return False
        return True

    def _listed(self, answer: Answer, name: str) -> Listed:
        document = self._document(answer)
        rows = document.get(name)
        following = _pages(document).get("next")
        after = following.get("starting_after") if isinstance(following, Mapping) else None
        return Listed(rows if isinstance(rows, list) else [], str(after or ""), int(_now(answer.headers)))

    def _document(self, answer: Answer) -> Mapping[str, Any]:
        if answer.status == 200:
            if isinstance(answer.document, Mapping):
                return answer.document
            raise SourceFault(self.where, "its answer is no object", "Check that url is the address of its API.")
        code, why = _said(answer)
        if answer.status == 404:
            raise NotThere(why)
        if answer.status == 401:
            raise SourceFault(
                self.where, f"it does not take the token: {why}",
                f"Check that {self._named} holds an access token of this workspace, and that url is its region's.",
            )  # fmt: skip
        if 300 <= answer.status < 400:
            raise SourceFault(
                self.where, "it sends callers on to another address", "Write the address of its API as url."
            )
        raise Refused(answer.status, code, why)

    def _signed(self) -> dict[str, str]:
        """The token, read only now. Raises SourceFault."""
        token = os.environ.get(self._named, "") if self._token.startswith("env:") else self._token
        if not token.strip():
            raise SourceFault(self.where, f"the variable {self._named} is empty", "Put an access token into it.")
        return {
            "Authorization": f"Bearer {token.strip()}",
            "Intercom-Version": VERSION,
            "Accept": "application/json",
        }

    @property
    def _named(self) -> str:
        return self._token.removeprefix("env:")


def objects(listed: Any) -> list[Mapping[str, Any]]:
    """Those of a list that are objects."""
    return [each for each in listed if isinstance(each, Mapping)] if isinstance(listed, list) else []


def has_next(document: Mapping[str, Any], number: int) -> bool:
    """Whether a list that goes by page has another one behind this."""
    pages = _pages(document)
    total = pages.get("total_pages")
    return bool(pages.get("next")) and (not isinstance(total, int) or number < total)


def _pages(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a list says of its pages."""
    found = document.get("pages")
    return found if isinstance(found, Mapping) else {}


def _now(headers: Mapping[str, str]) -> float:
    """The vendor's time; ours where it does not say it."""
    try:
        return parsedate_to_datetime(headers.get("Date", "")).timestamp()
    except (TypeError, ValueError):
        return time.time()


def _pause(headers: Mapping[str, str]) -> float:
    """Until the next window begins, by the vendor's own clock."""
    said = headers.get("X-RateLimit-Reset", "") or headers.get("Retry-After", "")
    if not said.isdigit():
        return LONGEST_WINDOW / 6
    seconds = int(said) - _now(headers) if "X-RateLimit-Reset" in headers else int(said)
    return min(max(0.0, float(seconds)), LONGEST_WINDOW)


def _said(answer: Answer) -> tuple[str, str]:
    """The vendor's code and sentence of the first fault."""
    try:
        document = json.loads(answer.content)
    except ValueError:
        document = None
    first = next(iter(objects(document.get("errors"))), {}) if isinstance(document, Mapping) else {}
    why = plain(str(first.get("message") or f"status {answer.status}"))[0]
    return str(first.get("code", "")), why[:300]
