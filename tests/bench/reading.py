"""What a plan reads: so many calls for each list, beside the fewest that the vendor's pages allow."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.live_sandbox import LiveSandbox

PAGE = 100
_START = "/api/v2/"
_BY_ID = re.compile(r"/[0-9A-Za-z]{15,18}$")


@dataclass(frozen=True)
class Lists:
    """Of one system that lists by page. objects, calls: by list. fewest: ⌈n/100⌉ of them all."""

    objects: Mapping[str, int]
    calls: Mapping[str, int]

    @property
    def fewest(self) -> int:
        return sum(map(pages, self.objects.values()))


@dataclass(frozen=True)
class Reading:
    """lists: what is listed by page. one_by_one: what no list shows, read by its id. other: the rest, by path."""

    lists: Lists
    one_by_one: Mapping[str, int]
    other: Mapping[str, int]


def pages(objects: int) -> int:
    """Calls that so many objects need at least; an empty list takes one, too."""
    return max(1, -(-objects // PAGE))


def reading(log: Iterable[Mapping[str, Any]], sandbox: LiveSandbox) -> Reading:
    """From the sandbox's log of one plan, and what is there now."""
    lists: Counter[str] = Counter()
    one_by_one: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for call in log:
        path = str(call["path"])
        if call["system"] == "zendesk" and "page" in call["query"]:
            lists[path.removeprefix(_START)] += 1
        elif _BY_ID.search(path):
            one_by_one[_BY_ID.sub("", path)] += 1
        else:
            other[path] += 1
    return Reading(Lists({path: _there(sandbox, path) for path in lists}, lists), one_by_one, other)


def _there(sandbox: LiveSandbox, path: str) -> int:
    """How many objects a list of the helpdesk has."""
    found = 0
    next_page = f"{path}?page[size]={PAGE}"
    while next_page:
        body = sandbox.zendesk("GET", next_page)
        found += next(len(part) for part in body.values() if isinstance(part, list))
        more = body.get("meta", {}).get("has_more") or body.get("next_page")
        following = body.get("links", {}).get("next") or body.get("next_page") or ""
        next_page = following.partition(_START)[2] if more else ""
    return found
