"""Zendesk's limits: per account and minute, those of the help centre apart, and for some endpoints.

Source: developer.zendesk.com, “Rate limits” and the pages of the endpoints. Each answer shows the account's in
`ratelimit-limit`, `-remaining` and `-reset` (older: `x-rate-limit…`, without the reset), an endpoint's own in
`zendesk-ratelimit-<name>: total=…; remaining=…; resets=…` (also spelled `zendesk-rate-limit-<name>`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from provisioners.limits import ACCOUNT, WINDOW, Scope, Seen, VendorLimits

_BY_OBJECT = (
    ("PUT", re.compile(r"users/(\d+)")),
    ("PUT", re.compile(r"organizations/(\d+)")),
    ("POST", re.compile(r"ticket_fields/(\d+)/options")),
    ("GET", re.compile(r"views/(\d+)/(?:count|execute)")),
)
"""Endpoints whose limit counts the calls to one object together."""

_HELP_CENTER = re.compile(r"(?:^|/)(?:help_center|guide)/")
HELP_CENTER = "help centre"
"""What the calls to the help centre are counted as: apart from all others, with a limit of the same size."""
_OWN = re.compile(r"zendesk-rate-?limit-(?P<name>[\w-]+)", re.IGNORECASE)
_PARTS = re.compile(r"(\w+)=(\d+)")
_JOBS = "inflight-jobs"
TOO_MANY_JOBS = "TooManyJobs"
JOBS = "background jobs"
"""What the calls that begin a job are counted as, once the account has as many under way as it takes."""


class ZendeskLimits(VendorLimits):
    """Learns which endpoints have a limit of their own from the first answer that shows it. How many jobs are under way
    is no limit by the minute: only a refusal holds back the calls that begin one."""

    speaks = True

    def __init__(self) -> None:
        self._named: dict[tuple[str, str], dict[str, None]] = {}
        self._begin_jobs: set[tuple[str, str]] = set()
        self.jobs: tuple[int, int] | None = None
        """How many jobs the account takes, and how many more, as the last answer that begins one has shown."""

    def account(self, path: str) -> Scope:
        """The help centre has a limit of its own."""
        return HELP_CENTER if _HELP_CENTER.search(path) else ACCOUNT

    def scopes(self, method: str, path: str) -> list[Scope]:
        kind, one = _endpoint(method, path)
        found: list[Scope] = [f"{name} {one}".strip() for name in self._named.get((method, kind), {})]
        return [*found, JOBS] if (method, kind) in self._begin_jobs else found

    def seen(self, method: str, path: str, headers: Mapping[str, str]) -> list[Seen]:
        kind, one = _endpoint(method, path)
        found = _account(headers, self.account(path))
        for header, value in headers.items():
            own = _OWN.fullmatch(header)
            if own is None:
                continue
            parts = {name: int(number) for name, number in _PARTS.findall(value)}
            name = own["name"].lower()
            if not {"total", "remaining"} <= parts.keys():
                continue
            if name == _JOBS:
                self._begin_jobs.add((method, kind))
                self.jobs = parts["total"], parts["remaining"]
            else:
                self._named.setdefault((method, kind), {})[name] = None
                resets = float(parts.get("resets", WINDOW))
                found.append(Seen(f"{name} {one}".strip(), parts["total"], parts["remaining"], resets))
        return found

    def refuses(self, status: int, text: str) -> bool:
        """Also where 30 jobs are under way in the account, whoever began them."""
        return super().refuses(status, text) or TOO_MANY_JOBS in text

    def refused(self, method: str, path: str, headers: Mapping[str, str]) -> Scope:
        if _shows_jobs(headers) and self.jobs is not None and not self.jobs[1]:
            return JOBS
        spent = [each.scope for each in self.seen(method, path, headers) if each.remaining == 0]
        account = self.account(path)
        return next((scope for scope in spent if scope != account), account)


def _shows_jobs(headers: Mapping[str, str]) -> bool:
    return any((own := _OWN.fullmatch(name)) is not None and own["name"].lower() == _JOBS for name in headers)


def _account(headers: Mapping[str, str], scope: Scope) -> list[Seen]:
    lower = {name.lower(): value for name, value in headers.items()}
    numbers = [
        next((lower[name] for name in names if lower.get(name, "").isdecimal()), None)
        for names in (
            ("ratelimit-limit", "rate-limit-limit", "x-rate-limit"),
            ("ratelimit-remaining", "rate-limit-remaining", "x-rate-limit-remaining"),
            ("ratelimit-reset", "rate-limit-reset"),
        )
    ]
    total, remaining, resets = numbers
    if total is None or remaining is None:
        return []
    return [Seen(scope, int(total), int(remaining), float(resets) if resets else WINDOW)]


def _endpoint(method: str, path: str) -> tuple[str, str]:
    """The endpoint without ids, and the id by which its limit counts, empty where it counts all calls."""
    path = path.partition("/api/v2/")[2].removesuffix(".json") or path
    kind = re.sub(r"\b\d{2,}\b|(?<=/)\d+", "N", path)
    for of_method, pattern in _BY_OBJECT:
        found = pattern.fullmatch(path)
        if of_method == method and found:
            return kind, found[1]
    return kind, ""
