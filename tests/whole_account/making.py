"""Objects put into the sandbox's Zendesk as the admin centre does it: one call each, by raw HTTP."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
_BOUNDARY = "halden"


@dataclass
class Maker:
    """counts: how many objects of each list were made and are still there. ids: (list, name) → id."""

    url: str
    counts: Counter[str] = field(default_factory=Counter)
    ids: dict[tuple[str, str], Any] = field(default_factory=dict)

    def call(self, method: str, path: str, body: Any = None) -> Row:
        """A call; an answer without a body is empty."""
        data = None if body is None else json.dumps(body).encode()
        return self._answer(method, path, data, "application/json")

    def make(self, path: str, one: str, known_as: str = "", /, **sent: Any) -> Row:
        """Make an object of a list, and keep its id under its name. known_as: under another one."""
        answer = self.call("POST", path, {one: sent})
        made: Row = answer.get(one) or answer
        listed = path.rpartition("/")[2]
        said = known_as or sent.get("name") or sent.get("title") or sent.get("email") or sent.get("key")
        self.counts[listed] += 1
        self.ids[listed, str(said)] = made["id"] if "id" in made else made["key"]
        return made

    def change(self, path: str, one: str, **sent: Any) -> None:
        self.call("PUT", path, {one: sent})

    def remove(self, path: str, listed: str) -> None:
        self.call("DELETE", path)
        self.counts[listed] -= 1

    def id(self, listed: str, name: str) -> Any:
        return self.ids[listed, name]

    def text_id(self, listed: str, name: str) -> str:
        return str(self.ids[listed, name])

    def upload(self, path: str, name: str, content: bytes, **fields: str) -> Row:
        """Send a file as a form."""
        parts = [
            f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
            for field, value in fields.items()
        ]
        head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        parts.append(f"{head}Content-Type: image/png\r\n\r\n".encode() + content + b"\r\n")
        body = b"".join(parts) + f"--{_BOUNDARY}--\r\n".encode()
        answer = self._answer("POST", path, body, f"multipart/form-data; boundary={_BOUNDARY}")
        self.counts["attachments"] += 1
        made: Row = answer["article_attachment"]
        return made

    def _answer(self, method: str, path: str, data: bytes | None, kind: str) -> Row:
        request = urllib.request.Request(
            f"{self.url}/zendesk/api/v2/{path}",
            data=data,
            method=method,
            headers={"Authorization": "Bearer sandbox", "Content-Type": kind},
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                text = answer.read()
        except urllib.error.HTTPError as refused:
            raise AssertionError(f"{method} {path}: {refused.code} {refused.read()!r} for {data!r}") from refused
        found: Any = json.loads(text) if text else {}
        return found if isinstance(found, dict) else {}


def asks(name: str, operator: str, value: Any = "") -> Row:
    """A condition."""
    return {"field": name, "operator": operator, "value": value}


def does(name: str, value: Any) -> Row:
    """An action."""
    return {"field": name, "value": value}
