"""Webhooks. Their secrets are named in the payload, read at the moment of a write, and never come back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from provisioners.collection import Live, Switch, Write
from provisioners.errors import SystemFault
from provisioners.resource import Payload
from provisioners.run_file import SystemSettings
from provisioners.system import SANDBOX_TOKEN, secret_value
from provisioners.zendesk.authentication import KEPT
from provisioners.zendesk.client import Reply, ZendeskClient
from provisioners.zendesk.collections.base import ZendeskCollection
from provisioners.zendesk.replies import unreachable, warnings_in

SECRET = "env:"  # noqa: S105 - how a secret is named, not one
OTHER_ADDRESS = "another address"
NOWHERE = "https://sandbox.invalid/"
"""In the sandbox, for an address whose variable is not set."""


class Webhook(ZendeskCollection):
    """`authentication` is None or {type, secret: "env:NAME", fingerprint}, with `username` for basic_auth and
    `header` for api_key. `endpoint` may be "env:NAME" too; then `endpoint_fingerprint` tells of a new value.
    `signing` is the name of the signing secret, which the vendor makes: nothing is sent for it.
    """

    type = "zendesk:Webhook"
    kind_word = "webhook"
    path = plural = "webhooks"
    envelope = "webhook"
    key = "name"
    verb = "patch"
    unsent = frozenset({"endpoint_fingerprint", "signing"})
    switch = Switch("status", "active", "inactive")

    def __init__(self, client: ZendeskClient, settings: SystemSettings) -> None:
        super().__init__(client)
        self.settings = settings

    def shown(self, name: str, body: dict[str, Any], wanted: Any) -> Any:
        if name == "authentication":
            return _shown_authentication(body.get(name), wanted)
        if name == "endpoint" and str(wanted).startswith(SECRET):
            return wanted if body.get(name) == self._address(str(wanted), "a webhook") else OTHER_ADDRESS
        if name == "custom_headers":
            return wanted if (body.get(name) or {}) == (wanted or {}) else body.get(name)
        return super().shown(name, body, wanted)

    def taken_over(self, live: Live, payload: Payload) -> Payload:
        """The vendor shows no credentials, so that those of a webhook that is taken over are sent once."""
        found = self.canonical(live, payload)
        signed_in = found.get("authentication")
        if isinstance(signed_in, Mapping) and signed_in.get("secret") != KEPT:
            found["authentication"] = {**found["authentication"], "fingerprint": ""}
        return found

    def wire(self, payload: Payload) -> Payload:
        body = super().wire(payload)
        if str(body.get("endpoint", "")).startswith(SECRET):
            body["endpoint"] = self._address(body["endpoint"], f"webhook {payload.get('name')}")
        if (body.get("authentication") or {}).get("secret") == KEPT:
            raise SystemFault(
                "refused",
                f"webhook {payload.get('name')}",
                "it is gone, and golive does not know the credentials with which it signed in",
                "Name them under `auth:` in place of  zendesk: {authentication: …}.",
            )
        if body.get("authentication"):
            body["authentication"] = self._credentials(body["authentication"], str(payload.get("name")))
        return body

    def create(self, payload: Payload) -> Write:
        body = self.wire(payload)
        if body.get("authentication") is None:
            body.pop("authentication", None)
        reply = self.client.post(self.path, {self.envelope: body})
        return self.written(reply, payload, f"POST {self.path}")

    def update(self, identifier: str, payload: Payload, old: Payload) -> Write:
        """Change only what is sent; credentials only when they are others, for the vendor never shows them."""
        sent = dict(payload)
        kept = (sent.get("authentication") or {}).get("secret") == KEPT
        if kept or sent.get("authentication") == old.get("authentication"):
            sent.pop("authentication", None)
        return self.send(identifier, payload, self.wire(sent))

    def send(self, identifier: str, payload: Payload, body: Payload) -> Write:
        """The vendor answers without a body, so the webhook is read again."""
        path = f"{self.path}/{identifier}"
        reply = self.client.patch(path, {self.envelope: body})
        live = self.get(identifier, payload)
        if live is None:
            raise unreachable(f"PATCH {path}", "the webhook is not there after the change", reads=False)
        return Write(live, warnings_in(reply.headers))

    def written(self, reply: Reply, payload: Payload, what: str) -> Write:
        """The echo of a creation shows the credentials back: they must go no further."""
        made = super().written(reply, payload, what)
        body = dict(made.live.body)
        if isinstance(body.get("authentication"), Mapping):
            body["authentication"] = {name: value for name, value in body["authentication"].items() if name != "data"}
        return Write(Live(made.live.id, body, made.live.label, made.live.active), made.warnings)

    def _address(self, named: str, what: str) -> str:
        value = self._secret(named, f"the address of {what}")
        return NOWHERE if value == SANDBOX_TOKEN else value

    def _secret(self, named: str, what: str) -> str:
        return secret_value(named, what, sandbox=self.settings.sandbox)

    def _credentials(self, authentication: Mapping[str, Any], name: str) -> dict[str, Any]:
        value = self._secret(str(authentication["secret"]), f"the credentials of webhook {name}")
        kind = authentication["type"]
        data = {
            "bearer_token": {"token": value},
            "basic_auth": {"username": authentication.get("username", ""), "password": value},
            "api_key": {"name": authentication.get("header", ""), "value": value},
        }[kind]
        return {"type": kind, "data": data, "add_position": "header"}


def _shown_authentication(live: Any, wanted: Any) -> Any:
    if not isinstance(live, Mapping):
        return None
    if isinstance(wanted, Mapping) and wanted.get("type") == live.get("type"):
        return wanted
    return {"type": live.get("type")}
