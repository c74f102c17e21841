"""Signing in to Zendesk: an OAuth client, an access token, or an API token for as long as these live.

Sources: developer.zendesk.com, “OAuth Tokens for Grant Types” (`POST /oauth/tokens`; a refresh makes the former access
and refresh token worthless), support.zendesk.com on the end of API tokens.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import date
from typing import Any

import requests

from config.results.key_end import KeyEnd
from provisioners.errors import SystemFault, remedy
from provisioners.run_file import SystemSettings
from provisioners.session import GuardedAdapter
from provisioners.sign_in import EARLY_SECONDS, Basic, Bearer, Credentials, Grant, Granted
from provisioners.system import Connection
from provisioners.token_store import Kept, TokenStore, digest_of

PATH = "/oauth/tokens"
ACCESS_SECONDS = 7200
"""So long an access token is asked for; the vendor allows five minutes to two days."""
API_TOKENS_END = date(2027, 4, 30)
"""The day on which the last API token stops."""
IDLE_DAYS = 30
"""An API token that was not used for so many days is switched off."""
_SPARE_SECONDS = EARLY_SECONDS + 60


def credentials(connection: Connection, adapter: GuardedAdapter) -> Credentials:
    """What the environment file says. adapter: the way to the account. Raises SystemFault."""
    settings = connection.settings
    if not settings.sign_in:
        token = connection.token()
        return Basic(f"{settings.user}/token", token) if settings.user else Bearer(token)
    asker = _Asker(connection, adapter)
    return Granted(asker.refreshed if "refresh_token" in settings.sign_in else asker.by_client)


class _Asker:
    """Asks the account for tokens."""

    def __init__(self, connection: Connection, adapter: GuardedAdapter) -> None:
        self._what = f"{connection.instance} POST {PATH}"
        self._session = requests.Session()
        self._session.mount("https://", adapter)
        self._client = {
            "client_id": connection.sign_in_value("client_id"),
            "client_secret": connection.sign_in_value("client_secret"),
        }
        self._store = TokenStore(connection.settings.url, self._client["client_id"])
        refreshes = "refresh_token" in connection.settings.sign_in
        self._first = connection.sign_in_value("refresh_token") if refreshes else ""

    def by_client(self, refused: str) -> Grant:
        """A token for the client itself."""
        answer = self._ask({"grant_type": "client_credentials", "scope": "read write", "expires_in": ACCESS_SECONDS})
        return Grant(str(answer["access_token"]), _seconds(answer))

    def refreshed(self, refused: str) -> Grant:
        """The token of another run of this user where it is still good; otherwise a new one, and its successor."""
        began_with = digest_of(self._first)
        with self._store.held() as kept:
            if kept.began_with != began_with:
                kept = Kept(refresh=self._first, began_with=began_with)
            left = kept.ends - time.time()
            if kept.access and kept.access != refused and left > _SPARE_SECONDS:
                return Grant(kept.access, left)
            answer = self._ask(
                {
                    "grant_type": "refresh_token",
                    "refresh_token": kept.refresh,
                    "scope": "read write",
                    "expires_in": ACCESS_SECONDS,
                }
            )
            seconds = _seconds(answer) or ACCESS_SECONDS
            access, refresh = str(answer["access_token"]), str(answer.get("refresh_token") or kept.refresh)
            self._store.keep(Kept(access, time.time() + seconds, refresh, began_with))
            return Grant(access, seconds)

    def _ask(self, more: Mapping[str, Any]) -> dict[str, Any]:
        """Raises SystemFault."""
        try:
            response = self._session.post(
                f"https://golive.zendesk.com{PATH}", json={**self._client, **more}, allow_redirects=False
            )
            body = response.json() if response.content else {}
        except (requests.RequestException, ValueError) as broken:
            why = f"no answer to the sign-in ({type(broken).__name__})"
            raise SystemFault("unreachable", self._what, why, remedy(None)) from broken
        if isinstance(body, dict) and response.status_code == 200 and body.get("access_token"):
            return body
        if response.status_code in (400, 401, 403):
            said = body if isinstance(body, dict) else {}
            raise SystemFault(
                "credentials",
                self._what,
                str(said.get("error_description") or said.get("error") or "the sign-in was refused"),
                "Check the client and its secret. A refresh token works once: where another tool has used it, sign in"
                " there again and set the new one."
                if more["grant_type"] == "refresh_token"
                else "Check the client's identifier and secret in the admin centre, under Apps and integrations, APIs.",
                status=response.status_code,
            )
        raise SystemFault(
            "unreachable", self._what, f"the sign-in was answered with {response.status_code}",
            remedy(response.status_code), status=response.status_code,
        )  # fmt: skip


def _seconds(answer: Mapping[str, Any]) -> float | None:
    said = answer.get("expires_in")
    return float(said) if isinstance(said, (int, float)) and said > 0 else None


def key_end(settings: SystemSettings) -> KeyEnd | None:
    """When an API token stops; None for all other ways in, of which nothing is known."""
    if settings.sign_in or not settings.user or settings.sandbox:
        return None
    return KeyEnd(
        API_TOKENS_END,
        "It is an API token, and Zendesk ends all of them on that day.",
        "Make an OAuth client and write it under `sign_in:`",
        f"Zendesk switches off an API token that nobody used for {IDLE_DAYS} days; a plan every night keeps it alive.",
    )


def end_of_api_tokens(connection: Connection) -> str:
    """What to say to whoever works with an API token; nothing to others."""
    if connection.settings.sign_in or not connection.settings.user:
        return ""
    return (
        f"{connection.instance} is opened with an API token. Zendesk makes no new ones, and the last stop on "
        f"{API_TOKENS_END:%d %B %Y}: make an OAuth client and write it under `sign_in:`."
    )
