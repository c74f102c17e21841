"""`POST /services/oauth2/token`: tokens for a connected app, with its secret or with a signed assertion.

The setting `connected_apps` lists them: `[{key, secret, public_key, users: [address, …]}]`. Source:
help.salesforce.com, “OAuth 2.0 JWT Bearer Flow” and “OAuth 2.0 Client Credentials Flow”.
"""

from __future__ import annotations

import base64
from urllib.parse import parse_qsl

import jwt
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.grants import Grants
from sandbox.store import Row, Store

SESSION_SECONDS = 7200
PATH = "/services/oauth2/token"
AUDIENCES = ("https://login.salesforce.com", "https://test.salesforce.com")
_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"


class OAuth:
    """The organisation's token endpoint. It does not say how long a token lives."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._grants = Grants(store, "salesforce")

    async def answer(self, request: Request) -> Response:
        """Grant, or refuse in the vendor's words."""
        asked = dict(parse_qsl((await request.body()).decode()))
        kind = asked.get("grant_type")
        if kind == _BEARER:
            problem = self._problem(str(asked.get("assertion", "")))
        elif kind == "client_credentials":
            problem = None if self._by_secret(request, asked) else ("invalid_client", "invalid client credentials")
        else:
            problem = ("unsupported_grant_type", "grant type not supported")
        if problem:
            return JSONResponse({"error": problem[0], "error_description": problem[1]}, status_code=400)
        lives = float(self._store.settings("salesforce").get("token_seconds") or SESSION_SECONDS)
        return JSONResponse(
            {
                "access_token": self._grants.grant(lives)["id"],
                "instance_url": f"{request.url.scheme}://{request.url.netloc}/salesforce",
                "scope": "api",
                "token_type": "Bearer",
            }
        )

    def _apps(self) -> list[Row]:
        return list(self._store.settings("salesforce").get("connected_apps") or [])

    def _by_secret(self, request: Request, asked: Row) -> bool:
        scheme, _, text = request.headers.get("authorization", "").partition(" ")
        key, secret = asked.get("client_id"), asked.get("client_secret")
        if scheme.lower() == "basic":
            key, _, secret = base64.b64decode(text).decode().partition(":")
        return any((each["key"], each.get("secret")) == (key, secret) for each in self._apps())

    def _problem(self, assertion: str) -> tuple[str, str] | None:
        try:
            claimed = jwt.decode(assertion, options={"verify_signature": False})
            app = next(each for each in self._apps() if each["key"] == claimed.get("iss"))
        except jwt.PyJWTError:
            return "invalid_grant", "invalid assertion"
        except StopIteration:
            return "invalid_client_id", "client identifier invalid"
        try:
            jwt.decode(assertion, app["public_key"], algorithms=["RS256"], audience=AUDIENCES)
        except jwt.InvalidAudienceError:
            return "invalid_grant", "audience is invalid"
        except jwt.PyJWTError:
            return "invalid_grant", "invalid assertion"
        if claimed.get("sub") not in app.get("users", ()):
            return "invalid_grant", "user hasn't approved this consumer"
        return None
