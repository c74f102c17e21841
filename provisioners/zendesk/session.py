"""The transport below zenpy: golive's guard, and no waiting but golive's own."""

from __future__ import annotations

import re
from typing import Any

import requests

from provisioners.errors import SystemFault
from provisioners.session import GuardedAdapter
from provisioners.zendesk.limits import TOO_MANY_JOBS

_SECRET = re.compile(r"(?<=/attachments/token/)[^/]+")
"""Whoever knows this part of a file's address can load the file."""


class ZendeskAdapter(GuardedAdapter):
    """A guarded transport that never lets zenpy see a 429.

    zenpy sleeps through `Retry-After` by itself, deaf to a stopped run; the guard has waited before this.
    """

    def called(self, request: requests.PreparedRequest) -> tuple[str, str]:
        method, path = super().called(request)
        return method, _SECRET.sub("…", path)

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        response = super().send(request, *args, **kwargs)
        if response.status_code == 429 and TOO_MANY_JOBS in response.text:
            raise SystemFault(
                "throttled",
                f"{self.guard.system} {request.method} {request.path_url}",
                "the account has as many background jobs under way as it takes, and waiting did not help",
                "See in Zendesk whether somebody else imports or changes much, and run the same command again later.",
                status=429,
            )
        if response.status_code == 429:
            raise SystemFault(
                "throttled",
                f"{self.guard.system} {request.method} {request.path_url}",
                "the account's call limit is used up, and waiting did not help",
                "Run the same command again later, or set calls_per_minute in the environment file.",
                status=429,
            )
        return response
