"""`POST /oauth/tokens`: tokens for a client, and the successors of those that end.

The setting `oauth_clients` lists them: `[{identifier, secret, refresh_token}]`; the refresh token there is the first
one, good once. A refresh makes the former pair worthless.

Source: developer.zendesk.com, “OAuth Tokens for Grant Types”.
"""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.grants import LONGEST, Grants
from sandbox.store import Row, Store

SHORTEST = 300
PATH = "/oauth/tokens"


class OAuth:
    """The account's token endpoint."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._grants = Grants(store, "zendesk")

    async def answer(self, request: Request) -> Response:
        """Grant, or refuse in the words of OAuth."""
        try:
            asked = json.loads(await request.body())
        except ValueError:
            return _refused("invalid_request", "The request is missing a required parameter.")
        client = self._client(asked)
        if client is None:
            return _refused("invalid_client", "Client authentication failed due to unknown client.", 401)
        kind = asked.get("grant_type")
        if kind not in ("client_credentials", "refresh_token"):
            return _refused("unsupported_grant_type", "The authorization grant type is not supported.")
        seconds = asked.get("expires_in")
        if seconds is not None and not SHORTEST <= int(seconds) < LONGEST:
            return _refused("invalid_request", "expires_in must be between 300 and 172800 seconds.")
        if kind == "refresh_token" and not self._spend(client, str(asked.get("refresh_token"))):
            return _refused(
                "invalid_grant",
                "The authorization grant is invalid, expired, revoked or not this client’s.",
            )
        lives = float(self._store.settings("zendesk").get("token_seconds") or seconds or LONGEST)
        row = self._grants.grant(lives, refresh=kind == "refresh_token")
        answer: Row = {"access_token": row["id"], "token_type": "bearer", "scope": asked.get("scope") or ""}
        if seconds is not None:
            answer["expires_in"] = lives
        if row["refresh"]:
            answer |= {"refresh_token": row["refresh"], "refresh_token_expires_in": 2_592_000}
        return JSONResponse(answer)

    def _client(self, asked: Row) -> Row | None:
        for each in self._store.settings("zendesk").get("oauth_clients") or []:
            if (each["identifier"], each["secret"]) == (asked.get("client_id"), asked.get("client_secret")):
                found: Row = each
                return found
        return None

    def _spend(self, client: Row, refresh: str) -> bool:
        if refresh == client.get("refresh_token"):
            client["refresh_token"] = None
            return True
        return self._grants.spend(refresh)


def _refused(error: str, description: str, status: int = 400) -> Response:
    return JSONResponse({"error": error, "error_description": description}, status_code=status)
