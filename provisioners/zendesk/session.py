"""The transport below zenpy: golive's guard, and no waiting but golive's own."""

from __future__ import annotations

from typing import Any

import requests

from provisioners.errors import SystemFault
from provisioners.session import GuardedAdapter


class ZendeskAdapter(GuardedAdapter):
    """A guarded transport that never lets zenpy see a 429.

    zenpy sleeps through `Retry-After` by itself, deaf to a stopped run; the guard has waited before this.
    """

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        response = super().send(request, *args, **kwargs)
        if response.status_code == 429:
            raise SystemFault(
                "throttled",
                f"{self.guard.system} {request.method} {request.path_url}",
                "the account's call limit is used up, and waiting did not help",
                "Run the same command again later, or set calls_per_minute in the environment file.",
                status=429,
            )
        return response
