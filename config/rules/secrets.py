"""Secrets are named where a secret belongs, and nowhere else (grammar 10, 26)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from config.declaration import Declared
from config.document import Path_
from config.findings import Finding
from config.placeholders import texts_of
from config.rules.actions import WITH_ACTIONS
from config.rules.scope import Scope

NAMED = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]*")
_USED = re.compile(r"\benv:[A-Z_][A-Z0-9_]*\b")
_IN_BODIES = re.compile(r"(?<![\w:/.-])env:[A-Za-z_]\w*")
"""Small letters too: in what a rule sends, no prose stands that could mean something else."""


def check(scope: Scope) -> Iterator[Finding]:
    for item in scope.declaration:
        if item.kind in ("integrations", "help_center"):
            continue
        secret_places = list(_secret_places(item.value)) if item.kind == "webhooks" else []
        for path in secret_places:
            text = next((text for place, text in texts_of(item.value) if place == path), "")
            if path != ("url",) and not NAMED.fullmatch(text):
                yield item.finding(
                    "secrets.written-out", "error", path, "a secret must be named, never written out",
                    "Write  env:NAME  and set the environment variable NAME where golive runs.",
                )  # fmt: skip
        if item.kind == "webhooks":
            yield from _in_address(item)
        for path, text in texts_of(item.value):
            in_body = item.kind in WITH_ACTIONS and path[0] == "then" and path[2:3] in (("body",), ("query",))
            named = (
                _USED.search(text) or NAMED.fullmatch(text) or (in_body and len(path) > 3 and _IN_BODIES.search(text))
            )
            if path not in secret_places and named:
                yield item.finding(
                    "secrets.place", "error", path, "a secret is named where none can stand",
                    "`env:NAME` stands in a webhook's `url` and `auth` only; elsewhere use values.",
                )  # fmt: skip


def _in_address(webhook: Declared) -> Iterator[Finding]:
    """`https://user:password@…`: what stands before the @ opens the door."""
    url = str(webhook.value.url or "")
    try:
        parts = urlsplit(url)
        holds_secret = bool(parts.username or parts.password)
    except ValueError:
        return
    if holds_secret and not NAMED.fullmatch(url):
        yield webhook.finding(
            "secrets.written-out", "error", ("url",), "the address holds a user name or password, and that is a secret",
            "Name it in `auth`:  auth: {basic: {username: …, password: env:NAME}}.",
        )  # fmt: skip


def _secret_places(webhook: object) -> Iterator[Path_]:
    yield ("url",)
    auth = getattr(webhook, "auth", None)
    if auth is not None:
        for path, _ in auth.secrets():
            yield ("auth", *path)
