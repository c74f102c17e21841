"""Calls to Freshdesk. They only read; the key goes to the account's own address and nowhere else.

Sources: developers.freshdesk.com/api, “Authentication”, “Rate Limit”, “Errors”, “Pagination”.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from migrations.sources.http_client import Answer, HttpClient, NoAnswer
from migrations.sources.source import SourceFault

IN_PAGE = 100
"""Objects of a list at once; the vendor gives no more."""


class NotThere(Exception):
    """A 404: there is nothing at this path."""


class NotAllowed(Exception):
    """A 403. code: the vendor's word; why: its sentence."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code = code
        self.why = why


@dataclass(frozen=True)
class Reply:
    """document: the JSON. has_next: whether the list has another page."""

    document: Any
    has_next: bool = False

    @property
    def rows(self) -> list[Any]:
        """The document of a list."""
        return self.document if isinstance(self.document, list) else []


class Client(HttpClient):
    """url: of the account; empty where there is only its export. key: as the settings name it. waited and stopped: as
    `HttpClient` takes them."""

    cut: ClassVar[str] = "there is no connection, or it breaks off"
    try_again: ClassVar[str] = "Check the address and that Freshdesk is up, then run this again: it goes on from here."

    def __init__(
        self,
        url: str,
        key: str = "",
        *,
        calls_per_minute: int | None = None,
        waited: Callable[[float], None] = lambda _: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self._key = key
        super().__init__(
            "Freshdesk", url, self._headers, calls_per_minute=calls_per_minute, waited=waited, stopped=stopped
        )

    def get(self, path: str, **query: str | int) -> Reply:
        """What stands at a path below `/api/v2`. Raises NotThere, NotAllowed, NoAnswer, SourceFault, Stopped."""
        answer = self.call("GET", f"/api/v2{path}", query)
        if answer.status == 404:
            raise NotThere(path)
        if answer.status == 403:
            raise NotAllowed(*_said(answer))
        if answer.status == 401:
            do = f"Check that the variable {self._named} holds the API key of an active agent."
            raise SourceFault(self.where, "it does not take the key", do)
        if 300 <= answer.status < 400:
            raise SourceFault(
                self.where, "it sends callers on to another address",
                "Write the account's own address as url: https://client.freshdesk.com.",
            )  # fmt: skip
        if answer.status >= 400:
            said = _said(answer)[1]
            raise SourceFault(
                f"{self.where}{path}", f"it refuses the call: {said}", "Please report it: golive asked wrongly."
            )
        return Reply(answer.document, 'rel="next"' in answer.headers.get("Link", ""))

    def every(self, path: str) -> Iterator[Mapping[str, Any]]:
        """The objects of a short list, of whatever page. Raises what `get` raises."""
        number, has_next = 1, True
        while has_next:
            reply = self.get(path, page=number, per_page=IN_PAGE)
            yield from (each for each in reply.rows if isinstance(each, Mapping))
            number, has_next = number + 1, reply.has_next

    def answers(self) -> bool:
        """Whether the account as a whole can be read just now."""
        try:
            self.get("/agents/me")
        except NoAnswer:
            return False
        return True

    def _headers(self) -> dict[str, str]:
        """The key, read only now. Raises SourceFault."""
        if not self._key:
            return {}
        key = os.environ.get(self._named, "") if self._key.startswith("env:") else self._key
        if not key.strip():
            raise SourceFault(
                self.where, f"the variable {self._named} is empty", "Put the API key of an agent into it."
            )
        return {"Authorization": "Basic " + base64.b64encode(f"{key.strip()}:X".encode()).decode()}

    @property
    def _named(self) -> str:
        return self._key.removeprefix("env:")


def _said(answer: Answer) -> tuple[str, str]:
    """The vendor's code and sentence; of several faults, the first with its field."""
    try:
        document = json.loads(answer.content)
    except ValueError:
        document = {}
    document = document if isinstance(document, dict) else {}
    errors = document.get("errors")
    if isinstance(errors, list) and errors and isinstance(errors[0], dict):
        first = errors[0]
        return str(first.get("code", "")), f"{first.get('field')}: {first.get('message')}"[:300]
    said = document.get("message") or document.get("description") or f"status {answer.status}"
    return str(document.get("code", "")), str(said)[:300]
