"""Faults on demand: rules that say which calls go wrong, how, and how often."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from sandbox.fault_kinds import KINDS, WITH_NUMBER
from sandbox.store import Row
from sandbox.system import Call


class UnknownFaultError(ValueError):
    """A rule that cannot be understood; the message says why."""


@dataclass
class Rule:
    """One rule: where system, method and path fit, it strikes with probability `rate`, at most `times` times,
    once `after` fitting calls have passed unharmed."""

    kind: str
    system: str | None = None
    method: str | None = None
    path: str = ""
    rate: float = 1.0
    seed: int = 0
    value: Any = None
    times: int | None = None
    after: int = 0
    fired: int = 0
    seen: int = 0
    id: int = 0
    chance: random.Random = field(default_factory=random.Random, repr=False)

    def hits(self, call: Call) -> bool:
        """Whether this call is struck; counts the hit and spends one throw of the rule's seeded dice."""
        if self.system not in (None, call.system) or self.method not in (None, call.method):
            return False
        if not re.search(self.path, call.path):
            return False
        self.seen += 1
        if self.seen <= self.after or (self.times is not None and self.fired >= self.times):
            return False
        if self.chance.random() >= self.rate:
            return False
        self.fired += 1
        return True

    def document(self) -> Row:
        """The rule as JSON."""
        return {name: value for name, value in asdict(self).items() if name != "chance"}


class Faults:
    """All rules, and the ids of what was made lately (for `lag`). `systems`: those that a rule may name, if any."""

    def __init__(self, systems: Collection[str] = ()) -> None:
        self.systems = systems
        self.rules: list[Rule] = []
        self._made: dict[tuple[str, str], float] = {}
        self._next = 1

    def add(self, data: Row) -> Rule:
        """Add a rule from its JSON. Raises `UnknownFaultError`."""
        known = {"kind", "system", "method", "path", "rate", "seed", "value", "times", "after"}
        unknown = sorted(set(data) - known)
        if unknown:
            raise UnknownFaultError(f"unknown: {', '.join(unknown)}; a rule has {', '.join(sorted(known))}")
        if data.get("kind") not in KINDS:
            raise UnknownFaultError(f"there is no kind `{data.get('kind')}`; there are {', '.join(KINDS)}")
        system = data.get("system")
        if system is not None and self.systems and system not in self.systems:
            raise UnknownFaultError(f"there is no system `{system}`; there are {', '.join(self.systems)}")
        try:
            rule = Rule(**data, id=self._next)
            re.compile(rule.path)
            if not 0 <= float(rule.rate) <= 1:
                raise UnknownFaultError("rate must lie between 0 and 1")
            if rule.kind in WITH_NUMBER and rule.value is not None:
                float(rule.value)
        except UnknownFaultError:
            raise
        except (re.error, TypeError) as why:
            raise UnknownFaultError(str(why)) from why
        except ValueError as why:
            said = f"the value of {data['kind']} is a number, and {data.get('value')!r} is none"
            raise UnknownFaultError(said) from why
        rule.method = rule.method.upper() if rule.method else None
        rule.chance = random.Random(rule.seed)  # noqa: S311 - a repeatable experiment, not a secret
        self._next += 1
        self.rules.append(rule)
        return rule

    def clear(self) -> None:
        """Remove all rules."""
        self.rules.clear()

    def strike(self, call: Call) -> list[Rule]:
        """The rules that hit this call."""
        return [rule for rule in self.rules if rule.hits(call)]

    def note_made(self, call: Call, response: Response, at: float) -> None:
        """Remember the ids that a successful POST answered with."""
        if call.method == "POST" and response.status_code < 300:
            document = _json(response)
            for item in [document, *document.values()] if isinstance(document, dict) else []:
                key = _id(item)
                if key is not None:
                    self._made.setdefault((call.system, key), at)

    def made_since(self, system: str, since: float) -> set[str]:
        """Ids that were made after `since` (seconds since the epoch)."""
        return {key for (name, key), at in self._made.items() if name == system and at > since}


def _json(response: Response) -> Any:
    try:
        return json.loads(bytes(response.body))
    except ValueError:
        return None


def _id(item: Any) -> str | None:
    if isinstance(item, dict):
        for name in ("id", "Id"):
            if name in item and not isinstance(item[name], dict | list):
                return str(item[name])
    return None


def truncated(response: Response) -> Response:
    """The first half of the answer."""
    body = bytes(response.body)
    return _with_body(response, body[: len(body) // 2])


def html_page(status: int) -> Response:
    """What a proxy shows when it cannot reach the system."""
    page = "<html><head><title>Be right back</title></head><body><h1>We'll be right back</h1></body></html>"
    return Response(page, status_code=status, media_type="text/html")


def without_field(call: Call, name: str) -> Call:
    """The call without the named field, at the top of its body or one level below."""
    document = call.document()
    if not isinstance(document, dict):
        return call
    cut = {
        key: {k: v for k, v in value.items() if k != name} if isinstance(value, dict) else value
        for key, value in document.items()
        if key != name
    }
    form = "form-urlencoded" in call.headers.get("content-type", "")
    body = (urlencode(cut) if form else json.dumps(cut)).encode()
    headers = {**call.headers, "content-length": str(len(body))}
    return Call(call.system, call.method, call.path, call.query, headers, body)


def without_items(response: Response, hidden: Any) -> Response:
    """A list's answer without the items whose id is in `hidden` (a set), or a random share of them."""
    document = _json(response)
    if not isinstance(document, dict):
        return response
    changed = False
    for name, value in document.items():
        if isinstance(value, list) and any(_id(item) is not None for item in value):
            document[name] = [item for item in value if not hidden(_id(item))]
            changed = changed or len(document[name]) != len(value)
    return _with_body(response, json.dumps(document).encode()) if changed else response


def _with_body(response: Response, body: bytes) -> Response:
    headers = {name: value for name, value in response.headers.items() if name != "content-length"}
    return Response(body, status_code=response.status_code, headers=headers)
